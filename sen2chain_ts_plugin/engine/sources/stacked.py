"""An index product as a raster of two bands, with its cloud mask and without, for those who read single windows."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..arrays import NDArray
from ..raster.grid import Boxes, Window
from .halved import Wanted
from .source import Source


class StackedReader:
    """Reads windows of a source of one item whose blocks come with and without the cloud mask; see `readers.Reader`."""

    dtype = "int16"
    nodata: float | None = None
    bands = 2

    def __init__(self, source: Source) -> None:
        self.grid = source.grid
        self._source = source

    def read(self, window: Window, needed: Boxes | None = None) -> NDArray[Any]:
        """Return the pixels of a window with the cloud mask and without, int16, shape (2, height, width)."""
        boxes = np.array([[0, 0, window.width, window.height]]) if needed is None else needed
        ((_, (pixels,)),) = self._source.blocks([Wanted(window, boxes)])
        return np.stack([pixels.values, pixels.values if pixels.beneath is None else pixels.beneath])

    def close(self) -> None:
        """Leave the files to who opened the source."""
