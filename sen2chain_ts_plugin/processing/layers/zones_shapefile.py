"""Zones as the shapefile of a tree, written by GDAL as QGIS has it write them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import overload

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsVectorFileWriter,
    QgsWkbTypes,
)

from ...engine.errors import (
    Phrase,
    WriteFailed,
)
from ...engine.feedback import Feedback, check
from ...engine.files import read_bytes
from ...engine.text import clean_text
from ...engine.zones.geometries import Geometries
from ...engine.zones.layer import Zones
from ...engine.zones.shapefile import SHAPEFILE_PARTS, cut_text, longest_text, shapefile_names
from ...engine.zones.shapefile_check import differs_from
from ..support.compat import make_field

_WGS84 = "EPSG:4326"
_CHECK_EVERY = 500


def shapefile_of(
    zones: Zones,
    fields: Sequence[QgsField],
    kind: QgsWkbTypes.Type,
    transforms: QgsCoordinateTransformContext,
    feedback: Feedback,
) -> dict[str, bytes]:
    """Return the parts of a shapefile of zones, by extension.

    Raises
    ------
    WriteFailed
        it cannot be written, or reads back otherwise.
    Cancelled
        the user asked to stop.
    """
    with tempfile.TemporaryDirectory(prefix="sen2chain_ts_") as folder:
        path = Path(folder) / "zones.shp"
        shapes = zones.degrees()
        _write(path, zones, shapes, fields, kind, transforms, feedback)
        try:
            parts = {part: read_bytes(path.with_suffix(part)) for part in SHAPEFILE_PARTS}
        except OSError as error:
            raise WriteFailed(path=path, reason=error.strerror or error) from error
        # GDAL says nothing of a disk that is full.
        difference = differs_from(parts, shapes)
        if difference is not None:
            raise WriteFailed(path=path, reason=difference)
        return parts


def _write(
    path: Path,
    zones: Zones,
    shapes: Geometries,
    source_fields: Sequence[QgsField],
    kind: QgsWkbTypes.Type,
    transforms: QgsCoordinateTransformContext,
    feedback: Feedback,
) -> None:
    names = shapefile_names(zones.fields)
    longest = longest_text(len(names))
    fields = QgsFields()
    for each, name in zip(source_fields, names):
        fields.append(_shapefile_field(each, name, longest))
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "ESRI Shapefile"
    options.fileEncoding = "UTF-8"
    # The date of the day in the header would give another checksum every day.
    options.layerOptions = ["DBF_DATE_LAST_UPDATE=2000-01-01", "RESIZE=YES"]
    crs = QgsCoordinateReferenceSystem(_WGS84)
    writer = QgsVectorFileWriter.create(str(path), fields, kind, crs, transforms, options)
    if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
        raise WriteFailed(path=path, reason=writer.errorMessage())
    for number, (wkb, values) in enumerate(zip(shapes.as_wkb(), zones.attributes)):
        if number % _CHECK_EVERY == 0:
            check(feedback)
            feedback.progress(number / len(shapes))
        feature = QgsFeature()
        feature.setAttributes([_shapefile_value(value, longest) for value in values[: len(names)]])
        if wkb is not None:
            feature.setGeometry(as_qgis(wkb))
        if not writer.addFeature(feature):
            raise WriteFailed(
                path=path, reason=Phrase("zone {number}: {reason}", number=number, reason=writer.errorMessage())
            )
    if not writer.flushBuffer():
        raise WriteFailed(path=path, reason=writer.errorMessage())
    del writer  # closes the files


def as_qgis(wkb: bytes) -> QgsGeometry:
    """Return a geometry of the engine, as well-known binary, as one of QGIS."""
    shown = QgsGeometry()
    shown.fromWkb(wkb)
    return shown


class ShownGeometries(Sequence[QgsGeometry]):
    """The geometries of zones as QGIS has them, each made when it is asked for."""

    def __init__(self, geometries: Geometries) -> None:
        self._geometries = geometries

    def __len__(self) -> int:
        return len(self._geometries)

    @overload
    def __getitem__(self, zone: int) -> QgsGeometry: ...
    @overload
    def __getitem__(self, zone: slice) -> list[QgsGeometry]: ...

    def __getitem__(self, zone: int | slice) -> QgsGeometry | list[QgsGeometry]:
        if isinstance(zone, slice):
            return [self[place] for place in range(len(self))[zone]]
        place = range(len(self))[zone]
        (wkb,) = self._geometries[place : place + 1].as_wkb()
        return QgsGeometry() if wkb is None else as_qgis(wkb)


def _shapefile_field(field: QgsField, name: str, longest: int) -> QgsField:
    """Return a field that a shapefile can hold: numbers as such, everything else as text."""
    kind = field.typeName().lower()
    if field.isNumeric():
        return make_field(name, "float" if field.precision() or "double" in kind or "real" in kind else "int")
    text = make_field(name, "text")
    text.setLength(longest)  # RESIZE then cuts the field to what the longest value needs
    return text


def _shapefile_value(value: object, longest: int) -> object:
    return cut_text(clean_text(value), longest) if isinstance(value, str) else value
