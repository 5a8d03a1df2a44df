"""Pictures of time series: all zones in one, and a grid of one small plot per zone.

Source of the size of the pictures, the limits of the axes and what they show: Sen2Chain 1.4.1,
``TimeSeriesCompil.plot_global`` and ``plot_details``. Where its grid would become illegible, there are pages.

Only matplotlib's objects are used, never pyplot and its global state: inside QGIS others draw too.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ...errors import MatplotlibMissing
from ...install import install_line
from ...series.shown_zones import ShownZones
from ...series.zone_series import NamedZone, ZoneSeries
from ..html.page import Translate
from .date_axis import date_formatter

# Indices that go below 0.
SIGNED = ("NDVI", "NDWIGAO", "NDWIMCF", "MNDWI")
ZONES_PER_PAGE = 25
MOST_PAGES = 8
MOST_LINES = 2000
_NAMED_LINES = 12
_SIZE, _DPI = (19.2, 10.8), 100
_LONGEST_LABEL = 36
_INK, _MUTED, _GRID = "#1d2733", "#5b6876", "#e3e7ec"
_BLUE, _RED, _BAND = "#0072b2", "#d55e00", "#9fc9e4"
# Okabe and Ito: distinguishable with every kind of colour vision.
_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#000000")
_DASHES = ("-", "--")


def limits_of(index: str) -> tuple[int, int]:
    """Return the limits of the axis of an index, as Sen2Chain has them; index values times 10 000."""
    return (-10000, 10000) if index in SIGNED else (0, 10000)


def require_matplotlib() -> None:
    """Make sure that pictures can be drawn.

    Raises
    ------
    MatplotlibMissing
        they cannot.
    """
    try:
        import matplotlib.backends.backend_agg  # noqa: F401 asked for here only to know whether it is there
    except ImportError as error:
        raise MatplotlibMissing(reason=error, install=install_line("matplotlib")) from error


def most_zones() -> tuple[int, int]:
    """Return how many zones the pictures show: all in one, and the pages of details together."""
    return MOST_LINES, ZONES_PER_PAGE * MOST_PAGES


def pages_of(shown: ShownZones) -> list[list[NamedZone]]:
    """Return which zones each page of details shows: all zones, or as many as fit, evenly chosen."""
    zones = shown.evenly(most_zones()[1])
    return [zones[begin : begin + ZONES_PER_PAGE] for begin in range(0, len(zones), ZONES_PER_PAGE)]


def draw_global(shown: ShownZones, name: str, tr: Translate = str) -> bytes:
    """Draw the means of all zones over time.

    Parameters
    ----------
    shown
        read with the limit `MOST_LINES`.
    name
        of the extraction, for the title.
    tr
        translates what the picture says.

    Returns
    -------
    bytes
        a PNG of 1920 x 1080 pixels.
    """
    figure = _figure()
    series, overview = shown.series, shown.overview
    zones = shown.evenly(MOST_LINES)
    named = len(zones) <= _NAMED_LINES
    axes = figure.add_axes((0.06, 0.07, 0.78 if named else 0.92, 0.80))
    said = tr("the mean of each zone")
    if len(zones) < len(overview.zones):
        said = tr("the means of {shown} of {zones} zones, evenly chosen").format(
            shown=len(zones), zones=len(overview.zones)
        )
    _title(figure, shown, name, said)
    handles = _draw_named(axes, series, zones) if named else _draw_many(axes, shown, zones, tr)
    if named:
        figure.legend(handles=handles, loc="upper left", bbox_to_anchor=(0.85, 0.88), frameon=False, fontsize=12)
    else:
        figure.legend(
            handles=handles, loc="upper right", bbox_to_anchor=(0.985, 0.96), ncol=3, frameon=False, fontsize=13
        )
    _dress(axes, shown, 13, tr)
    axes.set_ylabel(tr("{index} x 10 000").format(index=series.index), fontsize=13, color=_MUTED)
    return _png(figure)


def draw_details(
    shown: ShownZones, zones: Sequence[NamedZone], name: str, said: str, *, nonan: bool, tr: Translate = str
) -> bytes | None:
    """Draw a grid with a small plot of each zone: mean and standard deviation, minimum and maximum, NaN ratio.

    Parameters
    ----------
    shown
        the rows of the zones, and what spans the axes.
    zones
        those to show.
    name
        of the extraction, for the title.
    said
        what the title also says, like the number of the page.
    nonan
        leave out dates on which a zone has pixels without data, and with them the NaN ratio.
    tr
        translates what the picture says.

    Returns
    -------
    bytes or None
        a PNG of 1920 x 1080 pixels; None when there is nothing to draw.
    """
    series = shown.series
    usable = ~np.isnan(series.numbers["mean"])
    if nonan:
        usable &= series.numbers["nodata"] == 0
    if not any(usable[zone.rows].any() for zone in zones):
        return None
    figure = _figure()
    columns = math.ceil(len(zones) ** 0.5)
    rows = math.ceil(len(zones) / columns)
    grid = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True)
    figure.subplots_adjust(0.045, 0.045, 0.965, 0.865, wspace=0.16, hspace=0.3)
    _title(figure, shown, name, said)
    handles: list[Any] = []
    for number, axes in enumerate(grid.flat):
        if number >= len(zones):
            axes.set_visible(False)
            continue
        zone = zones[number]
        handles = _draw_zone(axes, series, np.arange(zone.rows.start, zone.rows.stop)[usable[zone.rows]], nonan, tr)
        _dress(axes, shown, 10, tr)
        axes.set_title(_plain(zone.label), fontsize=11, loc="left", color=_INK, pad=4)
        # An axis below the lowest plot of each column, and the ratio's right of what ends a row.
        axes.tick_params(labelbottom=number + columns >= len(zones))
        if not nonan and (number % columns == columns - 1 or number == len(zones) - 1):
            _ratio_axis(axes)
    figure.legend(handles=handles, loc="upper right", bbox_to_anchor=(0.97, 0.965), ncol=3, frameon=False, fontsize=13)
    return _png(figure)


def _draw_named(axes: Any, series: ZoneSeries, zones: Sequence[NamedZone]) -> list[Any]:
    handles = []
    for number, zone in enumerate(zones):
        days, mean = _curve(series, zone)
        colour, dash = _COLOURS[number % len(_COLOURS)], _DASHES[number // len(_COLOURS) % len(_DASHES)]
        handles += axes.plot(
            days, mean, dash, color=colour, linewidth=1.8, marker="o", markersize=4, label=_plain(zone.label)
        )
    return handles


def _draw_many(axes: Any, shown: ShownZones, zones: Sequence[NamedZone], tr: Translate) -> list[Any]:
    from matplotlib.collections import LineCollection
    from matplotlib.lines import Line2D

    curves = [np.column_stack(_curve(shown.series, zone)) for zone in zones]
    alpha = float(np.clip(12 / len(zones), 0.04, 0.45))
    axes.add_collection(LineCollection(curves, colors=_BLUE, linewidths=0.9, alpha=alpha))
    days, (low, middle, high) = shown.overview.spread_days, shown.overview.spread
    spread = axes.fill_between(_numbers(days), low, high, color=_BAND, alpha=0.35, linewidth=0)
    spread.set_label(tr("10 % to 90 % of the zones"))
    median = axes.plot(_numbers(days), middle, color=_INK, linewidth=2.2, label=tr("median of the zones"))
    zone = Line2D([], [], color=_BLUE, linewidth=1.2, alpha=0.6, label=tr("a zone"))
    axes.autoscale_view()
    return [zone, *median, spread]


def _draw_zone(axes: Any, series: ZoneSeries, rows: np.ndarray, nonan: bool, tr: Translate) -> list[Any]:
    days = _numbers(series.when[rows])
    low, high, mean, std = (series.numbers[column][rows] for column in ("min", "max", "mean", "std"))
    band = axes.fill_between(days, low, high, color=_BAND, alpha=0.45, linewidth=0, label=tr("minimum to maximum"))
    line = axes.errorbar(
        days, mean, yerr=np.nan_to_num(std), color=_BLUE, ecolor=_BLUE, elinewidth=0.8, linewidth=1.3, marker="o",
        markersize=2.2, label=tr("mean and standard deviation"),
    )  # fmt: skip
    if nonan:
        return [line, band]
    # The second axis, 0 to 1, is the height of the plot.
    share = series.share_without_data[rows]
    looks: dict[str, Any] = {"color": _RED, "markeredgewidth": 0, "transform": axes.get_xaxis_transform()}
    axes.plot(days[share == 0], share[share == 0], "o", markersize=2.4, alpha=0.5, clip_on=False, **looks)
    ratio = axes.plot(
        days[share > 0], share[share > 0], "o", markersize=4.2, clip_on=False, label=tr("NaN ratio (right axis)"),
        **looks,
    )  # fmt: skip
    return [line, band, *ratio]


def _ratio_axis(axes: Any) -> None:
    right = axes.secondary_yaxis("right", functions=_ratio_scale(*axes.get_ylim()))
    right.set_ticks([0, 0.5, 1])
    right.tick_params(labelsize=10, colors=_RED, length=0)
    right.spines["right"].set_visible(False)


def _ratio_scale(low: float, high: float) -> tuple[Any, Any]:
    return (lambda value: (value - low) / (high - low)), (lambda ratio: low + ratio * (high - low))


def _curve(series: ZoneSeries, zone: NamedZone) -> tuple[np.ndarray, np.ndarray]:
    mean = series.numbers["mean"][zone.rows]
    known = ~np.isnan(mean)
    return _numbers(series.when[zone.rows][known]), mean[known]


def _numbers(dates: np.ndarray | np.datetime64) -> np.ndarray:
    """Return dates as matplotlib counts them: days since 1970, whatever anybody has registered for dates."""
    days: np.ndarray = dates.astype("datetime64[s]").astype(np.int64) / 86400.0
    return days


def _figure() -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=_SIZE, dpi=_DPI, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def _title(figure: Any, shown: ShownZones, name: str, said: str) -> None:
    first, last = (str(day)[:10] for day in (shown.overview.first, shown.overview.last))
    title = _plain(f"{shown.series.index}, {name}")
    figure.text(0.02, 0.955, title, fontsize=21, color=_INK, weight="bold", va="center")
    text = f"{shown.series.mask_folder}, {first} - {last}, {said}"
    figure.text(0.02, 0.915, text, fontsize=13, color=_MUTED, va="center")


def _dress(axes: Any, shown: ShownZones, size: float, tr: Translate) -> None:
    """Give an axis its limits, its dates and a quiet look."""
    from matplotlib.dates import AutoDateLocator

    first, last = _numbers(shown.overview.first), _numbers(shown.overview.last)
    margin = max((last - first) * 0.015, 1.0)
    axes.set_xlim(first - margin, last + margin)
    axes.set_ylim(*limits_of(shown.series.index))
    locator = AutoDateLocator(minticks=3, maxticks=5 if size < 12 else 12)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(date_formatter(locator, tr, show_offset=False))
    axes.grid(color=_GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=size, colors=_MUTED, length=0)
    axes.tick_params("x", pad=7)
    for spine in axes.spines.values():
        spine.set_color(_GRID)


def _plain(text: str) -> str:
    """Return a text that matplotlib shows as it is, shortened: no formula, and no label that it would hide."""
    text = " ".join(text.split())
    text = text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1]}…"
    text = text.replace("$", r"\$")
    return f" {text}" if text.startswith("_") else text


def _png(figure: Any) -> bytes:
    stream = io.BytesIO()
    # Without the version of matplotlib, so that the same rows give the same bytes.
    figure.savefig(stream, format="png", dpi=_DPI, metadata={"Software": None})
    return stream.getvalue()
