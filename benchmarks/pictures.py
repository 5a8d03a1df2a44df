"""The pictures of docs/performance.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any


def draw_rivals(measured: Mapping[str, Any], names: Mapping[str, str], path: Path) -> None:
    """Draw the seconds of each contender, called by its name, by layout, on a logarithmic axis."""
    plt = _pyplot()
    colours = dict(zip(names, ("#1b7837", "#bdbdbd", "#b2182b", "#ef8a62", "#2166ac", "#67a9cf", "#8073ac")))
    figure, axes = plt.subplots(figsize=(9, 0.95 * len(measured) + 1.2), layout="constrained")
    shown = [who for who in names if all(f"{who} 1" in costs for costs in measured.values())]
    height = 0.8 / len(shown)
    # A logarithmic axis has no zero to begin at, and what is cut off there some viewers draw all the same.
    start = min(costs[f"{who} 1"]["cpu"] for who in shown for costs in measured.values()) / 2
    for position, who in enumerate(shown):
        places = [line + height * (position - (len(shown) - 1) / 2) for line in range(len(measured))]
        seconds = [costs[f"{who} 1"]["cpu"] for costs in measured.values()]
        axes.barh(places, [s - start for s in seconds], height, start, label=names[who], color=colours[who])
    axes.set_xscale("log")
    axes.set_xlim(left=start)
    axes.set_yticks(range(len(measured)), list(measured))
    axes.invert_yaxis()
    axes.set_xlabel("processor seconds for one product (three rasters of a full tile), logarithmic")
    axes.grid(axis="x", alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="upper center", bbox_to_anchor=(0.45, 1.0 + 0.75 / len(measured)), ncols=3, frameon=False)
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def draw_compile_memory(figures: Mapping[str, Any], path: Path) -> None:
    """Draw the memory that compile takes by the rows that it compiles."""
    plt = _pyplot()
    figure, axes = plt.subplots(figsize=(7, 3), layout="constrained")
    for workers, colour in (("1", "#2166ac"), ("2", "#1b7837")):
        mine = {int(name.split()[0]): said for name, said in figures.items() if name.split()[-1] == workers}
        millions = sorted(mine)
        label = "one worker" if workers == "1" else "two workers"
        axes.plot(millions, [mine[million]["beyond_mb"] for million in millions], "o-", color=colour, label=label)
    axes.set(xlabel="million rows", ylabel="MB beyond Python", ylim=(0, 650))
    axes.axhline(600, color="#b2182b", linestyle="--", label="goal")
    axes.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def _pyplot() -> Any:
    """Return matplotlib's pyplot, set to write the same bytes for the same figures."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "performance"
    import matplotlib.pyplot as plt

    return plt
