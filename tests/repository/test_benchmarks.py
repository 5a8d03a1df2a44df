"""The benchmarks time functions of the engine by their names: each of them is there."""

from __future__ import annotations

import pytest

from benchmarks import profile

NAMED = [(owner, name) for functions in profile.PARTS.values() for owner, name in functions]


@pytest.mark.parametrize(("owner", "name"), NAMED, ids=[f"{owner.__name__}.{name}" for owner, name in NAMED])
def test_what_the_profile_times_is_a_function_of_the_engine(owner: object, name: str) -> None:
    assert callable(getattr(owner, name, None))
