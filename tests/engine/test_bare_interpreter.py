"""The engine runs where there is no QGIS, and imports the heavy libraries only when it needs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

IMPORT_EVERYTHING = """
import importlib, json, pkgutil, sys

blocked = set(json.loads(sys.argv[1]))

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in blocked:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
import sen2chain_ts_plugin.engine as engine

names = [module.name for module in pkgutil.walk_packages(engine.__path__, engine.__name__ + ".")]
for name in names:
    importlib.import_module(name)
json.dump({"imported": names, "loaded": sorted(set(sys.modules) & blocked)}, sys.stdout)
"""


def import_engine_without(blocked: list[str]) -> dict[str, list[str]]:
    run = subprocess.run(
        [sys.executable, "-c", IMPORT_EVERYTHING, json.dumps(blocked)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize(
    "blocked",
    [
        pytest.param(["qgis", "processing", "PyQt5", "PyQt6"], id="no QGIS"),
        pytest.param(["qgis", "processing", "osgeo", "rasterio", "scipy", "matplotlib", "glymur"], id="nothing heavy"),
    ],
)
def test_every_module_of_the_engine_imports(blocked: list[str]) -> None:
    result = import_engine_without(blocked)
    files = (ROOT / "sen2chain_ts_plugin" / "engine").rglob("*.py")
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in files}
    assert set(result["imported"]) == modules - {"sen2chain_ts_plugin.engine"}
    assert result["loaded"] == []


def test_the_block_works() -> None:
    """Were numpy absent, the import would fail: the two tests above can see what they look for."""
    with pytest.raises(AssertionError, match="No module named 'numpy'"):
        import_engine_without(["numpy"])
