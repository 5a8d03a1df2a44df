"""Calendars as inline SVG: a square per day, a column per week, a block per year; and strips of months.

Instead of matplotlib: the page's own style sheet gives the colours, light and dark, and text stays text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .page import Translate, escape, legend

LEVELS = 5
_CELL, _SIDE = 13, 11  # from one day to the next, and a day's square
_LEFT, _TOP = 34, 20
_WEEKS = 54
_STRIP = 96


@dataclass(frozen=True)
class Day:
    """How a day is shown.

    Attributes
    ----------
    level
        its colour, 1 to `LEVELS`; 0 for the colour of a day without anything.
    title
        what is said when the mouse is over it.
    marked
        whether it bears a dot.
    """

    level: int
    title: str
    marked: bool = False


def months(tr: Translate) -> list[str]:
    """Return the short names of the months."""
    return [
        tr("Jan"), tr("Feb"), tr("Mar"), tr("Apr"), tr("May"), tr("Jun"),
        tr("Jul"), tr("Aug"), tr("Sep"), tr("Oct"), tr("Nov"), tr("Dec"),
    ]  # fmt: skip


def level_of(value: float, bounds: Sequence[float]) -> int:
    """Return the level of a value: 1 up to the first bound, one more from each bound on that it exceeds."""
    return 1 + sum(value > bound for bound in bounds)


def even_bounds(most: int) -> list[int]:
    """Return the bounds of up to `LEVELS` even classes of the whole numbers from 1 to ``most``, without the last."""
    step = max(-(-most // LEVELS), 1)
    return list(range(step, most, step))


def class_labels(bounds: Sequence[int], most: int) -> list[str]:
    """Return what each class holds, like ``3-4``."""
    begins, ends = [1, *(bound + 1 for bound in bounds)], [*bounds, most]
    return [str(begin) if begin == end else f"{begin}-{end}" for begin, end in zip(begins, ends)]


def calendars(days: Mapping[date, Day], tr: Translate) -> str:
    """Return a calendar for each year that has a day."""
    years = sorted({day.year for day in days})
    return f'<div class="calendars">{"".join(_year(year, days, tr) for year in years)}</div>'


def levels_legend(labels: Sequence[str], mark: str = "") -> str:
    """Return the legend of a calendar: what the levels 1, 2… mean, and the dot."""
    marks = [(_swatch(f"h{level}"), label) for level, label in enumerate(labels, 1)]
    if mark:
        dot = '<svg width="12" height="12" aria-hidden="true"><circle class="mark" cx="6" cy="6" r="3.4"/></svg>'
        marks.append((dot, mark))
    return legend(marks)


def strip(levels: Sequence[int], title: str) -> str:
    """Return a small strip of cells side by side, one path per level.

    Parameters
    ----------
    levels
        0 to `LEVELS`, of each cell.
    title
        what is said when the mouse is over it.
    """
    step, height = max(1, min(6, _STRIP // max(len(levels), 1))), 12
    side = step - 1 if step > 3 else step
    paths = []
    for level in sorted(set(levels)):
        cells = "".join(f"M{k * step} 0h{side}v{height}h-{side}z" for k, found in enumerate(levels) if found == level)
        paths.append(f'<path class="h{level}" d="{cells}"/>')
    width = len(levels) * step
    return (
        f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">'
        f"<title>{escape(title)}</title>{''.join(paths)}</svg>"
    )


def _swatch(kind: str) -> str:
    return f'<svg width="12" height="12" aria-hidden="true"><rect class="{kind}" width="12" height="12" rx="2"/></svg>'


def _year(year: int, days: Mapping[date, Day], tr: Translate) -> str:
    first = date(year, 1, 1)
    shift = first.weekday()
    size = (date(year, 12, 31) - first).days + 1

    def place(number: int) -> tuple[int, int]:
        week, weekday = divmod(number + shift, 7)
        return _LEFT + week * _CELL, _TOP + weekday * _CELL

    empty, filled, marks = [], [], []
    for number in range(size):
        x, y = place(number)
        day = days.get(first + timedelta(number))
        if day is None:
            empty.append(f"M{x} {y}h{_SIDE}v{_SIDE}h-{_SIDE}z")
            continue
        filled.append(
            f'<rect class="h{day.level}" x="{x}" y="{y}" width="{_SIDE}" height="{_SIDE}" rx="2">'
            f"<title>{escape(day.title)}</title></rect>"
        )
        if day.marked:
            marks.append(f'<circle class="mark" cx="{x + 8.5:g}" cy="{y + 2.5:g}" r="3"/>')
    width, height = _LEFT + _WEEKS * _CELL, _TOP + 7 * _CELL
    return (
        f'<figure><figcaption>{year}</figcaption><svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{year}">{_labels(year, shift, tr)}<path class="h0" d="{"".join(empty)}"/>'
        f'{"".join(filled)}<path class="month" d="{_borders(year, shift)}"/>{"".join(marks)}</svg></figure>'
    )


def _labels(year: int, shift: int, tr: Translate) -> str:
    texts = []
    for number, name in enumerate(months(tr), 1):
        week = (_day_of_year(year, number) + shift + 6) // 7
        texts.append(f'<text x="{_LEFT + week * _CELL}" y="13" font-size="12.5">{escape(name)}</text>')
    for weekday, name in ((0, tr("Mon")), (2, tr("Wed")), (4, tr("Fri"))):
        y = _TOP + weekday * _CELL + 9
        texts.append(f'<text x="{_LEFT - 5}" y="{y}" font-size="11.5" text-anchor="end">{escape(name)}</text>')
    return "".join(texts)


def _borders(year: int, shift: int) -> str:
    """Return the steps between the months of a year."""
    gap = (_CELL - _SIDE) // 2
    steps = []
    for month in range(2, 13):
        week, weekday = divmod(_day_of_year(year, month) + shift, 7)
        x, y = _LEFT + week * _CELL - gap, _TOP - gap
        down = weekday * _CELL
        # Right of the first day's column next to the days before it, left of it next to the others.
        steps.append(f"M{x + (_CELL if weekday else 0)} {y}v{down}{f'h-{_CELL}' if weekday else ''}v{7 * _CELL - down}")
    return "".join(steps)


def _day_of_year(year: int, month: int) -> int:
    return (date(year, month, 1) - date(year, 1, 1)).days


def month_range(days: Iterable[date]) -> list[tuple[int, int]]:
    """Return every month from the first to the last of some days, as (year, month); empty without days."""
    known = sorted({(day.year, day.month) for day in days})
    if not known:
        return []
    (year, month), last = known[0], known[-1]
    found = []
    while (year, month) <= last:
        found.append((year, month))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found
