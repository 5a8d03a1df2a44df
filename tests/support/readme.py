"""The examples of README.md, and a library that has what they ask for."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

_README = Path(__file__).parents[2] / "README.md"
# What the examples call the library, the layer and the extraction.
_LIBRARY, _LAYER, _TREE = "/data/sen2chain", "fields.gpkg", "fields_3b371b3ac79d9d4f"
_DATES = 4


def examples(fence: str, word: str) -> list[str]:
    """Return the blocks of a language that hold a word, as they stand there."""
    blocks = re.findall(rf"^```{fence}\n(.*?)^```$", _README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [block for block in blocks if word in block]


def placed(example: str, folder: Path, tree: str = "") -> str:
    """Return an example with the paths of a folder, and with the name of the extraction that is there."""
    paths = re.sub(rf"(?:/data/)?{re.escape(_LAYER)}", (folder / _LAYER).as_posix(), example)
    return paths.replace(_LIBRARY, (folder / "library").as_posix()).replace(_TREE, tree or _TREE)


def make_data(reference: Path, folder: Path) -> None:
    """Make the library of the examples, of products of the reference in another year, and their layer."""
    shutil.copy(reference / "layers" / "zones_2975.gpkg", folder / _LAYER)
    products = sorted((reference / "library" / "INDICES" / "NDVI" / "40KCB").iterdir())[:_DATES]
    for index in ("NDVI", "NBR"):
        for product in products:
            for file in product.iterdir():
                name = file.name.replace("2021", "2023").replace("NDVI", index)
                there = folder / "library" / "INDICES" / index / "40KCB" / product.name.replace("2021", "2023") / name
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, there)
