"""Every parameter of every algorithm, given in many forms: used as it is meant, or refused by its name.

Never replaced by a default: neither in a run of its own, nor as the step of a model, for which QGIS checks nothing. The
algorithms and their parameters are found by asking the provider; the forms are those of the kind of parameter.
"""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import processing
import pytest
from qgis import core
from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingDestinationParameter,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelParameter,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
    QgsProject,
    QgsProperty,
)
from qgis.gui import QgsGui, QgsProcessingGui
from qgis.PyQt import QtCore

from sen2chain_ts_plugin.processing.base.parameters import Values
from sen2chain_ts_plugin.processing.base.value_forms import own_name
from sen2chain_ts_plugin.processing.provider import ALGORITHMS, Sen2ChainProvider
from sen2chain_ts_plugin.processing.support.compat import make_field
from tests.support.qgis_layers import memory_layer, save, square
from tests.support.step_errors import StepErrors
from tests.support.value_forms import LAYERS, another, forms, refused

NAMES = sorted(algorithm().name() for algorithm in ALGORITHMS)
# A run of these takes seconds.
SLOW = ("plot", "quicklooks", "samplelibrary")
Source = QgsProcessingModelChildParameterSource


@pytest.fixture(params=NAMES)
def algorithm(request: pytest.FixtureRequest, provider: Sen2ChainProvider) -> QgsProcessingAlgorithm:
    return provider.algorithm(request.param)


