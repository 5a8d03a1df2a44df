"""What plot and quicklooks share: what of an extraction to show, and what draws it."""

from __future__ import annotations

from ...engine.errors import MatplotlibMissing
from ..support.preload import FIGURES, RASTERS
from .parameters import Values
from .tree_algorithm import TreeAlgorithm


class FiguresAlgorithm(TreeAlgorithm):
    """An algorithm that draws the rows of an extraction."""

    GROUP_ID = "timeseries"
    GROUP = "Time series"
    NEEDS = (("matplotlib", MatplotlibMissing),)  # it brings Pillow

    def libraries(self, values: Values) -> tuple[str, ...]:
        """Return also what draws."""
        return (*super().libraries(values), *RASTERS, *FIGURES)
