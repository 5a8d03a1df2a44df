"""The time series of a layer in one action, with curves that grow, and what is kept when it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def test_time_series_of_a_layer_are_made_in_one_action(play: Callable[..., dict[str, Any]]) -> None:
    seen = play("layer_series")

    assert seen["buttons"] == ["Choose a folder…", "Time series of a layer…"]
    assert "Time series of this layer…" in seen["menu"]
    assert seen["zones"] == "my fields"
    # Nothing begins with what is marked as wrong.
    assert seen["refused"] == "Correct what is marked above."
    assert seen["running"]

    # The zones of the selected features are shown, and their curves grow.
    assert seen["meanwhile"] == "my_fields is being extracted.\nThe curves appear here, and grow."
    zones, index, mask, folder = seen["shown"]
    assert (zones, index, mask) == ([4, 7], "NDWIGAO", "CM001")
    assert folder.split("/")[-1].startswith("my_fields_")
    assert len(seen["grown"]) > 1
    assert seen["grown"] == sorted(seen["grown"])
    assert seen["grown"][-1] == seen["dates"] == 18
    words, button = seen["notice"]
    assert words.startswith("NDWIGAO CM001: 33 of 36 zones have a series, 12 dates, median ")
    assert button == "Show the curves"
    raw = [name for name in seen["files"] if name.startswith("raw_data/NDWIGAO/CM001/my_fields_")]
    assert len(raw) == 17
    assert "compiled_data/NDWIGAO/CM001/all_data/my_fields_CC100_NDWIGAO_all_data.csv" in seen["files"]

    # The next time the same is proposed; one at a time; what was extracted before Cancel is kept, and continued.
    assert seen["proposed"] == {"INDICES": "NDWIGAO", "CLOUDMASKS": "CM001", "DATE_MIN": "", "DATE_MAX": "2021-12-31"}
    assert seen["twice"].startswith("Time series of another layer are being made.")
    stopped, button = seen["stopped"]
    done = int(stopped.split()[1])
    assert 0 < done < 17
    assert stopped == f"Stopped: {done} of 17 products are extracted, and are kept."
    assert button == "Continue"
    assert seen["ndvi"] == 17
    assert seen["in the end"][0].startswith("NDVI CM001: 33 of 36 zones have a series")
