"""What is added to the digital numbers of an L2A product before they are reflectances x 10 000.

From processing baseline 04.00 on (25 January 2022, and all that was processed again since) values are stored with
``BOA_ADD_OFFSET`` -1000, so that dark pixels need not be cut at 0. The baseline decides, not the date of acquisition.
Source: the Sentinel-2 Products Specification Document, version 14.9, and metadata of real products.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..errors import MetadataDisagrees, Phrase, RasterUnreadable
from ..files import read_bytes
from ..library.product_id import ProductId
from ..library.safe import LARGEST_XML

# By the band_id of the metadata.
_BANDS = ("B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B09", "B10", "B11", "B12")
_FIRST_WITH_OFFSET = 400  # baseline 04.00
_OFFSET = -1000
_QUANTIFICATION = 10_000.0

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_ROOT = re.compile(rb"<([A-Za-z_][\w:.-]*)[\s>]")
_BASELINE = re.compile(rb"<PROCESSING_BASELINE>\s*(\d\d)\.(\d\d)\s*</PROCESSING_BASELINE>")
_SCALE = re.compile(rb"<BOA_QUANTIFICATION_VALUE\b[^>]*>\s*(\d+(?:\.\d+)?)\s*</BOA_QUANTIFICATION_VALUE>")
_LIST = re.compile(rb"<BOA_ADD_OFFSET_VALUES_LIST\s*>")
_VALUE = re.compile(
    rb"""<BOA_ADD_OFFSET\s+band_id\s*=\s*["'](\d{1,2})["']\s*>\s*([+-]?\d{1,6})(?:\.0*)?\s*</BOA_ADD_OFFSET>"""
)


def offsets_of(product: ProductId, path: Path | None, bands: Iterable[str]) -> Mapping[str, int]:
    """Return the offset of each band of a product.

    Parameters
    ----------
    product
        what the name of the product says.
    path
        ``MTD_MSIL2A.xml``; None for a product without: the baseline in its name decides.
    bands
        those that must have one.

    Raises
    ------
    RasterUnreadable
        the metadata cannot be read.
    MetadataDisagrees
        see `read_offsets`; or a band has no offset.
    """
    if path is None:
        return offsets_by_name(product)
    try:
        metadata = read_bytes(path, LARGEST_XML)
    except OSError as error:
        raise RasterUnreadable(path=path, reason=error.strerror or error) from error
    offsets = read_offsets(product, path, metadata)
    for band in bands:
        if band not in offsets:
            raise MetadataDisagrees(
                path=path, product=product.text, reason=Phrase("it has no offset of band {band}", band=band)
            )
    return offsets


def offsets_by_name(product: ProductId) -> dict[str, int]:
    """Return the offset of each band from the baseline in the name of a product, for one without metadata."""
    return dict.fromkeys(_BANDS, _OFFSET if _baseline(product) >= _FIRST_WITH_OFFSET else 0)


def read_offsets(product: ProductId, path: Path, metadata: bytes) -> dict[str, int]:
    """Return the offset of each band that has one in the metadata, all of them where the baseline has none.

    Parameters
    ----------
    product
        what the name of the product says.
    path, metadata
        ``MTD_MSIL2A.xml`` and its content.

    Raises
    ------
    MetadataDisagrees
        it is cut, names another baseline than the product, or has offsets where its baseline has none, or none where
        it has some.
    """
    text = _COMMENT.sub(b"", metadata)
    reason = _disagreement(product, text)
    if reason is not None:
        raise MetadataDisagrees(path=path, product=product.text, reason=reason)
    if _baseline(product) < _FIRST_WITH_OFFSET:
        return dict.fromkeys(_BANDS, 0)
    found: dict[str, int] = {}
    for number, value in _VALUE.findall(text):
        band = _BANDS[int(number)] if int(number) < len(_BANDS) else ""
        if band in found and found[band] != int(value):
            raise MetadataDisagrees(
                path=path, product=product.text, reason=Phrase("it has two offsets of band {band}", band=band)
            )
        found[band] = int(value)
    found.pop("", None)
    return found


def _disagreement(product: ProductId, text: bytes) -> Phrase | None:
    """Return what is wrong with the metadata of a product; None for nothing."""
    root = _ROOT.search(text)
    if root is None or not text.rstrip().endswith(b"</" + root[1] + b">"):
        return Phrase("it is cut, or no XML")
    baselines = {int(major + minor) for major, minor in _BASELINE.findall(text)}
    if baselines != {_baseline(product)}:
        there = ", ".join(f"{number // 100:02}.{number % 100:02}" for number in sorted(baselines)) or "-"
        return Phrase("its processing baseline is {there}, the name says {name}", there=there, name=product.baseline)
    if {float(scale) for scale in _SCALE.findall(text)} - {_QUANTIFICATION}:
        return Phrase("its BOA_QUANTIFICATION_VALUE is not 10000")
    has_list = _LIST.search(text) is not None
    if has_list != (_baseline(product) >= _FIRST_WITH_OFFSET):
        if has_list:
            return Phrase("it has offsets (BOA_ADD_OFFSET), which products before baseline 04.00 do not have")
        return Phrase("it has no offsets (BOA_ADD_OFFSET), which products have from baseline 04.00 on")
    return None


def _baseline(product: ProductId) -> int:
    return int(product.baseline[1:])
