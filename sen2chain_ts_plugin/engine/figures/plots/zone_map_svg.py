"""A map of zones as inline SVG: their outlines, coloured by group, each a link to its chart.

Instead of matplotlib: it is part of an HTML page, has the colours of its style sheet, and can be clicked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ...zones.wkb import Coordinates, Geometry
from ..html.page import escape

# Colours of the style sheet, .g0 to .g7.
COLOURS = 8
_WIDTH, _MOST_HEIGHT, _MARGIN = 1120.0, 460.0, 8.0
# Vertices of an outline, and zones; more would not be seen at this size.
_MOST_VERTICES, _MOST_ZONES = 60, 5000
_DOT = 3.0


def zone_map(
    geometries: Sequence[Geometry],
    label: Callable[[int], str],
    link: Callable[[int], str],
    colour: Callable[[int], int],
    title: str,
) -> str:
    """Return a map of zones; empty where none has a place.

    Parameters
    ----------
    geometries
        in degrees, by zone.
    label
        what a zone is called.
    link
        the anchor of its chart; empty for none.
    colour
        the number of its colour.
    title
        of the picture.
    """
    outlines = {zone: geometry.outline() for zone, geometry in enumerate(geometries)}
    outlines = {zone: parts for zone, parts in outlines.items() if parts and np.isfinite(np.concatenate(parts)).all()}
    if not outlines:
        return ""
    place = _Place([part for parts in outlines.values() for part in parts])
    zones = list(outlines)
    if len(zones) > _MOST_ZONES:
        zones = [zones[int(position)] for position in np.linspace(0, len(zones) - 1, _MOST_ZONES).round()]
    shapes = []
    for zone in zones:
        kind = f"g{colour(zone) % COLOURS}"
        shape = _shape(geometries[zone], outlines[zone], place, kind, label(zone))
        anchor = link(zone)
        shapes.append(f'<a href="#{escape(anchor)}">{shape}</a>' if anchor else shape)
    return (
        f'<svg class="map" viewBox="0 0 {place.width:.0f} {place.height:.0f}" width="{place.width:.0f}" '
        f'height="{place.height:.0f}" role="img"><title>{escape(title)}</title>{"".join(shapes)}</svg>'
    )


class _Place:
    """Where degrees are on the map: north is up, and lengths are right in the middle."""

    def __init__(self, parts: Sequence[Coordinates]) -> None:
        points = np.concatenate(parts)
        (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
        self._stretch = max(float(np.cos(np.radians((south + north) / 2))), 0.01)
        wide, high = max((east - west) * self._stretch, 1e-6), max(north - south, 1e-6)
        self._scale = min((_WIDTH - 2 * _MARGIN) / wide, (_MOST_HEIGHT - 2 * _MARGIN) / high)
        self._west, self._north = west, north
        self.width, self.height = wide * self._scale + 2 * _MARGIN, high * self._scale + 2 * _MARGIN

    def of(self, points: Coordinates) -> Coordinates:
        x = (points[:, 0] - self._west) * self._stretch * self._scale + _MARGIN
        y = (self._north - points[:, 1]) * self._scale + _MARGIN
        return np.column_stack([x, y])


def _shape(geometry: Geometry, parts: Sequence[Coordinates], place: _Place, kind: str, label: str) -> str:
    """Return the shape of a zone: an area, a line, or dots."""
    if geometry.polygons:
        path, kind = "".join(f"{_path(place.of(part))}Z" for part in parts), f"{kind} area"
    elif geometry.lines:
        path, kind = "".join(_path(place.of(part)) for part in parts), f"{kind} way"
    else:
        turn = f"a{_DOT} {_DOT} 0 1 0 {2 * _DOT:g} 0a{_DOT} {_DOT} 0 1 0 {-2 * _DOT:g} 0"
        path = "".join(f"M{x - _DOT:.1f} {y:.1f}{turn}" for part in parts for x, y in place.of(part).tolist())
        kind = f"{kind} area"
    return f'<path class="{kind}" d="{path}"><title>{escape(label)}</title></path>'


def _path(points: Coordinates) -> str:
    if len(points) > _MOST_VERTICES:
        points = points[np.linspace(0, len(points) - 1, _MOST_VERTICES).round().astype(int)]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points.tolist())
