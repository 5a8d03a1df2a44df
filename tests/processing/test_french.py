"""In a French QGIS everything is French: the algorithms, the messages of a run, its failures and its pages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsSettings,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from sen2chain_ts_plugin.engine.errors import EngineError, TimingInvalid
from sen2chain_ts_plugin.engine.jobs.cron_timing import parse
from sen2chain_ts_plugin.engine.jobs.log import last_run
from sen2chain_ts_plugin.processing.provider import ALGORITHMS
from sen2chain_ts_plugin.processing.support.i18n import language, load_translator, tr_error

# What both languages write alike.
SAME = {"Acquisitions", "Action", "Indices", "Source", "Zones"}
ENGLISH = re.compile(r"\b(?:the|of|and|is|are|which|with|not|every|when|from|to)\b", re.IGNORECASE)


@pytest.fixture
def speak(qgis_processing: None) -> Iterator[Any]:
    """Return a function that makes QGIS speak a language, as its options do; English again after the test."""
    settings = QgsSettings()
    installed = []

    def _speak(name: str) -> Any:
        settings.setValue("locale/overrideFlag", True)
        settings.setValue("locale/userLocale", name)
        translator = load_translator()
        installed.append(translator)
        return translator

    yield _speak
    for translator in filter(None, installed):
        QCoreApplication.removeTranslator(translator)
    for key in ("locale/overrideFlag", "locale/userLocale"):
        settings.remove(key)


@pytest.fixture
def library(reference: Path, tmp_path: Path) -> Path:
    """Return a library of one's own."""
    return Path(shutil.copytree(reference / "library", tmp_path / "library"))


class Said(QgsProcessingFeedback):
    """Keeps what a run says."""

    def __init__(self) -> None:
        super().__init__()
        self.infos: list[str] = []
        self.errors: list[str] = []

    def pushInfo(self, info: str) -> None:
        self.infos.append(info)

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N803 QGIS names it
        self.errors.append(error)


def texts(algorithm: QgsProcessingAlgorithm) -> dict[str, str]:
    """Return every text of an algorithm that a user reads, by where it stands."""
    found = {
        "name": algorithm.displayName(),
        "group": algorithm.group(),
        "summary": algorithm.shortDescription(),
        "help": algorithm.shortHelpString(),
    }
    for parameter in algorithm.parameterDefinitions():
        found[parameter.name()] = parameter.description()
        found[f"help of {parameter.name()}"] = parameter.help()
    for output in algorithm.outputDefinitions():
        found[f"output {output.name()}"] = output.description()
    return found


def run(name: str, parameters: dict[str, Any]) -> tuple[dict[str, Any], Said]:
    import processing

    said = Said()
    return processing.run(f"sen2chain_ts:{name}", parameters, feedback=said), said


@pytest.mark.parametrize("kind", ALGORITHMS, ids=lambda kind: kind.__name__)
def test_every_text_of_an_algorithm_is_french(provider, speak, kind) -> None:
    english = texts(kind().create())
    assert speak("fr") is not None
    french = texts(kind().create())
    assert french.keys() == english.keys()
    assert all(french.values())
    assert {text for place, text in french.items() if text == english[place]} <= SAME
    assert [text for text in french.values() if ENGLISH.search(text)] == []


def test_the_toolbox_finds_an_algorithm_by_french_words(provider, speak) -> None:
    speak("fr_FR")
    assert {"série temporelle", "statistiques zonales"} <= set(provider.algorithm("extract").create().tags())


def test_help_has_nothing_that_html_would_swallow(provider, speak) -> None:
    for name in ("en", "fr"):
        speak(name)
        shown = [text for kind in ALGORITHMS for text in texts(kind().create()).values()]
        assert [text for text in shown if re.search(r"<\w", text)] == []


def test_a_run_its_failures_and_its_page_are_french(provider, speak, library: Path, reference: Path, tmp_path) -> None:
    empty, cut = sorted(library.glob("INDICES/NDVI/40KCB/*/*_CM001.jp2"))[:2]
    empty.write_bytes(b"")
    cut.write_bytes(cut.read_bytes()[:500])
    layer = str(reference / "layers" / "zones.shp")
    asked = {"INPUT": layer, "LIBRARY": str(library), "CLOUDMASKS": "CM001", "OUTPUT": str(tmp_path / "out")}
    speak("fr")

    result, said = run("extract", asked)
    assert result["FAILED"] == 2
    assert said.infos[0] == f"Dossier d\u2019extraction\u00a0: {result['EXTRACTION']}"
    counted = (
        r"^Produits\u00a0: \d+, dont extraits\u00a0: \d+, déjà faits\u00a0: 0, sans donnée\u00a0: \d+, "
        r"en échec\u00a0: 2\. Lignes\u00a0: \d+\.$"
    )
    assert re.search(counted, "\n".join(said.infos), re.MULTILINE)
    own = said.infos[: next(number for number, line in enumerate(said.infos) if re.search(counted, line)) + 1]
    assert [line for line in own if ENGLISH.search(line.replace(str(tmp_path), ""))] == []
    # A reason is French too, not only the sentence around it.
    failures = {path.name: next(line for line in said.errors if path.name in line) for path in (empty, cut)}
    assert "est endommagé ou encore en cours de copie\u00a0: il est vide. Copiez-le" in failures[empty.name]
    assert re.search(r"il s\u2019arrête à l\u2019octet 500( sur \d+|, en plein milieu)\. Copiez-le", failures[cut.name])

    for name in ("compile", "aggregate"):
        _, said = run(name, {"EXTRACTION": result["EXTRACTION"]})
        own = [line for line in said.infos if not line.startswith("Results: ")]
        assert own
        assert [line for line in own if ENGLISH.search(line.replace(str(tmp_path), ""))] == []

    page = tmp_path / "inventaire.html"
    run("inventory", {**{name: asked[name] for name in ("INPUT", "LIBRARY")}, "REPORT": str(page)})
    html = page.read_text(encoding="utf-8")
    assert '<html lang="fr">' in html
    assert "Masque de nuages" in html
    assert "févr." in html
    assert "Cloud mask" not in html


