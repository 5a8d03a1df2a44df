"""The cloud masks that the library or the extraction of a run has, for the error that refuses another one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...engine.choices import INDICES
from ...engine.errors import EngineError
from ..support.names import EXTRACTION, LIBRARY

if TYPE_CHECKING:
    from .parameters import Values


def masks_there(values: Values) -> tuple[Path, list[str]] | None:
    """Return where the cloud masks of a run are looked for, and their names; None where that is not known."""
    try:
        if values.knows(EXTRACTION):
            return _masks_of_extraction(values)
        return _masks_of_library(values) if values.knows(LIBRARY) else None
    except EngineError:
        return None


def _masks_of_library(values: Values) -> tuple[Path, list[str]]:
    from ...engine.library.folders import open_library
    from ...engine.library.products import cloudmasks_of

    library = open_library(values.path(LIBRARY))
    return library.indices, [mask.name for mask in cloudmasks_of(library, INDICES)]


def _masks_of_extraction(values: Values) -> tuple[Path, list[str]]:
    from ...engine.library.cloudmask import is_mask_folder
    from ...engine.tree.layout import open_tree

    folder = open_tree(values.needed_path(EXTRACTION)).folder / "raw_data"
    return folder, sorted({path.name for path in folder.glob("*/*") if is_mask_folder(path.name)})
