"""Anomaly: the value of a period compared with other years."""

from __future__ import annotations

from ..base.analysis_algorithm import NEEDS_PANDAS, AnalysisAlgorithm
from ..support.i18n import tr


class Anomaly(AnalysisAlgorithm):
    """The periods of an extraction, each compared with the same one of other years."""

    ID = "anomaly"
    TITLE = "Anomaly"
    SUMMARY = "Compares each month, week, dekad or season of a zone with the same one of other years."
    HELP = (
        "For each zone and step of the year two files say what is normal, and how far each period is from it: "
        "difference, ratio, z (in standard deviations), VCI (the place between the lowest and the highest year, 0 to "
        "100) and percentile.\n\n"
        "The layer shows z in five classes; VCI is its other style. Not for extractions of two or three years: what is "
        "normal needs more, five at the least. A month or season that the first or the last acquisition cuts is in no "
        "normal.\n\n"
        "The files are in analysis_data of the extraction."
    )
    TAGS = "sentinel-2, sen2chain, time series, curve, anomaly, drought, z-score, vci, percentile, normal, baseline"
    NEEDS = NEEDS_PANDAS

    def texts(self) -> dict[str, tuple[str, str]]:
        """See `AnalysisAlgorithm.texts`."""
        return {
            "PERIOD": (tr("Period"), tr("What is compared.")),
            "REFERENCE_MIN": (tr("First reference year"), tr("Empty: no limit.")),
            "REFERENCE_MAX": (tr("Last reference year"), tr("Empty: no limit.")),
            "LEAVE_OUT": (
                tr("Leave the year itself out"),
                tr("Compare a year with the others only; else it is among its own reference years."),
            ),
            "MIN_YEARS": (
                tr("Minimum number of years"),
                tr("With fewer reference years there is nothing to compare with: the cells are empty."),
            ),
            "SPREAD": (
                tr("Least spread"),
                tr("Years that are more alike than this, in index values, are taken to differ by this much: else a "
                   "small difference would become a great z."),
            ),
        }  # fmt: skip

    def table_label(self) -> str:
        """See `AnalysisAlgorithm.table_label`."""
        return tr("Table of the anomalies")
