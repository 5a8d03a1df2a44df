"""The Processing provider: the algorithms of the plugin under one name."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .algorithm import ICON
from .compile import Compile
from .extract import Extract
from .i18n import tr
from .samplelibrary import SampleLibrary
from .timeseries import TimeSeries

ALGORITHMS = (
    Extract,
    Compile,
    TimeSeries,
    SampleLibrary,
)


class Sen2ChainProvider(QgsProcessingProvider):
    """Provides the algorithms of Sen2Chain time series."""

    def id(self) -> str:
        """Return the id that scripts and models use."""
        return "sen2chain_ts"

    def name(self) -> str:
        """Return the name in the toolbox."""
        return tr("Sen2Chain time series")

    def icon(self) -> QIcon:
        """Return the icon of the plugin."""
        return QIcon(str(ICON))

    def svgIconPath(self) -> str:
        """Return the icon's file."""
        return str(ICON)

    def loadAlgorithms(self) -> None:
        """Add the algorithms."""
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
