"""The layer of a job: what the run will read alike, or else a refusal that says what only the window has."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import processing
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsField,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsProperty,
    QgsVectorLayer,
    QgsVectorLayerJoinInfo,
)

from sen2chain_ts_plugin.processing.support.compat import make_field
from tests.support.compare import differences
from tests.support.qgis_layers import memory_layer, save, square

DEFINITION = QgsProcessingFeatureSourceDefinition


@pytest.fixture
def home(provider: Any, reference: Path, tmp_path: Path) -> Path:
    """Return a library that may be written to."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("INDICES", "CLOUDMASKS"):
        (home / name).symlink_to(reference / "library" / name)
    return home


@pytest.fixture
def file(provider: Any, tmp_path: Path) -> Path:
    """Return a shapefile of two zones with a name."""
    zones = memory_layer([square(10, 10), square(40, 40)], [make_field("name", "text")], [["Blé"], ["b"]])
    return save(zones, tmp_path / "zones.shp", "ESRI Shapefile")


def layer_of(home: Path, value: Any) -> str:
    """Return the layer of the job that savejob writes."""
    asked = {"NAME": "t1", "LIBRARY": str(home), "INPUT": value, "CLOUDMASKS": "CM001"}
    june = {"DATE_MIN": "2021-06-01", "DATE_MAX": "2021-06-30"}
    job = Path(processing.run("sen2chain_ts:savejob", {**asked, **june})["JOB"])
    return job.read_text(encoding="utf-8").splitlines()[-1].split(";")[0]


def open_layer(path: Path | str) -> QgsVectorLayer:
    layer = QgsVectorLayer(str(path), "shown", "ogr")
    assert layer.isValid()
    return layer


def test_a_source_is_its_layer(home: Path, file: Path) -> None:
    layer = open_layer(file)
    QgsProject.instance().addMapLayer(layer)
    try:
        expression = QgsProperty.fromExpression(f"'{file}'")
        for value in (
            DEFINITION(str(file)),
            DEFINITION(layer.id()),
            DEFINITION(expression),
            layer.id(),
            expression,
            file,
        ):
            assert layer_of(home, value) == str(file)
    finally:
        QgsProject.instance().removeMapLayer(layer.id())


def _definition(layer: QgsVectorLayer, **parts: Any) -> QgsProcessingFeatureSourceDefinition:
    definition = DEFINITION(layer.source(), parts.get("selected", False), parts.get("limit", -1))
    if "check" in parts:
        definition.flags = DEFINITION.Flag.FlagOverrideDefaultGeometryCheck
        definition.geometryCheck = parts["check"]
    return definition


def _edited(layer: QgsVectorLayer) -> QgsVectorLayer:
    layer.startEditing()
    layer.deleteFeature(next(layer.getFeatures()).id())
    return layer


def _joined(layer: QgsVectorLayer) -> QgsVectorLayer:
    other = memory_layer([square(1, 1)], [make_field("name", "text"), make_field("owner", "text")], [["b", "me"]])
    QgsProject.instance().addMapLayers([layer, other], False)
    join = QgsVectorLayerJoinInfo()
    join.setJoinLayer(other)
    join.setJoinFieldName("name")
    join.setTargetFieldName("name")
    assert layer.addJoin(join)
    return layer


def _with(layer: QgsVectorLayer, **changes: Any) -> QgsVectorLayer:
    for method, arguments in changes.items():
        getattr(layer, method)(*arguments)
    return layer


UTM = QgsCoordinateReferenceSystem("EPSG:32739")
WINDOW_ONLY = {
    "selection": (lambda layer: _definition(layer, selected=True), "only its selected features are asked for"),
    "first features": (lambda layer: _definition(layer, limit=1), r"only its first features are asked for \(1\)"),
    "check": (
        lambda layer: _definition(layer, check=QgsFeatureRequest.InvalidGeometryCheck.GeometrySkipInvalid),
        "a geometry check of its own",
    ),
    "filter": (lambda layer: _with(layer, setSubsetString=["name = 'b'"]), r"it has a filter \(name = 'b'\)"),
    "filter in the path": (lambda layer: f"{layer.source()}|subset=name = 'b'", "it has a filter"),
    "edits": (_edited, "it has unsaved edits"),
    "virtual field": (
        lambda layer: _with(layer, addExpressionField=["1 + 1", QgsField(make_field("two", "int"))]),
        r"virtual or joined fields \(two\)",
    ),
    "join": (_joined, r"virtual or joined fields \(zones_owner\)"),
    "encoding": (lambda layer: _with(layer, setProviderEncoding=["ISO-8859-1"]), "its encoding ISO-8859-1 was set"),
    "crs": (lambda layer: _with(layer, setCrs=[UTM]), "its CRS EPSG:32739 was set by hand, its file has EPSG:32740"),
}


