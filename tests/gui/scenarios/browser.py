"""A user finds an extraction in the Browser, drags an index of it to the dock and to the map, and drops a folder."""

import os
import shutil
import sys

sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

from driver import DATA, SEEN, pause, plugin, start, wait
from qgis.core import QgsApplication, QgsMimeDataUtils, QgsProject
from qgis.PyQt.QtCore import QMimeData, QModelIndex, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtWidgets import QDockWidget, QMenu, QTreeView
from qgis.utils import iface, unloadPlugin

MASK = "CM004-CSH1-CMP1-CHP1-TCI1-ITER1"


def scenario():
    (made,) = (DATA / "expected").iterdir()
    shutil.move(made, DATA / "trees" / made.name)
    dock = next(each for each in iface.mainWindow().findChildren(QDockWidget) if each.objectName() == "Browser")
    dock.show()
    iface.browserModel().addFavoriteDirectory(str(DATA / "trees"), "trees")
    view = dock.findChild(QTreeView)
    folder = child(view, child(view, None, "Favorites"), "trees")
    trees = [each for each in children(view, folder) if len(children(view, each)) and is_ours(view, each)]
    SEEN["trees"] = [each.data() for each in trees]
    pairs = children(view, trees[0])
    SEEN["pairs"] = [each.data() for each in pairs]
    drop_on_dock(view.model().mimeData([pairs[0]]))
    drop_on_map(view.model().mimeData([pairs[0]]))
    drop_folder(DATA / "trees" / made.name)
    SEEN["menu"] = menu_of(view, pairs[0])
    unloadPlugin("sen2chain_ts_plugin")
    pause(1000)
    folder = child(view, child(view, None, "Favorites"), "trees")
    SEEN["left"] = [each.data() for each in children(view, folder) if is_ours(view, each)]


def children(view, parent):
    """Return what the Browser shows below an item, opened as a click does."""
    view.expand(parent)
    pause(600)
    return [view.model().index(row, 0, parent) for row in range(view.model().rowCount(parent))]


def child(view, parent, name):
    parent = parent or QModelIndex()
    if parent.isValid():
        view.expand(parent)
    wait(lambda: find(view, parent, name) is not None, name)
    return find(view, parent, name)


def find(view, parent, name):
    rows = [view.model().index(row, 0, parent) for row in range(view.model().rowCount(parent))]
    return next((each for each in rows if each.data() == name), None)


def item_of(view, index):
    return iface.browserModel().dataItem(view.model().mapToSource(index))


def is_ours(view, index):
    return type(item_of(view, index)).__name__ in ("_TreeItem", "_PairItem")


def drop_on_dock(data):
    window = plugin().window
    window.time_series.show()
    pause(200)
    send_drop(window.time_series, data)
    panel = window.time_series.widget()
    wait(lambda: panel.extraction is not None and not panel.busy and panel.view.index.count(), "the dock shows it")
    pause(300)
    SEEN["dock"] = [panel.extraction, panel.view.index.currentData(), panel.view.cloudmask.currentData(), panel.shown]


def send_drop(widget, data):
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place = QPointF(20, 20)
    QgsApplication.sendEvent(widget, QDragEnterEvent(place.toPoint(), action, data, button, keys))
    QgsApplication.sendEvent(widget, QDropEvent(place, action, data, button, keys))


def drop_on_map(data):
    """Do with what is dragged what QGIS does with it on the map."""
    drops = plugin().window._browser._drops
    for uri in QgsMimeDataUtils.decodeUriList(data):
        SEEN["uri"] = [uri.layerType, uri.providerKey == drops.customUriProviderKey()]
        drops.handleCustomUriDrop(uri)
    wait(lambda: QgsProject.instance().mapLayersByName("zones, mean NDVI"), "the values as a layer")
    SEEN["values"] = QgsProject.instance().mapLayersByName("zones, mean NDVI")[0].featureCount()


def drop_folder(folder):
    """Drop a folder from outside: what is no extraction is left to QGIS."""
    drops = plugin().window._browser._drops
    SEEN["dropped"] = [drops.handleFileDrop(str(folder)), drops.handleFileDrop(str(folder.parent))]
    SEEN["zones"] = [
        layer.name() for layer in QgsProject.instance().mapLayers().values() if "zones, zones" in layer.name()
    ]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    from sen2chain_ts_plugin.gui.map.browser_items import dragged

    SEEN["folder"] = [str(dragged(data).folder) == str(folder), dragged(QMimeData())]


def menu_of(view, index):
    menu = QMenu()
    plugin().window._browser._menus.populateContextMenu(item_of(view, index), menu, [], None)
    return [action.text() for action in menu.actions()]


start(scenario)
