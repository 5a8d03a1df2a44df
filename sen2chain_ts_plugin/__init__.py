"""Sen2Chain time series: index statistics per zone and date, from QGIS."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from .plugin import Sen2ChainTimeSeries


def classFactory(iface: QgisInterface | None) -> Sen2ChainTimeSeries:
    """Give QGIS the plugin; `iface` is None where QGIS has no window."""
    from .plugin import Sen2ChainTimeSeries

    return Sen2ChainTimeSeries(iface)
