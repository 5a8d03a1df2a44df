"""A user looks at days: walks from acquisition to acquisition, sees images and small pictures, edits, comes back."""

import os
import sys

sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

from driver import DATA, SEEN, close, ended, pause, plugin, run_from_toolbox, start, wait
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
)
from qgis.gui import QgsMessageBarItem
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton
from qgis.utils import iface


def scenario():
    layer = make_library()
    panel = open_dock(layer)
    see_images(panel)
    see_thumbnails(panel)
    step(panel)
    walk(panel)
    press_arrows(panel)
    read_texts(panel)
    take_away(panel)
    see_tips(panel)
    edit(panel, layer)
    remember(panel)


def make_library():
    from sen2chain_ts_plugin.engine.samplelibrary import build

    sample = build(DATA / "sample", size=128, dates=12, rasters=[], tiles=("40KCB",), l2a=True)
    layer = QgsVectorLayer(str(sample.layer), "fields")
    QgsProject.instance().addMapLayer(layer)
    return layer


def open_dock(layer):
    SEEN["loaded_before"] = "matplotlib.backends.backend_qtagg" in sys.modules
    plugin().window.time_series.show()
    # The dock is there and says what to do, before matplotlib is loaded.
    hint = plugin().window.time_series.widget().view._hint
    SEEN["at_once"] = [hint.isVisible(), hint.text(), "matplotlib.backends.backend_qtagg" in sys.modules]
    wait(lambda: plugin().window.time_series.widget() is not None, "the dock opens")
    panel = plugin().window.time_series.widget()
    wait(lambda: panel.view.chart is not None, "the chart is made")
    values = {
        "INPUT": layer.id(), "LIBRARY": str(DATA / "sample"), "INDICES": ["NDVI"], "CLOUDMASKS": "SCL-3-8-9-10",
        "OUTPUT": str(DATA / "out"),
    }  # fmt: skip
    dialog = run_from_toolbox("extract", {**values, "TABLE": str(DATA / "rows.gpkg")})
    wait(lambda: ended(dialog), "extract ends")
    close(dialog)
    wait(lambda: panel.zones is not None and panel.view.index.count() and not panel.busy, "the extraction is shown")
    panel.show_zones(range(len(panel.zones)))
    wait(lambda: len(panel.curves) > 8 and not panel.busy, "all zones")
    # One that is within the tile, and so has hardly a pixel without data.
    zone = max(panel.curves, key=lambda curve: len(curve.dates) - 100 * (curve.numbers["nodata"][0] > 0)).zone
    panel.show_zones([zone])
    wait(lambda: len(panel.curves) == 1 and not panel.busy, "the zone with most dates")
    SEEN["dates"] = [date.date().isoformat() for date in panel.curves[0].dates]
    return panel


def at_rest(panel):
    return not panel.busy and not panel._day.waits


def go_to(panel, row):
    panel.go_to(panel.curves[0].dates[row])
    wait(lambda: panel._day._shown == panel.curves[0].filenames[row] and at_rest(panel), "the image of a day")


def images():
    groups = QgsProject.instance().layerTreeRoot().findGroups(True)
    group = next(each for each in groups if each.name() == "Image of the day")
    return {node.name(): node for node in group.findLayers()}


def see_images(panel):
    """The library has bands only: index and true colours are computed for the surroundings of the zone."""
    go_to(panel, 2)
    SEEN["images"] = {name: node.isVisible() for name, node in images().items()}
    curve, zones = panel.curves[0], panel.zones
    SEEN["value"] = [value_at_zone(panel, images()[f"NDVI, {SEEN['dates'][2]}"].layer()), curve.numbers["mean"][2]]
    panel.view.colours.trigger()
    wait(lambda: len(images()) == 3 and at_rest(panel), "true colours")
    SEEN["in_colours"] = {name: node.isVisible() for name, node in images().items()}
    layer = next(node.layer() for name, node in images().items() if name.startswith("True"))
    SEEN["bands"] = [layer.bandCount(), layer.isValid()]
    panel.view.colours.trigger()
    pause(100)
    SEEN["index_again"] = {name: node.isVisible() for name, node in images().items()}
    assert zones is panel.zones


def value_at_zone(panel, raster):
    """Return the mean of a raster over the zone that is shown, as QGIS sees it."""
    from sen2chain_ts_plugin.gui.timeseries.day_library import geometry_in_tile

    curve = panel.curves[0]
    geometry = geometry_in_tile(panel.zones, curve.zone, curve.tiles[0])
    place = geometry.pointOnSurface().asPoint()
    value, there = raster.dataProvider().sample(place, 1)
    assert there
    return value / 10000


