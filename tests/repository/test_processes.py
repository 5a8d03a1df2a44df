"""Only publish.py, schedule.py and python_processes.py start a process, by `subprocess` and never through a shell."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "sen2chain_ts_plugin"
ALLOWED = {"engine/jobs/publish.py", "engine/jobs/schedule.py", "engine/workers/python_processes.py"}
MODULES = {"subprocess", "multiprocessing", "pty", "_posixsubprocess", "_winapi", "popen2", "commands"}
FUNCTIONS = {"system", "popen", "startfile", "fork", "forkpty", "posix_spawn", "posix_spawnp"}
CLASSES = {"QProcess", "ProcessPoolExecutor"}
BUILT_IN = {"exec", "eval", "__import__"}


def starts(source: str) -> Iterator[str]:
    """Yield what in a source can start a process, or hide that it does."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] in MODULES)
        elif isinstance(node, ast.ImportFrom):
            if (node.module or "").split(".")[0] in MODULES:
                yield str(node.module)
            yield from (alias.name for alias in node.names if alias.name in CLASSES)
            if node.module == "os":
                yield from (alias.name for alias in node.names if _of_os(alias.name))
        elif isinstance(node, ast.Attribute):
            if node.attr in CLASSES or (
                isinstance(node.value, ast.Name) and node.value.id == "os" and _of_os(node.attr)
            ):
                yield node.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BUILT_IN:
            yield node.func.id
        elif isinstance(node, ast.keyword) and node.arg == "shell":
            yield "shell="


def _of_os(name: str) -> bool:
    return name in FUNCTIONS or name.startswith(("spawn", "exec"))


def test_no_other_module_starts_a_process() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix(): sorted(set(starts(path.read_text(encoding="utf-8"))))
        for path in sorted(PACKAGE.rglob("*.py"))
    }
    assert len(found) > 80
    assert {name: what for name, what in found.items() if what} == {name: ["subprocess"] for name in ALLOWED}


def test_no_process_opens_a_window_of_its_own() -> None:
    """On Windows a console would flash up over QGIS."""
    calls = [
        (name, node)
        for name in sorted(ALLOWED)
        for node in ast.walk(ast.parse((PACKAGE / name).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "subprocess"
    ]
    assert {name for name, _ in calls} == ALLOWED
    for name, call in calls:
        flags = [ast.unparse(keyword.value) for keyword in call.keywords if keyword.arg == "creationflags"]
        assert flags == ["getattr(subprocess, 'CREATE_NO_WINDOW', 0)"], f"{name}, line {call.lineno}"


@pytest.mark.parametrize(
    "source",
    [
        "import subprocess", "from subprocess import run", "import os\nos.system('x')", "from os import popen",
        "import os\nos.execv('x', [])", "import os\nos.spawnlp(0, 'x')", "from qgis.PyQt.QtCore import QProcess",
        "import concurrent.futures as f\nf.ProcessPoolExecutor()", "import multiprocessing.pool", "exec('x')",
        "__import__('subprocess')", "run('x', shell=True)",
    ],
)  # fmt: skip
def test_what_would_be_found(source: str) -> None:
    assert list(starts(source))


def test_what_starts_nothing() -> None:
    assert not list(starts("import os\nos.path.join('system')\nmessage.exec()\nexecute = evaluate(1)"))
