"""Who owns what: the ground cut into parcels, as pixels and as polygons.

Domains are the cells around scattered points. Each is cut into rows of fields in its own direction, each row into
parcels. Every piece follows from hashed whole numbers, so a parcel is the same in every window, and its polygon is
known exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .noise import Array, scramble, smooth_at, uniform
from .seasons import BARE, BUILT, CANE, FOREST, GARDEN, ORCHARD, PASTURE, Parcels
from .terrain import TOWN, Terrain

_DOMAIN = 640.0  # metres between the points of domains
_JITTER = 0.3  # of that; with at most 0.3 the nearest point is always in one of the nine cells around
_REACH = 0.9 * _DOMAIN  # no place of a domain is further from its point

# By the use of a domain: size of its parcels across and along the rows in metres (from, to), and the mixture of covers.
_ROW_WIDTH = np.array([(120.0, 190.0), (75.0, 120.0), (150.0, 250.0), (60.0, 85.0)])
_PARCEL_LENGTH = np.array([(75.0, 140.0), (55.0, 95.0), (130.0, 240.0), (50.0, 80.0)])
_COVERS = (CANE, GARDEN, ORCHARD, PASTURE, BARE, BUILT, FOREST)
_MIXTURE = np.array(
    [
        [0.82, 0.05, 0.05, 0.00, 0.04, 0.01, 0.03],
        [0.24, 0.34, 0.24, 0.08, 0.05, 0.02, 0.03],
        [0.03, 0.05, 0.02, 0.78, 0.02, 0.01, 0.09],
        [0.00, 0.04, 0.08, 0.03, 0.10, 0.72, 0.03],
    ]
).cumsum(axis=1)


@dataclass(frozen=True)
class Domains:
    """The domains of a range of cells; arrays have shape (rows of cells, columns of cells)."""

    row: int
    column: int
    x: Array
    y: Array
    use: Array
    cosine: Array
    sine: Array
    width: Array
    length: Array
    identity: Array


@dataclass(frozen=True)
class Field:
    """A parcel as a polygon.

    Attributes
    ----------
    kind
        its land cover, a constant of `seasons`.
    ring
        float64, shape (corners, 2): metres east and north, clockwise, not closed.
    area
        in square metres.
    identity
        a number that tells it from the others.
    """

    kind: int
    ring: Array
    area: float
    identity: int


@dataclass(frozen=True)
class Cadastre:
    """The parcels of a terrain.

    Attributes
    ----------
    terrain
        decides the use of each domain.
    """

    terrain: Terrain

    @property
    def _seed(self) -> int:
        return self.terrain.seed

    def fields(self, west: float, south: float, east: float, north: float) -> Iterator[Field]:
        """Yield the parcels whose domain has its point inside a rectangle given in metres, trimmed to their banks.

        Woods, roads and the sea lie over parcels, which know nothing of them; see `landscape.Ground`.
        """
        domains = self._domains(np.array([west, east]), np.array([south, north]))
        rows, columns = domains.x.shape
        for row in range(2, rows - 2):
            for column in range(2, columns - 2):
                x, y = domains.x[row, column], domains.y[row, column]
                if west <= x <= east and south <= y <= north:
                    yield from self._fields_of(domains, row, column)

    def pixels(self, east: Array, north: Array) -> tuple[Parcels, Array, Array, Array]:
        """Return the parcels under a grid of pixel centres in metres, shapes (m,) and (n,).

        Returns
        -------
        tuple
            the parcels; which of them each pixel lies in; float32, 0 to 1: where across it; float32, 0 to 1: the share
            of the pixel that is track or street. Arrays have shape (n, m).
        """
        domains = self._domains(east, north)
        nearest, border = _nearest(domains, east, north)
        x0, y0 = float(east[0]), float(north[0])

        def of(values: Array) -> Array:
            return values.astype(np.float32).ravel()[nearest]

        dx = (east - x0).astype(np.float32)[None, :] - of(domains.x - x0)
        dy = (north - y0).astype(np.float32)[:, None] - of(domains.y - y0)
        cosine, sine, width, length = of(domains.cosine), of(domains.sine), of(domains.width), of(domains.length)
        v = (dy * cosine - dx * sine) / width + np.float32(0.5)
        u = (dx * cosine + dy * sine) / length + np.float32(0.5)
        row = np.floor(v).astype(np.int32)
        identity = domains.identity.ravel()
        # A table of all rows and parcels that a domain can have.
        height = 2 * int(_REACH / domains.width.min()) + 4
        span = 2 * int(_REACH / domains.length.min()) + 6
        rows, columns = np.arange(height) - height // 2, np.arange(span) - span // 2
        line = nearest * height + (row + height // 2)
        u += self._shift(identity[:, None], rows).astype(np.float32).ravel()[line]
        whole = np.floor(u).astype(np.int32)
        bends = self._bend(identity[:, None, None], rows[:, None], columns).astype(np.float32)
        past = u - whole - bends.ravel()[line * span + (whole + span // 2)]
        column = whole - (past < 0)
        parcels, parcel = self._present(domains, line * span + (column + span // 2), (height, span))
        across = np.clip(np.where(past < 0, past + np.float32(1.0), past), 0.0, 1.0)
        bank = np.minimum(v - row, np.float32(1.0) - (v - row)) * width
        around, between, street = self._half_widths(domains)
        track = np.maximum(_strip(border, around[nearest]), _strip(bank, between[nearest]))
        return parcels, parcel, across, np.maximum(track, _strip(np.abs(past) * length, street[nearest]))

    def _half_widths(self, domains: Domains) -> tuple[Array, Array, Array]:
        """Return half the width in metres of the tracks around domains, between their rows, and across the rows."""
        identity = domains.identity.ravel()
        around = uniform(self._seed, 47, identity) * 4.5
        between = uniform(self._seed, 46, identity) * 4.0 - 1.0
        street = np.where((domains.use == TOWN).ravel(), 3.5, 0.4)
        return around.astype(np.float32), between.astype(np.float32), street.astype(np.float32)

    def _present(self, domains: Domains, key: Array, shape: tuple[int, int]) -> tuple[Parcels, Array]:
        """Return the parcels that occur among the keys of a table, and each key's number among them."""
        height, span = shape
        there = np.zeros(domains.x.size * height * span, bool)
        there[key] = True
        keys = np.flatnonzero(there)
        numbers = np.zeros(there.size, np.int32)
        numbers[keys] = np.arange(len(keys), dtype=np.int32)
        domain, row, column = np.unravel_index(keys, (domains.x.size, height, span))
        parcels = self._parcels(
            domains.use.ravel()[domain], domains.identity.ravel()[domain], row - height // 2, column - span // 2
        )
        return parcels, numbers[key]

    def _domains(self, east: Array, north: Array) -> Domains:
        """Return the domains of the cells under a range of coordinates, with two more cells on each side."""
        column, row = int(np.floor(east.min() / _DOMAIN)) - 2, int(np.floor(north.min() / _DOMAIN)) - 2
        columns = np.arange(column, int(np.floor(east.max() / _DOMAIN)) + 3)[None, :]
        rows = np.arange(row, int(np.floor(north.max() / _DOMAIN)) + 3)[:, None]
        luck = [uniform(self._seed, 31, which, rows, columns) for which in range(6)]
        x = (columns + 0.5 + _JITTER * (2.0 * luck[0] - 1.0)) * _DOMAIN
        y = (rows + 0.5 + _JITTER * (2.0 * luck[1] - 1.0)) * _DOMAIN
        use = self.terrain.use(x, y, luck[2])
        turn = 0.35 + 0.5 * smooth_at(x, y, 1900.0, self._seed, 32) + 0.5 * (luck[3] - 0.5)
        width, length = _ROW_WIDTH[use], _PARCEL_LENGTH[use]
        return Domains(
            row,
            column,
            x,
            y,
            use,
            # Rounded, because sines differ in the last bit between machines.
            np.cos(turn).round(9),
            np.sin(turn).round(9),
            width[..., 0] + (width[..., 1] - width[..., 0]) * luck[4],
            length[..., 0] + (length[..., 1] - length[..., 0]) * luck[5],
            scramble(self._seed, 33, rows, columns).astype(np.int64),
        )

    def _shift(self, identity: Array, row: Array) -> Array:
        """Return how far a row of parcels is shifted against its neighbours, in parcels."""
        return uniform(self._seed, 41, identity, row)

    def _bend(self, identity: Array, row: Array, column: Array) -> Array:
        """Return where a parcel begins after its whole number, in parcels: no two are of the same length."""
        return 0.15 + 0.5 * uniform(self._seed, 42, identity, row, column)

    def _parcels(self, use: Array, identity: Array, row: Array, column: Array) -> Parcels:
        """Return the parcels of given domains, rows and columns."""
        number = scramble(self._seed, 43, identity, row, column).astype(np.int64)
        luck = uniform(self._seed, 44, number)
        # The last share is 1 except for rounding.
        kind = np.array(_COVERS)[np.minimum((luck[:, None] >= _MIXTURE[use]).sum(axis=1), len(_COVERS) - 1)]
        traits = uniform(self._seed, 45, number[:, None], np.arange(4)[None, :])
        return Parcels(kind, traits, number)

    def _fields_of(self, domains: Domains, row: int, column: int) -> Iterator[Field]:
        """Yield the parcels of one domain."""
        at = (row, column)
        x, y, cosine, sine = domains.x[at], domains.y[at], domains.cosine[at], domains.sine[at]
        width, length, identity = domains.width[at], domains.length[at], domains.identity[at]
        cell = _cell(domains, row, column)
        # East and north to along (u) and across (v) the rows.
        turned = np.column_stack([_along(cell, (cosine, sine)), _along(cell, (-sine, cosine))])
        lines = np.floor(turned[:, 1] / width + 0.5).astype(int)
        for line in range(lines.min(), lines.max() + 1):
            low, high = (line - 0.5) * width + 4.0, (line + 0.5) * width - 4.0
            strip = _clip(_clip(turned, (0.0, -1.0), -low), (0.0, 1.0), high)
            if len(strip) < 3:
                continue
            shift = 0.5 + float(self._shift(identity, np.array([line]))[0])
            places = np.floor(strip[:, 0] / length + shift).astype(int)
            columns = np.arange(places.min() - 1, places.max() + 3)
            edges = (columns + self._bend(identity, np.array([line]), columns) - shift) * length
            same = np.zeros(len(columns), np.int64)
            parcels = self._parcels(same + domains.use[at], same + identity, same + line, columns)
            for k in range(len(columns) - 1):
                ring = _clip(_clip(strip, (-1.0, 0.0), -edges[k] - 2.0), (1.0, 0.0), edges[k + 1] - 2.0)
                if len(ring) >= 3:
                    back = np.column_stack([x + _along(ring, (cosine, -sine)), y + _along(ring, (sine, cosine))])
                    yield Field(int(parcels.kind[k]), back, abs(signed_area(ring)), int(parcels.identity[k]))


