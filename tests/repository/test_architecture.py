"""The architecture page names what is there, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "sen2chain_ts_plugin" / "engine"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def named(section: str) -> set[str]:
    """Return the files in the first column of the tables of a section."""
    rows = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


def test_every_file_of_the_engine_has_its_line() -> None:
    before, _, sample = PAGE.partition("### `samplelibrary/`")
    modules = {path.name for path in ENGINE.glob("*.py")} - {"__init__.py"}
    assert named(before) == modules | {"errors/"}
    parts = {path.name for path in (ENGINE / "samplelibrary").glob("*.py")} - {"__init__.py"}
    assert named(sample.partition("\n## ")[0]) == parts


def test_every_file_that_is_mentioned_exists() -> None:
    package = ROOT / "sen2chain_ts_plugin"
    mentioned = set(re.findall(r"`([\w/]+\.py)`", PAGE))
    assert len(mentioned) > 60
    there = {path.name for path in package.rglob("*.py")} | {
        path.relative_to(package).as_posix() for path in package.rglob("*.py")
    }
    assert mentioned <= there


def test_the_picture_names_modules_that_exist() -> None:
    picture = (ROOT / "docs" / "images" / "flow.svg").read_text(encoding="utf-8")
    texts = re.findall(r'<text class="file"[^>]*>([^<]+)<', picture)
    names = {name.strip() for text in texts for name in text.split(",")}
    assert len(names) > 20
    assert names <= {path.stem for folder in ("engine", "processing") for path in (ENGINE.parent / folder).glob("*.py")}


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_every_page_stands_in_the_menu_and_its_links_lead_somewhere(page: Path) -> None:
    assert re.search(rf"[ :]{page.name}$", (ROOT / "mkdocs.yml").read_text(), re.MULTILINE)
    for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if not link.startswith("https://"):
            assert (page.parent / link).is_file(), link


def test_the_reference_names_what_the_engine_offers() -> None:
    from sen2chain_ts_plugin import engine

    blocks = re.findall(
        r"^::: ([\w.]+)\n    options:\n      members: \[(.*)\]$",
        (ROOT / "docs" / "api.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    described = {name.strip(): module for module, names in blocks for name in names.split(",")}
    for name in engine.__all__:
        thing = getattr(engine, name)
        assert thing.__module__ == described[name] or thing.__module__.startswith(f"{described[name]}.")
