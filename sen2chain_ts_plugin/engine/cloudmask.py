"""The name of a cloud mask, parsed and written: ``CM004-CSH1-CMP1-CHP1-TCI1-ITER1`` <-> its parameters.

Source of the format: the file names of Sen2Chain 1.4.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .errors import UnknownCloudMask

DEFAULT = "CM004-CSH1-CMP1-CHP1-TCI1-ITER1"
OCM = "OCM"
_FORMS = {
    "CM001": re.compile(r"CM001"),
    "CM002": re.compile(r"CM002-B11"),
    "CM003": re.compile(r"CM003-PRB(?P<PRB>\d{1,3})-ITER(?P<ITER>\d{1,3})"),
    "CM004": re.compile(
        r"CM004-CSH(?P<CSH>[01])-CMP(?P<CMP>[01])-CHP(?P<CHP>[01])-TCI(?P<TCI>[01])-ITER(?P<ITER>\d{1,3})"
    ),
    "OCM": re.compile(r"OCM(?:_v(?P<x>\d{1,4})_(?P<y>\d{1,4})_(?P<z>\d{1,4}))?"),
}


@dataclass(frozen=True, order=True)
class CloudMask:
    """A cloud mask version with its parameters.

    Attributes
    ----------
    version
        ``CM001``, ``CM002``, ``CM003``, ``CM004`` or ``OCM``.
    parameters
        pairs of a parameter's short name and its value, in the order of the name: ``(("PRB", 1), ("ITER", 5))``.
        ``OCM`` without parameters stands for the newest version of each product.
    """

    version: str
    parameters: tuple[tuple[str, int], ...] = ()

    @property
    def name(self) -> str:
        """The name as it stands in file names."""
        if self.version == "CM002":
            return "CM002-B11"
        if self.version == OCM:
            numbers = "_".join(str(value) for _, value in self.parameters)
            return f"{OCM}_v{numbers}" if numbers else OCM
        return "-".join([self.version, *(f"{key}{value}" for key, value in self.parameters)])

    @property
    def folder(self) -> str:
        """The name of its folder in an extraction tree: the full name, but ``OCM`` for every version of OCM."""
        return OCM if self.version == OCM else self.name


def parse(text: str) -> CloudMask:
    """Read one cloud mask name.

    Parameters
    ----------
    text
        as in file names: ``CM001``, ``CM003-PRB1-ITER5``, ``OCM``.

    Raises
    ------
    UnknownCloudMask
        the text is no name of a cloud mask.
    """
    for version, form in _FORMS.items():
        match = form.fullmatch(text)
        if match:
            values = ((key, int(value)) for key, value in match.groupdict().items() if value is not None)
            mask = CloudMask(version, tuple(values))
            if mask.name == text:  # a number written with leading zeros names no file of Sen2Chain
                return mask
    raise UnknownCloudMask(name=text)


def is_mask_folder(name: str) -> bool:
    """Tell whether a folder of an extraction tree is that of a cloud mask."""
    try:
        return parse(name).folder == name
    except UnknownCloudMask:
        return False


def parse_list(text: str) -> list[CloudMask]:
    """Read several names separated by ``/`` or ``,``; repeats count once, the order is kept.

    Parameters
    ----------
    text
        names as in file names: ``CM001/CM003-PRB1-ITER5``.

    Raises
    ------
    UnknownCloudMask
        an item is no name of a cloud mask, or there is none.
    """
    names = [name.strip() for name in re.split(r"[/,]", text)]
    names = [name for name in names if name]
    if not names:
        raise UnknownCloudMask(name=text)
    return list(dict.fromkeys(parse(name) for name in names))
