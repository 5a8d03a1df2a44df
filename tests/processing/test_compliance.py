"""The rules that QGIS has for its own algorithms, and ours, for every algorithm of the provider."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingDestinationParameter,
    QgsProcessingModelAlgorithm,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterVectorLayer,
)

from sen2chain_ts_plugin.processing.provider import Sen2ChainProvider

DOCS = Path(__file__).parents[2] / "docs"
NAMES = {
    "extract", "compile", "timeseries", "savejob", "runjob", "schedulejob", "inventory", "plot", "quicklooks",
    "samplelibrary", "smooth", "aggregate", "anomaly", "trend", "phenology",
}  # fmt: skip


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask the provider itself, so that no algorithm is forgotten."""
    if "name" in metafunc.fixturenames:
        from sen2chain_ts_plugin.processing.provider import ALGORITHMS

        metafunc.parametrize("name", sorted(algorithm().name() for algorithm in ALGORITHMS))


@pytest.fixture
def algorithm(provider: Sen2ChainProvider, name: str) -> QgsProcessingAlgorithm:
    found = provider.algorithm(name)
    assert found is not None, f"{name} cannot be loaded"
    return found


def test_the_provider(provider: Sen2ChainProvider) -> None:
    assert provider.id() == "sen2chain_ts"
    assert provider.name() == "Sen2Chain time series"
    assert not provider.icon().isNull()
    assert provider.svgIconPath().endswith(".svg")
    assert {algorithm.name() for algorithm in provider.algorithms()} >= NAMES
    assert QgsApplication.processingRegistry().providerById("sen2chain_ts") is provider


def test_texts(algorithm: QgsProcessingAlgorithm) -> None:
    assert algorithm.displayName()
    assert algorithm.displayName()[0].isupper()
    assert not algorithm.displayName().endswith(".")
    assert algorithm.group()
    assert re.fullmatch(r"[a-z0-9_]+", algorithm.name())
    assert re.fullmatch(r"[a-z0-9_]+", algorithm.groupId())
    assert len(algorithm.tags()) >= 2
    assert all(tag == tag.strip() and tag for tag in algorithm.tags())
    assert len(algorithm.shortHelpString()) > 100
    # The toolbox shows it as HTML, in which <name> vanishes.
    assert not re.findall(r"<(?!/?(p|b|i|a|ul|ol|li|br|code|em|strong)\b)[^>]*>", algorithm.shortHelpString())


def test_the_short_description(algorithm: QgsProcessingAlgorithm) -> None:
    text = algorithm.shortDescription()
    assert text
    assert text[0].isupper()
    first = text.split()[0]
    assert first.endswith("s"), "its first word is no verb in the third person"
    assert not first.endswith("ss")
    assert text.endswith(".")
    assert "<" not in text
    assert "\n" not in text


def test_the_help_page(algorithm: QgsProcessingAlgorithm) -> None:
    address, _, page = algorithm.helpUrl().rpartition("/")
    assert address.startswith("https://")
    assert (DOCS / page).with_suffix(".md").is_file(), "the manual has no such page"


def test_the_icon(algorithm: QgsProcessingAlgorithm) -> None:
    assert not algorithm.icon().isNull()
    assert Path(algorithm.svgIconPath()).is_file()


def test_instances_are_fresh_and_alike(algorithm: QgsProcessingAlgorithm) -> None:
    first, second = algorithm.create(), algorithm.create()
    assert first is not second
    assert type(first) is type(second)
    assert first.id() == second.id() == algorithm.id() == f"sen2chain_ts:{algorithm.name()}"
    assert [p.name() for p in first.parameterDefinitions()] == [p.name() for p in algorithm.parameterDefinitions()]
    assert [o.name() for o in first.outputDefinitions()] == [o.name() for o in algorithm.outputDefinitions()]


def test_it_can_run_here(algorithm: QgsProcessingAlgorithm) -> None:
    possible, why = algorithm.canExecute()
    assert possible, why


def parameters(algorithm: QgsProcessingAlgorithm) -> list[QgsProcessingParameterDefinition]:
    hidden = QgsProcessingParameterDefinition.Flag.FlagHidden
    return [parameter for parameter in algorithm.parameterDefinitions() if not parameter.flags() & hidden]


