"""A file or folder opened by the program that the system has for it, or else shown here: never is nothing seen."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QFontDatabase
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from ...engine.files import is_file, system_path
from ...processing.support.i18n import tr

# Of a long log the end, which says how it went.
_MOST_BYTES = 1 << 20


def open_file(path: Path, parent: QWidget) -> str:
    """Open a file or folder, and return what to tell the user: where it is."""
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        return tr("Opened {path}").format(path=path)
    if is_file(path):
        _show_text(path, parent)
    return tr("This system has no program that opens {path}").format(path=path)


def _show_text(path: Path, parent: QWidget) -> None:
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(str(path))
    dialog.resize(800, 500)
    text = QPlainTextEdit(_end_of(path), dialog)
    text.setReadOnly(True)
    text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    text.setAccessibleName(path.name)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    buttons.rejected.connect(dialog.close)
    layout = QVBoxLayout(dialog)
    layout.addWidget(text)
    layout.addWidget(buttons)
    dialog.show()
    text.verticalScrollBar().setValue(text.verticalScrollBar().maximum())


def _end_of(path: Path) -> str:
    try:
        with open(system_path(path), "rb") as stream:
            size = stream.seek(0, 2)
            stream.seek(max(0, size - _MOST_BYTES))
            return stream.read().decode("utf-8", "replace")
    except OSError as error:
        return tr("Cannot read {path}: {reason}").format(path=path, reason=error.strerror or error)
