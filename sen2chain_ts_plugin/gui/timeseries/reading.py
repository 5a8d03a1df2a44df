"""Reads what the chart shows: in the thread of a background reading, with values only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from ...engine.analysis.zone_lines import (
    ZoneLine,
    other_years,
    period_means,
    smoothed_lines,
    spread_of,
    straight_line,
)
from ...engine.feedback import Feedback
from ...engine.library.product_id import parse_product
from ...engine.series.curves import Curve, read_curves
from ...engine.series.smoothing import SmoothingSettings
from ...engine.tree.layout import Tree
from ...engine.tree.raw_csv import raw_files
from .content import SEN2CHAIN, SMOOTHED, Display, Group, ZoneContent


def read_zones(
    tree: Tree,
    index: str,
    mask_folder: str,
    zones: Sequence[int],
    feedback: Feedback,
    display: Display,
    smoothing: SmoothingSettings,
    groups: Mapping[int, str] | None = None,
) -> tuple[list[ZoneContent], list[Group]]:
    """Read the rows of some zones, and draw through them what a display shows; see `read_curves`.

    ``groups`` says to which group each zone belongs; None: each is drawn by itself.
    """
    if groups is not None:
        # Neither lines nor other years of a single zone are drawn then.
        curves = read_curves(tree, index, mask_folder, zones, feedback)
        return [ZoneContent(curve) for curve in curves], _groups(curves, groups)
    sen2chain = smoothing if display.line == SEN2CHAIN else None
    curves = read_curves(tree, index, mask_folder, zones, feedback, sen2chain)
    lines: Sequence[ZoneLine | None] = [None] * len(curves)
    if display.line == SMOOTHED:
        lines = smoothed_lines(curves, index, display.start_month)
    return [_zone(curve, line, display) for curve, line in zip(curves, lines)], []


def last_acquisition(tree: Tree, index: str, mask_folder: str) -> date | None:
    """Return the day of the newest raw file of an index and mask; None where there is none."""
    products = (parse_product("_".join(name.split("_")[:7])) for name in _raster_names(tree, index, mask_folder))
    return max((product.acquired.date() for product in products if product is not None), default=None)


def _raster_names(tree: Tree, index: str, mask_folder: str) -> list[str]:
    return [tree.masked_name(path) for path in raw_files(tree.raw_folder(index, mask_folder))]


def _groups(curves: Sequence[Curve], names: Mapping[int, str]) -> list[Group]:
    """Return the groups, the largest first."""
    members: dict[str, list[Curve]] = {}
    for curve in curves:
        members.setdefault(names[curve.zone], []).append(curve)
    ordered = sorted(members.items(), key=lambda each: (-len(each[1]), each[0]))
    return [
        Group(f"{name} ({len(mine)})", tuple(curve.zone for curve in mine), spread_of(mine)) for name, mine in ordered
    ]


def _zone(curve: Curve, line: ZoneLine | None, display: Display) -> ZoneContent:
    band = steps = None
    if display.years:
        day, value = (line.day, np.where(line.filled, np.nan, line.value)) if line is not None else straight_line(curve)
        band = other_years(day, value, display.start_month)
    if display.period:
        steps = period_means(curve, display.period, display.start_month)
    return ZoneContent(curve, line, band, steps)
