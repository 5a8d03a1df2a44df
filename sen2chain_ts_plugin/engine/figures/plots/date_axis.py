"""The dates below a chart of matplotlib, with months in the language of the texts and not in that of the system."""

from __future__ import annotations

import re
from typing import Any

from ..html.calendar_svg import months
from ..html.page import Translate

# What matplotlib's ConciseDateFormatter takes, with the number of the month for its name: for years, months, days,
# hours, minutes and seconds.
_FORMATS = ["%Y", "<%m>", "%d", "%H:%M", "%H:%M", "%S.%f"]
_ZERO_FORMATS = ["", "%Y", "<%m>", "<%m>-%d", "%H:%M", "%H:%M"]
_OFFSET_FORMATS = ["", "%Y", "%Y-<%m>", "%Y-<%m>-%d", "%Y-<%m>-%d", "%Y-<%m>-%d %H:%M"]


def date_formatter(locator: Any, tr: Translate, *, show_offset: bool = True) -> Any:
    """Return a formatter of dates.

    Parameters
    ----------
    locator
        of matplotlib, that places the dates.
    tr
        translates the short names of the months.
    show_offset
        whether what all dates share, like their year, is written at the end of the axis.
    """
    from matplotlib.dates import ConciseDateFormatter

    names = months(tr)

    def named(text: str) -> str:
        return re.sub(r"<(\d\d)>", lambda found: names[int(found[1]) - 1], text)

    formatter: Any = ConciseDateFormatter(
        locator, formats=_FORMATS, zero_formats=_ZERO_FORMATS, offset_formats=_OFFSET_FORMATS, show_offset=show_offset
    )
    write = formatter.format_ticks

    def format_ticks(values: Any) -> list[str]:
        labels = [named(label) for label in write(values)]
        formatter.offset_string = named(formatter.offset_string)
        return labels

    formatter.format_ticks = format_ticks
    return formatter
