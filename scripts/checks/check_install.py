"""Install the plugin as "Install from ZIP" does, and use it.

Runs in QGIS: ``qgis --code scripts/checks/check_install.py``.

The zip and the folder for results are named by CHECK_INSTALL_ZIP and CHECK_INSTALL_RESULTS, which
scripts/checks/check_package.sh sets. What happened is written to ``result.txt`` in that folder: `installed`, or a
traceback. QGIS ends afterwards.
"""

import os
import traceback
from pathlib import Path

import processing
import pyplugin_installer
import qgis.utils
from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QTimer

PLUGIN = "sen2chain_ts_plugin"
PROVIDER = "sen2chain_ts"
RESULTS = Path(os.environ["CHECK_INSTALL_RESULTS"])


class NotRight(Exception):
    """The plugin is not installed as it should be, or does not do what it should."""


def expect(right: object, otherwise: str) -> None:
    """Go on only if something is right."""
    if not right:
        raise NotRight(otherwise)


def install(archive: str) -> None:
    """Install the zip by QGIS's own installer, which also starts the plugin."""
    registry = QgsApplication.processingRegistry()
    expect(PLUGIN not in qgis.utils.available_plugins, "the profile is not a fresh one")
    pyplugin_installer.instance().installFromZipFile(archive)
    expect(PLUGIN in qgis.utils.active_plugins, "the plugin is installed, but not active")
    expect(registry.providerById(PROVIDER), "the plugin is active, but its algorithms are not there")


def use() -> str:
    """From nothing to a time series, with the algorithms that came with the plugin."""
    made = processing.run(f"{PROVIDER}:samplelibrary", {"OUTPUT": str(RESULTS / "library"), "SIZE": 256, "DATES": 4})
    extracted = processing.run(
        f"{PROVIDER}:extract",
        {
            "INPUT": made["LAYER"],
            "LIBRARY": made["LIBRARY"],
            "INDICES": ["NDVI"],
            "OUTPUT": str(RESULTS / "extraction"),
        },
    )
    expect(extracted["FAILED"] == 0 and extracted["ROWS"] > 0, f"extract: {extracted}")
    compiled = processing.run(f"{PROVIDER}:compile", {"EXTRACTION": extracted["EXTRACTION"]})
    expect(compiled["ROWS"] > 0, f"compile: {compiled}")
    expect(list(Path(compiled["COMPILED"]).rglob("*_all_data.csv")), f"compile wrote no time series: {compiled}")
    return f"{extracted['ROWS']} rows extracted, {compiled['ROWS']} compiled"


def unload() -> None:
    """Switch the plugin off: nothing of it stays."""
    expect(qgis.utils.unloadPlugin(PLUGIN), "the plugin cannot be unloaded")
    expect(
        not QgsApplication.processingRegistry().providerById(PROVIDER), "the algorithms stay when the plugin is gone"
    )


def main() -> None:
    """Do it, write down how it went, and end QGIS."""
    try:
        install(os.environ["CHECK_INSTALL_ZIP"])
        used = use()
        unload()
        said = f"installed in QGIS {Qgis.QGIS_VERSION}: {used}\n"
    except Exception:  # noqa: BLE001 - whatever it was is what this has to tell
        said = traceback.format_exc()
    (RESULTS / "result.txt").write_text(said, encoding="utf-8")
    QgsApplication.exit(0)


# When QGIS has come up: the installer talks to its window.
QTimer.singleShot(0, main)
