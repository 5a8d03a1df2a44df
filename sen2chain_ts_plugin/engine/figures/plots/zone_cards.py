"""The charts of the zones of a report as cards, by group, which the reader sorts without any script.

Radio buttons choose the order of the cards: for each order the style sheet of the page has the place of each card.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf, isnan

import numpy as np

from ...series.shown_zones import ShownZones
from ...series.zone_series import NamedZone, ZoneSeries
from ..html.page import Translate, escape
from .report_zones import ReportZones
from .series_svg import frame_of, zone_chart
from .zone_lines import ZoneLook, looks_of

# An index value that is so far below that of other years is pointed out.
_LOW = 0.1


@dataclass(frozen=True)
class _Card:
    """A zone with its chart, and the numbers it is sorted by."""

    zone: NamedZone
    label: str
    group: str
    value: float
    usual: float
    seen: float
    html: str


@dataclass(frozen=True)
class Cards:
    """The cards of a section: HTML, the rules of their orders, and the anchor of each zone."""

    html: str
    style: str
    anchors: dict[int, str]


def zone_cards(shown: ShownZones, zones: Sequence[NamedZone], known: ReportZones, section: str, tr: Translate) -> Cards:
    """Return the cards of some zones.

    Parameters
    ----------
    shown
        the rows of the zones, and what spans the charts.
    zones
        those to show.
    known
        their names and groups.
    section
        a word that begins the anchors.
    tr
        translates.
    """
    series = shown.series
    frame, looks = frame_of(shown.overview), looks_of(series, zones)
    cards = [
        _card(series, zone, look, zone_chart(series, _named(zone, known), frame, look, tr), known, section, tr)
        for zone, look in zip(zones, looks)
    ]
    by_name = sorted(cards, key=lambda card: (card.label.casefold(), card.zone.fid))
    orders = {
        tr("As in the layer"): None,
        tr("By name"): {card.zone.fid: place for place, card in enumerate(by_name)},
        tr("Lowest value first"): _order(cards, lambda card: card.value),
        tr("Furthest below other years first"): _order(cards, lambda card: card.value - card.usual),
        tr("Least seen first"): _order(cards, lambda card: card.seen),
    }
    buttons, rules = [], []
    for number, (label, order) in enumerate(orders.items()):
        name = f"{section}o{number}"
        checked = " checked" if not number else ""
        buttons.append(
            f'<input class="sort" type="radio" name="{section}o" id="{name}"{checked}/>'
            f'<label for="{name}">{escape(label)}</label>'
        )
        for fid, place in (order or {}).items():
            rules.append(f"#{name}:checked~div #{section}z{fid}{{order:{place}}}")
    body = _by_group(cards, known, tr) if known.groups else _row(cards)
    html = f'<div class="sorted">{"".join(buttons)}<div>{body}</div></div>'
    return Cards(html, "".join(rules), {card.zone.fid: f"{section}z{card.zone.fid}" for card in cards})


def _named(zone: NamedZone, known: ReportZones) -> NamedZone:
    return NamedZone(zone.fid, known.names.get(zone.fid, zone.label), zone.rows)


def _order(cards: Sequence[_Card], key: Callable[[_Card], float]) -> dict[int, int]:
    """Return the place of each card; those without a number come last."""
    ranked = sorted(cards, key=lambda card: inf if isnan(key(card)) else key(card))
    return {card.zone.fid: place for place, card in enumerate(ranked)}


def _row(cards: Sequence[_Card]) -> str:
    return f'<div class="charts">{"".join(card.html for card in cards)}</div>'


def _by_group(cards: Sequence[_Card], known: ReportZones, tr: Translate) -> str:
    parts = []
    for name in known.group_names:
        mine = [card for card in cards if card.group == name]
        if not mine:
            continue
        values = [card.value for card in mine if not isnan(card.value)]
        said = tr("Zones: {zones}, median of their last values: {value}").format(
            zones=len(mine), value=f"{np.median(values):.3f}" if values else "-"
        )
        parts.append(
            f'<div class="group"><h3>{escape(name or tr("No value"))}</h3><p class="sub">{escape(said)}</p>'
            f"{_row(mine)}</div>"
        )
    return "".join(parts)


def _card(
    series: ZoneSeries,
    zone: NamedZone,
    look: ZoneLook,
    chart: str,
    known: ReportZones,
    section: str,
    tr: Translate,
) -> _Card:
    label = _named(zone, known).label
    shares = 1 - series.share_without_data[zone.rows]
    seen = float(shares.mean())
    value, usual = look.against_other_years(series)
    said = tr("Dates: {dates}, pixels seen: {seen} %").format(dates=shares.size, seen=f"{100 * seen:.0f}")
    html = (
        f'<div class="chart" id="{section}z{zone.fid}"><h4 title="{escape(label)}">{escape(label)}</h4>'
        f"<p>{escape(said)}</p>{_last(series, look, value, usual, tr)}{chart}</div>"
    )
    return _Card(zone, label, known.groups.get(zone.fid, ""), value, usual, seen, html)


def _last(series: ZoneSeries, look: ZoneLook, value: float, usual: float, tr: Translate) -> str:
    """Return the last value, and that of other years at the same time of the year."""
    if isnan(value):
        return ""
    day = series.when[look.rows[-1]].astype("datetime64[D]")
    said = f"{day}: {value:.3f}"
    if isnan(usual):
        return f'<p class="now">{escape(said)}</p>'
    kind = "now low" if value - usual <= -_LOW else "now"
    usually = tr("other years {value}").format(value=f"{usual:.3f}")
    return f'<p class="{kind}">{escape(said)}, {escape(usually)}</p>'
