"""The headers of rasters, kept: GDAL is asked only what it has not said of another file with the same header."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..arrays import NDArray
from ..files import open_regular
from .grid import Boxes, Grid, Window
from .jp2 import Structure
from .readers import Reader, adapter

# The headers of the files opened last, by what GDAL takes them from: the products of a tile have them in common, and
# asking GDAL costs as much as decoding a field.
_headers: dict[tuple[object, bytes], _Header] = {}
_lock = threading.Lock()
_MOST_HEADERS = 256
_LARGEST_HEADER = 1 << 16  # bytes; Sen2Chain's are of 3 KB
# The boxes GDAL takes the position from, GeoJP2 and GMLJP2; without them it may look for a world file.
_POSITIONED = (bytes.fromhex("b14bf8bd 083d4b43 a5ae8cd7 d5a6ce03"), b"gml.root-instance")
_SOC_SIZ = 45  # bytes of these two markers of an image of one component


@dataclass(frozen=True)
class _Header:
    """What GDAL says of a file before it reads pixels."""

    grid: Grid
    dtype: str
    nodata: float | None


class _ReaderOnDemand:
    """Opens the file through GDAL when something is read, or at once where its header is not known yet."""

    def __init__(self, path: Path, header: _Header | None) -> None:
        self._path = path
        self._reader: Reader | None = None
        if header is None:
            reader = self._open()
            header = _Header(reader.grid, reader.dtype, reader.nodata)
        self.header = header
        self.bands = 1
        self.grid, self.dtype, self.nodata = header.grid, header.dtype, header.nodata

    def _open(self) -> Reader:
        if self._reader is None:
            self._reader = adapter()(self._path)
        return self._reader

    def read(self, window: Window, needed: Boxes | None = None) -> NDArray[Any]:
        """See `Reader.read`."""
        return self._open().read(window, needed)

    def close(self) -> None:
        """Release the file, if it was opened."""
        if self._reader is not None:
            self._reader.close()


def open_once(path: Path, structure: Structure) -> _ReaderOnDemand:
    """Open a file without asking GDAL what it has said of another one with the same header."""
    key = _header_key(path, structure)
    reader = _ReaderOnDemand(path, _headers.get(key) if key else None)
    if key and key not in _headers:
        try:
            same = _header_key(path, structure) == key
        except BaseException:
            reader.close()
            raise
        # Else the file, or its sidecar, was replaced before GDAL opened it.
        if same:
            with _lock:
                if len(_headers) >= _MOST_HEADERS:
                    _headers.clear()
                _headers[key] = reader.header
    return reader


def _header_key(path: Path, structure: Structure) -> tuple[object, bytes] | None:
    """Return all that GDAL takes grid, dtype and nodata from, or None where it may look further."""
    end_of_boxes, rest = structure.boxes
    start = structure.header[0]
    if end_of_boxes > _LARGEST_HEADER:
        return None
    with open_regular(path) as stream:
        boxes = stream.read(end_of_boxes)
        stream.seek(start)
        siz = stream.read(_SOC_SIZ)
        stream.seek(rest)
        more = stream.read(1)
    if more or not any(mark in boxes for mark in _POSITIONED):
        return None
    try:
        with open_regular(f"{path}.aux.xml") as stream:
            sidecar = stream.read(_LARGEST_HEADER + 1)
    except FileNotFoundError:
        sidecar = b""
    except OSError:
        return None  # what GDAL makes of it is for GDAL to say
    if len(sidecar) > _LARGEST_HEADER:
        return None
    return adapter(), b"\0".join([boxes, siz, sidecar])
