"""What the names of cloud masks mean, in the window's words."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core")

from sen2chain_ts_plugin.engine.library.cloudmask import PRODUCED_NAMES, VERSIONS, parse
from sen2chain_ts_plugin.gui.common.plain_words import mask_words

NAMES = [*PRODUCED_NAMES, "SCL", "PRB-1", "NOMASK"]


def test_every_kind_of_mask_has_words() -> None:
    assert {parse(name).version for name in NAMES} == set(VERSIONS)
    for name in NAMES:
        assert mask_words(name)
        assert mask_words(parse(name).name) == mask_words(name)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("CM004-CSH1-CMP1-CHP1-TCI1-ITER1", "strict: clouds, shadows, cirrus"),
        ("CM004-CSH0-CMP1-CHP0-TCI1-ITER2-FRAC", "probable clouds, cirrus, pixels by the share that a zone covers"),
        ("CM004-CSH0-CMP0-CHP0-TCI0-ITER0", "nothing is taken away"),
        ("CM003-PRB7-ITER5", "cloud probability of 7 % and more, widened"),
        ("OCM_v1_2_3", "clouds and shadows, by OmniCloudMask"),
        ("SCL-0-1-3-8-9-10", "clouds, shadows, cirrus, by the scene classification"),
        ("SCL-9-3", "classes 3, 9 of the scene classification"),
        ("CM001-VRT-DIL40-TOUCH-L2A", "clouds, applied while reading, widened by 40 m, all pixels that a zone touches, "
                                      "index computed from the bands"),
        ("PRB-50-DIL20", "cloud probability of 50 % and more, widened by 20 m"),
        ("CM001-DIL20", ""), ("CM009", ""), ("", ""),
    ],
)  # fmt: skip
def test_words_of_a_mask(name: str, words: str) -> None:
    assert mask_words(name) == words