def signed_area(ring: Array) -> float:
    """Return the area of a ring, shape (corners, 2), not closed; negative when it runs clockwise."""
    following = np.roll(ring, -1, axis=0)
    return float((ring[:, 0] * following[:, 1] - following[:, 0] * ring[:, 1]).sum() / 2.0)


def _strip(distance: Array, half_width: Array) -> Array:
    """Return the share of a 10 m pixel that a strip covers, from the distance of the centre to its middle in metres."""
    share: Array = np.clip((half_width - distance) * np.float32(0.1) + np.float32(0.5), 0.0, 1.0)
    return np.where(half_width > 0, share, np.float32(0.0))


def _nearest(domains: Domains, east: Array, north: Array) -> tuple[Array, Array]:
    """Return the domain of each pixel (position in the flat arrays) and the distance to its border in metres."""
    columns = domains.x.shape[1]
    row = np.floor(north / _DOMAIN).astype(np.int32) - domains.row
    column = np.floor(east / _DOMAIN).astype(np.int32) - domains.column
    x0, y0 = float(east[0]), float(north[0])
    px, py = (east - x0).astype(np.float32)[None, :], (north - y0).astype(np.float32)[:, None]
    x, y = (domains.x - x0).astype(np.float32), (domains.y - y0).astype(np.float32)
    best = np.full((len(north), len(east)), np.float32(np.inf))
    second = best.copy()
    nearest = np.zeros(best.shape, np.int32)
    for dr in (-1, 0, 1):
        for dc in (-1, 0, 1):
            cells = np.ix_(row + dr, column + dc)
            distance = (px - x[cells]) ** 2 + (py - y[cells]) ** 2
            closer = distance < best
            second = np.where(closer, best, np.minimum(second, distance))
            best = np.where(closer, distance, best)
            nearest = np.where(closer, (row + dr)[:, None] * columns + (column + dc)[None, :], nearest)
    # The bisector lies where both squares are equal; points are about one cell apart.
    return nearest, (second - best) / np.float32(2.0 * _DOMAIN)


