"""A French user opens everything there is, and reads it."""

import os
import sys

sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

import processing
from driver import DATA, SEEN, close, ended, pause, plugin, run_from_toolbox, start, wait
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAbstractButton, QAction, QComboBox, QLabel, QTableView, QTreeWidget, QWidget


def scenario():
    window = plugin().window
    SEEN["read"] = []
    read(window._menu)
    dock = window.time_series
    dock.show()
    pause(300)
    panel = dock.widget()
    read(dock)
    values = {"INPUT": str(DATA / "layers" / "zones.shp"), "LIBRARY": str(DATA / "library"), "CLOUDMASKS": "CM001"}
    dialog = run_from_toolbox("extract", {**values, "OUTPUT": str(DATA / "out")})
    wait(lambda: ended(dialog), "extract has ended")
    close(dialog)
    wait(lambda: not panel.busy and panel.extraction is not None, "the dock shows the extraction")
    panel.show_zones([0, 1])
    wait(lambda: panel.curves and not panel.busy, "the curves are drawn")
    panel.view.table.show()
    read(dock)
    panel.view.chart.canvas.draw()
    SEEN["read"] += [label.get_text() for label in panel.view.chart._axes.get_xticklabels()]
    SEEN["status"] = panel.view.status.text()
    processing.run("sen2chain_ts:savejob", {"NAME": "nuit", **values})
    jobs = window.jobs
    jobs.show()
    jobs.raise_()
    jobs.widget().view.library.setFilePath(values["LIBRARY"])
    wait(lambda: jobs.widget().view.tree.topLevelItemCount() == 1, "the job is listed")
    read(jobs)
    for algorithm in QgsApplication.processingRegistry().providerById("sen2chain_ts").algorithms():
        dialog = processing.createAlgorithmDialog(algorithm.id(), {"LIBRARY": values["LIBRARY"]})
        dialog.show()
        pause(100)
        read(dialog)
        close(dialog)


def read(widget):
    """Note every text that a widget and all in it show."""
    texts = [widget.windowTitle()]
    for each in [widget, *widget.findChildren(QWidget)]:
        texts += [each.toolTip(), each.accessibleName()]
    for kind in (QLabel, QAbstractButton, QAction):
        for each in widget.findChildren(kind):
            texts += [each.text(), each.toolTip()]
    for box in widget.findChildren(QComboBox):
        texts += [box.itemText(number) for number in range(box.count())]
    for tree in widget.findChildren(QTreeWidget):
        heads = range(tree.columnCount())
        items = [tree.headerItem(), *(tree.topLevelItem(number) for number in range(tree.topLevelItemCount()))]
        texts += [item.text(column) for item in items for column in heads]
    for table in widget.findChildren(QTableView):
        model = table.model()
        if model is not None:
            texts += [model.headerData(k, Qt.Orientation.Horizontal) for k in range(model.columnCount())]
    SEEN["read"] += [str(text) for text in texts if text]


start(scenario)
