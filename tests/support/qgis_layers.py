"""Layers in memory for the tests of Processing, and what stands in a tree."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDateTime, Qt

from tests.support.raw_tree import read

# Corner of the rasters of 40KCB in the reference library, EPSG:32740: 600 x 600 pixels of 10 m. Down to row 298 those
# of 40KCC show the same ground.
LEFT, TOP = 348_000.0, 7_696_020.0


def day(text: str) -> QDateTime:
    """Return a date as a parameter takes it."""
    return QDateTime.fromString(text, Qt.DateFormat.ISODate)


# Three NDVI products under CM001: two baselines on 40KCB, one on 40KCC.
JUNE = {"DATE_MIN": day("2021-06-01"), "DATE_MAX": day("2021-06-30")}


def square(column: float, row: float, size: float = 20, rows: float | None = None) -> str:
    """Return a rectangle of pixels as WKT."""
    left, top = LEFT + 10 * column, TOP - 10 * row
    right, bottom = left + 10 * size, top - 10 * (size if rows is None else rows)
    return f"Polygon (({left} {top}, {right} {top}, {right} {bottom}, {left} {bottom}, {left} {top}))"


def memory_layer(
    shapes: Sequence[str | QgsGeometry | None],
    fields: Sequence[QgsField] = (),
    rows: Sequence[Sequence[Any]] = (),
    *,
    kind: str = "Polygon",
    crs: str = "EPSG:32740",
    name: str = "zones",
) -> QgsVectorLayer:
    """Return a layer with a feature per shape (WKT, geometry or None)."""
    layer = QgsVectorLayer(f"{kind}?crs={crs}" if crs else kind, name, "memory")
    assert layer.isValid()
    if not crs:
        layer.setCrs(QgsCoordinateReferenceSystem())
    provider = layer.dataProvider()
    assert not fields or provider.addAttributes(list(fields))  # QGIS 3.40 takes no empty list
    layer.updateFields()
    for number, shape in enumerate(shapes):
        feature = QgsFeature(layer.fields())
        if shape is not None:
            feature.setGeometry(QgsGeometry.fromWkt(shape) if isinstance(shape, str) else shape)
        if rows:
            feature.setAttributes(list(rows[number]))
        assert provider.addFeature(feature)
    layer.updateExtents()
    return layer


def save(layer: QgsVectorLayer, path: Path, driver: str) -> Path:
    """Write a layer to a file."""
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = driver
    options.fileEncoding = "UTF-8"
    error, message, *_ = QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), layer.transformContext(), options)
    assert error == QgsVectorFileWriter.WriterError.NoError, message
    return path


def raw_rows(tree: str | Path, index: str = "NDVI", mask: str = "CM001") -> list[dict[str, str]]:
    """Return the rows of all raw files of an index and mask, by file name."""
    folder = Path(tree) / "raw_data" / index / mask
    return [row for path in sorted(folder.glob("*.csv")) for row in read(path)]
