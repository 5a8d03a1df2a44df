"""Trend: whether the years of a zone go up or down."""

from __future__ import annotations

from ..base.analysis_algorithm import NEEDS_PANDAS, AnalysisAlgorithm
from ..support.i18n import tr


class Trend(AnalysisAlgorithm):
    """The years of an extraction, and whether they go up or down."""

    ID = "trend"
    TITLE = "Trend"
    SUMMARY = "Tests whether the years of each zone go up or down, and measures how fast."
    HELP = (
        "Each zone has one value a year, over all months or some of them. The Mann-Kendall test tells whether the "
        "years go up or down (p: how probable so much order would be without a trend), the Theil-Sen slope how fast, "
        "in index values per year, with an interval of 95 %.\n\n"
        "Not for few years: with five a trend must be without exception to be significant. Limit the months to those "
        "that every year has.\n\n"
        "The files are in analysis_data of the extraction."
    )
    TAGS = "sentinel-2, sen2chain, time series, curve, trend, mann-kendall, theil-sen, slope, degradation"
    NEEDS = NEEDS_PANDAS

    def texts(self) -> dict[str, tuple[str, str]]:
        """See `AnalysisAlgorithm.texts`."""
        return {
            "FROM_MONTH": (tr("First month"), tr("1 to 12: the first month that counts.")),
            "TO_MONTH": (
                tr("Last month"),
                tr("1 to 12. Before the first month: a range over the turn of the year, which belongs to the year in "
                   "which it begins."),
            ),
            "MIN_YEARS": (tr("Minimum number of years"), tr("Zones with fewer years have no trend.")),
        }  # fmt: skip

    def table_label(self) -> str:
        """See `AnalysisAlgorithm.table_label`."""
        return tr("Table of the trends")
