"""The sample library through QGIS Processing: outputs, loading, refusals, cancel."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

SMALL = {"SIZE": 64, "DATES": 4, "SEED": 1}


@pytest.fixture
def run(provider):
    import processing

    def _run(output: Path | str, **other: object) -> dict[str, object]:
        return processing.run("sen2chain_ts:samplelibrary", {**SMALL, "OUTPUT": str(output), **other})

    return _run


def test_every_declared_output_comes_back_and_is_there(run, provider, tmp_path: Path) -> None:
    result = run(tmp_path / "library")
    declared = {output.name() for output in provider.algorithm("samplelibrary").outputDefinitions()}
    assert set(result) == declared == {"OUTPUT", "LIBRARY", "LAYER"}
    assert Path(result["LIBRARY"]) == tmp_path / "library"
    layer = QgsVectorLayer(result["LAYER"], "fields")
    assert layer.isValid()
    assert layer.crs().authid() == "EPSG:4326"
    assert layer.featureCount() > 10
    assert "Canne à sucre" in {feature["crop"] for feature in layer.getFeatures()}


def test_qgis_reads_the_rasters_with_their_nodata(run, tmp_path: Path) -> None:
    run(tmp_path)
    path = next(tmp_path.glob("INDICES/NDVI/40KCB/*/*_NDVI_CM001.jp2"))
    raster = QgsRasterLayer(str(path), "ndvi")
    assert raster.isValid()
    assert raster.crs().authid() == "EPSG:32740"
    assert raster.dataProvider().sourceNoDataValue(1) == 16383


def test_toolbox_loads_the_layer(provider, tmp_path: Path) -> None:
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    algorithm = provider.algorithm("samplelibrary").create()
    result, finished = algorithm.run({**SMALL, "OUTPUT": str(tmp_path / "library")}, context, QgsProcessingFeedback())
    assert finished
    details = context.layersToLoadOnCompletion()
    assert list(details) == [result["LAYER"]]
    assert details[result["LAYER"]].outputName == "LAYER"


def test_omitted_numbers_have_their_defaults(provider) -> None:
    defaults = {p.name(): p.defaultValue() for p in provider.algorithm("samplelibrary").parameterDefinitions()}
    assert {name: defaults[name] for name in SMALL} == {"SIZE": 512, "DATES": 24, "SEED": 2}


def test_temporary_output(run) -> None:
    result = run("TEMPORARY_OUTPUT")
    assert Path(result["LAYER"]).is_file()


def test_a_folder_with_something_else_is_refused_by_name(run, tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("years of work")
    with pytest.raises(QgsProcessingException, match=r"thesis\.odt"):
        run(tmp_path)
    assert os.listdir(tmp_path) == ["thesis.odt"]


@pytest.mark.parametrize("number", [{"SIZE": 63}, {"SIZE": 10981}, {"DATES": 3}, {"DATES": 293}], ids=str)
def test_numbers_out_of_range_are_refused(run, tmp_path: Path, number: dict[str, int]) -> None:
    with pytest.raises(QgsProcessingException, match=next(iter(number))):
        run(tmp_path / "library", **number)
    assert os.listdir(tmp_path) == []


class CancelAtHalf(QgsProcessingFeedback):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[float] = []
        self.progressChanged.connect(self.notice)

    def notice(self, percent: float) -> None:
        self.seen.append(percent)
        if percent >= 50:
            self.cancel()


def test_cancel_leaves_nothing(provider, tmp_path: Path) -> None:
    feedback = CancelAtHalf()
    algorithm = provider.algorithm("samplelibrary").create()
    _, finished = algorithm.run({**SMALL, "OUTPUT": str(tmp_path / "library")}, QgsProcessingContext(), feedback)
    assert not finished
    assert os.listdir(tmp_path) == []
    assert feedback.seen == sorted(feedback.seen)
    assert 50 <= feedback.seen[-1] < 60
