"""Make this folder anew: rows of four years, and what Sen2Chain itself compiles from them with ``season_mean=True``.

Run it with a Python that has Sen2Chain 1.4.1 (docs: "Comparing with Sen2Chain" says how to get one). It needs no library:
compiling only reads raw files.
"""

import os
import shutil
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
LAYER = HERE.parent / "reference" / "layers" / "zones.shp"
FIRST = datetime(2018, 2, 7, 6, 35, 11)
RESULTS = ["count", "nodata", "nbcld", "cldprb", "min", "max", "mean", "std", "median", "percentile_25", "percentile_75"]
# Of each zone: grid steps from its first to its last date, and the share of the dates that it was seen on.
ZONES = {0: (0, 255, 0.6), 1: (3, 250, 0.5), 2: (20, 100, 0.7), 3: (0, 255, 0.15), 4: (70, 240, 0.4), 5: (10, 30, 0.9)}


def rows() -> pd.DataFrame:
    random = np.random.default_rng(20)
    # Rainy seasons without any view, some dates of a neighbouring orbit (off the grid), two baselines of some dates.
    steps = [step for step in range(256) if step % 73 not in range(55, 70) and random.random() < 0.25]
    dates = [(FIRST + timedelta(days=5 * step), step) for step in steps]
    dates += [(date + timedelta(days=3, minutes=-10), step) for date, step in dates[::9]]
    found = []
    for date, step in sorted(dates):
        for baseline in ["N0207", "N0500"] if random.random() < 0.2 else ["N0500"]:
            product = f"S2A_MSIL2A_{date:%Y%m%dT%H%M%S}_{baseline}_R063_T40KCB_{date:%Y%m%d}T101010_NDVI_CM001.jp2"
            for fid, (begin, end, share) in ZONES.items():
                if not begin <= step <= end or random.random() > share:
                    continue
                pixels = 40 + 7 * fid
                cloudy = int(pixels * random.choice([0, 0, 0, 0.3, 0.8, 0.95]))
                values = np.round(6000 + 2500 * np.sin(step / 73 * 2 * np.pi + fid) + random.normal(0, 300, pixels - cloudy))
                low, middle, high = np.percentile(values, [25, 50, 75])
                results = [values.size, cloudy, cloudy, 100 * cloudy / pixels, values.min(), values.max(), values.mean()]
                results += [values.std(), middle, low, high]
                found.append([date, fid, "40KCB", product, *results, f"Parcelle {fid}", f"{fid:05}"])
    return pd.DataFrame(found, columns=["date", "fid", "tile", "filename", *RESULTS, "name", "code"])


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        data = Path(home) / "data"
        keys = "temp l1c l1c_archive l2a l2a_archive indices time_series extraction temporal_summary cloudmasks sen2cor_auxdata"
        config = Path(home) / "sen2chain_data" / "config" / "config.cfg"
        config.parent.mkdir(parents=True)
        lines = ["[DATA PATHS]"]
        for key in keys.split():
            (data / key).mkdir(parents=True)
            lines.append(f"{key}_path = {data / key}")
        (data / "log").mkdir()
        lines += ["[LOG PATH]", f"log_path = {data / 'log'}"]
        config.write_text("\n".join(lines) + "\n")
        os.environ["SEN2CHAIN_HOMEPATH"] = home
        from sen2chain.time_series_compil import TimeSeriesCompil

        series = TimeSeriesCompil(str(LAYER), indices=["NDVI"], date_min="2018-01-01", date_max="2022-01-01", cm_version="CM001")
        tree = next((data / "extraction").glob("zones_*"))
        table = rows()
        raw = tree / "raw_data" / "NDVI" / "CM001"
        raw.mkdir(parents=True)
        for product, part in table.groupby("filename"):
            part.to_csv(raw / f"zones_{product[:-4]}.csv", index=False)
        series.compile_data(alldata=True, yearly=True, smoothing=True, season_mean=True, covermax=75)
        table.to_csv(HERE / "rows.csv", index=False)
        shutil.rmtree(HERE / "compiled_data", ignore_errors=True)
        shutil.copytree(tree / "compiled_data", HERE / "compiled_data")


if __name__ == "__main__":
    sys.exit(main())
