"""The manual's tables of parameters, what it says of results, and its commands, beside what each algorithm declares."""

from __future__ import annotations

import re
from typing import Any

import pytest
from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingDestinationParameter,
    QgsProcessingModelAlgorithm,
    QgsProcessingParameterDefinition,
)

from sen2chain_ts_plugin.processing.provider import Sen2ChainProvider
from tests.support.manual import PAGES, ROOT, code_of, table_of, text_of

# Where the page has another name than the algorithm.
PAGE_OF = {"plot": "plots", "savejob": "jobs", "runjob": "jobs", "schedulejob": "jobs"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask the provider itself, so that no algorithm is forgotten."""
    if "name" in metafunc.fixturenames:
        from sen2chain_ts_plugin.processing.provider import ALGORITHMS

        algorithms = [algorithm() for algorithm in ALGORITHMS]
        models = {each.name() for each in algorithms if isinstance(each, QgsProcessingModelAlgorithm)}
        metafunc.parametrize("name", sorted({each.name() for each in algorithms} - models))


def defaults_of(algorithm: QgsProcessingAlgorithm) -> dict[str, Any]:
    hidden = QgsProcessingParameterDefinition.Flag.FlagHidden
    shown = [parameter for parameter in algorithm.parameterDefinitions() if not parameter.flags() & hidden]
    return {parameter.name(): parameter.defaultValue() for parameter in shown}


def told_of(name: str) -> dict[str, str]:
    """Return the default of each parameter in the tables of the page of an algorithm, as it stands there."""
    told: dict[str, str] = {}
    for names, *owner, _, default in table_of(ROOT / "docs" / f"{PAGE_OF.get(name, name)}.md", "parameter"):
        if f"`{name}`" in owner[0] if owner else name not in ("runjob", "schedulejob"):
            parts = default.split(", ")
            same = len(parts) == len(names.split(", "))
            told |= {word: parts[at] if same else default for at, word in enumerate(names.split(", "))}
    return told


def in_words(default: Any) -> str:
    """Return a default as a page writes it."""
    if isinstance(default, bool):
        return "yes" if default else "no"
    if isinstance(default, list):
        return " ".join(default)
    return f"{default:g}" if isinstance(default, float) else str(default)


def test_the_table_has_every_parameter_and_its_default(provider: Sen2ChainProvider, name: str) -> None:
    defaults = defaults_of(provider.algorithm(name))
    if name == "timeseries":  # whose page says that they are those of Extract
        extract = defaults_of(provider.algorithm("extract"))
        del extract["FORCE"]
        assert defaults == {"CLOUDMASK" if key == "CLOUDMASKS" else key: extract[key] for key in extract}
        return
    told = told_of(name)
    assert told.keys() == defaults.keys()
    smooth = defaults_of(provider.algorithm("smooth"))
    for key, text in told.items():
        if defaults[key] in (None, ""):
            assert not re.match(r"`?[\d.]+", text), key
        elif text:
            assert re.search(rf"(?<![^ `]){re.escape(in_words(defaults[key]))}(?![^ `,;:%])", text), key
        else:
            assert defaults[key] == smooth[key], f"{key} is not as in Smooth"


def test_the_page_has_every_output(provider: Sen2ChainProvider, name: str) -> None:
    page = text_of(ROOT / "docs" / f"{PAGE_OF.get(name, name)}.md")
    algorithm = provider.algorithm(name)
    layers = {
        item.name() for item in algorithm.parameterDefinitions() if isinstance(item, QgsProcessingDestinationParameter)
    }
    for output in algorithm.outputDefinitions():
        assert output.name() in layers or re.search(rf"\b{output.name()}\b", page), output.name()


def test_every_command_is_understood(provider: Sen2ChainProvider) -> None:
    """Each names an algorithm, its parameters, and values that these take."""
    context, commands = QgsProcessingContext(), 0
    for page in PAGES:
        for line in [line for code in code_of(page) for line in code.splitlines()]:
            found = re.search(r"\brun (?:\")?sen2chain_ts:(\w+)(.*)", line)
            if not found:
                continue
            commands += 1
            algorithm = provider.algorithm(found[1])
            assert algorithm is not None, line
            for key, value in re.findall(r"(?:--|\s|\")([a-z:]*[A-Z][A-Z_]+)=(\"[^\"]*\"|[^\s\"]+)", found[2]):
                parameter = algorithm.parameterDefinition(key)
                assert parameter is not None, f"{page.name}: {line}: {key}"
                if parameter.type() not in ("source", "vector", "file"):  # which look whether it is there
                    assert parameter.checkValueIsAcceptable(value.strip('"'), context), f"{page.name}: {line}: {key}"
    assert commands > 25
