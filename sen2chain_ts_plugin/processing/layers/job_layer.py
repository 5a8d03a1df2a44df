"""The layer of a job: its text from a layer, its zones from the text.

A job reads a file, in the night and without a window. So what only the window knows of a layer cannot be its layer.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingUtils,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QFileInfo

from ...engine.errors import JobLayerInvalid, JobLayerUnreadable, JobLayerWindowOnly, Phrase
from ...engine.feedback import Feedback
from ...engine.text import without_password
from ...engine.zones.unread_layer import UnreadLayer
from .late_zones import late_zones
from .source_file import describe_source

_PROVIDER = "ogr"
_ARCHIVE = re.compile(r"/vsi(?:zip|gzip|tar)/+(/.*|[A-Za-z]:.*)")


def layer_text(layer: QgsVectorLayer, value: Any) -> str:
    """Return the text under which a job finds a layer again: its file, and what follows after ``|``.

    Parameters
    ----------
    layer
        the layer.
    value
        the parameter as the caller gave it, which may ask for a part of the layer.

    Raises
    ------
    JobLayerInvalid
        the layer is in no file.
    JobLayerWindowOnly
        the job would not read what the window shows.
    """
    if layer.providerType() != _PROVIDER:
        raise JobLayerInvalid(value=layer.name())
    differences = [*_parts_asked(value), *_only_shown(layer)]
    path, *rest = layer.source().split("|")
    # As its file is called, from which QGIS takes the name of the layer.
    archive = _ARCHIVE.fullmatch(path)
    path = archive[1] if archive and os.path.isfile(archive[1]) else path
    text = "|".join([path if os.path.isabs(path) else os.path.abspath(path), *rest])
    if without_password(text) != text:
        differences.append(Phrase("its address holds a password, which a job file would show"))
    if not differences:
        differences = list(_read_otherwise(layer, text))
    if differences:
        raise JobLayerWindowOnly(layer=layer.name(), what=differences[0])
    return text


def _parts_asked(value: Any) -> Iterator[Phrase]:
    """Yield what a definition of a source asks for beyond the layer."""
    if not isinstance(value, QgsProcessingFeatureSourceDefinition):
        return
    if value.selectedFeaturesOnly:
        yield Phrase("only its selected features are asked for")
    if value.featureLimit >= 0:
        yield Phrase("only its first features are asked for ({number})", number=value.featureLimit)
    if getattr(value, "filterExpression", ""):  # since QGIS 3.32
        yield Phrase("it has a filter ({filter})", filter=value.filterExpression)
    if value.flags & QgsProcessingFeatureSourceDefinition.Flag.FlagOverrideDefaultGeometryCheck:
        yield Phrase("it has a geometry check of its own")


def _only_shown(layer: QgsVectorLayer) -> Iterator[Phrase]:
    """Yield what of a layer is in its window only."""
    if layer.subsetString():
        yield Phrase("it has a filter ({filter})", filter=layer.subsetString())
    if layer.isModified():
        yield Phrase("it has unsaved edits")
    stored = layer.dataProvider().fields().names()
    if layer.fields().names() != stored:
        others = [name for name in layer.fields().names() if name not in stored]
        yield Phrase("it has virtual or joined fields ({names})", names=", ".join(others))
    crs = layer.dataProvider().crs()
    if not crs.isValid():
        yield Phrase("its file has no CRS")
    elif layer.isSpatial() and layer.crs() != crs:
        yield Phrase(
            "its CRS {crs} was set by hand, its file has {stored}", crs=layer.crs().authid(), stored=crs.authid()
        )


def _read_otherwise(layer: QgsVectorLayer, text: str) -> Iterator[Phrase]:
    """Yield what a job would read otherwise than the window."""
    read = _open(text)
    if read is None:
        yield Phrase("QGIS cannot open it again as {text}", text=text)
        return
    shown, stored = layer.dataProvider().encoding(), read.dataProvider().encoding()
    if shown.lower() != stored.lower():
        yield Phrase("its encoding {shown} was set by hand, its file has {stored}", shown=shown, stored=stored)
    if layer.fields().names() != read.fields().names() or layer.featureCount() != read.featureCount():
        yield Phrase("its file has changed since it was opened")


def _open(text: str) -> QgsVectorLayer | None:
    """Return the layer that a job names, opened as extract opens it, under the same name; in no project."""
    context = QgsProcessingContext()
    layer = QgsProcessingUtils.mapLayerFromString(text, context, True, QgsProcessingUtils.LayerHint.Vector)
    if layer is not None:
        return context.takeResultLayer(layer.id())
    # What begins with /vsi, such as a file inside an archive, is no file to QGIS here.
    layer = QgsVectorLayer(text, QFileInfo(text.split("|")[0]).baseName(), _PROVIDER)
    return layer if layer.isValid() else None


def open_zones(text: str, context: QgsProcessingContext, feedback: Feedback) -> UnreadLayer:
    """Return the zones of a layer that a job names, to be read in the thread that asks.

    Raises
    ------
    JobLayerUnreadable
        it cannot be opened.
    """
    # In no project, which belongs to the main thread.
    own = QgsProcessingContext()
    own.setTransformContext(context.transformContext())
    own.setInvalidGeometryCheck(context.invalidGeometryCheck())
    layer = _open(text)
    if layer is None:
        raise JobLayerUnreadable(layer=without_password(text))
    source = QgsProcessingFeatureSource(layer, own)
    return late_zones(source, describe_source(layer, text, own, ordered=True), own, feedback, layer)
