"""What there is to say of an extraction where it is offered: its zones, its indices, when it was last written to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ...engine.errors import NotAnExtraction
from ...engine.files import system_path
from ...engine.series.curves import extracted
from ...engine.tree.layout import Tree, open_tree, zone_count
from ...processing.support.i18n import tr
from .localised import moment_text


@dataclass(frozen=True)
class TreeSummary:
    """An extraction in a few facts.

    Attributes
    ----------
    tree
        the extraction.
    zones
        how many it has; 0 where its shapefile is missing.
    files
        how many raw files, by index and by folder of the cloud mask.
    changed
        when rows came last, in local time; None where there are none.
    """

    tree: Tree
    zones: int
    files: dict[str, dict[str, int]]
    changed: datetime | None

    def words(self) -> str:
        """Return name, zones, indices and date in one line; two extractions of one name are told apart by it."""
        parts = [f"{self.tree.name} ({self.tree.folder.parent.name})", tr("{n} zones").format(n=self.zones)]
        if self.files:
            parts.append(", ".join(self.files))
        if self.changed is not None:
            parts.append(moment_text(self.changed))
        return "   ".join(parts)


def summary_of(tree: Tree) -> TreeSummary:
    """Look at an extraction; nothing of its rows is read."""
    files = extracted(tree)
    folders = [tree.raw_folder(index, mask) for index, masks in files.items() for mask in masks]
    moments = [os.path.getmtime(system_path(folder)) for folder in folders]
    changed = datetime.fromtimestamp(max(moments)) if moments else None
    return TreeSummary(tree, zone_count(tree), files, changed)


def summaries_of(folders: Sequence[Path]) -> list[TreeSummary]:
    """Look at extractions, each once; folders that are none, or not any more, are left out."""
    found: dict[Path, TreeSummary] = {}
    for folder in folders:
        try:
            tree = open_tree(folder)
            if tree.folder not in found:
                found[tree.folder] = summary_of(tree)
        except (NotAnExtraction, OSError):
            continue  # moved or deleted since
    return list(found.values())