def see_thumbnails(panel):
    strip = panel.view.thumbnails
    iface.mainWindow().resize(1360, 860)  # there is room for them
    wait(lambda: strip.isVisible() and not strip.busy, "the small pictures in view")
    SEEN["pictures"] = [strip.item(row).text() for row in range(strip.count())]
    drawn = [row for row in range(strip.count()) if strip._key(row) in strip._drawn]
    SEEN["drawn"] = len(drawn)
    pictures = [strip.item(row).icon().pixmap(60, 60).toImage() for row in drawn]
    SEEN["different"] = sum(picture != pictures[0] for picture in pictures[1:])
    SEEN["marked"] = strip.currentRow()
    row = next(row for row in drawn if row != strip.currentRow())
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=strip.visualItemRect(strip.item(row)).center())
    wait(lambda: panel._day._shown == panel.curves[0].filenames[row] and at_rest(panel), "the day of the picture")
    SEEN["clicked"] = [row, str(panel._day.day())]
    panel.view.thumbnails_shown.trigger()
    SEEN["strip_hidden"] = not strip.isVisible()
    panel.view.thumbnails_shown.trigger()
    SEEN["strip_shown"] = strip.isVisible()


def step(panel):
    go_to(panel, 0)
    SEEN["stepped"] = []
    for action in (panel.view.next_day, panel.view.next_day, panel.view.previous_day, panel.view.previous_day,
                   panel.view.previous_day):  # fmt: skip
        action.trigger()
        pause(50)
        SEEN["stepped"].append(str(panel._day.day()))


def walk(panel):
    """Play with QGIS's own panel open, which has steps of its own, and note what the label on the map says."""
    controller = next(
        each for each in iface.mainWindow().findChildren(object) if each.objectName() == "Temporal Controller"
    )
    controller.show()
    pause(300)
    go_to(panel, 0)
    label, said, moments = panel._day._label, [], []

    def note():
        if label.isVisible() and (not said or said[-1] != label.text()):
            said.append(label.text())
            moments.append(str(panel._day.day()))

    note()
    panel._day.changed.connect(note)
    next(action for action in panel.view.speeds.actions() if action.data() == 4).trigger()
    button = panel.view.play.associatedWidgets()[-1]
    button.click()
    SEEN["playing"] = [panel.view.play.isChecked(), panel.view.play.text()]
    wait(lambda: not panel._controls.walk.is_running, "the walk ends")
    panel._day.changed.disconnect(note)
    SEEN["walked"], SEEN["said"] = moments, said
    SEEN["played"] = [panel.view.play.isChecked(), panel.view.play.text()]
    # Again from the first; stopped by hand.
    button.click()
    wait(lambda: str(panel._day.day()) == SEEN["dates"][1], "the second day")
    button.click()
    pause(700)
    SEEN["stopped"] = [panel._controls.walk.is_running, str(panel._day.day())]
    controller.hide()


def press_arrows(panel):
    go_to(panel, 1)
    panel.view.chart._keys.mark(None)
    canvas = panel.view.chart.canvas
    canvas.setFocus()
    SEEN["by_arrows"] = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End):
        QTest.keyClick(canvas, key)
        pause(50)
        SEEN["by_arrows"].append(str(panel._day.day()))


def read_texts(panel):
    table = panel.view.table
    panel.view.table_shown.setChecked(True)
    model = table.model()
    SEEN["titles"] = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    SEEN["cells"] = [model.index(0, column).data() for column in range(4)]
    widest = [
        max(table.fontMetrics().horizontalAdvance(model.index(row, column).data()) for row in range(model.rowCount()))
        for column in range(model.columnCount())
    ]
    SEEN["cut_columns"] = [
        SEEN["titles"][column] for column, width in enumerate(widest) if table.columnWidth(column) < width
    ]
    # The zone with the longest name comes last of many.
    table.show_curves(panel.curves[:1] * 30, ["A"] * 29 + ["Parcelle 17"])
    SEEN["room_for_name"] = table.columnWidth(0) - table.fontMetrics().horizontalAdvance("Parcelle 17")
    panel._draw(keep_view=True)
    SEEN["mean"] = panel.curves[0].numbers["mean"][0]
    SEEN["description"] = panel.view.chart.canvas.accessibleDescription()
    SEEN["picture_tip"] = panel.view.thumbnails.item(0).toolTip()
    SEEN["lists"] = [panel.view.index.currentText(), panel.view.cloudmask.currentText()]


