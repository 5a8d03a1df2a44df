"""Draws the pictures of the analyses in docs/images, from the sample library of four years that the pages make."""

from __future__ import annotations

import csv
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from sen2chain_ts_plugin import engine  # noqa: E402 the path has to be known first
from sen2chain_ts_plugin.engine.library.cloudmask import DEFAULT, parse  # noqa: E402
from sen2chain_ts_plugin.engine.samplelibrary import PROBABILITY, build, index_raster  # noqa: E402

if TYPE_CHECKING:
    from matplotlib.figure import Figure

IMAGES = ROOT / "docs" / "images"
# As in docs/smooth.md.
SIZE, DATES, YEARS = 256, 160, 4
CANE, PASTURE, SPIKED = "0", "16", "12"
GREEN, DARK, OCHRE, RED, GREY = "#1a9641", "#00441b", "#d8b365", "#d7301f", "#8a938d"
# z below -2, -1, to 1, 2 and above: as the layer of Anomaly shows them.
CLASSES = ((-2, "#a6611a"), (-1, "#dfc27d"), (1, "#d9d9d9"), (2, "#80cdc1"), (float("inf"), "#018571"))


def main() -> None:
    """Make the sample, analyse it, draw."""
    with tempfile.TemporaryDirectory() as folder:
        tree = extraction(Path(folder))
        engine.smooth(tree)
        engine.aggregate(tree)
        engine.anomaly(tree)
        engine.trend(tree, min_years=YEARS)
        engine.phenology(tree, start_month=7)
        (analyses,) = (tree / "analysis_data" / "NDVI").iterdir()
        for draw in (smoothed, aggregated, anomalies, trends, seasons):
            draw(analyses)


def extraction(folder: Path) -> Path:
    """Return an extraction of the NDVI of the sample library."""
    rasters = [index_raster("NDVI"), index_raster("NDVI", DEFAULT), PROBABILITY]
    sample = build(folder / "sample", size=SIZE, dates=DATES, years=YEARS, rasters=rasters)
    library, zones = engine.open_library(sample.library), engine.read_zones(sample.layer)
    selection = engine.Selection(["NDVI"], [parse(DEFAULT)])
    tree, _ = engine.extract(library, zones, selection, folder / "extraction", engine.SerialExecutor())
    return tree.folder


def rows(path: Path, zone: str) -> list[dict[str, str]]:
    """Return the rows of a zone."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["fid"] == zone]


def column(table: list[dict[str, str]], name: str) -> list[float]:
    """Return a column of numbers."""
    return [float(row[name] or "nan") for row in table]


def days(table: list[dict[str, str]], name: str) -> list[date]:
    """Return a column of dates."""
    return [date.fromisoformat(row[name]) for row in table]


def middles(table: list[dict[str, str]]) -> list[date]:
    """Return the days in the middle of periods."""
    return [begin + (end - begin) / 2 for begin, end in zip(days(table, "begin"), days(table, "end"))]


def paper(title: str, height: float = 3.0, panels: int = 1, **shared: Any) -> tuple[Figure, Any]:
    """Return an empty figure, and what to draw on."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, height), dpi=110, layout="constrained")
    axes = figure.subplots(panels, **shared)
    for each in axes if panels > 1 else [axes]:
        each.grid(alpha=0.3)
        each.spines[["top", "right"]].set_visible(False)
    (axes[0] if panels > 1 else axes).set_title(title, fontsize="medium", loc="left")
    return figure, axes


def keep(figure: Figure, name: str) -> None:
    """Write a picture."""
    figure.savefig(IMAGES / f"{name}.png", metadata={"Software": None})
    print(f"wrote docs/images/{name}.png")


def titled(table: list[dict[str, str]], what: str) -> str:
    """Return what stands above a picture: the field, and what is shown of it."""
    return f"{table[0]['name']} (zone {table[0]['fid']}): {what}"


def smoothed(analyses: Path) -> None:
    """Draw the curve of a field, and what it was drawn through."""
    table = rows(analyses / "smooth" / "fields_NDVI_smooth.csv", SPIKED)
    seen = [row for row in table if row["observed"]]
    used, left_out = ([row for row in seen if row["used"] == flag] for flag in "10")
    figure, axes = paper(titled(table, "the curve of Smooth"))
    axes.plot(days(table, "date"), column(table, "value"), color=GREEN, linewidth=2, label="value")
    axes.plot(days(used, "date"), column(used, "observed"), "o", color=DARK, markersize=4, label="observed, used")
    axes.plot(days(left_out, "date"), column(left_out, "observed"), "x", color=RED, markersize=7, markeredgewidth=2,
              label="not used: a spike, or too few clear pixels")  # fmt: skip
    axes.set_ylabel("NDVI")
    axes.legend(frameon=False, ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.12), fontsize="small")
    keep(figure, "analysis-smooth")


