"""What the dock shows, remembered in the project: the same zones are there when it is opened again."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

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
    field
        the field that names them.
    switches
        what is ticked and chosen, by the names that settings have.
    view
        the first and last date and the lowest and highest value in view, None for all of them.
    day
        the day that the map shows, None for none.
    """

    extraction: str
    index: str
    mask: str
    zones: tuple[int, ...]
    field: str = ""
    switches: Mapping[str, bool | str] = dataclasses.field(default_factory=dict)
    view: tuple[float, float, float, float] | None = None
    day: date | None = None


def remember(project: QgsProject, state: ProjectState) -> None:
    """Note in a project what the dock shows."""
    values = {**asdict(state), "extraction": project.writePath(state.extraction)}
    values["day"] = state.day.isoformat() if state.day else None
    project.writeEntry(_SCOPE, _KEY, json.dumps(values))


def remembered(project: QgsProject) -> ProjectState | None:
    """Return what the dock showed when a project was saved; None for nothing, or nothing that is still there."""
    text, there = project.readEntry(_SCOPE, _KEY)
    if not there or not text:
        return None
    try:
        state = _state(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None  # edited
    state = replace(state, extraction=project.readPath(state.extraction))
    return state if is_folder(Path(state.extraction)) else None


def _state(values: dict[str, Any]) -> ProjectState:
    view, day, switches = values.get("view"), values.get("day"), dict(values.get("switches", {}))
    first, last, low, high = map(float, view) if view else (0.0, 0.0, 0.0, 0.0)
    return ProjectState(
        extraction=str(values["extraction"]),
        index=str(values["index"]),
        mask=str(values["mask"]),
        zones=tuple(int(zone) for zone in values["zones"]),
        field=str(values.get("field", "")),
        switches={str(name): value for name, value in switches.items() if isinstance(value, (bool, str))},
        view=(first, last, low, high) if view and first < last and low < high else None,
        day=date.fromisoformat(day) if day else None,
    )  # fmt: skip


def newer_products(library: Library, index: str, mask: str, last: date) -> int:
    """Count the acquisitions of an index and a mask that a library has after a day; 0 where that cannot be known."""
    try:
        products = find_products(library, Selection((index,), (parse(mask),), date_min=last))
    except EngineError:
        return 0
    return len({item.product.acquired for item in products if item.product.acquired.date() > last})
