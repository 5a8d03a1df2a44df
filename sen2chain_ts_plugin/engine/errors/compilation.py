"""Failures of compile and of smoothing."""

from __future__ import annotations

from .base import EngineError


class UnknownPeriod(EngineError):
    """A period that compile does not know."""

    message = "Unknown period '{period}'. Known: {known}."


class CustomNeedsDates(EngineError):
    """The custom period without the dates that bound it."""

    message = "The period 'custom' needs both a first and a last date."


class DatesReversed(EngineError):
    """A last date before the first one."""

    message = "The last date {last} is before the first date {first}. Swap them."


class ScipyMissing(EngineError):
    """Smoothing without scipy."""

    message = (
        "Smoothing needs the Python package scipy, which is not installed for this Python ({reason}). Install it, "
        "or run without smoothing. To install it: {install}"
    )


class SmoothingRefused(EngineError):
    """Settings of the smoothing that the filter does not take."""

    message = (
        "Cannot smooth with a window of {window_length} dates and polynomials of order {polyorder}: {reason}. "
        "The window should be an odd number greater than the order."
    )


class NotCompiled(EngineError):
    """A compiled file that is not there."""

    message = "{path} is not there. Run Compile on this extraction first, with these indices and cloud masks."


class PandasMissing(EngineError):
    """A table without pandas."""

    message = (
        "Tables need the Python package pandas, which is not installed for this Python ({reason}). "
        "Install it: {install}"
    )
