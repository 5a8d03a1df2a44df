"""The engine in a notebook: the example of the manual as it stands there, and zones without QGIS."""

from __future__ import annotations

import csv
import importlib.util
import json
import math
import os
import re
import shutil
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest

from sen2chain_ts_plugin import engine
from sen2chain_ts_plugin.engine import (
    EngineError,
    Request,
    SerialExecutor,
    Settings,
    Zones,
    compile_tree,
    extract,
    open_library,
    read_compiled,
    read_rows,
    read_table,
    read_zones,
    zones_from_frame,
)
from sen2chain_ts_plugin.engine.errors import (
    GeometryUnusable,
    LayerMixed,
    LayerWithoutCrs,
    NotCompiled,
    PandasMissing,
    RawDataDamaged,
    VectorReaderMissing,
    VectorUnreadable,
)
from sen2chain_ts_plugin.engine.raster.libraries import rasterio_failure
from sen2chain_ts_plugin.engine.samplelibrary import build
from sen2chain_ts_plugin.engine.zones.fingerprint import content_key
from tests.support.extracting import SmallLibrary, all_bytes, box, select

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "engine.md"
needs_osgeo = pytest.mark.skipif(importlib.util.find_spec("osgeo") is None, reason="needs GDAL's Python bindings")
JUNE = select(first=date(2021, 6, 1), last=date(2021, 6, 30))

WITHOUT_SEN2CHAIN = ROOT / "docs" / "without-sen2chain.md"

RUN_BLOCKS = """
import json, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("qgis", "processing", "PyQt5", "PyQt6"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
names = {}
for block in json.load(sys.stdin):
    exec(block, names)
print(type(names["tree"].folder).__name__, names["tree"].folder)
print(len(names["rows"]), names["summary"].rows, len(names["series"]), len(names["smooth"]))
print(names["mine"].geometries(32740)[0].polygons[0][0].tolist())
"""


