"""The layer of a job: its text from a layer, its zones from the text."""

from __future__ import annotations

import os

from qgis.core import QgsProcessingContext, QgsProcessingFeatureSource, QgsProcessingUtils, QgsVectorLayer

from ...engine.errors import JobLayerInvalid, JobLayerUnreadable
from ...engine.feedback import Feedback
from .source_zones import SourceZones, describe_source

_PROVIDER = "ogr"


def layer_text(layer: QgsVectorLayer) -> str:
    """Return the text under which a job finds a layer again: its file, and what follows after ``|``.

    Raises
    ------
    JobLayerInvalid
        the layer is in no file.
    """
    if layer.providerType() != _PROVIDER:
        raise JobLayerInvalid(value=layer.name())
    path, *rest = layer.source().split("|")
    return "|".join([path if os.path.isabs(path) else os.path.abspath(path), *rest])


def open_zones(text: str, context: QgsProcessingContext, feedback: Feedback) -> SourceZones:
    """Return the zones of a layer that a job names, in the thread that asks.

    Raises
    ------
    JobLayerUnreadable
        it cannot be opened.
    """
    # QGIS opens it as it does for extract, under the same name, but in no project: that belongs to the main thread.
    own = QgsProcessingContext()
    own.setTransformContext(context.transformContext())
    own.setInvalidGeometryCheck(context.invalidGeometryCheck())
    layer = QgsProcessingUtils.mapLayerFromString(text, own, True, QgsProcessingUtils.LayerHint.Vector)
    if layer is None:
        raise JobLayerUnreadable(layer=text)
    source = QgsProcessingFeatureSource(layer, own)
    return SourceZones(source, describe_source(layer, text, own), own, feedback)
