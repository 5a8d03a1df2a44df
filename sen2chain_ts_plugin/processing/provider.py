"""The Processing provider: the algorithms of the plugin under one name."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .algorithms.aggregate import Aggregate
from .algorithms.anomaly import Anomaly
from .algorithms.compile import Compile
from .algorithms.extract import Extract
from .algorithms.inventory import TakeInventory
from .algorithms.phenology import Phenology
from .algorithms.plot import Plot
from .algorithms.quicklooks import QuickLooks
from .algorithms.runjob import RunJob
from .algorithms.samplelibrary import SampleLibrary
from .algorithms.savejob import SaveJob
from .algorithms.schedulejob import ScheduleJob
from .algorithms.smooth import Smooth
from .algorithms.timeseries import TimeSeries
from .algorithms.trend import Trend
from .base.algorithm import ICON
from .models import MODELS, ExtractAndCompile
from .support.i18n import tr
from .support.options import add_options, remove_options

# In the order of work.
ALGORITHMS = (
    SampleLibrary,
    TakeInventory,
    Extract,
    Compile,
    ExtractAndCompile,
    TimeSeries,
    Plot,
    QuickLooks,
    Smooth,
    Aggregate,
    Anomaly,
    Trend,
    Phenology,
    *(model for model in MODELS if model is not ExtractAndCompile),
    SaveJob,
    RunJob,
    ScheduleJob,
)


class Sen2ChainProvider(QgsProcessingProvider):
    """Provides the algorithms of Sen2Chain time series."""

    def __init__(self) -> None:
        super().__init__()
        QgsApplication.processingRegistry().providerAdded.connect(self._complete_models)

    def _complete_models(self, provider: str) -> None:
        """Load everything again, now with the models."""
        if provider == self.id():
            self.refreshAlgorithms()

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

    def load(self) -> bool:
        """Add the options of the plugin to those of Processing, then the algorithms."""
        add_options(self.name(), self.icon())
        return super().load()

    def unload(self) -> None:
        """Take the options back."""
        remove_options(self.name())

    def loadAlgorithms(self) -> None:
        """Add the algorithms; the models find their steps by their ids, so only once the provider is registered."""
        registered = QgsApplication.processingRegistry().providerById(self.id()) is not None
        for algorithm in ALGORITHMS:
            if registered or algorithm not in MODELS:
                self.addAlgorithm(algorithm())
