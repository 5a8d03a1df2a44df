"""``NDArray``, the type of an array of elements of a type, for readers and type checks.

It is numpy's own, which came with numpy 1.21; while the program runs, any array will do, so that numpy 1.20 does too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
else:

    class NDArray:
        """Stands in for numpy's: ``NDArray[np.int64]`` is an array."""

        def __class_getitem__(cls, element: Any) -> type:
            """Return the type of arrays, whatever their elements."""
            return np.ndarray


__all__ = ["NDArray"]
