"""Compile again after a few new products: their lines are put among those that are there.

What a compile has made of which raw files is remembered (`tree.compiled_from`). It counts only while the raw files and
the compiled files are, by size and times of change, what they were, and while the same is asked for; else everything is
compiled.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ..files import open_regular, whole_lines
from ..growing_file import GrowingFile
from ..series.batches import ZoneBatches
from ..tree.cells import letters, padded, whole_numbers
from ..tree.compiled_from import Known

_BLOCK = 1 << 22
# Of raw files; their lines are held in memory.
_MOST_NEW_BYTES = 48 << 20


class NotAsKnown(Exception):
    """A compiled file is not what it was; everything has to be compiled."""


def new_files(known: Known | None, asked: str, found: ZoneBatches) -> list[str] | None:
    """Return the names of the raw files that an earlier compile has not seen; None if it cannot be continued.

    Parameters
    ----------
    known
        what the earlier compile made; its files are still the same.
    asked
        the request of this run.
    found
        the raw files there are.
    """
    now = found.stamps
    if known is None or now is None or known.asked != asked:
        return None
    if any(now.get(name) != before for name, before in known.raw.items()):
        return None
    new = [name for name in now if name not in known.raw]
    size = sum(now[name][0] for name in new)
    if size > _MOST_NEW_BYTES or 2 * size > sum(each[0] for each in now.values()):
        return None
    # Where there are two products of one time, the better one has to be found.
    dates = found.dates()
    old_dates = {dates[name] for name in known.raw}
    return None if any(dates[name] in old_dates for name in new) else new


class Order:
    """The order of the lines of compiled files: by zone, then date.

    Parameters
    ----------
    found
        the products that lines can be of.
    """

    def __init__(self, found: ZoneBatches) -> None:
        dates = sorted({product.date for product in found.products})
        rank = {date: number for number, date in enumerate(dates)}
        texts = {product.date_text: rank[product.date] for product in found.products}
        self._texts = np.array(sorted(texts))
        self._ranks = np.array([texts[text] for text in sorted(texts)], np.int64)

    def keys(self, data: bytes) -> tuple[np.ndarray, np.ndarray]:
        """Return where each line ends, and a number by which lines can be sorted.

        Raises
        ------
        NotAsKnown
            these are no lines of a compiled file, in their order.
        """
        text = padded(data)
        here = text[: len(data)]
        ends = np.flatnonzero(here == ord("\n")) + 1
        begins = np.concatenate([[0], ends[:-1]])
        commas = np.flatnonzero(here == ord(","))
        place = np.searchsorted(commas, begins)
        if not ends.size or ends[-1] != len(data) or commas.size < place[-1] + 2:
            raise NotAsKnown
        first, second = commas[place], commas[place + 1]
        zones, known = whole_numbers(text, first + 1, second)
        dates = letters(text, begins, np.minimum(first, begins + 64))
        rank = np.minimum(np.searchsorted(self._texts, dates), self._texts.size - 1)
        keys = zones.astype(np.int64) * self._texts.size + self._ranks[rank]
        if not known.all() or (self._texts[rank] != dates).any() or (np.diff(keys) <= 0).any():
            raise NotAsKnown
        return ends, keys


def merge(old: Path, header: bytes, lines: bytes, order: Order, file: GrowingFile) -> None:
    """Write the lines of a compiled file and new ones among them.

    Parameters
    ----------
    old
        the file as it is.
    header
        the first line that it has to have.
    lines
        the new ones, in their order.
    order
        of lines.
    file
        to be written; it may be to replace ``old``.

    Raises
    ------
    NotAsKnown
        the file is no compiled file with this header.
    """
    ends, keys = order.keys(lines)
    bounds = [0, *ends.tolist()]
    done = 0
    last = -1
    with open_regular(old) as stream:
        if stream.readline() != header:
            raise NotAsKnown
        file.add(header)
        for block in whole_lines(stream, _BLOCK):
            if not block.endswith(b"\n"):
                raise NotAsKnown
            block_ends, block_keys = order.keys(block)
            if block_keys[0] <= last:
                raise NotAsKnown
            last = int(block_keys[-1])
            upto = int(np.searchsorted(keys, last))
            places = np.searchsorted(block_keys, keys[done:upto])
            at = np.concatenate([[0], block_ends])[places].tolist()
            pieces = []
            begin = 0
            for number, place in enumerate(at, done):
                pieces += [block[begin:place], lines[bounds[number] : bounds[number + 1]]]
                begin = place
            file.add(b"".join([*pieces, block[begin:]]))
            done = upto
    file.add(lines[bounds[done] :])
