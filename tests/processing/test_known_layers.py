"""A layer file that has not changed is recognised without being read, and nothing else is."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsField,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QVariant

from tests.processing.test_extract import Run
from tests.support.extracting import all_bytes
from tests.support.qgis_layers import day, memory_layer, save, square

SAID = "it is not read again"
SHAPES = [square(10, 10), square(60, 40), square(100, 200)]
ROWS = [["maize", 1], ["wheat", 2], ["grass", 3]]


def layer_of(shapes: list[str] = SHAPES, rows: list[list[Any]] = ROWS) -> QgsVectorLayer:
    fields = [QgsField("crop", QVariant.String), QgsField("code", QVariant.Int)]
    return memory_layer(shapes, fields, rows, name="fields")


def written(folder: Path, driver: str = "GPKG", **layer: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    endings = {"GPKG": "gpkg", "ESRI Shapefile": "shp", "GeoJSON": "geojson"}
    return save(layer_of(**layer), folder / f"fields.{endings[driver]}", driver)


@pytest.fixture
def told(extract: Run) -> Callable[..., tuple[dict[str, Any], bool]]:
    """Return a function that extracts and tells whether the layer was recognised."""

    def _told(layer: Any, **other: Any) -> tuple[dict[str, Any], bool]:
        feedback = QgsProcessingFeedback(False)
        result = extract(str(layer) if isinstance(layer, Path) else layer, feedback, **other)
        return result, SAID in feedback.textLog()

    return _told


@pytest.mark.parametrize("driver", ["GPKG", "ESRI Shapefile", "GeoJSON"])
def test_the_same_file_is_not_read_again_and_nothing_changes(told: Any, tmp_path: Path, driver: str) -> None:
    path = written(tmp_path / "layers", driver)
    first, known = told(path)
    assert not known
    before = all_bytes(Path(first["EXTRACTION"]))
    again, known = told(path)
    assert known
    assert again["EXTRACTION"] == first["EXTRACTION"]
    assert (again["PRODUCTS"], again["SKIPPED"], again["ROWS"]) == (first["PRODUCTS"], first["PRODUCTS"], 0)
    assert all_bytes(Path(first["EXTRACTION"])) == before


def test_a_copy_under_another_name_is_the_same_layer(told: Any, tmp_path: Path) -> None:
    path = written(tmp_path / "layers")
    first, _ = told(path)
    copied, known = told(Path(shutil.copy(path, tmp_path / "copy of fields.gpkg")))
    assert known
    assert copied["EXTRACTION"] == first["EXTRACTION"]


def _sql(path: Path, *commands: str) -> None:
    with sqlite3.connect(path) as database:
        database.create_function("ST_IsEmpty", 1, lambda _: 0)
        for name in ("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            database.create_function(name, 1, lambda _: 0.0)
        for command in commands:
            database.execute(command)
    database.close()


def _rewrite(path: Path, **layer: Any) -> None:
    path.unlink()
    written(path.parent, **layer)


OTHER = {
    "an attribute, as many bytes": lambda path: _sql(path, "UPDATE fields SET crop = 'maizE' WHERE crop = 'maize'"),
    "a number": lambda path: _sql(path, "UPDATE fields SET code = 7 WHERE code = 2"),
    "a zone less": lambda path: _sql(path, "DELETE FROM fields WHERE code = 3"),
    "a corner": lambda path: _rewrite(path, shapes=[square(10, 10, 20.5), *SHAPES[1:]]),
    "another order": lambda path: _rewrite(path, shapes=SHAPES[::-1], rows=ROWS[::-1]),
    "a name of a field": lambda path: _sql(path, "ALTER TABLE fields RENAME COLUMN crop TO culture"),
}


@pytest.mark.parametrize("change", OTHER.values(), ids=OTHER)
def test_a_file_that_says_something_else_is_read(told: Any, tmp_path: Path, change: Any) -> None:
    path = written(tmp_path / "layers")
    first, _ = told(path)
    change(path)
    result, known = told(path)
    assert not known
    assert result["EXTRACTION"] != first["EXTRACTION"]


def test_the_crs_counts(told: Any, tmp_path: Path) -> None:
    path = written(tmp_path / "layers")
    told(path)
    _sql(path, "UPDATE gpkg_geometry_columns SET srs_id = 4326")
    with pytest.raises(QgsProcessingException):
        told(path)


@pytest.mark.parametrize("part", [".prj", ".cpg", ".dbf"])
def test_each_part_of_a_shapefile_counts(told: Any, tmp_path: Path, part: str) -> None:
    path = written(tmp_path / "layers", "ESRI Shapefile")
    told(path)
    assert told(path)[1]
    file = path.with_suffix(part)
    content = file.read_bytes()
    file.write_bytes(content.replace(b"maize", b"maizE") if part == ".dbf" else content + b" ")
    assert not told(path)[1]


PARTS = {
    "|subset=code < 3": "a filter",
    "|layername=fields|subset=code > 1": "a filter and a name",
    "|geometrytype=Polygon": "a type",
}


@pytest.mark.parametrize("ending", PARTS, ids=PARTS.values())
def test_another_part_of_the_file_is_another_layer(told: Any, tmp_path: Path, ending: str) -> None:
    path = written(tmp_path / "layers")
    first, _ = told(path)
    result, known = told(f"{path}{ending}")
    assert not known
    assert ("subset" not in ending) == (result["EXTRACTION"] == first["EXTRACTION"])


OPTIONS = {"a buffer": {"BUFFER": 20}, "small zones": {"BUFFER": -20, "SMALL": "keep"}}


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_a_buffer_makes_other_zones(told: Any, tmp_path: Path, options: dict[str, Any]) -> None:
    path = written(tmp_path / "layers")
    plain, _ = told(path)
    wide, known = told(path, **options)
    assert not known
    assert wide["EXTRACTION"] != plain["EXTRACTION"]
    again, known = told(path, **options)
    assert known
    assert again["EXTRACTION"] == wide["EXTRACTION"]


def test_what_is_left_to_do_is_done(told: Any, tmp_path: Path) -> None:
    path = written(tmp_path / "layers")
    told(path)
    assert told(path, FORCE=True)[0]["SKIPPED"] == 0
    more, known = told(path, DATE_MIN=day("2021-05-01"))
    assert not known
    assert more["EXTRACTED"] > 0
    (csv, *_) = Path(more["EXTRACTION"]).glob("raw_data/NDVI/CM001/*.csv")
    csv.unlink()
    assert told(path, DATE_MIN=day("2021-05-01"))[0]["EXTRACTED"] == 1
    assert csv.exists()


@pytest.mark.parametrize("part", [".shp", ".dbf"])
def test_a_damaged_tree_is_mended(told: Any, tmp_path: Path, part: str) -> None:
    path = written(tmp_path / "layers")
    first, _ = told(path)
    (file,) = Path(first["EXTRACTION"], "shp_files").glob(f"*{part}")
    whole = file.read_bytes()
    file.write_bytes(whole[:-10])
    _, known = told(path)
    assert not known
    assert file.read_bytes() == whole


def test_changes_that_a_database_keeps_beside_itself_count(told: Any, tmp_path: Path) -> None:
    path = written(tmp_path / "layers")
    told(path)
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA wal_autocheckpoint=0")
    database.execute("CREATE TABLE notes (text)")
    database.commit()
    assert path.with_name("fields.gpkg-wal").stat().st_size
    assert not told(path)[1]
    database.close()


def test_a_layer_of_the_window_and_its_selection_are_read(told: Any, tmp_path: Path, qgis_new_project: None) -> None:
    """It may show another file than there is by now."""
    path = written(tmp_path / "layers")
    told(path)
    layer = QgsVectorLayer(str(path), "fields", "ogr")
    QgsProject.instance().addMapLayer(layer)
    for value in (layer, layer.id(), QgsProcessingFeatureSourceDefinition(str(path), featureLimit=2)):
        assert not told(value)[1]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"format": 2}', b'{"format": 1, "layers": [["a", {}]]}', b"\0" * 99]
)
def test_the_note_may_be_gone_or_damaged(told: Any, tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path / "layers")
    first, _ = told(path)
    note = Path(first["EXTRACTION"], ".sen2chain_ts", "layers.json")
    good = note.read_bytes()
    note.write_bytes(content)
    assert not told(path)[1]
    assert note.read_bytes() == good
