"""The curves of 2 000 zones over five years: chosen stiffness and a given one, on one core, beside whittaker-eilers.

Whittaker-eilers draws one curve for a given lambda, series by series; it is timed where it is installed, on some of the
series; so is Sen2Chain's smoothing, where the variable SEN2CHAIN_PYTHON names a Python that has it
(`compile_million`). A whole run of Smooth, from raw rows to files, is timed on the million rows of compiling; memory is
that of Smooth, Aggregate, Plot and Quicklooks over 100 000 zones and five years, a process each.
"""

from __future__ import annotations

import importlib
import os
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from sen2chain_ts_plugin.engine.analysis import whittaker
from sen2chain_ts_plugin.engine.analysis.curves import CurveSettings
from sen2chain_ts_plugin.engine.analysis.daily import DailySettings
from sen2chain_ts_plugin.engine.analysis.parameters import AGGREGATE, SMOOTH, analysis_of
from sen2chain_ts_plugin.engine.analysis.rows import Rows, Span
from sen2chain_ts_plugin.engine.analysis.run import FOLDER, analyse_tree
from sen2chain_ts_plugin.engine.analysis.smooth import Smooth
from sen2chain_ts_plugin.engine.feedback import Silent
from sen2chain_ts_plugin.engine.figures.plots.plot import plot_tree
from sen2chain_ts_plugin.engine.figures.quicklooks.quicklooks import QuicklookRequest, draw_quicklooks
from sen2chain_ts_plugin.engine.library.folders import open_library
from sen2chain_ts_plugin.engine.series.zone_series import Choice
from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor

from . import compile_million, measure

ZONES, DAYS = 2000, 1826
_FIRST = 17_000
_SAMPLE = 200
_LAMBDA = 1000.0
# What is measured of memory, with its settings: to choose lambda takes time, not memory.
MEMORY: dict[str, dict[str, object]] = {SMOOTH: {"LAMBDA": _LAMBDA}, AGGREGATE: {"WIDE": "mean"}}


def analysing() -> dict[str, object]:
    """Draw the curves, at most 25 s of one core with chosen lambda and 3 s with a given one."""
    rows = rows_of_zones()
    found: dict[str, object] = {}
    for name, settings in (("chosen", CurveSettings()), ("given", CurveSettings(lam=_LAMBDA))):
        analysis = Smooth(DailySettings(curve=settings))
        found[name] = measure.timed(lambda analysis=analysis: analysis.analyse(rows)).cpu
        print(f"analysing: {ZONES} zones, five years, lambda {name}: {found[name]:.1f} s CPU", flush=True)
    found["curve"], found["leave one out"] = _one_fit(rows)
    found["whittaker_eilers"] = _rival(rows)
    if found["whittaker_eilers"] is None:
        print("analysing: not beside whittaker-eilers, which is not installed", flush=True)
    else:
        for name, rival in found["whittaker_eilers"].items():
            times = rival / found[name]
            print(
                f"analysing: whittaker-eilers takes {times:.1f} times as long for a given lambda ({name})", flush=True
            )
    found["sen2chain"] = _sen2chain(rows)
    if found["sen2chain"] is None:
        print("analysing: not beside Sen2Chain; benchmarks/compile_million.py says how", flush=True)
    else:
        print(f"analysing: Sen2Chain's smoothing of the same zones: {found['sen2chain']:.0f} s CPU", flush=True)
    for kind in MEMORY:
        for workers in (1, 2):
            said = measure.fresh("analysing", kind=kind, workers=workers)
            print(
                f"analysing: {kind} of 100 000 zones and five years, {workers} workers: {said['wall']:.0f} s "
                f"({said['busy']:.0f} s CPU), {said['beyond_mb']:.0f} MB beyond Python",
                flush=True,
            )
            found[f"{kind} {workers}"] = said
    for name, task in (("plot", "plotting"), ("quicklooks", "quicklooks")):
        said = measure.fresh(task)
        print(
            f"analysing: {name} of 100 000 zones and five years: {said['wall']:.0f} s ({said['busy']:.0f} s CPU), "
            f"{said['beyond_mb']:.0f} MB beyond Python",
            flush=True,
        )
        found[f"{name} 1"] = said
    found["whole"] = _whole()
    print(f"analysing: Smooth of a million raw rows, with its files: {found['whole']:.1f} s", flush=True)
    return found


def rows_of_zones() -> Rows:
    """Return rows of two orbits every five days, 60 % of them lost to clouds."""
    random = np.random.default_rng(1)
    passes = np.flatnonzero(np.isin(np.arange(DAYS) % 5, (0, 3)))
    seen = random.random((ZONES, passes.size)) > 0.6
    zone, place = np.nonzero(seen)
    day = passes[place]
    value = 0.4 + 0.25 * np.sin(day / 58 + zone / 300) + 0.02 * random.standard_normal(day.size)
    full, none = np.full(day.size, 100.0), np.zeros(day.size)
    span = Span(_FIRST, _FIRST + DAYS - 1)
    return Rows(zone, day + _FIRST, value, none, full, none, np.zeros(day.size, bool), none, "NDVI", span)


