"""Run by QGIS for `pictures.py`: opens the sample library as a user would, and takes the pictures."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QEventLoop, QTimer
from qgis.PyQt.QtWidgets import QDockWidget, QWidget
from qgis.utils import iface, loadPlugin, plugins, startPlugin

GIVEN = json.loads(os.environ["PICTURES"])
TO = Path(GIVEN["TO"])
LIBRARY = Path(GIVEN["LIBRARY"])
MASK = "CM004-CSH1-CMP1-CHP1-TCI1-ITER1"
NODATA = 16383
WINDOW = (1440, 900)
# A part of the sample's landscape with many fields, in its CRS, EPSG:32740.
VIEW_CENTRE, VIEW_HEIGHT = (346_030.0, 7_690_900.0), 1_500.0
SHOWN = ("Îlet-à-Bananes 05", "Le Piton-Fougères 27", "Terrain-Élise 31")


def go() -> None:
    """Take all pictures, then leave; the exit code says whether that went well."""
    try:
        qgis_is_ready()
        take_all()
    except BaseException:  # noqa: BLE001 whatever it is, QGIS must not stay open
        traceback.print_exc()
        os._exit(1)
    sys.stdout.flush()
    os._exit(0)


def take_all() -> None:
    """Take the pictures."""
    window = plugins["sen2chain_ts_plugin"].window
    main = iface.mainWindow()
    main.resize(*WINDOW)
    for dock in main.findChildren(QDockWidget):
        if dock.objectName() in ("Browser", "Browser2"):
            dock.hide()
    show_map()
    dock = window.time_series
    dock.show()
    main.resizeDocks([dock, main.findChild(QDockWidget, "Layers")], [400, 330], 2)
    main.resizeDocks([main.findChild(QDockWidget, "Layers")], [275], 1)
    panel = dock.widget()
    panel.show_extraction(Path(GIVEN["EXTRACTION"]))
    wait_for(lambda: panel.view.index.count() > 0)
    panel.view.index.setCurrentIndex(panel.view.index.findData("NDVI"))
    panel.view.cloudmask.setCurrentIndex(panel.view.cloudmask.findData(MASK))
    zones = [zone for zone in range(len(panel.zones)) if panel.zones.label(zone, "name") in SHOWN]
    panel.show_zones(zones)
    wait_for(lambda: len(panel.curves) == len(zones) and not panel.busy)
    clear = clearest_day()
    panel.go_to(next(date for date in panel.curves[0].dates if f"{date:%Y%m%d}" == clear))
    wait_for(lambda: any(isinstance(layer, QgsRasterLayer) for layer in QgsProject.instance().mapLayers().values()))
    iface.messageBar().clearWidgets()
    look_at_fields()
    save(main, "window")
    float_with_table(dock)
    save(dock, "dock")
    panel.view.table_shown.setChecked(False)
    dock.setFloating(False)
    take_dialog()
    take_jobs(window.jobs)
    # Last: QGIS does not find back to its light theme in all of its parts.
    QgsApplication.setUITheme("Night Mapping")
    float_with_table(dock)
    pause(2000)
    save(dock, "dock-dark")


def float_with_table(dock: Any) -> None:
    """Show the dock as a window, with the table of its values."""
    view = dock.widget().view
    dock.setFloating(True)
    dock.show()
    dock.resize(1100, 420)
    view.table_shown.setChecked(True)
    view.splitter.setSizes([660, 440])
    pause(800)


def show_map() -> None:
    """Show the fields of the sample."""
    project = QgsProject.instance()
    load_rows()
    # QGIS shows the whole of the first layer, in its CRS, in a moment; only then there is something to change.
    pause(1500)
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:32740"))
    for layer in project.mapLayers().values():  # the rows; their colours would hide the image of the day
        project.layerTreeRoot().findLayer(layer.id()).setItemVisibilityChecked(False)
    pause(500)


def look_at_fields() -> None:
    """Show the part of the map with many fields."""
    half, (x, y) = VIEW_HEIGHT / 2, VIEW_CENTRE
    iface.mapCanvas().setExtent(QgsRectangle(x - half, y - half, x + half, y + half))
    iface.mapCanvas().refresh()
    pause(2500)


def load_rows() -> None:
    """Compile into a layer, and load it as the toolbox does: with its style, in its group."""
    from processing.gui.Postprocessing import handleAlgorithmResults

    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(QgsProject.instance())
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("sen2chain_ts:compile")
    values = {
        "EXTRACTION": GIVEN["EXTRACTION"],
        "INDICES": ["NDVI"],
        "CLOUDMASKS": MASK,
        "TABLE": QgsProcessingOutputLayerDefinition(str(LIBRARY.parent / "rows.gpkg"), QgsProject.instance()),
    }
    _, well = algorithm.run(values, context, feedback)
    if not well or not handleAlgorithmResults(algorithm, context, feedback):
        raise RuntimeError(feedback.textLog())


def take_dialog() -> None:
    """Show the dialog of Extract with its list of cloud masks open."""
    import processing

    layer = QgsVectorLayer(GIVEN["LAYER"], "fields")
    QgsProject.instance().addMapLayer(layer)
    values = {"INPUT": layer.id(), "LIBRARY": str(LIBRARY), "CLOUDMASKS": MASK}
    dialog = processing.createAlgorithmDialog("sen2chain_ts:extract", values)
    dialog.resize(1080, 680)
    dialog.move(200, 60)
    dialog.show()
    pause(600)
    box = dialog.mainWidget().wrappers["CLOUDMASKS"].box
    box.open()
    wait_for(lambda: box.list.count() > 0 and not box.note)
    pause(400)
    frame = dialog.frameGeometry()
    screen = QgsApplication.primaryScreen()
    screen.grabWindow(0, frame.x(), frame.y(), frame.width(), frame.height()).save(str(TO / "extract-dialog.png"))
    box.popup.hide()
    dialog.close()
    QgsProject.instance().removeMapLayer(layer.id())


def take_jobs(dock: Any) -> None:
    """Make two jobs, run one, enable it, and show the list."""
    import processing

    common = {"LIBRARY": str(LIBRARY), "INPUT": GIVEN["LAYER"], "CLOUDMASKS": "CM001"}
    night = {"NAME": "fields_every_night", "TIMING": "30 4 * * *", "DATE_MIN": "2021-01-01", "DATE_MAX": "today"}
    week = {"NAME": "water_on_mondays", "TIMING": "0 6 * * mon", "DATE_MIN": "today-60", "INDICES": ["NDWIGAO"]}
    for values in (
        {**night, "INDICES": ["NDVI"], "COMPILED": ["monthly", "alldata"], "SMOOTHING": True},
        {**night, "INDICES": ["NDWIGAO"], "MODE": "append"},
        {**week, "COPY_SERVER": "gis@server.example.org:/data/water"},
    ):
        processing.run("sen2chain_ts:savejob", {**common, **values})
    dock.show()
    dock.raise_()
    panel = dock.widget()
    panel.view.library.setFilePath(str(LIBRARY))
    wait_for(lambda: panel.view.tree.topLevelItemCount() == 2)
    panel.view.tree.setCurrentItem(panel.view.tree.topLevelItem(0))
    panel.view.run.trigger()
    wait_for(lambda: panel.view.tree.topLevelItem(0).text(5) == "Succeeded")
    panel.view.enable.trigger()
    wait_for(lambda: panel.view.tree.topLevelItem(0).text(1) == "Enabled")
    dock.setFloating(True)
    dock.resize(940, 260)
    panel.view.messages.clearWidgets()
    pause(600)
    save(dock, "jobs")


def clearest_day() -> str:
    """Return the day of the acquisition, of both tiles, with the fewest clouds."""
    from osgeo import gdal

    valid: dict[str, list[int]] = {}
    for path in sorted(LIBRARY.glob(f"INDICES/NDVI/*/*/*_NDVI_{MASK}.jp2")):
        pixels = gdal.Open(str(path)).ReadAsArray(buf_xsize=128, buf_ysize=128)
        valid.setdefault(path.name.split("_")[2][:8], []).append(int((pixels != NODATA).sum()))
    both = {day: sum(counts) for day, counts in valid.items() if len(counts) == 2}
    return max(both, key=lambda day: both[day])


def save(widget: QWidget, name: str) -> None:
    """Take a picture of a widget."""
    if not widget.grab().save(str(TO / f"{name}.png")):
        raise RuntimeError(f"cannot write {TO / name}.png")


def wait_for(ready: Callable[[], bool]) -> None:
    """Let QGIS work until something is so; half a minute at most."""
    for _ in range(600):
        if ready():
            return
        pause(50)
    raise TimeoutError


def pause(milliseconds: int) -> None:
    """Let QGIS work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def qgis_is_ready() -> None:
    """Load the plugin."""
    import qgis.utils

    qgis.utils.updateAvailablePlugins()
    for name in ("processing", "sen2chain_ts_plugin"):
        if name not in plugins and not (loadPlugin(name) and startPlugin(name)):
            raise RuntimeError(f"{name} does not load")


QTimer.singleShot(2500, go)
