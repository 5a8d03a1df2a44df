"""A user without a mouse: opens the docks, reaches everything in them, and reads the chart by the arrow keys."""

import os
import sys

sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

from driver import DATA, SEEN, close, ended, pause, plugin, run_from_toolbox, start, wait
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QWidget
from qgis.utils import iface

KEYS = Qt.Key


def scenario():
    window = plugin().window
    iface.mainWindow().activateWindow()
    open_by_keyboard(window.time_series)
    SEEN["first_focus"] = said(QApplication.focusWidget())
    panel = window.time_series.widget()
    SEEN["round_empty"] = tab_round(panel)
    values = {"INPUT": str(DATA / "layers" / "zones.shp"), "LIBRARY": str(DATA / "library"), "CLOUDMASKS": "CM001"}
    dialog = run_from_toolbox("extract", {**values, "OUTPUT": str(DATA / "out")})
    wait(lambda: ended(dialog), "extract ends")
    close(dialog)
    wait(lambda: panel.view.index.count() and not panel.busy, "the dock shows the extraction")
    iface.mainWindow().activateWindow()
    panel.show_zones([0, 1])
    wait(lambda: len(panel.curves) == 2 and not panel.busy, "two curves")
    panel.view.table_shown.setChecked(True)
    pause(200)
    SEEN["round"] = tab_round(panel)
    SEEN["back"] = tab_round(panel, KEYS.Key_Backtab)
    SEEN["nameless"] = nameless(panel)
    read_chart(panel)
    step_by_shortcut(panel)
    use_table(panel)
    set_smoothing(panel)
    use_jobs(window.jobs, values)


def open_by_keyboard(dock):
    """Choose the dock in its menu, as Alt, arrows and Enter do."""
    menu = next(action.menu() for action in iface.pluginMenu().actions() if "Sen2Chain" in action.text())
    action = next(action for action in menu.actions() if action.text() == dock.windowTitle())
    menu.popup(iface.mainWindow().mapToGlobal(iface.mainWindow().rect().center()))
    menu.setActiveAction(action)
    press(menu, KEYS.Key_Return)
    wait(dock.isVisible, "the dock opens")
    pause(200)


def tab_round(panel, key=KEYS.Key_Tab):
    """Press Tab, or the key that goes back, until the focus leaves the panel or comes round; return what had it."""
    iface.mainWindow().activateWindow()
    wait(iface.mainWindow().isActiveWindow, "the window gets the keys")
    panel.setFocus()
    stops = []
    for _ in range(60):
        widget = QApplication.focusWidget()
        if widget is None or not panel.isAncestorOf(widget) or said(widget) in stops:
            break
        stops.append(said(widget))
        press(widget, key)
    return stops


def nameless(panel):
    """Return what takes the focus and has no words for it."""
    widgets = panel.findChildren(QWidget)
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox)
    inner = (QComboBox, QAbstractSpinBox)
    return [
        f"{type(each).__name__} {each.objectName()}"
        for each in widgets
        if isinstance(each, kinds)
        and not isinstance(each.parent(), inner)
        and not each.objectName().startswith("qt_")
        and not (said(each) or each.toolTip())
    ]


