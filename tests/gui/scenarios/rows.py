"""A user compiles several indices and masks into a table, plays it, and opens Extract again."""

import os
import sys

sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

import processing
from driver import DATA, SEEN, close, ended, open_list, pause, plugin, run_from_toolbox, start, wait
from qgis.core import QgsProcessingContext, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication, QMessageBox
from qgis.utils import iface


def scenario():
    layer = QgsVectorLayer(str(DATA / "layers" / "zones_2975.gpkg"), "zones_2975")
    QgsProject.instance().addMapLayer(layer)
    asked = {
        "INPUT": layer.id(), "LIBRARY": str(DATA / "library"), "INDICES": ["NDVI", "NDWIGAO"],
        "CLOUDMASKS": "CM001/CM003-PRB1-ITER5", "OUTPUT": str(DATA / "out"),
    }  # fmt: skip
    dialog = run_from_toolbox("extract", asked)
    wait(lambda: ended(dialog), "extract ends")
    extraction = dialog.results()["EXTRACTION"]
    close(dialog)
    SEEN["controller_before"] = controller_state()
    SEEN["another_python"] = another_python()
    dialog = run_from_toolbox("compile", {"EXTRACTION": extraction, "TABLE": str(DATA / "rows.gpkg")})
    wait(lambda: ended(dialog), "compile ends")
    close(dialog)
    pause(500)
    SEEN["controller"] = controller_state()
    SEEN["layers"] = [each.name() for each in QgsProject.instance().mapLayers().values()]
    animate()
    offer_extractions(extraction)
    play_in_dock()
    choose_index()
    propose(layer)


def another_python():
    """Tell whether this QGIS finds its Python, to hand it work that Python does in one thread at a time."""
    from sen2chain_ts_plugin.engine.workers.python_processes import _PythonProcess

    return _PythonProcess()._popen is not None


def controller_state():
    controller = iface.mapCanvas().temporalController()
    extents = controller.temporalExtents()
    days = controller.frameDuration().days()
    return [extents.begin().toString("yyyy-MM-dd"), extents.end().toString("yyyy-MM-dd"), days,
            controller.totalFrameCount()]  # fmt: skip


def animate():
    """Choose Animated in QGIS's own panel, press Play, and see rows on the map."""
    dock = next(each for each in iface.mainWindow().findChildren(object) if each.objectName() == "Temporal Controller")
    dock.show()
    pause(200)
    dock.findChild(QAbstractButton, "mNavigationAnimated").click()
    pause(200)
    SEEN["animated"] = controller_state()
    controller = iface.mapCanvas().temporalController()
    controller.setFramesPerSecond(30)
    played = []
    controller.updateTemporalRange.connect(played.append)
    dock.findChild(QAbstractButton, "mForwardButton").click()
    wait(lambda: len({each.begin().date() for each in played}) > 5, "the controller plays")
    controller.pause()
    SEEN["played"] = [each.begin().toString("yyyy-MM-dd") for each in played]
    rows = QgsProject.instance().mapLayersByName("zones_2975, mean NDVI, CM001")[0]
    SEEN["range_of_rows"] = [rows.minimumValue(1).toString("yyyy-MM-dd"), rows.maximumValue(1).toString("yyyy-MM-dd")]
    controller.setNavigationMode(type(controller.navigationMode())(0))


def offer_extractions(extraction):
    """Look which extractions Compile offers, with what there is to say of them, and take one."""
    dialog = processing.createAlgorithmDialog("sen2chain_ts:compile", {})
    dialog.show()
    pause(100)
    box = dialog.mainWidget().wrappers["EXTRACTION"].box
    SEEN["extractions"] = open_list(box)
    box.list.itemClicked.emit(box.list.item(0))
    SEEN["extraction"] = [box.folder(), extraction]
    box.popup.hide()
    SEEN["masks_of_extraction"] = open_list(dialog.mainWidget().wrappers["CLOUDMASKS"].box)
    dialog.mainWidget().wrappers["CLOUDMASKS"].box.popup.hide()
    close(dialog)


def play_in_dock():
    """Play the dates of the dock, whatever the controller did before."""
    dock = plugin().window.time_series
    dock.show()
    pause(200)
    panel = dock.widget()
    wait(lambda: panel.zones is not None and panel.view.index.count(), "the extraction is shown")
    panel.show_zones([0, 1])
    wait(lambda: panel.curves and not panel.busy, "the curves")
    panel.view.link_dates.trigger()
    pause(200)
    SEEN["played_in_dock"] = controller_state()


def choose_index():
    """See the values in view follow the index."""
    panel = plugin().window.time_series.widget()
    SEEN["values"] = {}
    for index in ("NDVI", "NDWIGAO", "NDVI"):
        panel._choice.choose(index, "", "")
        wait(lambda: not panel.busy, "the curves of the index")
        means = [value for curve in panel.curves for value in curve.numbers["mean"].tolist()]
        SEEN["values"][index] = [panel.view.chart._axes.get_ylim(), [min(means), max(means)]]


def propose(layer):
    """Open Extract while a layer of rows is the active one, choose that, and answer No."""
    rows = QgsProject.instance().mapLayersByName("zones_2975, mean NDVI, CM001")[0]
    iface.setActiveLayer(rows)
    dialog = processing.createAlgorithmDialog("sen2chain_ts:extract", {})
    dialog.show()
    pause(100)
    wrapper, questions = dialog.mainWidget().wrappers["INPUT"], []
    SEEN["proposed"] = [wrapper.parameterValue(), layer.id()]

    def answer(button):
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            questions.append(box.text())
            box.button(button).click()
        else:
            QTimer.singleShot(50, lambda: answer(button))

    buttons = QMessageBox.StandardButton
    SEEN["chosen"] = []
    for button in (buttons.No, buttons.Yes):
        answer(button)
        wrapper.setParameterValue(
            str(DATA / "rows.gpkg") if button == buttons.No else rows.id(), QgsProcessingContext()
        )
        wait(lambda: len(questions) > len(SEEN["chosen"]), "the question")
        pause(100)
        SEEN["chosen"].append(wrapper.parameterValue())
    SEEN["rows"] = rows.id()
    SEEN["questions"] = questions
    close(dialog)


start(scenario)