def test_the_log_of_a_job_is_french_and_still_says_how_it_ended(
    provider, speak, library: Path, reference: Path
) -> None:
    speak("fr")
    layer = str(reference / "layers" / "zones.shp")
    run("savejob", {"NAME": "nuit", "INPUT": layer, "LIBRARY": str(library), "CLOUDMASKS": "CM001"})
    result, _ = run("runjob", {"JOB": "nuit", "LIBRARY": str(library)})
    log = Path(result["LOG"]).read_text(encoding="utf-8")
    assert re.search(r"Tâche 1, produits extraits\u00a0: \d+, déjà faits\u00a0: 0", log)
    assert log.endswith("Outcome: succeeded\n")
    last = last_run(Path(result["LOG"]).parent, "nuit")
    assert last is not None
    assert last.outcome == "succeeded"


def test_a_refusal_is_french(provider, speak, library: Path, reference: Path) -> None:
    speak("fr")
    with pytest.raises(QgsProcessingException, match="n\u2019a le masque de nuages CM003-PRB9-ITER9"):
        run("extract", {
            "INPUT": str(reference / "layers" / "zones.shp"), "LIBRARY": str(library), "CLOUDMASKS": "CM003-PRB9-ITER9",
        })  # fmt: skip
    algorithm = provider.algorithm("compile").create()
    good, why = algorithm.checkParameterValues(
        {"EXTRACTION": str(library), "PERIODS": ["custom"]}, QgsProcessingContext()
    )
    assert (good, why) == (
        False,
        "La période «\u00a0custom\u00a0» a besoin d\u2019une première et d\u2019une dernière date.",
    )


@pytest.mark.parametrize(
    ("timing", "expected"),
    [
        (
            "61 * * * *",
            "pour le champ «\u00a0minute\u00a0», la valeur est «\u00a061\u00a0», attendu\u00a0: *, 0 à 59, 1-5, */2",
        ),
        (
            "0 0 * 13 *",
            "pour le champ «\u00a0mois\u00a0», la valeur est «\u00a013\u00a0», attendu\u00a0: *, 1 à 12 ou jan à dec, ",
        ),
        ("0 0", "attendu\u00a0: cinq champs, ou l\u2019une des formes @reboot, "),
    ],
)
def test_what_a_timing_takes_is_french(speak, timing: str, expected: str) -> None:
    with pytest.raises(TimingInvalid) as refused:
        parse(timing)
    before = tr_error(refused.value)
    assert before == str(refused.value)
    speak("fr")
    assert expected in tr_error(refused.value)


def test_every_failure_has_a_french_text(speak) -> None:
    def kinds(root: type[EngineError]) -> Iterator[type[EngineError]]:
        for kind in root.__subclasses__():
            yield kind
            yield from kinds(kind)

    speak("fr")
    every = [kind for kind in kinds(EngineError) if kind.__module__.startswith("sen2chain_ts_plugin.")]
    assert len(every) > 50
    left = []
    for kind in every:
        error = kind.__new__(kind)
        error.values = dict.fromkeys(re.findall(r"\{(\w+)", kind.message), "0")
        if tr_error(error) == kind.message.format(**error.values) and kind.message != "{reason}":
            left.append(kind.__name__)
    assert left == []


def test_names_of_layers_are_french(provider, speak, reference: Path, tmp_path: Path) -> None:
    speak("fr")
    result, _ = run("inventory", {"LIBRARY": str(reference / "library"), "TABLE": str(tmp_path / "table.gpkg")})
    assert QgsVectorLayer(result["TABLE"]).featureCount() > 0
    assert (
        provider.algorithm("inventory").create().parameterDefinition("TABLE").description()
        == "Table de l\u2019inventaire"
    )


def test_without_a_translation_all_stays_english(provider, speak) -> None:
    english = texts(provider.algorithm("extract").create())
    assert speak("de") is None
    assert language() == "en"
    assert texts(provider.algorithm("extract").create()) == english
    assert speak("fr_CA") is not None
    assert language() == "fr"
