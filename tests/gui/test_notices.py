"""Nobody is left alone: each run ends with what came of it, and a button for the next step."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_a_newcomer_is_led_from_the_sample_to_its_curves(play: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    seen = play("notices")

    # The docks are not there before they are asked for, and then they are tabs of one place.
    assert seen["stray"] == []
    assert ["Time series", "Jobs of Sen2Chain"] in seen["tabs"]
    # Notices are as high as their text.
    assert seen["scrolls"] == [0, 0, 0]

    sample = str(tmp_path / "data" / "sample")
    (made, extract), (extracted, compile_it), (compiled, show) = seen["notices"]
    assert made == f"The sample library is ready, with a layer of fields: {sample}"
    assert extract == "Extract…"
    # The library that was just made, and its fields.
    assert seen["offered"][0] == sample
    assert seen["offered"][1].startswith("fields_")
    assert re.fullmatch(
        r"Products: \d+ \(\d+ extracted, 0 already done, \d+ without data, 0 failed\)\. Rows: \d+\.", extracted
    )
    assert compile_it == "Compile…"
    assert Path(seen["extraction"]).parent == Path(sample, "EXTRACTION")
    assert re.fullmatch(r"NDVI CM004-\S+: \d+ of 34 zones have a series, \d dates, median \d(\.5)? clear\.", compiled)
    assert show == "Show the curves"
    assert seen["curves"] == [seen["extraction"], [0, 1, 2]]
