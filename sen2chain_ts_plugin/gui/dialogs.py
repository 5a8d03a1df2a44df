"""The dialogs of the algorithms, opened from elsewhere than the toolbox."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtWidgets import QDialog

PROVIDER = "sen2chain_ts"


def open_dialog(algorithm: str, parameters: dict[str, Any] | None = None) -> QDialog:
    """Open the dialog of an algorithm of this plugin, with some parameters filled in; it cleans up after itself."""
    from processing import createAlgorithmDialog

    dialog: QDialog = createAlgorithmDialog(f"{PROVIDER}:{algorithm}", parameters or {})
    dialog.show()
    return dialog
