"""Every way beside ours, for each layout of fields; the whole run of ten dates; the decode floor below all."""

from __future__ import annotations

import statistics
from typing import Any

from . import library, measure, rivals

LAYOUTS = (
    ("scattered", 10), ("scattered", 200), ("scattered", 2000), ("scattered", 20_000), ("clustered", 20_000),
    ("large", 1),
)  # fmt: skip
NAMES = ("10 scattered", "200 scattered", "2000 scattered", "20000 scattered", "20000 clustered", "1 of 500 km2")
# (contender, workers); what has no workers of its own decodes with as many threads of GDAL.
CONTENDERS = (
    ("ours", 1), ("ours", 2), ("floor", 1), ("floor", 2), ("sen2chain", 1), ("rasterstats", 1), ("exactextract", 1),
    ("exactextract", 2), ("qgis", 1), ("qgis", 2), ("gdal", 1), ("gdal", 2),
)  # fmt: skip
# Those that can give most of what a run of ours gives, near the floor.
RIVALS = ("exactextract", "qgis", "gdal")
WHOLE = (2000, 20_000)
# What takes longer than so many seconds is measured once.
LONG = 10.0
Figures = dict[str, Any]


def every_way() -> Figures:
    """Seconds per product of every contender and layout: wall, processor, peak memory."""
    found: Figures = {"rounds": measure.rounds(), "layouts": {}}
    contenders = [(who, workers) for who, workers in CONTENDERS if rivals.is_there(who)]
    for layer, count in LAYOUTS:
        name = library.fields(layer, count).name
        costs = _contest([(who, workers, {"layer": layer, "count": count}) for who, workers in contenders])
        found["layouts"][name] = costs
        for key, cost in costs.items():
            print(f"rivals: {name}: {key}: {_said(cost)}", flush=True)
        library.keep_figures("rivals", found)  # it takes long: what is measured is not lost
    return found


def whole() -> Figures:
    """Ten dates, two indices, one worker: our whole run beside the rivals', which start over for each raster."""
    found: Figures = {}
    there = [who for who in RIVALS if rivals.is_there(who)]
    for count in WHOLE:
        options = {"layer": "scattered", "count": count}
        contest = [("ours_whole", 1, options)]
        for who in there:
            contest += [(who, 1, {**options, "kinds": [kind]}) for kind in ("masked", "unmasked", "probability")]
        costs = _contest(contest)
        figures: Figures = {"ours": costs["ours_whole 1"]["cpu"]}
        rasters = {"masked": 2 * library.DATES, "unmasked": 2 * library.DATES, "probability": library.DATES}
        for who in there:
            figures[who] = sum(costs[f"{who} 1 {kind}"]["cpu"] * times for kind, times in rasters.items())
            figures[f"{who}, masked alone"] = costs[f"{who} 1 masked"]["cpu"] * rasters["masked"]
        figures["ratio"] = figures["ours"] / min(figures[who] for who in there)
        print(f"whole: {count} fields, 10 dates x 2 indices, CPU seconds: {figures}", flush=True)
        found[str(count)] = figures
    return found


def _contest(contenders: list[tuple[str, int, dict[str, Any]]]) -> dict[str, dict[str, float]]:
    """Run each contender in a fresh process, in turn, for some rounds, a long one once; return the medians."""
    said: dict[str, list[dict[str, float]]] = {}
    for _ in range(measure.rounds()):
        for who, workers, options in contenders:
            key = " ".join([f"{who} {workers}", *options.get("kinds", [])])
            if key in said and said[key][0]["wall"] / said[key][0]["times"] > LONG:
                continue
            result = measure.fresh("contender", who=who, workers=workers, **options)
            said.setdefault(key, []).append(result)
    return {
        key: {
            part: statistics.median(result[part] for result in results) for part in ("wall", "cpu", "peak_mb", "times")
        }
        for key, results in said.items()
    }


def _said(cost: dict[str, float]) -> str:
    guess = f", {cost['times']:.0f} times what was measured" if cost["times"] > 1 else ""
    return f"{cost['wall']:.2f} s, {cost['cpu']:.2f} s CPU, peak {cost['peak_mb']:.0f} MB{guess}"
