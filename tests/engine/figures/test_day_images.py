"""What the map shows of a day: the index, the outlines of its clouds, true colours, from what the library has."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely.wkb

from sen2chain_ts_plugin.engine.errors import Cancelled
from sen2chain_ts_plugin.engine.feedback import Silent
from sen2chain_ts_plugin.engine.figures.day_images import day_image, thumbnail
from sen2chain_ts_plugin.engine.figures.quicklooks.pictures import HATCH, NO_DATA
from sen2chain_ts_plugin.engine.figures.ramps import ramp_of
from sen2chain_ts_plugin.engine.figures.views import View
from sen2chain_ts_plugin.engine.library.folders import Library, open_library
from sen2chain_ts_plugin.engine.sources.bands import compute_index
from sen2chain_ts_plugin.engine.sources.true_colours import scaled
from tests.support.extracting import LEFT, TOP
from tests.support.safes import Safes

pytest.importorskip("osgeo.gdal")
rasterio = pytest.importorskip("rasterio")

FIRST = "S2B_MSIL2A_20210105T063511_N0214_R063_T40KCB_20210105T082233"
LATER = "S2B_MSIL2A_20220306T063509_N0400_R063_T40KCB_20220306T084410"
NODATA = 16383


@pytest.fixture(scope="module")
def library(reference: Path) -> Library:
    return open_library(reference / "library")


@pytest.fixture(scope="module")
def safes(tmp_path_factory: pytest.TempPathFactory) -> Safes:
    made = Safes(tmp_path_factory.mktemp("products"))
    for product in (FIRST, LATER):
        made.add(product)
    return made


def whole(path: Path) -> View:
    """Return the view that shows all of a square raster."""
    with rasterio.open(path) as raster:
        return View(raster.bounds.left, raster.bounds.top, max(raster.width, raster.height) * 10.0)


def masked_rasters(library: Library, mask: str) -> list[Path]:
    return sorted(library.indices.glob(f"NDVI/*/*/*_NDVI_{mask}.jp2"))


def test_every_row_of_the_reference_has_its_index_and_the_clouds_of_its_mask(library: Library, tmp_path: Path) -> None:
    paths = masked_rasters(library, "CM001")[:8]
    assert len(paths) == 8
    cloudy_days = 0
    for path in paths:
        image = day_image(library, path.name, whole(path), tmp_path, Silent(), colours=True)
        assert image.index == path.with_name(path.name.replace("_CM001", ""))
        with rasterio.open(path) as masked, rasterio.open(image.index) as beneath:
            cloudy = (masked.read(1) == NODATA) & (beneath.read(1) != NODATA)
        area = sum(shapely.wkb.loads(wkb).area for wkb in image.clouds)
        assert area == pytest.approx(cloudy.sum() * 100)
        cloudy_days += bool(cloudy.any())
    assert cloudy_days
    assert list(tmp_path.iterdir()) == []  # nothing had to be computed


@pytest.mark.parametrize("mask", ["CM001-VRT", "PRB-1", "NOMASK", "SCL", "CM001-TOUCH", "CM001-VRT-DIL20"])
def test_a_mask_that_is_applied_while_reading_has_clouds_too(library: Library, tmp_path: Path, mask: str) -> None:
    shown = 0
    for path in masked_rasters(library, "CM001")[:8]:
        name = path.name.replace("CM001", mask)
        image = day_image(library, name, whole(path), tmp_path, Silent(), colours=True)
        if image is None:
            continue  # the library has nothing that this mask is read from
        shown += 1
        assert image.index.name == path.name.replace("_CM001", "")
        if mask == "NOMASK":
            assert image.clouds == ()
    assert shown or mask == "SCL"


def test_a_library_without_the_masked_raster_shows_its_clouds_all_the_same(library: Library, tmp_path: Path) -> None:
    path = next(
        path for path in masked_rasters(library, "CM001")
        if day_image(library, path.name, whole(path), tmp_path, Silent(), colours=True).clouds
    )  # fmt: skip
    before = day_image(library, path.name, whole(path), tmp_path, Silent(), colours=True)
    product = path.parent
    small = tmp_path / "library"
    for name in (path.name.replace("_CM001", ""),):
        target = small / "INDICES" / product.relative_to(library.indices) / name
        target.parent.mkdir(parents=True)
        target.write_bytes((product / name).read_bytes())
    masks = library.cloudmasks / product.parent.name / product.name
    target = small / "CLOUDMASKS" / product.parent.name / product.name
    target.mkdir(parents=True)
    for each in masks.glob("*.jp2"):
        (target / each.name).write_bytes(each.read_bytes())
    after = day_image(open_library(small), path.name, whole(path), tmp_path, Silent(), colours=True)
    if after is not None:  # the library has the raster that this mask is computed from
        assert after.index.name == before.index.name
        assert after.clouds


@pytest.mark.parametrize("product", [FIRST, LATER])
@pytest.mark.parametrize("index", ["NDVI", "NDRE", "EVI"])
def test_an_index_of_an_l2a_product_is_computed_for_the_view(
    safes: Safes, tmp_path: Path, product: str, index: str
) -> None:
    library = open_library(safes.root)
    view = View(LEFT + 100, TOP - 100, 300)
    image = day_image(library, f"{product}_{index}_SCL-L2A.jp2", view, tmp_path, Silent(), colours=True)
    with rasterio.open(image.index) as raster:
        assert (raster.crs.to_epsg(), raster.nodata, raster.bounds[:2]) == (32740, NODATA, (LEFT + 100, TOP - 400))
        values = raster.read(1)
    if index == "NDVI":
        bands = {name: safes.bands[product][name][10:40, 10:40] for name in ("B08", "B04")}
        offsets = dict.fromkeys(bands, -1000 if product == LATER else 0)
        assert np.array_equal(values, compute_index("NDVI", bands, offsets, NODATA))
    hidden = np.repeat(np.repeat(np.isin(safes.classes[product], (0, 1, 3, 8, 9, 10)), 2, 0), 2, 1)[10:40, 10:40]
    area = sum(shapely.wkb.loads(wkb).area for wkb in image.clouds)
    assert area == pytest.approx((hidden & (values != NODATA)).sum() * 100)

    # True colours are composed from its bands, on the scale of ESA's own pictures.
    with rasterio.open(image.colours) as raster:
        assert (raster.count, raster.dtypes[0], raster.nodata) == (3, "uint8", 0)
        colours = raster.read()
    stored = np.stack([safes.bands[product][name][10:40, 10:40] for name in ("B04", "B03", "B02")])
    assert np.array_equal(colours, scaled(stored, [-1000 if product == LATER else 0] * 3))

    assert day_image(library, f"{product}_{index}_SCL-L2A.jp2", view, tmp_path, Silent(), colours=False).colours is None

    # The same view is not computed twice.
    again = image.index.stat().st_mtime_ns
    assert day_image(library, f"{product}_{index}_SCL-L2A.jp2", view, tmp_path, Silent(), colours=True) == image
    assert image.index.stat().st_mtime_ns == again


def test_the_scale_of_true_colours() -> None:
    stored = np.array([0, 1, 1000, 2000, 3000, 65535], np.uint16).reshape(1, 1, -1).repeat(3, 0)
    assert scaled(stored, (0, 0, 0))[0, 0].tolist() == [0, 1, 128, 255, 255, 255]
    assert scaled(stored, (-1000, -1000, -1000))[0, 0].tolist() == [0, 1, 1, 128, 255, 255]


@pytest.mark.parametrize("product", [FIRST, LATER])
def test_a_small_picture_has_the_colours_of_its_index_and_hatched_clouds(safes: Safes, product: str) -> None:
    library = open_library(safes.root)
    view = View(LEFT, TOP, 480)
    name = f"{product}_NDVI_SCL-L2A.jp2"
    bands = {band: safes.bands[product][band][:, :48] for band in ("B08", "B04")}
    values = compute_index("NDVI", bands, dict.fromkeys(bands, -1000 if product == LATER else 0), NODATA)
    hidden = np.repeat(np.repeat(np.isin(safes.classes[product], (0, 1, 3, 8, 9, 10)), 2, 0), 2, 1)[:, :48]
    clear = ~hidden & (values != NODATA)
    small = thumbnail(library, name, view, 48, Silent(), colours=False)
    assert np.array_equal(small[clear], ramp_of("NDVI").paint(values)[clear])
    assert (small[values == NODATA] == NO_DATA).all()
    rows, columns = np.indices(hidden.shape)
    lines = hidden & (values != NODATA) & ((rows + columns) % 6 == 0)
    assert (small[lines] == HATCH).all()
    assert (small[hidden & (values != NODATA)] != ramp_of("NDVI").paint(values)[hidden & (values != NODATA)]).any()

    true = thumbnail(library, name, view, 48, Silent(), colours=True)
    stored = np.stack([safes.bands[product][band][:, :48] for band in ("B04", "B03", "B02")])
    assert np.array_equal(
        true[clear], np.moveaxis(scaled(stored, [-1000 if product == LATER else 0] * 3), 0, -1)[clear]
    )
    assert (true[lines] == HATCH).all()


@pytest.mark.parametrize("side", [16, 64, 200])
def test_a_small_picture_has_the_size_that_is_asked_for(library: Library, side: int) -> None:
    path = masked_rasters(library, "CM001")[0]
    for metres in (50, 400, 20_000):
        view = View(whole(path).west, whole(path).north, metres)
        assert thumbnail(library, path.name, view, side, Silent(), colours=True).shape == (side, side, 3)


@pytest.mark.parametrize(
    "name",
    ["", "x.jp2", "S2B_NDVI_CM001.jp2", f"{FIRST}.jp2", "/etc/passwd", f"{FIRST}_NDVI_CM999.jp2",
     f"{FIRST}_ABC_CM001.jp2", f"{FIRST}_ABC_SCL-L2A.jp2",
     f"{FIRST.replace('2021', '2031')}_NDVI_CM001.jp2", f"{FIRST.replace('2021', '2031')}_NDVI_SCL-L2A.jp2"],
)  # fmt: skip
def test_what_the_library_does_not_have_has_no_image(library: Library, tmp_path: Path, name: str) -> None:
    view = View(340_000, 7_690_000, 500)
    assert day_image(library, name, view, tmp_path, Silent(), colours=True) is None
    assert thumbnail(library, name, view, 32, Silent(), colours=True) is None


def test_a_place_without_pixels_has_no_clouds(library: Library, tmp_path: Path) -> None:
    path = masked_rasters(library, "CM001")[0]
    image = day_image(library, path.name, View(0, 0, 100), tmp_path, Silent(), colours=True)
    assert image.clouds == ()


def test_nobody_waits_any_more(safes: Safes, tmp_path: Path) -> None:
    class Gone(Silent):
        def cancelled(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        day_image(
            open_library(safes.root), f"{FIRST}_NDVI_SCL-L2A.jp2", View(LEFT, TOP, 300), tmp_path, Gone(), colours=True
        )
