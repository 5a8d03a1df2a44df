"""Writes the figures of the last runs into docs/performance.md, with their pictures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import layouts, library
from .pictures import draw_compile_memory, draw_rivals

DOCS = Path(__file__).parents[1] / "docs"
_BEGIN, _END = "<!-- figures: begin, written by `make bench` -->", "<!-- figures: end -->"
_NAMES = {
    "ours": "this plugin",
    "floor": "decode floor",
    "sen2chain": "rasterstats per polygon (Sen2Chain)",
    "rasterstats": "rasterstats, whole layer",
    "exactextract": "exactextract",
    "qgis": "QGIS zonal statistics",
    "gdal": "gdal raster zonal-stats",
}
Figures = dict[str, Any]
_QUIET = 3.0  # two workers and a little: more load than that is not ours


def write() -> None:
    """Put the figures there are between the two marks of the page; sections that were not measured here stay."""
    folder = library.cache() / "figures"
    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    page = DOCS / "performance.md"
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(_BEGIN)
    there, after = rest.split(_END)
    head, *parts = there.split("### ")
    sections = {part.split("\n")[0]: part for part in parts}
    measured, said = {}, {}
    for name in filter(found.__contains__, _SECTIONS):
        title, rest = _SECTIONS[name](_without_machine(found[name])).removeprefix("### ").split("\n", 1)
        measured[title], said[title] = rest, _measured_on([found[name]])
    # What was measured elsewhere keeps what is said of it at the top; else that is of all.
    only_some = not sections.keys() <= measured.keys()
    sections.update({title: f"{title}\n{said[title] if only_some else ''}{rest}" for title, rest in measured.items()})
    ordered = sorted(sections, key=lambda title: _TITLES.index(title) if title in _TITLES else len(_TITLES))
    body = "\n".join(f"### {sections[title].rstrip()}\n" for title in ordered)
    top = head if only_some else f"{_measured_on(list(found.values()))}\n"
    page.write_text(f"{before}{_BEGIN}\n{top.strip()}\n\n{body}{_END}{after}", encoding="utf-8")
    if "rivals" in found:
        draw_rivals(found["rivals"]["layouts"], _NAMES, DOCS / "images" / "performance.svg")
    if "compiling" in found:
        draw_compile_memory(_without_machine(found["compiling"]), DOCS / "images" / "compile_memory.svg")


def _without_machine(figures: Figures) -> Figures:
    """Return the figures without what `library.keep_figures` keeps beside them."""
    return {name: said for name, said in figures.items() if name not in ("machine", "load")}


def _measured_on(figures: Sequence[Figures]) -> str:
    """Return what was measured on, and whether it had other things to do; in lines."""
    machines = sorted({each["machine"] for each in figures})
    said = f"\nMeasured on: {'; '.join(machines)}.\n"
    load = max((each.get("load", 0.0) for each in figures), default=0.0)
    if load > _QUIET:
        said += (
            f"Other programs ran on the same cores (load {load:.0f}): seconds of wall time say little, compare those "
            "of the processor.\n"
        )
    return said


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


def _floor(figures: Figures) -> str:
    rows = []
    for workers in ("1", "2"):
        engine, base, share = (figures[workers][part] for part in ("engine", "floor", "ratio"))
        rows.append(
            [workers, *(f"{a:.1f} ({b:.1f})" for a, b in (engine, base)), f"**{share[0]:.2f}** ({share[1]:.2f})"]
        )
    return (
        "### Compared with the decode floor\n\n20 000 scattered fields, two products; wall (CPU) seconds.\n\n"
        + _table(["workers", "extraction, from zones to files", "decoding the same blocks alone", "ratio"], rows)
    )


def _holes(figures: Figures) -> str:
    """Return what it costs to look for holes of zeros in the tiles that are decoded."""
    parts = [f"{wall:.2f} ({cpu:.2f})" for wall, cpu in (figures["looking"], figures["decoding"])]
    share = "**{:.2f} %** ({:.2f} %)".format(*(100 * each for each in figures["share"]))
    return (
        "### Looking for holes of zeros\n\n20 000 scattered fields, two products, one worker; wall (CPU) seconds. "
        "Goal: 2 % of decoding.\n\n"
        + _table(["looking for holes", "decoding the same blocks alone", "share"], [[*parts, share]])
    )


def _memory(figures: Figures) -> str:
    rows = [
        [workers, f"{figures[workers]['peak_mb']:.0f} MB", f"{figures[workers]['beyond_mb']:.0f} MB"]
        for workers in ("1", "2")
    ]
    return "### Memory\n\n20 000 scattered fields, four products, a fresh process.\n\n" + _table(
        ["workers", "peak", "beyond Python with its libraries"], rows
    )


def _flat(figures: Figures) -> str:
    rows = []
    for kind, what in (
        ("products", "products, 20 zones of each"), ("vertices", "vertices of one zone, one product"),
        ("zones", "zones of one product"),
    ):  # fmt: skip
        for count, cost in figures[kind].items():
            number = f"{int(count):,}".replace(",", " ")
            rows.append([f"{number} {what}", f"{cost['peak_mb']:.0f} MB", f"{cost['beyond_mb']:.0f} MB"])
    return (
        "### More and more\n\nPeak memory of a run with one worker, a fresh process each. Products do not add up; a "
        "vertex or a zone takes its own place and no more.\n\n"
        + _table(["", "peak", "beyond Python with its libraries and the layer"], rows)
    )


def _rivals(figures: Figures) -> str:
    rows, guessed = [], False
    for layout, costs in figures["layouts"].items():
        for key, name in _NAMES.items():
            if f"{key} 1" not in costs:
                continue
            row = [layout if key == "ours" else "", name]
            for workers in ("1", "2"):
                cost = costs.get(f"{key} {workers}")
                star = "*" if cost and cost["times"] > 1 else ""
                guessed = guessed or bool(star)
                row.append(f"{cost['wall']:.2f} ({cost['cpu']:.2f}){star}" if cost else "")
            peak = costs[f"{key} 1"].get("peak_mb")
            row.append(f"{peak:.0f} MB" if peak else "")
            rows.append(row)
    note = "\n\\* extrapolated from a sample of the fields.\n" if guessed else ""
    missing = [name for name in layouts.NAMES if name not in figures["layouts"]]
    if missing:
        note += f"\nNot measured yet: {', '.join(missing)}.\n"
    how = f"medians of {figures['rounds']} rounds; what takes longer than {layouts.LONG:.0f} s was run once"
    if figures["rounds"] == 1:
        how = "each measured once"
    return (
        f"### Every way, one product\n\nMasked, unmasked and probability raster; wall (CPU) seconds, {how}.\n\n"
        "![Seconds per product](images/performance.svg)\n\n"
        + _table(["fields", "", "1 worker", "2 workers", "peak memory"], rows)
        + note
    )


def _whole(figures: Figures) -> str:
    counts = [count for count in figures if count.isdigit()]
    parts = [part for part in figures[counts[0]] if part != "ratio"]
    head = [", ".join([_NAMES[who], *rest]) for who, *rest in (part.split(", ") for part in parts)]
    rows = []
    for count in counts:
        seconds = [f"{figures[count][part]:.0f}" for part in parts]
        rows.append([f"{int(count):,}".replace(",", " "), *seconds, f"**{figures[count]['ratio']:.2f}**"])
    return (
        "### Ten dates, two indices\n\nCPU seconds of the whole run, one worker. A rival starts over for each raster, "
        "so its run is the time of each kind of raster, measured once, times their number (20, 20, 10).\n\n"
        + _table(["fields", *head, "this plugin / the best other"], rows)
    )


def _nothing(figures: Figures) -> str:
    (listing, listing_cpu), (again, again_cpu) = figures["listing"], figures["again"]
    rows = [
        ["run again, 10 000 products done", f"{again:.2f} s ({again_cpu:.2f} s CPU)", "2 s"],
        ["list a library of 20 000 products", f"{listing:.2f} s ({listing_cpu:.2f} s CPU)", "3 s"],
        ["start of the plugin in a running QGIS", f"{1000 * figures['start']:.0f} ms", "50 ms"],
    ]
    return "### The cost of nothing\n\n" + _table(["", "measured", "goal"], rows)


def _parcels(figures: Figures) -> str:
    rows = []
    for count, goals in (("100000", ("25 s", "4 s", "-")), ("1000000", ("-", "-", "2 GB"))):
        said = figures[count]
        costs = (
            f"{said['wall']:.1f} s ({said['busy']:.1f} s CPU)",
            f"{said['again']:.1f} s ({said['again_busy']:.1f} s CPU)",
            f"{said['first_mb']:.0f} MB",
        )
        number = f"{int(count):,}".replace(",", " ")
        rows.append([number, *(f"{cost} / {goal}" for cost, goal in zip(costs, goals))])
    return (
        "### Layers of many parcels\n\nA GeoPackage of parcels of about a hectare with four attributes, all over "
        "the tile; one product through Processing in QGIS, two workers; measured / goal. Of the peak memory "
        f"{figures['1000000']['before_mb']:.0f} MB are QGIS with Processing.\n\n"
        + _table(["parcels", "first run", "again, with nothing to do", "peak memory"], rows)
    )


def _profile(figures: Figures) -> str:
    rows = [
        [part, f"{seconds:.2f}", f"{100 * seconds / figures['total']:.1f} %"]
        for part, seconds in figures["seconds"].items()
    ]
    return "### Where the time goes\n\nOne product, 20 000 scattered fields, one worker.\n\n" + _table(
        ["", "CPU seconds", "share"], rows
    )


def _compiling(figures: Figures) -> str:
    rows = []
    for name, said in figures.items():
        if name != "sen2chain":
            million, workers = name.split()
            row = [f"{million} million", workers, f"{said['wall']:.1f} s ({said['busy']:.1f} s CPU)"]
            row += [f"{said['again']:.1f} s", f"{said['grown']:.1f} s ({said['grown_busy']:.1f} s CPU)"]
            rows.append([*row, f"{said['beyond_mb']:.0f} MB"])
    text = "### Compile\n\nAll dates and by month; 36 million rows are 100 000 zones on 360 dates.\n\n"
    text += _table(
        ["rows", "workers", "measured", "again, with nothing to do", "again, with one new product",
         "memory beyond Python"],
        rows,
    )  # fmt: skip
    text += "\n![Memory by rows](images/compile_memory.svg)\n"
    if "sen2chain" in figures:
        text += (
            f"\nSen2Chain's own `compile_data` took {figures['sen2chain']:.0f} s for the million rows, "
            f"{figures['sen2chain'] / figures['1 1']['wall']:.0f} times as long.\n"
        )
    return text


def _identical(figures: Figures) -> str:
    said = ", ".join(f"{name} ({rows} rows)" for name, rows in figures["rows"].items())
    return (
        "### The same bytes\n\nAreas of blocks and one worker wrote the same files as GDAL alone and two workers, for "
        f"each layout: {said}.\n"
    )


def _pixels(figures: Figures) -> str:
    """What each rule of pixels costs."""
    rows = []
    for name in ("centre", "touched", "fraction", "exactextract"):
        if name in figures:
            (wall, cpu), (share, share_cpu) = figures[name]["cost"], figures[name]["ratio"]
            rows.append([name, f"{wall:.1f} ({cpu:.1f})", f"**{share:.2f}** ({share_cpu:.2f})"])
    head = ["pixels", "seconds (of the processor)", "/ centre"]
    return (
        "### The rules of pixels\n\n20 000 scattered fields, one product of a full tile, one worker, from zones to "
        "files; exactextract reads the same three rasters.\n\n" + _table(head, rows)
    )


def _analysing(figures: Figures) -> str:
    rows = [
        ["stiffness chosen for each zone, robust", f"{figures['chosen']:.1f} s", "25 s"],
        ["stiffness given, robust", f"{figures['given']:.1f} s", "3 s"],
    ]
    text = "### Curves\n\nSmooth, 2 000 zones over five years, processor seconds.\n\n"
    text += _table(["", "measured", "goal"], rows)
    if figures.get("whittaker_eilers"):
        curve, both = (rival / figures[name] for name, rival in figures["whittaker_eilers"].items())
        text += (
            f"\nFor one curve each with a given stiffness whittaker-eilers takes {curve:.1f} times as long (goal 3), "
            f"and {both:.1f} times where each observation is also compared with the curve drawn without it.\n"
        )
    if figures.get("sen2chain"):
        text += (
            f"\nSen2Chain's own smoothing (Savitzky-Golay) takes {figures['sen2chain']:.0f} s for the same zones, "
            f"{figures['sen2chain'] / figures['chosen']:.1f} times as long as Smooth with its defaults.\n"
        )
    rows = [
        [kind, workers, f"{said['wall']:.0f} s ({said['busy']:.0f} s CPU)", f"{said['beyond_mb']:.0f} MB"]
        for kind in ("smooth", "aggregate", "plot", "quicklooks")
        for workers in ("1", "2")
        if (said := figures.get(f"{kind} {workers}"))
    ]
    if rows:
        text += (
            "\n100 000 zones over five years, from 7 million raw rows to files, for plot to pictures and report; of "
            "quicklooks all but the drawing of 7 million pictures. The goal is 600 MB.\n\n"
        )
        text += _table(["", "workers", "seconds", "memory beyond Python"], rows)
    return text + f"\nFrom a million raw rows to the files of Smooth: {figures['whole']:.0f} s.\n"


def _held_out(figures: Figures) -> str:
    rows = [
        [f"{100 * float(missed):.0f} %", *(f"{errors[who]:.4f}" for who in ("compile", "gcv", "smooth"))]
        for missed, errors in figures.items()
    ]
    return "### How far curves are from the truth\n\nSee [Smooth](smooth.md).\n\n" + _table(
        ["missed clouds", "Compile's smoothing", "cross-validation alone", "Smooth"], rows
    )


def _sources(figures: Figures) -> str:
    """What masks applied while reading and indices from bands cost."""
    text = (
        "### Where pixels come from\n\nOne worker, from zones to files; wall (CPU) seconds.\n\nFour products of a full "
        "tile; the mask applied while reading beside the produced one:\n\n"
    )
    text += _table(["fields", "mask", "seconds", "/ the produced mask"], _costs(figures["masks"]))
    text += (
        "\nThree indices of one L2A product of a full tile, from its bands, under the mask SCL. The floor is to decode "
        "each block of the four bands that holds zones once, through GDAL. The script computes the three indices of "
        "the whole tile into GeoTIFFs, and exactextract reads these.\n\n"
    )
    text += _table(["fields", "", "seconds", "/ the floor"], _costs(figures["bands"]))
    rows = [
        [what, *(f"{said[part]:.0f} MB" for part in ("peak_mb", "beyond_mb"))]
        for what, said in figures["memory"].items()
    ]
    return text + "\n" + _table(["20 000 fields", "peak memory", "beyond Python with its libraries"], rows)


def _many_files(figures: Figures) -> str:
    rows = [[name, f"{wall:.2f} s ({cpu:.2f} s CPU)"] for name, (wall, cpu) in figures.items()]
    return (
        "### A tree of 90 000 raw files\n\nFive years of 40 tiles, four indices and three cloud masks, five fields a "
        "tile; what is read is in the cache of the system.\n\n" + _table(["", "seconds"], rows)
    )


def _dock(figures: Figures) -> str:
    names = {"open": "open it, with a first curve", "1": "another zone", "20": "twenty others"}
    goals = {"open": "", "1": "0.15 s CPU", "20": "0.3 s CPU"}
    rows = [[name, "{:.2f} s ({:.2f} s CPU)".format(*figures[key]), goals[key]] for key, name in names.items()]
    return (
        "### The dock\n\nAn extraction of 200 fields and 360 dates; from what is picked to the curves that are drawn, "
        "the thread that reads included, medians of nine.\n\n" + _table(["", "measured", "goal"], rows)
    )


def _country(figures: Figures) -> str:
    rows = [[name, f"{wall:.0f} s ({cpu:.0f} s CPU)"] for name, (wall, cpu) in figures.items()]
    return (
        "### A tenth of a country\n\n58 dates of one tile with 20 000 fields, two indices, two workers; foretold from "
        "one product for the extraction, as in [Many machines](clusters.md).\n\n" + _table(["", "seconds"], rows)
    )


def _costs(figures: Figures) -> list[list[str]]:
    return [
        [f"{int(count):,}".replace(",", " "), what, f"{wall:.1f} ({cpu:.1f})", f"**{share:.2f}** ({share_cpu:.2f})"]
        for count, costs in figures.items()
        for what, ((wall, cpu), (share, share_cpu)) in ((what, each.values()) for what, each in costs.items())
    ]


_SECTIONS = {
    "rivals": _rivals, "floor": _floor, "holes": _holes, "whole": _whole, "pixels": _pixels, "sources": _sources,
    "memory": _memory, "flat": _flat, "parcels": _parcels, "nothing": _nothing, "profile": _profile,
    "compiling": _compiling, "analysing": _analysing, "many files": _many_files, "dock": _dock,
    "country": _country, "held out": _held_out, "identical": _identical,
}  # fmt: skip
# In the order of the page; what was measured earlier keeps its place.
_TITLES = [
    "Every way, one product", "Compared with the decode floor", "Looking for holes of zeros", "Ten dates, two indices",
    "The rules of pixels", "Where pixels come from", "Memory", "More and more", "Layers of many parcels",
    "The cost of nothing", "Where the time goes", "Compile", "Curves", "A tree of 90 000 raw files",
    "The dock", "A tenth of a country", "How far curves are from the truth", "The same bytes",
]  # fmt: skip
