"""The layer of a job: its text from a layer, its zones from the text."""

from __future__ import annotations

import os
from pathlib import PurePath

from qgis.core import QgsProcessingContext, QgsProcessingFeatureSource, QgsProviderRegistry, QgsVectorLayer

from ..engine.errors import JobLayerInvalid, JobLayerUnreadable
from ..engine.extraction import ZoneFiles
from ..engine.feedback import Feedback
from .vectors import SourceZones, describe_source

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


def open_zones(text: str, context: QgsProcessingContext, feedback: Feedback) -> tuple[SourceZones, ZoneFiles]:
    """Return the zones of a layer that a job names, in the thread that asks.

    Raises
    ------
    JobLayerUnreadable
        it cannot be opened.
    """
    options = QgsVectorLayer.LayerOptions(context.transformContext())
    options.loadDefaultStyle = False
    layer = QgsVectorLayer(text, _name(text), _PROVIDER, options)
    if not layer.isValid():
        raise JobLayerUnreadable(layer=text)
    source = QgsProcessingFeatureSource(layer, context)
    zones = SourceZones(source, describe_source(layer, text, context), context, feedback)
    return zones, zones.files()


def _name(text: str) -> str:
    """Return the name that QGIS itself gives to a layer that it opens from a file."""
    parts = QgsProviderRegistry.instance().decodeUri(_PROVIDER, text)
    layer = parts.get("layerName")
    return layer if isinstance(layer, str) and layer else PurePath(parts["path"]).stem
