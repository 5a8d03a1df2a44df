"""Phenology: the seasons of each zone."""

from __future__ import annotations

from ..base.analysis_algorithm import AnalysisAlgorithm, curve_texts
from ..support.i18n import tr


class Phenology(AnalysisAlgorithm):
    """The seasons of the zones of an extraction."""

    ID = "phenology"
    TITLE = "Phenology"
    SUMMARY = "Finds the seasons of each zone: start, peak and end, length and amplitude."
    HELP = (
        "A curve is drawn through the dates of each zone, as Smooth does. A season is a peak of the curve between two "
        "lows, when it is high enough. It starts and ends where the curve passes a part of the way from the low to the "
        "peak, or where it is steepest.\n\n"
        "flags: gap where a season has a long time without observation, edge where the curve begins or ends within it. "
        "Not for forests that stay green, and not for zones with a date a month: dates between observations are the "
        "curve's, not the field's.\n\n"
        "The layer shows when seasons start. The files are in analysis_data of the extraction."
    )
    TAGS = (
        "sentinel-2, sen2chain, time series, phenology, curve, "
        "harvest, season, start of season, green-up, crop, agriculture"
    )
    THREADED = True

    def texts(self) -> dict[str, tuple[str, str]]:
        """See `AnalysisAlgorithm.texts`."""
        return {
            "METHOD": (
                tr("Method"),
                tr("threshold: where the curve passes a part of the way from the low to the peak. derivative: where it "
                   "is steepest."),
            ),
            "FRACTION": (tr("Part of the way to the peak"), tr("For threshold: 0.2 is a fifth of the amplitude.")),
            "MIN_AMPLITUDE": (tr("Minimum amplitude"), tr("Smaller ups and downs, in index values, are no seasons.")),
            "RELATIVE_AMPLITUDE": (
                tr("Minimum share of the curve's range"),
                tr("Ups and downs smaller than this share of the range of the curve (percentiles 5 to 95) are no "
                   "seasons either."),
            ),
            "MIN_LENGTH": (tr("Minimum length (days)"), tr("Shorter seasons are dropped.")),
            "MAX_SEASONS": (tr("Maximum number of seasons a year"), tr("Of more the largest are kept.")),
            "MAX_GAP_IN_SEASON": (
                tr("Longest gap in a season (days)"),
                tr("Seasons with a longer time between two observations are flagged with gap."),
            ),
            "CURVE": (
                tr("Method of the curve"),
                tr("whittaker: stiff where there is little to see. savgol: Savitzky-Golay, needs scipy. linear: "
                   "straight lines."),
            ),
            **curve_texts(),
        }  # fmt: skip

    def table_label(self) -> str:
        """See `AnalysisAlgorithm.table_label`."""
        return tr("Table of the seasons")
