"""Extractions by each rule of pixels: beside rasterstats and exactextract on the rasters, any number of workers."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from rasterstats import zonal_stats

from sen2chain_ts_plugin.engine import Request as CompileRequest
from sen2chain_ts_plugin.engine import SerialExecutor, ThreadExecutor, Zones, compile_tree, read_compiled, read_rows
from sen2chain_ts_plugin.engine import Settings as SmoothingSettings
from sen2chain_ts_plugin.engine.analysis.columns import joined, whole
from sen2chain_ts_plugin.engine.errors import PixelsInMaskName
from sen2chain_ts_plugin.engine.zones.pixel_options import PixelOptions
from tests.support.extracting import NODATA, SmallLibrary, all_bytes, box, fields_layer, run, select
from tests.support.raw_tree import Log

pytestmark = pytest.mark.filterwarnings("ignore:Warning. converting a masked element:UserWarning")
OPTIONS = [
    PixelOptions("touched"), PixelOptions("fraction"), PixelOptions("fraction", min_coverage=0.5),
    PixelOptions("fraction", buffer=15), PixelOptions(buffer=-10, small="keep"),
]  # fmt: skip


def zones() -> Zones:
    layer = fields_layer()
    shapes = [None if shape is None else shape.wkb for shape in layer.shapes]
    return Zones("fields", shapes, "EPSG:32740", layer.fields, layer.attributes)


@pytest.fixture
def library(tmp_path: Path) -> SmallLibrary:
    made = SmallLibrary(tmp_path / "library")
    made.add("2021-01-05")
    return made


def rows_of(tree: Any, mask: str) -> dict[int, dict[str, str]]:
    (path,) = tree.raw_folder("NDVI", mask).glob("*.csv")
    with path.open(newline="") as stream:
        return {int(row["fid"]): row for row in csv.DictReader(stream)}


def padded(path: Path) -> tuple[np.ndarray, Any]:
    """Return a raster with a wide border without data, so that zones beyond it are whole, and where it is."""
    with rasterio.open(path) as dataset:
        pixels, place = dataset.read(1), dataset.transform
    return np.pad(pixels, 40, constant_values=NODATA), place * place.translation(-40, -40)


def test_touched_is_that_of_rasterstats(library: SmallLibrary, tmp_path: Path) -> None:
    masked = next(library.root.glob("INDICES/NDVI/*/*/*_CM001.jp2"))
    tree, _ = run(library.open(), zones(), tmp_path / "out", pixels=PixelOptions("touched"))
    found = rows_of(tree, "CM001-TOUCH")
    assert set(found) == {0, 1, 2, 3}
    names = {"count": "count", "nodata": "nodata", "min": "min", "max": "max", "mean": "mean", "std": "std",
             "median": "median", "percentile_25": "percentile_25"}  # fmt: skip
    pixels, place = padded(masked)
    clear, _ = padded(library.unmasked(masked))
    for zone, row in found.items():
        shape = fields_layer().shapes[zone]
        (expected,) = zonal_stats(
            shape, pixels.astype(np.int32), affine=place, nodata=NODATA, stats=list(names), all_touched=True
        )
        (beneath,) = zonal_stats(shape, clear, affine=place, nodata=NODATA, stats=["count", "nodata"], all_touched=True)
        assert {name: float(row[name]) for name in names} == pytest.approx(expected, rel=1e-9)
        assert int(row["nbcld"]) == expected["nodata"] - beneath["nodata"]
        with rasterio.open(library.probability(masked)) as dataset:
            chance, place_20m = np.pad(dataset.read(1), 40), dataset.transform
        place_20m = place_20m * place_20m.translation(-40, -40)
        (mean,) = zonal_stats(shape, chance, affine=place_20m, nodata=255, stats=["mean"], all_touched=True)
        assert float(row["cldprb"]) == pytest.approx(mean["mean"])


def test_fraction_is_that_of_exactextract(library: SmallLibrary, tmp_path: Path) -> None:
    exactextract = pytest.importorskip("exactextract")
    import shapely.geometry

    masked = next(library.root.glob("INDICES/NDVI/*/*/*_CM001.jp2"))
    tree, _ = run(library.open(), zones(), tmp_path / "out", pixels=PixelOptions("fraction"))

    def of_exactextract(pixels: np.ndarray, place: Any, operations: list[str], nodata: float | None) -> dict[str, Any]:
        height, width = pixels.shape
        raster = exactextract.raster.NumPyRasterSource(
            pixels.astype(np.float64), xmin=place.c, ymax=place.f, xmax=place.c + place.a * width,
            ymin=place.f + place.e * height, nodata=nodata,
        )  # fmt: skip
        feature = {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(shape)}
        (result,) = exactextract.exact_extract(raster, feature, operations)
        return dict(result["properties"])

    for zone, row in rows_of(tree, "CM001-FRAC").items():
        shape = fields_layer().shapes[zone]
        statistics = of_exactextract(*padded(masked), ["count", "mean", "std=stdev", "min", "max"], NODATA)
        assert {name: float(row[name]) for name in statistics} == pytest.approx(statistics, rel=2e-6, abs=1e-6)
        size = shape.area / 100
        assert float(row["count"]) + float(row["nodata"]) == pytest.approx(size, abs=1e-7)
        clear = of_exactextract(*padded(library.unmasked(masked)), ["count"], NODATA)["count"]
        assert float(row["nbcld"]) == pytest.approx(clear - statistics["count"], abs=1e-4)
        with rasterio.open(library.probability(masked)) as dataset:
            chance, place = np.pad(dataset.read(1), 40), dataset.transform
        place = place * place.translation(-40, -40)
        assert float(row["cldprb"]) == pytest.approx(of_exactextract(chance, place, ["mean"], None)["mean"], abs=1e-4)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_any_number_of_workers_gives_the_same_bytes(
    library: SmallLibrary, tmp_path: Path, options: PixelOptions
) -> None:
    """One product on many workers, whose blocks are put together, and many on few."""
    if options.buffer:
        pytest.importorskip("osgeo.ogr")
    trees = []
    for number, executor in enumerate((SerialExecutor(), ThreadExecutor(2), ThreadExecutor(7))):
        tree, _ = run(library.open(), zones(), tmp_path / str(number), executor=executor, pixels=options)
        trees.append(all_bytes(tree.folder))
    assert trees[0] == trees[1] == trees[2]


def test_rows_by_shares_are_compiled_and_smoothed(library: SmallLibrary, tmp_path: Path) -> None:
    for day in range(1, 29, 5):
        library.add(f"2021-02-{day:02d}")
    tree, _ = run(library.open(), zones(), tmp_path / "out", pixels=PixelOptions("fraction"))
    smoothing = SmoothingSettings(window_length=3, polyorder=1)
    compilation = compile_tree(tree.folder, CompileRequest(periods=("alldata", "weekly"), smoothing=smoothing), Log())
    assert compilation.damaged == ()
    (path,) = tree.compiled_folder("NDVI", "CM001-FRAC").glob("all_data/*_smooth.csv")
    with path.open(newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["count"]]
    assert rows
    assert any(not float(row["count"]).is_integer() for row in rows)
    greatest = read_compiled(tree.folder, "NDVI", "CM001-FRAC").groupby("fid")["count"].max()
    for row in rows:
        assert float(row["pixel_tot"]) == greatest[int(row["fid"])]
    table = read_compiled(tree.folder, "NDVI", "CM001-FRAC", smooth=True)
    assert table["count"].dropna().tolist() == [float(row["count"]) for row in rows]
    raw = read_rows(tree.folder, "NDVI", "CM001-FRAC")
    assert raw["count"].dtype == np.float64
    assert not (raw["count"] % 1 == 0).all()


def test_names_of_results_are_no_masks_to_extract(library: SmallLibrary, tmp_path: Path) -> None:
    for mask, pixels in (("CM001-TOUCH", "touched"), ("CM001-FRAC", "fraction")):
        with pytest.raises(PixelsInMaskName, match=f"ask for the cloud mask CM001, and for PIXELS = {pixels}"):
            run(library.open(), zones(), tmp_path / "out", select(masks=mask), pixels=PixelOptions(pixels))


def test_zones_of_which_no_centre_is_seen_have_rows(library: SmallLibrary, tmp_path: Path) -> None:
    layer = Zones("slivers", [box(10.1, 20.1, 0.3, 0.3).wkb, box(20.05, 12, 0.2, 9).wkb], "EPSG:32740")
    library.add("2021-03-05", clouds=0.0)
    counts = {}
    for pixels in ("centre", "touched", "fraction"):
        tree, summary = run(library.open(), layer, tmp_path / "out", pixels=PixelOptions(pixels))
        counts[pixels] = summary.rows
    assert counts["centre"] == 0
    assert counts["touched"] >= 2
    (path,) = tree.raw_folder("NDVI", "CM001-FRAC").glob("*20210305*.csv")
    with path.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [float(row["count"]) for row in rows] == pytest.approx([0.09, 1.8])
    # A zone smaller than a pixel gets its value.
    assert len({float(rows[0][name]) for name in ("min", "max", "median")}) == 1
    assert float(rows[0]["std"]) == 0


def test_columns_of_pixels_keep_their_shares() -> None:
    known = np.array([True, False, True])
    shares = whole(np.array([2.5, np.nan, 3.0]), known)
    assert shares.tolist() == [2.5, None, 3]
    assert whole(np.array([2.0, np.nan, 3.0]), known).tolist() == [2, None, 3]
    assert joined([{"count": shares}, {"count": whole(np.array([1.0]), np.array([True]))}])["count"].tolist() == [
        2.5, None, 3, 1,
    ]  # fmt: skip


@pytest.mark.parametrize("mask", ["NOMASK", "PRB-50", "PRB-50-DIL40", "CM001-VRT"])
@pytest.mark.parametrize("pixels", ["touched", "fraction"])
def test_masks_applied_while_reading_take_every_rule(
    library: SmallLibrary, tmp_path: Path, mask: str, pixels: str
) -> None:
    chance = np.zeros((24, 32), np.uint8)
    chance[12:18, 12:20] = 100
    library.add_probability("2021-01-05", chance)
    tree, summary = run(library.open(), zones(), tmp_path / "out", select(masks=mask), pixels=PixelOptions(pixels))
    assert summary.failed == 0
    assert summary.rows
    ending = {"touched": "TOUCH", "fraction": "FRAC"}[pixels]
    found = rows_of(tree, f"{mask}-{ending}")
    for zone, row in found.items():
        assert row["filename"].endswith(f"_NDVI_{mask}-{ending}.jp2")
        if pixels == "fraction":
            size = fields_layer().shapes[zone].area / 100
            assert float(row["count"]) + float(row["nodata"]) == pytest.approx(size, abs=1e-7)
        else:
            assert float(row["count"]).is_integer()
        assert 0 <= float(row["nbcld"]) <= float(row["nodata"]) + 1e-9
        if mask == "NOMASK":
            assert float(row["nbcld"]) == 0
    again, summary = run(library.open(), zones(), tmp_path / "out", select(masks=mask), pixels=PixelOptions(pixels))
    assert (again.folder, summary.skipped) == (tree.folder, 1)
