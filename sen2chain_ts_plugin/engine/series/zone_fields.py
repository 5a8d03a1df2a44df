"""Which field of zones most likely names them, and which one most likely sorts them: guessed by their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

# What an attribute that names a zone is likely to be called, and one that says what grows there, or whose it is.
_NAMES = ("name", "nom", "nombre", "label", "libelle", "title", "id", "code")
_GROUPS = (
    "crop", "crops", "crop_type", "culture", "cultures", "cult", "cultivo", "kultur", "landuse", "land_use", "farm",
    "exploitation", "exploitati", "ferme", "owner", "class", "classe", "type",
)  # fmt: skip
# More groups than this sort nothing.
_MOST_GROUPS = 60


def likely_name(fields: Sequence[str], texts: Sequence[str]) -> str:
    """Return the field that most likely names a zone; empty when there is none.

    Parameters
    ----------
    fields
        of the zones, in their order.
    texts
        those that hold texts.
    """
    names = {field.lower(): field for field in reversed(fields)}
    known = next((names[name] for name in _NAMES if name in names), "")
    return known or next(iter(texts), "")


def likely_group(fields: Sequence[str], values: Callable[[str], Sequence[object]]) -> str:
    """Return the field that most likely sorts zones into a few groups, such as crops; empty when there is none.

    Parameters
    ----------
    fields
        of the zones, in their order.
    values
        returns the value of each zone in a field.
    """
    names = {field.lower(): field for field in reversed(fields)}
    for name in _GROUPS:
        if name in names and 2 <= len(set(values(names[name]))) <= _MOST_GROUPS:
            return names[name]
    return ""
