"""The report to hand over: zones by name, in groups, on a map, with the smoothed curve and what other years were."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sen2chain_ts_plugin.engine.errors import KeyFieldUnknown
from sen2chain_ts_plugin.engine.figures.html.search import SCRIPT
from sen2chain_ts_plugin.engine.figures.plots.plot import plot_tree
from sen2chain_ts_plugin.engine.series.zone_fields import likely_group, likely_name
from sen2chain_ts_plugin.engine.series.zone_series import Choice
from sen2chain_ts_plugin.engine.tree.layout import open_tree
from sen2chain_ts_plugin.engine.zones.shapefile import write_shapefile
from sen2chain_ts_plugin.engine.zones.wkb import Geometry
from tests.support.pages import Page
from tests.support.raw_tree import Log, make_tree, masked_name, row

EVIL = '"><script>alert(1)</script>'
FIELDS = ["name", "crop", "farm"]
ATTRIBUTES = [
    ("Hill", "maize", "North"), ("bay", "cane", "North"), (EVIL, "cane", "South"), ("Lane", EVIL, "South"),
    ("Marsh", "", "North"),
]  # fmt: skip


def days(first: str = "2021-01-03", last: str = "2022-12-28", every: int = 10) -> list[str]:
    """Return days at equal steps."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return [str(begin + timedelta(days)) for days in range(0, (end - begin).days + 1, every)]


def season(day: str) -> float:
    """Return a value that rises to 0.8 in July and falls to 0.2 in January."""
    return 5000 - 3000 * np.cos(2 * np.pi * date.fromisoformat(day).timetuple().tm_yday / 365)


