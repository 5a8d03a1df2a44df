"""The plugin in the window of a real QGIS, used as a user does."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

Play = Callable[..., dict[str, Any]]


def check_image_of_the_day(seen: dict[str, Any]) -> None:
    day = seen["moment_wanted"][:10]
    assert seen["image"] == [f"Clouds, {day}", f"NDVI, {day}"] or seen["image"] == [f"NDVI, {day}"]
    assert all(str(crs).startswith("EPSG:327") for crs in seen["image_valid"])
    year, _, number = day.partition("-")
    assert year in seen["label"]
    assert str(int(number[-2:])) in seen["label"]
    # Another day takes the place of the first.
    assert len(seen["image_again"]) in (1, 2)
    assert day not in "".join(seen["image_again"])


def check_many_zones(seen: dict[str, Any]) -> None:
    # Many zones are one group; a click on one of them selects it.
    shown, drawn = seen["many"]
    assert shown > drawn > 8
    assert seen["legend"] == [f"Zones ({drawn})"]
    assert seen["chosen"][0] == seen["chosen"][1]


def test_extract_from_the_toolbox_then_click_a_zone_and_see_its_curve(play: Play, tmp_path: Path) -> None:
    seen = play("pick_zones")

    assert seen["hidden_at_first"]
    assert seen["empty_at_first"]
    assert seen["menu"][:2] == ["Time series", "Jobs of Sen2Chain"]
    assert "Choose an extraction" in seen["empty"]

    # The dialog offered what the library has.
    assert any(text.startswith("CM001   clouds   (") for text in seen["list_of_CLOUDMASKS"])
    assert ["produced" in text for text in seen["list_of_CLOUDMASKS"]] == [True] * 3 + [False] * 6
    assert [text.split()[0] for text in seen["list_of_INDICES"][:3]] == ["NDVI", "NDWIGAO", "NDWIMCF"]
    assert "products" in seen["list_of_INDICES"][1]
    assert seen["list_of_INDICES"][2] == "NDWIMCF   open water"

    # What was used is offered next time, in dialogs only.
    library = str(tmp_path / "data" / "library")
    assert seen["remembered"] == [library, "CM001"]
    assert (seen["offered"], seen["default"]) == (library, None)

    # The dock followed the run, and shows what the raw files say of the zone under the mouse.
    assert seen["extraction"] == seen["results"]["EXTRACTION"]
    assert seen["indices"] == ["NDVI", "NDWIGAO"]
    clicked = seen["clicked"]
    assert clicked["zones"] == [clicked["feature"]]
    assert dict(zip(clicked["dates"], clicked["means"])) == pytest.approx(best_means(seen, clicked["feature"]))
    # The honest line first; what others say how many observations they use.
    assert clicked["straight"]
    rows = len(clicked["dates"])
    assert seen["smoothed"].endswith("Zones with too few observations for a smoothed curve: 1.")
    assert 0 < int(re.search(r"Sen2Chain's smoothing uses (\d+) of them", seen["sen2chain"])[1]) <= rows
    assert seen["status"].startswith(f"Zones: 1 of 36. Observations: {len(clicked['dates'])}, ")
    assert seen["outlines"] >= 1

    # A selection in the layer that was extracted, in another CRS, shows the same zones.
    assert seen["selected"] == [0, 1, 2]
    assert seen["table_rows"] == seen["rows"] > 0

    check_many_zones(seen)
    check_image_of_the_day(seen)

    # A click on a point took the map to its date.
    first, last = seen["moment"]
    assert seen["before"] is None
    assert first <= seen["moment_wanted"] <= last

    # The bar in the chart follows the controller while it plays.
    assert seen["played"] == sorted(set(seen["played"]))
    assert len(seen["played"]) == 3
    assert seen["bar_moved"]

    # What is loaded stands in the group of its extraction.
    assert len(seen["groups"].pop("Image of the day")) in (1, 2)
    assert seen["groups"] == {"zones_2975": ["zones_2975, mean NDVI", "zones_2975, zones"]}

    # Another extraction starts empty, whatever was being read of the first one.
    first = Path(seen["extraction"])
    folder, curves, hint = seen["other"]
    assert (folder, curves) == (str(tmp_path / "data" / "other" / first.name), [])
    assert hint.startswith("Pick zones on the map")

    data = tmp_path / "data"
    assert (data / "saved.png").read_bytes().startswith(b"\x89PNG")
    assert "</svg>" in (data / "saved.svg").read_text(encoding="utf-8")
    with (data / "saved.csv").open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert sum(bool(line["filename"]) for line in lines) == seen["rows"]
    assert {line["zone"] for line in lines} <= {"0", "1", "2"}

    assert seen["listeners_before"] == 1
    assert seen["left"] == {
        "docks": [], "menu": [], "buttons": [], "provider": False, "outlines": 0, "listeners": 0,
        "tools": 0, "map_tool": seen["left"]["map_tool"],
    }  # fmt: skip
    assert seen["left"]["map_tool"] != "ZoneTool"


def best_means(seen: dict[str, Any], zone: int) -> dict[str, float]:
    """Return the mean NDVI of each date of a zone, from the raw files; of two products the later baseline."""
    means = {}
    folder = Path(seen["results"]["EXTRACTION"], "raw_data", "NDVI", "CM001")
    for path in sorted(folder.glob("*.csv"), key=lambda path: path.name.split("_N0")[1]):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                if int(row["fid"]) == zone:
                    means[row["date"]] = float(row["mean"]) / 10000
    return means


def test_a_project_shows_again_what_it_was_saved_with(play: Play) -> None:
    seen = play("project")
    assert not seen["asks_to_save"]
    assert seen["before"][1:] == ["NDWIGAO", "CM001", [3, 1]]
    assert seen["after"] == seen["before"]


def test_both_docks_are_used_without_a_mouse(play: Play) -> None:
    seen = play("keyboard")

    # Whoever opens a dock by its menu is in it; Tab goes on in the order in which one reads.
    browse = "Choose the folder of an extraction"
    assert seen["first_focus"] == "Extraction"
    assert seen["round_empty"] == ["Extraction", browse, "Choose a folder…", "Time series of a layer…"]
    choices = ["Extraction", browse, "Index", "Cloud mask", "Legend"]
    things = ["Pictures of the zone", "Chart of the time series", "Values of the time series"]
    assert seen["round"] == [*choices, *things]
    assert seen["back"][1:] == [
        "Options", "Export", "Table of the values", "What the chart shows", "Show all dates and values",
        "Zoom to a rectangle", "Pictures of the zone", "True colours", "Image of the day on the map",
        "Next acquisition", "Play the acquisitions", "Previous acquisition", "Next zone", "Previous zone",
        "Add the zones to the map",
        "Follow the selection", "Pick zones on the map",
    ]  # fmt: skip
    assert seen["round_jobs"] == ["Sen2Chain library", "Choose a folder…", "Jobs"]
    assert seen["nameless"] == []

    # The chart has a frame while the keys go to it, and says which observation they have reached.
    assert seen["frame"] == seen["highlight"]
    said = {name: seen[name].split("\n")[0] for name in ("right", "right_again", "down", "end", "left")}
    day = {name: text.split(", ")[-2] for name, text in said.items()}
    dates = [written(date) for date in seen["dates"]]
    assert (day["right"], day["right_again"], day["end"], day["left"]) == (dates[0], dates[1], dates[-1], dates[-2])
    assert said["down"] != said["right_again"]
    assert day["down"] in {written(date) for date in seen["others"]}
    assert seen["ring_drawn"]

    # The map follows.
    assert seen["moment"][0] <= seen["dates"][-2] <= seen["moment"][1]
    whole, closer, moved, again = seen["views"]
    assert whole[0] < closer[0] < closer[1] < whole[1]
    assert closer < moved
    assert again[0] < seen["dates"][0] < seen["dates"][-1] < again[1]
    assert seen["escaped"].startswith("Left and right go from observation")
    assert seen["still_open"]

    assert seen["zones"] == [[1], [0]]
    assert seen["row"] == 2
    assert seen["table_sets_date"]
    assert seen["window_length"] == [11, 13]
    assert not seen["smoothing_open"]
    assert seen["jobs"] == [["night", 1], "asked", [None, None]]


def written(date: str) -> str:
    """Return a date as the dock writes it."""
    return datetime.fromisoformat(date).strftime("%d %b %Y").lstrip("0")


def test_closing_qgis_while_extract_runs_does_no_harm(play: Play) -> None:
    seen = play("close_while_running")
    assert seen["running"]


def test_unloading_the_plugin_while_extract_runs_does_no_harm(play: Play) -> None:
    seen = play("unload_while_running")
    assert seen["running"]
    assert seen["ended"]


def _check_form(seen: dict[str, Any]) -> None:
    """Times in words, the next runs, and what is wrong before anything is saved."""
    assert seen["offered"][0] == "Every night, or day"
    assert seen["offered"][2:9:6] == ["Every Monday", "Every Sunday"]
    assert seen["offered"][-1] == "Other, as cron writes it"
    assert seen["cron"][:2] == ["Other, as cron writes it", True]
    assert seen["cron"][2] == seen["refused"][0]
    assert "is not a cron timing: the hour is '30'" in seen["cron"][2]
    assert seen["refused"][1]
    timing, following = seen["mondays"]
    assert timing == "15 6 * * 1"
    assert following.startswith("Next runs: ")
    assert following.count("06:15") == 3
    assert seen["saved"]


def test_a_job_is_made_run_scheduled_edited_and_removed(play: Play, tmp_path: Path) -> None:
    from tests.support.fake_crontab import make_crontab

    crontab = make_crontab(tmp_path / "cron")
    crontab.table = b"5 4 * * * /usr/bin/true\n"
    import os

    seen = play("jobs", PATH=f"{crontab.folder}{os.pathsep}{os.environ['PATH']}")

    assert "has no job yet" in seen["empty"]
    _check_form(seen)
    assert seen["made"][:3] == ["night", "Not scheduled", "every night at 04:30"]
    assert seen["made"][3:] == ["", "", ""]
    assert seen["task"].startswith("1:  zones.shp  ·  NDVI  ·  CM001")
    assert seen["ran"][5] == "Succeeded, 20 new"
    assert seen["ran"][4].startswith("today")
    assert seen["log"].endswith(".log")
    assert "Outcome: succeeded" in Path(seen["log"]).read_text(encoding="utf-8")
    assert seen["slow disk"] == [1, 2]  # read once, and shown
    assert seen["enabled"][1] == "Enabled"
    assert seen["enabled"][3].endswith("04:30")
    assert "sen2chain_ts_job_night" in seen["table_enabled"]
    assert seen["edited"].startswith("1:  zones.shp  ·  NDWIGAO  ·  CM001")
    pixels, analyses = seen["beside"]  # what the dialog showed, and wrote again
    assert "pixels = touched" in pixels
    assert analyses.endswith("\n[task 1: smooth]\nSTEP = 10\n")
    assert seen["skipped"][0].startswith("Job night: Job night is already running (host ")
    assert seen["skipped"][1]

    # What the job has done is told once, and its result is a click away.
    assert seen["seen already"]
    news, button = seen["new images"]
    assert news.startswith("Job night found 20 new images (today ")
    assert button == "Show the curves"
    failure, button = seen["failure"]
    assert failure.startswith("Job night failed (today ")
    assert button == "Show the jobs"
    assert seen["result"].startswith(str(tmp_path / "data" / "library" / "EXTRACTION" / "zones_"))

    # A commented task keeps what was not changed, its layer and the mark; what is no task is not written over.
    others = "True;yearly/alldata;True;me@server:/data"
    assert seen["commented"] == f"!/fields/north.shp;2021-01-15;today-3;80;CM003-PRB1-ITER5/CM001;NDWIMCF;{others}"
    line, message, opened, dialogs = seen["remark"]
    assert (line, dialogs) == ("! fields of the north", 0)
    assert "job_night.cfg, line " in message
    assert opened == str(tmp_path / "data" / "library" / "jobs_extr" / "job_night.cfg")
    assert seen["broken"] == "Cannot be read"
    assert "line 1" in seen["why_broken"]
    assert seen["jobs_left"] == []
    assert crontab.table == b"5 4 * * * /usr/bin/true\n"
    assert Path(seen["log"]).exists()

    # With the plugin its dialogs go, but for one that is at work.
    assert seen["running"]
    assert seen["dialogs_left"] == ["runjob"]
