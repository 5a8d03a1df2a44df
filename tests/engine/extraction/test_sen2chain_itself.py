"""Each program continues the other's tree, with Sen2Chain itself. Left out where it is not installed.

``test_jobs_sen2chain.py`` says how to install it and how to name it to the tests.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine import aggregate, anomaly, phenology, read_zones, smooth, trend
from sen2chain_ts_plugin.engine.library.cloudmask import parse_list
from sen2chain_ts_plugin.engine.library.folders import open_library
from sen2chain_ts_plugin.engine.library.selection import Selection
from sen2chain_ts_plugin.engine.zones.pixel_options import PixelOptions
from tests.support.compare import differences
from tests.support.extracting import counts, product_id, run, select
from tests.support.layers import ShapefileLayer
from tests.support.raw_tree import contents
from tests.support.safes import Safes
from tests.support.waiting import wait_for

PYTHON = os.environ.get("SEN2CHAIN_PYTHON", "")
pytestmark = pytest.mark.skipif(not PYTHON, reason="set SEN2CHAIN_PYTHON to compare with Sen2Chain itself")
TREE = "zones_3b371b3ac79d9d4f"
RAW = f"{TREE}/raw_data/NDVI/CM001"
ALL = select(first=date(2021, 1, 1), last=date(2022, 4, 1))
EXTRACT = """
import sys
from sen2chain import TimeSeriesCompil
from tests.support.waiting import wait_for
dates = dict(date_min="2021-01-01", date_max="2022-04-01")
TimeSeriesCompil(sys.argv[1], indices=["NDVI"], cm_version="CM001", **dates).extract_data()
"""


@pytest.fixture
def home(reference: Path, tmp_path: Path) -> Path:
    """A home of Sen2Chain: a copy of the library, in which it leaves files, and a root for extractions."""
    shutil.copytree(reference / "library", tmp_path / "library")
    paths = {"indices": "INDICES", "cloudmasks": "CLOUDMASKS", "l1c": "L1C", "l2a": "L2A", "temp": "temp"}
    for name in (*paths.values(), "../extraction"):
        (tmp_path / "library" / name).mkdir(exist_ok=True)
    lines = [f"{key}_path = {tmp_path}/library/{name}" for key, name in paths.items()]
    config = tmp_path / "sen2chain_data" / "config" / "config.cfg"
    config.parent.mkdir(parents=True)
    config.write_text("\n".join(["[DATA PATHS]", *lines, f"extraction_path = {tmp_path}/extraction", ""]))
    return tmp_path


def sen2chain(home: Path, shapefile: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [PYTHON, "-c", EXTRACT, str(shapefile)],
        env={**os.environ, "SEN2CHAIN_HOMEPATH": str(home), "LC_ALL": "C.UTF-8"},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_sen2chain_continues_our_tree(home: Path, reference: Path) -> None:
    """Pointed at a copy of the tree's shapefile: it copies what it is given into the tree; on the original it fails."""
    root = home / "extraction"
    tree, _ = run(open_library(home), ShapefileLayer(reference / "layers" / "zones.shp"), root, ALL)
    missing = [path for path in (root / RAW).glob("*20210614*.csv") if path.unlink() is None]
    assert len(missing) == 3
    kept = {path: path.stat().st_mtime_ns for path in (root / RAW).glob("*.csv")}

    original = sen2chain(home, tree.shapefile)
    assert "SameFileError" in original.communicate()[1]
    copy = shutil.copytree(tree.folder / "shp_files", home / "copy") / "zones.shp"
    process = sen2chain(home, copy)
    said = process.communicate()[1]
    assert process.returncode == 0, said
    assert os.listdir(root) == [TREE]
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    expected = reference / "expected" / "EXTRACTION_CM001" / RAW
    assert differences(root / RAW, expected) == []

    _, summary = run(open_library(home), ShapefileLayer(copy), root, ALL)
    assert counts(summary) == (20, 0, 20, 0, 0)
    assert (root / RAW / "product_data" / "products_no_data.csv").read_text(encoding="utf-8") == "filename\n"


def test_we_continue_a_tree_in_which_sen2chain_was_killed(home: Path, reference: Path) -> None:
    root = home / "extraction"
    shapefile = reference / "layers" / "zones.shp"
    process = sen2chain(home, shapefile)
    wait_for(lambda: process.poll() is not None or len(list((root / RAW).glob("*.csv"))) >= 5)
    assert process.poll() is None
    process.kill()
    process.communicate()
    begun = set(contents(root / RAW))
    _, summary = run(open_library(home), ShapefileLayer(shapefile), root, ALL)
    assert summary.failed == 0
    assert 4 <= summary.skipped <= len(begun)
    assert differences(root / RAW, reference / "expected" / "EXTRACTION_CM001" / RAW) == []
    assert (root / RAW / "product_data" / "products_no_data.csv").read_text(encoding="utf-8") == "filename\n"


