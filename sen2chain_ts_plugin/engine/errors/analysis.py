"""Failures of the analyses."""

from __future__ import annotations

from .base import EngineError


class SettingRefused(EngineError):
    """A setting of an analysis that cannot be."""

    message = "{name} is '{value}'. Give {wanted}."


class AnalysisFilesKept(EngineError):
    """Files in the place of results that are not ours, or no longer as we wrote them."""

    message = (
        "Not replaced, because others made or changed them since: {files}. Move them to another folder or delete them, "
        "and run again."
    )


class NotSmoothed(EngineError):
    """A smoothed file that is not there."""

    message = "{path} is not there. Run the algorithm Smooth (sen2chain_ts:smooth) on this extraction first."


class SmoothedFileDamaged(EngineError):
    """A smoothed file that cannot be read."""

    message = "{path} is damaged: {reason}. Delete it and run the algorithm Smooth (sen2chain_ts:smooth) again."


class TooManyColumns(EngineError):
    """A wide table that no program opens."""

    message = (
        "The wide table would have {number} columns of periods; {limit} is the most. Choose a longer PERIOD, or leave "
        "WIDE at none."
    )


class TableColumnMissing(EngineError):
    """A table for an analysis without one of its columns."""

    message = "The table has no column '{column}'. It needs: {wanted}."


class TableValueInvalid(EngineError):
    """A value in a table for an analysis that cannot be."""

    message = "Column '{column}' of the table holds '{value}': {wanted}."
