"""Decodes rectangles of a tile of a JPEG 2000 codestream, with the OpenJPEG library that GDAL itself decodes with.

GDAL always decodes whole tiles of a tiled file, 1024 x 1024 pixels for a field of 10 x 10. OpenJPEG can decode just the
code blocks around a rectangle (``opj_set_decode_area``), and it keeps those that the next rectangle needs too, but only
in a codestream of a single tile. So each tile is handed to it as a codestream of its own, in memory: the main header
with the size and position of that tile, and the tile's parts as they are in the file. What the tile codes stays as it
is, and so do its pixels.

Source of the format: ISO/IEC 15444-1, annex A. Source of the calls: ``openjpeg.h``, the same from 2.3 on.

Instead of glymur, which pip would have to bring and which opens and parses the file again for each area.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from ..arrays import NDArray

_OLDEST = (2, 3)
_RAW_CODESTREAM = 0
_NOTHING_LEFT = ctypes.c_size_t(-1).value
# Larger than opj_dparameters_t has ever been (8 KB); the library fills it in itself.
_PARAMETERS_SIZE = 1 << 15

_NAMES = {
    "linux": ("libopenjp2.so.7",),
    "darwin": ("libopenjp2.7.dylib",),
    "win32": ("openjp2.dll", "libopenjp2-7.dll"),
}


class DecodeFailed(Exception):
    """OpenJPEG could not decode an area, or warned of something."""


# From openjpeg.h.
_COMPONENT_NUMBERS = ("dx", "dy", "w", "h", "x0", "y0", "prec", "bpp", "sgnd", "resno_decoded", "factor")
_IMAGE_NUMBERS = ("x0", "y0", "x1", "y1", "numcomps")


class _Component(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_uint32) for name in _COMPONENT_NUMBERS),
        ("data", ctypes.c_void_p),
        ("alpha", ctypes.c_uint16),
    )


class _Image(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_uint32) for name in _IMAGE_NUMBERS),
        ("color_space", ctypes.c_int),
        ("comps", ctypes.POINTER(_Component)),
        ("icc_profile_buf", ctypes.c_void_p),
        ("icc_profile_len", ctypes.c_uint32),
    )


_Handle, _ImageP = ctypes.c_void_p, ctypes.POINTER(_Image)
_Read = ctypes.CFUNCTYPE(ctypes.c_size_t, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p)
_Skip = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_void_p)
_Seek = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int64, ctypes.c_void_p)
_Say = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_void_p)
_CALLS: dict[str, tuple[Any, ...]] = {
    "opj_stream_create": (_Handle, ctypes.c_size_t, ctypes.c_int),
    "opj_stream_destroy": (None, _Handle),
    "opj_stream_set_read_function": (None, _Handle, _Read),
    "opj_stream_set_skip_function": (None, _Handle, _Skip),
    "opj_stream_set_seek_function": (None, _Handle, _Seek),
    "opj_stream_set_user_data": (None, _Handle, ctypes.c_void_p, ctypes.c_void_p),
    "opj_stream_set_user_data_length": (None, _Handle, ctypes.c_uint64),
    "opj_create_decompress": (_Handle, ctypes.c_int),
    "opj_destroy_codec": (None, _Handle),
    "opj_set_default_decoder_parameters": (None, ctypes.c_void_p),
    "opj_setup_decoder": (ctypes.c_int, _Handle, ctypes.c_void_p),
    "opj_set_warning_handler": (ctypes.c_int, _Handle, _Say, ctypes.c_void_p),
    "opj_set_error_handler": (ctypes.c_int, _Handle, _Say, ctypes.c_void_p),
    "opj_read_header": (ctypes.c_int, _Handle, _Handle, ctypes.POINTER(_ImageP)),
    "opj_set_decode_area": (ctypes.c_int, _Handle, _ImageP, *[ctypes.c_int32] * 4),
    "opj_decode": (ctypes.c_int, _Handle, _Handle, _ImageP),
    "opj_image_destroy": (None, _ImageP),
    "opj_version": (ctypes.c_char_p,),
}


@lru_cache(maxsize=1)
def load() -> Any:
    """Return the OpenJPEG library of this system with its calls declared, or None when there is none that will do."""
    for name in _candidates():
        try:
            library = ctypes.CDLL(name)
            for call, (result, *arguments) in _CALLS.items():
                function = getattr(library, call)
                function.restype, function.argtypes = result, arguments
        except (OSError, AttributeError):
            continue
        version = re.match(rb"(\d+)\.(\d+)", library.opj_version() or b"")
        if version and _OLDEST <= (int(version[1]), int(version[2])) < (3, 0):
            return library
    return None


def _candidates() -> Iterator[str]:
    """Yield the names that the library may go by: the one of rasterio's wheel, in the process, next to Python."""
    yield from _bundled()
    names = _NAMES.get(sys.platform, ())
    yield from names
    folders = [Path(sys.prefix, "lib"), Path(sys.prefix, "Library", "bin")]  # of conda
    root = os.environ.get("OSGEO4W_ROOT")
    if root:
        folders.append(Path(root, "bin"))
    yield from (str(path) for folder in folders for path in (folder / name for name in names) if path.is_file())


