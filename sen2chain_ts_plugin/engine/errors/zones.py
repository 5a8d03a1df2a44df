"""Failures of layers and of the geometries in them."""

from __future__ import annotations

from .base import EngineError


class GeometryUnusable(EngineError):
    """A geometry that cannot be read."""

    message = "unusable geometry: {reason}"


class GeometryNowhere(GeometryUnusable):
    """A geometry whose coordinates are nowhere on Earth."""


class GeometryInvalid(EngineError):
    """An invalid geometry, and the user's setting is to stop."""

    message = (
        "{layer}: the geometry of zone {zone} (feature {feature}) is invalid. Repair it with 'Fix geometries', "
        "or set Processing to skip invalid features."
    )


class LayerWithoutCrs(EngineError):
    """A layer that does not say where it is."""

    message = "{layer} has no coordinate reference system. Set it in the properties of the layer."


class CrsLeadsNowhere(LayerWithoutCrs):
    """A layer in a CRS of its own: of a building site, a drawing, another planet."""

    message = (
        "{layer} has no coordinate reference system that leads to the tiles: {crs} is a local one, or of another "
        "planet. Set the one that its coordinates are in, in the properties of the layer."
    )


class LayerOfOtherKind(EngineError):
    """A table, or a layer of collections, for which QGIS knows no place on earth."""

    message = (
        "{layer} is of the type {kind}, not a layer of points, lines or polygons. Choose another layer; collections "
        "can be split with 'Multipart to singleparts'."
    )


class LayerMixed(EngineError):
    """A layer that mixes points, lines and polygons."""

    message = (
        "{layer} mixes points, lines and polygons (zones {first} and {second} differ). "
        "Split it by geometry type, and run once for each."
    )


class LayerEmpty(EngineError):
    """A layer without a single usable geometry."""

    message = "{layer} has no usable geometry: nothing to extract. Check the layer, its selection and its filter."


class LayerMeetsNoTile(EngineError):
    """A layer that is outside of every tile of the library."""

    message = (
        "No zone of {layer} meets a tile of the library {library} (tiles looked at: {tiles}). "
        "Check the CRS of the layer, or choose another library."
    )


class VectorUnreadable(EngineError):
    """A vector file that cannot be read."""

    message = "Cannot read {path} as a vector layer: {reason}."


class VectorReaderMissing(EngineError):
    """A vector file, and nothing that reads it."""

    message = (
        "Reading {path} needs GDAL's Python bindings, or the package pyogrio that comes with geopandas; this Python "
        "has neither ({reason}). Install one: {install}"
    )
