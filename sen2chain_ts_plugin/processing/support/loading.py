"""How QGIS loads a layer that an algorithm has written: under which name, in which group, looking like what."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from qgis.core import (
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProject,
    QgsVectorLayer,
)

from .compat import set_group

Dress = Callable[[QgsVectorLayer, "QgsProject | None"], None]


def load_as(context: QgsProcessingContext, layer_id: str, name: str, group: str, dress: Dress) -> None:
    """Say how a layer is to be loaded; where it will not be, as in qgis_process, nothing happens.

    Parameters
    ----------
    context
        of the algorithm.
    layer_id
        what the sink of the layer is known by.
    name, group
        of the layer in the project; the group is made where it is not there yet. No group where it is empty.
    dress
        makes the layer ready to be looked at, in the main thread.
    """
    if not context.willLoadLayerOnCompletion(layer_id):
        return
    details = context.layerToLoadOnCompletionDetails(layer_id)
    details.name = name
    processor = _Load("" if not group or set_group(details, group) else group, dress)
    # QGIS does not own it, and the algorithm may be gone before the layer is loaded.
    _Load.alive.append(processor)
    details.setPostProcessor(processor)


class _Load(QgsProcessingLayerPostProcessorInterface):
    """Called in the main thread, once the layer is in the project."""

    alive: ClassVar[list[_Load]] = []

    def __init__(self, group: str, dress: Dress) -> None:
        super().__init__()
        self._group = group
        self._dress = dress

    def postProcessLayer(
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        if self in _Load.alive:
            _Load.alive.remove(self)
        project = context.project()
        if isinstance(layer, QgsVectorLayer):
            self._dress(layer, project)
        if self._group and project is not None:
            _move(layer, project, self._group)


def group_of(project: QgsProject, name: str, parent: QgsLayerTreeGroup | None = None) -> QgsLayerTreeGroup:
    """Return the layer group of a name, made on top of the others where there is none."""
    parent = parent or project.layerTreeRoot()
    return parent.findGroup(name) or parent.insertGroup(0, name)


def _move(layer: QgsMapLayer, project: QgsProject, name: str) -> None:
    """Move a layer that was loaded into a group: beside where it is, so that a group for all results keeps it."""
    node = project.layerTreeRoot().findLayer(layer.id())
    if node is None or node.parent().name() == name:
        return  # loaded out of sight, or where it belongs
    parent, moved = node.parent(), node.clone()
    group_of(project, name, parent).insertChildNode(0, moved)
    parent.removeChildNode(node)
    moved.setExpanded(True)  # its legend is worth reading