def _bundled() -> list[str]:
    """Return the library that a wheel of rasterio has brought for its GDAL, under a name that the wheel has made up.

    Linux and Windows keep it in ``rasterio.libs`` next to the package, macOS in ``.dylibs`` within it.
    """
    try:
        spec = importlib.util.find_spec("rasterio")
    except (ImportError, ValueError):
        return []
    packages = [Path(place) for place in (spec.submodule_search_locations if spec else None) or ()]
    folders = [folder for package in packages for folder in (package.with_name("rasterio.libs"), package / ".dylibs")]
    return sorted(str(path) for folder in folders for path in folder.glob("*openjp2*") if path.is_file())


class Codec:
    """A decoder at work on one codestream of a single tile, in memory."""

    def __init__(self, library: Any, codestream: bytes) -> None:
        self._library = library
        self._source = np.frombuffer(codestream, np.uint8)  # keeps it, and gives its address
        self._position = 0
        self._said: list[str] = []
        self._callbacks: list[Any] = []
        self._stream = self._codec = None
        self._image = _ImageP()
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Give back what the library has allocated."""
        library = self._library
        if self._image:
            library.opj_image_destroy(self._image)
        if self._codec:
            library.opj_destroy_codec(self._codec)
        if self._stream:
            library.opj_stream_destroy(self._stream)
        self._callbacks.clear()  # they hold this object, and with it the codestream

    def _callback(self, kind: Any, function: Callable[..., Any]) -> Any:
        callback = kind(function)
        self._callbacks.append(callback)  # the library does not keep it alive
        return callback

    def _open(self) -> None:
        library, size = self._library, self._source.size
        self._stream = library.opj_stream_create(size, 1)
        self._codec = library.opj_create_decompress(_RAW_CODESTREAM)
        if not self._stream or not self._codec:
            raise DecodeFailed("OpenJPEG is out of memory")
        library.opj_stream_set_read_function(self._stream, self._callback(_Read, self._on_read))
        library.opj_stream_set_skip_function(self._stream, self._callback(_Skip, self._on_skip))
        library.opj_stream_set_seek_function(self._stream, self._callback(_Seek, self._on_seek))
        library.opj_stream_set_user_data(self._stream, None, None)
        library.opj_stream_set_user_data_length(self._stream, size)
        say = self._callback(_Say, lambda message, _: self._said.append(message.decode(errors="replace").strip()))
        library.opj_set_warning_handler(self._codec, say, None)
        library.opj_set_error_handler(self._codec, say, None)
        parameters = ctypes.create_string_buffer(_PARAMETERS_SIZE)
        library.opj_set_default_decoder_parameters(parameters)
        self._check(library.opj_setup_decoder(self._codec, parameters))
        self._check(library.opj_read_header(self._stream, self._codec, ctypes.byref(self._image)))

    def area(self, left: int, top: int, right: int, bottom: int) -> NDArray[np.int32]:
        """Decode a rectangle, in the coordinates of the image."""
        library = self._library
        self._check(library.opj_set_decode_area(self._codec, self._image, left, top, right, bottom))
        self._check(library.opj_decode(self._codec, self._stream, self._image))
        component = self._image.contents.comps[0]
        if (component.w, component.h) != (right - left, bottom - top) or not component.data:
            raise DecodeFailed("OpenJPEG decoded another area")
        # Not np.ctypeslib.as_array: ctypes keeps the type of each shape forever.
        pixels = ctypes.string_at(component.data, 4 * component.w * component.h)
        return np.frombuffer(pixels, np.int32).reshape(component.h, component.w)

    def _check(self, done: int) -> None:
        if not done or self._said:
            raise DecodeFailed("; ".join(self._said) or "OpenJPEG refuses")

    def _on_read(self, target: int, size: int, _: object) -> int:
        count = min(size, self._source.size - self._position)
        if count <= 0:
            return _NOTHING_LEFT
        ctypes.memmove(target, self._source.ctypes.data + self._position, count)
        self._position += count
        return count

    def _on_skip(self, count: int, _: object) -> int:
        count = min(count, self._source.size - self._position)
        self._position += count
        return count

    def _on_seek(self, position: int, _: object) -> int:
        self._position = position
        return 1
