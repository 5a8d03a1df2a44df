"""Time series smoothing: Savitzky-Golay on a grid of 5 days, for all zones at once.

Source of the method: Sen2Chain 1.4.1 (``smoothing.py``), as it is on a fresh compile. Zones whose grids have the same
number of dates are the rows of one matrix, so that every step is one array operation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from ..errors import ScipyMissing, SmoothingRefused
from ..feedback import Feedback, check
from ..install import install_line
from .best_rows import BestRows, best_rows
from .savgol_filter import filter_rows, polynomials_of

STEP = 5  # days: what the two satellites take to come back
SCALE = 10000  # Sen2Chain writes index values as integers, times this
_FIRST_WINDOW = 3  # grid dates
_YEAR = 73  # grid dates
_YEARS_FOR_MEAN = 3
_EPOCH = 719163  # 1970-01-01, as a day counted from 0001-01-01 = 1
_CELLS_AT_ONCE = 1 << 21


@dataclass(frozen=True)
class SmoothingSettings:
    """Settings of Sen2Chain's smoothing.

    Attributes
    ----------
    cover_max
        Limit of a row's nodata pixels, in % of the zone's greatest count; rows with as many or more do not count.
    window_length
        Length of the filter's window, in dates of the grid.
    polyorder
        Order of the filter's polynomial, less than the window's length.
    season_mean
        Whether gaps are filled with the mean of other years before wider windows fill them, where a zone has three
        years or more.
    """

    cover_max: float = 75
    window_length: int = 11
    polyorder: int = 3
    season_mean: bool = False


@dataclass(frozen=True)
class Smoothed:
    """The grid dates of all zones, ordered by zone, then date.

    Attributes
    ----------
    fid, day
        int64; the day 1 is 0001-01-01.
    row
        the position of the row that was observed on this date, -1 where there is none; int64.
    value
        the smoothed value, float64.
    short
        the zones that have fewer grid dates than the window; they are not above.
    """

    fid: np.ndarray
    day: np.ndarray
    row: np.ndarray
    value: np.ndarray
    short: tuple[int, ...]


def smooth_series(series: BestRows, settings: SmoothingSettings, feedback: Feedback) -> Smoothed:
    """Smooth the rows that have enough pixels; of several on one day the best one.

    Parameters
    ----------
    series
        the rows; ``Smoothed.row`` is a position among them.
    settings, feedback
        see `smooth`.

    Raises
    ------
    ScipyMissing, SmoothingRefused, Cancelled
        see `smooth`.
    """
    usable = usable_rows(series, settings.cover_max)
    best = best_rows(series.fid[usable], series.days[usable], lambda some: series.quality.of(usable[some]))
    rows = usable[best]
    return smooth(series.fid[rows], series.days[rows], series.mean[rows] / SCALE, rows, settings, feedback)


def usable_rows(series: BestRows, cover_max: float) -> np.ndarray:
    """Return the positions of the rows that have a mean, and less than a share of nodata; see `SmoothingSettings`."""
    _, percent = share_without_data(series.fid, series.count, series.nodata)
    return np.flatnonzero((percent < cover_max) & ~np.isnan(series.mean))


def load_filter(settings: SmoothingSettings) -> Callable[[np.ndarray], np.ndarray]:
    """Return the filter that smooths each row of a matrix, after making sure that it works with these settings.

    Raises
    ------
    ScipyMissing
        scipy is not installed.
    SmoothingRefused
        the filter does not take this window or this order.
    """
    try:
        from scipy.signal import savgol_filter
    except ImportError as error:
        raise ScipyMissing(reason=error, install=install_line("scipy")) from error

    window, order = settings.window_length, settings.polyorder
    try:
        savgol_filter(np.zeros((1, max(window, 1))), window, order, axis=1)
    except ValueError as error:
        raise SmoothingRefused(
            window_length=settings.window_length, polyorder=settings.polyorder, reason=str(error).rstrip(".")
        ) from error
    return partial(filter_rows, polynomials=polynomials_of(window, order))


def share_without_data(fid: np.ndarray, count: np.ndarray, nodata: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return, of each row, the greatest count its zone ever has, and nodata in % of that.

    Parameters
    ----------
    fid
        int64, ascending.
    count, nodata
        pixels, float64.
    """
    begins = np.flatnonzero(np.diff(fid, prepend=-1))
    greatest = np.maximum.reduceat(count, begins) if begins.size else count
    pixels = np.repeat(greatest, np.diff(begins, append=fid.size))
    # A zone that is never seen has no pixel at all: its share is beyond every limit.
    share = np.divide(nodata, pixels, out=np.full(pixels.shape, np.inf), where=pixels > 0)
    return pixels, share * 100


