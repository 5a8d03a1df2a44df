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

    message = "The last date {last} is before the first date {first}. Exchange them."


class ScipyMissing(EngineError):
    """Smoothing without scipy."""

    message = (
        "Smoothing needs the Python package scipy, which is not installed for this Python ({reason}). Install it "
        "(Debian: python3-scipy; OSGeo4W: python3-scipy; conda: scipy), or run without smoothing."
    )


class SmoothingRefused(EngineError):
    """Settings of the smoothing that the filter does not take."""

    message = (
        "Cannot smooth with a window of {window_length} dates and polynomials of order {polyorder}: {reason}. "
        "The window should be an odd number greater than the order."
    )
