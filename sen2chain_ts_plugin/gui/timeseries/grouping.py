"""Many zones as groups, and what is said of the lines through their observations."""

from __future__ import annotations

from collections.abc import Sequence

from ...engine.series.curves import Curve
from ...processing.support.i18n import tr
from ..map.dock_zones import DockZones
from .content import SEN2CHAIN, SMOOTHED, Group, ZoneContent

# More curves than this cannot be told apart: their median and spread are drawn.
MOST_SINGLE = 8
# More groups than this neither.
MOST_GROUPS = 8


def grouping(all_zones: DockZones | None, zones: Sequence[int], field: str) -> dict[int, str] | None:
    """Return to which group each of many zones belongs; None where each is drawn by itself.

    The field of the legend splits them, where it has few enough values; else they are one group.
    """
    if len(zones) <= MOST_SINGLE or all_zones is None:
        return None
    names = {zone: all_zones.label(zone, field) for zone in zones}
    if field and len(set(names.values())) <= MOST_GROUPS:
        return names
    return dict.fromkeys(zones, tr("Zones"))


def places(groups: Sequence[Group], curves: Sequence[Curve]) -> dict[int, int]:
    """Return at which place, and so in which colour, each zone is drawn."""
    if groups:
        return {zone: place for place, group in enumerate(groups) for zone in group.zones}
    return {curve.zone: place for place, curve in enumerate(curves)}


def about_line(zones: Sequence[ZoneContent], line: str) -> str:
    """Return what should be known of the lines through the observations; empty for straight lines."""
    if line == SEN2CHAIN:
        used = sum(zone.curve.smooth_used for zone in zones)
        return " " + tr("Sen2Chain's smoothing uses {used} of them.").format(used=used)
    if line != SMOOTHED:
        return ""
    lines = [zone.line for zone in zones if zone.line is not None]
    if len(lines) < len(zones):
        few = len(zones) - len(lines)
        return " " + tr("Zones with too few observations for a smoothed curve: {zones}.").format(zones=few)
    used, spikes = (int(sum(getattr(each, name).sum() for each in lines)) for name in ("used", "spike"))
    return " " + tr("The curve uses {used} of them; spikes left out: {spikes}.").format(used=used, spikes=spikes)