def aggregated(analyses: Path) -> None:
    """Draw the months of a field."""
    table = rows(analyses / "aggregate" / "fields_NDVI_month.csv", CANE)
    seen = [row for row in rows(analyses / "smooth" / "fields_NDVI_smooth.csv", CANE) if row["observed"]]
    figure, axes = paper(titled(table, "its months"))
    low, high, mean = (column(table, name) for name in ("min", "max", "mean"))
    widths = [(end - begin).days + 1 for begin, end in zip(days(table, "begin"), days(table, "end"))]
    axes.bar(days(table, "begin"), [top - bottom for top, bottom in zip(high, low)], widths, low, align="edge",
             color=OCHRE, alpha=0.5, label="min to max")  # fmt: skip
    axes.hlines(mean, days(table, "begin"), [day + timedelta(1) for day in days(table, "end")], color=GREEN,
                linewidth=2.5, label="mean")  # fmt: skip
    axes.plot(days(seen, "date"), column(seen, "observed"), ".", color=DARK, markersize=3, label="observed")
    axes.set_ylabel("NDVI")
    axes.set_ylim(0.15, 0.85)
    axes.legend(frameon=False, ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.12), fontsize="small")
    keep(figure, "analysis-aggregate")


def anomalies(analyses: Path) -> None:
    """Draw a dry year of a pasture beside the others."""
    folder = analyses / "anomaly"
    table = [row for row in rows(folder / "fields_NDVI_month_anomaly.csv", PASTURE) if row["period"] >= "2022-07"]
    figure, (above, below) = paper(titled(table, "months compared with those of other years"), 4.2, 2, sharex=True)
    normal, sd = column(table, "normal"), column(table, "sd")
    above.fill_between(middles(table), [a - b for a, b in zip(normal, sd)], [a + b for a, b in zip(normal, sd)],
                       color=OCHRE, alpha=0.4, linewidth=0, label="normal ± sd")  # fmt: skip
    above.plot(middles(table), normal, color=OCHRE, linewidth=2, label="normal")
    above.plot(middles(table), column(table, "value"), "o-", color=GREEN, markersize=4, label="value")
    above.set_ylabel("NDVI")
    above.legend(frameon=False, ncols=3, loc="upper right", fontsize="small")
    z = column(table, "z")
    colours = [next(colour for limit, colour in CLASSES if not value >= limit) for value in z]
    below.bar(middles(table), z, 24, color=colours, edgecolor=GREY, linewidth=0.5)
    below.axhline(0, color=GREY, linewidth=0.8)
    below.set_ylabel("z")
    keep(figure, "analysis-anomaly")


def trends(analyses: Path) -> None:
    """Draw the years of a field, and the line through them."""
    found = rows(analyses / "trend" / "fields_NDVI_trend.csv", PASTURE)[0]
    seen = [row for row in rows(analyses / "smooth" / "fields_NDVI_smooth.csv", PASTURE) if row["observed"]]
    years = sorted({row["date"][:4] for row in seen})
    counted = [row for row in seen if 2 * float(row["count"]) >= max(column(seen, "count"))]
    means = []
    for year in years:
        values = [float(row["observed"]) for row in counted if row["date"].startswith(year)]
        means.append(sum(values) / len(values))
    slope, start, p = (float(found[name]) for name in ("slope", "intercept", "p"))
    figure, axes = paper(titled(seen, f"slope {slope:+.3f} a year, p = {p:.2f}: no trend to speak of"), 2.6)
    first = int(years[0])
    axes.plot([int(year) for year in years], means, "o", color=DARK, label="mean of the year")
    axes.plot([first, first + len(years) - 1], [start, start + slope * (len(years) - 1)], color=GREEN, linewidth=2,
              label="Theil-Sen")  # fmt: skip
    axes.set_xticks([int(year) for year in years])
    axes.set_ylabel("NDVI")
    axes.legend(frameon=False, loc="upper right", fontsize="small")
    keep(figure, "analysis-trend")


def seasons(analyses: Path) -> None:
    """Draw the seasons of a field of cane on its curve."""
    table = rows(analyses / "phenology" / "fields_NDVI_seasons.csv", CANE)
    curve = [row for row in rows(analyses / "smooth" / "fields_NDVI_smooth.csv", CANE) if row["value"]]
    figure, axes = paper(titled(table, "its seasons"))
    axes.plot(days(curve, "date"), column(curve, "value"), color=GREEN, linewidth=2)
    for season in table:
        sos, pos, eos = (date.fromisoformat(season[name]) for name in ("sos", "pos", "eos"))
        axes.axvspan(sos, eos, color=OCHRE, alpha=0.18, linewidth=0)
        for day, name, mark in ((sos, "sos", ">"), (pos, "pos", "^"), (eos, "eos", "<")):
            axes.plot(day, float(season[f"{name}_value"]), mark, color=RED, markersize=8)
            place, side = {"sos": ((9, -3), "left"), "pos": ((0, 8), "center"), "eos": ((-9, -3), "right")}[name]
            axes.annotate(f"{name} {day:%d %b}", (day, float(season[f"{name}_value"])), xytext=place,
                          textcoords="offset points", ha=side, fontsize="x-small")  # fmt: skip
        axes.text(pos, 0.45, f"{season['year']}: {season['los']} days", ha="center", fontsize="small", color=GREY)
    axes.set_ylabel("NDVI")
    axes.margins(y=0.15)
    keep(figure, "analysis-phenology")


if __name__ == "__main__":
    main()
