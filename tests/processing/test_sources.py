"""Where pixels come from, through Processing: masks applied while reading, L2A products, the default mask of each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

pytest.importorskip("qgis.core")
from qgis.core import QgsProcessingException, QgsVectorLayer

from tests.support.extracting import product_id
from tests.support.safes import Safes

OLD, NEW = product_id("2021-01-05", baseline="N0214"), product_id("2023-02-01", baseline="N0509")


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    safes = Safes(tmp_path_factory.mktemp("safes"))
    for name in (OLD, NEW):
        safes.add(name)
    return safes.root


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("field") / "field.geojson"
    ring = [
        [320_100, 7_659_800],
        [320_400, 7_659_800],
        [320_400, 7_659_600],
        [320_100, 7_659_600],
        [320_100, 7_659_800],
    ]
    crs = '"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32740"}}'
    geometry = f'{{"type": "Polygon", "coordinates": [{ring}]}}'
    path.write_text(
        f'{{"type": "FeatureCollection", {crs}, "features": [{{"type": "Feature", "properties": {{"name": "a"}}, '
        f'"geometry": {geometry}}}]}}'
    )
    return path


def folders(extraction: str) -> set[str]:
    return {path.name for path in Path(extraction, "raw_data").glob("*/*")}


@pytest.mark.parametrize("omitted", [{}, {"CLOUDMASKS": None}, {"CLOUDMASKS": ""}, {"CLOUDMASKS": []}])
def test_downloaded_products_are_a_library(run, downloads: Path, field: Path, tmp_path: Path, omitted) -> None:
    result = run("extract", INPUT=field, LIBRARY=downloads, OUTPUT=tmp_path, **omitted)
    assert (result["PRODUCTS"], result["EXTRACTED"], result["FAILED"]) == (2, 2, 0)
    assert folders(result["EXTRACTION"]) == {"SCL-0-1-3-8-9-10-L2A"}
    compiled = run("compile", EXTRACTION=result["EXTRACTION"], CLOUDMASKS="SCL-L2A")
    assert compiled["ROWS"] == 2


def test_masks_by_name(run, downloads: Path, field: Path, tmp_path: Path) -> None:
    result = run(
        "extract", INPUT=field, LIBRARY=downloads, INDICES=["NDVI", "NBR"], CLOUDMASKS=["PRB-60-DIL20", "NOMASK"],
        INDEX_SOURCE="l2a", OUTPUT=tmp_path,
    )  # fmt: skip
    assert result["EXTRACTED"] == 8
    assert folders(result["EXTRACTION"]) == {"PRB-60-DIL20-L2A", "NOMASK-L2A"}


def test_a_time_series_from_bands(run, downloads: Path, field: Path, tmp_path: Path) -> None:
    result = run("timeseries", INPUT=field, LIBRARY=downloads, CLOUDMASK="SCL-9-10", OUTPUT=tmp_path)
    assert (result["FILES"], result["ROWS"]) == (1, 2)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"CLOUDMASKS": "CM001"}, "CM001 does not go with indices from l2a"),
        ({"INDEX_SOURCE": "library"}, "There are no indices"),
        ({"INDEX_SOURCE": "s3"}, "INDEX_SOURCE"),
        ({"CLOUDMASKS": "PRB-0"}, "from 1 to 100"),
        ({"CLOUDMASKS": "SCL-DIL30"}, "multiple of 20"),
        ({"CLOUDMASKS": "SCL-12"}, "0 to 11"),
        ({"CLOUDMASKS": "OCM-VRT"}, "OCM-VRT"),
    ],
)
def test_what_cannot_be_is_refused(run, downloads: Path, field: Path, tmp_path: Path, values, said: str) -> None:
    with pytest.raises(QgsProcessingException, match=said):
        run("extract", INPUT=field, LIBRARY=downloads, OUTPUT=tmp_path / "out", **values)
    assert not (tmp_path / "out").exists()


def test_the_default_of_a_library_with_indices_stays(run, reference: Path, tmp_path: Path) -> None:
    zones, library = reference / "layers" / "zones.shp", reference / "library"
    result = run("extract", INPUT=zones, LIBRARY=library, OUTPUT=tmp_path)
    assert folders(result["EXTRACTION"]) == {"CM004-CSH1-CMP1-CHP1-TCI1-ITER1"}


def test_the_inventory_lists_what_could_be_applied_when_asked(
    run, downloads: Path, field: Path, tmp_path: Path
) -> None:
    table = tmp_path / "inventory.gpkg"
    result = run("inventory", INPUT=field, LIBRARY=downloads, INDICES=["NDVI"], TABLE=table, POSSIBLE=True)
    rows = {row["cloudmask"]: row for row in QgsVectorLayer(result["TABLE"], "inventory").getFeatures()}
    assert rows["SCL-0-1-3-8-9-10-L2A"]["products"] == result["PRODUCTS"] == 2
    assert (rows["CM001-VRT-L2A"]["how"], rows["CM001-VRT-L2A"]["products"]) == ("computed", 2)
    assert rows["NOMASK-L2A"]["how"] == "none"


def test_a_sample_with_l2a_products(run, tmp_path: Path) -> None:
    sample = run("samplelibrary", OUTPUT=tmp_path / "sample", SIZE=64, DATES=4, L2A=True)
    result = run(
        "extract", INPUT=sample["LAYER"], LIBRARY=Path(sample["LIBRARY"], "L2A"), CLOUDMASKS="NOMASK",
        OUTPUT=tmp_path / "out",
    )  # fmt: skip
    assert result["FAILED"] == 0
    assert result["EXTRACTED"] > 0


def test_a_job_runs_on_downloaded_products(run, downloads: Path, field: Path, tmp_path: Path) -> None:
    library = shutil.copytree(downloads, tmp_path / "library")
    saved = run("savejob", NAME="night", INPUT=field, LIBRARY=library, COMPILED=["alldata"])
    assert ";SCL-0-1-3-8-9-10-L2A;" in Path(saved["JOB"]).read_text()
    done = run("runjob", JOB="night", LIBRARY=library)
    assert (done["EXTRACTED"], done["FAILED"]) == (2, 0)
    (compiled,) = (library / "EXTRACTION").glob("*/compiled_data/NDVI/SCL-0-1-3-8-9-10-L2A/all_data/*.csv")
    assert len(compiled.read_text().splitlines()) == 3
    run("savejob", NAME="night", LIBRARY=library, TASK=1, CLOUDMASKS="PRB-60", INDEX_SOURCE="l2a")
    assert ";PRB-60-L2A;" in Path(saved["JOB"]).read_text()
    assert run("runjob", JOB="night", LIBRARY=library)["EXTRACTED"] == 2
    with pytest.raises(QgsProcessingException, match="CM001 does not go with"):
        run("savejob", NAME="night", INPUT=field, LIBRARY=library, CLOUDMASKS="CM001")


def test_products_that_were_extracted_since_have_a_picture_in_the_dock(run, field: Path, tmp_path: Path) -> None:
    from sen2chain_ts_plugin.engine.library.product_id import parse_product
    from sen2chain_ts_plugin.engine.tree.layout import Tree
    from sen2chain_ts_plugin.gui.timeseries.day_library import DayLibrary

    safes, dock = Safes(tmp_path / "downloads"), DayLibrary()
    for name in (OLD, NEW):
        folder = safes.add(name, folder="2023")
        result = run("extract", INPUT=field, LIBRARY=safes.root)
        tree = Path(result["EXTRACTION"])
        library, product = dock.of(Tree(tree, *tree.name.rsplit("_", 1))), parse_product(name)
        assert library is not None
        assert product is not None
        assert library.safe_of(product) == folder
