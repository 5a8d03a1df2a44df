"""Extractions in QGIS's Browser: an item for each, with its indices and masks, to be dragged to the map or the dock.

The Browser fills itself in threads of its own, from the moment QGIS starts: what is here only looks at names of
folders, and imports nothing for it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from qgis.core import (
    QgsApplication,
    QgsDataCollectionItem,
    QgsDataItem,
    QgsDataItemProvider,
    QgsMimeDataUtils,
)
from qgis.gui import QgsCustomDropHandler, QgsDataItemGuiProvider
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QMimeData
from qgis.PyQt.QtWidgets import QMenu

from ...processing.support.compat import DIRECTORIES
from ...processing.support.i18n import tr
from ..common.icons import icon
from ..common.plain_words import index_words, mask_words

_KEY = "sen2chain_ts"
_FOLDER = re.compile(r".+_[0-9a-f]{16}")


@dataclass(frozen=True)
class Dragged:
    """An extraction, or one index and cloud mask of it; both are empty for all of it."""

    folder: Path
    index: str = ""
    mask: str = ""

    def uri(self, name: str) -> QgsMimeDataUtils.Uri:
        """Return it as it travels with the mouse."""
        uri = QgsMimeDataUtils.Uri()
        uri.layerType, uri.providerKey, uri.name = "custom", _KEY, name
        uri.uri = json.dumps([str(self.folder), self.index, self.mask])
        return uri


def read_uri(uri: QgsMimeDataUtils.Uri) -> Dragged | None:
    """Return what travels in a URI; None for what is not ours."""
    if uri.layerType != "custom" or uri.providerKey != _KEY:
        return None
    folder, index, mask = json.loads(uri.uri)
    return Dragged(Path(folder), index, mask)


def dragged(data: QMimeData) -> Dragged | None:
    """Return the extraction that is dragged, out of the Browser or as a folder from outside; None for anything else."""
    for uri in QgsMimeDataUtils.decodeUriList(data) if QgsMimeDataUtils.isUriList(data) else ():
        found = read_uri(uri)
        if found is not None:
            return found
    folders = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return next((Dragged(folder) for folder in folders if is_extraction(folder)), None)


def is_extraction(folder: Path) -> bool:
    """Tell whether a folder is an extraction, by its name and by what is in it."""
    return bool(_FOLDER.fullmatch(folder.name)) and os.path.isdir(folder / "raw_data")


def _pairs(folder: Path) -> Iterator[tuple[str, str, int]]:
    """Yield the indices and cloud masks of an extraction, and how many raw files each has."""
    for raw in sorted(folder.glob("raw_data/*/*")):
        number = len(list(raw.glob("*.csv")))
        if number:
            yield raw.parent.name, raw.name, number


class _PairItem(QgsDataItem):
    """An index and a cloud mask of an extraction."""

    def __init__(self, parent: QgsDataItem, what: Dragged, name: str) -> None:
        super().__init__(QgsDataItem.Type.Custom, parent, name, f"{what.folder}/{what.index}/{what.mask}")
        self.what = what
        self.setIcon(icon("timeseries"))
        words = filter(None, (index_words(what.index), mask_words(what.mask)))
        self.setToolTip("\n".join([*words, str(what.folder / "raw_data" / what.index / what.mask)]))
        self.setState(QgsDataItem.State.Populated)

    def hasDragEnabled(self) -> bool:
        return True

    def mimeUris(self) -> list[QgsMimeDataUtils.Uri]:
        return [self.what.uri(self.name())]


class _TreeItem(QgsDataCollectionItem):
    """An extraction."""

    def __init__(self, parent: QgsDataItem | None, folder: Path) -> None:
        super().__init__(parent, folder.name, str(folder), _KEY)
        self.what = Dragged(folder)
        self.setIcon(icon("extract"))
        self.setToolTip(tr("Extraction {folder}").format(folder=folder))

    def createChildren(self) -> list[QgsDataItem]:
        folder = self.what.folder
        return [
            _kept(_PairItem(self, Dragged(folder, index, mask), f"{index}  {mask}  ({number})"))
            for index, mask, number in _pairs(folder)
        ]

    def hasDragEnabled(self) -> bool:
        return True

    def mimeUris(self) -> list[QgsMimeDataUtils.Uri]:
        return [self.what.uri(self.name())]


def tree_item(folder: Path, parent: QgsDataItem | None = None) -> QgsDataCollectionItem:
    """Return the item of an extraction."""
    return _kept(_TreeItem(parent, folder))


# QGIS owns the items, and yet Python would take those away that it has no name for.
_ITEMS: list[QgsDataItem] = []
_Item = TypeVar("_Item", bound=QgsDataItem)


def _kept(item: _Item) -> _Item:
    _ITEMS[:] = [each for each in _ITEMS if not sip.isdeleted(each)]
    _ITEMS.append(item)
    return item


class _Provider(QgsDataItemProvider):
    """Tells the Browser which folders are extractions."""

    def name(self) -> str:
        return _KEY

    def capabilities(self) -> Any:
        return DIRECTORIES

    def handlesDirectoryPath(self, path: str) -> bool:
        return is_extraction(Path(path))

    def createDataItem(self, path: str, parent: QgsDataItem | None) -> QgsDataItem | None:
        return tree_item(Path(path), parent) if path and is_extraction(Path(path)) else None


class _Menus(QgsDataItemGuiProvider):
    """The context menu of our items."""

    def __init__(self, opened: Callable[[Dragged], object], loaded: Callable[[Dragged], object]) -> None:
        super().__init__()
        self._opened, self._loaded = opened, loaded

    def name(self) -> str:
        return _KEY

    def populateContextMenu(self, item: QgsDataItem, menu: QMenu, selected: Any, context: Any) -> None:
        if isinstance(item, (_TreeItem, _PairItem)):
            what = item.what
            menu.addAction(icon("timeseries"), tr("Show the curves"), lambda: self._opened(what))
            text = tr("Load the values as a layer") if what.index else tr("Add the zones to the map")
            menu.addAction(QgsApplication.getThemeIcon("/mActionAddOgrLayer.svg"), text, lambda: self._loaded(what))

    def handleDoubleClick(self, item: QgsDataItem, context: Any) -> bool:
        if isinstance(item, _PairItem):
            self._opened(item.what)
            return True
        return False


class _Drops(QgsCustomDropHandler):
    """Takes what is dropped on the map or on the list of layers."""

    def __init__(self, loaded: Callable[[Dragged], object]) -> None:
        super().__init__()
        self._loaded = loaded

    def customUriProviderKey(self) -> str:
        return _KEY

    def handleCustomUriDrop(self, uri: QgsMimeDataUtils.Uri) -> None:
        what = read_uri(uri)
        if what is not None:
            self._loaded(what)

    def handleFileDrop(self, file: str) -> bool:
        if not is_extraction(Path(file)):
            return False
        self._loaded(Dragged(Path(file)))
        return True


class BrowserItems:
    """What the plugin adds to the Browser, as long as it is there.

    Parameters
    ----------
    iface
        the window of QGIS.
    opened
        called with what is to be shown in the dock.
    loaded
        called with what is to be loaded into the map.
    """

    def __init__(self, iface: Any, opened: Callable[[Dragged], object], loaded: Callable[[Dragged], object]) -> None:
        self._iface = iface
        self._provider, self._menus, self._drops = _Provider(), _Menus(opened, loaded), _Drops(loaded)
        QgsApplication.dataItemProviderRegistry().addProvider(self._provider)
        self._gui_registry().addProvider(self._menus)
        iface.registerCustomDropHandler(self._drops)

    def close(self) -> None:
        """Take it back."""
        self._iface.unregisterCustomDropHandler(self._drops)
        self._gui_registry().removeProvider(self._menus)
        QgsApplication.dataItemProviderRegistry().removeProvider(self._provider)
        parents = [each.parent() for each in _ITEMS if not sip.isdeleted(each) and isinstance(each, _TreeItem)]
        for parent in parents:
            if parent is not None:
                parent.refresh()

    def _gui_registry(self) -> Any:
        from qgis.gui import QgsGui

        return QgsGui.dataItemGuiProviderRegistry()
