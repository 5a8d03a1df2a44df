"""Where indices come from, as extract, timeseries, inventory and savejob ask for it."""

from __future__ import annotations

from ...engine.choices import AUTO_SOURCE, INDEX_SOURCES
from ..support.i18n import tr
from ..support.names import INDEX_SOURCE
from .algorithm import EngineAlgorithm
from .declarations import words_parameter


def declare_index_source(algorithm: EngineAlgorithm) -> None:
    """Declare where indices come from."""
    algorithm.declare(
        words_parameter(
            INDEX_SOURCE, tr("Source of the indices"), list(INDEX_SOURCES), several=False, default=AUTO_SOURCE
        ),
        tr("library: the indices that Sen2Chain made; l2a: computed from the bands of L2A products (.SAFE); auto: "
           "library where the library has indices, else l2a."),
        advanced=True,
    )  # fmt: skip
