"""Masks eroded and dilated: every pixel as scipy.ndimage has it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from sen2chain_ts_plugin.engine.sources.morphology import (
    CM001_KERNEL,
    Kernel,
    Mask,
    dilate,
    disc,
    erode_cross,
    octagon,
)

NO_CORNERS = np.ones((5, 5), bool)
NO_CORNERS[::4, ::4] = False
ROWS_OF_CM001 = (3, 7, 9, 9, 11, 11, 11, 9, 9, 7, 3)
CM001 = np.array([[abs(column - 5) <= width // 2 for column in range(11)] for width in ROWS_OF_CM001])


def euclidean(radius: int) -> Mask:
    rows, columns = np.indices((2 * radius + 1, 2 * radius + 1)) - radius
    return np.asarray(rows**2 + columns**2 <= radius**2)


def as_array(kernel: Kernel) -> Mask:
    size = 2 * kernel.margin + 1
    single = np.zeros((size, size), bool)
    single[kernel.margin, kernel.margin] = True
    return dilate(single, kernel)


def dilated_often(mask: Mask, iterations: int) -> Mask:
    """Return what scipy makes of a mask step by step: its own ``iterations`` write outside of masks of few columns."""
    for _ in range(iterations):
        before, mask = mask, ndimage.binary_dilation(mask, NO_CORNERS)
        if np.array_equal(before, mask):
            break
    return mask


masks = st.builds(
    lambda seed, height, width, share: np.random.default_rng(seed).random((height, width)) < share,
    st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 40),
    st.sampled_from([0.0, 0.004, 0.05, 0.3, 0.97, 1]),
)  # fmt: skip


def test_the_kernels_are_sen2chains() -> None:
    assert np.array_equal(as_array(CM001_KERNEL), CM001)
    assert np.array_equal(as_array(octagon(1)), NO_CORNERS)


@pytest.mark.parametrize("radius", [1, 2, 3, 5, 10, 37, 100])
def test_a_disc_holds_the_centres_within_its_radius(radius: int) -> None:
    assert np.array_equal(as_array(disc(radius)), euclidean(radius))


@given(masks, st.integers(1, 12))
def test_a_dilation_by_a_disc_is_scipys(mask: Mask, radius: int) -> None:
    assert np.array_equal(dilate(mask, disc(radius)), ndimage.binary_dilation(mask, euclidean(radius)))


@given(masks, st.integers(1, 9))
def test_repeated_dilation_is_scipys(mask: Mask, iterations: int) -> None:
    assert np.array_equal(dilate(mask, octagon(iterations)), dilated_often(mask, iterations))


@given(masks)
def test_the_steps_of_cm001_are_scipys(mask: Mask) -> None:
    eroded = erode_cross(mask)
    assert np.array_equal(eroded, ndimage.binary_erosion(mask))
    assert np.array_equal(dilate(eroded, CM001_KERNEL), ndimage.binary_dilation(eroded, CM001))


@pytest.mark.parametrize("shape", [(30, 700), (700, 30)])
@pytest.mark.parametrize("iterations", [126, 127, 128, 999])
def test_many_iterations(shape: tuple[int, int], iterations: int) -> None:
    mask = np.zeros(shape, bool)
    mask[3, 4] = True
    assert np.array_equal(dilate(mask, octagon(iterations)), dilated_often(mask, iterations))


@given(masks, st.integers(1, 6), st.integers(0, 39), st.integers(0, 39), st.integers(1, 20))
def test_an_area_with_its_margin_is_as_the_same_part_of_the_whole(
    mask: Mask, radius: int, top: int, left: int, side: int
) -> None:
    kernel = disc(radius)
    top, left = min(top, mask.shape[0] - 1), min(left, mask.shape[1] - 1)
    whole = dilate(mask, kernel)[top : top + side, left : left + side]
    first_row, first_column = max(top - kernel.margin, 0), max(left - kernel.margin, 0)
    around = mask[first_row : top + side + kernel.margin, first_column : left + side + kernel.margin]
    part = dilate(around, kernel)[top - first_row :, left - first_column :][:side, :side]
    assert np.array_equal(part, whole)
