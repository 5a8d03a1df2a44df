"""Wrong values are told of below their fields before Run, and what nobody has chosen follows the library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.colours import contrast

STRICT = "CM004-CSH1-CMP1-CHP1-TCI1-ITER1"
# What stands below the fields in each case, one line each: how it begins, what it says besides; "!" for a warning.
SAID: dict[str, list[tuple[str, ...]]] = {
    "right": [("19 acquisitions from ",)],
    "no library": [("! No Sen2Chain library found; looked at: ", "/layers/INDICES")],
    "no such folder": [("! No Sen2Chain library found; looked at: ", "/nowhere/INDICES")],
    "dates reversed": [("! The last date 2021-01-01 is before the first date 2022-01-01.",)],
    "no such dates": [("! No acquisition between these dates. Without them: 19 acquisitions from ",)],
    "right again": [("16 acquisitions from ",)],
    "far": [("! No zone of far away meets a tile of the library ", "40KCB, 40KCC")],
    "empty layer": [("! nothing yet has no usable geometry",)],
    "covers": [("! The minimum cloud cover, 60 %, is above the maximum, 40 %.",)],
    "no such index": [("! ", "/INDICES has no product of EVI. Indices found there: NDVI, NDWIGAO.")],
    "one index missing": [("16 acquisitions from ",), ("! The library has no product of EVI.",)],
    "absent mask": [("! No product of NDVI in ", "has the cloud mask CM002-B11.", "found there: CM001, CM003")],
    "no mask": [("! Unknown cloud mask ", "CM9")],
    "wrong class": [("! Unknown cloud mask ", "SCL-12", "has the classes 0 to 11")],
    "in the end": [("19 acquisitions from ",)],
    "some vanish": [("19 acquisitions from ",), ("10 of 36 zones vanish.",)],
    "one is left": [("19 acquisitions from ",), ("35 of 36 zones vanish.",)],
    "none can vanish": [("19 acquisitions from ",)],
    "downloads": [("8 acquisitions from ",)],
    "library again": [("19 acquisitions from ",)],
    "produced mask of downloads": [("! Cloud mask CM001 does not go with indices from l2a",)],
    "timeseries of downloads": [("8 acquisitions from ",)],
    "no extraction": [("! ", "/layers is not an extraction folder")],
    "extraction": [],
    "not extracted": [
        ("! Not in this extraction: EVI. There are: NDVI.",),
        (f"! Not in this extraction: CM001. There are: {STRICT}.",),
    ],
    "custom without dates": [("! The period ", "custom", "needs both a first and a last date.")],
    "new job": [("19 acquisitions from ",)],
    "no name": [("! ", "no/name", "cannot be the name of a job."), ("19 acquisitions from ",)],
    "timing": [("! ", "25 25 * * *", "is not a cron timing: the hour is ")],
    "job that exists": [("19 acquisitions from ",), ("This job exists.",)],
    "no job": [("! There is no job ", "Jobs there: night.")],
}  # fmt: skip


def test_values_are_checked_as_they_are_chosen(play: Callable[..., dict[str, Any]]) -> None:
    seen = play("checks")

    assert seen["said"].keys() == SAID.keys()
    for case, expected in SAID.items():
        lines = sorted(seen["said"][case])
        assert len(lines) == len(expected), (case, lines)
        for line, (beginning, *parts) in zip(lines, sorted(expected)):
            assert line.startswith(beginning), (case, line)
            assert all(part in line for part in parts), (case, line)

    masks = {case: fields.get("CLOUDMASKS", fields.get("CLOUDMASK")) for case, fields in seen["fields"].items()}
    assert masks["right"] == masks["library again"] == masks["new job"] == STRICT
    assert masks["downloads"] == masks["timeseries of downloads"] == "SCL"
    assert masks["produced mask of downloads"] == "CM001"
    # A job that exists is added to, unless the user has said otherwise.
    assert seen["mode"] == ["replace", "append", "replace"]

    library, downloads = seen["lists"]["library"], seen["lists"]["downloads"]
    assert f"{STRICT}   strict: clouds, shadows, cirrus   (20 products, produced)" in library[:3]
    assert "CM001-VRT   clouds, applied while reading   (20 products, from the mask raster)" in library[3:]
    assert "PRB-50   cloud probability of 50 % and more   (17 products, from the cloud probability)" in library[3:]
    scene = "SCL   clouds, shadows, cirrus, by the scene classification   ({} products, from the scene classification)"
    assert scene.format(20) in library[3:]
    assert scene.format(9) in downloads
    assert not [text for text in downloads if "produced" in text]

    # A dialog that nobody has touched warns of nothing.
    assert {name: texts for name, texts in seen["untouched"].items() if texts} == {}
    # What is said of a field that is folded away is seen with it; what is wrong there unfolds it.
    assert seen["folded"] == [True, False, True, False, False]
    assert seen["unfolded"]
    ground, *others = seen["by night"]
    assert max(contrast(ground, other) for other in others) >= 3
