"""A user opens the dock, extracts from the toolbox, clicks zones, and looks at their curves."""

import os
import shutil
import sys

sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

from driver import DATA, NAME, SEEN, close, ended, pause, plugin, run_from_toolbox, start, wait
from qgis.core import QgsApplication, QgsCoordinateTransform, QgsProject, QgsVectorLayer
from qgis.gui import QgsDockWidget, QgsRubberBand
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QFileDialog, QToolBar
from qgis.utils import iface, unloadPlugin


def scenario():
    dock = plugin().window.time_series
    SEEN["hidden_at_first"] = not dock.isVisible()
    SEEN["empty_at_first"] = dock.widget() is None
    menu = next(action.menu() for action in iface.pluginMenu().actions() if "Sen2Chain" in action.text())
    SEEN["menu"] = [action.text() for action in menu.actions() if action.text()]
    next(action for action in menu.actions() if action.text() == "Time series").trigger()
    wait(dock.isVisible, "the dock opens")
    panel = dock.widget()
    SEEN["empty"] = panel.view._hint.text()
    layer = QgsVectorLayer(str(DATA / "layers" / "zones_2975.gpkg"), "zones_2975")
    QgsProject.instance().addMapLayer(layer)
    extract(layer, panel)
    click(layer, panel)
    select(layer, panel)
    use_controller(panel)
    export(panel)
    show_many(layer, panel)
    see_groups(panel)
    show_other(panel)
    unload(panel)


def extract(layer, panel):
    values = {
        "INPUT": layer.id(),
        "LIBRARY": str(DATA / "library"),
        "INDICES": ["NDVI", "NDWIGAO"],
        "CLOUDMASKS": "CM001",
        "OUTPUT": str(DATA / "out"),
    }
    dialog = run_from_toolbox("extract", values)
    offer(dialog)
    wait(lambda: ended(dialog), "extract ends")
    SEEN["results"] = dialog.results()
    close(dialog)
    # The dock follows the run.
    wait(lambda: panel.extraction is not None and panel.view.index.count(), "the dock shows the extraction")
    SEEN["extraction"] = panel.extraction
    SEEN["indices"] = [panel.view.index.itemData(row) for row in range(panel.view.index.count())]
    from processing.core.ProcessingConfig import ProcessingConfig

    SEEN["remembered"] = [
        ProcessingConfig.getSetting(name) for name in ("SEN2CHAIN_TS_LIBRARY", "SEN2CHAIN_TS_CLOUDMASKS")
    ]
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("sen2chain_ts:extract")
    SEEN["offered"] = algorithm.parameterDefinition("LIBRARY").defaultValueForGui()
    SEEN["default"] = algorithm.parameterDefinition("LIBRARY").defaultValue()


def offer(dialog):
    for name in ("CLOUDMASKS", "INDICES"):
        box = dialog.mainWidget().wrappers[name].box
        box.open()
        wait(lambda box=box: box.list.count() and not box.note, "the list of what there is")
        SEEN[f"list_of_{name}"] = [box.list.item(row).text() for row in range(box.list.count())]
        box.popup.hide()
        pause(50)


