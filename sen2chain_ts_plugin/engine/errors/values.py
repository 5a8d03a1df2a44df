"""Failures of values that are given for a parameter."""

from __future__ import annotations

from .base import EngineError


class ValueMissing(EngineError):
    """A parameter that has to be given, and is not."""

    message = "{name} is missing: give {expected}."


class ValueNotUnderstood(EngineError):
    """A value that is not what its parameter takes."""

    message = "{name} is {value}, not {expected}."


class ValueOutside(EngineError):
    """A number outside the range of its parameter."""

    message = "{name} is {value}; it takes numbers {range}."


class ValueRefused(EngineError):
    """A value of the right form that cannot be, for the reason that another failure gives."""

    message = "{name}: {problem}"
