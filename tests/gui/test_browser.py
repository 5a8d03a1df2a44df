"""Extractions in the Browser: found, opened, dragged to the dock and to the map, and gone with the plugin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

MASK = "CM004-CSH1-CMP1-CHP1-TCI1-ITER1"


def test_an_extraction_is_an_item_that_can_be_dragged(play: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    seen = play("browser")

    (tree,) = (tmp_path / "data" / "trees").iterdir()
    raw = len(list(tree.glob(f"raw_data/NDVI/{MASK}/*.csv")))
    assert seen["trees"] == [tree.name]
    assert seen["pairs"] == [f"NDVI  {MASK}  ({raw})"]
    assert seen["dock"] == [str(tree), "NDVI", MASK, [0, 1, 2]]

    # On the map its values, as compile has them; a folder from outside brings the zones.
    assert seen["uri"] == ["custom", True]
    (compiled,) = tree.glob(f"compiled_data/NDVI/{MASK}/all_data/*_all_data.csv")
    assert seen["values"] == len(compiled.read_text(encoding="utf-8").splitlines()) - 1
    assert seen["dropped"] == [True, False]
    assert seen["zones"] == ["zones, zones"]
    assert seen["folder"] == [True, None]
    assert seen["menu"] == ["Show the curves", "Load the values as a layer"]
    assert seen["left"] == []
