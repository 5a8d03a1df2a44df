"""The least coverage that the rows of a tree were extracted with, by folder.

``<tree>/.sen2chain_ts/min_coverage.json`` holds one JSON object, from ``<INDEX>/<mask folder>`` of those that end in
``-FRAC`` to a number from 0 to 1.
"""

from __future__ import annotations

import json
from pathlib import Path

from ..errors import MinCoverageDiffers
from ..files import own_folder, read_bytes, write_if_changed
from .layout import Tree
from .raw_csv import raw_files

_NAME = "min_coverage.json"


def note_min_coverage(tree: Tree, folders: dict[tuple[str, str], set[str]], now: float, *, force: bool) -> None:
    """Take note of the least coverage of rows that are about to be extracted.

    Parameters
    ----------
    tree
        locked by the caller.
    folders
        of each index and mask folder, the file names of the products that are asked for.
    now
        the least coverage.
    force
        all of these products are extracted again.

    Raises
    ------
    MinCoverageDiffers
        rows made with another one would stay among the new ones.
    WriteFailed, LeadsOutside
        the note cannot be written.
    """
    noted = _read(tree.folder)
    for (index, mask), names in folders.items():
        key = f"{index}/{mask}"
        before = noted.get(key, now)
        if before != now:
            rewritten = {tree.raw_csv(index, mask, name).name for name in names} if force else set()
            folder = tree.raw_folder(index, mask)
            if {path.name for path in raw_files(folder)} - rewritten:
                raise MinCoverageDiffers(folder=folder, before=f"{before:g}", now=f"{now:g}")
        noted[key] = now
    if folders:
        text = json.dumps(noted, sort_keys=True, indent=0, ensure_ascii=False) + "\n"
        write_if_changed(own_folder(tree.folder) / _NAME, text.encode(), tree.folder)


def _read(tree: Path) -> dict[str, float]:
    try:
        found = json.loads(read_bytes(own_folder(tree) / _NAME))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: value for key, value in found.items() if isinstance(value, (int, float))}
