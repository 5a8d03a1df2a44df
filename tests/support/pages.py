"""HTML pages as tests see them: their texts, and whether they are well formed and ask for nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

_VOID = {"meta", "br"}


class Page(HTMLParser):
    """A parsed page. Reading one that is not well formed, or would load anything, fails.

    So does one with a script that its policy does not name by its hash, or with more than one.
    """

    def __init__(self, source: Path | bytes) -> None:
        super().__init__()
        data = source if isinstance(source, bytes) else source.read_bytes()
        self.html = data.decode()
        self.texts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.script = ""
        self._open: list[str] = []
        self.feed(self.html)
        self.close()
        assert not self._open, self._open
        assert not re.search(r"https?:|url\(|@import|javascript:", self.html, re.IGNORECASE)
        policy = "default-src 'none'; style-src 'unsafe-inline'"
        if self.script:
            digest = hashlib.sha256(self.script.encode()).digest()
            policy += f"; script-src 'sha256-{base64.b64encode(digest).decode()}'"
        assert ("meta", {"http-equiv": "Content-Security-Policy", "content": policy}) in self.tags
        assert self.html.lower().count("<script") == bool(self.script)
        for tag, attributes in self.tags:
            assert tag != "script" or not attributes
            assert tag not in {"link", "img", "iframe", "object", "embed", "base", "form"}
            assert not {"src", "srcset", "style", *(name for name in attributes if name.startswith("on"))} & set(
                attributes
            )
            assert (attributes.get("href") or "#").startswith("#")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["script"]:
            self.script += data
        elif data.strip():
            self.texts.append(data.strip())

    @property
    def text(self) -> str:
        """All texts, one per line."""
        return "\n".join(self.texts)

    def rows(self) -> list[list[str]]:
        """Return the cells of all table rows, as texts."""
        rows = re.findall(r"<tr>(.*?)</tr>", self.html, re.DOTALL)
        return [
            [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)] for row in rows
        ]
