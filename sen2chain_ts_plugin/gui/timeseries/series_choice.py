"""Which series of an extraction are shown: their index, their cloud mask, and the field that names their zones."""

from __future__ import annotations

from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox

from ...engine.library import cloudmask
from ...processing.support.i18n import tr
from ..common import settings
from ..common.plain_words import index_words, mask_words
from ..map.dock_zones import DockZones

_FIELD = "legend_field"
_LIKELIEST = "NDVI"
_SCROLL_BAR = 24  # pixels


class SeriesChoice(QObject):
    """Fills the three lists with what an extraction has, and tells what is chosen.

    Parameters
    ----------
    index, mask, field
        the lists.
    """

    # Other rows are to be read.
    changed = pyqtSignal()
    # The same rows have other names.
    renamed = pyqtSignal()

    def __init__(self, index: QComboBox, mask: QComboBox, field: QComboBox, parent: QObject) -> None:
        super().__init__(parent)
        self._index_list, self._mask_list, self._field_list = index, mask, field
        self._pairs: dict[str, dict[str, int]] = {}
        self._extraction = ""
        index.currentIndexChanged.connect(self._index_changed)
        mask.currentIndexChanged.connect(self._mask_changed)
        field.activated.connect(self._field_chosen)

    @property
    def index(self) -> str:
        """The index; empty for none."""
        return self._index_list.currentData() or ""

    @property
    def mask(self) -> str:
        """The folder of the cloud mask; empty for none."""
        return self._mask_list.currentData() or ""

    @property
    def field(self) -> str:
        """The field that names the zones; empty for their numbers."""
        return self._field_list.currentData() or ""

    def choose(self, index: str, mask: str, field: str) -> None:
        """Choose an index, a mask and a field, of each only what is there."""
        for box, wanted in ((self._index_list, index), (self._mask_list, mask), (self._field_list, field)):
            place = box.findData(wanted) if wanted else -1
            if place >= 0:
                box.setCurrentIndex(place)

    def show_fields(self, zones: DockZones) -> None:
        """Offer the fields of an extraction's zones: the one chosen last time, else the likeliest."""
        self._extraction = zones.tree.name
        wanted = settings.text(f"{_FIELD}/{self._extraction}") or zones.likely_name()
        self._field_list.clear()
        self._field_list.addItem(tr("Number"), "")
        for field in zones.fields:
            self._field_list.addItem(field.name(), field.name())
        self._field_list.setCurrentIndex(max(0, self._field_list.findData(wanted)))

    def show_pairs(self, pairs: dict[str, dict[str, int]]) -> None:
        """Offer the indices and masks there are, of each the number of products; what was chosen stays if it can."""
        self._pairs = pairs
        index, mask = self.index, self.mask
        self._index_list.blockSignals(True)
        self._index_list.clear()
        for name in pairs:
            words = index_words(name)
            self._index_list.addItem(f"{name}, {words}" if words else name, name)
        likely = next((name for name in (index, _LIKELIEST) if name in pairs), "")
        self._index_list.setCurrentIndex(max(0, self._index_list.findData(likely)))
        self._index_list.blockSignals(False)
        self._fill_masks(mask)
        self.changed.emit()

    def _fill_masks(self, chosen: str) -> None:
        self._mask_list.blockSignals(True)
        self._mask_list.clear()
        masks = self._pairs.get(self.index, {})
        for mask, number in masks.items():
            words = mask_words(mask)
            self._mask_list.addItem(f"{mask}, {words}  ({number})" if words else f"{mask}  ({number})", mask)
        likely = [mask for mask in (chosen, cloudmask.DEFAULT) if mask in masks]
        if likely:
            self._mask_list.setCurrentIndex(self._mask_list.findData(likely[0]))
        self._say_products()
        self._mask_list.blockSignals(False)
        for box in (self._index_list, self._mask_list):
            # The box is narrow; its list shows all of each line.
            box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + _SCROLL_BAR)

    def _say_products(self) -> None:
        number = self._pairs.get(self.index, {}).get(self.mask, 0)
        text = tr("{mask}, products with rows: {number}").format(mask=self.mask, number=number)
        self._mask_list.setToolTip("<br>".join(filter(None, (text, mask_words(self.mask)))))
        self._index_list.setToolTip(self._index_list.currentText())

    def _index_changed(self) -> None:
        self._fill_masks(self.mask)
        self.changed.emit()

    def _mask_changed(self) -> None:
        self._say_products()
        self.changed.emit()

    def _field_chosen(self) -> None:
        if self._extraction:
            settings.remember(f"{_FIELD}/{self._extraction}", self.field)
            self.renamed.emit()