COMPILE = """
import sys
from sen2chain.time_series_compil import TimeSeriesCompil
series = TimeSeriesCompil.__new__(TimeSeriesCompil)  # compiling needs nothing of what __init__ looks for
series._data_name, series._checksum, series._out_path = sys.argv[1:4]
series._cover_max, series.cm_version = 100, "CM001"
series.compile_data(alldata=True, monthly=True)
"""


def test_sen2chain_compiles_beside_our_analyses_as_without_them(home: Path, reference: Path) -> None:
    source = reference / "expected" / "EXTRACTION_CM001" / TREE
    compiled = []
    for root in (home / "plain", home / "analysed"):
        tree = root / TREE
        for folder in ("raw_data", "shp_files"):
            shutil.copytree(source / folder, tree / folder)
        if root.name == "analysed":
            for analysis in (smooth, aggregate, anomaly, trend, phenology):
                analysis(tree)
        name, checksum = TREE.rsplit("_", 1)
        command = [PYTHON, "-c", COMPILE, name, checksum, str(root)]
        environment = {**os.environ, "SEN2CHAIN_HOMEPATH": str(home), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        compiled.append(contents(tree / "compiled_data"))
    assert (home / "analysed" / TREE / "analysis_data").is_dir()
    assert compiled[0] == compiled[1]
    assert any("monthly" in name for name in compiled[0])


def test_sen2chain_leaves_what_it_does_not_know_alone(home: Path, reference: Path) -> None:
    """Masks applied while reading, other rules of pixels, and indices computed from bands."""
    root, zones = home / "extraction", ShapefileLayer(reference / "layers" / "zones.shp")
    masks = "CM001/CM001-VRT/SCL-DIL40/PRB-10/NOMASK"
    for pixels, names in (("centre", masks), ("touched", "CM001/SCL"), ("fraction", "CM001-VRT-DIL20")):
        selection = select(masks=names, first=date(2021, 1, 1), last=date(2022, 4, 1))
        tree, _ = run(open_library(home), zones, root, selection, pixels=PixelOptions(pixels))
    safes = Safes(home / "downloads", 160, 160, left=349_600.0, top=7_694_520.0)
    safes.add(product_id("2021-06-14"))
    for pixels in ("centre", "fraction"):
        of_bands = Selection(("NDVI",), parse_list("SCL/NOMASK"))
        from_bands, _ = run(open_library(safes.root), zones, root, of_bands, pixels=PixelOptions(pixels))
        assert from_bands == tree
    folders = {path.name for path in (tree.folder / "raw_data" / "NDVI").iterdir()}
    assert {name.rpartition("-")[2] for name in folders} >= {
        "CM001",
        "VRT",
        "DIL40",
        "10",
        "NOMASK",
        "TOUCH",
        "FRAC",
        "L2A",
    }
    ours = {path: path.read_bytes() for path in (tree.folder / "raw_data").rglob("*.csv") if "/CM001/" not in str(path)}
    assert len(ours) > 50
    missing = [path for path in (root / RAW).glob("*20210614*.csv") if path.unlink() is None]
    assert len(missing) == 3
    process = sen2chain(home, shutil.copytree(tree.folder / "shp_files", home / "copy") / "zones.shp")
    said = process.communicate()[1]
    assert process.returncode == 0, said
    assert differences(root / RAW, reference / "expected" / "EXTRACTION_CM001" / RAW) == []
    assert {path: path.read_bytes() for path in ours} == ours


@pytest.mark.parametrize("metres", [-10, 30])
def test_sen2chain_continues_a_tree_of_buffered_zones(home: Path, reference: Path, metres: int) -> None:
    """Where zones vanish they are kept: Sen2Chain ends at a record without geometry, wherever it comes from."""
    root = home / "extraction"
    zones = read_zones(reference / "layers" / "zones.shp")
    tree, _ = run(open_library(home), zones, root, ALL, pixels=PixelOptions(buffer=metres, small="keep"))
    raw = tree.folder / "raw_data" / "NDVI" / "CM001"
    whole = shutil.copytree(raw, home / "whole")
    missing = [path for path in raw.glob("*20210614*.csv") if path.unlink() is None]
    assert len(missing) == 3
    copy = shutil.copytree(tree.folder / "shp_files", home / "copy") / f"{tree.name}.shp"
    process = sen2chain(home, copy)
    said = process.communicate()[1]
    assert process.returncode == 0, said
    assert os.listdir(root) == [tree.folder.name]
    assert differences(raw, whole) == []
