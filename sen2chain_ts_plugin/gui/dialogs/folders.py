"""The libraries and the extractions that are known: those used before, and what lies in the default library."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ...engine.errors import EngineError
from ...engine.feedback import Feedback, check
from ...engine.library.folders import open_library
from ...engine.tree.layout import tree_folders
from ...processing.support.options import default_library
from ..common import settings
from ..common.choice_list import Offer
from ..common.tree_summary import summaries_of


def libraries() -> list[str]:
    """Return the folders of libraries that are known and still there, the latest first."""
    found = dict.fromkeys([*settings.recent(settings.LIBRARIES), default_library()])
    return [folder for folder in found if folder and os.path.isdir(folder)]


def extraction_folders() -> list[Path]:
    """Return folders that are, or were, extractions: the latest first, then those of the libraries."""
    found = [Path(folder) for folder in settings.recent(settings.EXTRACTIONS)]
    for folder in [*libraries(), ""]:
        try:
            root = open_library(Path(folder) if folder else None).extraction
            found += [tree.folder for tree in tree_folders(root)]
        except (EngineError, OSError):
            continue  # no library, or not any more
    return list(dict.fromkeys(found))


def known_libraries(_: Feedback) -> Sequence[Offer]:
    """Return the libraries to offer."""
    return [Offer(folder, folder) for folder in libraries()]


def known_extractions(feedback: Feedback) -> Sequence[Offer]:
    """Return the extractions to offer, each with its zones, its indices and when it was last written to."""
    offers = []
    for folder in extraction_folders():
        check(feedback)
        offers += [Offer(str(each.tree.folder), each.words(), str(each.tree.folder)) for each in summaries_of([folder])]
    return offers
