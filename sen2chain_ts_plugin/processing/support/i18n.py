"""Translation of the texts of the plugin, and of the templates of the engine's messages and errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

from ...engine.errors import EngineError, Phrase

CONTEXT = "Sen2ChainTimeSeries"
_TRANSLATIONS = Path(__file__).parents[2] / "resources" / "i18n"


def tr(text: str) -> str:
    """Return the text in the user's language."""
    return QCoreApplication.translate(CONTEXT, text)


def tr_message(message: str, values: dict[str, Any]) -> str:
    """Return a message of the engine, a template with named values, in the user's language."""
    return tr(message).format(**{name: _translated(value) for name, value in values.items()})


def _translated(value: Any) -> Any:
    if isinstance(value, EngineError):
        return tr_error(value)
    return tr_message(value.message, value.values) if isinstance(value, Phrase) else value


def tr_error(error: EngineError) -> str:
    """Return what failed and the remedy, in the user's language."""
    return tr_message(type(error).message, error.values)


def language() -> str:
    """Return the language of the texts, like ``en``."""
    name = _locale()[:2]
    return name if (_TRANSLATIONS / f"sen2chain_ts_{name}.qm").is_file() else "en"


def names_of_dates() -> QLocale:
    """Return the locale that has the names of days and months in the language that QGIS shows."""
    return QLocale(_locale())


def _locale() -> str:
    # What QGIS itself translates to: under `qgis --lang fr` the locale is still that of the system.
    application = QgsApplication.instance()
    shown = application.translation() if isinstance(application, QgsApplication) else ""
    return shown or QgsApplication.locale()


def load_translator() -> QTranslator | None:
    """Return the translator of the user's language, installed; None where the texts stay English.

    The caller keeps it, and removes it with ``QCoreApplication.removeTranslator``.
    """
    translator = QTranslator()
    if not translator.load(QLocale(_locale()), "sen2chain_ts", "_", str(_TRANSLATIONS), ".qm"):
        return None
    QCoreApplication.installTranslator(translator)
    return translator
