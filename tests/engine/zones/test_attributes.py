"""The attributes of a layer are those that went in, of the same types, over the borders of pages."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine.zones import attributes as attributes_module
from sen2chain_ts_plugin.engine.zones.attributes import Attributes

_values = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(),
    st.sampled_from(["\ufffd", "\\ufffd", "half \ud83d", "é", "\0", '"', "1", "true", -0.0, 2**70]),
)  # fmt: skip
_rows = st.lists(st.tuples(_values, _values), max_size=9)


@given(_rows, st.integers(1, 4))
def test_they_are_those_that_went_in(rows: list[tuple[object, ...]], page: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attributes_module, "_PAGE", page)
        found = Attributes(rows)
        assert len(found) == len(rows)
        assert found == rows
        assert [[type(value) for value in row] for row in found] == [[type(value) for value in row] for row in rows]
        assert [found[zone] for zone in range(len(rows))] == rows
        assert [found[-zone] for zone in range(1, len(rows) + 1)] == rows[::-1]
        assert found[1:3] == rows[1:3]
        signs = [[math.copysign(1, value) for value in row if isinstance(value, float)] for row in found]
        assert signs == [[math.copysign(1, value) for value in row if isinstance(value, float)] for row in rows]
        texts = [value for row in rows for value in row if isinstance(value, str)]
        assert found.have("\ufffd") == any("\ufffd" in text for text in texts)
        with pytest.raises(IndexError):
            found[len(rows)]