@pytest.mark.parametrize("case", WINDOW_ONLY)
def test_what_only_the_window_has_is_refused(home: Path, file: Path, case: str) -> None:
    change, why = WINDOW_ONLY[case]
    try:
        with pytest.raises(QgsProcessingException, match=f"INPUT: '[^']*' cannot be the layer of a job: .*{why}"):
            layer_of(home, change(open_layer(file)))
    finally:
        QgsProject.instance().removeAllMapLayers()
    assert not (home / "jobs_extr").exists()


def test_a_file_without_a_crs_is_refused(home: Path, file: Path) -> None:
    file.with_suffix(".prj").unlink()
    for value in (file, _with(open_layer(file), setCrs=[QgsCoordinateReferenceSystem("EPSG:32740")])):
        with pytest.raises(QgsProcessingException, match=r"INPUT: .*its file has no CRS"):
            layer_of(home, value)


def test_a_password_is_not_stored(home: Path) -> None:
    from sen2chain_ts_plugin.processing.layers.job_layer import layer_text

    class Remote:
        """A layer on a server, which no test may ask."""

        def __getattr__(self, name: str) -> Any:
            return getattr(self.layer, name)

        def __init__(self, layer: QgsVectorLayer) -> None:
            self.layer = layer

        def source(self) -> str:
            return "/vsicurl/https://me:secret@host.example/zones.gpkg"

    layer = memory_layer([square(1, 1)])
    remote = Remote(open_layer(save(layer, home / "zones.gpkg", "GPKG")))
    with pytest.raises(Exception, match="its address holds a password") as raised:
        layer_text(remote, None)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("name", ["zones.zip", "my zones.zip", "zones.gpkg.zip", "zones.geojson.gz", "zones.tar.gz"])
def test_an_archive_is_read_by_the_run_as_by_extract(home: Path, file: Path, tmp_path: Path, name: str) -> None:
    archive = tmp_path / "packed" / name
    archive.parent.mkdir()
    pack(file, archive)
    asked = {"LIBRARY": str(home), "CLOUDMASKS": "CM001", "DATE_MIN": "2021-06-01", "DATE_MAX": "2021-06-30"}
    by_hand = processing.run("sen2chain_ts:extract", {**asked, "INPUT": str(archive), "OUTPUT": str(tmp_path / "o")})
    assert layer_of(home, str(archive)) == str(archive)
    assert processing.run("sen2chain_ts:runjob", {"JOB": "t1", "LIBRARY": str(home)})["FAILED"] == 0
    (tree,) = (home / "EXTRACTION").iterdir()
    assert tree.name == Path(by_hand["EXTRACTION"]).name
    assert differences(tree / "raw_data", Path(by_hand["EXTRACTION"]) / "raw_data") == []


def test_a_file_inside_an_archive(home: Path, file: Path, tmp_path: Path) -> None:
    pack(file, tmp_path / "packed.zip")
    inside = f"/vsizip/{tmp_path}/packed.zip/zones.shp"
    assert layer_of(home, open_layer(inside)) == inside
    assert processing.run("sen2chain_ts:runjob", {"JOB": "t1", "LIBRARY": str(home)})["EXTRACTED"] > 0


def pack(file: Path, archive: Path) -> None:
    """Put the zones of a shapefile into an archive."""
    import gzip
    import tarfile

    if archive.name.endswith(".geojson.gz"):
        plain = save(open_layer(file), archive.with_suffix(""), "GeoJSON")
        archive.write_bytes(gzip.compress(plain.read_bytes()))
        plain.unlink()
    elif archive.name.endswith(".tar.gz"):
        with tarfile.open(archive, "w:gz") as packed:
            for part in file.parent.glob("zones.*"):
                packed.add(part, part.name)
    elif archive.name.endswith(".gpkg.zip"):
        inner = save(open_layer(file), archive.with_suffix(""), "GPKG")
        with zipfile.ZipFile(archive, "w") as packed:
            packed.write(inner, inner.name)
        inner.unlink()
    else:
        with zipfile.ZipFile(archive, "w") as packed:
            for part in file.parent.glob("zones.*"):
                packed.write(part, part.name)


def test_a_relative_path_and_a_link(home: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert layer_of(home, "zones.shp") == str(file)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert layer_of(home, "~/zones.shp") == str(file)
