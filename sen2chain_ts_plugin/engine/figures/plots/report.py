"""The report of an extraction as a self-contained HTML page: overview, calendar, a chart per zone, what was skipped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from ...series.shown_zones import Overview, ShownZones
from ...series.zone_series import Choice
from ..html.calendar_svg import LEVELS, Day, calendars, levels_legend, month_range
from ..html.page import Translate, bullets, cards, counted, escape, facts, legend, page, table
from ..html.search import SCRIPT, search_box
from .pictures import MOST_PAGES, ZONES_PER_PAGE
from .report_zones import ReportZones
from .series_svg import all_zones_chart, frame_of, level_of_share
from .zone_cards import zone_cards
from .zone_map_svg import COLOURS, zone_map

# Charts that a page can hold: 3 KB each for 100 dates.
MOST_CHARTS = 600
_FEWEST_CHARTS = 24
_MOST_NAMES = 40
_MOST_DAYS = 60


class Report:
    """A report, section by section: the rows of one index and mask are needed only while it is added.

    Parameters
    ----------
    name
        of the extraction.
    choice
        what is shown.
    zones
        how many zones the extraction has; None when that is not known.
    sections
        how many will be added.
    known
        names, groups and places of the zones.
    tr, language
        see `inventory_page.inventory_page`.
    """

    def __init__(
        self,
        name: str,
        choice: Choice,
        zones: int | None,
        sections: int,
        known: ReportZones,
        tr: Translate = str,
        language: str = "en",
    ) -> None:
        self._name = name
        self._choice = choice
        self._zones = zones
        # How many zones have a chart in each section.
        self.charts = max(MOST_CHARTS // max(sections, 1), _FEWEST_CHARTS)
        self._tr = tr
        self._language = language
        self._known = known
        # The first chart of each zone, and the rules of the orders of charts.
        self._anchors: dict[int, str] = {}
        self._style: list[str] = []
        self._sections: list[str] = []
        self._links: list[str] = []
        self._overview: list[list[str]] = []
        self._rows = 0
        self._days: set[date] = set()
        self._with_row: set[int] = set()

    def add(self, shown: ShownZones, pictures: Sequence[str]) -> None:
        """Add the section of an index and mask, read with the limit ``charts``, and the names of its pictures."""
        series, overview = shown.series, shown.overview
        anchor = f"s{len(self._sections)}"
        title = f"{series.index} {series.mask_folder}"
        self._links.append(f'<a href="#{anchor}">{escape(title)}</a>')
        days: list[date] = overview.days.tolist()
        self._rows += overview.rows
        self._days.update(days)
        self._with_row.update(overview.zones)
        source = self._tr("compiled") if series.compiled else self._tr("raw data")
        cells = [
            series.index, series.mask_folder, overview.rows, len(overview.zones), len(days), days[0], days[-1],
            f"{100 * float(np.mean(overview.seen)):.0f} %", f"{overview.median / 10000:.3f}", len(series.without_row),
            source,
        ]  # fmt: skip
        self._overview.append([escape(cell) for cell in cells])
        body = [
            f'<section id="{anchor}"><h2>{escape(title)}</h2>',
            self._all_zones(overview),
            self._calendar(overview, series.without_row),
            self._zone_charts(shown, anchor),
            self._skipped(shown, pictures),
            "</section>",
        ]
        self._sections.append("\n".join(body))

    @property
    def is_empty(self) -> bool:
        """Whether no section was added."""
        return not self._sections

    def page(self) -> bytes:
        """Return the whole page."""
        tr = self._tr
        title = tr("Time series: {name}").format(name=self._name)
        numbers: list[tuple[object, str]] = [
            self._zones_with_rows(),
            counted(len(self._days), tr("day of acquisition"), tr("days of acquisition")),
            counted(self._rows, tr("row"), tr("rows")),
            counted(len(self._sections), tr("pair of index and cloud mask"), tr("pairs of index and cloud mask")),
        ]
        if self._days:
            first, last = min(self._days).year, max(self._days).year
            span = tr("months, {first} to {last}").format(first=first, last=last)
            one = tr("month, in {year}").format(year=first)
            numbers.append(counted(len(month_range(self._days)), one, span))
        heads = [
            tr("Index"), tr("Cloud mask"), tr("Rows"), tr("Zones"), tr("Days"), tr("First"), tr("Last"),
            tr("Pixels seen"), tr("Median of the means"), tr("Products without row"), tr("Source"),
        ]  # fmt: skip
        limits = [str(day) if day else "…" for day in (self._choice.date_min, self._choice.date_max)]
        body = [
            f"<header><h1>{escape(title)}</h1>",
            facts([(tr("Dates asked for"), " - ".join(limits))]) if limits != ["…", "…"] else "",
            f"</header>{cards(numbers)}<nav>{''.join(self._links)}</nav>",
            search_box(tr),
            f"<section><h2>{escape(tr('Overview'))}</h2>",
            table(heads, self._overview, [2, 3, 4, 7, 8, 9]),
            self._map(),
            "</section>",
            *self._sections,
        ]
        return page(title, filter(None, body), self._language, "".join(self._style), SCRIPT)

    def _zones_with_rows(self) -> tuple[int, str]:
        tr, number = self._tr, len(self._with_row)
        if self._zones is None:
            return counted(number, tr("zone with rows"), tr("zones with rows"))
        one, several = tr("zone with rows, of {zones}"), tr("zones with rows, of {zones}")
        return counted(number, one.format(zones=self._zones), several.format(zones=self._zones))

    def _all_zones(self, overview: Overview) -> str:
        said = self._tr(
            "Median of the zones' means, on days when at least a fifth of them was seen; the band holds 80 % of them."
        )
        chart = all_zones_chart(overview, frame_of(overview), self._tr)
        return f'<p class="sub">{escape(said)}</p><figure>{chart}</figure>'

    def _calendar(self, overview: Overview, without_row: Sequence[date]) -> str:
        tr = self._tr
        shown = {day: Day(0, tr("{day}: no valid pixel in any zone").format(day=day)) for day in without_row}
        days = zip(overview.days.tolist(), overview.seen.tolist(), overview.zones_on.tolist())
        for day, share, zones in days:
            title = tr("{day}: {share} % of the zones' pixels seen, zones: {zones}").format(
                day=day, share=f"{100 * share:.0f}", zones=zones
            )
            shown[day] = Day(level_of_share(share), title)
        step = 100 // LEVELS
        labels = [f"{step * level}-{step * (level + 1)} %" for level in range(LEVELS)]
        said = tr("How many of the pixels of all zones that ever have a row were seen on each day.")
        return (
            f'<h3>{escape(tr("Completeness"))}</h3><p class="sub">{escape(said)}</p>'
            f"{levels_legend(labels)}{calendars(shown, tr)}"
        )

    def _zone_charts(self, shown: ShownZones, anchor: str) -> str:
        tr = self._tr
        zones = shown.evenly(self.charts)
        said = tr(
            "The smoothed curve of each zone through its observations, all on the same scales: dashed where these are "
            "far apart, open in long gaps, crosses are left out as spikes. Grey: other years, their median and from "
            "10 % to 90 % of them; without other years the quartiles of the pixels. A hollow point is a date on which "
            "only a part of the zone was seen; the stronger a mark below, the more of the zone was seen."
        )
        if len(zones) < len(shown.overview.zones):
            said += " " + tr("{shown} of {zones} zones, evenly chosen.").format(
                shown=len(zones), zones=len(shown.overview.zones)
            )
        cards = zone_cards(shown, zones, self._known, anchor, tr)
        self._style.append(cards.style)
        self._anchors = {**cards.anchors, **self._anchors}
        return f'<h3>{escape(tr("Zones"))}</h3><p class="sub">{escape(said)}</p>{cards.html}'

    def _map(self) -> str:
        """Return the map of the zones, each a link to its first chart, and what its colours mean."""
        tr, known = self._tr, self._known
        colours = {name: number for number, name in enumerate(known.group_names)}
        drawn = zone_map(
            known.geometries,
            lambda zone: known.names.get(zone, f"FID{zone}"),
            lambda zone: self._anchors.get(zone, ""),
            lambda zone: colours.get(known.groups.get(zone, ""), 0),
            tr("The zones; each leads to its chart"),
        )
        if not drawn:
            return ""
        marks = [
            (
                f'<svg width="12" height="12"><path class="g{number % COLOURS} area" d="M0 0h12v12H0z"/></svg>',
                name or tr("No value"),
            )
            for name, number in list(colours.items())[:_MOST_NAMES]
        ]
        said = tr("Colours: {field}").format(field=known.group_field) if marks else ""
        note = f'<p class="note">{escape(said)}</p>{legend(marks)}' if marks else ""
        return f"<h3>{escape(tr('Map'))}</h3><figure>{drawn}</figure>{note}"

    def _skipped(self, shown: ShownZones, pictures: Sequence[str]) -> str:
        tr, series, zones = self._tr, shown.series, shown.overview.zones
        items = []
        if series.without_row:
            days = ", ".join(str(day) for day in series.without_row[:_MOST_DAYS])
            more = ", …" if len(series.without_row) > _MOST_DAYS else ""
            items.append(
                tr("Products without a valid pixel in any zone: {number} ({days})").format(
                    number=len(series.without_row), days=days + more
                )
            )
        if series.damaged:
            names = ", ".join(path.name for path in series.damaged)
            items.append(tr("Damaged raw files, left out: {files}").format(files=names))
        missing = self._zones_without_row(zones)
        if missing:
            names = ", ".join(f"FID{number}" for number in missing[:_MOST_NAMES])
            more = ", …" if len(missing) > _MOST_NAMES else ""
            items.append(tr("Zones without a row: {number} ({zones})").format(number=len(missing), zones=names + more))
        limit = ZONES_PER_PAGE * MOST_PAGES
        if len(zones) > limit:
            items.append(
                tr("The pictures of details show {shown} of {zones} zones, evenly chosen.").format(
                    shown=limit, zones=len(zones)
                )
            )
        if series.compiled:
            items.append(tr("Rows from: {file}").format(file=series.compiled.name))
        if pictures:
            items.append(tr("Pictures: {files}").format(files=", ".join(pictures)))
        return f"<h3>{escape(tr('Skipped items, and files'))}</h3>{bullets(items)}" if items else ""

    def _zones_without_row(self, zones: Sequence[int]) -> list[int]:
        with_row = set(zones)
        return [number for number in range(self._zones or 0) if number not in with_row]
