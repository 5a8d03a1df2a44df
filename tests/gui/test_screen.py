"""What drops down stays on the screen, and what has no room in a list is shortened."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import QRect, QSize
from qgis.PyQt.QtWidgets import QApplication

from sen2chain_ts_plugin.gui.common.screen import drop_place
from sen2chain_ts_plugin.gui.common.shortened_list import ShortenedList

SCREEN = QRect(100, 50, 1280, 720)


@pytest.mark.parametrize(
    ("field", "size", "place"),
    [
        (QRect(200, 100, 300, 20), QSize(400, 200), QRect(200, 120, 400, 200)),  # there is room
        (QRect(1200, 100, 100, 20), QSize(400, 200), QRect(980, 120, 400, 200)),  # not to the right
        (QRect(50, 100, 100, 20), QSize(400, 200), QRect(100, 120, 400, 200)),  # the field is cut off at the left
        (QRect(200, 700, 300, 20), QSize(400, 200), QRect(200, 500, 400, 200)),  # not below
        (QRect(200, 200, 300, 20), QSize(400, 650), QRect(200, 120, 400, 650)),  # neither below nor above
        (QRect(200, 100, 300, 20), QSize(2000, 900), QRect(100, 50, 1280, 720)),  # larger than the screen
    ],
)
def test_a_list_drops_down_where_all_of_it_is_seen(field: QRect, size: QSize, place: QRect) -> None:
    assert drop_place(field, size, SCREEN) == place


def test_a_list_shortens_what_it_has_no_room_for(qgis_app: QApplication) -> None:
    box = ShortenedList("Cloud mask")
    text = "CM004-CSH1-CMP1-CHP1-TCI1-ITER1, strict: clouds, shadows, cirrus"
    box.addItem(text)
    box.resize(1200, 24)
    assert box.shown_text() == text
    box.resize(160, 24)
    assert box.shown_text().endswith("…")
    assert text.startswith(box.shown_text()[:-1])
    assert not box.grab().isNull()
