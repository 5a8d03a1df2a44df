"""The actions of the dock "Time series": what its buttons, menus and keys do is in `panel`."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon, QKeySequence
from qgis.PyQt.QtWidgets import QAction, QWidget

from ...processing.support.i18n import tr
from ..common import settings
from ..common.icons import icon
from ..common.keyboard import key_text


class DockActions(QWidget):
    """A widget that has the actions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make_zone_actions()
        self._make_day_actions()
        self._make_chart_actions()
        self._make_other_actions()

    def _make_zone_actions(self) -> None:
        theme = QgsApplication.getThemeIcon
        self.pick = self._action(
            icon("pickzones"), tr("Pick zones on the map"),
            tr("Click a zone, or drag a rectangle; with Shift or Ctrl to add or take away"), checkable=True,
        )  # fmt: skip
        self.follow_selection = self._action(
            theme("/mActionSelectRectangle.svg"), tr("Follow the selection"),
            tr("Show the zones of the features that are selected in any layer that has the same geometries"),
            checkable=True, checked=settings.flag("dock/follow_selection", True),
        )  # fmt: skip
        self.add_layer = self._action(
            theme("/mActionAddOgrLayer.svg"), tr("Add the zones to the map"),
            tr("Load the zones of this extraction as a layer"),
        )  # fmt: skip
        self.previous = self._action(theme("/mActionArrowLeft.svg"), tr("Previous zone"), keys="Alt+Left")
        self.next = self._action(theme("/mActionArrowRight.svg"), tr("Next zone"), keys="Alt+Right")

    def _make_day_actions(self) -> None:
        theme = QgsApplication.getThemeIcon
        self.previous_day = self._action(
            theme("/temporal_navigation/previous.svg"), tr("Previous acquisition"),
            tr("Take the map to the date before, of those that the curves have"), keys="Ctrl+Left",
        )  # fmt: skip
        self.play = self._action(
            theme("/temporal_navigation/forward.svg"), tr("Play the acquisitions"),
            tr("Show one acquisition after the other on the map, up to the last one; again to stop"),
            checkable=True, keys="Ctrl+Space",
        )  # fmt: skip
        self.next_day = self._action(
            theme("/temporal_navigation/next.svg"), tr("Next acquisition"),
            tr("Take the map to the date after, of those that the curves have"), keys="Ctrl+Right",
        )  # fmt: skip
        self.link_dates = self._action(
            theme("/propertyicons/temporal.svg"), tr("Give these dates to the temporal controller"),
            tr("QGIS's own panel then plays the dates in view, in equal steps of five days, and can export them"),
        )  # fmt: skip
        self.images = self._action(
            theme("/mIconRaster.svg"), tr("Image of the day on the map"),
            tr("Click a point of the chart: the map shows the index of that day below the zones, clouds hatched"),
            checkable=True, checked=settings.flag("dock/images", True),
        )  # fmt: skip
        self.colours = self._action(
            theme("/styleicons/multibandcolor.svg"), tr("True colours"),
            tr("Show true colours instead of the index, where the library has the L2A product of the day"),
            checkable=True, checked=settings.flag("dock/colours", False),
        )  # fmt: skip
        self.thumbnails_shown = self._action(
            theme("/mLayoutItemPicture.svg"), tr("Pictures of the zone"),
            tr("A small picture of the zone on each of its dates, above the chart; click one to go to its day"),
            checkable=True, checked=settings.flag("dock/thumbnails", True),
        )  # fmt: skip

    def _make_chart_actions(self) -> None:
        theme = QgsApplication.getThemeIcon
        self.box_zoom = self._action(
            theme("/mActionZoomToArea.svg"), tr("Zoom to a rectangle"),
            tr("Drag a rectangle on the chart. Without it: drag to move, wheel to zoom the dates, Ctrl and wheel to "
               "zoom the values"), checkable=True,
        )  # fmt: skip
        self.everything = self._action(theme("/mActionZoomFullExtent.svg"), tr("Show all dates and values"))
        self.table_shown = self._action(
            theme("/mActionOpenTable.svg"), tr("Table of the values"), checkable=True,
            checked=settings.flag("dock/table", False),
        )  # fmt: skip
        self.save_png = self._action(theme("/mActionSaveMapAsImage.svg"), tr("Save the chart as PNG…"))
        self.save_svg = self._action(theme("/mActionSaveAsSVG.svg"), tr("Save the chart as SVG…"))
        self.save_csv = self._action(theme("/mActionOpenTable.svg"), tr("Save the values as CSV…"))
        self.copy_chart = self._action(theme("/mActionEditCopy.svg"), tr("Copy the chart"))
        self.copy_values = self._action(theme("/mActionEditCopy.svg"), tr("Copy the values"))

    def _make_other_actions(self) -> None:
        theme = QgsApplication.getThemeIcon
        self.follow_runs = self._action(
            QIcon(), tr("Show the extraction of the last run"),
            tr("When Extract or Compile ends, its extraction is shown here"), checkable=True,
            checked=settings.flag("dock/follow_runs", True),
        )  # fmt: skip
        self.browse = self._action(theme("/mActionFileOpen.svg"), tr("Choose a folder…"))
        self.extract = self._action(icon("timeseries"), tr("Time series of a layer…"))

    def _action(
        self,
        picture: QIcon,
        text: str,
        tip: str = "",
        *,
        checkable: bool = False,
        checked: bool = False,
        keys: str = "",
    ) -> QAction:
        action = QAction(picture, text, self)
        action.setToolTip(f"<b>{text.rstrip('…')}</b><br>{tip}" if tip else text.rstrip("…"))
        if keys:
            # Within this dock only: elsewhere in QGIS they may be somebody else's.
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)
            action.setToolTip(f"{action.toolTip()} ({key_text(keys)})")
        action.setCheckable(checkable)
        action.setChecked(checked)
        return action