def click(layer, panel):
    canvas = iface.mapCanvas()
    feature = next(feature for feature in layer.getFeatures() if feature.geometry().area() > 20_000)
    box = feature.geometry().boundingBox()
    to_map = QgsCoordinateTransform(layer.crs(), canvas.mapSettings().destinationCrs(), QgsProject.instance())
    canvas.setExtent(to_map.transformBoundingBox(box.buffered(box.width())))
    canvas.refresh()
    pause(500)
    panel.view.pick.trigger()
    inside = to_map.transform(feature.geometry().pointOnSurface().asPoint())
    place = canvas.getCoordinateTransform().transform(inside)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(place.x()), round(place.y())))
    wait(lambda: panel.curves and not panel.busy, "the curve of the zone that was clicked")
    curve = panel.curves[0]
    ids = [each.id() for each in layer.getFeatures()]
    SEEN["clicked"] = {
        "feature": ids.index(feature.id()),
        "zones": [each.zone for each in panel.curves],
        "dates": curve.dates,
        "means": curve.numbers["mean"].tolist(),
        "straight": not curve.smooth_values and panel._contents[0].line is None,
    }
    panel.view.shown.choose_line("smoothed")
    wait(lambda: "smoothed curve" in panel.view.status.text() and not panel.busy, "the smoothed curve")
    SEEN["smoothed"] = panel.view.status.text()
    panel.view.shown.choose_line("sen2chain")
    wait(lambda: panel.curves[0].smooth_values and not panel.busy, "the line of Sen2Chain")
    SEEN["sen2chain"] = panel.view.status.text()
    panel.view.shown.choose_line("straight")
    wait(lambda: not panel.curves[0].smooth_values and not panel.busy, "straight lines again")
    SEEN["status"] = panel.view.status.text()
    SEEN["outlines"] = len(outlines())


def select(layer, panel):
    ids = sorted(feature.id() for feature in layer.getFeatures())[:3]
    layer.selectByIds(ids)
    wait(lambda: len(panel.shown) == len(ids) and not panel.busy, "the selected zones")
    SEEN["selected"] = panel.shown
    panel.view.table_shown.setChecked(True)
    SEEN["table_rows"] = panel.view.table.model().rowCount()
    SEEN["rows"] = sum(len(curve.dates) for curve in panel.curves)


def show_many(layer, panel):
    """Select everything, then click a zone in the chart of the groups."""
    panel.add_zone_layer()
    zones = iface.activeLayer()
    layer.selectAll()
    wait(lambda: len(panel.shown) > 8 and not panel.busy, "all zones")
    chart = panel.view.chart
    SEEN["many"] = [len(panel.shown), len(panel.curves)]
    SEEN["legend"] = [text.get_text() for text in chart._axes.get_legend().get_texts()]
    place = next(number for number, curve in enumerate(panel.curves) if len(curve.dates) > 2)
    wanted = panel.curves[place].zone
    QTest.mouseClick(chart.canvas, Qt.MouseButton.LeftButton, pos=chart.place_of(place, 1))
    wait(lambda: zones.selectedFeatureCount() == 1, "the zone that was clicked in the chart is selected")
    SEEN["chosen"] = [wanted, zones.selectedFeatureIds()[0]]
    wait(lambda: len(panel.shown) == 1 and not panel.busy, "the zone alone")
    zones.removeSelection()
    QgsProject.instance().removeMapLayer(zones)


def use_controller(panel):
    chart = panel.view.chart
    SEEN["before"] = panel._day.shown()
    pause(300)
    row = len(panel.curves[0].dates) // 2
    QTest.mouseClick(chart.canvas, Qt.MouseButton.LeftButton, pos=chart.place_of(0, row))
    wait(lambda: panel._day.shown() is not None, "the temporal controller goes to the date of the point")
    SEEN["moment"] = [edge.isoformat() for edge in panel._day.shown()]
    SEEN["moment_wanted"] = panel.curves[0].dates[row].isoformat()
    see_image(panel, row)
    play(chart)


def see_image(panel, row):
    """The image of the day is below the zones, and the date on the map; the controller walks by acquisitions."""

    def images():
        groups = QgsProject.instance().layerTreeRoot().findGroups(True)
        return next((group.findLayers() for group in groups if group.name() == "Image of the day"), [])

    wait(images, "the image of the day")
    wait(lambda: not panel.busy, "all of it")
    SEEN["image"] = [node.name() for node in images()]
    SEEN["image_valid"] = [node.layer().isValid() and node.layer().crs().authid() for node in images()]
    SEEN["label"] = panel._day._label.text()
    picture = os.environ.get("SCENARIO_PICTURE")
    if picture:
        image = images()[-1].layer()
        canvas = iface.mapCanvas()
        canvas.setExtent(canvas.mapSettings().layerExtentToOutputExtent(image, image.extent()))
        canvas.refresh()
        pause(4000)
        iface.mainWindow().grab().save(picture)
    panel.go_to(panel.curves[0].dates[0])
    wait(lambda: panel._day._shown == panel.curves[0].filenames[0] and not panel.busy, "the image of another day")
    SEEN["image_again"] = [node.name() for node in images()]
    panel.go_to(panel.curves[0].dates[row])
    wait(lambda: panel._day._shown == panel.curves[0].filenames[row] and not panel.busy, "the day before")


