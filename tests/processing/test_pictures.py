"""Inventory, plot and quicklooks through QGIS Processing: outputs, table, pages, what is refused, cancel."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputHtml,
    QgsProcessingParameterDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime

from tests.support.pages import Page

SHORT = {"DATE_MIN": QDateTime(QDate(2021, 3, 1)), "DATE_MAX": QDateTime(QDate(2021, 6, 30))}
OPTIONAL = {"TABLE", "REPORT"}


@pytest.fixture
def library(reference: Path) -> Path:
    return reference / "library"


@pytest.fixture
def zones(reference: Path) -> Path:
    return reference / "layers" / "zones.shp"


@pytest.fixture
def tree(reference: Path, tmp_path: Path) -> Path:
    """Return an extraction that Sen2Chain made, without its compiled files."""
    source = next((reference / "expected" / "EXTRACTION_CM001").iterdir())
    copy = tmp_path / source.name
    for folder in ("raw_data", "shp_files"):
        shutil.copytree(source / folder, copy / folder)
    return copy


def declared(provider: Any, algorithm: str) -> set[str]:
    return {output.name() for output in provider.algorithm(algorithm).outputDefinitions()}


@pytest.mark.parametrize("algorithm", ["inventory", "plot", "quicklooks"])
def test_nothing_is_made_where_nobody_asked_and_all_is_explained(provider, algorithm: str) -> None:
    for parameter in provider.algorithm(algorithm).parameterDefinitions():
        assert parameter.help()
        if parameter.name() in {"OUTPUT", "TABLE", "REPORT"}:
            assert not parameter.createByDefault()
            assert parameter.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional
    described = provider.algorithm(algorithm)
    assert described.shortHelpString()
    assert described.shortDescription().endswith(".")
    assert described.canExecute()[0]


def test_inventory_of_a_layer(run, provider, library: Path, zones: Path, tmp_path: Path) -> None:
    table, report = tmp_path / "inventory.gpkg", tmp_path / "pages" / "inventory.html"
    result = run("inventory", INPUT=zones, LIBRARY=library, EXTRACTION_ROOT=tmp_path, TABLE=table, REPORT=report)
    assert set(result) == declared(provider, "inventory")
    layer = QgsVectorLayer(result["TABLE"], "inventory")
    assert layer.crs().authid() == "EPSG:4326"
    names = [field.name() for field in layer.fields()]
    assert names[1:8] == ["tile", "index", "cloudmask", "products", "first", "last", "without_probability"]
    rows = {(row["tile"], row["index"], row["cloudmask"]): row for row in layer.getFeatures()}
    ours = rows["40KCB", "NDVI", "CM001"]
    files = list((library / "INDICES" / "NDVI" / "40KCB").glob("*/*_NDVI_CM001.jp2"))
    assert ours["products"] == ours["to_do"] == len(files) == 15
    assert (ours["first"], ours["last"]) == (QDate(2021, 1, 5), QDate(2022, 3, 6))
    assert ours["extracted"] == 0
    # A copy: QGIS may write statistics beside a raster that it opens.
    raster = QgsRasterLayer(str(shutil.copy(sorted(files)[0], tmp_path / "raster.jp2")), "raster")
    transform = QgsCoordinateTransform(raster.crs(), layer.crs(), QgsProject.instance())
    expected, found = transform.transformBoundingBox(raster.extent()), ours.geometry().boundingBox()
    for side in ("xMinimum", "yMinimum", "xMaximum", "yMaximum"):
        assert getattr(found, side)() == pytest.approx(getattr(expected, side)(), abs=1e-6)
    assert result["PRODUCTS"] == sum(row["products"] for row in rows.values()) == result["TO_DO"]
    assert result["TILES"] == 2
    assert "Inventory: zones" in Page(report).texts
    assert [path.name for path in report.parent.iterdir()] == ["inventory.html"]


def test_inventory_knows_what_is_extracted(run, library: Path, zones: Path, tmp_path: Path) -> None:
    run("extract", INPUT=zones, LIBRARY=library, CLOUDMASKS="CM001", OUTPUT=tmp_path / "root")
    result = run(
        "inventory", INPUT=zones, LIBRARY=library, INDICES=["NDVI"], EXTRACTION_ROOT=tmp_path / "root",
        TABLE="TEMPORARY_OUTPUT",
    )  # fmt: skip
    rows = {(row["tile"], row["cloudmask"]): row for row in result["TABLE"].getFeatures()}
    done = rows["40KCB", "CM001"]
    assert done["extracted"] + done["without_data"] == done["products"]
    assert done["to_do"] == 0
    others = [row for (_, mask), row in rows.items() if mask != "CM001"]
    assert result["TO_DO"] == sum(row["products"] for row in others) > 0


def test_inventory_without_a_layer_does_not_pretend(run, provider, library: Path) -> None:
    result = run("inventory", LIBRARY=library, TABLE="TEMPORARY_OUTPUT")
    assert set(result) == declared(provider, "inventory") - {"REPORT"}
    assert {row["extracted"] for row in result["TABLE"].getFeatures()} & {0, 1} == set()
    assert result["TO_DO"] == result["PRODUCTS"] > 0
    assert set(run("inventory", LIBRARY=library)) == declared(provider, "inventory") - OPTIONAL


def test_inventory_tells_a_model_what_its_table_is_like(provider) -> None:
    algorithm: QgsProcessingAlgorithm = provider.algorithm("inventory").create()
    properties = algorithm.sinkProperties("TABLE", {}, QgsProcessingContext(), {})
    assert properties.crs == QgsCoordinateReferenceSystem("EPSG:4326")
    assert properties.wkbType == QgsWkbTypes.Type.Polygon
    assert "cloudmask" in [field.name() for field in properties.fields]


def test_inventory_refuses(run, library: Path, tmp_path: Path) -> None:
    with pytest.raises(QgsProcessingException, match="no product of EVI"):
        run("inventory", LIBRARY=library, INDICES=["EVI"])
    with pytest.raises(QgsProcessingException, match="No Sen2Chain library found"):
        run("inventory", LIBRARY=tmp_path)
    dates = {"DATE_MIN": SHORT["DATE_MAX"], "DATE_MAX": SHORT["DATE_MIN"]}
    with pytest.raises(QgsProcessingException, match="is before the first date"):
        run("inventory", LIBRARY=library, **dates)
    far = QgsVectorLayer("Polygon?crs=EPSG:4326&field=a:int", "far", "memory")
    with pytest.raises(QgsProcessingException, match="no usable geometry"):
        run("inventory", LIBRARY=library, INPUT=far)


def test_plot(run, provider, tree: Path, tmp_path: Path) -> None:
    result = run("plot", EXTRACTION=tree, INDICES=["NDWIGAO"], OUTPUT=tmp_path / "out", **SHORT)
    assert set(result) == declared(provider, "plot")
    assert isinstance(provider.algorithm("plot").outputDefinition("REPORT"), QgsProcessingOutputHtml)
    folder = tmp_path / "out" / tree.name / "plots"
    assert Path(result["PLOTS"]) == folder
    assert Path(result["OUTPUT"]) == tmp_path / "out"
    pictures = [path.name for path in (folder / "CM001").iterdir()]
    assert len(pictures) == result["FILES"]
    assert "zones_plot-global_NDWIGAO_2021-03-01_2021-06-30.png" in pictures
    page = Page(Path(result["REPORT"]))
    assert "zones with rows, of 36" in page.texts


def test_plot_refuses(run, tree: Path, tmp_path: Path) -> None:
    with pytest.raises(QgsProcessingException, match="is not an extraction folder"):
        run("plot", EXTRACTION=tmp_path)
    with pytest.raises(QgsProcessingException, match="Unknown cloud mask 'CM9'"):
        run("plot", EXTRACTION=tree, CLOUDMASKS="CM9")
    with pytest.raises(QgsProcessingException, match=r"no field 'nobody'\. Their fields: "):
        run("plot", EXTRACTION=tree, KEY_FIELD="nobody")
    with pytest.raises(QgsProcessingException, match="nothing to show"):
        run("plot", EXTRACTION=tree, DATE_MIN=QDateTime(QDate(2030, 1, 1)))
    assert not (tree / "plots" / "CM001").exists()


def test_quicklooks(run, provider, tree: Path, library: Path, tmp_path: Path) -> None:
    dates = {name: QDateTime(QDate(2021, 6, 14)) for name in SHORT}
    result = run("quicklooks", EXTRACTION=tree, LIBRARY=library, INDICES=["NDVI"], BUFFER=200, THREADS=2,
                 OUTPUT=tmp_path / "out", **dates)  # fmt: skip
    assert set(result) == declared(provider, "quicklooks")
    folder = tmp_path / "out" / tree.name / "quicklooks"
    assert Path(result["QUICKLOOKS"]) == folder
    pictures = sorted(path.name for path in folder.glob("QL_FID*/CM001/*_QL_*"))
    assert len(pictures) == result["FILES"] > 20
    assert len(list(folder.glob("QL_*/CM001/*_MOZ-QL_*_2021-06-14_2021-06-14.jpg"))) == result["SHEETS"]
    assert result["FAILED"] == 0
    # A picture per row that compile keeps: of the two baselines of that day, one.
    assert len(pictures) == len({name.split("_")[2] for name in pictures})


class CancelSoon(QgsProcessingFeedback):
    def __init__(self) -> None:
        super().__init__()
        self.progressChanged.connect(self.notice)

    def notice(self, percent: float) -> None:
        if percent >= 20:
            self.cancel()


@pytest.mark.parametrize("algorithm", ["plot", "quicklooks"])
def test_cancel_leaves_whole_pictures_only(provider, tree: Path, library: Path, tmp_path: Path, algorithm: str) -> None:
    from PIL import Image

    parameters = {"EXTRACTION": str(tree), "OUTPUT": str(tmp_path / "out"), "INDICES": ["NDVI"], **SHORT}
    if algorithm == "quicklooks":
        parameters["LIBRARY"] = str(library)
    _, finished = provider.algorithm(algorithm).create().run(parameters, QgsProcessingContext(), CancelSoon())
    assert not finished
    for path in (tmp_path / "out").rglob("*.*g"):
        with Image.open(path) as picture:
            picture.load()
    assert not list((tmp_path / "out").rglob("*_report_*"))
    assert not list((tmp_path / "out").rglob("*MOZ*"))
