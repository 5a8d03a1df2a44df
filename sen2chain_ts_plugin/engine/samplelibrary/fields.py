"""The layer of the sample: some of its parcels, and the odd shapes that real layers have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import WriteFailed
from ..files import system_path
from ..zones.projection import transform
from ..zones.shapefile import TableColumn, dbase, write_shapefile
from ..zones.wkb import Geometry
from .acquisitions import EPSG, PIXEL, TileWindow
from .cadastre import Field, signed_area
from .noise import Array, uniform
from .scene import World
from .seasons import BARE, BUILT, CANE, FOREST, GARDEN, ORCHARD, PASTURE

# So many of each, and what the people of La Réunion call it.
_WANTED = {
    CANE: (13, "Canne à sucre"),
    PASTURE: (5, "Prairie pâturée"),
    ORCHARD: (6, "Verger de letchis et manguiers"),
    GARDEN: (6, "Maraîchage"),
    FOREST: (4, "Forêt"),
    BARE: (2, "Friche, sol nu"),
    BUILT: (2, "Bâti"),
}
_PLACES = (
    "Beauséjour",
    "Bras-Pistolet",
    "L'Espérance",
    "Grand-Hazier",
    "Îlet-à-Bananes",
    "La Découverte",
    "La Ravine-Glissée",
    "Le Piton-Fougères",
    "Petit-Bazar",
    "Terrain-Élise",
)
_CHANGED = (123, 1, 5)  # 5 January 2023: a copy that is made tomorrow has the same bytes
_HECTARES = (0.5, 7.0)  # of the parcels that are taken
_REGION = 4000.0  # metres around the middle of the shared ground: in a full tile all fields are here
_REACH = 700.0  # a domain reaches less far than this from its point


@dataclass(frozen=True)
class SampleZone:
    """One feature of the layer.

    Attributes
    ----------
    name, crop, code, remark
        attributes.
    polygons
        parts; each is an outer ring and its holes; a ring is float64, shape (corners, 2), metres in the tile's CRS.
    """

    name: str
    crop: str
    code: int
    remark: str
    polygons: list[list[Array]]

    @property
    def hectares(self) -> float:
        """Area, holes taken off."""
        areas = [
            abs(signed_area(outer)) - sum(abs(signed_area(hole)) for hole in holes) for outer, *holes in self.polygons
        ]
        return round(sum(areas) / 1e4, 4)


def choose(world: World) -> list[SampleZone]:
    """Choose the features: clean parcels of every crop, then one of each oddity.

    The oddities: on two tiles and across the edge of one, two parts, a hole, an overlap, smaller than a pixel, outside
    every raster.

    Parameters
    ----------
    world
        the ground of the library.

    Returns
    -------
    list of SampleZone
        about forty; fewer where the windows are small.
    """
    fields = _candidates(world)
    order = np.argsort(uniform(world.seed, 81, np.array([field.identity for field in fields], np.int64)), kind="stable")
    fields = [fields[k] for k in order]
    whole = [field for field in fields if any(_inside(field.ring, window) for window in world.area)]
    clean = [field for field, share in zip(whole, _clean(world, whole)) if share > 0.9]
    zones: list[SampleZone] = []
    taken: list[Field] = []
    for kind, (count, _) in _WANTED.items():
        fit = [f for f in clean if f.kind == kind and _HECTARES[0] <= f.area / 1e4 <= _HECTARES[1]][:count]
        taken += fit
        zones += [_zone(field, len(zones) + number) for number, field in enumerate(fit)]
    return zones + _oddities(world, fields, taken or whole, len(zones))


def _candidates(world: World) -> list[Field]:
    """Return the parcels in and around the windows, or in the middle of large ones."""
    west, east = min(w.west for w in world.area), max(w.east for w in world.area)
    middle = (max(w.bottom for w in world.area) + min(w.top for w in world.area)) / 2
    centre = (west + east) / 2
    return list(
        world.landscape.fields(
            max(west, centre - _REGION) - _REACH,
            max(min(w.bottom for w in world.area), middle - _REGION) - _REACH,
            min(east, centre + _REGION) + _REACH,
            min(max(w.top for w in world.area), middle + _REGION) + _REACH,
        )
    )


def _clean(world: World, fields: Sequence[Field]) -> list[float]:
    """Return the share of each parcel that no wood, road or sea lies over."""
    if not fields:
        return []
    corners = np.concatenate([field.ring for field in fields])
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    columns, rows = np.arange(west, east + PIXEL, PIXEL), np.arange(north, south - PIXEL, -PIXEL)
    ground = world.landscape.ground(columns, rows)
    free = (ground.wood < 0.3) & (ground.track < 0.5) & (ground.beach == 0) & (ground.land == 1)
    shares = []
    for field in fields:
        (low_x, low_y), (high_x, high_y) = field.ring.min(axis=0), field.ring.max(axis=0)
        across = slice(int(np.searchsorted(columns, low_x)), int(np.searchsorted(columns, high_x)))
        down = slice(int(np.searchsorted(-rows, -high_y)), int(np.searchsorted(-rows, -low_y)))
        inside = _contains(field.ring, columns[across], rows[down])
        shares.append(float(free[down, across][inside].mean()) if inside.any() else 0.0)
    return shares


def _oddities(world: World, fields: Sequence[Field], taken: Sequence[Field], number: int) -> list[SampleZone]:
    """Return one zone of each kind that makes trouble."""
    if not taken:
        return []
    lower, upper = world.area[0], world.area[-1]
    found: list[SampleZone] = []

    def add(field: Field, remark: str, polygons: list[list[Array]]) -> None:
        found.append(_zone(field, number + len(found), remark, polygons))

    crossing = sorted((field for field in fields if _crosses(field, lower, upper)), key=lambda field: -field.area)
    for field in [field for field, share in zip(crossing, _clean(world, crossing)) if share > 0.9][:1]:
        add(field, "sur deux tuiles, coupée par le bord de l'une", [[field.ring]])
    large = max(taken, key=lambda field: field.area)
    alike = [field for field in taken if field.kind == taken[0].kind and field is not taken[0]]
    second = max(alike, key=_distance_from(taken[0]), default=large)
    add(taken[0], "deux morceaux", [[taken[0].ring], [second.ring]])
    add(large, "un îlot exclu au milieu", [[large.ring, _shrunk(large.ring, 0.35)[::-1]]])
    small = min(taken, key=lambda field: field.area)
    near = min((f for f in taken if f is not small), key=_distance_from(small), default=large)
    add(near, "chevauche ses voisines", [[_shrunk(near.ring, 1.6)]])
    spot = small.ring.mean(axis=0)
    add(small, "plus petite qu'un pixel", [[spot + np.array([(-3.0, -3.0), (-3.0, 3.0), (3.0, 3.0), (3.0, -3.0)])]])
    away = np.array([2.0 * (upper.east - upper.west), 0.0])
    add(small, "hors des images", [[small.ring + away]])
    return found


def _zone(field: Field, number: int, remark: str = "", polygons: list[list[Array]] | None = None) -> SampleZone:
    place = _PLACES[field.identity % len(_PLACES)]
    crop = _WANTED[field.kind][1]
    code = 100 * (field.kind + 1) + number + 1
    return SampleZone(f"{place} {number + 1:02d}", crop, code, remark, polygons or [[field.ring]])


def write_layer(path: Path, zones: Sequence[SampleZone]) -> list[Path]:
    """Write the layer as an ESRI shapefile of five parts in EPSG:4326, the same bytes each time.

    Parameters
    ----------
    path
        the ``.shp``; its folder exists.
    zones
        the features, in their order.

    Returns
    -------
    list of Path
        the five files.

    Raises
    ------
    WriteFailed
        the system refused.
    """
    written = []
    parts = {**write_shapefile([_in_degrees(zone) for zone in zones], (), ()), ".dbf": _table(zones)}
    for suffix, data in parts.items():
        part = path.with_suffix(suffix)
        try:
            Path(system_path(part)).write_bytes(data)
        except OSError as error:
            raise WriteFailed(path=part, reason=error.strerror or error) from error
        written.append(part)
    return written


def _table(zones: Sequence[SampleZone]) -> bytes:
    texts = [
        TableColumn(name.encode(), b"C", [getattr(zone, name).encode() for zone in zones], width=80)
        for name in ("name", "crop", "remark")
    ]
    numbers = [
        TableColumn(b"code", b"N", [str(zone.code).encode() for zone in zones], width=9),
        TableColumn(b"area_ha", b"N", [f"{zone.hectares:.4f}".encode() for zone in zones], decimals=4, width=14),
    ]
    return dbase([*texts[:2], *numbers, texts[2]], _CHANGED)


def _in_degrees(zone: SampleZone) -> Geometry:
    """Return a feature in longitude and latitude, to a tenth of a millimetre: versions of PROJ differ behind that."""
    polygons = []
    for rings in zone.polygons:
        moved = [transform(ring, f"EPSG:{EPSG}", "EPSG:4326") for ring in rings]
        polygons.append([np.vstack([ring, ring[:1]]).round(9) for ring in moved if ring is not None])
    return Geometry(polygons)


def _inside(ring: Array, window: TileWindow) -> bool:
    (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
    return bool(west >= window.west and east <= window.east and south >= window.bottom and north <= window.top)


def _crosses(field: Field, lower: TileWindow, upper: TileWindow) -> bool:
    """Return whether the upper edge of one window runs through a parcel that the other holds whole."""
    north = field.ring[:, 1]
    return _inside(field.ring, upper) and bool(north.min() < lower.top - 15 and north.max() > lower.top + 15)


def _contains(ring: Array, east: Array, north: Array) -> Array:
    """Return which points of a grid lie in a convex ring, shape (n, m)."""
    inside = np.ones((len(north), len(east)), bool)
    turn = np.sign(signed_area(ring))
    for (x0, y0), (x1, y1) in zip(ring, np.roll(ring, -1, axis=0)):
        inside &= turn * ((x1 - x0) * (north[:, None] - y0) - (y1 - y0) * (east[None, :] - x0)) >= 0
    return inside


def _shrunk(ring: Array, share: float) -> Array:
    centre = ring.mean(axis=0)
    scaled: Array = centre + share * (ring - centre)
    return scaled


def _distance_from(field: Field) -> Any:
    """Return a key that sorts parcels by their distance from one."""
    centre = field.ring.mean(axis=0)
    return lambda other: float(((other.ring.mean(axis=0) - centre) ** 2).sum())
