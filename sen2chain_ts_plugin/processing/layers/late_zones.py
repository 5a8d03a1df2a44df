"""The zones of a source, read when the engine asks for them: a file that it recognises is not read at all."""

from __future__ import annotations

from qgis.core import QgsProcessingContext, QgsProcessingFeatureSource, QgsVectorLayer

from ...engine.feedback import Feedback
from ...engine.zones.file_stamp import stamp_of
from ...engine.zones.unread_layer import UnreadLayer
from .source_file import SourceFile
from .source_zones import SourceZones


def late_zones(
    source: QgsProcessingFeatureSource,
    about: SourceFile,
    context: QgsProcessingContext,
    feedback: Feedback,
    layer: QgsVectorLayer | None = None,
) -> UnreadLayer:
    """Return the zones of a source; see `SourceZones` for what may fail, then, when they are read.

    ``layer`` is the one behind the source, to be kept until then; None where the context holds it.
    """

    def stamp() -> str | None:
        return None if about.file is None or about.read_as is None else stamp_of(about.file, about.read_as)

    def read(_kept: QgsVectorLayer | None = layer) -> SourceZones:
        return SourceZones(source, about, context, feedback)

    return UnreadLayer(about.name_of(source), stamp, read)
