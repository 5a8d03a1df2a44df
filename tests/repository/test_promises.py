"""docs/promises.md: every row has a test that is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+) \| (.+) \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)
NAMED = sorted(set(re.findall(r"`(tests/[^`]+)`", PAGE)))


def test_every_fault_has_a_row_and_every_row_a_test() -> None:
    assert [int(number) for number, *_ in ROWS] == list(range(1, 28))
    assert all("`tests/" in held for *_, held in ROWS)


@pytest.mark.parametrize("named", NAMED)
def test_a_test_that_is_named_is_there(named: str) -> None:
    file, _, wanted = named.partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}
    assert tests
    assert not wanted or wanted in tests


def test_every_test_of_a_fault_is_named() -> None:
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests" / "faults").glob("test_*.py")}
    assert files <= set(NAMED)
    for file in files:
        number = re.search(r"test_fault_(\d+)_", file)
        assert number is not None
        assert any(int(row) == int(number[1]) and file in held for row, *_, held in ROWS), file
