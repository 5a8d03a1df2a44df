"""What has changed since an extraction was made: new images in the library, edited features in its layer."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsVectorLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject

from ...engine.tree.layout import Tree
from ...processing.support.i18n import tr
from ..common.background import Background, Problem, Reading
from ..dialogs.dialogs import open_dialog
from ..map.dock_zones import DockZones
from ..map.extracted_layer import ExtractedLayer, difference_of
from .day_library import DayLibrary
from .project_state import newer_products
from .reading import last_acquisition


class News(QObject):
    """Looks for what has changed, and says it.

    Parameters
    ----------
    background
        looks in another thread.
    library
        where the images are.
    tell
        shows a sentence.
    offer
        shows a sentence with a button: the sentence, what the button says and what it does.
    """

    def __init__(
        self, background: Background, library: DayLibrary, tell: Callable[[str], None],
        offer: Callable[[str, str, Callable[[], object]], None], parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._background, self._library = background, library
        self._tell, self._offer = tell, offer
        self._zones: DockZones | None = None
        self._layer = ExtractedLayer(self._compare, self)

    def close(self) -> None:
        """Let go of the project."""
        self._layer.close()

    def watch(self, zones: DockZones | None) -> None:
        """Say, now and whenever it is edited, where the layer of an extraction differs from its zones."""
        self._zones = zones
        self._layer.watch(zones)

    def look_for_images(self, tree: Tree, index: str, mask: str) -> None:
        """Say how many acquisitions the library has that the extraction has not."""

        def look(_: Reading) -> int:
            library, last = self._library.of(tree), last_acquisition(tree, index, mask)
            return newer_products(library, index, mask, last) if library is not None and last is not None else 0

        def say(number: int, _: list[str]) -> None:
            if number:
                self._tell(tr("New images since: {number}. Extract again to update the curves.").format(number=number))

        self._background.start("new images", look, say, _nothing)

    def _compare(self, layer: QgsVectorLayer) -> None:
        if self._zones is None:
            return

        def say(number: int, _: list[str]) -> None:
            if not number or sip.isdeleted(layer):
                return
            text = tr("The layer {layer} has been edited since it was extracted. Features that differ: {number}.")
            self._offer(
                text.format(layer=layer.name(), number=number), tr("Extract again…"),
                lambda: open_dialog("extract", {"INPUT": layer.id()}),
            )  # fmt: skip

        self._background.start("difference", difference_of(layer, self._zones), say, _nothing)


def _nothing(_: Problem) -> None:
    """A layer or a library that cannot be read has no news; its user is told elsewhere."""
