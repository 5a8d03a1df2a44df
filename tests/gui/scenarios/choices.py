"""A user opens every list of every dialog, chooses two words of each, and runs; then again from the history."""

import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

import processing
from driver import DATA, SEEN, choose, close, history, open_list, pause, press_run, start, wait
from qgis.core import (
    QgsApplication,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QTime
from qgis.PyQt.QtWidgets import QFileDialog, QLineEdit
from qgis.utils import iface

PYTHON = QgsProcessing.PythonOutputType.PythonQgsProcessingAlgorithmSubclass
LIBRARY = str(DATA / "library")
NAMES = {
    each.__name__: each
    for each in (
        QDate, QDateTime, QTime, QgsProcessingOutputLayerDefinition, QgsProcessingFeatureSourceDefinition,
    )
}  # fmt: skip


def scenario():
    layer = QgsVectorLayer(str(DATA / "layers" / "zones.shp"), "zones")
    QgsProject.instance().addMapLayer(layer)
    SEEN["lists"], SEEN["values"], SEEN["fields"] = {}, {}, {}
    for algorithm in QgsApplication.processingRegistry().providerById("sen2chain_ts").algorithms():
        look(algorithm)
    SEEN["commands"] = []
    run_dialogs(layer)
    run_batch(layer)
    run_model()


def look(algorithm: QgsProcessingAlgorithm):
    """Open the dialog of an algorithm, read its fields and its lists, and choose two words of each list."""
    dialog = processing.createAlgorithmDialog(algorithm.id(), {"LIBRARY": LIBRARY})
    dialog.show()
    pause(100)
    for name, wrapper in dialog.mainWidget().wrappers.items():
        place = f"{algorithm.name()}.{name}"
        label = getattr(wrapper, "label", None) or wrapper.wrappedLabel()
        widget = getattr(wrapper, "widget", None) or wrapper.wrappedWidget()
        line = widget if isinstance(widget, QLineEdit) else widget.findChild(QLineEdit)
        SEEN["fields"][place] = [label.text() if label else widget.text(), line.placeholderText() if line else ""]
        if wrapper.parameterDefinition().type() == "enum" and wrapper.parameterDefinition().allowMultiple():
            SEEN["lists"][place] = open_list(wrapper.box)
            wrapper.box.popup.hide()
            choose(wrapper.box, *wrapper.parameterDefinition().options()[:2])
            SEEN["values"][place] = wrapper.parameterValue()
        elif name.startswith("CLOUDMASK"):
            SEEN["lists"][place] = open_list(wrapper.box)
            wrapper.box.popup.hide()
    close(dialog)


def run_dialogs(layer):
    """Run each algorithm that makes files, with two words of each list, and again as the history has it."""
    values = {"INPUT": layer.id(), "LIBRARY": LIBRARY, "DATE_MIN": "2021-01-01", "DATE_MAX": "2021-03-31"}
    ticks = {"INDICES": ("NDVI", "NDWIGAO"), "CLOUDMASKS": ("CM001", "CM003-PRB1-ITER5")}
    for name, given, ticked in (
        ("extract", {**values, "OUTPUT": str(DATA / "out")}, ticks),
        ("compile", {}, {"PERIODS": ("monthly", "yearly"), "INDICES": ticks["INDICES"]}),
        ("timeseries", {**values, "CLOUDMASK": "CM001", "OUTPUT": str(DATA / "out" / "csv")},
         {"INDICES": ticks["INDICES"]}),
        ("savejob", {"NAME": "night", "INPUT": layer.id(), "LIBRARY": LIBRARY},
         {**ticks, "COMPILED": ("monthly", "yearly")}),
        ("extractandcompile", {**values, "extract:OUTPUT": str(DATA / "out" / "model")},
         {**ticks, "PERIODS": ("alldata", "weekly")}),
    ):  # fmt: skip
        extraction = {"EXTRACTION": str(next((DATA / "out").iterdir()))} if name == "compile" else {}
        dialog = processing.createAlgorithmDialog(f"sen2chain_ts:{name}", {**given, **extraction})
        dialog.show()
        pause(100)
        for parameter, words in ticked.items():
            choose(dialog.mainWidget().wrappers[parameter].box, *words)
        press_run(dialog)
        SEEN["commands"].append(history()[-1])
    keep("dialog")
    for command in SEEN["commands"]:
        dialog = call(command.replace("processing.run(", "processing.createAlgorithmDialog("))
        dialog.show()
        pause(100)
        press_run(dialog)
    keep("history")
    for command in SEEN["commands"]:
        call(command)
    keep("console")


def call(command):
    """Do what a command says, as QGIS does with its history."""
    return eval(command, {"processing": processing, **NAMES})  # noqa: S307 written by QGIS a moment ago


def run_batch(layer):
    """Fill a batch in, save it, load it into another one, and run that."""
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog

    (DATA / "saved").mkdir()
    QFileDialog.getSaveFileName = staticmethod(lambda *_, **__: (str(DATA / "saved" / "batch"), ""))
    # Each version of QGIS adds the ending of its own.
    QFileDialog.getOpenFileName = staticmethod(lambda *_, **__: (str(next((DATA / "saved").iterdir())), ""))
    registry = QgsApplication.processingRegistry()
    dialog = BatchAlgorithmDialog(registry.createAlgorithmById("sen2chain_ts:extract"), parent=iface.mainWindow())
    dialog.show()
    pause(200)
    context, panel = QgsProcessingContext(), dialog.mainWidget()
    wrappers = {wrapper.parameterDefinition().name(): wrapper for wrapper in panel.wrappers[0] if wrapper is not None}
    for name, value in {"INPUT": str(DATA / "layers" / "zones.shp"), "LIBRARY": LIBRARY}.items():
        wrappers[name].setParameterValue(value, context)
    SEEN["lists"]["batch.INDICES"] = open_list(wrappers["INDICES"].box)
    wrappers["INDICES"].box.popup.hide()
    choose(wrappers["INDICES"].box, "NDVI", "NDWIGAO")
    choose(wrappers["CLOUDMASKS"].box, "CM001", "CM003-PRB1-ITER5")
    for name, place in {"OUTPUT": DATA / "batch", "TABLE": DATA / "rows.gpkg"}.items():
        panel.tblParameters.cellWidget(1, panel.parameter_to_column[name]).setValue(str(place))
    panel.save()
    close(dialog)
    dialog = BatchAlgorithmDialog(registry.createAlgorithmById("sen2chain_ts:extract"), parent=iface.mainWindow())
    dialog.show()
    pause(200)
    dialog.mainWidget().load()
    dialog.runButton().click()
    wait(lambda: (DATA / "rows.gpkg").exists() and dialog.runButton().isEnabled(), "the batch has run")
    pause(300)
    close(dialog)
    SEEN["batch"] = sorted(str(folder.relative_to(DATA / "batch")) for folder in DATA.glob("batch/*/raw_data/*/CM*"))


def run_model():
    """Make a model of one step in the designer's dialog, open that step again, and run the model."""
    from processing.modeler.ModelerParametersDialog import ModelerParametersDialog

    registry, context = QgsApplication.processingRegistry(), QgsProcessingContext()
    model = QgsProcessingModelAlgorithm("mine", "mine")
    dialog = ModelerParametersDialog(registry.createAlgorithmById("sen2chain_ts:compile"), model)
    dialog.setModal(False)
    dialog.show()
    pause(200)
    wrappers = wrappers_of(dialog)
    (made,) = DATA.glob("console/zones_*")
    folder = Path(shutil.copytree(made, DATA / "model" / made.name))
    wrappers["EXTRACTION"].setWidgetValue(QgsProcessingModelChildParameterSource.fromStaticValue(str(folder)))
    SEEN["lists"]["model.PERIODS"] = open_list(wrappers["PERIODS"].box)
    wrappers["PERIODS"].box.popup.hide()
    choose(wrappers["PERIODS"].box, "alldata", "daily")
    choose(wrappers["INDICES"].box, "NDVI", "NDWIGAO")
    model.addChildAlgorithm(dialog.createAlgorithm())
    close(dialog)
    (step,) = model.childAlgorithms()
    dialog = ModelerParametersDialog(registry.createAlgorithmById("sen2chain_ts:compile"), model, step)
    dialog.setModal(False)
    dialog.show()
    pause(200)
    SEEN["step"] = [wrappers_of(dialog)[name].box.line.text() for name in ("PERIODS", "INDICES")]
    periods = wrappers_of(dialog)["PERIODS"]
    periods.setWidgetValue(QgsProcessingModelChildParameterSource.fromExpression("'weekly'"))
    SEEN["expression"] = periods.value().expression()
    close(dialog)
    SEEN["as_python"] = "\n".join(model.asPythonCode(PYTHON, 4))
    _, SEEN["model_ran"] = model.run({}, context, QgsProcessingFeedback())
    SEEN["model"] = sorted({path.parent.name for path in folder.glob("compiled_data/*/*/*/*.csv")})


def wrappers_of(dialog):
    """Return the widgets of the designer's dialog, which newer versions keep elsewhere."""
    inner = dialog.widget
    return inner.widget.wrappers if hasattr(inner, "widget") and not callable(inner.widget) else inner.wrappers


def keep(name):
    """Put what was made aside, for the next one to make it again."""
    shutil.move(DATA / "out", DATA / name)
    shutil.move(DATA / "library" / "jobs_extr", DATA / name / "jobs")


start(scenario)
