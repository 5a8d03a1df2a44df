"""What each mask masks at 20 m: numpy, scipy.ndimage by Sen2Chain's recipe, and Sen2Chain's own functions."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from sen2chain_ts_plugin.engine.library.cloudmask import CLASSES_RASTER, MASK_RASTER, PROBABILITY_RASTER, parse
from sen2chain_ts_plugin.engine.sources.clouds import clouds, margin_of
from sen2chain_ts_plugin.engine.sources.morphology import Mask

PYTHON = os.environ.get("SEN2CHAIN_PYTHON", "")
NO_CORNERS = np.ones((5, 5), bool)
NO_CORNERS[::4, ::4] = False
ROWS_OF_CM001 = (3, 7, 9, 9, 11, 11, 11, 9, 9, 7, 3)
CM001 = np.array([[abs(column - 5) <= width // 2 for column in range(11)] for width in ROWS_OF_CM001])


@cache
def raster(kind: str, seed: int = 3, shape: tuple[int, int] = (90, 70)) -> np.ndarray:
    """Patches of values, as clouds are, and single pixels."""
    random = np.random.default_rng(seed)
    field = ndimage.gaussian_filter(random.normal(size=shape), 3)
    if kind == PROBABILITY_RASTER:
        values = np.clip(field / np.abs(field).max() * 150, 0, 100).astype(np.uint8)
        values[random.random(shape) < 0.003] = 100
        values[random.random(shape) < 0.01] = 1
        return values
    if kind == MASK_RASTER:
        return (field > 0.1).astype(np.uint8)
    classes = np.digitize(field, np.quantile(field, np.linspace(0, 1, 13)[1:-1])).astype(np.uint8)
    return np.where(random.random(shape) < 0.9, np.uint8(4), classes).astype(np.uint8)


def disc(metres: int) -> Mask:
    radius = metres // 20
    rows, columns = (np.indices((2 * radius + 1, 2 * radius + 1)) - radius) * 20
    return np.asarray(np.hypot(rows, columns) <= metres)


@pytest.mark.parametrize("metres", [0, 20, 60, 380])
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("CM001-VRT", MASK_RASTER), ("CM002-B11-VRT", MASK_RASTER), ("OCM-VRT", MASK_RASTER),
        ("CM003-PRB1-ITER5-VRT", MASK_RASTER), ("SCL-3-8-9-10", CLASSES_RASTER), ("SCL-0", CLASSES_RASTER),
        ("SCL", CLASSES_RASTER), ("PRB-1", PROBABILITY_RASTER), ("PRB-50", PROBABILITY_RASTER),
        ("PRB-100", PROBABILITY_RASTER),
    ],
)  # fmt: skip
def test_what_is_selected_is_dilated_by_a_disc(name: str, kind: str, metres: int) -> None:
    mask = parse(f"{name}-DIL{metres}" if metres else name)
    pixels = raster(kind)
    if kind == MASK_RASTER:
        expected = pixels != 0
    elif kind == CLASSES_RASTER:
        expected = np.isin(pixels, mask.classes)
    else:
        expected = pixels >= int(name.removeprefix("PRB-"))
    assert expected.any()
    if metres:
        expected = ndimage.binary_dilation(expected, disc(metres))
    assert np.array_equal(clouds(mask, kind, pixels), expected)


def test_the_widest_dilation() -> None:
    pixels = np.zeros((240, 230), np.uint8)
    pixels[120, 110] = 1
    expected = np.zeros(pixels.shape, bool)
    expected[20:221, 10:211] = disc(2000)
    assert np.array_equal(clouds(parse("OCM-VRT-DIL2000"), MASK_RASTER, pixels), expected)


def by_recipe(name: str, pixels: np.ndarray) -> Mask:
    """What Sen2Chain's functions do, with scipy."""
    mask = parse(name)
    values = dict(mask.parameters)
    if mask.version == "CM001":
        return np.asarray(ndimage.binary_dilation(ndimage.binary_erosion(pixels > 25), CM001))
    if mask.version == "CM003":
        return np.asarray(ndimage.binary_dilation(pixels >= values["PRB"], NO_CORNERS, iterations=values["ITER"]))
    flags = [values["CSH"], values["CMP"], values["CHP"], values["TCI"]]
    found = np.isin(pixels, [value for value, flag in zip([3, 8, 9, 10], flags) if flag])
    if values["ITER"]:
        found = ndimage.binary_dilation(found, NO_CORNERS, iterations=values["ITER"])
    return np.asarray(found)


