"""The architecture page and the recipes name what is there, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "sen2chain_ts_plugin" / "engine"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_every_folder_of_the_engine_is_told_of() -> None:
    rooms = {path.name for path in ENGINE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert rooms <= set(re.findall(r"`(\w+)/`", PAGE))


def test_every_file_and_folder_that_is_mentioned_exists() -> None:
    package = ROOT / "sen2chain_ts_plugin"
    mentioned = set(re.findall(r"`([\w/]+(?:\.py|/))`", PAGE))
    assert len(mentioned) > 15
    there = {f"{path.relative_to(package).as_posix()}{'/' if path.is_dir() else ''}" for path in package.rglob("*")}
    short = {name.partition("/")[2] for name in there}
    assert mentioned <= there | short


def test_the_picture_names_folders_that_exist() -> None:
    picture = (ROOT / "docs" / "images" / "flow.svg").read_text(encoding="utf-8")
    texts = re.findall(r'<text class="file"[^>]*>([^<]+)<', picture)
    names = {name.strip() for text in texts for name in text.split(",")}
    assert len(names) > 10
    package = ROOT / "sen2chain_ts_plugin"
    assert names <= {path.name for path in package.rglob("*") if path.is_dir()}


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_every_page_stands_in_the_menu(page: Path) -> None:
    assert re.search(rf"[ :]{page.name}$", (ROOT / "mkdocs.yml").read_text(), re.MULTILINE)


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
        assert described[thing.__name__] == thing.__module__ or thing.__module__.startswith(
            f"{described[thing.__name__]}."
        )


def test_recipes_name_what_there_is() -> None:
    """A place of a recipe of CONTRIBUTING.md is a name in a module: both are there."""
    recipes = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    places = re.findall(r"`([A-Za-z_.]+)` of\s+`([a-z_/]+\.py)`", recipes)
    assert len(places) > 8
    for name, module in places:
        text = (ROOT / "sen2chain_ts_plugin" / module).read_text(encoding="utf-8")
        assert all(re.search(rf"\b{part}\b", text) for part in name.split(".")), f"{name} of {module}"
    paths = set(re.findall(r"`((?:engine|processing|gui|tests|docs)/[\w./-]*)`", recipes))
    assert len(paths) > 30
    for path in paths:
        inside = ROOT if path.startswith(("tests", "docs")) else ROOT / "sen2chain_ts_plugin"
        assert (inside / path).exists() or "tidy" in path, path  # the example of an algorithm
