"""The files of one index and mask on their way: written in full, or with what is new among what is there."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..choices import ALL_DATA, CUSTOM
from ..errors import FileInUse
from ..feedback import Feedback, check
from ..growing_file import GrowingFile
from ..series.batches import ZoneBatches
from ..tree.compiled_from import Known, Memory
from ..tree.layout import Tree
from ..tree.stamps import stamp
from ..workers.executor import Executor
from .increment import NotAsKnown, Order, merge, new_files
from .outputs import SMOOTH, STATISTICS, BatchOutput, BatchWork
from .owned_files import CompiledFiles

if TYPE_CHECKING:
    from .compile import CompileRequest


class PairFiles:
    """The files that a request gives for one index and mask.

    Parameters
    ----------
    tree, index, mask_folder
        whose rows.
    request
        what to compile.
    compiled
        the record of the files.

    Attributes
    ----------
    rows
        how many all data have.
    short
        the zones that are too short for the smoothing.
    in_use
        files that another program has open; they are as they were.
    """

    def __init__(
        self, tree: Tree, index: str, mask_folder: str, request: CompileRequest, compiled: CompiledFiles
    ) -> None:
        self.rows = 0
        self.short: list[int] = []
        self.in_use: list[Path] = []
        self._folder = tree.compiled_folder(index, mask_folder)
        self._stem = f"{tree.name}_CC{request.cover_max}_{index}"
        self._request = request
        self._compiled = compiled
        self._counts: dict[str, int] = {}
        # By part of the request and end of the name: the files that are written, and those that are as they should be.
        self._files: dict[str, dict[str, GrowingFile]] = {}
        self._kept: dict[str, dict[str, Path]] = {}
        kind = "_".join([*request.periods, *(["smooth"] if request.smoothing else []), f"CC{request.cover_max}"])
        self._memory = Memory(tree, index, mask_folder, kind)

    def add(self, output: BatchOutput) -> None:
        """Add what a batch of zones gives."""
        for addition in output.additions:
            file = self._files.setdefault(addition.part, {}).get(addition.end)
            if file is None:
                file = self._begin(addition.part, addition.end)
                file.add(addition.header)
            lines = addition.lines
            if addition.numbers is not None:
                lines = lines.numbered(addition.numbers + self._counts.get(addition.counter, 0))
            file.add(lines.text)
        for counter, number in output.counts.items():
            self._counts[counter] = self._counts.get(counter, 0) + number
        self.short += output.short
        self.rows += output.rows

    def continue_(self, found: ZoneBatches, work: BatchWork, executor: Executor, feedback: Feedback) -> bool:
        """Put the lines of new products into the files that an earlier compile has made.

        Parameters
        ----------
        found
            all raw files.
        work
            makes the lines.
        executor, feedback
            see `ZoneBatches.each`.

        Returns
        -------
        bool
            whether that can be done; if not, nothing was.
        """
        known = self._memory.load()
        new = new_files(known, self._said(found), found)
        if known is None or new is None or (new and self._request.smoothing) or not self._are_there(known):
            return False
        self._kept = {part: {end: self._path(part, end) for end in ends} for part, ends in known.files.items()}
        try:
            if new:
                self._merge(found, found.only(new), work, executor, feedback)
        except NotAsKnown:
            self._files, self._kept = {}, {}
            return False
        self.rows += known.rows
        self.short = list(known.short)
        return True

    def _merge(
        self, found: ZoneBatches, new: ZoneBatches, work: BatchWork, executor: Executor, feedback: Feedback
    ) -> None:
        order = Order(found)
        texts: dict[tuple[str, str], list[bytes]] = {}
        rows = 0
        with contextlib.closing(new.each(work, feedback, executor)) as outputs:
            for output in outputs:
                rows += output.rows
                for addition in output.additions:
                    key = (addition.part, addition.end)
                    texts.setdefault(key, [addition.header]).append(addition.lines.text)
        for (part, end), (header, *lines) in texts.items():
            check(feedback)
            kept = self._kept.setdefault(part, {})
            # A custom file may get another name with its new rows.
            before = next(iter(kept), end) if part == CUSTOM else end
            old = kept.pop(before, None)
            file = self._begin(part, end)
            if old is None:
                file.add(b"".join([header, *lines]))
            else:
                merge(old, header, b"".join(lines), order, file)
        self.rows = rows

    def finish(self, part: str, feedback: Feedback) -> list[Path]:
        """Give the files of a part of the request their names, and return the paths of all that it has."""
        files = self._files.get(part, {})
        if not self._counts.get("rows"):
            files.pop(STATISTICS, None)  # there is nothing that they are of
        for end in sorted(files):
            check(feedback)
            try:
                self._compiled.finish(files[end], self._asked(part))
            except FileInUse as error:
                feedback.error("{reason}", reason=error)
                self.in_use.append(files[end].path)
            self._kept.setdefault(part, {})[end] = files[end].path
        paths = [path for _, path in sorted(self._kept.get(part, {}).items())]
        return [path for path in paths if path not in self.in_use]

    def forget_others(self, part: str, kept: Sequence[Path]) -> None:
        """Remove what an earlier compile wrote for a part of the request, but ``kept``, and what is in use."""
        self._compiled.keep_only(self._folder, self._asked(part), [*kept, *self.in_use])

    def remember(self, found: ZoneBatches) -> None:
        """Keep what was made of which raw files, for the next compile."""
        raw = found.stamps
        if raw is not None and not self.in_use:
            files = {part: {end: stamp(path) for end, path in ends.items()} for part, ends in self._kept.items()}
            self._memory.keep(Known(self._said(found), self.rows, self.short, raw, files))

    def _are_there(self, known: Known) -> bool:
        """Tell whether the files are what they were, and are ours."""
        return all(
            stamp(path := self._path(part, end)) == before and self._compiled.has(path, self._asked(part))
            for part, ends in known.files.items()
            for end, before in ends.items()
        )

    def _begin(self, part: str, end: str) -> GrowingFile:
        file = self._files.setdefault(part, {})[end] = self._compiled.begin(self._path(part, end))
        return file

    def _path(self, part: str, end: str) -> Path:
        folder = "all_data" if part.startswith(ALL_DATA) else part.removesuffix(SMOOTH)
        return self._folder / folder / f"{self._stem}_{end}.csv"

    def _asked(self, part: str) -> str:
        request = self._request
        if not part.startswith(CUSTOM):
            return f"CC{request.cover_max} {part}"
        return f"CC{request.cover_max} {part} {request.dates_as or f'{request.date_min} {request.date_max}'}"

    def _said(self, found: ZoneBatches) -> str:
        """Return a text that says what the files are, except the raw files."""
        request = replace(self._request, indices=None, cloudmasks=None)
        return json.dumps([self._stem, found.columns, repr(request)], ensure_ascii=False)