COMPUTED = [
    ("CM001", PROBABILITY_RASTER), ("CM003-PRB1-ITER1", PROBABILITY_RASTER), ("CM003-PRB1-ITER5", PROBABILITY_RASTER),
    ("CM003-PRB60-ITER2", PROBABILITY_RASTER), ("CM003-PRB0-ITER1", PROBABILITY_RASTER),
    ("CM003-PRB300-ITER1", PROBABILITY_RASTER), ("CM003-PRB100-ITER40", PROBABILITY_RASTER),
    ("CM004-CSH1-CMP1-CHP1-TCI1-ITER1", CLASSES_RASTER), ("CM004-CSH0-CMP1-CHP1-TCI0-ITER0", CLASSES_RASTER),
    ("CM004-CSH1-CMP0-CHP0-TCI0-ITER3", CLASSES_RASTER), ("CM004-CSH0-CMP0-CHP0-TCI0-ITER2", CLASSES_RASTER),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), COMPUTED)
def test_sen2chains_masks_are_computed(name: str, kind: str) -> None:
    pixels = raster(kind)
    mask = parse(f"{name}-VRT")
    expected = by_recipe(name, pixels)
    assert np.array_equal(clouds(mask, kind, pixels), expected)
    wider = parse(f"{name}-VRT-DIL60")
    assert np.array_equal(clouds(wider, kind, pixels), ndimage.binary_dilation(expected, disc(60)))


@given(
    st.sampled_from(COMPUTED), st.sampled_from(["", "-DIL20", "-DIL100"]), st.integers(0, 99),
    st.integers(0, 60), st.integers(0, 60), st.integers(1, 30),
)  # fmt: skip
def test_a_part_with_its_margin_is_as_the_same_part_of_the_whole(
    computed: tuple[str, str], ending: str, seed: int, top: int, left: int, side: int
) -> None:
    name, kind = computed
    mask = parse(f"{name}-VRT{ending}")
    pixels, margin = raster(kind, seed), margin_of(mask, kind)
    whole = clouds(mask, kind, pixels)[top : top + side, left : left + side]
    first_row, first_column = max(top - margin, 0), max(left - margin, 0)
    part = pixels[first_row : top + side + margin, first_column : left + side + margin]
    found = clouds(mask, kind, part)[top - first_row :, left - first_column :][:side, :side]
    assert np.array_equal(found, whole)


SEN2CHAIN = """
import sys
from functools import lru_cache
from pathlib import Path
from sen2chain import cloud_mask
folder = Path(sys.argv[1])
cloud_mask.create_cloud_mask_v2(folder / "probability.tif", folder / "CM001.jp2")
for probability, iterations in ((1, 1), (1, 5), (60, 2), (100, 40)):
    out = folder / f"CM003-PRB{probability}-ITER{iterations}.jp2"
    cloud_mask.create_cloud_mask_v003(folder / "probability.tif", out, probability, iterations)
for flags, iterations in (((1, 1, 1, 1), 1), ((0, 1, 1, 0), 0), ((1, 0, 0, 0), 3), ((0, 0, 0, 0), 2)):
    name = "CM004-CSH{}-CMP{}-CHP{}-TCI{}-ITER{}.jp2".format(*flags, iterations)
    cloud_mask.create_cloud_mask_v004(folder / "scl.tif", folder / name, iterations, *map(bool, flags))
"""


@pytest.mark.skipif(not PYTHON, reason="set SEN2CHAIN_PYTHON to compare with Sen2Chain itself")
def test_masks_are_sen2chains(tmp_path: Path) -> None:
    import rasterio
    from rasterio.transform import from_origin

    kinds = {PROBABILITY_RASTER: "probability.tif", CLASSES_RASTER: "scl.tif"}
    for kind, name in kinds.items():
        pixels = raster(kind)
        with rasterio.open(
            tmp_path / name, "w", driver="GTiff", width=70, height=90, count=1, dtype="uint8",
            crs="EPSG:32740", transform=from_origin(300000, 7700000, 20, 20),
        ) as stream:  # fmt: skip
            stream.write(pixels, 1)
    config = tmp_path / "sen2chain_data" / "config" / "config.cfg"
    config.parent.mkdir(parents=True)
    config.write_text(f"[DATA PATHS]\ntemp_path = {tmp_path}\n")
    environment = {**os.environ, "SEN2CHAIN_HOMEPATH": str(tmp_path), "HOME": str(tmp_path)}
    subprocess.run([PYTHON, "-c", SEN2CHAIN, str(tmp_path)], env=environment, check=True)
    compared = 0
    for name, kind in COMPUTED:
        path = tmp_path / f"{name}.jp2"
        if path.exists():
            with rasterio.open(path) as stream:
                theirs = stream.read(1)
            assert np.array_equal(clouds(parse(f"{name}-VRT"), kind, raster(kind)), theirs != 0), name
            compared += 1
    assert compared == 9
