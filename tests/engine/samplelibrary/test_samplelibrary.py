"""The sample library: the formats of Sen2Chain, a landscape that holds together, a folder whole or untouched."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sen2chain_ts_plugin.engine import samplelibrary
from sen2chain_ts_plugin.engine.errors import (
    Cancelled,
    EngineError,
    LeadsOutside,
    NotASampleLibrary,
    SampleNumberInvalid,
    WriteFailed,
)
from sen2chain_ts_plugin.engine.feedback import Silent
from sen2chain_ts_plugin.engine.library.cloudmask import parse
from sen2chain_ts_plugin.engine.library.folders import open_library
from sen2chain_ts_plugin.engine.library.index_product import UNMASKED
from sen2chain_ts_plugin.engine.library.products import cloudmasks_of, find_products, probability_raster
from sen2chain_ts_plugin.engine.library.selection import Selection, cloud_cover
from sen2chain_ts_plugin.engine.raster import libraries
from sen2chain_ts_plugin.engine.samplelibrary import CLOUDMASKS, INDICES, TILES, Sample
from tests.support.capabilities import make_link

pytest.importorskip("osgeo.gdal", reason="these tests look at layers with osgeo, which comes with QGIS")

SIZE, DATES, SEED = 128, 8, 5
NODATA = 16383
NAME = re.compile(r"S2[AB]_MSIL2A_(\d{8})T\d{6}_N\d{4}_R(\d{3})_T(40KC[BC])_\d{8}T\d{6}")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A small sample library. Never write there."""
    return samplelibrary.build(tmp_path_factory.mktemp("sample") / "library", size=SIZE, dates=DATES, seed=SEED)


def opened(path: Path) -> Any:
    import rasterio

    return rasterio.open(path)


def pixels(path: Path) -> np.ndarray:
    with opened(path) as dataset:
        return dataset.read(1)


def between(source: str, target: str, shape: dict[str, Any]) -> Any:
    """Return a GeoJSON geometry in another CRS, as an OGR geometry."""
    from osgeo import ogr
    from rasterio.warp import transform_geom

    return ogr.CreateGeometryFromJson(json.dumps(transform_geom(source, target, shape)))


def index_rasters(sample: Sample, cloudmask: str = "", index: str = "NDVI") -> list[Path]:
    ending = "_".join(part for part in (index, cloudmask) if part)
    found = sorted(sample.library.glob(f"INDICES/{index}/*/*/*_{ending}.jp2"))
    assert found
    return found


def of_product(sample: Sample, path: Path, suffix: str) -> Path:
    """Return the 20 m raster that belongs to an index raster; it starts with the product's name or not."""
    folder = sample.library / "CLOUDMASKS" / path.parts[-3] / path.parts[-2]
    (found,) = folder.glob(f"*{suffix}.jp2")
    return found


def doubled(array: np.ndarray) -> np.ndarray:
    return array.repeat(2, axis=0).repeat(2, axis=1)


