"""Names of cloud masks: read, written, listed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.cloudmask import DEFAULT, CloudMask, parse, parse_list
from sen2chain_ts_plugin.engine.errors import UnknownCloudMask

NAMES = [
    "CM001",
    "CM002-B11",
    "CM003-PRB1-ITER5",
    "CM003-PRB100-ITER0",
    "CM004-CSH1-CMP1-CHP1-TCI1-ITER1",
    "CM004-CSH0-CMP1-CHP0-TCI0-ITER12",
    "OCM",
    "OCM_v1_5_10",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_written_as_it_was_read(name: str) -> None:
    assert parse(name).name == name
    assert parse(name).folder == ("OCM" if name.startswith("OCM") else name)


def test_parameters_of_a_name() -> None:
    assert parse("CM003-PRB1-ITER5").parameters == (("PRB", 1), ("ITER", 5))
    assert parse(DEFAULT) == CloudMask("CM004", (("CSH", 1), ("CMP", 1), ("CHP", 1), ("TCI", 1), ("ITER", 1)))


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "CM", "CM005", "cm001", "CM001 ", "CM001\n", "CM001-", "CM001_NDVI", "CM002", "CM002-B12", "CM003",
        "CM003-PRB1", "CM003-PRB01-ITER5", "CM003-PRB1-ITER05", "CM003-PRB-1-ITER5", "CM003-PRB1-ITER5-",
        "CM003-PRB1000-ITER1",
        "CM004-CSH2-CMP1-CHP1-TCI1-ITER1", "CM004-CSH1-CMP1-CHP1-TCI1", "CM004-CMP1-CSH1-CHP1-TCI1-ITER1",
        "CM003-PRB\u0661-ITER5",
        "OCM_v1_0", "OCM_1_0_0", "OCM-v1_0_0", "OCM_v1_0_0_0", "OCM_v01_0_0", "../CM001", "CM001/..",
    ],
)  # fmt: skip
def test_what_is_no_name(text: str) -> None:
    with pytest.raises(UnknownCloudMask, match="CM003-PRB1-ITER5"):
        parse(text)


def test_a_list_has_each_once_in_order() -> None:
    found = parse_list(" CM003-PRB1-ITER5/CM001, OCM,CM001/ ,")
    assert [mask.name for mask in found] == ["CM003-PRB1-ITER5", "CM001", "OCM"]


@pytest.mark.parametrize("text", ["", "/", " , ", "CM001/CM009", "CM001;CM002-B11", "CM001 CM002-B11"])
def test_what_is_no_list(text: str) -> None:
    with pytest.raises(UnknownCloudMask):
        parse_list(text)


@given(st.text(max_size=40) | st.from_regex(r"(CM00[1-5]|OCM)([-_v][A-Z0-9_]{0,9}){0,6}", fullmatch=True))
def test_any_text_is_a_name_or_refused(text: str) -> None:
    try:
        mask = parse(text)
    except UnknownCloudMask:
        return
    assert mask.name == text


def test_versions_of_ocm_are_ordered_by_number() -> None:
    names = ["OCM_v1_10_0", "OCM_v1_9_9", "OCM_v10_0_0", "OCM_v1_9_10"]
    assert max(map(parse, names)).name == "OCM_v10_0_0"
    assert [mask.name for mask in sorted(map(parse, names))] == [
        "OCM_v1_9_9",
        "OCM_v1_9_10",
        "OCM_v1_10_0",
        "OCM_v10_0_0",
    ]
