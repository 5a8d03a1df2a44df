"""The dialogs of the algorithms, opened from elsewhere than the toolbox."""

from __future__ import annotations

from typing import Any

PROVIDER = "sen2chain_ts"
# A dialog is written in Python: without a reference that part of it would go, and only its shell stay.
_OPEN: set[Any] = set()


def open_dialog(algorithm: str, parameters: dict[str, Any] | None = None) -> Any:
    """Open the dialog of an algorithm of this plugin, with some parameters filled in; it cleans up after itself.

    It is Processing's own `AlgorithmDialog`, a QDialog that tells by ``algorithmFinished`` when a run has ended.
    """
    from processing import createAlgorithmDialog

    dialog = createAlgorithmDialog(f"{PROVIDER}:{algorithm}", parameters or {})
    _OPEN.add(dialog)
    dialog.destroyed.connect(lambda: _OPEN.discard(dialog))
    dialog.show()
    return dialog


def close_dialogs() -> None:
    """Close the dialogs that are open, except those whose algorithm is running: they tell how that ends."""
    for dialog in list(_OPEN):
        # Processing keeps the button off while it runs the algorithm.
        if dialog.runButton().isEnabled():
            dialog.close()
