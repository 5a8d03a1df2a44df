"""Parameters as they are declared: each kind once, so that it looks and works alike in every algorithm."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..support.i18n import tr
from ..support.names import INPUT, REPORT, TABLE


def layer_parameter(label: str, *, optional: bool = False) -> QgsProcessingParameterFeatureSource:
    """Return the layer of zones: polygons, lines or points."""
    kinds = [
        QgsProcessing.SourceType.TypeVectorPolygon,
        QgsProcessing.SourceType.TypeVectorLine,
        QgsProcessing.SourceType.TypeVectorPoint,
    ]
    return QgsProcessingParameterFeatureSource(INPUT, label, kinds, optional=optional)


def folder_parameter(name: str, label: str, *, optional: bool = False) -> QgsProcessingParameterFile:
    """Return a folder to read."""
    return QgsProcessingParameterFile(name, label, QgsProcessingParameterFile.Behavior.Folder, optional=optional)


def words_parameter(
    name: str, label: str, words: list[str], *, several: bool = True, default: Any = None, optional: bool = True
) -> QgsProcessingParameterEnum:
    """Return a choice among words; the words themselves are the values everywhere."""
    return QgsProcessingParameterEnum(
        name,
        label,
        options=words,
        allowMultiple=several,
        defaultValue=default,
        optional=optional,
        usesStaticStrings=True,
    )


def date_parameter(name: str, label: str) -> QgsProcessingParameterDateTime:
    """Return an optional date."""
    return QgsProcessingParameterDateTime(name, label, QgsProcessingParameterDateTime.Type.Date, optional=True)


def number_parameter(
    name: str, label: str, default: float, low: float, high: float | None = None, *, integer: bool = True
) -> QgsProcessingParameterNumber:
    """Return an optional number with its range."""
    kinds = QgsProcessingParameterNumber.Type
    parameter = QgsProcessingParameterNumber(
        name, label, kinds.Integer if integer else kinds.Double, default, optional=True, minValue=low
    )
    if high is not None:
        parameter.setMaximum(high)
    return parameter


def boolean_parameter(name: str, label: str, default: bool = False) -> QgsProcessingParameterBoolean:
    """Return an optional yes or no."""
    return QgsProcessingParameterBoolean(name, label, default, optional=True)


def text_parameter(
    name: str, label: str, default: str | None = None, *, optional: bool = True, lines: bool = False
) -> QgsProcessingParameterString:
    """Return a line of text, or several."""
    return QgsProcessingParameterString(name, label, default, multiLine=lines, optional=optional)


def output_folder_parameter(name: str, label: str, *, optional: bool = True) -> QgsProcessingParameterFolderDestination:
    """Return a folder to write; never a temporary one, unless the user says so."""
    parameter = QgsProcessingParameterFolderDestination(name, label, optional=optional)
    parameter.setCreateByDefault(False)
    return parameter


def table_parameter(label: str) -> QgsProcessingParameterFeatureSink:
    """Return the optional layer that receives the rows; not made unless the user asks for it."""
    return QgsProcessingParameterFeatureSink(TABLE, label, optional=True, createByDefault=False)


def wide_table_parameter(name: str, label: str) -> QgsProcessingParameterFeatureSink:
    """Return the optional layer, or file of a spreadsheet, that receives rows without geometry."""
    kind = QgsProcessing.SourceType.TypeVector
    return QgsProcessingParameterFeatureSink(name, label, kind, optional=True, createByDefault=False)


def report_parameter(label: str) -> QgsProcessingParameterFileDestination:
    """Return the optional HTML page to write; not made unless the user asks for it."""
    return QgsProcessingParameterFileDestination(
        REPORT, label, tr("HTML pages (*.html)"), optional=True, createByDefault=False
    )
