"""Smooth: a curve through the true dates of each zone."""

from __future__ import annotations

from ..base.analysis_algorithm import AnalysisAlgorithm, curve_texts
from ..support.i18n import tr


class Smooth(AnalysisAlgorithm):
    """The observations of an extraction, with a curve through them."""

    ID = "smooth"
    TITLE = "Smooth"
    SUMMARY = "Draws a curve through the dates of each zone, robust against clouds that the mask has missed."
    HELP = (
        "Each zone gets a curve of daily steps through the days on which it was really seen, by default a Whittaker "
        "smoother whose stiffness is chosen for each zone. Drops that come back at once, as after a cloud that the "
        "mask has missed, are left out first, and what lies far from the curve counts little. The file has a row for "
        "every date of a grid that all zones and runs share, and for every observation.\n\n"
        "A sharp step, such as a harvest, is rounded. A meadow that grows back between two dates looks like a spike: "
        "for meadows, switch off 'Spikes also where no cloud is known'.\n\n"
        "The files are in analysis_data of the extraction. Compile's own smoothing is Sen2Chain's, and stays as it "
        "is."
    )
    TAGS = "sentinel-2, sen2chain, time series, smoothing, whittaker, savitzky-golay, curve, gap filling, despike"
    THREADED = True

    def texts(self) -> dict[str, tuple[str, str]]:
        """See `AnalysisAlgorithm.texts`."""
        method = tr(
            "whittaker: stiff where there is little to see. savgol: Savitzky-Golay, needs scipy. linear: straight "
            "lines."
        )
        return {"METHOD": (tr("Method"), method), **curve_texts()}

    def table_label(self) -> str:
        """See `AnalysisAlgorithm.table_label`."""
        return tr("Table of the curves")
