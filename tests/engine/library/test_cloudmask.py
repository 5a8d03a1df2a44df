"""Names of cloud masks: read, written, listed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.errors import CloudMaskMalformed, UnknownCloudMask
from sen2chain_ts_plugin.engine.library.cloudmask import (
    DEFAULT,
    PRODUCED_NAMES,
    CloudMask,
    is_mask_folder,
    parse,
    parse_list,
)

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


def test_messages_show_a_name_of_each_mask_that_sen2chain_applies() -> None:
    assert [parse(name).name for name in PRODUCED_NAMES] == list(PRODUCED_NAMES)
    assert {parse(name).version for name in PRODUCED_NAMES} == {parse(name).version for name in NAMES}
    with pytest.raises(UnknownCloudMask) as caught:
        parse("CM009")
    assert ", ".join(PRODUCED_NAMES) in str(caught.value)


VIRTUAL = [
    *(f"{name}-VRT" for name in NAMES if not name.startswith("OCM_")),
    "SCL-0", "SCL-0-1-3-8-9-10", "SCL-11", "SCL-0-1-2-3-4-5-6-7-8-9-10-11", "PRB-1", "PRB-50", "PRB-100",
]  # fmt: skip
DILATIONS = ["", "-DIL20", "-DIL40", "-DIL100", "-DIL2000"]


@pytest.mark.parametrize("ending", ["", "-TOUCH", "-FRAC", "-L2A", "-TOUCH-L2A", "-FRAC-L2A"])
@pytest.mark.parametrize("dilation", DILATIONS)
def test_names_of_masks_applied_while_reading(dilation: str, ending: str) -> None:
    for name in [*(name + dilation for name in VIRTUAL), "NOMASK"]:
        mask = parse(name + ending)
        assert mask.name == mask.folder == name + ending
        assert is_mask_folder(name + ending)
        assert not mask.is_produced
        assert set(mask.name) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")
        assert mask.plain.name == name


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ending", ["-TOUCH", "-FRAC"])
def test_produced_masks_have_endings_of_pixel_rules_too(name: str, ending: str) -> None:
    mask = parse(name + ending)
    assert (mask.name, mask.is_produced, mask.plain) == (name + ending, True, parse(name))
    assert mask.folder == ("OCM" if name.startswith("OCM") else name) + ending
    assert is_mask_folder(mask.folder)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("SCL", "SCL-0-1-3-8-9-10"),
        ("SCL-DIL40", "SCL-0-1-3-8-9-10-DIL40"),
        ("SCL-L2A", "SCL-0-1-3-8-9-10-L2A"),
        ("SCL-10-3", "SCL-3-10"),
        ("SCL-9-8-10-9-DIL20-FRAC-L2A", "SCL-8-9-10-DIL20-FRAC-L2A"),
    ],
)
def test_classes_are_written_ascending_each_once(text: str, canonical: str) -> None:
    assert parse(text).name == canonical
    assert not is_mask_folder(text)
    assert is_mask_folder(canonical)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SCL-12", "0 to 11"), ("SCL-3-99999999999999999999", "0 to 11"), ("SCL-03", "leading zeros"),
        ("PRB-0", "from 1 to 100"), ("PRB-101", "from 1 to 100"), ("PRB-050", "leading zeros"),
        ("PRB-0-L2A", "from 1 to 100"),
        ("SCL-DIL0", "multiple of 20"), ("SCL-DIL10", "multiple of 20"), ("SCL-DIL30", "multiple of 20"),
        ("SCL-DIL2020", "multiple of 20"), ("PRB-5-DIL040", "leading zeros"), ("CM001-VRT-DIL1", "multiple of 20"),
        ("CM001-DIL20", "-VRT before -DIL"), ("OCM-DIL20", "-VRT before -DIL"), ("NOMASK-DIL20", "masks nothing"),
        ("SCL-VRT", "always applied while reading"), ("PRB-5-VRT", "always"), ("NOMASK-VRT", "always"),
        ("OCM_v1_2_3-VRT", "newest version"), ("CM001-L2A", "with -VRT works"), ("CM002-B11-FRAC-L2A", "with -VRT"),
    ],
)  # fmt: skip
def test_a_part_that_does_not_exist_is_named(text: str, reason: str) -> None:
    with pytest.raises(CloudMaskMalformed, match=reason) as caught:
        parse(text)
    assert f"'{text}'" in str(caught.value)
    assert not is_mask_folder(text)


@pytest.mark.parametrize(
    "text",
    [
        "scl", "SCL-", "SCL--3", "SCL-a", "SCL3", "SCL_3", "SCL-3-", "SCL 3", "PRB", "PRB-", "PRB50", "PRB-5-6",
        "PRB--5", "nomask", "NOMASK-3", "CM001-vrt", "CM001-VRT-VRT", "CM001VRT", "VRT", "-VRT", "SCL-DIL",
        "SCL-DIL-20", "SCL-DIL20-DIL40", "SCL-DIL20m", "CM001-DIL20-VRT", "SCL-TOUCH-DIL20", "SCL-TOUCH-FRAC",
        "SCL-L2A-TOUCH", "SCL-L2A-L2A", "SCL-\u0663", "SCL-DIL\u0662\u0660", "CM001-VRT\n", "\nSCL", "CM001-VRT-ITER1",
    ],
)  # fmt: skip
def test_what_is_no_name_of_a_mask_applied_while_reading(text: str) -> None:
    with pytest.raises(UnknownCloudMask, match="SCL-3-8-9-10"):
        parse(text)
    assert not is_mask_folder(text)


@pytest.mark.parametrize(
    ("name", "raster", "computed_from"),
    [
        ("CM001", "", ""), ("CM001-VRT", "mask", "probability"), ("CM002-B11-VRT", "mask", ""),
        ("CM003-PRB1-ITER5-VRT", "mask", "probability"), ("CM003-PRB1-ITER0-VRT", "mask", ""),
        ("CM004-CSH1-CMP1-CHP1-TCI1-ITER0-VRT-DIL20", "mask", "scl"), ("OCM-VRT", "mask", ""),
        ("SCL-3", "scl", ""), ("PRB-50-L2A", "probability", ""), ("NOMASK", "", ""),
    ],
)  # fmt: skip
def test_what_a_mask_is_made_of(name: str, raster: str, computed_from: str) -> None:
    assert (parse(name).raster, parse(name).computed_from) == (raster, computed_from)


def test_masked_classes() -> None:
    assert parse("SCL-9-3").classes == (3, 9)
    assert parse("CM004-CSH1-CMP0-CHP1-TCI1-ITER3-VRT").classes == (3, 9, 10)


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


@given(
    st.text(max_size=40)
    | st.from_regex(r"(CM00[1-5]|OCM)([-_v][A-Z0-9_]{0,9}){0,6}", fullmatch=True)
    | st.from_regex(r"(SCL|PRB|NOMASK|CM001)(-(VRT|DIL|[0-9]|1[0-9]|TOUCH|FRAC|L2A)){0,6}", fullmatch=True)
)
def test_any_text_is_a_name_or_refused(text: str) -> None:
    try:
        mask = parse(text)
    except UnknownCloudMask:
        return
    assert parse(mask.name) == mask
    if mask.version != "SCL":
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
