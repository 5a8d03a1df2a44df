"""Which pixels of a window are worked on: all in some rectangles, or single ones of a window with many small zones.

What is done to a rectangle takes some hundred calls of numpy, however small it is. A window of a dense layer holds
hundreds of rectangles that cover a few percent of it; there the pixels of all of them are worked on as one list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ..arrays import NDArray
from .halved import Box, Patch, Wanted

# What it costs to work on one more rectangle; on a list of pixels, of each pixel of the window and of each of the list.
# All in pixels of a rectangle: about 28 ns for three indices and a mask.
_PER_RECTANGLE, _OF_WINDOW, _PER_LISTED = 10_000, 0.07, 5.0
_STRIP = 1 << 16  # pixels


@dataclass(frozen=True)
class Part:
    """Pixels of a window.

    Attributes
    ----------
    box
        the rectangle that holds them.
    listed
        rows and columns in the window, int64, shape (2, n), where not all of the rectangle are meant; it is then the
        whole window.
    """

    box: Box
    listed: NDArray[np.int64] | None = None

    def strips(self) -> Iterator[Part]:
        """Yield the part in pieces whose intermediate results stay in the cache of a processor core."""
        left, top, right, bottom = self.box
        height = max(_STRIP // (right - left), 1)
        if self.listed is not None or bottom - top <= height:
            yield self
            return
        for first in range(top, bottom, height):
            yield Part((left, first, right, min(first + height, bottom)))

    def of(self, window: NDArray[Any]) -> NDArray[Any]:
        """Return the values of the pixels: of a rectangle as they lie there, of listed ones in their order."""
        if self._places is not None:
            return window.reshape(-1)[self._places]
        left, top, right, bottom = self.box
        return window[top:bottom, left:right]

    def put(self, window: NDArray[Any], values: Any, where: NDArray[np.bool_] | None = None) -> None:
        """Write the values of the pixels, all of them or only some, into an array of the window."""
        if self._places is not None:
            np.put(window, self._places if where is None else self._places[where], values)
            return
        left, top, right, bottom = self.box
        window[top:bottom, left:right][... if where is None else where] = values

    def nearest(self, inner: NDArray[Any], patch: Patch) -> NDArray[Any]:
        """Return the pixels of 20 m that hold the pixels: pixel (r, c) takes (r // 2, c // 2).

        Parameters
        ----------
        inner
            of a patch around the rectangle, those that hold it.
        patch
            see `halved.Patch`.
        """
        if self.listed is not None:
            rows, columns = (self.listed + np.array(patch.shift)[:, np.newaxis]) >> 1
            return inner.reshape(-1)[rows * inner.shape[1] + columns]
        row, column = patch.shift
        left, top, right, bottom = self.box
        whole = inner.repeat(2, axis=0).repeat(2, axis=1)
        return whole[row : row + bottom - top, column : column + right - left]

    @cached_property
    def _places(self) -> NDArray[np.int64] | None:
        """Where the listed pixels are in a window that is looked at as one line."""
        return None if self.listed is None else self.listed[0] * self.box[2] + self.listed[1]


def parts_of(wanted: Wanted) -> Sequence[Part]:
    """Return the pixels to work on in a window: those that are needed, in the way that costs least."""
    window, boxes = wanted
    whole = window.width * window.height
    needed = int((boxes[:, 2:] - boxes[:, :2]).prod(axis=1).sum())
    alone, listed = needed + _PER_RECTANGLE * len(boxes), _OF_WINDOW * whole + _PER_LISTED * needed
    if alone < min(listed, whole):
        return [Part((left, top, right, bottom)) for left, top, right, bottom in boxes.tolist()]
    box = (0, 0, window.width, window.height)
    return [Part(box, _pixels_in(boxes) if listed < whole else None)]


def _pixels_in(boxes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return rows and columns of the pixels in some rectangles; those in several of them several times."""
    width, height = (boxes[:, 2:] - boxes[:, :2]).T
    number = np.repeat(np.arange(len(boxes)), width * height)
    first = np.cumsum(width * height) - width * height
    row, column = np.divmod(np.arange(len(number)) - first[number], width[number])
    return np.stack([boxes[number, 1] + row, boxes[number, 0] + column])