def python(program: str, folder: Path, text: str = "") -> list[str]:
    """Run a program in a process of its own; return the lines it prints."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "MPLBACKEND": "agg", "PYTHONWARNINGS": "error::FutureWarning"}
    run = subprocess.run(
        [sys.executable, "-c", program], input=text, cwd=folder, env=environment, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


@needs_osgeo
def test_the_example_of_the_manual_as_it_stands_there(tmp_path: Path) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    with_geopandas = [block for block in blocks if "import geopandas" in block]
    assert len(blocks) == 8
    assert len(with_geopandas) == 1
    if importlib.util.find_spec("geopandas") is None:
        blocks.remove(with_geopandas[0])
    said = python(RUN_BLOCKS, tmp_path, json.dumps(blocks))
    assert re.fullmatch(r"\d\d zones, \d\d products", said[0])
    assert "failed=0" in said[1]
    assert any(line.startswith("Canne à sucre ") and 0.3 < float(line.split()[-1]) < 0.9 for line in said)
    tree = Path(said[-3].split(" ", 1)[1])
    assert tree.parent == tmp_path / "sample" / "EXTRACTION"
    rows, counted, best, smooth = map(int, said[-2].split())
    assert rows == counted > best > 300
    assert smooth > best
    with next(tree.glob("compiled_data/NDVI/CM001/all_data/*_all_data.csv")).open(encoding="utf-8") as stream:
        assert len(list(csv.DictReader(stream))) == best
    assert json.loads(said[-1])[2] == [345_200, 7_683_200]
    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")


@needs_osgeo
def test_from_downloaded_products_to_a_table_as_the_manual_has_it(tmp_path: Path) -> None:
    page = WITHOUT_SEN2CHAIN.read_text(encoding="utf-8")
    (block,) = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    build(tmp_path / "trial", size=128, dates=8, l2a=True)
    *table, tree = python(f"{block}\nprint(tree.folder)", tmp_path)
    assert any(line.startswith("Canne à sucre ") and 0.3 < float(line.split()[-1]) < 0.9 for line in table)
    assert Path(tree).relative_to(tmp_path).as_posix() in page


def test_the_public_names() -> None:
    assert engine.__all__ == sorted(engine.__all__)
    for name in engine.__all__:
        assert getattr(engine, name).__doc__
    assert set(engine.__all__) <= set(dir(engine))
    with pytest.raises(AttributeError, match="no attribute 'plan_b'"):
        engine.plan_b  # noqa: B018


def test_importing_the_engine_loads_nothing(tmp_path: Path) -> None:
    program = (
        "import sys; before = set(sys.modules)\nimport sen2chain_ts_plugin.engine\n"
        "print(sorted({'numpy', 'pandas', 'rasterio', 'osgeo'} & (set(sys.modules) - before)))"
    )
    assert python(program, tmp_path) == ["[]"]


# Zones of files


def test_a_shapefile_has_the_extraction_folder_that_sen2chain_gives_it(reference: Path, tmp_path: Path) -> None:
    zones = read_zones(reference / "layers" / "zones.shp")
    tree, _ = extract(open_library(reference / "library"), zones, JUNE, tmp_path, SerialExecutor())
    (made_by_sen2chain,) = (reference / "expected" / "EXTRACTION_CM001").iterdir()
    assert tree.folder.name == made_by_sen2chain.name


def test_another_file_of_the_same_zones_continues_the_same_folder(reference: Path, tmp_path: Path) -> None:
    library = open_library(reference / "library")
    first, _ = extract(library, read_zones(reference / "layers" / "zones.shp"), JUNE, tmp_path, SerialExecutor())
    zones = read_zones(str(reference / "layers" / "zones.geojson"))
    again, summary = extract(library, zones, JUNE, tmp_path, SerialExecutor())
    assert again == first
    assert (summary.products, summary.skipped) == (3, 3)


@pytest.mark.parametrize("hidden", ["osgeo", pytest.param("rasterio", marks=needs_osgeo)])
def test_either_library_is_enough(
    reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hidden: str
) -> None:
    wkb = read_zones(reference / "layers" / "zones_2975.gpkg")
    monkeypatch.setitem(sys.modules, hidden, None)
    rasterio_failure.cache_clear()
    zones = Zones("zones", [None], "EPSG:2975")
    zones._source = wkb._source
    there = zones.geometries(32740)
    monkeypatch.undo()
    rasterio_failure.cache_clear()
    for ours, expected in zip(there, wkb.geometries(32740)):
        for part, same in zip(ours.parts(), expected.parts()):
            assert np.array_equal(part, same)


def test_the_shapefile_we_write_reads_back(reference: Path, tmp_path: Path) -> None:
    zones = Zones(
        "odd",
        [read_wkb("POLYGON ((0 0, 0 9, 9 9, 9 0, 0 0), (3 3, 6 3, 6 6, 3 6, 3 3))"), None,
         read_wkb("MULTIPOLYGON (((20 0, 29 0, 29 9, 20 0)), ((30 0, 39 0, 39 9, 30 0)))")],
        "EPSG:4326",
        ["name", "a name that is long", "a name that is longer", "x", "code", "yes", "day"],
        [["é" * 200, 1, 0.1, 1e300, "007", True, date(2021, 6, 14)],
         [None, None, math.nan, -1.5e-12, "", False, None],
         ["=1;\n\"x\",", 123456789012345, -7, math.inf, None, None, datetime(2021, 6, 14, 6, 35)]],
    )  # fmt: skip
    for part, data in zones.shapefile().items():
        (tmp_path / f"odd{part}").write_bytes(data)
    assert zones.shapefile() == zones.shapefile()
    back = read_zones(tmp_path / "odd.shp")
    assert back.crs == "EPSG:4326"
    assert back.fields == ["name", "a name tha", "a name t_1", "x", "code", "yes", "day"]
    assert back.attributes == [
        ("é" * 127, 1, 0.1, "1e+300", "007", "true", "2021-06-14"),
        (None, None, None, "-1.5e-12", None, "false", None),
        ('=1;"x",', 123456789012345, -7.0, "inf", None, None, "2021-06-14T06:35:00"),
    ]
    assert content_key(back.geometries(4326), [], [()] * 3) == content_key(zones.geometries(4326), [], [()] * 3)
    assert back.shapefile() == zones.shapefile()


@pytest.mark.parametrize(
    "wkt", ["POINT (55.5 -21)", "MULTIPOINT (1 2, 3 4)", "LINESTRING (0 0, 1 1, 2 0)", "MULTILINESTRING ((0 0, 1 1))"]
)
def test_points_and_lines_read_back(tmp_path: Path, wkt: str) -> None:
    zones = Zones("z", [read_wkb(wkt), None], "EPSG:4326")
    for part, data in zones.shapefile().items():
        (tmp_path / f"z{part}").write_bytes(data)
    back = read_zones(tmp_path / "z.shp")
    assert len(back) == 2
    assert content_key(back.geometries(4326), [], [()] * 2) == content_key(zones.geometries(4326), [], [()] * 2)


def read_wkb(wkt: str) -> bytes:
    import shapely.wkt

    return shapely.wkt.loads(wkt).wkb


def test_a_zone_that_has_no_place_in_a_crs_is_empty_there_and_the_others_are_not() -> None:
    zones = Zones("z", [read_wkb("POINT (55.5 -21)"), read_wkb("POINT (55.5 95)")], "EPSG:4326")
    here, nowhere = zones.geometries(32740)
    assert np.allclose(here.points, [[344_093.45, 7_677_120.88]], atol=0.01)
    assert nowhere.parts() == []


def test_a_zone_whose_place_in_a_crs_is_beyond_the_earth_is_empty_there() -> None:
    zones = Zones("poles", [read_wkb("POINT (55.5 -21)"), read_wkb("POINT (0 89.9999999)")], "EPSG:4326")
    here, beyond = zones.geometries(3857)
    assert len(here.points) == 1
    assert beyond.parts() == []


def test_what_cannot_be_zones_says_why(tmp_path: Path) -> None:
    with pytest.raises(LayerWithoutCrs, match="fields has no coordinate reference system"):
        Zones("fields", [], "")
    with pytest.raises(LayerMixed, match="zones 0 and 1 differ"):
        Zones("fields", [read_wkb("POINT (1 2)"), read_wkb("LINESTRING (0 0, 1 1)")], "EPSG:4326")
    with pytest.raises(GeometryUnusable, match="zone 1: the geometry is cut"):
        Zones("fields", [None, read_wkb("LINESTRING (0 0, 1 1)")[:-8]], "EPSG:4326")
    with pytest.raises(ValueError, match="one row of attributes per geometry"):
        Zones("fields", [None], "EPSG:4326", ["name"], [["a", "b"]])
    with pytest.raises(VectorUnreadable, match="there is no such file"):
        read_zones(tmp_path / "gone.gpkg")
    (tmp_path / "text.gpkg").write_text("text")
    with pytest.raises(VectorUnreadable, match=r"text\.gpkg"):
        read_zones(tmp_path / "text.gpkg")


def test_fields_of_one_name_are_told_apart_as_in_qgis() -> None:
    zones = Zones("a", [None], "EPSG:4326", ["a", "a", "A", "a", "a_1"], [[1, 2, 3, 4, 5]])
    assert zones.fields == ["a", "a_1", "A", "a_2", "a_1_1"]


def test_a_layer_by_its_name(reference: Path) -> None:
    path = reference / "layers" / "zones_2975.gpkg"
    with pytest.raises(VectorUnreadable, match="'parcels'"):
        read_zones(path, "parcels")
    zones = read_zones(path, "zones_2975")
    assert (zones.name, zones.crs, len(zones)) == ("zones_2975", "EPSG:2975", 36)
    assert zones.fields == ["name", "code", "area", "remark"]


def test_without_a_reader_of_vectors_it_says_what_to_install(reference: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("osgeo", "pyogrio", "pyogrio.raw"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(VectorReaderMissing, match="geopandas"):
        read_zones(reference / "layers" / "zones.shp")


class Frame:
    """What a GeoDataFrame is to us: a table of pandas with a column of shapes that knows its CRS."""

    def __new__(cls, table: object, shapes: list[bytes | None], crs: object) -> object:
        import pandas as pd

        class Shapes(pd.Series):
            def to_wkb(self) -> pd.Series:
                return pd.Series(list(self))

        class Table(pd.DataFrame):
            _metadata = ("crs", "geometry")

        frame = Table(table)
        object.__setattr__(frame, "geometry", Shapes(shapes, name="shape"))
        object.__setattr__(frame, "crs", crs)
        frame["shape"] = shapes
        return frame


class Crs:
    def to_epsg(self) -> int:
        return 4326


def test_a_geodataframe() -> None:
    import pandas as pd

    table = {
        "n": [1, 2],
        "x": [0.5, math.nan],
        "day": pd.to_datetime(["2021-06-14 06:35", None]),
        "maybe": pd.array([3, None], "Int64"),
    }
    shapes = [read_wkb("POINT (1 2)"), None]
    zones = zones_from_frame(Frame(table, shapes, Crs()), "fields")
    assert (zones.name, zones.crs, zones.fields) == ("fields", "EPSG:4326", ["n", "x", "day", "maybe"])
    assert zones.attributes == [(1, 0.5, "2021-06-14T06:35:00", 3), (2, None, None, None)]
    assert [type(value) for value in zones.attributes[0]] == [int, float, str, int]
    assert zones.geometries(4326)[0].points.tolist() == [[1, 2]]
    with pytest.raises(LayerWithoutCrs):
        zones_from_frame(Frame(table, shapes, None), "fields")


# Tables


@pytest.fixture(scope="module")
def tree(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    zones = read_zones(reference / "layers" / "zones.shp")
    root = tmp_path_factory.mktemp("root")
    made, _ = extract(open_library(reference / "library"), zones, select(), root, SerialExecutor())
    compile_tree(made.folder, Request(periods=("alldata", "monthly"), smoothing=Settings()))
    return made.folder


def test_tables_hold_what_the_files_say(tree: Path) -> None:
    raw = read_rows(tree, "NDVI", "CM001")
    written = []
    for path in sorted((tree / "raw_data" / "NDVI" / "CM001").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            written += list(csv.DictReader(stream))
    written.sort(key=lambda row: (row["date"], int(row["fid"]), row["filename"]))
    assert len(raw) == len(written) > 300
    for row, cells in zip(raw.astype(object).to_dict("records"), written):
        assert row["date"] == datetime.fromisoformat(cells["date"])
        for name in ("fid", "count", "nodata", "min", "max", "mean", "std", "median", "percentile_25", "code", "area"):
            if cells[name]:
                assert row[name] == float(cells[name])
        assert row["tile"] == cells["tile"]
        assert row["name"] == cells["name"] if cells["name"] else row["name"] != row["name"] or row["name"] is None
    assert str(raw["count"].dtype) == str(raw["code"].dtype) == "Int64"
    assert raw["nbcld"].isna().sum() == sum(not row["nbcld"] for row in written)

    best = read_compiled(tree, "NDVI", "CM001")
    assert not best.duplicated(["date", "fid"]).any()
    assert best["month"].iloc[0] == "2021-01"
    assert best["completeness"].between(0, 1).all()
    smooth = read_compiled(str(tree), "NDVI", "CM001", smooth=True)
    assert smooth.columns[0] == "date"
    assert str(smooth["smoothed"].dtype) == "float64"
    assert smooth["count"].isna().any()
    assert smooth["fid"].notna().all()


def test_tables_of_sen2chain_itself(reference: Path) -> None:
    paths = sorted((reference / "expected").rglob("*.csv"))
    paths = [path for path in paths if path.name != "products_no_data.csv"]
    assert len(paths) > 50
    for path in paths:
        table = read_table(path)
        assert str(table["fid"].dtype) == "Int64"
        if "date" in table:
            assert table["date"].notna().all()
        for name in {"mean", "std", "smoothed", "MAE"} & set(table.columns):
            assert str(table[name].dtype) == "float64"


def test_a_code_stays_a_code(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("date,fid,insee,area,n\n2021-01-05 06:35:11,0,00123,1.5,7\n2021-01-05 06:35:11,1,,2,\n")
    table = read_table(path)
    assert table["insee"].iloc[0] == "00123"
    assert table["insee"].isna().tolist() == [False, True]
    assert table["area"].tolist() == [1.5, 2.0]
    assert table["n"].iloc[0] == 7
    assert table["n"].isna().tolist() == [False, True]


@pytest.mark.parametrize("keep", [0, -20, -200])
def test_a_cut_raw_file_is_named(tree: Path, tmp_path: Path, keep: int) -> None:
    copy = tmp_path / tree.name
    shutil.copytree(tree, copy)
    path = min((copy / "raw_data" / "NDVI" / "CM001").glob("*.csv"))
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(RawDataDamaged, match=re.escape(path.name)):
        read_rows(copy, "NDVI", "CM001")


def test_an_attribute_is_the_same_on_every_date(tmp_path: Path) -> None:
    """On a date on which clouds hide the other field, all codes are numbers."""
    small = SmallLibrary(tmp_path / "library")
    half, _ = small.values(clouds=0)
    half[:, small.width // 2 :] = 16383
    small.add("2021-01-05", masked=half)
    small.add("2021-01-10", clouds=0)
    layer = Zones("fields", [box(2, 8, 9, 9).wkb, box(50, 8, 9, 9).wkb], "EPSG:32740", ["code"], [["12"], ["2A"]])
    tree, _ = extract(small.open(), layer, select(), tmp_path / "root", SerialExecutor())
    rows = read_rows(tree.folder, "NDVI", "CM001")
    assert rows["fid"].tolist() == [0, 0, 1]
    assert rows["code"].tolist() == ["12", "12", "2A"]


def test_attributes_named_like_columns_of_compile(tmp_path: Path) -> None:
    """Each is what its cells are; the columns that compile has put beside them keep their types."""
    fields = ["completeness", "valid", "smoothed", "year", "month", "MAE", "pixel_tot", "indice"]
    values = [["all", "yes", "0.5", 2019, "May", "0012", 1.5, 7], ["some", "no", "1.5", 2020, "", "", 2.5, 8]]
    wkb = [read_wkb("POLYGON ((320100 7659800, 320500 7659800, 320500 7659600, 320100 7659800))")] * 2
    layer = Zones("fields", wkb, "EPSG:32740", fields, values)
    small = SmallLibrary(tmp_path / "library")
    for day in range(5, 31, 5):
        small.add(f"2021-01-{day:02d}", clouds=0)
    tree, _ = extract(small.open(), layer, select(), tmp_path / "root", SerialExecutor())
    compile_tree(tree.folder, Request())
    for table in (read_rows(tree.folder, "NDVI", "CM001"), read_compiled(tree.folder, "NDVI", "CM001")):
        own = "completeness" if "completeness_1" not in table else "completeness_1"
        first = table[table["fid"] == 0].iloc[0]
        assert [first[name] for name in [own, *fields[1:]]] == ["all", "yes", 0.5, 2019, "May", "0012", 1.5, 7]
        assert str(table["year"].dtype) == "int64"
    assert str(table["completeness"].dtype) == "float64"

    compile_tree(tree.folder, Request(periods=("alldata", "yearly"), smoothing=Settings(window_length=5)))
    smooth = read_compiled(tree.folder, "NDVI", "CM001", smooth=True)
    assert set(smooth["year"].dropna()) == {"2021"}
    assert set(smooth["year_1"].dropna()) == {2019, 2020}
    assert str(smooth["valid"].dtype) == str(smooth["pixel_tot"].dtype) == "Int64"
    assert str(smooth["smoothed"].dtype) == "float64"
    assert set(smooth["valid_1"].dropna()) == {"yes", "no"}


def test_tables_that_are_not_there(tree: Path) -> None:
    assert len(read_rows(tree, "NBR", "CM001")) == 0
    with pytest.raises(NotCompiled, match=r"_NBR_all_data\.csv is not there"):
        read_compiled(tree, "NBR", "CM001")
    with pytest.raises(EngineError, match="Unknown cloud mask"):
        read_rows(tree, "NDVI", "CM9")


# What is not installed


def test_without_pandas_only_tables_fail(reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zones = read_zones(reference / "layers" / "zones.shp")
    monkeypatch.setitem(sys.modules, "pandas", None)
    tree, summary = extract(open_library(reference / "library"), zones, JUNE, tmp_path, SerialExecutor())
    assert summary.rows > 0
    assert compile_tree(tree.folder, Request()).rows > 0
    with pytest.raises(PandasMissing, match="Install it: "):
        read_rows(tree.folder, "NDVI", "CM001")


@needs_osgeo
def test_without_anything_that_is_not_needed_the_tree_is_the_same(reference: Path, tmp_path: Path) -> None:
    """rasterio, pandas, scipy and matplotlib hidden; osgeo is what every QGIS has."""
    program = f"""
import sys
for name in ("rasterio", "pandas", "scipy", "matplotlib", "PIL", "glymur", "fiona", "shapely", "pyogrio", "qgis"):
    sys.modules[name] = None
from datetime import date
from pathlib import Path
from sen2chain_ts_plugin.engine import *
reference = Path({str(reference)!r})
selection = Selection(["NDVI"], parse_list("CM001"), date(2021, 6, 1), date(2021, 6, 30))
zones = read_zones(reference / "layers" / "zones_2975.gpkg")
tree, summary = extract(open_library(reference / "library"), zones, selection, Path("poor"))
compile_tree(tree.folder, Request())
try:
    compile_tree(tree.folder, Request(smoothing=Settings()))
except EngineError as error:
    print(type(error).__name__, error)
"""
    (said,) = python(program, tmp_path)
    assert re.match(r"ScipyMissing Smoothing needs the Python package scipy.* To install it: ", said)
    zones = read_zones(reference / "layers" / "zones_2975.gpkg")
    tree, _ = extract(open_library(reference / "library"), zones, JUNE, tmp_path / "rich")
    compile_tree(tree.folder, Request())
    assert all_bytes(tmp_path / "poor" / tree.folder.name) == all_bytes(tree.folder)
