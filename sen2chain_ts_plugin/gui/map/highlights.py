"""The zones that are shown, outlined on the map in the colours of their curves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtGui import QColor

from ..common.zone_style import colour_of
from .dock_zones import DockZones

_WIDTH = 3
_FILL_ALPHA = 40
_POINT_SIZE = 11


class Highlights:
    """Outlines on a map canvas."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._bands: list[QgsRubberBand] = []
        self._shown: tuple[Sequence[int], Mapping[int, int]] = ((), {})

    def show(self, zones: DockZones | None, shown: Sequence[int], places: Mapping[int, int] | None = None) -> None:
        """Outline some zones; ``places`` says at which place, and so in which colour, each of them is drawn."""
        places = places or {zone: place for place, zone in enumerate(shown)}
        wanted = (tuple(shown), places)
        if wanted == self._shown and len(self._bands) == len(shown):
            return
        self.clear()
        self._shown = wanted
        for zone in shown if zones is not None else ():
            geometry = zones.geometries[zone]
            band = QgsRubberBand(self._canvas, geometry.type())
            colour = QColor(colour_of(places[zone]) if zone in places else "#808080")
            band.setStrokeColor(colour)
            band.setSecondaryStrokeColor(QColor(255, 255, 255, 170))
            band.setWidth(_WIDTH)
            band.setIconSize(_POINT_SIZE)
            fill = QColor(colour)
            fill.setAlpha(_FILL_ALPHA)
            band.setFillColor(fill)
            band.setToGeometry(geometry, zones.crs)
            self._bands.append(band)

    def set_visible(self, visible: bool) -> None:
        """Hide the outlines while the dock is hidden."""
        for band in self._bands:
            band.setVisible(visible)

    def clear(self) -> None:
        """Take all outlines off the map."""
        for band in self._bands:
            self._canvas.scene().removeItem(band)
        self._bands = []
        self._shown = ((), {})
