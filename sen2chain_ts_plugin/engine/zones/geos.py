"""GEOS, as GDAL's own Python bindings have it, as in every QGIS, or shapely.

The bindings come first: with them a notebook and QGIS have the same GEOS, and their buffers the same bytes. Another
version of GEOS may give other corners.
"""

from __future__ import annotations

from typing import Any, Protocol

from ..raster import libraries

# To a quarter of a circle.
_SEGMENTS = 8


class Refused(Exception):
    """GEOS cannot do this with that geometry."""


class Geos(Protocol):
    """What buffers need of GEOS; geometries are well-known binary."""

    def centroid(self, wkb: bytes) -> tuple[float, float] | None:
        """Return the centroid; None where there is none."""

    def buffer(self, wkb: bytes, distance: float, *, merged: bool) -> bytes:
        """Return a geometry, buffered with round corners.

        Parameters
        ----------
        wkb, distance
            in the same unit.
        merged
            make parts that touch one, first.

        Raises
        ------
        Refused
            the geometry is too damaged.
        """


def geos() -> Geos:
    """Return the GEOS of this Python; raises ImportError where there is none."""
    try:
        return _OfGdal(libraries.ogr())
    except ImportError as error:
        try:
            import shapely  # noqa: F401 asked for here only to know whether it is there
        except ImportError:
            raise error from None
        return _OfShapely()


class _OfGdal:
    def __init__(self, ogr: Any) -> None:
        self._read = ogr.CreateGeometryFromWkb

    def centroid(self, wkb: bytes) -> tuple[float, float] | None:
        """See `Geos.centroid`."""
        centre = self._read(wkb).Centroid()
        return None if centre is None else (centre.GetX(), centre.GetY())

    def buffer(self, wkb: bytes, distance: float, *, merged: bool) -> bytes:
        """See `Geos.buffer`."""
        try:
            shape = self._read(wkb)
            if merged and shape is not None:
                shape = shape.UnionCascaded() or shape
            wider = None if shape is None else shape.Buffer(distance, _SEGMENTS)
        except RuntimeError as error:  # where somebody has asked GDAL for exceptions
            raise Refused(str(error)) from error
        if wider is None:
            raise Refused
        return bytes(wider.ExportToWkb())


class _OfShapely:
    def centroid(self, wkb: bytes) -> tuple[float, float] | None:
        """See `Geos.centroid`."""
        import shapely.wkb

        centre = shapely.wkb.loads(wkb).centroid
        return None if centre.is_empty else (centre.x, centre.y)

    def buffer(self, wkb: bytes, distance: float, *, merged: bool) -> bytes:
        """See `Geos.buffer`."""
        import shapely.errors
        import shapely.ops
        import shapely.wkb

        try:
            shape = shapely.wkb.loads(wkb)
            wider = (shapely.ops.unary_union([shape]) if merged else shape).buffer(distance, _SEGMENTS)
        except shapely.errors.ShapelyError as error:
            raise Refused(str(error)) from error
        return bytes(wider.wkb)