def take_away(panel):
    """Copy and save by the menus of the right button."""
    exports = panel._exports
    for name in ("chart", "table"):
        menu = getattr(exports, f"menu_of_{name}")()
        SEEN[f"menu_of_{name}"] = [action.text() for action in menu.actions() if action.text()]
    QApplication.clipboard().clear()
    panel.view.copy_chart.trigger()
    image = QApplication.clipboard().image()
    SEEN["copied_chart"] = [image.width(), image.height()]
    panel.view.table.clearSelection()
    panel.view.copy_values.trigger()
    SEEN["copied"] = QApplication.clipboard().text().split("\n")
    path = str(DATA / "titled.png")
    QFileDialog.getSaveFileName = staticmethod(lambda *_, **__: (path, ""))
    panel.view.save_png.trigger()
    pause(100)


def see_tips(panel):
    """The layer of rows that Extract has loaded speaks in words."""
    layer = next(each for each in QgsProject.instance().mapLayers().values() if each.name().startswith("fields, mean"))
    curve = panel.curves[0]
    SEEN["aliases"] = {field.name(): field.alias() for field in layer.fields()}
    SEEN["columns"] = [column.name for column in layer.attributeTableConfig().columns()]
    feature = next(
        feature for feature in layer.getFeatures()
        if feature["zone"] == curve.zone and feature["filename"] == curve.filenames[2]
    )  # fmt: skip
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature)
    SEEN["tip"] = QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)
    SEEN["tip_wanted"] = [
        panel.zones.label(curve.zone, "name"), f"{curve.numbers['mean'][2]:.2f}", f"{100 * (1 - curve.cloudy[2]):.0f}"
    ]  # fmt: skip
    SEEN["display"] = QgsExpression(layer.displayExpression()).evaluate(context)


def edit(panel, layer):
    """A field is drawn anew in the layer that was extracted."""
    feature = next(layer.getFeatures())
    layer.startEditing()
    layer.changeGeometry(feature.id(), QgsGeometry(feature.geometry()).buffer(0.0005, 3))
    assert layer.commitChanges(), layer.commitErrors()

    def offers():
        # What else is to be said may come before it or after it.
        return [item for item in panel.view.messages.findChildren(QgsMessageBarItem) if item.findChild(QPushButton)]

    wait(offers, "the dock says so")
    (item,) = offers()
    SEEN["edited"] = item.text()
    item.findChild(QPushButton).click()
    pause(500)
    # Newer versions of QGIS put the group of an algorithm before its name.
    dialogs = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog)]
    dialog = next(each for each in dialogs if each.windowTitle().endswith("Extract"))
    SEEN["again"] = dialog.mainWidget().wrappers["INPUT"].parameterValue() in (layer.id(), layer.source())
    close(dialog)


def remember(panel):
    view, project = panel.view, QgsProject.instance()
    view.shown.choose_line("smoothed")
    view.shown._ticks["band"].setChecked(False)
    view.table_shown.setChecked(True)
    panel._choice.choose("", "", "crop")
    wait(lambda: not panel.busy, "the smoothed curve")
    go_to(panel, 3)
    view.chart.zoom(0.5)
    SEEN["before"] = shown(panel)
    assert project.write(str(DATA / "days.qgz"))
    project.clear()
    view.shown.choose_line("straight")
    view.shown._ticks["band"].setChecked(True)
    view.table_shown.setChecked(False)
    panel._choice.choose("", "", "name")
    panel.show_zones([0, 1])
    view.chart.show_everything()
    wait(lambda: not panel.busy, "other curves")
    go_to(panel, 0)
    assert project.read(str(DATA / "days.qgz"))
    wait(lambda: len(panel.shown) == 1 and at_rest(panel) and panel._of_project is None, "the project's curves")
    pause(500)
    SEEN["after"] = shown(panel)
    picture = os.environ.get("SCENARIO_PICTURE")
    if picture:
        iface.mainWindow().grab().save(picture)


def shown(panel):
    view = panel.view
    return {
        "line": view.shown.display().line, "band": view.shown.display().band, "table": view.table.isVisible(),
        "field": panel._choice.field, "zones": panel.shown, "day": str(panel._day.day()),
        "view": [round(edge, 6) for edge in view.chart.view() or ()],
    }  # fmt: skip


start(scenario)
