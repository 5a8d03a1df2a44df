"""What the fields of the layers of analyses are called, and what is said of a row, in words."""

from __future__ import annotations

from qgis.core import QgsVectorLayer

from ..support.i18n import tr
from .row_words import day_expression, dress_in_words, quoted

_DAYS = ("sos", "pos", "eos")


def explain_result(layer: QgsVectorLayer, index: str, value: str, begin: str) -> None:
    """Give a layer of an analysis titles in words, a tip on the map, and a table that begins with what counts.

    Parameters
    ----------
    layer, index
        the layer, and the index of its rows; empty for several.
    value
        the field that says most.
    begin
        the field of the first day of a row; empty where rows have none.
    """
    words = {**_words(), "value": index or tr("Value")}
    said = ""
    if layer.fields().lookupField(value) >= 0:
        # A slope of a year is small.
        text = day_expression(value) if value in _DAYS else f'format_number("{value}", {4 if value == "slope" else 2})'
        said = f"'{quoted(words.get(value, value))} ' || coalesce({text}, '')"
    first = list(filter(None, (begin, value)))
    dress_in_words(layer, words, first, tuple(words), day_expression(begin) if begin else "", said)


def _words() -> dict[str, str]:
    return {
        **_words_of_values(),
        **_words_of_seasons(),
        "zone": tr("Zone number"),
        "date": tr("Date"),
        "begin": tr("First day"),
        "end": tr("Last day"),
        "period": tr("Period"),
        "year": tr("Year"),
        "years": tr("Years"),
        "dates": tr("Dates"),
        "pixels": tr("Valid pixels"),
        "count": tr("Valid pixels"),
        "valid_share": tr("Share of valid pixels"),
        "longest_gap": tr("Longest gap (days)"),
        "gap": tr("Gap (days)"),
        "observed": tr("Observed mean"),
        "filled": tr("Filled"),
        "used": tr("Used"),
        "weight": tr("Weight"),
        "flags": tr("Remarks"),
        "index": tr("Index"),
        "cloudmask": tr("Cloud mask"),
    }


def _words_of_seasons() -> dict[str, str]:
    return {
        "season": tr("Season"),
        "sos": tr("Start of the season"),
        "pos": tr("Peak of the season"),
        "eos": tr("End of the season"),
        "los": tr("Length of the season (days)"),
        "sos_value": tr("Value at the start"),
        "pos_value": tr("Value at the peak"),
        "eos_value": tr("Value at the end"),
        "base_left": tr("Low before the season"),
        "base_right": tr("Low after the season"),
        "amplitude": tr("Amplitude"),
        "greening": tr("Rise per day"),
        "senescence": tr("Fall per day"),
        "integral": tr("Integral of the season (days)"),
        "integral_above": tr("Integral above the lows (days)"),
        "sos_doy": tr("Start, day of the year"),
        "pos_doy": tr("Peak, day of the year"),
        "eos_doy": tr("End, day of the year"),
    }


def _words_of_values() -> dict[str, str]:
    return {
        "mean": tr("Mean"),
        "median": tr("Median"),
        "min": tr("Minimum"),
        "max": tr("Maximum"),
        "std": tr("Standard deviation"),
        "normal": tr("Normal"),
        "sd": tr("Standard deviation of the years"),
        "difference": tr("Difference from the normal"),
        "ratio": tr("Share of the normal (%)"),
        "z": "z",
        "vci": "VCI",
        "percentile": tr("Percentile"),
        "slope": tr("Slope per year"),
        "slope_low": tr("Slope per year, lower limit (95 %)"),
        "slope_high": tr("Slope per year, upper limit (95 %)"),
        "intercept": tr("Value of the line in the first year"),
        "s": "S",
        "tau": "tau",
        "p": "p",
    }
