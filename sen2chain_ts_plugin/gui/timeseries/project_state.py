"""What the dock shows, remembered in the project: the same zones are there when it is opened again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from qgis.core import QgsProject

from ...engine.errors import EngineError
from ...engine.files import is_folder
from ...engine.library.cloudmask import parse
from ...engine.library.folders import Library
from ...engine.library.products import find_products
from ...engine.library.selection import Selection

_SCOPE, _KEY = "sen2chain_ts", "/time_series"


@dataclass(frozen=True)
class ProjectState:
    """What the dock shows.

    Attributes
    ----------
    extraction
        the folder, relative to the project's where that is possible.
    index, mask
        the index, and the folder of the cloud mask.
    zones
        their numbers.
    """

    extraction: str
    index: str
    mask: str
    zones: tuple[int, ...]


def remember(project: QgsProject, state: ProjectState) -> None:
    """Note in a project what the dock shows; that alone does not make the project one to be saved."""
    text = json.dumps({**asdict(state), "extraction": project.writePath(state.extraction)})
    if text == project.readEntry(_SCOPE, _KEY)[0]:
        return
    changed = project.isDirty()
    project.writeEntry(_SCOPE, _KEY, text)
    project.setDirty(changed)


def remembered(project: QgsProject) -> ProjectState | None:
    """Return what the dock showed when a project was saved; None for nothing, or nothing that is still there."""
    text, there = project.readEntry(_SCOPE, _KEY)
    if not there or not text:
        return None
    try:
        values = json.loads(text)
        state = ProjectState(
            project.readPath(str(values["extraction"])), str(values["index"]), str(values["mask"]),
            tuple(int(zone) for zone in values["zones"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError):
        return None  # of another version, or edited
    return state if is_folder(Path(state.extraction)) else None


def newer_products(library: Library, index: str, mask: str, last: date) -> int:
    """Count the acquisitions of an index and a mask that a library has after a day; 0 where that cannot be known."""
    try:
        products = find_products(library, Selection((index,), (parse(mask),), date_min=last))
    except EngineError:
        return 0
    return len({item.product.acquired for item in products if item.product.acquired.date() > last})
