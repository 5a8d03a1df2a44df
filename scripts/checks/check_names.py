"""Find names of Qt and QGIS in the plugin that a version of them lacks. Usage: ``check_names.py qt6|qgis``.

``qt6`` looks them up in PyQt6, ``qgis`` in QGIS: in those of the python that runs this. Every name that is imported is
imported, and every chain that begins at one (``Qt.ItemDataRole.UserRole``) is followed through classes and
enumerations, so that a member without its enumeration is found too: Qt 5 allows it, Qt 6 does not. What a value has,
which its name does not tell, is left to the type check of check_qt6.py.

Names that only some versions have belong into processing/support/compat.py, behind a ``getattr``, which is not
followed.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "sen2chain_ts_plugin"

# Names that QGIS itself offers under qgis.PyQt where Qt 5 had them, although Qt 6 has moved them.
MOVED_BY_QT6 = {("QtWidgets", "QAction"): "QtGui", ("QtWidgets", "QShortcut"): "QtGui"}


@dataclass(frozen=True)
class Use:
    """A name that the plugin uses: ``module`` and what follows it, dot by dot."""

    place: str
    module: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        return ".".join((self.module, *self.names))


def uses(package: Path, belongs: str) -> Iterator[Use]:
    """Yield what the Python files below a folder use of the modules whose name is, or begins with, a word and a dot."""
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix()
        imported: dict[str, Use] = {}
        tree = ast.parse(path.read_text(encoding="utf-8"), path.name)
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and not node.level and f"{node.module}.".startswith(f"{belongs}."):
                for alias in node.names:
                    use = Use(f"{name}:{node.lineno}", str(node.module), (alias.name,))
                    imported[alias.asname or alias.name] = use
                    yield use
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    if f"{alias.name}.".startswith(f"{belongs}."):
                        yield Use(f"{name}:{node.lineno}", alias.name, ())
        for line, root, attributes in _chains(tree):
            if root in imported:
                origin = imported[root]
                yield Use(f"{name}:{line}", origin.module, (*origin.names, *attributes))


def _chains(tree: ast.AST) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Yield line, first name and attributes of each ``a.b.c``, the longest ones only."""
    inner = set()
    for node in ast.walk(tree):  # outer nodes come first
        if not isinstance(node, ast.Attribute) or node in inner:
            continue
        attributes: list[str] = []
        value: ast.expr = node
        while isinstance(value, ast.Attribute):
            inner.add(value)
            attributes.insert(0, value.attr)
            value = value.value
        if isinstance(value, ast.Name):
            yield node.end_lineno or node.lineno, value.id, tuple(attributes)


def missing(use: Use, module: str) -> str:
    """Return the part of a name that a module lacks, or an empty text."""
    try:
        found: Any = importlib.import_module(module)
    except ImportError:
        return module
    for depth, name in enumerate(use.names, 1):
        if not isinstance(found, (ModuleType, type)):
            return ""  # what a function or a value has is not known from its name
        if not hasattr(found, name) and not _is_submodule(found, name):
            return ".".join(use.names[:depth])
        found = getattr(found, name, None)
    return ""


def _is_submodule(found: Any, name: str) -> bool:
    if not isinstance(found, ModuleType):
        return False
    try:
        importlib.import_module(f"{found.__name__}.{name}")
    except ImportError:
        return False
    return True


def in_pyqt6(use: Use) -> str:
    """Return the module of PyQt6 that has what qgis.PyQt offers under this name."""
    module = use.module.replace("qgis.PyQt", "PyQt6", 1)
    for (old, name), new in MOVED_BY_QT6.items():
        if module == f"PyQt6.{old}" and use.names[:1] == (name,):
            return f"PyQt6.{new}"
    return module


def main() -> int:
    """Look every name up, and print those that are missing."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("where", choices=("qt6", "qgis"))
    parser.add_argument("--package", type=Path, default=ROOT / PACKAGE, help="the folder to look at")
    arguments = parser.parse_args()
    if arguments.where == "qt6":
        found = {use: missing(use, in_pyqt6(use)) for use in uses(arguments.package, "qgis.PyQt")}
    else:
        found = {use: missing(use, use.module) for use in uses(arguments.package, "qgis")}
    lacking = [f"{use.place}: {use} ({part} is not there)" for use, part in found.items() if part]
    print("\n".join(lacking) or f"{len({str(use) for use in found})} names, all there")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
