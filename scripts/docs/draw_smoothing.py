"""Draw docs/images/smoothing.png: a zone of the reference, what counts, how gaps are filled, and the smoothed curve."""

from __future__ import annotations

import csv
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from sen2chain_ts_plugin.engine.compilation.compile import (  # noqa: E402 the path has to be known first
    CompileRequest,
    compile_tree,
)
from sen2chain_ts_plugin.engine.series.smoothing import SCALE, SmoothingSettings, fill_gaps  # noqa: E402

ZONE = "33"
SOURCE = ROOT / "tests/data/reference/expected/EXTRACTION_CM001/zones_3b371b3ac79d9d4f"
PICTURE = ROOT / "docs" / "images" / "smoothing.png"


def rows(tree: Path, end: str) -> list[dict[str, str]]:
    """Return the rows of the zone in a file of all data."""
    path = tree / "compiled_data/NDVI/CM001/all_data" / f"zones_CC100_NDVI_all_data{end}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["fid"] == ZONE]


def main() -> None:
    """Compile the reference and draw the zone."""
    from matplotlib.figure import Figure

    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / SOURCE.name
        shutil.copytree(SOURCE / "raw_data" / "NDVI", tree / "raw_data" / "NDVI")
        compile_tree(tree, CompileRequest(smoothing=SmoothingSettings()))
        seen, smooth = rows(tree, ""), rows(tree, "_smooth")
    days = [date.fromisoformat(row["date"]) for row in smooth]
    observed = np.array([[float(row["mean_div"] or "nan") for row in smooth]])
    used = {row["date"] for row in smooth if row["valid"]}
    left_out = [row for row in seen if row["date"][:10] not in used]

    figure = Figure(figsize=(8, 3.4), dpi=120, layout="constrained")
    axes = figure.subplots()
    axes.plot(days, fill_gaps(observed, np.array([False]))[0], color="#d8b365", label="gaps filled", linewidth=1.2)
    axes.plot(days, [float(row["smoothed"]) for row in smooth], color="#1a9641", label="smoothed", linewidth=2)
    axes.plot(days, observed[0], "o", color="#00441b", label="observed", markersize=6)
    axes.plot(
        [date.fromisoformat(row["date"][:10]) for row in left_out],
        [float(row["mean"]) / SCALE for row in left_out],
        "x",
        color="#d7301f",
        label="left out: 99.8 % without data",
        markersize=8,
        markeredgewidth=2,
    )
    axes.set_ylabel("NDVI")
    axes.set_ylim(0.25, 0.65)
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, ncols=2, loc="upper right")
    PICTURE.parent.mkdir(exist_ok=True)
    figure.savefig(PICTURE, metadata={"Software": None})
    print(f"wrote {PICTURE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
