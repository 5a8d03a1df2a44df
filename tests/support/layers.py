"""Layers for tests without QGIS: the zones of an ESRI shapefile in EPSG:4326, read with fiona."""

from __future__ import annotations

from pathlib import Path

from sen2chain_ts_plugin.engine.errors import EngineError
from sen2chain_ts_plugin.engine.feedback import Feedback
from sen2chain_ts_plugin.engine.zones.shapefile import SHAPEFILE_PARTS
from sen2chain_ts_plugin.engine.zones.wkb import Geometry, parse_wkb


class LayerMissing(EngineError):
    """A file that is not there."""

    message = "{path} is no vector file."


class ShapefileLayer:
    """The zones of a shapefile."""

    has_geometry = True

    def __init__(self, path: Path) -> None:
        import fiona

        with fiona.open(path) as source:
            self._records = list(source)
            self.fields = list(source.schema["properties"])
        self._path = path
        self.name = path.stem
        self.attributes = [tuple(record["properties"].values()) for record in self._records]

    def geometries(self, epsg: int) -> list[Geometry]:
        import rasterio.warp
        import shapely.geometry

        shapes = [record["geometry"] for record in self._records]
        if epsg != 4326:
            shapes = [rasterio.warp.transform_geom("EPSG:4326", f"EPSG:{epsg}", dict(shape)) for shape in shapes]
        return [parse_wkb(shapely.geometry.shape(shape).wkb) for shape in shapes]

    def shapefile(self) -> dict[str, bytes]:
        return {extension: self._path.with_suffix(extension).read_bytes() for extension in SHAPEFILE_PARTS}


def open_shapefile(text: str, feedback: Feedback) -> ShapefileLayer:
    """Open a layer as a job names it."""
    path = Path(text)
    if not path.is_file():
        raise LayerMissing(path=path)
    return ShapefileLayer(path)
