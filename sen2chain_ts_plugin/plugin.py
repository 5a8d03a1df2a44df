"""The plugin as QGIS holds it: it registers what the plugin offers, and takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication

if TYPE_CHECKING:
    from qgis.gui import QgisInterface
    from qgis.PyQt.QtCore import QTranslator

    from .gui.window import PluginWindow
    from .processing.provider import Sen2ChainProvider


class Sen2ChainTimeSeries:
    """Adds the Processing provider to QGIS, and where QGIS has a window the docks and the menu."""

    def __init__(self, iface: QgisInterface | None) -> None:
        self.iface = iface
        self.translator: QTranslator | None = None
        self.provider: Sen2ChainProvider | None = None
        self.window: PluginWindow | None = None

    def initProcessing(self) -> None:
        """Register the algorithms; `qgis_process` calls this alone."""
        from .processing.provider import Sen2ChainProvider
        from .processing.support.i18n import load_translator

        if self.provider is None:
            # Before the provider: QGIS asks for the names of the algorithms at once, and keeps them.
            self.translator = load_translator()
            self.provider = Sen2ChainProvider()
            QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:
        """Register everything; QGIS with a window calls this."""
        self.initProcessing()
        if self.iface is not None and self.window is None:
            from .gui.window import PluginWindow

            self.window = PluginWindow(self.iface)

    def unload(self) -> None:
        """Take back what was registered."""
        if self.window is not None:
            self.window.close()
            self.window = None
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        if self.translator is not None:
            QCoreApplication.removeTranslator(self.translator)
            self.translator = None
