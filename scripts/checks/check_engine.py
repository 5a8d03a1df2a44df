"""Check that the engine, installed by pip alone, gives what the working copy gives, and decodes areas.

Usage: ``scripts/checks/check_engine.py expect FOLDER`` with a Python that has GDAL's bindings, to make the sample
library; then ``... check_engine.py compare FOLDER`` with the Python that has the package, and ``... example FOLDER``
once it has every library that the package names.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import re
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SIZE, DATES = 1200, 4  # of the sample; four tiles of JPEG 2000 in each raster


def extract_all(folder: Path, results: Path) -> dict[str, bytes]:
    """Extract and compile the sample; return what was written, by its path."""
    from sen2chain_ts_plugin import engine

    selection = engine.Selection(["NDVI"], engine.parse_list("CM001"))
    zones = engine.read_zones(folder / "sample" / "FIELDS" / "fields.shp")
    tree, summary = engine.extract(engine.open_library(folder / "sample"), zones, selection, root=results)
    engine.compile_tree(tree.folder, engine.Request(periods=("alldata", "monthly")))
    print("engine:", summary)
    return written(results)


def written(results: Path) -> dict[str, bytes]:
    """Return every CSV below a folder, by its path."""
    return {path.relative_to(results).as_posix(): path.read_bytes() for path in sorted(results.rglob("*.csv"))}


def expect(folder: Path) -> str:
    """Make the sample, and what the working copy makes of it."""
    sys.path.insert(0, str(ROOT))
    from sen2chain_ts_plugin.engine.samplelibrary import build

    build(folder / "sample", size=SIZE, dates=DATES)
    return "" if extract_all(folder, folder / "expected") else "the working copy wrote nothing"


def compare(folder: Path) -> str:
    """Import all of the package, do the same with it, count the areas it decodes, and compare every byte."""
    from sen2chain_ts_plugin import engine

    place = Path(engine.__file__).resolve()
    if place.parents[1] == ROOT / "sen2chain_ts_plugin":
        return f"{place} is the working copy, not the package"
    modules = [module.name for module in pkgutil.walk_packages(engine.__path__, engine.__name__ + ".")]
    for name in modules:
        importlib.import_module(name)
    decoded = count_areas()
    got, expected = extract_all(folder, folder / "got"), written(folder / "expected")
    different = sorted(name for name in got.keys() | expected.keys() if got.get(name) != expected.get(name))
    if different:
        return f"{len(different)} files differ, the first is {different[0]}"
    if not decoded:
        return "no area was decoded"
    print(f"engine: {version('sen2chain-ts-engine')} in Python {sys.version.split()[0]} on {sys.platform}")
    print(f"engine: {len(modules)} modules, {len(got)} CSV as the working copy has them, {len(decoded)} areas decoded")
    return ""


def example(folder: Path) -> str:
    """Carry out the page of the manual about the engine, as it stands there; what geopandas is for is left out."""
    page = (ROOT / "docs" / "engine.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    os.environ["MPLBACKEND"] = "agg"
    place = folder / "example"
    place.mkdir()
    os.chdir(place)
    names: dict[str, Any] = {}
    for block in blocks:
        if "import geopandas" not in block:
            exec(block, names)  # noqa: S102 it is ours
    if not (place / "curve.png").is_file():
        return "the example of docs/engine.md drew no curve"
    print(f"engine: the example of docs/engine.md, {len(names['series'])} rows")
    return ""


def count_areas() -> list[int]:
    """Return a list that grows with every call that decodes areas instead of blocks."""
    from sen2chain_ts_plugin.engine.raster.codestream import TileDecoder

    decoded: list[int] = []
    decode = TileDecoder.decode

    def counted(decoder: TileDecoder, tile: int, *arguments: Any) -> None:
        decode(decoder, tile, *arguments)
        decoded.append(tile)

    TileDecoder.decode = counted
    return decoded


WORK = {"expect": expect, "compare": compare, "example": example}


def main() -> int:
    """Do one of the three; say what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("what", choices=sorted(WORK))
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    wrong = WORK[arguments.what](arguments.folder.resolve())
    if wrong:
        print(f"engine: {wrong}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