def smooth(
    fid: np.ndarray,
    day: np.ndarray,
    mean: np.ndarray,
    row: np.ndarray,
    settings: SmoothingSettings,
    feedback: Feedback,
) -> Smoothed:
    """Smooth the time series of all zones.

    Each zone gets a grid of dates, 5 days apart, from its first date on; observations that are not on it are not used.
    Gaps are filled with the mean of the window around them, the window growing from 3 dates until no gap is left.

    Parameters
    ----------
    fid, day
        of each observation its zone and day, int64; ordered by zone, then day, at most one for a zone and day.
    mean
        the observed values, float64, none missing.
    row
        the number under which the caller knows each observation, int64.
    settings
        see `SmoothingSettings`; ``cover_max`` is for the caller, who leaves out what does not count.
    feedback
        told the share of the zones that are done; asked for cancel.

    Raises
    ------
    ScipyMissing, SmoothingRefused
        see `load_filter`.
    Cancelled
        the user asked to stop.
    """
    smooth_rows = load_filter(settings)
    begins = np.flatnonzero(np.diff(fid, prepend=-1))
    sizes = np.diff(begins, append=fid.size)
    first, last = day[begins], day[begins + sizes - 1]
    lengths = (last - first) // STEP + 1
    zone = np.repeat(np.arange(begins.size), sizes)
    offset = day - first[zone]
    on_grid = offset % STEP == 0
    # Where the dates of each zone that is long enough are in the result.
    used = np.where(lengths >= settings.window_length, lengths, 0)
    starts = np.cumsum(used) - used
    on_grid &= used[zone] > 0
    place = starts[zone[on_grid]] + offset[on_grid] // STEP
    observed = np.full(used.sum(), np.nan)
    observed[place] = mean[on_grid]
    rows = np.full(used.sum(), -1, np.int64)
    rows[place] = row[on_grid]
    value = np.empty(used.sum())
    done = 0
    for cells, zones in _matrices(lengths, starts, settings.window_length):
        check(feedback)
        years = _year(first[zones] + (lengths[zones] - 1) * STEP) - _year(first[zones]) + 1
        value[cells] = smooth_rows(fill_gaps(observed[cells], settings.season_mean & (years >= _YEARS_FOR_MEAN)))
        done += zones.size
        feedback.progress(done / begins.size)
    step = np.arange(used.sum()) - np.repeat(starts, used)
    short = fid[begins[used == 0]]
    return Smoothed(
        fid=np.repeat(fid[begins], used),
        day=np.repeat(first, used) + step * STEP,
        row=rows,
        value=value,
        short=tuple(short.tolist()),
    )


def fill_gaps(observed: np.ndarray, season_mean: np.ndarray) -> np.ndarray:
    """Return a matrix of time series without gaps.

    Parameters
    ----------
    observed
        shape (zones, dates), float64, NaN where nothing was observed; every zone has an observation.
    season_mean
        bool, shape (zones,): which zones are long enough for the mean of other years.
    """
    filled = _fill(observed, _window_mean(observed, _FIRST_WINDOW))
    seasonal = season_mean & np.isnan(filled).any(axis=1)
    if seasonal.any():
        filled[seasonal] = _fill(filled[seasonal], _season_mean(filled[seasonal]))
    window = _FIRST_WINDOW
    while True:
        gaps = np.flatnonzero(np.isnan(filled).any(axis=1))
        if not gaps.size:
            return filled
        filled[gaps] = _fill(filled[gaps], _window_mean(filled[gaps], window))
        window *= 2


@dataclass(frozen=True)
class Deviations:
    """How far the smoothed values are from what was observed, of each zone that has an observation to compare.

    Attributes
    ----------
    fid
        int64, ascending.
    mae, rmse, mape
        mean absolute error, root of the mean squared error, mean absolute error in % of the observed value where that
        is not 0; float64, rounded to 4 decimals, NaN where there is nothing to compare.
    """

    fid: np.ndarray
    mae: np.ndarray
    rmse: np.ndarray
    mape: np.ndarray


