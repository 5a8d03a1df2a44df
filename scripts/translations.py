"""Keep the translations complete: python scripts/translations.py [update | check].

``update`` collects every text from the source into ``resources/i18n/sen2chain_ts_<language>.ts``, keeps what is
translated, drops what is gone, and compiles the ``.qm`` that QGIS loads. ``check`` changes nothing; it fails when a
text is missing or not translated, a placeholder differs, or the ``.qm`` is not the one of the ``.ts``.

Texts are: what is handed to ``tr``; the messages of the engine (first argument of ``info``, ``warning``, ``error``,
``_say`` and ``_step``, attribute ``message`` of errors) and its texts within messages (``Phrase``); the texts of an
algorithm (``TITLE``, ``GROUP``, ``SUMMARY``, ``HELP``, ``TAGS``, ``CANCELLED``); and every constant whose name ends in
``_TEXT`` or ``_TEXTS``.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "sen2chain_ts_plugin"
FOLDER = PACKAGE / "resources" / "i18n"
CONTEXT = "Sen2ChainTimeSeries"
LANGUAGES = ("fr",)
_CALLS = {"tr", "_tr", "info", "warning", "error", "_say", "_step", "Phrase"}
_ATTRIBUTES = {"message", "TITLE", "GROUP", "SUMMARY", "HELP", "TAGS", "CANCELLED"}
_PLACEHOLDER = re.compile(r"\{[^{}]*\}|%n|%[sd]")
# Words, and the colon: not every language has it right after what it follows.
_TRANSLATED = re.compile(r"[^\W\d_]{2}|: ")
# The one on the PATH may be a chooser among several, without a choice.
_LRELEASE = ("/usr/lib/qt5/bin/lrelease", "/usr/lib/qt6/bin/lrelease", "lrelease")


def main(action: str = "update") -> int:
    """Run, and return the exit code."""
    texts = sorted(set(source_texts()))
    problems = []
    for language in LANGUAGES:
        path = FOLDER / f"sen2chain_ts_{language}.ts"
        known = read(path)
        if action == "update":
            write(path, language, {text: known.get(text, "") for text in texts})
            compile_ts(path, path.with_suffix(".qm"))
            known = read(path)
        problems += [f"{path.name}: {problem}" for problem in look(path, texts, known)]
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"translations: {len(texts)} texts, {', '.join(LANGUAGES)}: {len(problems)} problems")
    return 1 if problems else 0


def source_texts() -> Iterator[str]:
    """Yield every text of the package that a user may read."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _called(node) in _CALLS:
                yield from _literals(node.args[0])
            elif isinstance(node, (ast.Assign, ast.AnnAssign)):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if node.value is not None and any(_is_text_name(target) for target in targets):
                    yield from _literals(node.value)


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _is_text_name(target: ast.expr) -> bool:
    name = getattr(target, "id", "")
    return name in _ATTRIBUTES or name.endswith(("_TEXT", "_TEXTS"))


def _literals(node: ast.expr) -> Iterator[str]:
    """Yield the texts of an expression: a literal, or the literals among the values of a choice or a collection."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and _TRANSLATED.search(_PLACEHOLDER.sub("", node.value)):
            yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
    elif isinstance(node, (ast.Tuple, ast.List)):
        for item in node.elts:
            yield from _literals(item)
    elif isinstance(node, ast.Dict):
        for item in node.values:
            yield from _literals(item)


def read(path: Path) -> dict[str, str]:
    """Return the translation of each text; empty where there is none."""
    if not path.is_file():
        return {}
    messages = ET.parse(path).getroot().iter("message")  # noqa: S314 the file is ours
    return {message.findtext("source", ""): message.findtext("translation", "") for message in messages}


def write(path: Path, language: str, translations: dict[str, str]) -> None:
    """Write a .ts file, sorted."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for text, translation in sorted(translations.items()):
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = text
        kind = {} if translation else {"type": "unfinished"}
        ET.SubElement(message, "translation", kind).text = translation
    ET.indent(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    body = ET.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def compiler() -> str | None:
    """Return the program that makes a .qm, if it is installed."""
    return next((found for found in map(shutil.which, _LRELEASE) if found), None)


def compile_ts(path: Path, compiled: Path) -> None:
    """Make the .qm of a .ts."""
    program = compiler()
    if program is None:
        raise SystemExit("lrelease is missing: run make setup, or apt install qttools5-dev-tools (or qt6-l10n-tools)")
    subprocess.run([program, "-silent", str(path), "-qm", str(compiled)], check=True)


def look(path: Path, texts: list[str], known: dict[str, str]) -> Iterator[str]:
    """Yield what is wrong with the translations of a language."""
    for text in texts:
        translation = known.get(text)
        if not translation:
            yield f"not translated: {text!r}"
        elif sorted(_PLACEHOLDER.findall(text)) != sorted(_PLACEHOLDER.findall(translation)):
            yield f"placeholders differ: {text!r} {translation!r}"
    for text in sorted(set(known) - set(texts)):
        yield f"in no source: {text!r}"
    compiled = path.with_suffix(".qm")
    if not compiled.is_file():
        yield f"{compiled.name} is missing"
    elif compiler() is not None:
        with TemporaryDirectory() as folder:
            fresh = Path(folder) / compiled.name
            compile_ts(path, fresh)
            if fresh.read_bytes() != compiled.read_bytes():
                yield f"{compiled.name} is not the one of this .ts: run make translations"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