def digest(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def orbit(path: Path) -> str:
    return NAME.fullmatch(path.parts[-2])[2]


# Formats


def test_index_rasters_are_as_sen2chain_writes_them(sample: Sample, reference: Path) -> None:
    paths = [path for index in INDICES for mask in ("", *CLOUDMASKS) for path in index_rasters(sample, mask, index)]
    assert len(paths) == sample.products * len(INDICES) * (1 + len(CLOUDMASKS))
    (theirs, *_) = reference.glob("library/INDICES/NDVI/*/*/*_NDVI.jp2.aux.xml")
    for path in paths:
        with opened(path) as dataset:
            assert dataset.driver == "JP2OpenJPEG"
            assert dataset.dtypes == ("int16",)
            assert dataset.nodata == NODATA
            assert dataset.shape == (SIZE, SIZE)
            assert dataset.block_shapes == [(SIZE, SIZE)]
            assert dataset.crs.to_epsg() == 32740
            assert dataset.res == (10, 10)
            assert dataset.tags(1, ns="IMAGE_STRUCTURE")["NBITS"] == "15"
            assert dataset.tags(ns="IMAGE_STRUCTURE")["COMPRESSION_REVERSIBILITY"] == "LOSSY"
        assert Path(f"{path}.aux.xml").read_text(encoding="utf-8") == theirs.read_text(encoding="utf-8")


def test_nodata_is_only_in_the_sidecar(sample: Sample, tmp_path: Path) -> None:
    path = shutil.copy(index_rasters(sample, "CM001")[0], tmp_path / "alone.jp2")
    with opened(path) as dataset:
        assert dataset.nodata is None


def test_rasters_of_20_m_are_lossless_and_have_no_nodata(sample: Sample) -> None:
    for index_path in index_rasters(sample):
        with opened(index_path) as dataset:
            bounds = dataset.bounds
        paths = list((sample.library / "CLOUDMASKS").glob(f"*/{index_path.parts[-2]}/*"))
        assert len(paths) == len(CLOUDMASKS) + 1 + has_probability(sample, index_path)
        for path in paths:
            with opened(path) as dataset:
                assert dataset.driver == "JP2OpenJPEG"
                assert dataset.dtypes == ("uint8",)
                assert dataset.nodata is None
                assert dataset.res == (20, 20)
                assert dataset.bounds == bounds
                assert dataset.tags(ns="IMAGE_STRUCTURE")["COMPRESSION_REVERSIBILITY"] == "LOSSLESS"
                values = set(np.unique(dataset.read(1)))
            if path.name == "MSK_CLDPRB_20m.jp2":
                assert values <= set(range(101))
            elif path.name.endswith("_SCL_20m.jp2"):
                assert values <= {0, 3, 4, 5, 6, 7, 8, 9, 10}
            else:
                assert values <= {0, 1}


def test_large_rasters_have_blocks_of_1024_and_no_seams(tmp_path: Path) -> None:
    size = 1100
    world = samplelibrary.World(3, samplelibrary.windows(size))
    product = next(p for p in samplelibrary.products(size, 4, 3) if p.acquisition.weather.cover > 0.1)
    scene = samplelibrary.Scene(world, product)
    raster = samplelibrary.index_raster("NDVI", "CM003-PRB1-ITER5")
    unmasked = samplelibrary.index_raster("NDVI")
    samplelibrary.write_rasters(scene, {tmp_path / "a.jp2": raster, tmp_path / "b.jp2": unmasked})
    with opened(tmp_path / "a.jp2") as dataset:
        assert dataset.block_shapes == [(1024, 1024)]
        assert dataset.shape == (size, size)
    assert sorted(os.listdir(tmp_path)) == ["a.jp2", "a.jp2.aux.xml", "b.jp2", "b.jp2.aux.xml"]
    # QUALITY=20 of 15 bits: three bits a pixel, which is 45 MB for a full tile.
    assert (tmp_path / "b.jp2").stat().st_size == pytest.approx(size**2 * 3 / 8, rel=0.02)
    whole = scene.render(samplelibrary.Block(0, 0, size, size), [raster])[raster]
    corner = scene.render(samplelibrary.Block(1024, 0, size - 1024, 1024), [raster])[raster]
    # A few pixels on a parcel's very edge may fall to the other side.
    assert (np.abs(whole[:1024, 1024:].astype(int) - corner) <= 1).mean() > 0.999


# Clouds, masks, swath


def test_masked_is_nodata_where_the_mask_or_the_swath_says_and_nowhere_else(sample: Sample) -> None:
    masked_pixels = 0
    for index in INDICES:
        for cloudmask in CLOUDMASKS:
            for path in index_rasters(sample, cloudmask, index):
                unmasked = pixels(path.with_name(path.name.replace(f"_{cloudmask}", "")))
                mask = doubled(pixels(of_product(sample, path, cloudmask))) == 1
                assert np.array_equal(pixels(path) == NODATA, mask | (unmasked == NODATA)), path.name
                masked_pixels += int(mask.sum())
    assert masked_pixels > 0


def test_unmasked_holds_the_clouds(sample: Sample) -> None:
    cloudy, clear = [], []
    for path in index_rasters(sample):
        values = pixels(path)
        probability = of_product(sample, path, "CLDPRB_20m") if has_probability(sample, path) else None
        if probability is None:
            continue
        share = doubled(pixels(probability))
        seen = values != NODATA
        cloudy.append(values[seen & (share >= 90)])
        clear.append(values[seen & (share == 0)])
    assert np.concatenate(cloudy).mean() < 1000
    assert np.concatenate(clear).mean() > 4000


def has_probability(sample: Sample, path: Path) -> bool:
    return (sample.library / "CLOUDMASKS" / path.parts[-3] / path.parts[-2] / "MSK_CLDPRB_20m.jp2").is_file()


def test_masks_follow_from_probability_and_scene(sample: Sample) -> None:
    for path in index_rasters(sample):
        scene = pixels(of_product(sample, path, "_SCL_20m"))
        cm004 = pixels(of_product(sample, path, CLOUDMASKS[2]))
        assert cm004[np.isin(scene, [3, 8, 9, 10])].all()
        outside = pixels(path) == NODATA
        corners = [outside[row::2, column::2] for row in (0, 1) for column in (0, 1)]
        if outside.any():
            assert np.all(corners, axis=0)[scene == 0].mean() > 0.9
        assert (scene[np.all(corners, axis=0)] == 0).all()
        if has_probability(sample, path):
            probability = pixels(of_product(sample, path, "CLDPRB_20m"))
            cm003 = pixels(of_product(sample, path, CLOUDMASKS[1]))
            assert cm003[probability >= 1].all()
            assert pixels(of_product(sample, path, "_CM001")).sum() <= cm003.sum()


def test_one_date_is_nearly_all_cloud_and_others_are_clear(sample: Sample) -> None:
    shares = [pixels(of_product(sample, path, "_CM001")).mean() for path in index_rasters(sample)]
    assert max(shares) > 0.9
    assert min(shares) < 0.05


def test_shadows_are_masked_but_not_cloud(sample: Sample) -> None:
    shadow = sum(int((pixels(of_product(sample, path, "_SCL_20m")) == 3).sum()) for path in index_rasters(sample))
    assert shadow > 0


def test_orbit_20_sees_a_part_and_orbit_63_all_but_the_product_that_lost_its_south(sample: Sample) -> None:
    for path in index_rasters(sample):
        outside = float((pixels(path) == NODATA).mean())
        if orbit(path) == "020":
            assert 0.2 < outside < 0.6
        elif "_N0301_" in path.name and path.parts[-3] == "40KCB" and twin_of(path):
            assert 0.2 < outside < 0.35
            assert (pixels(path)[0] != NODATA).all()
        else:
            assert outside == 0


def twin_of(path: Path) -> list[Path]:
    sensed = path.name[:26]
    return [other for other in path.parents[1].glob(f"{sensed}*") if other != path.parent]


def test_one_sensing_time_comes_in_two_baselines(sample: Sample) -> None:
    twins = [path for path in index_rasters(sample) if twin_of(path)]
    assert [path.name[27:32] for path in twins] == ["N0301", "N0500"]
    assert {path.parts[-3] for path in twins} == {"40KCB"}


# Names, and what the engine makes of them


def test_the_engine_finds_every_product(sample: Sample) -> None:
    library = open_library(sample.library)
    assert cloudmasks_of(library, INDICES) == {parse(name): 2 * sample.products for name in CLOUDMASKS}
    found = find_products(library, Selection(INDICES, [parse(name) for name in CLOUDMASKS]))
    assert len(found) == sample.products * len(INDICES) * len(CLOUDMASKS)
    assert all(product.raster(UNMASKED) is not None and NAME.fullmatch(product.product.text) for product in found)
    assert {product.product.tile for product in found} == set(TILES)
    without = {p.product.text for p in found if probability_raster(library, p.product) is None}
    assert len(without) == 1
    days = {product.product.acquired.date() for product in found}
    assert len(days) == DATES
    assert max(days) - min(days) > date(2022, 6, 1) - date(2021, 1, 1)


def test_some_products_tell_their_cloud_cover(sample: Sample) -> None:
    library = open_library(sample.library)
    products = {p.product for p in find_products(library, Selection(["NDVI"], [parse("CM001")]))}
    covers = [cloud_cover(library, product) for product in products]
    known = [cover for cover in covers if cover is not None]
    assert 0 < len(known) < len(covers)
    assert max(known) > 85
    assert min(known) < 15


def test_passes_keep_the_cycle_of_the_satellites(sample: Sample) -> None:
    for path in index_rasters(sample):
        name = path.name
        day = date(int(name[11:15]), int(name[15:17]), int(name[17:19]))
        # 2021-06-14 was a pass of Sentinel-2B over orbit 63; orbit 20 is seen three days earlier.
        since = (day - date(2021, 6, 14)).days + (3 if "_R020_" in name else 0)
        assert since % 10 == (0 if name.startswith("S2B") else 5)
        assert name[20:26] == ("062451" if "_R020_" in name else "063511")


# The landscape


def test_rasters_lie_on_the_grid_of_the_tiles_and_overlap(sample: Sample) -> None:
    bounds = {}
    for path in index_rasters(sample):
        with opened(path) as dataset:
            bounds.setdefault(path.parts[-3], set()).add(dataset.bounds)
    for tile, (west, top) in TILES.items():
        (box,) = bounds[tile]
        assert (box.left - west) % 20 == 0
        assert (top - box.top) % 20 == 0
        assert west <= box.left < box.right <= west + 109800
        assert top - 109800 <= box.bottom < box.top <= top
    (lower,), (upper,) = bounds["40KCB"], bounds["40KCC"]
    assert lower.left == upper.left
    assert upper.bottom < lower.top < upper.top
    assert lower.bottom < upper.bottom


def test_both_tiles_show_the_same_ground_where_they_overlap(sample: Sample) -> None:
    compared = 0
    for lower_path in index_rasters(sample):
        other = lower_path.name.replace("40KCB", "40KCC")
        found = [path for path in index_rasters(sample) if path.name == other and path != lower_path]
        for upper_path in found:
            with opened(lower_path) as lower, opened(upper_path) as upper:
                rows = round((lower.bounds.top - upper.bounds.bottom) / 10)
            below, above = pixels(lower_path)[:rows].astype(float), pixels(upper_path)[-rows:].astype(float)
            seen = below != NODATA
            assert np.array_equal(seen, above != NODATA)
            # They are coded apart, and with loss.
            assert np.abs(below - above)[seen].mean() < 150
            compared += 1
    assert compared >= DATES - 1


def test_crops_have_their_seasons() -> None:
    from rasterio.features import rasterize
    from rasterio.transform import from_origin

    world = samplelibrary.World(2, samplelibrary.windows(256))
    products = [p for p in samplelibrary.products(256, 40, 2) if p.window.tile == "40KCB" and p.acquisition.orbit == 63]
    block = samplelibrary.Block(0, 0, 256, 256)
    window = products[0].window
    transform = from_origin(window.west, window.top, 10, 10)
    zones = [zone for zone in samplelibrary.choose(world) if not zone.remark]
    raster = samplelibrary.index_raster("NDVI", CLOUDMASKS[1])
    cubes = {p.acquisition.time: samplelibrary.Scene(world, p).render(block, [raster])[raster] for p in products}
    months: dict[str, dict[int, list[float]]] = {}
    for zone in zones:
        shape = {
            "type": "Polygon",
            "coordinates": [[tuple(point) for point in [*zone.polygons[0][0], zone.polygons[0][0][0]]]],
        }
        inside = rasterize([shape], (256, 256), transform=transform) == 1
        for time, values in cubes.items():
            seen = values[inside & (values < 20000)]
            if inside.any() and seen.size > 0.8 * inside.sum():
                months.setdefault(zone.crop, {}).setdefault(time.month, []).append(float(seen.mean()) / 1e4)
    cane = {month: np.mean(values) for month, values in months["Canne à sucre"].items()}
    assert cane[3] > 0.65
    assert cane[3] - min(cane[month] for month in (9, 10, 11) if month in cane) > 0.2
    forest = [np.mean(values) for values in months["Forêt"].values()]
    assert min(forest) > 0.7
    bare = [value for values in months["Friche, sol nu"].values() for value in values]
    assert max(bare) < 0.35


# The layer


def features(sample: Sample) -> list[dict[str, Any]]:
    from osgeo import ogr

    source = ogr.Open(str(sample.layer))
    layer = source.GetLayer()
    assert layer.GetSpatialRef().GetAuthorityCode(None) == "4326"
    return [{**feature.items(), "geometry": feature.GetGeometryRef().Clone()} for feature in layer]


def test_layer_is_a_complete_shapefile(sample: Sample) -> None:
    assert sorted(os.listdir(sample.layer.parent)) == [f"fields.{part}" for part in ("cpg", "dbf", "prj", "shp", "shx")]
    assert sample.layer.with_suffix(".cpg").read_text(encoding="utf-8").strip() == "UTF-8"
    found = features(sample)
    assert len(found) > 25
    assert {"Canne à sucre", "Forêt", "Maraîchage"} <= {feature["crop"] for feature in found}
    assert len({feature["code"] for feature in found}) == len(found)
    assert len({feature["name"] for feature in found}) == len(found)
    assert all(feature["geometry"].IsValid() for feature in found)


def test_layer_says_the_area_in_hectares(sample: Sample) -> None:
    for feature in features(sample):
        shape = between("EPSG:4326", "EPSG:32740", json.loads(feature["geometry"].ExportToJson()))
        area = shape.GetArea() / 1e4
        assert feature["area_ha"] == pytest.approx(area, rel=1e-3, abs=1e-4)


def test_layer_has_the_shapes_that_make_trouble(sample: Sample) -> None:
    found = {feature["remark"]: feature["geometry"] for feature in features(sample) if feature["remark"]}
    footprints = footprints_in_degrees(sample)
    crossing = found["sur deux tuiles, coupée par le bord de l'une"]
    assert crossing.Within(footprints["40KCC"])
    assert crossing.Intersects(footprints["40KCB"])
    assert not crossing.Within(footprints["40KCB"])
    assert found["deux morceaux"].GetGeometryCount() == 2
    assert found["deux morceaux"].GetGeometryName() == "MULTIPOLYGON"
    assert found["un îlot exclu au milieu"].GetGeometryCount() == 2
    assert found["un îlot exclu au milieu"].GetGeometryName() == "POLYGON"
    overlapping = found["chevauche ses voisines"]
    assert (
        sum(overlapping.Overlaps(f["geometry"]) or overlapping.Contains(f["geometry"]) for f in features(sample)) >= 1
    )
    assert not any(found["hors des images"].Intersects(footprint) for footprint in footprints.values())
    west, east, south, north = found["plus petite qu'un pixel"].GetEnvelope()
    assert max(east - west, north - south) < 1e-4


def footprints_in_degrees(sample: Sample) -> dict[str, Any]:
    footprints = {}
    for path in index_rasters(sample):
        with opened(path) as dataset:
            left, bottom, right, top = dataset.bounds
        ring = [[(left, bottom), (left, top), (right, top), (right, bottom), (left, bottom)]]
        footprints[path.parts[-3]] = between("EPSG:32740", "EPSG:4326", {"type": "Polygon", "coordinates": ring})
    return footprints


# The folder


def test_same_seed_same_bytes(sample: Sample, tmp_path: Path) -> None:
    again = samplelibrary.build(tmp_path / "again", size=SIZE, dates=DATES, seed=SEED)
    assert digest(again.library) == digest(sample.library)


def test_another_seed_is_another_landscape(tmp_path: Path) -> None:
    one, two = (
        digest(samplelibrary.build(tmp_path / str(seed), size=64, dates=4, seed=seed).library) for seed in (1, 2)
    )
    rasters = [name for name in one if name.endswith("_NDVI.jp2")]
    assert rasters
    assert all(one[name] != two.get(name) for name in rasters)


def test_an_earlier_sample_is_replaced_and_what_is_beside_it_stays(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    samplelibrary.build(folder, size=64, dates=6, seed=1)
    (folder / "EXTRACTION").mkdir()
    (folder / "EXTRACTION" / "mine.txt").write_text("mine")
    raster = next((folder / "CLOUDMASKS").rglob("MSK_CLDPRB_20m.jp2"))
    statistics = Path(f"{raster}.aux.xml")
    statistics.write_text("what QGIS computed for the old raster", encoding="utf-8")
    samplelibrary.build(folder, size=64, dates=4, seed=7)
    fresh = samplelibrary.build(tmp_path / "fresh", size=64, dates=4, seed=7)
    assert (folder / "EXTRACTION" / "mine.txt").read_text(encoding="utf-8") == "mine"
    shutil.rmtree(folder / "EXTRACTION")
    assert digest(folder) == digest(fresh.library)
    assert sorted(path for path in folder.rglob("*") if path.is_dir() and not any(path.iterdir())) == []


def test_a_folder_with_something_else_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "INDICES").mkdir()
    (tmp_path / "INDICES" / "precious.jp2").write_text("data")
    with pytest.raises(NotASampleLibrary, match="INDICES"):
        samplelibrary.build(tmp_path, size=64, dates=4)
    assert [path.name for path in tmp_path.rglob("*")] == ["INDICES", "precious.jp2"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    assert samplelibrary.build(tmp_path, size=64, dates=4).layer.is_file()


class CancelAfter(Silent):
    def __init__(self, questions: int) -> None:
        self.questions = questions

    def cancelled(self) -> bool:
        self.questions -= 1
        return self.questions < 0


@pytest.mark.parametrize("questions", [0, 1, 2, 40, 200])
def test_cancel_leaves_nothing(questions: int, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        samplelibrary.build(tmp_path / "library", size=64, dates=4, feedback=CancelAfter(questions))
    assert os.listdir(tmp_path) == []


def test_cancel_leaves_an_earlier_sample_as_it_was(tmp_path: Path) -> None:
    samplelibrary.build(tmp_path / "library", size=64, dates=4, seed=1)
    before = digest(tmp_path)
    with pytest.raises(Cancelled):
        samplelibrary.build(tmp_path / "library", size=64, dates=4, seed=2, feedback=CancelAfter(100))
    assert digest(tmp_path) == before


def test_a_run_that_dies_while_files_move_is_repaired_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "library"
    samplelibrary.build(folder, size=64, dates=4, seed=1)
    moved = 0
    replace = os.replace

    def dies(source: str, target: str) -> None:
        nonlocal moved
        moved += "INDICES" in str(target)
        if moved > 20:
            raise OSError(5, "Input/output error")
        replace(source, target)

    monkeypatch.setattr(os, "replace", dies)
    with pytest.raises(WriteFailed, match="Input/output error"):
        samplelibrary.build(folder, size=64, dates=6, seed=2)
    monkeypatch.undo()
    samplelibrary.build(folder, size=64, dates=5, seed=3)
    assert digest(folder) == digest(samplelibrary.build(tmp_path / "fresh", size=64, dates=5, seed=3).library)


def test_a_link_that_leads_out_is_not_written_through(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "library", tmp_path / "elsewhere"
    samplelibrary.build(folder, size=64, dates=4, seed=1)
    shutil.move(folder / "INDICES", elsewhere)
    make_link(folder / "INDICES", elsewhere)
    before = digest(elsewhere)
    with pytest.raises(LeadsOutside):
        samplelibrary.build(folder, size=64, dates=4, seed=2)
    assert digest(elsewhere) == before


@pytest.mark.parametrize(
    "numbers", [{"size": 63}, {"size": 10981}, {"dates": 3}, {"dates": 293}], ids=lambda numbers: str(numbers)
)
def test_numbers_out_of_range_are_refused_by_name(numbers: dict[str, int], tmp_path: Path) -> None:
    (name,) = numbers
    with pytest.raises(SampleNumberInvalid, match=name.upper()):
        samplelibrary.build(tmp_path / "library", **numbers)
    assert os.listdir(tmp_path) == []


def test_an_odd_size_is_rounded_up(tmp_path: Path) -> None:
    sample = samplelibrary.build(tmp_path / "library", size=65, dates=4)
    assert {pixels(path).shape for path in index_rasters(sample)} == {(66, 66)}


@pytest.mark.parametrize("dates", [4, 5, 23, 146, 292])
def test_any_number_of_dates_gives_as_many_and_both_satellites(dates: int) -> None:
    products = samplelibrary.products(600, dates, 1)
    assert len({product.acquisition.time for product in products}) == dates
    assert len({product.identifier() for product in products}) == len(products) == 2 * dates + 1
    assert {product.acquisition.satellite for product in products} == {"S2A", "S2B"}


def test_the_settings_of_gdal_stay_as_they_were(tmp_path: Path) -> None:
    from osgeo import gdal, ogr

    before = gdal.GetUseExceptions(), ogr.GetUseExceptions(), gdal.GetCacheMax()
    samplelibrary.build(tmp_path / "library", size=64, dates=4)
    assert (gdal.GetUseExceptions(), ogr.GetUseExceptions(), gdal.GetCacheMax()) == before


@pytest.mark.parametrize("size", [64, 2100])
def test_rasterio_writes_what_gdals_bindings_write(size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are none, as in a Python whose packages come from pip: the same pixels, places and layer."""
    pytest.importorskip("rasterio")
    tiles, rasters = ("40KCB",), None if size == 64 else [samplelibrary.PROBABILITY]
    expected = samplelibrary.build(tmp_path / "bindings", size=size, dates=4, tiles=tiles, rasters=rasters)
    monkeypatch.setitem(sys.modules, "osgeo", None)
    found = samplelibrary.build(tmp_path / "rasterio", size=size, dates=4, tiles=tiles, rasters=rasters)
    names = sorted(path.relative_to(expected.library) for path in expected.library.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(found.library) for path in found.library.rglob("*") if path.is_file())
    for name in names:
        one, other = expected.library / name, found.library / name
        if name.suffix == ".jp2":
            with opened(one) as before, opened(other) as after:
                assert (before.transform, before.crs, before.nodata) == (after.transform, after.crs, after.nodata)
                assert np.array_equal(before.read(1), after.read(1))
        elif ".sen2chain_ts" not in name.parts:
            assert one.read_bytes() == other.read_bytes(), name


def test_rasterio_refusing_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "osgeo", None)
    world = samplelibrary.World(1, samplelibrary.windows(64))
    scene = samplelibrary.Scene(world, samplelibrary.products(64, 4, 1)[0])
    path = tmp_path / "absent" / "a.jp2"
    with pytest.raises(WriteFailed, match=re.escape(str(path))):
        samplelibrary.write_rasters(scene, {path: samplelibrary.PROBABILITY})


@pytest.mark.parametrize("exceptions", [True, False])
def test_gdal_refusing_is_a_failure_either_way(exceptions: bool, tmp_path: Path) -> None:
    from osgeo import gdal

    before = gdal.GetUseExceptions()
    world = samplelibrary.World(1, samplelibrary.windows(64))
    scene = samplelibrary.Scene(world, samplelibrary.products(64, 4, 1)[0])
    path = tmp_path / "absent" / "a.jp2"
    (gdal.UseExceptions if exceptions else gdal.DontUseExceptions)()
    try:
        with pytest.raises(WriteFailed, match=re.escape(str(path))):
            samplelibrary.write_rasters(scene, {path: samplelibrary.PROBABILITY})
    finally:
        (gdal.UseExceptions if before else gdal.DontUseExceptions)()


@pytest.mark.parametrize(
    ("hidden", "said"),
    [("both", "neither is there .*rasterio"), ("driver", "it has no driver JP2OpenJPEG")],
)
def test_a_gdal_that_cannot_write_is_named_before_anything_is_made(tmp_path, monkeypatch, hidden, said):
    if hidden == "both":
        monkeypatch.setitem(sys.modules, "osgeo", None)
        monkeypatch.setattr(libraries, "has_rasterio", lambda: False)
    else:
        gdal = pytest.importorskip("osgeo.gdal")
        monkeypatch.setattr(gdal, "GetDriverByName", lambda _: None)
    with pytest.raises(EngineError, match=said):
        samplelibrary.build(tmp_path / "sample", size=64, dates=4)
    assert not list(tmp_path.iterdir())


def test_l2a_products_show_what_the_indices_show(tmp_path: Path) -> None:
    """Of both offsets; the masks of the library and of the products hide the same."""
    from sen2chain_ts_plugin.engine.library.safe import BAND_FILES, read_safe, scan_safes
    from sen2chain_ts_plugin.engine.sources.offsets import read_offsets

    sample = samplelibrary.build(tmp_path / "sample", size=64, dates=12, l2a=True)
    products = scan_safes(sample.library / "L2A").products
    assert len(products) == sample.products
    offsets = set()
    for product, folder in products:
        safe = read_safe(folder)
        assert set(safe.bands) == set(BAND_FILES)
        assert safe.problem is None
        assert safe.metadata is not None
        offset = read_offsets(product, safe.metadata, safe.metadata.read_bytes())["B08"]
        offsets.add(offset)
        near, red = (pixels(safe.bands[band]).astype(float) for band in ("B08", "B04"))
        path = sample.library / "INDICES" / "NDVI" / product.tile / product.text / f"{product.text}_NDVI.jp2"
        ndvi = pixels(path)
        seen = near > 0
        assert np.array_equal(seen, ndvi != NODATA)
        near, red = near + offset, red + offset
        land = seen & (near + red > 500)
        # The index rasters are lossy.
        assert np.abs(10_000 * (near - red) / np.where(land, near + red, 1) - ndvi)[land].mean() < 300
    assert offsets == {0, -1000}


def test_further_years_leave_the_first_two_as_they_are() -> None:
    from sen2chain_ts_plugin.engine.samplelibrary import seasons

    assert samplelibrary.products(64, 30, 2, 2) == samplelibrary.products(64, 30, 2)
    four = [product.acquisition.time.year for product in samplelibrary.products(64, 100, 2, 4)]
    assert set(four) == {2021, 2022, 2023, 2024}
    wet = [seasons.rain(date(year, 3, 20)) for year in (2021, 2022, 2023, 2024)]
    assert wet[0] == wet[1] > 0.9
    assert wet[2] < -0.9
    assert wet[3] > 0.9


@pytest.mark.parametrize("numbers", [{"years": 1}, {"years": 5}, {"dates": 293}, {"dates": 439, "years": 3}])
def test_numbers_of_years_and_dates_have_their_limits(tmp_path: Path, numbers: dict[str, int]) -> None:
    with pytest.raises(SampleNumberInvalid):
        samplelibrary.build(tmp_path / "library", size=64, **numbers)
