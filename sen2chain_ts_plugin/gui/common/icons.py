"""The icons of the plugin. They are drawn so that they can be seen on bright and on dark panels."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtGui import QIcon

_FOLDER = Path(__file__).parents[2] / "resources" / "icons"


def icon(name: str) -> QIcon:
    """Return an icon of the plugin by the name of its file."""
    return QIcon(str(_FOLDER / f"{name}.svg"))