def _cell(domains: Domains, row: int, column: int) -> Array:
    """Return the ring of a domain in metres from its point, without the track on its border."""
    x, y = domains.x[row, column], domains.y[row, column]
    ring = np.array([(-1.0, -1.0), (-1.0, 1.0), (1.0, 1.0), (1.0, -1.0)]) * _DOMAIN * 2.0
    for dr in range(-2, 3):
        for dc in range(-2, 3):
            if dr or dc:
                dx, dy = domains.x[row + dr, column + dc] - x, domains.y[row + dr, column + dc] - y
                distance = float(np.sqrt(dx * dx + dy * dy))
                ring = _clip(ring, (dx / distance, dy / distance), 0.5 * distance - 6.0)
    return ring


def _clip(ring: Array, normal: tuple[float, float], limit: float) -> Array:
    """Return the part of a convex ring that lies no further than a limit in the direction of a normal."""
    if len(ring) < 3:
        return ring[:0]
    excess = _along(ring, normal) - limit
    kept = []
    for k in range(len(ring)):
        following = (k + 1) % len(ring)
        if excess[k] <= 0:
            kept.append(ring[k])
        if (excess[k] <= 0) != (excess[following] <= 0):
            share = excess[k] / (excess[k] - excess[following])
            kept.append(ring[k] + share * (ring[following] - ring[k]))
    return np.array(kept).reshape(-1, 2)


def _along(points: Array, direction: tuple[float, float]) -> Array:
    """Return how far points, shape (k, 2), lie in a direction."""
    distance: Array = points[:, 0] * direction[0] + points[:, 1] * direction[1]
    return distance
