"""Failures of plots and quicklooks."""

from __future__ import annotations

from .base import EngineError


class MatplotlibMissing(EngineError):
    """Pictures without matplotlib."""

    message = (
        "Pictures need the Python package matplotlib, which is not installed for this Python ({reason}). "
        "Install it: {install}"
    )


class NothingToShow(EngineError):
    """An extraction without a row for what is asked."""

    message = (
        "{folder} has no rows for these indices, cloud masks and dates: nothing to show. Extracted there: {there}."
    )


class KeyFieldUnknown(EngineError):
    """A field that the zones do not have."""

    message = "The zones have no field '{field}'. Their fields: {there}."


class GroupFieldUnknown(KeyFieldUnknown):
    """A field to group the zones by, which they do not have."""
