"""Masks applied while reading: beside the produced ones of the reference, numpy and scipy; what a later run does."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import numpy as np
import pytest
from scipy import ndimage

from sen2chain_ts_plugin.engine.errors import CloudMaskAbsent, CloudMaskOfSource, MaskNotComputed
from sen2chain_ts_plugin.engine.extraction.extract import ExtractionSummary, extract
from sen2chain_ts_plugin.engine.library.cloudmask import parse_list
from sen2chain_ts_plugin.engine.library.folders import open_library
from sen2chain_ts_plugin.engine.library.selection import Selection
from sen2chain_ts_plugin.engine.workers.executor import SerialExecutor
from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor
from tests.support.extracting import (
    NODATA,
    PIXEL,
    ShapeLayer,
    SmallLibrary,
    all_bytes,
    box,
    counts,
    fields_layer,
    product_id,
    write_jp2,
)
from tests.support.layers import ShapefileLayer
from tests.support.raw_tree import Log

PRODUCED = ("CM001", "CM003-PRB1-ITER5", "CM004-CSH1-CMP1-CHP1-TCI1-ITER1")
SAME = ("date", "fid", "tile", "count", "nodata", "nbcld", "cldprb")


def read(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_counts_are_those_of_the_produced_masks_of_the_reference(reference: Path, tmp_path: Path) -> None:
    names = [*PRODUCED, *(f"{name}-VRT" for name in PRODUCED)]
    selection = Selection(["NDVI", "NDWIGAO"], parse_list("/".join(names)))
    layer = ShapefileLayer(reference / "layers" / "zones.shp")
    tree, summary = extract(open_library(reference / "library"), layer, selection, tmp_path, feedback=Log())
    assert summary.failed == 0
    compared = 0
    for folder in (tree.folder / "raw_data").glob("*/CM00*"):
        if folder.name.endswith("-VRT"):
            continue
        for path in folder.glob("*.csv"):
            there = folder.with_name(f"{folder.name}-VRT") / path.name.replace(".csv", "-VRT.csv")
            for ours, virtual in zip(read(path), read(there)):
                assert [ours[name] for name in SAME] == [virtual[name] for name in SAME], path.name
                assert virtual["filename"] == ours["filename"].replace(".jp2", "-VRT.jp2")
                compared += 1
            assert len(read(path)) == len(read(there))
    assert compared >= 676


class Case:
    """A library of one product with all the rasters of 20 m that masks are made of."""

    def __init__(self, root: Path) -> None:
        self.small = SmallLibrary(root, 160, 120)
        self.product = product_id()
        random = np.random.default_rng(5)
        self.unmasked, masked = self.small.values()
        self.masked = self.small.add(masked=masked, unmasked=self.unmasked, probability=False)
        half = (self.small.height // 2, self.small.width // 2)
        self.folder = root / "CLOUDMASKS" / "40KCB" / self.product
        self.classes = random.choice(np.array([4] * 12 + [0, 3, 8, 9], np.uint8), half)
        self.probability = random.choice(np.array([0] * 8 + [10, 60, 100], np.uint8), half)
        self.mask = (random.random(half) < 0.04).astype(np.uint8)
        self.write("T40KCB_20210105T063511_SCL_20m.jp2", self.classes)
        self.write("MSK_CLDPRB_20m.jp2", self.probability)

    def write(self, name: str, pixels: np.ndarray) -> Path:
        return write_jp2(self.folder / name, pixels, pixel=2 * PIXEL, block=32)

    def write_mask(self, name: str) -> Path:
        return self.write(f"{self.product}_{name}.jp2", self.mask)

    def run(self, masks: str, root: Path, *, workers: int = 1, log: Log | None = None) -> ExtractionSummary:
        selection = Selection(["NDVI"], parse_list(masks))
        executor = ThreadExecutor(workers) if workers > 1 else SerialExecutor()
        return extract(self.small.open(), zones(), selection, root, executor, log or Log()).summary

    def rows(self, root: Path, mask: str) -> dict[int, dict[str, str]]:
        (path,) = root.glob(f"*/raw_data/NDVI/{mask}/*.csv")
        return {int(row["fid"]): row for row in read(path)}


def zones() -> ShapeLayer:
    return ShapeLayer(
        [box(0, 0, 160, 120), box(10, 22, 90, 70), box(62, 63, 3, 3), box(159, 119, 4, 4), box(40, 20, 1, 1)]
    )


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path / "library")


def disc(pixels: int) -> np.ndarray:
    rows, columns = np.indices((2 * pixels + 1, 2 * pixels + 1)) - pixels
    return np.asarray(rows**2 + columns**2 <= pixels**2)


def expected_of(case: Case, name: str) -> np.ndarray:
    """What a mask hides at 10 m, by numpy and scipy."""
    name, _, metres = name.partition("-DIL")
    if name == "NOMASK":
        return np.zeros(case.unmasked.shape, bool)
    if name.startswith("SCL"):
        hidden = np.isin(case.classes, [int(number) for number in name.split("-")[1:]])
    elif name.startswith("PRB"):
        hidden = case.probability >= int(name[4:])
    else:
        hidden = case.mask != 0
    if metres:
        hidden = ndimage.binary_dilation(hidden, disc(int(metres) // 20))
    return np.asarray(hidden).repeat(2, axis=0).repeat(2, axis=1)


@pytest.mark.parametrize("workers", [1, 6])
def test_rows_are_those_of_numpy_and_scipy(case: Case, tmp_path: Path, workers: int) -> None:
    case.write_mask("CM002-B11")
    names = ["NOMASK", "SCL-3-8-9", "SCL-0-DIL20", "SCL-9-DIL100", "PRB-10", "PRB-60-DIL40", "PRB-100"]
    names += ["CM002-B11-VRT", "CM002-B11-VRT-DIL20", "CM002-B11-VRT-DIL2000"]
    summary = case.run("/".join(names), tmp_path / "out", workers=workers)
    assert summary.failed == 0
    for name in names:
        hidden = expected_of(case, name)
        clear = (case.unmasked != NODATA) & ~hidden
        found = case.rows(tmp_path / "out", name) if clear.any() else {}
        for zone, (top, bottom, left, right) in enumerate(
            [(0, 120, 0, 160), (22, 92, 10, 100), (63, 66, 62, 65), (119, 120, 159, 160), (20, 21, 40, 41)]
        ):
            part = np.s_[top:bottom, left:right]
            values = case.unmasked[part][clear[part]]
            if not len(values):
                assert zone not in found
                continue
            row = found[zone]
            outside = 15 if zone == 3 else 0
            assert int(row["count"]) == len(values), (name, zone)
            assert int(row["nodata"]) == clear[part].size - len(values) + outside
            assert int(row["nbcld"]) == (hidden[part] & (case.unmasked[part] != NODATA)).sum()
            assert float(row["mean"]) == pytest.approx(values.astype(float).mean(), rel=1e-12)
            assert row["filename"] == f"{case.product}_NDVI_{name}.jp2"


def test_any_number_of_workers_gives_the_same_bytes(case: Case, tmp_path: Path) -> None:
    masks = "CM001/NOMASK/SCL-DIL60/PRB-10/CM001-VRT"
    found = []
    for workers in (1, 2, 5):
        case.run(masks, tmp_path / str(workers), workers=workers)
        found.append(all_bytes(tmp_path / str(workers)))
    assert found[0] == found[1] == found[2]


def test_the_newest_ocm_raster_is_applied(case: Case, tmp_path: Path) -> None:
    case.write(f"{case.product}_OCM_v1_9_0.jp2", np.ones_like(case.mask))
    case.write_mask("OCM_v1_10_0")
    case.run("OCM-VRT", tmp_path / "out")
    clear = (case.unmasked != NODATA) & ~case.mask.astype(bool).repeat(2, axis=0).repeat(2, axis=1)
    assert int(case.rows(tmp_path / "out", "OCM-VRT")[0]["count"]) == clear.sum()


def test_a_mask_whose_raster_has_come_is_extracted_again(case: Case, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert case.run("CM001-VRT", out).extracted == 1
    computed = case.rows(out, "CM001-VRT")
    assert case.run("CM001-VRT", out).skipped == 1
    path = case.write_mask("CM001")
    assert case.run("CM001-VRT", out).extracted == 1
    assert case.rows(out, "CM001-VRT") != computed
    path.unlink()
    assert case.run("CM001-VRT", out).extracted == 1
    assert case.rows(out, "CM001-VRT") == computed


@pytest.mark.parametrize("mask", ["CM001", "SCL-3-8-9", "PRB-60", "NOMASK"])
def test_every_raster_that_pixels_came_from_is_noticed_when_it_is_replaced(
    case: Case, tmp_path: Path, mask: str
) -> None:
    out = tmp_path / "out"
    assert case.run(mask, out).extracted == 1
    unmasked, classes = case.small.unmasked(case.masked), case.folder / "T40KCB_20210105T063511_SCL_20m.jp2"
    probability = case.folder / "MSK_CLDPRB_20m.jp2"
    used = {unmasked, probability} | ({classes} if mask.startswith("SCL") else set())
    used |= {case.masked} if mask == "CM001" else set()
    for path in (case.masked, unmasked, classes, probability):
        assert case.run(mask, out).skipped == 1
        later = path.stat().st_mtime_ns + 1_000_000_000
        os.utime(path, ns=(later, later))
        assert case.run(mask, out).extracted == (path in used), path.name


def test_a_manifest_of_an_earlier_version_is_read(case: Case, tmp_path: Path) -> None:
    out = tmp_path / "out"
    case.run("CM001", out)
    (manifest,) = out.glob("*/.sen2chain_ts/manifest.jsonl")
    lines = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
    assert set(lines[1].pop("rasters")) == {"unmasked", "cldprb"}
    manifest.write_text("\n".join(map(json.dumps, lines)) + "\n")
    assert case.run("CM001", out).skipped == 1
    os.utime(case.small.unmasked(case.masked), ns=(1, 1))  # it knows nothing of this one
    assert case.run("CM001", out).skipped == 1
    os.utime(case.masked, ns=(1, 1))
    assert case.run("CM001", out).extracted == 1


@pytest.mark.parametrize(
    ("masks", "error", "said"),
    [
        ("CM002-B11-VRT", CloudMaskAbsent, "CM002-B11-VRT"), ("OCM-VRT/SCL", CloudMaskAbsent, "mask OCM-VRT"),
        ("CM003-PRB5-ITER0-VRT", MaskNotComputed, "ITER0 is not computed"), ("SCL-L2A", CloudMaskOfSource, "L2A bands"),
    ],
)  # fmt: skip
def test_masks_that_no_product_can_have_are_refused(
    case: Case, tmp_path: Path, masks: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        case.run(masks, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_error_says_which_masks_could_be_applied(case: Case, tmp_path: Path) -> None:
    case.write_mask("CM002-B11")
    with pytest.raises(CloudMaskAbsent) as caught:
        case.run("CM001/CM003-PRB1-ITER5", tmp_path / "out")
    for name in ("found there: CM001.", "CM002-B11-VRT", "CM001-VRT", "SCL-0-1-3-8-9-10", "PRB-50", "NOMASK"):
        assert name in str(caught.value)


def test_cm003_of_no_iteration_is_read_from_its_raster(case: Case, tmp_path: Path) -> None:
    case.write_mask("CM003-PRB5-ITER0")
    assert case.run("CM003-PRB5-ITER0-VRT", tmp_path / "out").extracted == 1


def test_products_without_the_raster_are_not_listed(case: Case, tmp_path: Path) -> None:
    case.small.add("2021-02-01", probability=False)
    summary = case.run("SCL/NOMASK", tmp_path / "out")
    assert counts(summary)[0] == 3


@pytest.mark.parametrize("name", ["T40KCB_20210110T063511_SCL_20m.jp2", "T40KCC_20210105T063511_SCL_20m.jp2"])
def test_the_classes_of_another_acquisition_are_not_those_of_the_product(case: Case, tmp_path: Path, name: str) -> None:
    path = case.folder / "T40KCB_20210105T063511_SCL_20m.jp2"
    case.write(name, np.zeros_like(case.classes))
    case.run("SCL", tmp_path / "beside")
    alone = case.rows(tmp_path / "beside", "SCL-0-1-3-8-9-10")
    (case.folder / name).unlink()
    case.run("SCL", tmp_path / "alone")
    assert case.rows(tmp_path / "alone", "SCL-0-1-3-8-9-10") == alone
    path.rename(case.folder / name)
    with pytest.raises(CloudMaskAbsent):
        case.run("SCL", tmp_path / "other")


@pytest.mark.parametrize("kind", ["cut", "shifted", "smaller", "finer", "dtype"])
def test_a_mask_raster_that_does_not_fit_fails_by_name(case: Case, tmp_path: Path, kind: str) -> None:
    path = case.folder / "T40KCB_20210105T063511_SCL_20m.jp2"
    if kind == "cut":
        path.write_bytes(path.read_bytes()[:-40])
    elif kind == "shifted":
        write_jp2(path, case.classes, left=320_020.0, pixel=20.0)
    elif kind == "smaller":
        write_jp2(path, case.classes[:-1], pixel=20.0)
    elif kind == "finer":
        write_jp2(path, case.classes.repeat(2, axis=0).repeat(2, axis=1), pixel=10.0)
    else:
        write_jp2(path, case.classes.astype(np.int16), pixel=20.0)
    log = Log()
    summary = case.run("SCL/PRB-50/CM001", tmp_path / "out", log=log)
    assert (summary.failed, summary.extracted) == (1, 2)
    (error,) = log.errors
    assert error.startswith(f"{case.product}_NDVI_SCL-0-1-3-8-9-10.jp2 failed:")
    assert path.name in error


def test_a_produced_mask_is_as_before_beside_virtual_ones(case: Case, tmp_path: Path) -> None:
    case.run("CM001", tmp_path / "alone")
    case.run("SCL/CM001/NOMASK/CM001-VRT", tmp_path / "beside")
    (alone,) = (tmp_path / "alone").glob("*/raw_data/NDVI/CM001/*.csv")
    (beside,) = (tmp_path / "beside").glob("*/raw_data/NDVI/CM001/*.csv")
    assert alone.read_bytes() == beside.read_bytes()


def test_zones_of_every_kind(case: Case, tmp_path: Path) -> None:
    selection = Selection(["NDVI"], parse_list("CM001-VRT/SCL-DIL40"))
    summary = extract(case.small.open(), fields_layer(), selection, tmp_path, feedback=Log()).summary
    assert (summary.extracted, summary.failed) == (2, 0)
