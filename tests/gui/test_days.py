"""Days in the dock: images from bands alone, small pictures, the walk by acquisitions, and what a project remembers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

Play = Callable[..., dict[str, Any]]


def test_days(play: Play, tmp_path: Path) -> None:
    seen = play("days")
    seen["titled"] = (tmp_path / "data" / "titled.png").read_bytes()
    for check in (
        check_the_dock_is_there_before_what_draws_its_chart,
        check_the_image_of_the_day_is_computed_where_the_library_has_bands_only,
        check_each_date_has_a_small_picture_that_goes_there,
        check_the_dock_plays_the_true_dates_whatever_the_panel_of_qgis_does,
        check_buttons_and_arrow_keys_go_to_the_acquisition_before_and_after,
        check_everything_speaks_in_words_and_on_the_scale_of_the_index,
        check_chart_and_values_are_copied_and_saved_by_the_menus_of_the_right_button,
        check_an_edited_layer_is_noticed,
        check_a_project_remembers_switches_zoom_and_day,
    ):
        check(seen)


def check_the_dock_is_there_before_what_draws_its_chart(seen: dict[str, Any]) -> None:
    visible, text, loaded = seen["at_once"]
    assert visible
    assert text.startswith("Choose an extraction")
    assert loaded == seen["loaded_before"]


def check_the_image_of_the_day_is_computed_where_the_library_has_bands_only(seen: dict[str, Any]) -> None:
    day = seen["dates"][2]
    clouds, index, colours = f"Clouds, {day}", f"NDVI, {day}", f"True colours, {day}"
    assert seen["images"] == {clouds: True, index: True}
    here, mean = seen["value"]
    assert here == pytest.approx(mean, abs=0.15)
    # Either the index or true colours are to be seen.
    assert seen["in_colours"] == {clouds: True, colours: True, index: False}
    assert seen["bands"] == [3, True]
    assert seen["index_again"] == {clouds: True, colours: False, index: True}


def check_each_date_has_a_small_picture_that_goes_there(seen: dict[str, Any]) -> None:
    assert len(seen["pictures"]) == len(seen["dates"])
    assert seen["pictures"][0] == "5 Jan 2021"
    assert seen["drawn"] >= 4
    assert seen["different"] == seen["drawn"] - 1
    assert seen["marked"] == 2
    row, day = seen["clicked"]
    assert day == seen["dates"][row]
    assert (seen["strip_hidden"], seen["strip_shown"]) == (True, True)


def check_the_dock_plays_the_true_dates_whatever_the_panel_of_qgis_does(seen: dict[str, Any]) -> None:
    dates = seen["dates"]
    days = [date.fromisoformat(day).toordinal() for day in dates]
    assert len({late - early for early, late in zip(days, days[1:])}) > 1  # no equal steps
    assert seen["walked"] == dates
    assert len(seen["said"]) == len(dates)
    assert all(day[:4] in said and str(int(day[8:])) in said for day, said in zip(dates, seen["said"]))
    assert seen["playing"] == [True, "Stop playing"]
    assert seen["played"] == [False, "Play the acquisitions"]
    assert seen["stopped"] == [False, dates[1]]


def check_buttons_and_arrow_keys_go_to_the_acquisition_before_and_after(seen: dict[str, Any]) -> None:
    first, second, third, *_, last = seen["dates"]
    assert seen["stepped"] == [second, third, second, first, first]
    assert seen["by_arrows"] == [second, third, second, last]


def check_everything_speaks_in_words_and_on_the_scale_of_the_index(seen: dict[str, Any]) -> None:
    assert seen["titles"][:4] == ["Zone", "Date", "Mean", "Clear (%)"]
    assert not {"percentile_25", "nbcld", "cldprb"} & set(seen["titles"])
    assert seen["cells"][1:] == ["5 Jan 2021", f"{seen['mean']:.4f}", "100"]
    # Its columns get their widths when it is opened, long after the curves came.
    assert seen["cut_columns"] == []
    assert seen["room_for_name"] > 10  # of its colour
    zone, words, pixels, _ = seen["description"].split("\n")
    assert "31 Dec 2022, 06:35" in zone
    assert words.startswith("NDVI 0.")
    assert pixels.endswith("% clear")
    assert seen["picture_tip"] == f"5 Jan 2021, NDVI {seen['mean']:.2f}, 100 % clear"
    assert seen["lists"][0] == "NDVI, vegetation vigour"
    assert "classes 3, 8, 9, 10 of the scene classification" in seen["lists"][1]

    # The layer that is loaded: titles, a tip, the zone's name and the value before the rest; names stay.
    name, value, clear = seen["tip_wanted"]
    assert seen["tip"] == f"<b>{name}</b>, 14 Jun 2021, NDVI {value}, {clear} % clear"
    assert seen["display"] == f"{name}, 14 Jun 2021"
    assert seen["aliases"]["mean"] == "Mean NDVI x 10 000"
    assert seen["aliases"]["nbcld"] == "Cloudy pixels"
    assert seen["columns"][:3] == ["name", "date", "mean"]


def check_chart_and_values_are_copied_and_saved_by_the_menus_of_the_right_button(seen: dict[str, Any]) -> None:
    saves = ["Save the chart as PNG…", "Save the chart as SVG…", "Save the values as CSV…"]
    assert seen["menu_of_chart"][:5] == ["Copy the chart", "Copy the values", *saves]
    assert seen["menu_of_table"] == ["Show this day on the map", "Copy the values", saves[2]]
    assert min(seen["copied_chart"]) > 100
    assert seen["copied"][0].split("\t") == seen["titles"]
    assert len(seen["copied"]) == 1 + len(seen["dates"])
    assert seen["titled"].startswith(b"\x89PNG")


def check_an_edited_layer_is_noticed(seen: dict[str, Any]) -> None:
    assert seen["edited"] == "The layer fields has been edited since it was extracted. Features that differ: 1."
    assert seen["again"]


def check_a_project_remembers_switches_zoom_and_day(seen: dict[str, Any]) -> None:
    assert seen["before"]["view"]
    assert seen["after"] == seen["before"]
    assert (seen["after"]["line"], seen["after"]["field"], seen["after"]["day"]) == (
        "smoothed",
        "crop",
        seen["dates"][3],
    )
