"""The manual leads somewhere, and quotes what the plugin says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.support.manual import PAGES, ROOT, anchors_of, code_of, links_of, table_of

IMAGES = ROOT / "docs" / "images"
WITH_MESSAGES = [page for page in PAGES if table_of(page, "message")]
# What other programs say, and what is no message.
OF_OTHERS = {
    "no log at all",
    "Algorithm sen2chain_ts:runjob not found! in job_<name>_cron.log",
    "crontab -l refused: You … are not allowed to use this program",
}


def by_name(page: Path) -> str:
    return page.name


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CHANGELOG.md", ROOT / "SECURITY.md"], ids=by_name)
def test_links_lead_to_a_file_and_a_heading(page: Path) -> None:
    for link in links_of(page):
        if not link.startswith("https://"):
            path, _, anchor = link.partition("#")
            file = page.parent / path if path else page
            assert file.is_file(), link
            assert not anchor or anchor in anchors_of(file), link


def test_every_picture_is_shown() -> None:
    shown = {Path(link).name for page in PAGES for link in links_of(page)}
    assert {path.name for path in IMAGES.iterdir()} <= shown


def texts_of_the_plugin() -> list[str]:
    """Return every text that stands in the code; what is filled in stands in braces."""
    texts = []
    for path in (ROOT / "sen2chain_ts_plugin").rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        texts += [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [text for text in texts if " " in text]


def is_said(words: str, texts: list[str]) -> bool:
    """Tell whether a text of the plugin has these words, some of which may be what it was filled with."""
    if any(words in text for text in texts):
        return True
    for text in texts:
        fixed = [re.escape(part) for part in re.split(r"\{\w*\}", text)]
        whole = any(len(part.split()) > 1 for part in re.split(r"\{\w*\}", text))
        # A quotation may end before its message does.
        ends = [".+?".join(fixed[:number]) + ".+" for number in range(2, len(fixed))]
        if whole and any(re.fullmatch(pattern, words) for pattern in (".+?".join(fixed), *ends)):
            return True
    return False


@pytest.mark.parametrize("page", WITH_MESSAGES, ids=by_name)
def test_messages_that_are_quoted_are_those_of_the_plugin(page: Path) -> None:
    texts = texts_of_the_plugin()
    for cell, *_ in table_of(page, "message"):
        message = cell.replace("`", "")
        if message not in OF_OTHERS:
            words = [part.strip(" .,;:") for part in message.removesuffix("every night").split("…")]
            assert all(is_said(part, texts) for part in words if part), message


def test_three_pages_quote_messages() -> None:
    assert {page.name for page in WITH_MESSAGES} == {"extract.md", "jobs.md", "without-sen2chain.md"}


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_targets_of_make_and_benchmarks_are_there(page: Path) -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    entries = (ROOT / "benchmarks" / "__main__.py").read_text(encoding="utf-8")
    benchmarks = set(re.findall(r'^    "([a-z]+)": ', entries, re.MULTILINE))
    for code in code_of(page):
        for line in code.splitlines():
            words = line.partition("#")[0].split()
            if words[:1] == ["make"]:
                assert {word for word in words[1:] if "=" not in word} <= set(targets), line
            if words[:3] == ["python", "-m", "benchmarks"]:
                assert set(words[3:]) <= benchmarks, line
