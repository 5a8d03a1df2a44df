"""Run by QGIS for `pictures.py`: follows the first steps of the manual as a user would, and takes the pictures."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QEventLoop, QTimer
from qgis.PyQt.QtGui import QCursor
from qgis.PyQt.QtWidgets import QPushButton, QWidget
from qgis.utils import iface, loadPlugin, plugins, startPlugin

TO = Path(os.environ["PICTURES_TO"])
LIBRARY = Path(os.environ["PICTURES_WORK"], "library")
MASK = "CM004-CSH1-CMP1-CHP1-TCI1-ITER1"
NODATA = 16383
WINDOW = (1440, 900)
AROUND = 0.005  # degrees
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
    dock = follow_first_steps(window)
    save(main, "window")
    panel = dock.widget()
    panel.show_zones([zone for zone in range(len(panel.zones)) if panel.zones.label(zone, "name") in SHOWN])
    wait_for(lambda: len(panel.curves) == len(SHOWN) and not panel.busy)
    float_with_table(dock)
    save(dock, "dock")
    sink(dock)
    take_dialog("extract-dialog")
    take_jobs(window.jobs)
    # Last: QGIS does not find back to its light theme in all of its parts.
    QgsApplication.setUITheme("Night Mapping")
    pause(1000)
    window.jobs.setFloating(False)
    dock.raise_()
    iface.messageBar().clearWidgets()
    pause(2000)
    save(main, "window-dark")
    float_with_table(dock)
    pause(2000)
    save(dock, "dock-dark")
    sink(dock)
    take_dialog("extract-dialog-dark")
    take_job_form(window.jobs, "job-form-dark")


def follow_first_steps(window: Any) -> Any:
    """Do what docs/first-steps.md says, with as many indices and masks as the pictures need; return the dock."""
    sample = run_as_toolbox("samplelibrary", OUTPUT=str(LIBRARY))
    extracted = run_as_toolbox(
        "extract", INPUT=sample["LAYER"], LIBRARY=str(LIBRARY), INDICES=["NDVI", "NDWIGAO"], CLOUDMASKS=f"CM001/{MASK}"
    )
    run_as_toolbox("compile", EXTRACTION=extracted["EXTRACTION"], SMOOTHING=True)
    (button,) = (each for each in iface.messageBar().findChildren(QPushButton) if each.text() == "Show the curves")
    button.click()
    dock = window.time_series
    panel = dock.widget()
    wait_for(lambda: len(panel.curves) == len(panel.shown) > 0 and not panel.busy)
    panel.view.cloudmask.setCurrentIndex(panel.view.cloudmask.findData(MASK))
    wait_for(lambda: len(panel.curves) == len(panel.shown) > 0 and not panel.busy)
    clear = clearest_day()
    panel.go_to(next(date for date in panel.curves[0].dates if f"{date:%Y%m%d}" == clear))
    wait_for(lambda: any(isinstance(layer, QgsRasterLayer) for layer in QgsProject.instance().mapLayers().values()))
    iface.messageBar().clearWidgets()
    look_at(panel.zones.geometries[panel.shown[1]])
    return dock


def run_as_toolbox(name: str, **values: object) -> dict[str, Any]:
    """Run an algorithm, and load what it makes as the toolbox does, with its style; return its outputs."""
    from processing.gui.Postprocessing import handleAlgorithmResults

    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(QgsProject.instance())
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"sen2chain_ts:{name}")
    results, well = algorithm.run(values, context, feedback)
    if not well or not handleAlgorithmResults(algorithm, context, feedback):
        raise RuntimeError(feedback.textLog())
    # QGIS shows the whole of the first layer, in its CRS, in a moment; only then there is something to change.
    pause(1500)
    return dict(results)


def look_at(zone: QgsGeometry) -> None:
    """Zoom in on a zone; the map is in degrees, as the layer that came first is."""
    canvas = iface.mapCanvas()
    canvas.setExtent(zone.boundingBox().buffered(AROUND))
    canvas.refresh()
    pause(2500)


def sink(dock: Any) -> None:
    """Put the dock back into the window."""
    dock.widget().view.table_shown.setChecked(False)
    dock.setFloating(False)
    pause(500)


def float_with_table(dock: Any) -> None:
    """Show the dock as a window, with the table of its values."""
    view = dock.widget().view
    dock.setFloating(True)
    dock.show()
    dock.resize(1100, 420)
    view.table_shown.setChecked(True)
    view.splitter.setSizes([660, 440])
    pause(800)


def take_dialog(name: str) -> None:
    """Show the dialog of Extract with its list of cloud masks open."""
    import processing

    values = {"INPUT": fields().id(), "LIBRARY": str(LIBRARY), "CLOUDMASKS": MASK}
    dialog = processing.createAlgorithmDialog("sen2chain_ts:extract", values)
    dialog.resize(1080, 680)
    dialog.move(200, 60)
    dialog.show()
    pause(600)
    box = dialog.mainWidget().wrappers["CLOUDMASKS"].box
    QCursor.setPos(0, 0)  # no row is under it
    box.open()
    wait_for(lambda: box.list.count() > 0 and not box.note)
    pause(400)
    frame = dialog.frameGeometry()
    screen = QgsApplication.primaryScreen()
    screen.grabWindow(0, frame.x(), frame.y(), frame.width(), frame.height()).save(str(TO / f"{name}.png"))
    box.popup.hide()
    dialog.close()


def fields() -> QgsVectorLayer:
    """Return the layer of fields."""
    (layer,) = QgsProject.instance().mapLayersByName("fields")
    return layer


def take_job_form(dock: Any, name: str) -> None:
    """Show the form of a job, as *Edit the task…* opens it."""
    panel = dock.widget()
    panel.view.tree.setCurrentItem(panel.view.tree.topLevelItem(0).child(0))
    panel.view.edit.trigger()
    pause(2500)  # what the library has to say of it
    save(panel.form.form.widget, name)
    panel.form.form.widget.close()


def take_jobs(dock: Any) -> None:
    """Make two jobs, run one, enable it, and show the list."""
    import processing

    common = {"LIBRARY": str(LIBRARY), "INPUT": fields().source(), "CLOUDMASKS": "CM001"}
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
