"""Where the figures of an extraction go."""

from __future__ import annotations

from pathlib import Path

from ..files import check_inside
from ..tree.layout import Tree


def figures_folder(tree: Tree, root: Path | None, kind: str) -> Path:
    """Return the folder of one kind of figures, ``<root>/<name>_<checksum>/<kind>``.

    Parameters
    ----------
    tree
        the extraction.
    root
        the folder that the user chose; None for where the extraction is, so that the figures are inside it.
    kind
        like ``plots``.

    Raises
    ------
    LeadsOutside
        inside the extraction, a symbolic link leads out of it.
    """
    folder = (root or tree.folder.parent) / tree.folder.name / kind
    if root is None:
        check_inside(folder, tree.folder)
    return folder
