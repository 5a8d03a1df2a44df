"""Which quicklooks there are to draw: a zone, a product and what is shown, in a few bytes a picture.

Millions of rows are as many pictures, so what a picture needs to be drawn is made when it is its turn, from arrays; and
the rows are gone through some zones at a time.

Source of the names: Sen2Chain 1.4.1, ``TimeSeriesCompil.extract_ql``. Its names say nothing of the cloud mask, so the
pictures of each mask have a folder in that of their zone; true colours have no mask and are next to these folders.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import InitVar, dataclass, field
from pathlib import Path

import numpy as np

from ...feedback import Feedback
from ...library.product_id import ProductId, parse_product, tile_epsg
from ...series.series_source import SeriesSource
from ...series.zone_series import Choice, ZoneSeries, unique_labels
from ...text import safe_name, unique_names

TRUE_COLOURS = "L2A"


@dataclass
class PictureRow:
    """The pictures of one index and mask, or those in true colours, ordered by zone, each with a position.

    Attributes
    ----------
    index, mask_folder
        what is shown; ``TRUE_COLOURS`` and no mask.
    zones
        int64, the numbers of the zones, ascending.
    starts
        int64, where the pictures of each zone begin, and the end.
    products
        int32, the product of each picture, a position in ``Plan.products``.
    rasters
        the file name of the masked raster of each product; none of true colours.
    days
        which day and tile each product has, as a number.
    again
        of another acquisition of a zone's day and tile: which one it is, from 2; by position of the picture.
    drawn
        bool, whether each picture was written.
    """

    index: str
    mask_folder: str
    zones: np.ndarray
    starts: np.ndarray
    products: np.ndarray
    rasters: dict[int, str]
    days: InitVar[np.ndarray]
    again: dict[int, int] = field(init=False)
    drawn: np.ndarray = field(init=False)

    def __post_init__(self, days: np.ndarray) -> None:
        self.drawn = np.zeros(len(self.products), bool)
        shared = np.flatnonzero((np.bincount(days) > 1)[days][self.products])
        zones, day = self.zones_of(shared), days[self.products[shared]]
        order = np.lexsort((day, zones))
        begins = (np.diff(zones[order], prepend=-1) != 0) | (np.diff(day[order], prepend=-1) != 0)
        number = np.arange(order.size) - np.flatnonzero(begins)[np.cumsum(begins) - 1] + 1
        later = number > 1
        self.again = dict(zip(shared[order[later]].tolist(), number[later].tolist()))

    def of_product(self, product: int) -> np.ndarray:
        """Return the positions of the pictures of a product, by zone."""
        return np.flatnonzero(self.products == product)

    def zones_of(self, pictures: np.ndarray) -> np.ndarray:
        """Return the zone of each of some pictures."""
        return self.zones[np.searchsorted(self.starts, pictures, "right") - 1]

    def drawn_of(self, place: int) -> np.ndarray:
        """Return the positions of the pictures that were written of a zone, by its place in ``zones``."""
        begin, end = self.starts[place : place + 2].tolist()
        return begin + np.flatnonzero(self.drawn[begin:end])


@dataclass(frozen=True)
class Sheet:
    """The pictures of one zone and index that were written, in the order of a sheet, each with what it is titled."""

    path: Path
    title: str
    index: str
    pictures: Sequence[tuple[Path, str]]


class _Gathered:
    """The pictures of an index and mask, part by part: zones that follow each other."""

    def __init__(self, index: str, mask_folder: str) -> None:
        self.index = index
        self.mask_folder = mask_folder
        self.rasters: dict[int, str] = {}
        self._places: dict[str, int | None] = {}
        self._zones: list[np.ndarray] = [np.empty(0, np.int64)]
        self._sizes: list[np.ndarray] = [np.empty(0, np.int64)]
        self._products: list[np.ndarray] = [np.empty(0, np.int32)]

    def add(self, part: ZoneSeries, known: dict[str, int], products: list[ProductId]) -> None:
        """Take the rows of some zones, one picture each; products that are new get the next positions."""
        for filename in set(part.filename) - self._places.keys():
            product = parse_product(filename.partition(f"_{self.index}_")[0])
            if product is None:
                self._places[filename] = None  # not a name of Sen2Chain's
                continue
            place = self._places[filename] = known.setdefault(product.text, len(products))
            self.rasters[place] = filename
            if place == len(products):
                products.append(product)
        places = [self._places[filename] for filename in part.filename]
        of_zones = [[place for place in places[zone.rows] if place is not None] for zone in part.zones]
        sizes = np.array([len(some) for some in of_zones], np.int64)
        self._zones.append(np.array([zone.fid for zone in part.zones], np.int64)[sizes > 0])
        self._sizes.append(sizes[sizes > 0])
        self._products.append(np.array([place for some in of_zones for place in some], np.int32))

    def finish(self, days: np.ndarray) -> PictureRow:
        """Return all pictures."""
        zones, sizes, products = map(np.concatenate, (self._zones, self._sizes, self._products))
        starts = np.concatenate([[0], np.cumsum(sizes)])
        return PictureRow(self.index, self.mask_folder, zones, starts, products, self.rasters, days)


class Plan:
    """Which pictures to draw, by product, and the sheets that they go on.

    Attributes
    ----------
    folder
        where they go.
    products
        those that have a picture.
    rows
        the pictures, those in true colours last.
    names
        the folder name of each zone, by its number.
    """

    def __init__(self, tree_name: str, folder: Path, choice: Choice) -> None:
        self.folder = folder
        self.products: list[ProductId] = []
        self.rows: list[PictureRow] = []
        self.names: dict[int, str] = {}
        self._tree_name = tree_name
        self._dates = f"{choice.date_min}_{choice.date_max}"
        self._gathered: list[_Gathered] = []
        self._known: dict[str, int] = {}
        # The key of each zone, in the order in which zones are met; then what each is called.
        self._labels: dict[int, str] = {}

    def add(self, source: SeriesSource, feedback: Feedback) -> None:
        """Plan the pictures of an index and mask, those in true colours with them.

        Raises
        ------
        RawFileChanged
            a raw file changed meanwhile.
        Cancelled
            the user asked to stop.
        """
        gathered = _Gathered(source.nothing.index, source.nothing.mask_folder)
        for part in source.parts(feedback):
            for zone in part.zones:
                if not self._labels.get(zone.fid):
                    self._labels[zone.fid] = zone.label
            gathered.add(part, self._known, self.products)
        self._gathered.append(gathered)

    def finish(self) -> None:
        """Name the zones and the pictures, when all is added."""
        self._labels = unique_labels(self._labels)
        wanted = [safe_name(label) for label in self._labels.values()]
        self.names = dict(zip(self._labels, unique_names(wanted, [], ignore_case=True)))
        numbers: dict[tuple[object, str], int] = {}
        days = np.array(
            [numbers.setdefault((each.acquired.date(), each.tile), len(numbers)) for each in self.products], np.int64
        )
        while self._gathered:
            self.rows.append(self._gathered.pop(0).finish(days))
        if self.rows:
            self.rows.append(_in_true_colours(self.rows, days))

    @property
    def pictures(self) -> int:
        """How many pictures of an index there are to draw."""
        return sum(len(row.products) for row in self.rows[:-1])

    @property
    def epsg_codes(self) -> set[int]:
        """The CRS of the tiles of the products."""
        return {tile_epsg(product.tile) for product in self.products}

    def label(self, zone: int) -> str:
        """Return what a zone is called."""
        return self._labels[zone]

    def path(self, row: PictureRow, picture: int, zone: int) -> Path:
        """Return where a picture goes."""
        product = self.products[row.products[picture]]
        # Sen2Chain's name ends with the first two letters of the product, which are S2 always.
        day = f"{product.acquired:%Y%m%d}"
        stem = f"{self._tree_name}_QL_{self.names[zone]}_{row.index}_{day}_{product.tile}_{product.text[:2]}"
        number = row.again.get(picture)
        return self._folder_of(row, zone) / (f"{stem}_{number}.jpg" if number else f"{stem}.jpg")

    def sheets(self) -> Iterator[Sheet | None]:
        """Yield the sheets of what was drawn, zone by zone and by index; None where nothing was."""
        rows = sorted(self.rows, key=lambda row: (row.index, row.mask_folder))
        for zone in sorted(self.names):
            for row in rows:
                yield self._sheet(row, zone)

    def _sheet(self, row: PictureRow, zone: int) -> Sheet | None:
        place = int(np.searchsorted(row.zones, zone))
        if place == len(row.zones) or row.zones[place] != zone:
            return None
        drawn = row.drawn_of(place).tolist()
        products = [self.products[row.products[picture]] for picture in drawn]
        said = [f"{product.acquired:%Y-%m-%d}, {product.tile}" for product in products]
        pictures = sorted(zip(said, (row.again.get(picture, 1) for picture in drawn), drawn))
        path = self._folder_of(row, zone) / (
            f"{self._tree_name}_MOZ-QL_{self.names[zone]}_{row.index}_{self._dates}.jpg"
        )
        title = " - ".join(filter(None, (self.label(zone), row.index, row.mask_folder)))
        shown = [(self.path(row, picture, zone), text) for text, _, picture in pictures]
        return Sheet(path, title, row.index, shown) if shown else None

    def _folder_of(self, row: PictureRow, zone: int) -> Path:
        return self.folder / f"QL_{self.names[zone]}" / row.mask_folder


def _in_true_colours(rows: Sequence[PictureRow], days: np.ndarray) -> PictureRow:
    """Return a picture in true colours of each zone and product that is shown, in the order in which they are met."""
    if len(rows) == 1:
        (row,) = rows
        return PictureRow(TRUE_COLOURS, "", row.zones, row.starts, row.products, {}, days)
    every = np.concatenate([np.repeat(row.zones, np.diff(row.starts)) for row in rows])
    products = np.concatenate([row.products for row in rows])
    zones, place = np.unique(every, return_inverse=True)
    _, first = np.unique(place * len(days) + products, return_index=True)
    first.sort()
    first = first[np.argsort(place[first], kind="stable")]
    starts = np.searchsorted(place[first], np.arange(len(zones) + 1))
    return PictureRow(TRUE_COLOURS, "", zones, starts, products[first], {}, days)
