"""Extract through QGIS Processing: any layer, a selection, a worker thread, a model; what comes out."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import processing
import pytest
from qgis.core import (
    QgsApplication,
    QgsFeatureRequest,
    QgsField,
    QgsProcessingAlgorithm,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProject,
    QgsTask,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QThreadPool, QVariant

from sen2chain_ts_plugin.engine.locks import locked
from tests.support.compare import differences
from tests.support.extracting import SmallLibrary, all_bytes
from tests.support.qgis_layers import JUNE, LEFT, TOP, day, memory_layer, raw_rows, save, square
from tests.support.waiting import wait_for

ALL = {"DATE_MIN": day("2021-01-01"), "DATE_MAX": day("2022-04-01")}
TREE = "zones_3b371b3ac79d9d4f"
# On both tiles.
HERE = square(300, 280, 30)
OUTPUTS = {"EXTRACTION", "OUTPUT", "PRODUCTS", "EXTRACTED", "SKIPPED", "EMPTY", "FAILED", "ROWS"}
Run = Callable[..., dict[str, Any]]


@pytest.fixture
def layers(reference: Path) -> Path:
    return reference / "layers"


def numbers(result: dict[str, Any]) -> tuple[int, ...]:
    return tuple(result[name] for name in ("PRODUCTS", "EXTRACTED", "SKIPPED", "EMPTY", "FAILED"))


# What comes out


def test_a_shapefile_gives_what_sen2chain_gives(extract: Run, layers: Path, reference: Path, tmp_path: Path) -> None:
    result = extract(layers / "zones.shp", INDICES=["NDVI", "NDWIGAO"], **ALL)
    assert result == {
        "EXTRACTION": str(tmp_path / "out" / TREE), "OUTPUT": str(tmp_path / "out"),
        "PRODUCTS": 40, "EXTRACTED": 40, "SKIPPED": 0, "EMPTY": 0, "FAILED": 0, "ROWS": 676,
    }  # fmt: skip
    expected = reference / "expected" / "EXTRACTION_CM001" / TREE
    assert differences(Path(result["EXTRACTION"], "raw_data"), expected / "raw_data") == []
    for part in ("shp", "shx", "dbf", "prj", "cpg"):
        ours = Path(result["EXTRACTION"], "shp_files", f"zones.{part}").read_bytes()
        assert ours == (layers / f"zones.{part}").read_bytes() == (expected / f"shp_files/zones.{part}").read_bytes()


@pytest.mark.parametrize("file", ["zones.geojson", "zones_2975.gpkg"])
def test_other_formats_and_crs_give_the_same_statistics(extract: Run, layers: Path, reference: Path, file: str) -> None:
    """Not one pixel falls to another side of an edge when these zones are reprojected."""
    result = extract(layers / file, INDICES=["NDVI", "NDWIGAO"], DATE_MAX=day("2021-08-01"), DATE_MIN=day("2021-03-01"))
    assert result["FAILED"] == 0
    for index in ("NDVI", "NDWIGAO"):
        theirs = raw_rows(reference / "expected" / "EXTRACTION_CM001" / TREE, index)
        ours = {(row["filename"], row["fid"]): row for row in raw_rows(result["EXTRACTION"], index)}
        files = {row["filename"] for row in ours.values()}
        expected = [row for row in theirs if row["filename"] in files]
        assert len(expected) == len(ours) > 100
        for row in expected:
            mine = ours[row["filename"], row["fid"]]
            # A GeoPackage's key, also called fid, is no attribute.
            assert list(mine) == list(row)
            for name in list(row)[4:]:
                assert mine[name] == row[name] or float(mine[name]) == pytest.approx(float(row[name]), rel=1e-9)


def test_points_and_lines(extract: Run, layers: Path) -> None:
    points = extract(layers / "points.shp")
    assert {row["count"] for row in raw_rows(points["EXTRACTION"])} == {"1"}
    line = memory_layer(["LineString (348105 7692005, 348305 7692005)"], kind="LineString")
    rows = raw_rows(extract(line)["EXTRACTION"])
    assert {int(row["count"]) + int(row["nodata"]) for row in rows} == {21}


def test_every_declared_output_comes_back(extract: Run, provider: Any) -> None:
    layer = memory_layer([HERE])
    declared = {output.name() for output in provider.algorithm("extract").outputDefinitions()}
    assert declared == {*OUTPUTS, "TABLE"}
    assert set(extract(layer, TABLE="TEMPORARY_OUTPUT")) == declared
    # A table that nobody asks for is none.
    assert set(extract(layer)) == OUTPUTS
    nothing = extract(layer, DATE_MIN=day("1999-01-01"), DATE_MAX=day("1999-12-31"))
    assert set(nothing) == OUTPUTS
    assert numbers(nothing) == (0, 0, 0, 0, 0)
    assert Path(nothing["EXTRACTION"]).is_dir()


def test_defaults(extract: Run, reference: Path, tmp_path: Path) -> None:
    """Of indices and masks; the root is the extraction folder of the library."""
    import shutil

    library = shutil.copytree(reference / "library", tmp_path / "library")
    layer = memory_layer([HERE])
    result = extract(layer, LIBRARY=str(library), CLOUDMASKS=None, OUTPUT=None)
    assert result["OUTPUT"] == str(library / "EXTRACTION")
    raw = Path(result["EXTRACTION"], "raw_data")
    assert [folder.relative_to(raw).as_posix() for folder in raw.glob("*/*")] == [
        "NDVI/CM004-CSH1-CMP1-CHP1-TCI1-ITER1"
    ]
    again = extract(layer, LIBRARY=str(library), CLOUDMASKS="", OUTPUT="", INDICES=[])
    assert numbers(again) == (3, 0, 3, 0, 0)
    assert again["EXTRACTION"] == result["EXTRACTION"]


def test_a_temporary_output_is_one(extract: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    result = extract(memory_layer([HERE]), OUTPUT="TEMPORARY_OUTPUT")
    assert Path(result["EXTRACTION"]).is_dir()
    assert Path(result["OUTPUT"]).is_absolute()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("limits", "products"),
    [({"COVER_MAX": 50}, 2), ({"COVER_MIN": 90}, 3), ({"COVER_MIN": 95.3}, 2), ({"COVER_MAX": 95.2}, 3)],
)
def test_cloud_cover(extract: Run, limits: dict[str, float], products: int) -> None:
    """Of 2021-03-11 on 40KCB 95.2 % is known, of the other products of March nothing; unknown is kept."""
    march = {"DATE_MIN": day("2021-03-01"), "DATE_MAX": day("2021-04-30")}
    layer = memory_layer([square(100, 100), square(300, 350)])
    assert extract(layer, **march)["PRODUCTS"] == 3
    assert extract(layer, **march, **limits)["PRODUCTS"] == products


def test_dates_are_days_and_inclusive(extract: Run) -> None:
    layer = memory_layer([HERE])
    assert extract(layer, DATE_MIN=day("2021-06-14"), DATE_MAX=day("2021-06-14"))["PRODUCTS"] > 0
    assert extract(layer, DATE_MIN=day("2021-06-15"), DATE_MAX=day("2021-06-16"))["PRODUCTS"] == 0
    assert extract(layer, DATE_MIN=day("2021-06-14"), DATE_MAX="9999-12-31")["PRODUCTS"] > 2


def test_nothing_to_do_is_an_extraction_all_the_same(extract: Run) -> None:
    """A nightly job of a new layer, before the first product comes: what follows extract ends well too."""
    none = extract(memory_layer([HERE]), DATE_MIN=day("2021-06-15"), DATE_MAX=day("2021-06-16"))
    assert none["PRODUCTS"] == 0
    compiled = processing.run("sen2chain_ts:compile", {"EXTRACTION": none["EXTRACTION"]})
    assert (compiled["FILES"], compiled["ROWS"]) == (0, 0)


# Which zones


def test_a_selection_is_honoured(extract: Run, layers: Path) -> None:
    """Its zones are numbered in the order of the layer; it has a tree of its own."""
    layer = QgsVectorLayer(str(layers / "zones.shp"), "zones", "ogr")
    everything = extract(layer)
    chosen = random.Random(1).sample(range(36), 20)  # noqa: S311 a choice, not a secret
    ids = [feature.id() for feature in layer.getFeatures()]
    layer.selectByIds([ids[number] for number in chosen])
    # processing.run knows a layer by its id only when the project has it.
    QgsProject.instance().addMapLayer(layer)
    try:
        selected = extract(QgsProcessingFeatureSourceDefinition(layer.id(), True))
    finally:
        QgsProject.instance().takeMapLayer(layer)
    assert selected["EXTRACTION"] != everything["EXTRACTION"]
    position = {number: fid for fid, number in enumerate(sorted(chosen))}
    expected = [
        {**row, "fid": str(position[int(row["fid"])])}
        for row in raw_rows(everything["EXTRACTION"])
        if int(row["fid"]) in position
    ]
    assert raw_rows(selected["EXTRACTION"]) == expected
    assert len(expected) > 10


@pytest.mark.parametrize("kind", ["memory", "GPKG", "GeoJSON"])
def test_a_selection_is_in_the_order_of_the_layer(extract: Run, tmp_path: Path, kind: str) -> None:
    shapes = [square(100 + 30 * (number % 8), 310 + 30 * (number // 8), 5) for number in range(64)]
    layer = memory_layer(shapes, [QgsField("number", QVariant.Int)], [[number] for number in range(64)])
    if kind != "memory":
        path = save(layer, tmp_path / f"zones.{kind.lower()}", kind)
        layer = QgsVectorLayer(str(path), "zones", "ogr")
    QgsProject.instance().addMapLayer(layer)
    try:
        chance = random.Random(2)  # noqa: S311
        chosen = chance.sample([feature.id() for feature in layer.getFeatures()], 30)
        layer.selectByIds(chosen)
        result = extract(QgsProcessingFeatureSourceDefinition(layer.id(), True))
    finally:
        QgsProject.instance().takeMapLayer(layer)
    rows = raw_rows(result["EXTRACTION"])
    assert len({row["number"] for row in rows}) > 20
    pairs = sorted({(int(row["fid"]), int(row["number"])) for row in rows})
    assert [number for _, number in pairs] == sorted(number for _, number in pairs)
    assert pairs[-1][0] < 30


def test_a_filtered_or_edited_shapefile_is_not_taken_for_the_whole(extract: Run, layers: Path, tmp_path: Path) -> None:
    layer = QgsVectorLayer(str(layers / "zones.shp"), "zones", "ogr")
    assert Path(extract(layer)["EXTRACTION"]).name == TREE
    assert layer.setSubsetString(f'"{layer.fields()[0].name()}" is not null')
    if layer.featureCount() < 36:
        assert Path(extract(layer)["EXTRACTION"]).name != TREE
    layer.setSubsetString("")
    assert layer.startEditing()
    feature = next(layer.getFeatures(QgsFeatureRequest().setLimit(1)))
    assert layer.deleteFeature(feature.id())
    assert Path(extract(layer)["EXTRACTION"]).name != TREE
    layer.rollBack()
    assert Path(extract(layer)["EXTRACTION"]).name == TREE
    layer.addExpressionField("1 + 1", QgsField("two", QVariant.Int))
    with_field = extract(layer)["EXTRACTION"]
    assert Path(with_field).name != TREE
    assert {row["two"] for row in raw_rows(with_field)} == {"2"}


def test_the_same_layer_in_memory_is_the_same_tree_every_time(extract: Run) -> None:
    first = extract(memory_layer([HERE, square(10, 400)]))
    second = extract(memory_layer([HERE, square(10, 400)]))
    assert first["EXTRACTION"] == second["EXTRACTION"]
    assert numbers(second) == (3, 0, 3, 0, 0)
    other = extract(memory_layer([HERE, square(10, 400.001)]))
    assert other["EXTRACTION"] != first["EXTRACTION"]


def test_a_zone_on_two_tiles_has_a_row_of_each(extract: Run) -> None:
    rows = raw_rows(extract(memory_layer([HERE, square(300, 350)]))["EXTRACTION"])
    tiles = {row["tile"] for row in rows if row["fid"] == "0"}
    assert tiles == {"40KCB", "40KCC"}
    assert {row["tile"] for row in rows if row["fid"] == "1"} == {"40KCB"}
    assert {int(row["count"]) + int(row["nodata"]) for row in rows if row["fid"] == "0"} == {900}


# Where it runs


def in_worker(algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any]) -> tuple[bool, dict[str, Any]]:
    """Run an algorithm as the toolbox does: prepared here, processed in a worker, with the event loop running."""
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    feedback = QgsProcessingFeedback()
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
    ended: list[tuple[bool, dict[str, Any]]] = []
    task.executed.connect(lambda *outcome: ended.append(outcome))
    QgsApplication.taskManager().addTask(task)
    wait_for(lambda: ended, QCoreApplication.processEvents)
    return ended[0]


def settled() -> None:
    """Check that no task is left running, once the event loop has told what it had to."""
    manager = QgsApplication.taskManager()
    ended = (QgsTask.TaskStatus.Complete, QgsTask.TaskStatus.Terminated)
    wait_for(lambda: all(task.status() in ended for task in manager.tasks()), QCoreApplication.processEvents)


@pytest.mark.parametrize("threads", [0, 1, 4])
@pytest.mark.parametrize("pool", [1, 3])
def test_in_a_worker_of_a_pool_of_any_size(
    extract: Run, provider: Any, reference: Path, layers: Path, tmp_path: Path, threads: int, pool: int
) -> None:
    expected = all_bytes(Path(extract(layers / "zones.shp", THREADS=1)["EXTRACTION"]))
    threads_before = QThreadPool.globalInstance().maxThreadCount()
    QThreadPool.globalInstance().setMaxThreadCount(pool)
    try:
        parameters = {
            "INPUT": str(layers / "zones.shp"), "LIBRARY": str(reference / "library"), "CLOUDMASKS": "CM001",
            "OUTPUT": str(tmp_path / "worker"), "THREADS": threads, **JUNE,
        }  # fmt: skip
        ok, result = in_worker(provider.algorithm("extract").create(), parameters)
        settled()
    finally:
        QThreadPool.globalInstance().setMaxThreadCount(threads_before)
    assert ok
    assert numbers(result) == (3, 3, 0, 0, 0)
    assert all_bytes(Path(result["EXTRACTION"])) == expected


def test_the_main_thread_with_a_busy_pool(extract: Run, layers: Path, tmp_path: Path) -> None:
    """As qgis_process runs it while other tasks have every thread: with its own hands."""
    expected = all_bytes(Path(extract(layers / "zones.shp", THREADS=1)["EXTRACTION"]))
    release: list[bool] = []

    def wait(task: QgsTask) -> bool:
        while not release:
            time.sleep(0.01)
        return True

    busy = [QgsTask.fromFunction("busy", wait) for _ in range(QThreadPool.globalInstance().maxThreadCount())]
    for task in busy:
        QgsApplication.taskManager().addTask(task)
    try:
        result = extract(layers / "zones.shp", THREADS=4, OUTPUT=str(tmp_path / "busy"))
    finally:
        release.append(True)
    settled()
    assert all_bytes(Path(result["EXTRACTION"])) == expected


def model(provider: Any) -> QgsProcessingModelAlgorithm:
    """Build a model: extract, then compile what it made."""
    model = QgsProcessingModelAlgorithm("fields", "fields", "test")
    inputs = {"layer": QgsProcessingParameterFeatureSource("layer"), "library": QgsProcessingParameterFile("library")}
    inputs["library"].setBehavior(QgsProcessingParameterFile.Behavior.Folder)
    for name, parameter in inputs.items():
        model.addModelParameter(parameter, QgsProcessingModelParameter(name))
    source = QgsProcessingModelChildParameterSource

    step = QgsProcessingModelChildAlgorithm("sen2chain_ts:extract")
    step.setChildId("extract")
    step.addParameterSources("INPUT", [source.fromModelParameter("layer")])
    step.addParameterSources("LIBRARY", [source.fromModelParameter("library")])
    for name, value in {
        "CLOUDMASKS": "CM001",
        "INDICES": ["NDVI"],
        "DATE_MAX": "2021-06-30",
        "DATE_MIN": "2021-06-01",
    }.items():
        step.addParameterSources(name, [source.fromStaticValue(value)])
    outputs = {}
    for name in ("OUTPUT", "TABLE"):
        output = QgsProcessingModelOutput(name.lower())
        output.setChildId("extract")
        output.setChildOutputName(name)
        outputs[name.lower()] = output
    step.setModelOutputs(outputs)
    model.addChildAlgorithm(step)

    compile_ = QgsProcessingModelChildAlgorithm("sen2chain_ts:compile")
    compile_.setChildId("compile")
    compile_.addParameterSources("EXTRACTION", [source.fromChildOutput("extract", "EXTRACTION")])
    model.addChildAlgorithm(compile_)
    return model


def test_in_a_model_whose_next_step_takes_the_extraction(
    extract: Run, provider: Any, reference: Path, layers: Path, tmp_path: Path
) -> None:
    import processing

    expected = all_bytes(Path(extract(layers / "zones.shp")["EXTRACTION"], "raw_data"))
    result = processing.run(
        model(provider),
        {
            "layer": str(layers / "zones.shp"), "library": str(reference / "library"),
            "extract:output": str(tmp_path / "model"), "extract:table": "TEMPORARY_OUTPUT",
        },
    )  # fmt: skip
    children = result["CHILD_RESULTS"]
    tree = Path(children["extract"]["EXTRACTION"])
    assert tree.parent == tmp_path / "model"
    assert all_bytes(tree / "raw_data") == expected
    assert numbers(children["extract"]) == (3, 3, 0, 0, 0)
    assert children["compile"]["COMPILED"] == str(tree / "compiled_data")
    assert result["extract:table"].featureCount() == children["extract"]["ROWS"]


# What is refused, or said


def test_a_layer_that_meets_no_tile_is_an_error_before_any_work(extract: Run, tmp_path: Path) -> None:
    elsewhere = memory_layer(["Polygon ((2 45, 3 45, 3 46, 2 46, 2 45))"], crs="EPSG:4326", name="Cantal")
    with pytest.raises(QgsProcessingException) as raised:
        extract(elsewhere)
    for part in ("Cantal", "40KCB, 40KCC", "reference"):
        assert part in str(raised.value)
    assert not (tmp_path / "out").exists()


def test_an_absent_mask_is_an_error_that_names_those_there_are(extract: Run, tmp_path: Path) -> None:
    with pytest.raises(QgsProcessingException) as raised:
        extract(memory_layer([HERE]), CLOUDMASKS="CM001/CM002-B11/OCM")
    said = str(raised.value)
    assert "CM002-B11, OCM" in said
    assert "CM001, CM003-PRB1-ITER5, CM004-CSH1-CMP1-CHP1-TCI1-ITER1" in said
    assert not (tmp_path / "out").exists()


def test_a_locked_tree_is_an_error(extract: Run) -> None:
    layer = memory_layer([HERE])
    tree = Path(extract(layer)["EXTRACTION"])
    with locked(tree), pytest.raises(QgsProcessingException, match="another run writes there"):
        extract(layer)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"CLOUDMASKS": "CM005"}, "CM005"),
        ({"INDICES": ["NDVI", "XYZ"]}, "INDICES"),
        ({"DATE_MIN": day("2021-07-01"), "DATE_MAX": day("2021-06-30")}, "2021-07-01"),
        ({"COVER_MAX": 101}, "COVER_MAX"),
        ({"COVER_MIN": -1}, "COVER_MIN"),
        ({"COVER_MIN": 80, "COVER_MAX": 12.5}, "80 %, is above the maximum, 12.5 %"),
        ({"THREADS": -1}, "THREADS"),
        ({"LIBRARY": "/nowhere"}, "/nowhere"),
        ({"OUTPUT": "/proc/nothing"}, "/proc/nothing"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_in_clear_words(
    extract: Run, wrong: dict[str, Any], why: str, tmp_path: Path
) -> None:
    with pytest.raises(QgsProcessingException, match=why):
        extract(memory_layer([HERE]), **wrong)
    assert not (tmp_path / "out").exists()


def test_an_index_asked_twice_is_one(extract: Run) -> None:
    assert extract(memory_layer([HERE]), INDICES=["NDVI", "NDVI"])["PRODUCTS"] == 3


class Said(QgsProcessingFeedback):
    """Remembers what is said, by kind."""

    def __init__(self) -> None:
        super().__init__(False)
        self.errors: list[str] = []
        self.warnings: list[str] = []
        self.infos: list[str] = []

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N803 the name is QGIS's
        self.errors.append(error)

    def pushWarning(self, warning: str) -> None:
        self.warnings.append(warning)

    def pushInfo(self, info: str) -> None:
        self.infos.append(info)


def test_a_library_of_several_utm_zones_is_no_reason_for_warnings(
    extract: Run, reference: Path, tmp_path: Path
) -> None:
    """The zones have no place, or an odd one, in the UTM zones of the other side of the earth."""
    small = SmallLibrary(tmp_path / "library")
    small.add(left=LEFT + 3000, top=TOP - 3500)
    for tile, epsg in (("31TCJ", 32631), ("10SEG", 32610), ("01KAB", 32701), ("60KXF", 32760), ("33XWJ", 32633)):
        small.add(tile=tile, epsg=epsg)
    said = Said()
    everything = {"LIBRARY": str(small.root), "DATE_MIN": None, "DATE_MAX": None}
    result = extract(memory_layer([square(300, 350), square(310, 360)]), said, **everything)
    assert numbers(result) == (1, 1, 0, 0, 0)
    assert (said.warnings, said.errors) == ([], [])


def test_what_is_going_on_is_said(extract: Run, reference: Path, tmp_path: Path) -> None:
    import shutil

    library = shutil.copytree(reference / "library", tmp_path / "library")
    broken = next(library.glob("INDICES/NDVI/40KCC/*20210614*/*_NDVI_CM001.jp2"))
    broken.write_bytes(broken.read_bytes()[:-200])
    said = Said()
    result = extract(memory_layer([HERE, square(300, 350)]), said, LIBRARY=str(library))
    assert numbers(result) == (3, 2, 0, 0, 1)
    assert [broken.name in error and "damaged" in error for error in said.errors] == [True]
    text = "\n".join(said.infos)
    for part in ("Tile 40KCB (1 of 2)", "Tile 40KCC (2 of 2)", "1 of 3", result["EXTRACTION"], "1 failed"):
        assert part in text
