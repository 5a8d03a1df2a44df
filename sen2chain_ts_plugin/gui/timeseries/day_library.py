"""Where the images of an extraction are: its library, and the place of its zones in the CRS of a tile."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
)

from ...engine.errors import EngineError
from ...engine.figures.views import View
from ...engine.files import own_folder, system_path
from ...engine.library.folders import Library, open_library
from ...engine.library.product_id import tile_epsg
from ...engine.tree.layout import Tree
from ...processing.support import options
from ..map.dock_zones import DockZones

# How many files of computed rasters are kept.
_MOST_KEPT = 80


class DayLibrary:
    """The library of the extraction that is shown, looked for again once that has grown; for any thread."""

    def __init__(self) -> None:
        self._known: tuple[tuple[Path, int], Library | None] | None = None

    def of(self, tree: Tree) -> Library | None:
        """Return the library of an extraction; None where there is none any more."""
        # What was extracted since may come from products that were downloaded since.
        key = (tree.folder, _last_written(tree))
        known = self._known
        if known is None or known[0] != key:
            known = self._known = (key, library_of(tree))
        return known[1]


def _last_written(tree: Tree) -> int:
    """Return when something was last extracted, as far as this plugin did it; 0 where that is not known."""
    try:
        return os.stat(system_path(own_folder(tree.folder))).st_mtime_ns
    except OSError:
        return 0


def library_of(tree: Tree) -> Library | None:
    """Return the library of an extraction: the one that it lies in, else the one used last, else the default."""
    candidates: list[Path | None] = [*tree.folder.parents[:3]]
    if options.default_library():
        candidates.append(Path(options.default_library()))
    for folder in [*candidates, None]:
        with contextlib.suppress(EngineError):
            return open_library(folder)
    return None


def folder_of_computed() -> Path:
    """Return the folder for rasters that are computed for the map, in the profile; of earlier ones some are left."""
    folder = Path(QgsApplication.qgisSettingsDirPath(), "cache", "sen2chain_ts", "days")
    with contextlib.suppress(OSError):
        by_age = sorted(folder.glob("*.tif*"), key=lambda path: path.stat().st_mtime)
        for path in by_age[:-_MOST_KEPT]:
            with contextlib.suppress(PermissionError):  # on Windows one that a layer shows stays, until later
                path.unlink()
    return folder


def geometry_in_tile(zones: DockZones, zone: int, tile: str) -> QgsGeometry | None:
    """Return a zone in the CRS of a tile; None for one without geometry, or that has no place there."""
    geometry = QgsGeometry(zones.geometries[zone])
    target = QgsCoordinateReferenceSystem.fromEpsgId(tile_epsg(tile))
    to_tile = QgsCoordinateTransform(zones.crs, target, QgsProject.instance())
    try:
        moved = to_tile.isValid() and geometry.transform(to_tile) == 0
    except QgsCsException:
        return None
    return geometry if moved and not geometry.isNull() else None


def view_around(geometries: Iterable[QgsGeometry], margin: float, widest: float) -> View | None:
    """Return the square around some geometries with a margin; where that is too wide, around the first of them."""
    boxes = [geometry.boundingBox() for geometry in geometries]
    if not boxes:
        return None
    box = boxes[0]
    for other in boxes[1:]:
        together = type(box)(box)
        together.combineExtentWith(other)
        if max(together.width(), together.height()) + 2 * margin <= widest:
            box = together
    side = min(max(box.width(), box.height()) + 2 * margin, widest)
    centre = box.center()
    return View(centre.x() - side / 2, centre.y() + side / 2, side)