def deviations(smoothed: Smoothed, fid: np.ndarray, day: np.ndarray, mean: np.ndarray) -> Deviations:
    """Compare observations with the smoothed values of the same zone and day.

    Parameters
    ----------
    smoothed
        what `smooth` returned.
    fid, day, mean
        the observations, as for `smooth`; a zone may have several on a day.
    """
    zones, zone = np.unique(fid, return_inverse=True)
    # One number per zone and day, so that both sides can be searched.
    days = int(max(day.max(initial=0), smoothed.day.max(initial=0))) + 1
    keys, wanted = smoothed.fid * days + smoothed.day, fid * days + day
    place = np.minimum(np.searchsorted(keys, wanted), max(keys.size - 1, 0))
    both = keys[place] == wanted if keys.size else np.zeros(wanted.size, bool)
    difference = mean[both] - smoothed.value[place[both]]
    zone, true = zone[both], mean[both]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.abs(difference / true)

    def average(values: np.ndarray, where: np.ndarray) -> np.ndarray:
        total = np.bincount(zone[where], values[where], zones.size)
        with np.errstate(invalid="ignore"):
            result: np.ndarray = total / np.bincount(zone[where], minlength=zones.size)
        return result

    everywhere = np.ones(true.size, bool)
    return Deviations(
        fid=zones,
        mae=np.round(average(np.abs(difference), everywhere), 4),
        rmse=np.round(np.sqrt(average(difference**2, everywhere)), 4),
        mape=np.round(average(share, true != 0) * 100, 4),
    )


def _matrices(lengths: np.ndarray, starts: np.ndarray, shortest: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield groups of zones that have the same number of dates: their cells, as a matrix, and their numbers."""
    for length in np.unique(lengths[lengths >= shortest]).tolist():
        zones = np.flatnonzero(lengths == length)
        # No part is empty: newer versions of scipy refuse to filter nothing.
        for part in np.array_split(zones, min(-(-zones.size * length // _CELLS_AT_ONCE), zones.size)):
            yield starts[part][:, np.newaxis] + np.arange(length), part


def _year(day: np.ndarray) -> np.ndarray:
    """Return the year of days counted from 0001-01-01 = 1."""
    dates = np.asarray(day - _EPOCH, "datetime64[D]")
    return dates.astype("datetime64[Y]").astype(np.int64)


def _fill(values: np.ndarray, others: np.ndarray) -> np.ndarray:
    result: np.ndarray = np.where(np.isnan(values), others, values)
    return result


def _window_mean(values: np.ndarray, window: int) -> np.ndarray:
    """Return the mean of what is known in a window around each date, NaN where nothing is.

    A window of an even length reaches one date further back than ahead.
    """
    dates = values.shape[1]
    known = ~np.isnan(values)
    at = np.arange(dates)
    begin, end = np.maximum(at - window // 2, 0), np.minimum(at + (window + 1) // 2, dates)
    return _mean(_between(np.where(known, values, 0), begin, end), _between(known, begin, end))


def _between(values: np.ndarray, begin: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return the sums of ``values[:, begin:end]`` for pairs of bounds."""
    total = np.zeros((values.shape[0], values.shape[1] + 1), np.result_type(values, np.int64))
    np.cumsum(values, axis=1, out=total[:, 1:])
    result: np.ndarray = total[:, end] - total[:, begin]
    return result


def _season_mean(values: np.ndarray) -> np.ndarray:
    """Return the mean of what is known at the same place of all years, counted from the first date."""
    zones, dates = values.shape
    years = -(-dates // _YEAR)
    padded = np.full((zones, years * _YEAR), np.nan)
    padded[:, :dates] = values
    by_year = padded.reshape(zones, years, _YEAR)
    known = ~np.isnan(by_year)
    mean = _mean(np.where(known, by_year, 0).sum(axis=1), known.sum(axis=1))
    return np.tile(mean, years)[:, :dates]


def _mean(total: np.ndarray, number: np.ndarray) -> np.ndarray:
    result: np.ndarray = np.divide(total, number, out=np.full(total.shape, np.nan), where=number > 0)
    return result
