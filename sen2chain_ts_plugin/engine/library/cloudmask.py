"""The name of a cloud mask, parsed and written: ``CM004-CSH1-CMP1-CHP1-TCI1-ITER1`` <-> its parameters.

Names of masks that Sen2Chain applied (produced masks) are those of its file names, source: Sen2Chain 1.4.1. Names of
masks that are applied while reading, and the endings of all, are this plugin's::

    <produced>-VRT | SCL[-<class>…] | PRB-<p> | NOMASK     then [-DIL<m>]  [-TOUCH | -FRAC]  [-L2A]

This is the only place that reads and writes these names and endings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from ..errors import CloudMaskMalformed, Phrase, UnknownCloudMask

DEFAULT = "CM004-CSH1-CMP1-CHP1-TCI1-ITER1"
# Of a library without indices of Sen2Chain.
DEFAULT_L2A = "SCL"
OCM, SCL, PRB, NOMASK = "OCM", "SCL", "PRB", "NOMASK"
VIRTUAL_ENDING, L2A_ENDING = "-VRT", "-L2A"
# Which pixels belong to a zone, where it is not the centre that decides.
TOUCH, FRAC = "TOUCH", "FRAC"
# No data, defective, shadow, and the three kinds of cloud of the scene classification.
DEFAULT_CLASSES = (0, 1, 3, 8, 9, 10)
LARGEST_CLASS = 11
# Of the rasters that masks are made of, in metres; a dilation is a multiple of it.
MASK_PIXEL = 20
LARGEST_DILATION = 2000

# The raster a mask is read from.
MASK_RASTER, CLASSES_RASTER, PROBABILITY_RASTER = "mask", "scl", "probability"
# Of the masks that are only applied while reading; empty for none.
_READ_FROM = {SCL: CLASSES_RASTER, PRB: PROBABILITY_RASTER, NOMASK: ""}
# What Sen2Chain computes the masks from that are computed here where their raster is missing.
_COMPUTED_FROM = {"CM001": PROBABILITY_RASTER, "CM003": PROBABILITY_RASTER, "CM004": CLASSES_RASTER}

_PRODUCED = {
    "CM001": re.compile(r"CM001"),
    "CM002": re.compile(r"CM002-B11"),
    "CM003": re.compile(r"CM003-PRB(?P<PRB>\d{1,3})-ITER(?P<ITER>\d{1,3})", re.ASCII),
    "CM004": re.compile(
        r"CM004-CSH(?P<CSH>[01])-CMP(?P<CMP>[01])-CHP(?P<CHP>[01])-TCI(?P<TCI>[01])-ITER(?P<ITER>\d{1,3})", re.ASCII
    ),
    "OCM": re.compile(r"OCM(?:_v(?P<x>\d{1,4})_(?P<y>\d{1,4})_(?P<z>\d{1,4}))?", re.ASCII),
}
# A name of each of them, for messages and help.
PRODUCED_NAMES = ("CM001", "CM002-B11", "CM003-PRB1-ITER5", DEFAULT, OCM)
# Every kind of mask, see `CloudMask.version`.
VERSIONS = (*_PRODUCED, *_READ_FROM)
_ENDINGS = re.compile(
    r"(?P<base>.*?)(?P<virtual>-VRT)?(?:-DIL(?P<dilation>\d+))?(?:-(?P<pixels>TOUCH|FRAC))?(?P<l2a>-L2A)?", re.ASCII
)
_CLASSES = re.compile(r"SCL(?P<classes>(?:-\d+)*)", re.ASCII)
_PROBABILITY = re.compile(r"PRB-(?P<least>\d+)", re.ASCII)


@dataclass(frozen=True, order=True)
class CloudMask:
    """A cloud mask with its parameters, and how it is applied.

    Attributes
    ----------
    version
        Kind of the mask: ``CM001``, ``CM002``, ``CM003``, ``CM004``, ``OCM``, ``SCL``, ``PRB`` or ``NOMASK``.
    parameters
        Pairs of a parameter's short name and its value, in the order of the name: ``(("PRB", 1), ("ITER", 5))``.
        ``OCM`` without parameters means the newest version of each product.
    virtual
        Whether it is one of Sen2Chain's masks, applied while reading (``-VRT``).
    dilation
        Distance in metres by which it is widened (``-DIL<m>``).
    pixels
        Rule of the pixels of a zone, ``TOUCH`` or ``FRAC``; empty where the centre of a pixel decides.
    l2a
        Whether the index is computed from the bands of the L2A product (``-L2A``).
    """

    version: str
    parameters: tuple[tuple[str, int], ...] = ()
    virtual: bool = False
    dilation: int = 0
    pixels: str = ""
    l2a: bool = False

    @cached_property
    def name(self) -> str:
        """The name as it is in file names."""
        if self.version == OCM and self.parameters:
            return f"{OCM}_v{'_'.join(str(value) for _, value in self.parameters)}" + self._endings
        return self._base + self._endings

    @property
    def folder(self) -> str:
        """The name of its folder in an extraction tree: the full name, but ``OCM`` for every version of OCM."""
        return self._base + self._endings

    @property
    def is_produced(self) -> bool:
        """Whether Sen2Chain applied it, so that each product has a masked raster."""
        return not self.virtual and self.version not in _READ_FROM

    @property
    def plain(self) -> CloudMask:
        """The mask alone, whatever pixels it is applied to: without ``-TOUCH``, ``-FRAC`` and ``-L2A``."""
        return replace(self, pixels="", l2a=False)

    @property
    def raster(self) -> str:
        """The raster that it is read from while reading; empty for none."""
        return _READ_FROM.get(self.version, MASK_RASTER if self.virtual else "")

    @property
    def computed_from(self) -> str:
        """The raster that it is computed from where its own is missing; empty where it cannot be."""
        endless = self.version == "CM003" and dict(self.parameters)["ITER"] == 0
        return _COMPUTED_FROM.get(self.version, "") if self.virtual and not endless else ""

    @property
    def classes(self) -> tuple[int, ...]:
        """The masked classes of the scene classification, of ``SCL`` and of ``CM004``."""
        if self.version == SCL:
            return tuple(value for _, value in self.parameters)
        flags = dict(self.parameters)
        return tuple(value for value, key in ((3, "CSH"), (8, "CMP"), (9, "CHP"), (10, "TCI")) if flags.get(key))

    @property
    def _base(self) -> str:
        if self.version == "CM002":
            return "CM002-B11"
        if self.version == OCM:
            return OCM
        return "-".join([self.version, *(f"{key}{value}" for key, value in self.parameters)])

    @property
    def _endings(self) -> str:
        return "".join(
            [
                VIRTUAL_ENDING if self.virtual else "",
                f"-DIL{self.dilation}" if self.dilation else "",
                f"-{self.pixels}" if self.pixels else "",
                L2A_ENDING if self.l2a else "",
            ]
        )


@lru_cache(maxsize=1024)  # a library has a few names, and each of them many times
def parse(text: str) -> CloudMask:
    """Read one cloud mask name; the classes of ``SCL`` may come in any order.

    Parameters
    ----------
    text
        Name as in file names: ``CM001``, ``CM003-PRB1-ITER5``, ``OCM``, ``CM001-VRT-DIL40``, ``SCL-3-8-9``, ``PRB-50``.

    Returns
    -------
    CloudMask
        The mask. Its ``name`` is the canonical form of the text.

    Raises
    ------
    UnknownCloudMask
        If the text is not the name of a cloud mask.
    CloudMaskMalformed
        If it is one with a class, a probability or an ending that does not exist. A subclass of UnknownCloudMask.
    """
    match = _ENDINGS.fullmatch(text)
    if match is None:  # a line break
        raise _unknown(text)
    base = _parse_base(text, match["base"])
    mask = replace(
        base,
        virtual=match["virtual"] is not None,
        dilation=_dilation(text, match["dilation"]),
        pixels=match["pixels"] or "",
        l2a=match["l2a"] is not None,
    )
    _check_endings(text, mask)
    return mask


def _parse_base(text: str, base: str) -> CloudMask:
    for version, form in _PRODUCED.items():
        match = form.fullmatch(base)
        if match:
            values = ((key, int(value)) for key, value in match.groupdict().items() if value is not None)
            mask = CloudMask(version, tuple(values))
            if mask.name == base:  # a number written with leading zeros names no file of Sen2Chain
                return mask
    if base == NOMASK:
        return CloudMask(NOMASK)
    match = _CLASSES.fullmatch(base)
    if match:
        return CloudMask(SCL, tuple(("", value) for value in _classes(text, match["classes"])))
    match = _PROBABILITY.fullmatch(base)
    if match:
        least = _number(text, match["least"])
        if not 1 <= least <= 100:
            raise CloudMaskMalformed(name=text, reason=Phrase("a cloud probability is from 1 to 100"))
        return CloudMask(PRB, (("", least),))
    raise _unknown(text)


def _unknown(text: str) -> UnknownCloudMask:
    return UnknownCloudMask(name=text, produced=", ".join(PRODUCED_NAMES))


def _classes(text: str, numbers: str) -> list[int]:
    """Return the classes, each once, ascending."""
    found = sorted({_number(text, number) for number in numbers.split("-")[1:]})
    if found and found[-1] > LARGEST_CLASS:
        raise CloudMaskMalformed(
            name=text, reason=Phrase("the scene classification has the classes 0 to {largest}", largest=LARGEST_CLASS)
        )
    return found or list(DEFAULT_CLASSES)


def _dilation(text: str, number: str | None) -> int:
    if number is None:
        return 0
    metres = _number(text, number)
    if metres % MASK_PIXEL or not MASK_PIXEL <= metres <= LARGEST_DILATION:
        raise CloudMaskMalformed(
            name=text,
            reason=Phrase(
                "a dilation is a multiple of {least}, from {least} to {most} m",
                least=MASK_PIXEL, most=LARGEST_DILATION,
            ),
        )  # fmt: skip
    return metres


def _number(text: str, digits: str) -> int:
    if digits != "0" and digits.startswith("0"):
        raise CloudMaskMalformed(name=text, reason=Phrase("numbers are written without leading zeros"))
    return int(digits[:9])  # what is longer is too large too


def _check_endings(text: str, mask: CloudMask) -> None:
    """Make sure that the endings suit the mask."""
    reason = None
    if mask.virtual and mask.version in _READ_FROM:
        reason = Phrase("{mask} is always applied while reading, without -VRT", mask=mask.version)
    elif mask.virtual and mask.version == OCM and mask.parameters:
        reason = Phrase("OCM-VRT takes the newest version of each product")
    elif mask.dilation and mask.version == NOMASK:
        reason = Phrase("NOMASK masks nothing that could be dilated")
    elif mask.dilation and mask.is_produced:
        reason = Phrase("a mask that Sen2Chain applied cannot be dilated; its name with -VRT before -DIL can")
    elif mask.l2a and mask.is_produced:
        reason = Phrase("indices computed from L2A bands have no mask that Sen2Chain applied; its name with -VRT works")
    if reason is not None:
        raise CloudMaskMalformed(name=text, reason=reason)


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
        Names as in file names: ``CM001/CM003-PRB1-ITER5``.

    Returns
    -------
    list of CloudMask
        The masks, at least one.

    Raises
    ------
    UnknownCloudMask
        If an item is not the name of a cloud mask, or the text has no item.
    """
    names = [name.strip() for name in re.split(r"[/,]", text)]
    names = [name for name in names if name]
    if not names:
        raise _unknown(text)
    return list(dict.fromkeys(parse(name) for name in names))
