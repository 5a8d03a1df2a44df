"""The collector of texts: what it finds, and what `make lint` refuses."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from scripts import translations

SOURCE = """
class Broken(EngineError):
    message = (
        "{path} is "
        "broken."
    )

ASKED_TEXTS = ("One", {"key": "Two"})
NAME = "not a text"

def work(feedback, tr):
    feedback.info("Read {count} files", count=3)
    raise Broken(path=tr("yes") if feedback else tr("no"), reason=Phrase("it is empty"))
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if translations.compiler() is None:
        pytest.skip("needs lrelease")
    folder = tmp_path / "package"
    (folder / "resources").mkdir(parents=True)
    (folder / "source.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(translations, "PACKAGE", folder)
    monkeypatch.setattr(translations, "FOLDER", folder / "resources")
    return folder


def translate(package: Path, **other: str) -> None:
    """Write a translation of every text; ``other`` for some of them."""
    path = package / "resources" / "sen2chain_ts_fr.ts"
    tree = ET.parse(path)  # noqa: S314 the file is ours
    for message in tree.getroot().iter("message"):
        source = message.findtext("source", "")
        translation = message.find("translation")
        assert translation is not None
        translation.attrib.pop("type", None)
        translation.text = other.get(source.split()[0], f"fr {source}")
    tree.write(path, encoding="utf-8")


def test_every_kind_of_text_is_found(package: Path) -> None:
    found = {"{path} is broken.", "One", "Two", "Read {count} files", "yes", "no", "it is empty"}
    assert set(translations.source_texts()) == found


def test_check_is_content_when_all_is_translated_and_compiled(package: Path, capsys: pytest.CaptureFixture) -> None:
    assert translations.main("update") == 1
    assert "not translated: 'it is empty'" in capsys.readouterr().out
    translate(package)
    assert translations.main("check") == 1
    assert "run make translations" in capsys.readouterr().out
    assert translations.main("update") == 0
    assert translations.main("check") == 0
    assert "7 texts, fr: 0 problems" in capsys.readouterr().out


def test_a_new_a_lost_and_a_changed_text_are_noticed(package: Path, capsys: pytest.CaptureFixture) -> None:
    translations.main("update")
    translate(package)
    translations.main("update")
    (package / "source.py").write_text(SOURCE.replace('"yes"', '"certainly"'), encoding="utf-8")
    capsys.readouterr()
    assert translations.main("check") == 1
    said = capsys.readouterr().out
    assert "not translated: 'certainly'" in said
    assert "in no source: 'yes'" in said


def test_a_placeholder_that_differs_is_noticed(package: Path, capsys: pytest.CaptureFixture) -> None:
    translations.main("update")
    translate(package, Read="{number} fichiers lus")
    assert translations.main("update") == 1
    assert "placeholders differ: 'Read {count} files' '{number} fichiers lus'" in capsys.readouterr().out


def test_an_update_keeps_what_is_translated(package: Path) -> None:
    translations.main("update")
    translate(package)
    translations.main("update")
    path = package / "resources" / "sen2chain_ts_fr.ts"
    before = path.read_bytes()
    assert translations.main("update") == 0
    assert path.read_bytes() == before
    assert translations.read(path)["One"] == "fr One"
