"""All rows of an index and mask at once, as plots and quicklooks see them part by part."""

from __future__ import annotations

from sen2chain_ts_plugin.engine.feedback import Feedback
from sen2chain_ts_plugin.engine.series.series_source import open_zone_series
from sen2chain_ts_plugin.engine.series.zone_series import Choice, ZoneSeries, unique_labels
from sen2chain_ts_plugin.engine.tree.layout import Tree


def read_zone_series(tree: Tree, index: str, mask_folder: str, choice: Choice, feedback: Feedback) -> ZoneSeries:
    """Return the rows within the dates, with the names of the zones."""
    source = open_zone_series(tree, index, mask_folder, choice, feedback)
    parts = list(source.parts(feedback))
    return source.joined(parts, unique_labels({zone.fid: zone.label for part in parts for zone in part.zones}))
