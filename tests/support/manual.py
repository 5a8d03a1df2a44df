"""The manual as tests read it: README.md, CONTRIBUTING.md and the pages of docs/."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
_FENCED = re.compile(r"^```.*?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def text_of(page: Path) -> str:
    """Return what a page says, as it is written."""
    return page.read_text(encoding="utf-8")


def code_of(page: Path) -> list[str]:
    """Return what a page shows as code: its blocks, each a text of several lines, and what stands in a line."""
    blocks = [
        block.replace("\\\n", " ").replace("`\n", " ").replace("^\n", " ") for block in _FENCED.findall(text_of(page))
    ]
    return blocks + re.findall(r"`([^`\n]+)`", _FENCED.sub("", text_of(page)))


def links_of(page: Path) -> list[str]:
    """Return the targets of the links and pictures of a page."""
    prose = re.sub(r"`[^`\n]*`", "", _FENCED.sub("", text_of(page)))
    return re.findall(r"\]\(([^)\s]+)\)", prose)


def anchors_of(page: Path) -> set[str]:
    """Return the anchors of the headings of a page that GitHub and MkDocs name alike."""
    headings = re.findall(r"^#+ (.+)$", _FENCED.sub("", text_of(page)), re.MULTILINE)
    plain = [re.sub(r"[`*]", "", re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading)) for heading in headings]
    github = {re.sub(r"[^\w -]", "", text.lower()).replace(" ", "-") for text in plain}
    letters = [unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() for text in plain]
    return github & {re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text).strip().lower()) for text in letters}


def table_of(page: Path, heading: str) -> list[list[str]]:
    """Return the rows of the tables of a page whose first column has a heading."""
    rows: list[list[str]] = []
    for table in re.findall(rf"^\| {heading} \|.*\n\|[-|]+\|\n((?:\|.*\n?)+)", text_of(page), re.MULTILINE):
        rows += [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in table.splitlines()]
    return rows
