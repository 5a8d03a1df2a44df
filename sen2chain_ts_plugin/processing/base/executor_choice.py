"""Who does the work: workers in QGIS, or those of a Dask cluster whose scheduler's address is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext

from ..support.i18n import tr
from .algorithm import EngineAlgorithm
from .declarations import text_parameter

if TYPE_CHECKING:
    from ...engine.workers.executor import Executor

DASK_SCHEDULER = "DASK_SCHEDULER"


def declare_scheduler(algorithm: EngineAlgorithm) -> None:
    """Declare the address of a scheduler."""
    algorithm.declare(
        text_parameter(DASK_SCHEDULER, tr("Dask scheduler")),
        tr("Address of the scheduler of a running Dask cluster, such as tcp://host:8786, whose workers do the "
           "work instead of this computer; library and results have the same paths there. Empty: work here. The "
           "result is the same."),
        advanced=True,
    )  # fmt: skip


def executor_of(
    algorithm: EngineAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, threads: int
) -> Executor:
    """Return the workers that are asked for."""
    from ...engine.workers.dask_cluster import DaskExecutor
    from ..support.task_executor import TaskExecutor

    address = algorithm.values(parameters, context).text(DASK_SCHEDULER).strip()
    return DaskExecutor(address) if address else TaskExecutor(threads)