@pytest.fixture(scope="session")
def zones(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of two zones with a name."""
    layer = memory_layer([square(10, 10), square(40, 40)], [make_field("name", "text")], [["a"], ["b"]])
    return save(layer, tmp_path_factory.mktemp("layer") / "zones.gpkg", "GPKG")


@pytest.fixture(scope="session")
def tree(provider: Sen2ChainProvider, reference: Path, zones: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an extraction with two indices and two masks."""
    result = processing.run(
        "sen2chain_ts:extract",
        {
            "INPUT": str(zones), "LIBRARY": str(reference / "library"), "INDICES": ["NDVI", "NDWIGAO"],
            "CLOUDMASKS": "CM001/CM003-PRB1-ITER5", "DATE_MIN": "2021-05-01", "DATE_MAX": "2021-07-31",
            "OUTPUT": str(tmp_path_factory.mktemp("tree")),
        },
    )  # fmt: skip
    return Path(result["EXTRACTION"])


@pytest.fixture
def home(reference: Path, zones: Path, tmp_path: Path) -> Path:
    """Return a library that may be written to, with a job in it."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("INDICES", "CLOUDMASKS"):
        (home / name).symlink_to(reference / "library" / name)
    job = {"NAME": "day", "LIBRARY": str(home), "INPUT": str(zones), "CLOUDMASKS": "CM001", "DATE_MAX": "2021-01-31"}
    processing.run("sen2chain_ts:savejob", job)
    return home


@pytest.fixture
def plain(zones: Path, home: Path, tree: Path, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Return for an algorithm a plain value of each parameter, other than the default where that shows."""
    known = {
        "INPUT": str(zones), "LIBRARY": str(home), "EXTRACTION": str(tree), "EXTRACTION_ROOT": str(tree.parent),
        "OUTPUT": str(tmp_path / "out"), "INDICES": ["NDWIGAO"], "CLOUDMASKS": "CM001", "CLOUDMASK": "CM001",
        "PERIODS": ["monthly"], "COMPILED": ["yearly"], "DATE_MIN": "2021-06-01", "DATE_MAX": "2021-06-30",
        "COVER_MIN": 1, "COVER_MAX": 90, "THREADS": 1, "WINDOW_LENGTH": 5, "POLYORDER": 2, "KEY_FIELD": "name",
        "GROUP_FIELD": "name",
        "NAME": "night", "JOB": "day", "ACTION": "status", "MODE": "append", "TIMING": "@daily",
        "COPY_SERVER": "me@server:/x", "TASK": None, "REMOVE": None, "DRY_RUN": True, "DASK_SCHEDULER": None,
        "SIZE": 64, "DATES": 4, "SEED": 3, "BUFFER": 200, "TABLE": None, "REPORT": None, "WIDE_TABLE": None,
        "SOURCE": "observations", "LAMBDA": "500", "WINDOW_DAYS": 31, "ORIGIN": "2015-02-01", "MIN_DATES": 2,
        "REFERENCE_MIN": 2019, "REFERENCE_MAX": 2022, "ANALYSES": ["smooth"], "ANALYSIS_SETTINGS": "smooth.STEP=10",
    }  # fmt: skip

    def _plain(algorithm: QgsProcessingAlgorithm) -> dict[str, Any]:
        definitions = {definition.name(): definition for definition in algorithm.parameterDefinitions()}
        values = {}
        for name, definition in definitions.items():
            own = own_name(definition)
            values[name] = known[own] if own in known else another(definition)
        return {name: value for name, value in values.items() if value is not None}

    return _plain


class Model:
    """A model with one step; its values are wired to texts that the model asks for, or are values of the step."""

    def __init__(self, algorithm: QgsProcessingAlgorithm, values: dict[str, Any], *, wired: bool = True) -> None:
        self.model = QgsProcessingModelAlgorithm("model", "tests")
        child = QgsProcessingModelChildAlgorithm(algorithm.id())
        child.setChildId("step")
        for name, value in values.items():
            if wired:
                definition = QgsProcessingParameterString(f"my_{name}", name, optional=True)
                self.model.addModelParameter(definition, QgsProcessingModelParameter(definition.name()))
                child.addParameterSources(name, [Source.fromModelParameter(definition.name())])
            elif isinstance(value, QgsProperty) and value.expressionString():
                child.addParameterSources(name, [Source.fromExpression(value.expressionString())])
            else:
                child.addParameterSources(name, [Source.fromStaticValue(value)])
        self.model.addChildAlgorithm(child)
        self.model.initAlgorithm({})

    def run(self, values: dict[str, Any], log: QgsProcessingFeedback) -> dict[str, Any] | None:
        """Return what the step returns; None where it fails."""
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        results, succeeded = self.model.run({f"my_{name}": value for name, value in values.items()}, context, log)
        return results["CHILD_RESULTS"]["step"] if succeeded else None


def begins(text: str, definition: QgsProcessingParameterDefinition) -> bool:
    names = (definition.name(), own_name(definition))
    return text.startswith(tuple(f"{name}{end}" for name in names for end in (" ", ": ")))


# What is refused


def test_what_is_not_understood_is_refused_by_name(
    algorithm: QgsProcessingAlgorithm, plain: Any, tmp_path: Path
) -> None:
    values = plain(algorithm)
    wrong = []
    for definition in algorithm.parameterDefinitions():
        for value in refused(definition, few=isinstance(algorithm, QgsProcessingModelAlgorithm)):
            try:
                result = processing.run(algorithm.id(), {**values, definition.name(): value}, feedback=StepErrors())
                wrong.append((definition.name(), value, result))
            except QgsProcessingException as error:
                if not begins(str(error).splitlines()[-1], definition):
                    wrong.append((definition.name(), value, str(error)))
    assert wrong == []
    assert not (tmp_path / "out").exists()


def test_what_is_not_understood_is_refused_in_a_model(
    algorithm: QgsProcessingAlgorithm, plain: Any, tmp_path: Path
) -> None:
    if isinstance(algorithm, QgsProcessingModelAlgorithm):
        return  # its steps are
    values = plain(algorithm)
    names = [definition.name() for definition in algorithm.parameterDefinitions()]
    model = Model(algorithm, dict.fromkeys(names))
    wrong = []
    for definition in algorithm.parameterDefinitions():
        for value in refused(definition, few=True):
            log = StepErrors()
            if model.run({**values, definition.name(): value}, log) is not None:
                wrong.append((definition.name(), value, "run"))
            elif not any(begins(error, definition) for error in log.errors):
                wrong.append((definition.name(), value, log.errors))
    assert wrong == []
    assert not (tmp_path / "out").exists()


def test_an_empty_field_of_qgis_is_left_out(algorithm: QgsProcessingAlgorithm) -> None:
    registry, context, kind = QgsGui.processingGuiRegistry(), QgsProcessingContext(), QgsProcessingGui.WidgetType
    for definition in algorithm.parameterDefinitions():
        optional = definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional
        kinds = (QgsProcessingParameterFile, QgsProcessingParameterString)
        if not optional or definition.defaultValue() is not None or not isinstance(definition, kinds):
            continue
        wrapper = registry.createParameterWidgetWrapper(definition, kind.Standard)
        field = wrapper.createWrappedWidget(context)
        assert field is not None
        read = Values(algorithm, {definition.name(): wrapper.parameterValue()}, context)
        assert read.omitted(definition.name()), (definition.name(), wrapper.parameterValue())


def test_what_must_be_given_is_asked_for_by_name(algorithm: QgsProcessingAlgorithm, plain: Any) -> None:
    values = plain(algorithm)
    for definition in algorithm.parameterDefinitions():
        needed = not definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional
        if not needed or definition.defaultValue() is not None:
            continue
        for empty in (None, "", "  ", [], [""]):
            with pytest.raises(QgsProcessingException, match=f"{definition.name()} is missing: give "):
                processing.run(algorithm.id(), {**values, definition.name(): empty})
        # Where a model says nothing of a folder to write, QGIS makes a temporary one.
        if not isinstance(definition, QgsProcessingDestinationParameter):
            log = StepErrors()
            assert Model(algorithm, values).run({**values, definition.name(): ""}, log) is None
            assert any(error.startswith(f"{definition.name()} is missing") for error in log.errors)


# What is used as it is meant


def test_each_form_is_read_as_the_plain_one(algorithm: QgsProcessingAlgorithm, plain: Any) -> None:
    values = plain(algorithm)
    extra = {"TABLE": "/x.gpkg", "WIDE_TABLE": "/x.xlsx", "REPORT": "/x.html", "TASK": 1, "REMOVE": True}
    extra["DASK_SCHEDULER"] = "tcp://host:1"

    def read(name: str, value: Any) -> Any:
        read = Values(algorithm, {**given, name: value}, QgsProcessingContext())
        definition = algorithm.parameterDefinition(name)
        if isinstance(definition, LAYERS):
            return read.layer(name).source()
        form = read.plain()[name]
        return form.sink.staticValue() if isinstance(form, QgsProcessingOutputLayerDefinition) else form

    given = {definition.name(): extra.get(own_name(definition)) for definition in algorithm.parameterDefinitions()}
    given.update(values)
    for name, definition in {each.name(): each for each in algorithm.parameterDefinitions()}.items():
        for form in forms(definition, given[name]):
            assert read(name, form) == read(name, given[name]), (name, form)


def outcome(run: Callable[[], dict[str, Any] | None], place: Path, job: Path) -> tuple[Any, ...]:
    """Return what a run returns and writes below a folder, and the job that it saves; then move these away."""
    results = run()
    assert results is not None
    written = {
        str(path.relative_to(place)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(place.rglob("*"))
        if path.suffix in (".csv", ".png", ".jp2", ".shp")
    }
    saved = job.read_text() if job.exists() else ""
    for path in (place, job):
        if path.exists():
            path.rename(path.with_name(f"{path.name}-{len(list(path.parent.iterdir()))}"))
    return {name: str(value) for name, value in results.items() if name != "CHILD_INPUTS"}, written, saved


@pytest.mark.parametrize("place", ["alone", "in a model"])
def test_another_form_gives_the_same_result(
    algorithm: QgsProcessingAlgorithm, plain: Any, home: Path, tmp_path: Path, place: str
) -> None:
    values = plain(algorithm)

    def run(given: dict[str, Any]) -> tuple[Any, ...]:
        def one() -> dict[str, Any] | None:
            if place == "alone":
                return processing.run(algorithm.id(), given, feedback=StepErrors())
            return Model(algorithm, given, wired=False).run({}, StepErrors())

        return outcome(one, tmp_path / "out", home / "jobs_extr" / "job_night.cfg")

    expected = run(values)
    variants = 2 if place == "alone" and algorithm.name() not in SLOW else 1
    for number in range(variants):
        given = {}
        for name, value in values.items():
            other = forms(algorithm.parameterDefinition(name), value)
            given[name] = other[(number + 2 * (place != "alone")) % len(other)]
        assert run(given) == expected, given


# What is recorded


def recorded(algorithm: QgsProcessingAlgorithm, given: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the values of a run that is repeated: from the history, as a command line, from a saved batch."""
    context = QgsProcessingContext()
    command = algorithm.asPythonCommand(given, context)
    start = f'processing.run("{algorithm.id()}", '
    assert command.startswith(start), command
    names = {name: getattr(module, name) for module in (core, QtCore) for name in dir(module)}
    repeated = [eval(command[len(start) : -1], names)]  # noqa: S307 QGIS wrote it
    if hasattr(QgsProcessingAlgorithm, "asQgisProcessCommand"):  # since QGIS 3.24
        line, possible = algorithm.asQgisProcessCommand(given, context)
        assert possible
        repeated.append(_options(shlex.split(line)))
        repeated.append(dict(algorithm.asMap(given, context)["inputs"]))
    return repeated


def _options(words: list[str]) -> dict[str, Any]:
    """Return the values of a command line as qgis_process hands them over."""
    options: dict[str, list[str]] = {}
    for word in words[words.index("--") if "--" in words else 0 :]:
        name, found, value = word.removeprefix("--").partition("=")
        if found and not word.startswith("--distance") and name not in ("area_units", "ellipsoid"):
            options.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in options.items()}


def test_a_recorded_run_has_the_values_it_had(algorithm: QgsProcessingAlgorithm, plain: Any) -> None:
    values = plain(algorithm)
    expected = Values(algorithm, values, QgsProcessingContext()).plain()
    for number in range(3):
        given = {}
        for name, value in values.items():
            other = [value, *forms(algorithm.parameterDefinition(name), value)]
            given[name] = other[number % len(other)]
        for repeated in recorded(algorithm, given):
            assert Values(algorithm, repeated, QgsProcessingContext()).plain() == expected, (given, repeated)


@pytest.mark.parametrize("indices", ["NDVI, NDWIGAO", "NDVI,NDWIGAO", ["NDVI", "NDWIGAO"], ("NDVI", "NDWIGAO")])
@pytest.mark.parametrize("masks", ["CM001/CM003-PRB1-ITER5", "CM001, CM003-PRB1-ITER5", ["CM001", "CM003-PRB1-ITER5"]])
def test_several_words_are_recorded(
    provider: Sen2ChainProvider, plain: Any, tmp_path: Path, indices: Any, masks: Any
) -> None:
    """As the boxes of the dialogs give them, and as scripts do."""
    algorithm = provider.algorithm("extract")
    given = {**plain(algorithm), "INDICES": indices, "CLOUDMASKS": masks}
    for repeated in recorded(algorithm, given):
        read = Values(algorithm, repeated, QgsProcessingContext())
        assert read.words("INDICES") == ("NDVI", "NDWIGAO")
        assert [mask.name for mask in read.cloudmasks("CLOUDMASKS")] == ["CM001", "CM003-PRB1-ITER5"]


def test_a_recorded_command_writes_the_same_files(provider: Sen2ChainProvider, plain: Any, tmp_path: Path) -> None:
    algorithm = provider.algorithm("extractandcompile")
    given = {
        **plain(algorithm), "INDICES": "NDVI, NDWIGAO", "CLOUDMASKS": ["CM001"], "PERIODS": ("monthly", "alldata")
    }  # fmt: skip
    written = []
    for values in (given, *recorded(algorithm, given)):
        processing.run(algorithm.id(), values)
        tree = next((tmp_path / "out").iterdir())
        written.append({str(path.relative_to(tree)): path.read_bytes() for path in tree.glob("*_data/**/*.csv")})
        (tmp_path / "out").rename(tmp_path / f"out-{len(written)}")
    assert {"compiled_data/NDWIGAO/CM001/monthly", "compiled_data/NDVI/CM001/all_data"} <= {
        str(Path(name).parent) for name in written[0]
    }
    assert all(other == written[0] for other in written)


def test_words_from_several_wires(provider: Sen2ChainProvider, plain: Any, tmp_path: Path) -> None:
    """A list in a model may be wired together from several inputs."""
    algorithm = provider.algorithm("extract")
    values = {name: value for name, value in plain(algorithm).items() if name != "INDICES"}
    for given, understood in (({"a": "NDVI", "b": "NDWIGAO"}, True), ({"a": "NDVI", "b": "FOO"}, False)):
        model = Model(algorithm, values, wired=False).model
        child = model.childAlgorithm("step")
        for name in given:
            model.addModelParameter(QgsProcessingParameterString(name, name), QgsProcessingModelParameter(name))
        child.addParameterSources("INDICES", [Source.fromModelParameter(name) for name in given])
        model.setChildAlgorithm(child)
        log = StepErrors()
        results, succeeded = model.run(given, QgsProcessingContext(), log)
        assert succeeded == understood, log.errors
        if understood:
            tree = Path(results["CHILD_RESULTS"]["step"]["EXTRACTION"])
            assert {path.name for path in (tree / "raw_data").iterdir()} == {"NDVI", "NDWIGAO"}
        else:
            assert any(error.startswith("INDICES is 'FOO'") for error in log.errors)


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("extract", {"INDICES": "EVI"}, r"INDICES: \S+ has no product of EVI\. Indices found there: NDVI, NDWIGAO\."),
        ("extract", {"CLOUDMASKS": "CM002-B11"}, r"CLOUDMASKS: .*Cloud masks found there: CM001, CM003-PRB1-ITER5, "),
        ("timeseries", {"CLOUDMASK": "CM002-B11"}, "CLOUDMASK: No product of NDWIGAO in "),
        ("timeseries", {"CLOUDMASK": "CM009"}, r"CLOUDMASK: Unknown cloud mask.* Cloud masks in \S+INDICES: CM001, "),
        ("savejob", {"CLOUDMASKS": "CM009"}, r"CLOUDMASKS: Unknown cloud mask.* Cloud masks in \S+INDICES: CM001, "),
        ("compile", {"CLOUDMASKS": "CM009"}, r"CLOUDMASKS: .* Cloud masks in \S+raw_data: CM001, CM003-PRB1-ITER5\."),
        ("extract", {"DATE_MIN": "2022-01-01"}, "DATE_MIN: .*2022-01-01"),
        ("extract", {"COVER_MIN": 95}, "COVER_MIN: The minimum cloud cover, 95 %, is above the maximum, 90 %"),
        ("plot", {"GROUP_FIELD": "nobody"}, r"GROUP_FIELD: The zones have no field 'nobody'\. Their fields: name"),
        ("plot", {"KEY_FIELD": "nobody"}, r"KEY_FIELD: The zones have no field 'nobody'\. Their fields: name"),
        ("runjob", {"JOB": "nobody"}, "JOB: There is no job 'nobody'"),
        ("extract", {"LIBRARY": "/nowhere"}, "LIBRARY: No Sen2Chain library found; looked at: /nowhere/INDICES"),
        ("compile", {"EXTRACTION": "/nowhere"}, "EXTRACTION: .*/nowhere"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_of_the_parameter(
    provider: Sen2ChainProvider, plain: Any, name: str, values: dict[str, Any], said: str
) -> None:
    algorithm = provider.algorithm(name)
    given = {**plain(algorithm), **values}
    with pytest.raises(QgsProcessingException, match=f"(?m)^{said}"):
        processing.run(algorithm.id(), given, feedback=StepErrors())
    log = StepErrors()
    assert Model(algorithm, given).run(given, log) is None
    assert any(re.match(said, error) for error in log.errors), log.errors


def test_a_value_without_a_parameter_is_named(provider: Sen2ChainProvider, plain: Any) -> None:
    algorithm = provider.algorithm("inventory")
    log = StepErrors()
    processing.run(algorithm.id(), {**plain(algorithm), "CLOUDMASK": "CM001", "indices": "NBR"}, feedback=log)
    assert [error.partition(":")[0] for error in log.errors] == [
        "CLOUDMASK is no parameter of Inventory", "indices is no parameter of Inventory"
    ]  # fmt: skip
    assert "INDICES, " in log.errors[0]