def test_every_parameter_has_a_name_a_label_and_a_help(algorithm: QgsProcessingAlgorithm) -> None:
    for parameter in parameters(algorithm):
        assert re.fullmatch(r"[A-Z][A-Z0-9_]*", parameter.name()) or isinstance(algorithm, QgsProcessingModelAlgorithm)
        assert parameter.description(), parameter.name()
        assert parameter.description()[0].isupper(), parameter.name()
        assert not parameter.description().endswith((".", ":")), parameter.name()
        assert parameter.help(), parameter.name()
        assert parameter.help().endswith("."), parameter.name()
        assert not re.search(r"<\w+>", parameter.help()), parameter.name()


def test_every_output_has_a_label(algorithm: QgsProcessingAlgorithm) -> None:
    for output in algorithm.outputDefinitions():
        assert output.description(), output.name()


def test_words_are_the_values_of_a_choice(algorithm: QgsProcessingAlgorithm) -> None:
    """Else qgis_process and models take numbers, which change their meaning when a word is added."""
    for parameter in parameters(algorithm):
        if isinstance(parameter, QgsProcessingParameterEnum):
            assert parameter.usesStaticStrings(), parameter.name()
            missing = [word for word in parameter.options() if word not in parameter.help()]
            assert missing == [], f"the help of {parameter.name()} does not list them"
            default = parameter.defaultValue()
            words = default if isinstance(default, list) else [default] if default else []
            assert set(words) <= set(parameter.options())


def test_nothing_goes_to_a_temporary_folder_unasked(algorithm: QgsProcessingAlgorithm) -> None:
    for parameter in algorithm.parameterDefinitions():
        optional = parameter.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional
        if isinstance(parameter, QgsProcessingDestinationParameter) and optional:
            assert not parameter.createByDefault(), parameter.name()


def test_what_is_optional_needs_no_value(algorithm: QgsProcessingAlgorithm) -> None:
    """And what has a default takes it."""
    from qgis.core import QgsProcessingContext

    context = QgsProcessingContext()
    for parameter in algorithm.parameterDefinitions():
        if parameter.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional:
            assert parameter.checkValueIsAcceptable(None, context), parameter.name()
        if parameter.defaultValue() is not None:
            assert parameter.checkValueIsAcceptable(parameter.defaultValue(), context), parameter.name()


def test_layers_are_not_bound_to_a_format(algorithm: QgsProcessingAlgorithm) -> None:
    for parameter in algorithm.parameterDefinitions():
        if isinstance(parameter, (QgsProcessingParameterFeatureSource, QgsProcessingParameterVectorLayer)):
            assert "shp" not in parameter.description().lower()


def test_it_does_not_tell_qgis_to_keep_to_the_main_thread(algorithm: QgsProcessingAlgorithm) -> None:
    """A run of minutes would freeze the window."""
    if isinstance(algorithm, QgsProcessingModelAlgorithm):
        return
    assert not algorithm.flags() & QgsProcessingAlgorithm.Flag.FlagNoThreading


def test_a_missing_module_is_said_by_the_toolbox(provider: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The provider loads, the algorithm explains."""
    import importlib.util

    find = importlib.util.find_spec
    absent = {"rasterio", "pandas", "scipy", "matplotlib", "numpy", "osgeo"}
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name in absent else find(name, *rest))
    monkeypatch.setattr("shutil.which", lambda program: "/usr/bin/apt" if program == "apt" else None)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("sys.prefix", sys.base_prefix)
    said = {algorithm.name(): algorithm.create().canExecute() for algorithm in provider.algorithms()}
    refused = {name: why for name, (possible, why) in said.items() if not possible}
    needs = {"plot": "matplotlib", "quicklooks": "matplotlib"}
    needs |= {"aggregate": "pandas", "anomaly": "pandas", "trend": "pandas"}
    assert set(refused) == set(needs)
    for name, why in refused.items():
        assert f"the Python package {needs[name]}" in why
        assert why.endswith(f"Install it: sudo apt install python3-{needs[name]}")