def tree_with_zones(root: Path, value: Any = lambda _, day: season(day), on: list[str] | None = None) -> Path:
    """Make an extraction of five square zones."""
    rows = []
    for day in on or days():
        for zone in range(len(ATTRIBUTES)):
            mean = float(value(zone, day))
            quartiles = {"percentile_25": mean - 200, "percentile_75": mean + 200, "median": mean}
            rows.append(row(zone, masked_name(day), mean=mean, **quartiles))
    tree = make_tree(root, rows)
    squares = [55 + 0.01 * zone + 0.005 * np.array([[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]) for zone in range(5)]
    geometries = [Geometry([[square - [0, 76]]]) for square in squares]
    folder = open_tree(tree).shapefile
    folder.parent.mkdir()
    for extension, data in write_shapefile(geometries, FIELDS, ATTRIBUTES).items():
        folder.with_suffix(extension).write_bytes(data)
    return tree


def report_of(tree: Path, log: Log | None = None, key_field: str = "", **options: Any) -> Page:
    """Write the report alone, and parse it."""
    choice = Choice(key_field=key_field)
    plotted = plot_tree(tree, choice, None, log or Log(), with_pictures=False, **options)
    assert plotted.pictures == []
    assert [path.name for path in plotted.folder.iterdir() if path.is_file()] == [plotted.report.name]
    return Page(plotted.report)


def cards_of(page: Page) -> dict[str, str]:
    """Return the HTML of each chart by its anchor."""
    parts = re.split(r'<div class="chart" id="(\w+)">', page.html)
    return dict(zip(parts[1::2], parts[2::2]))


def order_of(page: Page, button: int) -> list[int]:
    """Return the zones in the order that a button gives them."""
    places = {int(zone): int(place) for zone, place in
              re.findall(rf"#s0o{button}:checked~div #s0z(\d+){{order:(\d+)}}", page.html)}  # fmt: skip
    return sorted(places, key=places.__getitem__)


def test_zones_have_their_names_groups_and_places(tmp_path: Path) -> None:
    page = report_of(tree_with_zones(tmp_path))
    names = [values["title"] for tag, values in page.tags if tag == "h4"]
    # By group; the group without a name comes last. Nothing of it means anything to HTML: see `Page`.
    assert names == ["Lane", "bay", EVIL, "Hill", "Marsh"]
    assert order_of(page, 1) == [2, 1, 0, 3, 4]
    headings = re.findall(r'<div class="group"><h3>(.*?)</h3>', page.html)
    assert headings == ["&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;", "cane", "maize", "No value"]
    assert "Zones: 2, median of their last values: 0.202" in page.texts
    assert "Colours: crop" in page.texts
    # Each zone of the map leads to its chart, in the colour of its group.
    cards = cards_of(page)
    links = re.findall(r'<a href="#(\w+)"><path class="g(\d) area"', page.html)
    assert {anchor for anchor, _ in links} == set(cards) == {f"s0z{zone}" for zone in range(5)}
    colours = dict(links)
    assert colours["s0z1"] == colours["s0z2"] == "1"
    assert len({colours[f"s0z{zone}"] for zone in (0, 1, 3, 4)}) == 4
    # A group begins a page when it is printed.
    assert re.search(r"@media print{.*\.group{[^}]*break-before:page}", page.html, re.DOTALL)


def test_the_search_box_waits_for_the_one_script_of_the_page(tmp_path: Path) -> None:
    page = report_of(tree_with_zones(tmp_path))
    # Hidden until the script runs; what zones are called is nowhere in it. See `Page` for the policy.
    assert ("p", {"id": "search", "hidden": None}) in page.tags
    assert "Search zones and groups" in page.texts
    assert page.script == SCRIPT
    # What it looks through.
    assert all("<h4" in card for card in cards_of(page).values())
    assert re.search(r"@media print{.*#search[^}]*{display:none}", page.html, re.DOTALL)


def test_a_field_groups_by_choice(tmp_path: Path) -> None:
    tree = tree_with_zones(tmp_path)
    headings = re.findall(r'<div class="group"><h3>(.*?)</h3>', report_of(tree, group_field="farm").html)
    assert headings == ["North", "South"]
    with pytest.raises(KeyFieldUnknown, match=r"owner.*name, crop, farm"):
        report_of(tree, group_field="owner")


def test_names_that_are_asked_for_count(tmp_path: Path, reference: Path) -> None:
    source = next((reference / "expected" / "EXTRACTION_CM001").iterdir())
    log = Log()
    page = Page(plot_tree(source, Choice(indices=("NDVI",)), tmp_path, log, with_pictures=False).report)
    guessed = [values["title"] for tag, values in page.tags if tag == "h4"]
    assert "Bois de couleurs 4" in guessed
    plotted = plot_tree(source, Choice(("NDVI",), key_field="code"), tmp_path, log, with_pictures=False)
    names = [values["title"] for tag, values in Page(plotted.report).tags if tag == "h4"]
    assert len(names) == len(guessed)
    assert not set(names) & set(guessed)


def test_without_a_shapefile_there_is_no_map(tmp_path: Path) -> None:
    tree = make_tree(tmp_path, [row(0, masked_name(day), crop="maize") for day in days(every=40)])
    page = report_of(tree)
    assert [values["title"] for tag, values in page.tags if tag == "h4"] == ["FID0"]
    assert 'class="map"' not in page.html
    assert 'class="group"' not in page.html


def test_a_damaged_shapefile_costs_the_map_alone(tmp_path: Path) -> None:
    tree = tree_with_zones(tmp_path)
    open_tree(tree).shapefile.write_bytes(b"nothing")
    log = Log()
    page = report_of(tree, log)
    assert len([warning for warning in log.warnings if warning.startswith("The report has no map: ")]) == 1
    assert len(cards_of(page)) == 5


def test_the_curve_is_honest_about_a_harvest_a_spike_and_a_gap(tmp_path: Path) -> None:
    """A field harvested to 0.20 is drawn at 0.20; a cloud that was missed is a cross, and a gap stays open."""
    spike = days(last="2021-12-29")[20]

    def value(zone: int, day: str) -> float:
        if zone == 0:
            return 8000 if day < "2021-07-01" else 2000
        return 1000 if (zone, day) == (1, spike) else 7000

    on = [day for day in days(last="2021-12-29") if not "2021-09-05" < day < "2021-12-20"]
    cards = cards_of(report_of(tree_with_zones(tmp_path, value, on)))
    assert 'class="spike"' in cards["s0z1"]
    assert 'class="spike"' not in cards["s0z2"]
    lines = "".join(re.findall(r'<path class="curve[^"]*" d="([^"]*)"', cards["s0z0"]))
    heights = [float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", lines)]
    dots = [float(y) for y in re.findall(r"M[\d.]+ ([\d.]+)a", re.search(r'class="dot" d="([^"]*)"', cards["s0z0"])[1])]
    # As low and as high as the observations, to 0.05 of the index.
    step = (max(dots) - min(dots)) / 0.6 * 0.05
    assert max(heights) > max(dots) - step
    assert min(heights) < min(dots) + step
    across = [float(x) for x in re.findall(r"[ML]([\d.]+) [\d.]+", lines)]
    assert max(np.diff(sorted(across))) > 40


def test_other_years_stand_behind_the_last_one(tmp_path: Path) -> None:
    def value(zone: int, day: str) -> float:
        return season(day) - (1500 if zone == 3 and day > "2022-11-01" else 0)

    page = report_of(tree_with_zones(tmp_path, value))
    cards = cards_of(page)
    assert all('class="years"' in card and 'class="usual"' in card for card in cards.values())
    # Its last value, as an index value, and that of other years on that day of the year.
    assert re.search(r'<p class="now">2022-12-\d\d: 0.20\d, other years 0.2\d\d</p>', cards["s0z0"])
    assert re.search(r'<p class="now low">2022-12-\d\d: 0.05\d, other years 0.2\d\d</p>', cards["s0z3"])
    assert order_of(page, 2)[0] == 3
    assert order_of(page, 3)[0] == 3
    assert sorted(order_of(page, 4)) == list(range(5))
    assert page.html.count(" checked") == 1

    one_year = cards_of(report_of(tree_with_zones(tmp_path / "one", on=days(last="2021-12-29"))))
    assert not any('class="years"' in card for card in one_year.values())
    assert all('class="band"' in card for card in one_year.values())


@pytest.mark.parametrize(
    ("fields", "texts", "name"),
    [
        (["fid", "NAME", "crop"], ["crop"], "NAME"),
        (["code", "nom"], [], "nom"),
        (["a", "b"], ["b"], "b"),
        (["a"], [], ""),
        ([], [], ""),
    ],
)
def test_field_that_names(fields: list[str], texts: list[str], name: str) -> None:
    assert likely_name(fields, texts) == name


@pytest.mark.parametrize(
    ("values", "group"),
    [
        ({"Culture": ["a", "b", "a"]}, "Culture"),
        ({"crop": ["a", "a", "a"], "farm": ["x", "y", "y"]}, "farm"),  # one crop sorts nothing
        ({"type": [str(number) for number in range(61)]}, ""),
        ({"name": ["a", "b", "a"]}, ""),
    ],
)
def test_field_that_groups(values: dict[str, list[str]], group: str) -> None:
    assert likely_group(list(values), values.__getitem__) == group
