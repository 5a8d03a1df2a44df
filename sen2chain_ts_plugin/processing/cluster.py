"""Who does the work: workers in QGIS, or those of a Dask cluster whose scheduler's address is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext

from .algorithm import EngineAlgorithm, text_parameter
from .i18n import tr

if TYPE_CHECKING:
    from ..engine.executor import Executor

DASK_SCHEDULER = "DASK_SCHEDULER"


def declare_scheduler(algorithm: EngineAlgorithm) -> None:
    """Declare the address of a scheduler."""
    algorithm.declare(
        text_parameter(DASK_SCHEDULER, tr("Dask scheduler")),
        tr("Address of the scheduler of a running Dask cluster, such as tcp://host:8786, whose workers read the "
           "rasters instead of this computer; library and results have the same paths there. Empty: work here. The "
           "result is the same."),
        advanced=True,
    )  # fmt: skip


def executor_of(
    algorithm: EngineAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, threads: int
) -> Executor:
    """Return the workers that are asked for."""
    from ..engine.dask_executor import DaskExecutor
    from .tasks import TaskExecutor

    address = algorithm.parameterAsString(parameters, DASK_SCHEDULER, context).strip()
    return DaskExecutor(address) if address else TaskExecutor(threads)
