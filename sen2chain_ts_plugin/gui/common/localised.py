"""Numbers and dates as the user writes them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, datetime

from qgis.PyQt.QtCore import QDate, QLocale

from ...processing.support.i18n import names_of_dates


def number_text(value: float, decimals: int) -> str:
    """Return a number with the user's decimal point; empty for none."""
    return "" if math.isnan(value) else QLocale().toString(float(value), "f", decimals)


def percent_text(share: float) -> str:
    """Return a share, 0 to 1, in whole percent."""
    return f"{number_text(share * 100, 0)} %"


def day_text(day: date) -> str:
    """Return a day with the name of its month, short: 21 Nov 2021."""
    return day_texts([day])[0]


def day_texts(days: Iterable[date]) -> list[str]:
    """Return many days as `day_text` does: QGIS is asked for its language once."""
    names = names_of_dates()
    return [names.toString(QDate(day.year, day.month, day.day), "d MMM yyyy") for day in days]


def short_day_text(day: date) -> str:
    """Return a day without its year: 21 Nov."""
    return names_of_dates().toString(QDate(day.year, day.month, day.day), "d MMM")


def moment_text(moment: datetime) -> str:
    """Return a day and the time of it: 21 Nov 2021, 06:35."""
    return f"{day_text(moment)}, {moment:%H:%M}"
