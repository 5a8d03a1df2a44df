"""Compile at scale: trees of 1, 5 and 36 million rows, alldata and monthly, with one worker and with two.

The last is a country: 100 000 zones on 360 dates. Each tree is compiled afresh, again with nothing to do, and again
after it has grown by one product. ``SEN2CHAIN_TS_BENCH_MILLIONS=1,5`` leaves the largest out: its files take 16 GB.

``python -m benchmarks.compile_million [--sen2chain PYTHON]``. With a Python that has Sen2Chain, its own
``compile_data`` is timed on the same tree. To get one, for this purpose only::

    python3 -m venv --system-site-packages s2c        # with python3-gdal from apt
    s2c/bin/pip install "rasterio==1.3.10" "numpy<2" "pandas==2.3.3" sen2chain
    python -m benchmarks.compile_million --sen2chain s2c/bin/python

In ``make bench`` the variable SEN2CHAIN_PYTHON names that Python.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from sen2chain_ts_plugin.engine.compilation.compile import Compilation, CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.tree.columns import RESULT_COLUMNS
from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor

from . import library, measure

# By million rows: zones, and products.
SIZES = {1: (1000, 1000), 5: (1000, 5000), 36: (100_000, 360)}
# For the analyses: as many zones over five years, with a date every four weeks or so. Few dates a zone are what takes
# most memory: more zones fit into a batch, and each has a curve of 1 600 days.
FIVE_YEARS = (100_000, 72, 5)
PERIODS = ("alldata", "monthly")
NAME, CHECKSUM = "zones", "0123456789abcdef"
# A file that has just changed is not remembered.
_SETTLED = 0.2
_FIRST = datetime(2016, 1, 3, 6, 35, 11)
_HEADER = ",".join([*RESULT_COLUMNS, "name", "code", "area", "crop"]) + "\n"


def compiling() -> dict[str, object]:
    """Compile trees of all sizes, at most 600 MB beyond Python; Sen2Chain beside it if it is there."""
    found: dict[str, object] = {}
    wanted = os.environ.get("SEN2CHAIN_TS_BENCH_MILLIONS", ",".join(map(str, SIZES)))
    for million in map(int, wanted.split(",")):
        for workers in (1, 2):
            said = measure.fresh("compiling", million=million, workers=workers)
            print(
                f"compiling: {million} million rows, {workers} workers: {said['wall']:.1f} s "
                f"({said['busy']:.1f} s CPU), nothing to do {said['again']:.1f} s, "
                f"one new product {said['grown']:.1f} s ({said['grown_busy']:.1f} s CPU), "
                f"{said['beyond_mb']:.0f} MB beyond Python; {said['files']} files",
                flush=True,
            )
            found[f"{million} {workers}"] = said
    python = os.environ.get("SEN2CHAIN_PYTHON")
    if python:
        seconds = sen2chain(tree(1), python)
        ours = found["1 1"]["wall"]
        print(f"compiling: Sen2Chain, 1 million rows: {seconds:.0f} s, {seconds / ours:.0f} times as long", flush=True)
        found["sen2chain"] = seconds
    else:
        print("compiling: not beside Sen2Chain; benchmarks/compile_million.py says how", flush=True)
    return found


def compile_once(million: int, workers: int) -> dict[str, float]:
    """Compile a tree without its last product, again, and with it; the task of a process of its own."""
    folder = tree(million)
    forget(folder)
    last = max((folder / "raw_data").rglob("*.csv"))
    aside = folder.parent / last.name
    made: list[Compilation] = []

    def compile_(executor: ThreadExecutor) -> None:
        made.append(compile_tree(folder, CompileRequest(PERIODS), executor=executor))

    before = measure.peak_mb()
    last.rename(aside)
    try:
        first, helping = measure.with_workers(workers, compile_)
        beyond = measure.peak_mb() - before + helping
        again, _ = measure.with_workers(workers, compile_)
    finally:
        aside.rename(last)
    time.sleep(_SETTLED)
    grown, _ = measure.with_workers(workers, compile_)
    forget(folder)
    return {
        "wall": first.wall, "busy": first.cpu, "again": again.wall, "grown": grown.wall, "grown_busy": grown.cpu,
        "files": len(made[-1].files), "rows": made[-1].rows, "beyond_mb": beyond,
    }  # fmt: skip


def forget(folder: Path) -> None:
    """Remove what a compile left in a tree."""
    for name in ("compiled_data", ".sen2chain_ts"):
        shutil.rmtree(folder / name, ignore_errors=True)


def tree(million: int) -> Path:
    """Return a tree with so many million rows, made at the first call."""
    return made(f"compile_{million}", *SIZES[million])


def five_years() -> Path:
    """Return a tree of `FIVE_YEARS`, made at the first call."""
    return made("analysing", *FIVE_YEARS)


def made(name: str, zones: int, products: int, spread: int = 1) -> Path:
    """Return a tree of so many zones and products, made at the first call."""
    return library.once(name, lambda folder: _write(folder, zones, products, spread)) / f"{NAME}_{CHECKSUM}"


def _write(folder: Path, zones: int, products: int, spread: int) -> None:
    print(f"bench: writing {products} raw files to {library.cache()}, once", flush=True)
    raw = folder / f"{NAME}_{CHECKSUM}" / "raw_data" / "NDVI" / "CM001"
    raw.mkdir(parents=True)
    random = np.random.default_rng(1)
    pixels = random.integers(20, 3000, zones)
    tails = [f"Parcelle de canne {zone},{1000 + 7 * zone},{pixels[zone] / 100},irrigated\n" for zone in range(zones)]
    for number in range(products):
        # Every tenth date was processed twice.
        step, second = divmod(number, 11)
        date = _FIRST + timedelta(days=spread * (step * 50 + 5 * min(second, 9)))
        baseline = "N0301" if second == 10 else "N0500"
        product = f"S2B_MSIL2A_{date:%Y%m%dT%H%M%S}_{baseline}_R063_T40KCB_{date:%Y%m%d}T094500_NDVI_CM001"
        with (raw / f"{NAME}_{product}.csv").open("w", encoding="utf-8", newline="") as stream:
            stream.write(_HEADER)
            stream.writelines(_lines(date, product, pixels, tails, random))


def _lines(
    date: datetime, product: str, pixels: np.ndarray, tails: list[str], random: np.random.Generator
) -> list[str]:
    zones = len(pixels)
    cloudy = np.where(random.random(zones) < 0.3, random.random(zones) * 0.99 * pixels, 0).astype(int)
    mean, std = random.normal(5000, 1500, zones), random.random(zones) * 900
    middle = mean.astype(int)
    columns = (pixels, cloudy, mean, std, (mean - 2 * std).astype(int), (mean + 2 * std).astype(int), middle)
    return [
        f"{date},{zone},40KCB,{product}.jp2,{of - gone},{gone},{gone},{100 * gone / of!r},{low},{high},{mean!r},"
        f"{std!r},{middle}.5,{low}.25,{high}.75,{tails[zone]}"
        for zone, (of, gone, mean, std, low, high, middle) in enumerate(zip(*(column.tolist() for column in columns)))
    ]


_SEN2CHAIN = """
import sys, time
from sen2chain.time_series_compil import TimeSeriesCompil
series = TimeSeriesCompil.__new__(TimeSeriesCompil)  # compiling needs nothing of what __init__ looks for
series._data_name, series._checksum, series._out_path = sys.argv[1:4]
series._cover_max, series.cm_version = 100, "CM001"
start = time.perf_counter()
series.compile_data(alldata=True, monthly=True)
print("seconds", time.perf_counter() - start)
"""
_DATA_PATHS = (
    "temp", "l1c", "l1c_archive", "l2a", "l2a_archive", "indices", "time_series", "extraction", "temporal_summary",
    "cloudmasks", "sen2cor_auxdata",
)  # fmt: skip


def configure_sen2chain(home: Path) -> None:
    """Write what Sen2Chain wants to find before it is imported."""
    config = home / "sen2chain_data" / "config" / "config.cfg"
    config.parent.mkdir(parents=True)
    paths = "\n".join(f"{key}_path = {home}" for key in _DATA_PATHS)
    config.write_text(f"[DATA PATHS]\n{paths}\n[LOG PATH]\nlog_path = {home}\n", encoding="utf-8")


def sen2chain(folder: Path, python: str) -> float:
    """Return the seconds that Sen2Chain's ``compile_data`` takes for a tree."""
    forget(folder)
    with tempfile.TemporaryDirectory() as home:
        configure_sen2chain(Path(home))
        run = subprocess.run(
            [python, "-c", _SEN2CHAIN, NAME, CHECKSUM, str(folder.parent)],
            env={**os.environ, "SEN2CHAIN_HOMEPATH": home},
            capture_output=True,
            text=True,
            check=False,
        )
    forget(folder)
    if run.returncode:
        raise SystemExit(f"bench: Sen2Chain ended with {run.returncode}: {run.stderr[-500:]}")
    return float(run.stdout.split("seconds")[-1])


def main() -> None:
    """Run this benchmark alone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sen2chain", metavar="PYTHON", help="a Python that has Sen2Chain 1.4.1")
    asked = parser.parse_args().sen2chain
    if asked:
        os.environ["SEN2CHAIN_PYTHON"] = asked
    print(f"bench: {measure.machine()}", flush=True)
    print(json.dumps(compiling(), indent=1))


if __name__ == "__main__":
    main()
