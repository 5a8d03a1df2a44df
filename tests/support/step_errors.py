"""What the steps of a model report, alike in every version of QGIS."""

from __future__ import annotations

import re

from qgis.core import QgsProcessingFeedback

# Newer versions of QGIS put this before what a step says: once for each model around it, and without a name where the
# step has none.
_OF_STEP = re.compile(r"^(?:Error encountered while running [^:]*:\s*)+")


class StepErrors(QgsProcessingFeedback):
    """Feedback that remembers the errors."""

    def __init__(self) -> None:
        super().__init__(False)
        self.errors: list[str] = []

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N803 the name that QGIS calls it by
        self.errors.append(_OF_STEP.sub("", error))