def _one_fit(rows: Rows) -> tuple[float, float]:
    """Return the processor time of the curves alone, and with how far each observation is from the curve without it."""
    seen = whittaker.Observations(rows.zone, rows.day - _FIRST, rows.value, DAYS)
    weight, lam = np.ones(len(rows)), np.full(ZONES, _LAMBDA)
    return (
        _median_cpu(lambda: whittaker.values_on_days(seen, weight, lam)),
        _median_cpu(lambda: whittaker.fit(seen, weight, lam)),
    )


def _rival(rows: Rows) -> dict[str, float] | None:
    """Return the processor times of whittaker-eilers for the same, or None where it is not installed."""
    try:
        from whittaker_eilers import WhittakerSmoother
    except ImportError:
        return None
    days = rows.day - _FIRST

    def smooth(method: str) -> None:
        for zone in range(_SAMPLE):
            mine = slice(*np.searchsorted(rows.zone, (zone, zone + 1)))
            values, weights = np.zeros((2, DAYS))
            values[days[mine]], weights[days[mine]] = rows.value[mine], 1.0
            smoother = WhittakerSmoother(lmbda=_LAMBDA, order=2, data_length=DAYS, weights=weights.tolist())
            getattr(smoother, method)(values.tolist())

    methods = {"curve": "smooth", "leave one out": "smooth_and_cross_validate"}
    return {
        name: _median_cpu(lambda method=method: smooth(method)) * ZONES / _SAMPLE for name, method in methods.items()
    }


def _median_cpu(work: Callable[[], object]) -> float:
    return statistics.median(measure.timed(work).cpu for _ in range(measure.rounds()))


_SEN2CHAIN = """
import logging, sys, time
import numpy as np, pandas as pd
from sen2chain.smoothing import initiate_liss_SG
logging.disable(logging.CRITICAL)
rows = np.load(sys.argv[1])
table = pd.DataFrame({name: rows[name] for name in ("fid", "mean", "count", "nodata")})
table["date"] = pd.to_datetime(rows["day"], unit="D")
start = time.process_time()
initiate_liss_SG(table.set_index("date"), max_cloudcover=75, window_length=11, polyorder=3, indice="NDVI",
                 season_mean=False)
print("seconds", time.process_time() - start)
"""


def _sen2chain(rows: Rows) -> float | None:
    """Return the processor seconds of Sen2Chain's smoothing, extrapolated from some of the zones."""
    python = os.environ.get("SEN2CHAIN_PYTHON")
    if not python:
        return None
    some = rows.some(rows.zone < _SAMPLE)
    with tempfile.TemporaryDirectory() as home:
        file = Path(home) / "rows.npz"
        np.savez(file, fid=some.zone, mean=some.value * 10_000, count=some.count, nodata=some.nodata, day=some.day)
        compile_million.configure_sen2chain(Path(home))
        run = subprocess.run(
            [python, "-c", _SEN2CHAIN, str(file)],
            env={**os.environ, "SEN2CHAIN_HOMEPATH": home},
            capture_output=True,
            text=True,
            check=False,
        )
    if run.returncode:
        raise SystemExit(f"bench: Sen2Chain ended with {run.returncode}: {run.stderr[-500:]}")
    return float(run.stdout.split("seconds")[-1]) * ZONES / _SAMPLE


def analyse_once(kind: str, workers: int) -> dict[str, float]:
    """Analyse 100 000 zones over five years; the task of a process of its own."""
    importlib.import_module("pandas")
    folder = compile_million.five_years()
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    before = measure.peak_mb()
    analysis = analysis_of(kind, MEMORY[kind])
    cost, helping = measure.with_workers(workers, lambda executor: analyse_tree(folder, analysis, Silent(), executor))
    beyond = measure.peak_mb() - before + helping
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    return {"wall": cost.wall, "busy": cost.cpu, "beyond_mb": beyond}


def plot_once() -> dict[str, float]:
    """Draw the pictures and the report of 100 000 zones over five years; the task of a process of its own."""
    importlib.import_module("matplotlib.figure")
    with tempfile.TemporaryDirectory() as root:
        before = measure.peak_mb()
        cost = measure.timed(lambda: plot_tree(compile_million.five_years(), Choice(), Path(root), Silent()))
        return {"wall": cost.wall, "busy": cost.cpu, "beyond_mb": measure.peak_mb() - before}


def quicklooks_once() -> dict[str, float]:
    """Go through the quicklooks of 100 000 zones over five years, of a library without the rasters; as `plot_once`.

    To draw 7 million pictures would take days. What does not depend on the pictures is done: all rows are read, every
    picture and sheet is planned, and each product is looked for.
    """
    importlib.import_module("matplotlib.figure")
    importlib.import_module("PIL.ImageDraw")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "library"
        (data / "INDICES").mkdir(parents=True)
        request = QuicklookRequest(Choice(), root=Path(folder))
        before = measure.peak_mb()
        cost = measure.timed(
            lambda: draw_quicklooks(
                open_library(data), compile_million.five_years(), lambda _: (), request, ThreadExecutor(1), Silent()
            )
        )
        return {"wall": cost.wall, "busy": cost.cpu, "beyond_mb": measure.peak_mb() - before}


def _whole() -> float:
    folder = compile_million.tree(1)
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    seconds = measure.timed(lambda: analyse_tree(folder, analysis_of(SMOOTH, {}), Silent())).wall
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    return seconds