def play(chart):
    """Let the temporal controller play, and see the bar in the chart move with it."""
    controller = iface.mapCanvas().temporalController()
    pause(300)
    pictures, moments = [chart.canvas.grab().toImage()], [chart.moment]
    controller.setFramesPerSecond(4)
    controller.playForward()
    for _ in range(2):
        wait(lambda: chart.moment != moments[-1], "the chart follows the controller")
        moments.append(chart.moment)
    controller.pause()
    pause(300)
    pictures.append(chart.canvas.grab().toImage())
    SEEN["played"] = [moment[0].isoformat() for moment in moments]
    SEEN["bar_moved"] = pictures[0] != pictures[1]


def export(panel):
    for kind, action in (("png", panel.view.save_png), ("svg", panel.view.save_svg), ("csv", panel.view.save_csv)):
        path = str(DATA / f"saved.{kind}")
        QFileDialog.getSaveFileName = staticmethod(lambda *_, path=path, **__: (path, ""))
        action.trigger()
        pause(100)


def see_groups(panel):
    """Load the zones, and the rows of Compile from its dialog, and look where they stand in the list of layers."""
    panel.view.add_layer.trigger()
    values = {"EXTRACTION": str(panel.extraction), "INDICES": ["NDVI"], "TABLE": "TEMPORARY_OUTPUT"}
    dialog = run_from_toolbox("compile", values)
    wait(lambda: ended(dialog), "compile ends")
    pause(300)
    close(dialog)
    root = QgsProject.instance().layerTreeRoot()
    SEEN["groups"] = {group.name(): [node.name() for node in group.children()] for group in root.findGroups()}


def show_other(panel):
    """Show another extraction while a zone of the first one is being read, and click where a point of that one was."""
    other = DATA / "other" / panel.extraction.name
    shutil.copytree(panel.extraction, other)
    chart = panel.view.chart
    place = chart.place_of(0, 0)
    panel.show_zones([5])
    panel.show_extraction(other)
    QTest.mouseClick(chart.canvas, Qt.MouseButton.LeftButton, pos=place)
    wait(lambda: not panel.busy, "the other extraction is listed")
    SEEN["other"] = [panel.extraction, panel.curves, panel.view._hint.text()]


def outlines():
    return [item for item in iface.mapCanvas().scene().items() if isinstance(item, QgsRubberBand)]


def unload(panel):
    from sen2chain_ts_plugin.processing.support.finished_runs import RUNS

    SEEN["listeners_before"] = RUNS.receivers(RUNS.finished)
    unloadPlugin(NAME)
    pause(500)
    window = iface.mainWindow()
    SEEN["left"] = {
        "docks": [
            each.windowTitle() for each in window.findChildren(QgsDockWidget) if "Sen2Chain" in each.objectName()
        ],
        "menu": [action.text() for action in iface.pluginMenu().actions() if "Sen2Chain" in action.text()],
        "buttons": [
            action.text()
            for bar in window.findChildren(QToolBar)
            for action in bar.actions()
            if "Time series" in action.text()
        ],
        "provider": QgsApplication.processingRegistry().providerById("sen2chain_ts") is not None,
        "outlines": len([item for item in outlines() if item.isVisible()]),
        "listeners": RUNS.receivers(RUNS.finished),
        "map_tool": type(iface.mapCanvas().mapTool()).__name__,
        "tools": sum(type(child).__name__ == "ZoneTool" for child in iface.mapCanvas().children()),
    }


start(scenario)
