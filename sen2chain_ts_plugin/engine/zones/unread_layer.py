"""A layer whose zones are read when they are first asked for: a run that has nothing to do does not ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from .layer import ZoneLayer
from .wkb import Geometry

# Which share of the progress of a run is for reading the zones.
READING = 0.1


class UnreadLayer:
    """A layer that is read late. Implements the engine's `ZoneLayer`.

    Parameters
    ----------
    name
        of the layer.
    stamp
        returns the stamp of the file as it is now, see `file_stamp.stamp_of`; None where there is none.
    read
        reads the zones.
    """

    def __init__(self, name: str, stamp: Callable[[], str | None], read: Callable[[], ZoneLayer]) -> None:
        self.name = name
        self._stamp = stamp
        self._read = read

    @cached_property
    def stamp(self) -> str | None:
        """The stamp of the file before it is read."""
        return self._stamp()

    @property
    def stamp_of_zones(self) -> str | None:
        """The stamp of the file that the zones were read from; None where it has changed since it was first asked."""
        return self.stamp if "zones" in vars(self) and self._stamp() == self.stamp else None

    @cached_property
    def zones(self) -> ZoneLayer:
        """The zones."""
        self.stamp  # noqa: B018 the file's, before it is read
        zones = self._read()
        self._read = lambda: zones  # what the other one holds, a layer of QGIS, is needed no longer
        return zones

    @property
    def fields(self) -> Sequence[str]:
        """Names of the attributes."""
        return self.zones.fields

    @property
    def attributes(self) -> Sequence[tuple[object, ...]]:
        """One tuple of values per zone."""
        return self.zones.attributes

    @property
    def has_geometry(self) -> bool:
        """Whether any zone has a geometry at all."""
        return self.zones.has_geometry

    def geometries(self, epsg: int) -> Sequence[Geometry]:
        """Return the geometry of each zone in a CRS."""
        return self.zones.geometries(epsg)

    def shapefile(self) -> Mapping[str, bytes]:
        """Return the zones as an ESRI shapefile in EPSG:4326."""
        return self.zones.shapefile()

    def accuracy_in(self, epsg: int) -> float | None:
        """Return how many metres the way to a CRS may be wrong; see `Zones`."""
        accuracy = getattr(self.zones, "accuracy_in", None)
        return None if accuracy is None else accuracy(epsg)
