"""How QGIS loads a layer that an algorithm has written: under which name, in which group, looking like what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from qgis.core import (
    QgsLayerTreeGroup,
    QgsLayerTreeLayer,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProject,
    QgsVectorLayer,
)

from .compat import set_group
from .i18n import tr

# Makes a layer ready, and returns further layers that belong next to it.
Dress = Callable[[QgsVectorLayer, "QgsProject | None"], "Sequence[QgsVectorLayer] | None"]
# The mark of a layer of rows, kept in the project, and the fields by which one is known that was loaded from a file.
_RESULT = "sen2chain_ts/result"
_RESULT_FIELDS = {"index", "cloudmask"}


def load_as(
    context: QgsProcessingContext,
    layer_id: str,
    name: str,
    group: str,
    dress: Dress,
    loaded: Callable[[], None] = lambda: None,
) -> None:
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
        makes the layer ready to be looked at, in the main thread, and returns layers to load next to it, hidden.
    loaded
        called when all of them are in the project.
    """
    if not context.willLoadLayerOnCompletion(layer_id):
        return
    details = context.layerToLoadOnCompletionDetails(layer_id)
    details.name = name
    processor = _Load("" if not group or set_group(details, group) else group, dress, loaded)
    # QGIS does not own it, and the algorithm may be gone before the layer is loaded.
    _Load.alive.append(processor)
    details.setPostProcessor(processor)


def mark_result(layer: QgsMapLayer) -> None:
    """Mark a layer as one that an algorithm has written: it holds rows, not zones."""
    layer.setCustomProperty(_RESULT, True)


def is_result(layer: QgsMapLayer | None) -> bool:
    """Tell whether a layer holds rows that an algorithm has written."""
    if not isinstance(layer, QgsVectorLayer):
        return False
    marked = layer.customProperty(_RESULT, False) in (True, "true")
    return marked or set(layer.fields().names()) >= _RESULT_FIELDS


class _Load(QgsProcessingLayerPostProcessorInterface):
    """Called in the main thread, once the layer is in the project."""

    alive: ClassVar[list[_Load]] = []

    def __init__(self, group: str, dress: Dress, loaded: Callable[[], None]) -> None:
        super().__init__()
        self._group, self._dress, self._loaded = group, dress, loaded

    def postProcessLayer(
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        if self in _Load.alive:
            _Load.alive.remove(self)
        project = context.project()
        others = self._dress(layer, project) if isinstance(layer, QgsVectorLayer) else None
        if project is None:
            return
        if others is not None and layer.dataProvider().name() == "memory":
            feedback.pushInfo(
                tr("{layer} is a temporary layer: it is empty when the project is opened again. To keep it, choose "
                   "Make Permanent from its context menu, or run again with a file for the table."
                   ).format(layer=layer.name())
            )  # fmt: skip
        if self._group:
            _move(layer, project, self._group)
        _put_beside(layer, others or (), project)
        self._loaded()


def group_of(project: QgsProject, name: str, parent: QgsLayerTreeGroup | None = None) -> QgsLayerTreeGroup:
    """Return the layer group of a name, made on top of the others where there is none."""
    parent = parent or project.layerTreeRoot()
    return parent.findGroup(name) or parent.insertGroup(0, name)


def _move(layer: QgsMapLayer, project: QgsProject, name: str) -> None:
    """Move a layer that was loaded into a group next to it, so that a group for all results keeps it."""
    node = project.layerTreeRoot().findLayer(layer.id())
    if node is None or node.parent().name() == name:
        return  # loaded out of sight, or where it belongs
    parent, moved = node.parent(), node.clone()
    group_of(project, name, parent).insertChildNode(0, moved)
    parent.removeChildNode(node)
    moved.setExpanded(True)  # its legend is worth reading


def _put_beside(layer: QgsMapLayer, others: Sequence[QgsVectorLayer], project: QgsProject) -> None:
    """Load further layers below one, hidden: they would lie on top of each other."""
    node = project.layerTreeRoot().findLayer(layer.id())
    for number, other in enumerate(others, 1):
        project.addMapLayer(other, False)
        if node is not None:
            added = QgsLayerTreeLayer(other)
            added.setItemVisibilityChecked(False)
            added.setExpanded(False)
            node.parent().insertChildNode(node.parent().children().index(node) + number, added)
