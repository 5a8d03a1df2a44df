"""Which analyses follow a task of a job, as savejob asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...engine.analysis.parameters import KINDS
from ..support.i18n import tr
from .algorithm import EngineAlgorithm
from .declarations import text_parameter, words_parameter
from .parameters import Values
from .value_forms import about

if TYPE_CHECKING:
    from ...engine.jobs.store import JobFile
    from ...engine.jobs.task_analyses import Asked

ANALYSES = "ANALYSES"
ANALYSIS_SETTINGS = "ANALYSIS_SETTINGS"
# The command line refuses an empty choice.
_NOTHING = "none"


def declare_analyses(algorithm: EngineAlgorithm) -> None:
    """Declare the analyses, and their settings."""
    kinds = [*KINDS, _NOTHING]
    algorithm.declare(
        words_parameter(ANALYSES, tr("Analyses after the compile"), kinds, default=[_NOTHING]),
        tr("Analyses of the rows that the task extracts, each with its defaults. On the command line: {names}.").format(
            names=", ".join(kinds)
        ),
    )
    algorithm.declare(
        text_parameter(ANALYSIS_SETTINGS, tr("Settings of the analyses")),
        tr("What is not the default, separated by ;: smooth.STEP=10; aggregate.PERIOD=dekad; "
           "aggregate.STATISTICS=mean,dates. Kept in a file next to the job."),
        advanced=True,
    )  # fmt: skip


def analyses_asked(values: Values, file: JobFile, task: int | None) -> Asked:
    """Return which analyses are to follow a task, with their settings as texts.

    Parameters
    ----------
    values
        what is given.
    file
        the job.
    task
        the number of a task that is there: what is not given stays as it is; None for a new one.
    """
    from ...engine.jobs.task_analyses import asked_of_task, parse_settings

    there = {} if task is None else asked_of_task(file, task)
    kinds = values.words(ANALYSES) if values.given(ANALYSES) else tuple(there)
    if values.given(ANALYSIS_SETTINGS):
        with about(ANALYSIS_SETTINGS):
            return parse_settings(kinds, values.text(ANALYSIS_SETTINGS))
    return {kind: there.get(kind, {}) for kind in KINDS if kind in kinds}
