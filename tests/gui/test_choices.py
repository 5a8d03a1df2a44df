"""Choices of several words: whole in every list, kept by history, batch and model, and the same files again."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.compare import differences

WORDS = {
    "INDICES": "NDVI NDWIMCF NDWIGAO MNDWI NDRE IRECI BIGR BIRNIR BIBG EVI NBR NDBI",
    "PERIODS": "alldata daily weekly monthly yearly custom",
    "COMPILED": "yearly monthly weekly daily all alldata custom none",
    "ANALYSES": "none smooth aggregate anomaly trend phenology",
    "STATISTICS": "mean median min max std first last pooled_mean pooled_std dates pixels",
}
# What is made, and so compared: what each of the commands writes.
RUNS = ("extract", "compile", "timeseries", "savejob", "extractandcompile")


@pytest.fixture(scope="module")
def seen_once() -> dict[str, Any]:
    """Return what is kept of the one long session, for all tests here."""
    return {}


@pytest.fixture
def session(seen_once: dict[str, Any], play: Callable[..., dict[str, Any]], tmp_path: Path) -> dict[str, Any]:
    """Return what a session has seen, and where its files are; it is played once."""
    if not seen_once:
        seen_once.update(play("choices"), folder=tmp_path / "data")
    return seen_once


def test_every_list_shows_words_and_takes_two_of_them(session: dict[str, Any]) -> None:
    lists = session["lists"]
    assert {place for place in lists if place.endswith(("PERIODS", "COMPILED"))} == {
        "compile.PERIODS", "extractandcompile.PERIODS", "model.PERIODS", "savejob.COMPILED",
    }  # fmt: skip
    several = {place: shown for place, shown in lists.items() if not place.rpartition(".")[2].startswith("CLOUDMASK")}
    for place, shown in several.items():
        expected = {*WORDS[place.rpartition(".")[2]].split(), *(["All"] if place == "savejob.INDICES" else [])}
        assert {text.split("   ")[0] for text in shown} == expected, place
        assert len(shown) == len(expected), place
        # Each says what it means.
        if not place.endswith(".STATISTICS"):  # these are the names of columns
            assert all("   " in text for text in shown if text != "All"), place
    for place, value in session["values"].items():
        assert len(value.split(",")) == 2, place
    assert session["values"]["compile.PERIODS"] == "alldata,daily"
    assert session["values"]["savejob.COMPILED"] == "yearly,monthly"
    masks = lists["extract.CLOUDMASKS"]
    assert [mask.split()[0] for mask in masks[:3]] == ["CM001", "CM003-PRB1-ITER5", "CM004-CSH1-CMP1-CHP1-TCI1-ITER1"]
    assert all("produced" in mask for mask in masks[:3])
    assert masks[2].startswith("CM004-CSH1-CMP1-CHP1-TCI1-ITER1   strict: clouds, shadows, cirrus   (")


def test_fields_say_what_empty_means(session: dict[str, Any]) -> None:
    fields = session["fields"]
    for place, (label, placeholder) in fields.items():
        name = place.rpartition(".")[2].rpartition(":")[2]
        assert ("[optional]" in label) == (name in ("TABLE", "REPORT")), place
        assert (placeholder == "[Skip output]") == (name in ("TABLE", "WIDE_TABLE", "REPORT")), place
    assert fields["extract.OUTPUT"][1] == "[the extraction folder of the library]"
    assert fields["extractandcompile.extract:OUTPUT"][1] == "[the extraction folder of the library]"
    assert fields["timeseries.OUTPUT"][1] == "[the time series folder of the library]"
    assert fields["plot.OUTPUT"][1] == fields["quicklooks.OUTPUT"][1] == "[in the extraction itself]"
    assert fields["extract.INDICES"][1] == "NDVI"
    assert fields["compile.INDICES"][1] == fields["compile.CLOUDMASKS"][1] == "all that were extracted"
    assert fields["inventory.INDICES"][1] == "all that the library has"
    assert fields["savejob.COPY_SERVER"][1] == "no copy"
    assert fields["plot.KEY_FIELD"][1] == "the numbers of the zones"


def test_a_run_from_the_history_or_from_its_command_makes_the_same_files(session: dict[str, Any]) -> None:
    commands = session["commands"]
    for run, command in zip(RUNS, commands):
        assert command.startswith(f'processing.run("sen2chain_ts:{run}", ')
    for words in ("'INDICES':['NDVI','NDWIGAO']", "'CLOUDMASKS':'CM001/CM003-PRB1-ITER5'"):
        assert words in commands[0]
        assert words in commands[3]
        assert words in commands[4]
    assert "'PERIODS':['monthly','yearly']" in commands[1]
    assert "'COMPILED':['yearly','monthly']" in commands[3]
    assert "'PERIODS':['alldata','weekly']" in commands[4]

    first = session["folder"] / "dialog"
    made = {path.relative_to(first).parts[-2] for path in first.rglob("*.csv")}
    assert {"monthly", "yearly", "all_data", "weekly"} <= made
    raw = {path.parent.relative_to(first).parts[2:4] for path in first.glob("zones_*/raw_data/*/*/*.csv")}
    assert raw == {(index, mask) for index in ("NDVI", "NDWIGAO") for mask in ("CM001", "CM003-PRB1-ITER5")}
    assert list(first.glob("csv/*/*_NDWIGAO_*.csv"))
    job = (first / "jobs" / "job_night.cfg").read_text(encoding="utf-8")
    assert ";CM001/CM003-PRB1-ITER5;NDVI/NDWIGAO;False;yearly/monthly;" in job
    for again in ("history", "console"):
        assert differences(session["folder"] / again, first) == []


def test_a_saved_batch_is_the_same_when_it_is_loaded(session: dict[str, Any]) -> None:
    assert {text.split("   ")[0] for text in session["lists"]["batch.INDICES"]} == set(WORDS["INDICES"].split())
    found = {"/".join(Path(folder).parts[-2:]) for folder in session["batch"]}
    assert found == {f"{index}/{mask}" for index in ("NDVI", "NDWIGAO") for mask in ("CM001", "CM003-PRB1-ITER5")}


def test_a_step_of_a_model_keeps_its_words(session: dict[str, Any]) -> None:
    assert session["step"] == ["alldata, daily", "NDVI, NDWIGAO"]
    assert session["expression"] == "'weekly'"
    assert session["model_ran"]
    assert "daily" in session["model"]
    code = session["as_python"]
    assert "'PERIODS': ['alldata','daily']" in code
    ast.parse(code)


def test_rows_are_played_and_are_not_proposed_as_zones(play: Callable[..., dict[str, Any]]) -> None:
    seen = play("rows")
    assert seen["another_python"] is True

    # From the first row to the last, in steps that show each of them, whatever the controller did before.
    first, last = seen["range_of_rows"]
    assert seen["controller_before"][2] < 1
    assert seen["controller"] == seen["animated"] == [first, "2022-03-07", 5, 86]
    assert (first, last) == ("2021-01-05", "2022-03-06")
    assert seen["played"] == sorted(set(seen["played"]))
    assert all(first <= day <= last for day in seen["played"])
    assert seen["played_in_dock"][2] == 5
    assert seen["played_in_dock"][3] < 100
    assert {name for name in seen["layers"] if ", mean " in name} == {
        f"zones_2975, mean {index}, {mask}" for index in ("NDVI", "NDWIGAO") for mask in ("CM001", "CM003-PRB1-ITER5")
    }

    # What there is to say of an extraction, and its masks.
    assert seen["extractions"][0].startswith("zones_2975 (out)   36 zones   NDVI, NDWIGAO   ")
    assert seen["extraction"][0] == seen["extraction"][1]
    assert [text.split()[0] for text in seen["masks_of_extraction"]] == ["CM001", "CM003-PRB1-ITER5"]

    # The values in view are those of the index.
    for view, means in seen["values"].values():
        assert view[0] < means[0] < means[1] < view[1]
        assert view[1] - view[0] < 3 * (means[1] - means[0])

    assert seen["proposed"][0] == seen["proposed"][1]
    assert seen["chosen"] == [seen["proposed"][1], seen["rows"]]
    asked_of_file, asked_of_layer = seen["questions"]
    assert "each of its 814 rows would become a zone" in asked_of_file
    assert "each of its 276 rows would become a zone" in asked_of_layer


def test_qgis_started_in_french_shows_french(play: Callable[..., dict[str, Any]]) -> None:
    seen = play("language", "--lang", "fr")
    assert not seen["locale"].startswith("fr")
    assert "Séries temporelles" in seen["menu"]
    assert "Extraire" in seen["algorithms"]