def read_chart(panel):
    chart = panel.view.chart
    canvas = chart.canvas
    canvas.setFocus()
    pause(50)
    curve, other = panel.curves
    SEEN["dates"] = [date.isoformat() for date in curve.dates]
    SEEN["others"] = [date.isoformat() for date in other.dates]
    SEEN["frame"] = chart.grab().toImage().pixelColor(0, chart.height() // 2).name()
    SEEN["highlight"] = panel.view.table.palette().highlight().color().name()
    canvas_picture = canvas.grab().toImage()
    press(canvas, KEYS.Key_Right)
    SEEN["right"] = canvas.accessibleDescription()
    press(canvas, KEYS.Key_Right)
    pause(100)
    SEEN["right_again"] = canvas.accessibleDescription()
    SEEN["ring_drawn"] = canvas.grab().toImage() != canvas_picture
    press(canvas, KEYS.Key_Down)
    SEEN["down"] = canvas.accessibleDescription()
    press(canvas, KEYS.Key_Up)
    press(canvas, KEYS.Key_End)
    SEEN["end"] = canvas.accessibleDescription()
    press(canvas, KEYS.Key_Left)
    SEEN["left"] = canvas.accessibleDescription()
    press(canvas, KEYS.Key_Return)
    wait(lambda: panel._day.shown() is not None, "the temporal controller is set")
    SEEN["moment"] = [edge.isoformat() for edge in panel._day.shown()]
    views = [chart.shown_dates()]
    for key, modifier in (
        (KEYS.Key_Plus, Qt.KeyboardModifier.NoModifier),
        (KEYS.Key_Right, Qt.KeyboardModifier.ShiftModifier),
        (KEYS.Key_0, Qt.KeyboardModifier.NoModifier),
    ):
        press(canvas, key, modifier)
        views.append(chart.shown_dates())
    SEEN["views"] = [[edge.isoformat() for edge in view] for view in views]
    press(canvas, KEYS.Key_Escape)
    SEEN["escaped"] = canvas.accessibleDescription()
    SEEN["still_open"] = panel.isVisible() and canvas.hasFocus()


def step_by_shortcut(panel):
    panel.show_zones([0])
    wait(lambda: len(panel.curves) == 1 and not panel.busy, "one curve")
    SEEN["zones"] = []
    for key, modifier in (
        (KEYS.Key_PageDown, Qt.KeyboardModifier.NoModifier),
        (KEYS.Key_Left, Qt.KeyboardModifier.AltModifier),
    ):
        press(panel.view.chart.canvas, key, modifier)
        wait(lambda: panel.curves and not panel.busy, "the curve of another zone")
        SEEN["zones"].append(list(panel.shown))


def use_table(panel):
    table = panel.view.table
    table.setFocus()
    press(table, KEYS.Key_Down)
    press(table, KEYS.Key_Down)
    SEEN["row"] = table.currentIndex().row()
    press(table, KEYS.Key_Return)
    pause(100)
    date = panel.curves[0].dates[SEEN["row"]]
    first, last = panel._day.shown()
    SEEN["table_sets_date"] = first <= date <= last


def set_smoothing(panel):
    """Open the menu of what the chart shows, choose its last line, and change the window of the smoothing."""
    buttons = panel.findChildren(QAbstractButton)
    menu = next(each for each in buttons if each.accessibleName() == "What the chart shows").menu()
    menu.popup(panel.mapToGlobal(panel.rect().center()))
    press(menu, KEYS.Key_Up)
    press(menu, KEYS.Key_Return)
    form = panel.view.shown.smoothing
    wait(form.isActiveWindow, "the dialog of the smoothing opens")
    before = form.value().window_length
    press(form.focusWidget(), KEYS.Key_Tab)
    press(form.focusWidget(), KEYS.Key_Up)
    SEEN["window_length"] = [before, form.value().window_length]
    press(form.focusWidget(), KEYS.Key_Escape)
    SEEN["smoothing_open"] = form.isVisible()


def use_jobs(dock, values):
    import processing

    from sen2chain_ts_plugin.gui.jobs import panel as jobspanel

    opened = []
    processing.run("sen2chain_ts:savejob", {"NAME": "night", **values})
    open_by_keyboard(dock)
    panel = dock.widget()
    panel.view.library.setFilePath(values["LIBRARY"])
    wait(lambda: panel.view.tree.topLevelItemCount() == 1, "the job is listed")
    SEEN["nameless"] += nameless(panel)
    SEEN["round_jobs"] = tab_round(panel)
    SEEN["back_jobs"] = tab_round(panel, KEYS.Key_Backtab)
    panel._open_form = lambda values: opened.append((values.get("NAME"), values.get("TASK")))
    jobspanel.QMessageBox.question = staticmethod(
        lambda *_: opened.append("asked") or jobspanel.QMessageBox.StandardButton.No
    )
    tree = panel.view.tree
    tree.setFocus()
    for key in (KEYS.Key_Down, KEYS.Key_Up, KEYS.Key_Return, KEYS.Key_Delete, KEYS.Key_Insert):
        press(tree, key)
    SEEN["jobs"] = opened


def press(widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, key, modifier)
    pause(30)


def said(widget):
    """Return what a screen reader says of a widget."""
    if widget is None:
        return ""
    text = getattr(widget, "text", None)
    return widget.accessibleName() or (text() if isinstance(widget, QAbstractButton) else "") or type(widget).__name__


start(scenario)
