"""The engine as a package for pip: what pyproject.toml says of it. `make check-engine` installs and uses it."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "sen2chain_ts_plugin"
# What the engine asks for under other names, or that no package of PyPI brings.
OTHERWISE = {"osgeo": "", "glymur": "", "PIL": "matplotlib", "affine": "rasterio", "distributed": "dask"}

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def imported_by_the_engine() -> set[str]:
    """Return the names of every package that the engine imports, wherever it does."""
    names: set[str] = set()
    for path in (PACKAGE / "engine").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add(str(node.module))
    return {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names)


@pytest.mark.skipif(sys.version_info < (3, 10), reason="needs the names of the standard library")
def test_every_library_is_a_dependency_or_an_extra() -> None:
    offered = {*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]}
    asked = {OTHERWISE.get(name, name) for name in imported_by_the_engine()} - {""}
    assert asked <= offered
    assert "numpy" in asked
    (everything,) = PROJECT["project"]["optional-dependencies"]["all"]
    assert set(everything.partition("[")[2].rstrip("]").split(",")) == offered - {"numpy", "all"}


def test_the_version_is_that_of_the_plugin() -> None:
    source = PROJECT["tool"]["hatch"]["version"]
    text = (ROOT / source["path"]).read_text(encoding="utf-8")
    found = re.findall(source["pattern"], text)
    assert len(found) == 1
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", found[0])
    assert "version" in PROJECT["project"]["dynamic"]


def test_the_package_holds_the_engine_and_nothing_of_qgis() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["only-include"] == ["sen2chain_ts_plugin/__init__.py", "sen2chain_ts_plugin/engine"]
    assert wheel["force-include"] == {"metadata.txt": "sen2chain_ts_plugin/metadata.txt"}
    assert not {path.suffix for path in (PACKAGE / "engine").rglob("*") if path.is_file()} - {".py", ".pyc"}
