"""What is added to the values of a product: from its metadata, else from its name, and what does not agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.errors import MetadataDisagrees
from sen2chain_ts_plugin.engine.library.product_id import ProductId, parse_product
from sen2chain_ts_plugin.engine.sources.offsets import offsets_by_name, read_offsets

METADATA = Path(__file__).parents[2] / "data" / "metadata"
REAL = {path.parent.name.removesuffix(".SAFE"): path for path in sorted(METADATA.glob("*/MTD_MSIL2A.xml"))}
NEW = next(name for name in REAL if "_N0509_" in name)
OLD = next(name for name in REAL if "_N0214_" in name)


def product(text: str) -> ProductId:
    found = parse_product(text)
    assert found is not None
    return found


def named(baseline: str) -> ProductId:
    return product(f"S2A_MSIL2A_20230625T234621_{baseline}_R073_T01WCP_20230626T022157")


def read(name: ProductId, text: bytes) -> dict[str, int]:
    return read_offsets(name, Path("MTD_MSIL2A.xml"), text)


@pytest.mark.parametrize("name", sorted(REAL))
def test_real_metadata(name: str) -> None:
    offsets = read(product(name), REAL[name].read_bytes())
    expected = -1000 if "_N04" in name or "_N05" in name else 0
    assert set(offsets.values()) == {expected}
    assert {"B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12"} <= set(offsets)
    assert offsets == offsets_by_name(product(name))


@pytest.mark.parametrize(
    ("baseline", "offset"),
    [("N0204", 0), ("N0301", 0), ("N0399", 0), ("N0400", -1000), ("N0500", -1000), ("N0511", -1000), ("N9999", -1000)],
)
def test_without_metadata_the_name_decides(baseline: str, offset: int) -> None:
    assert set(offsets_by_name(named(baseline)).values()) == {offset}


def test_each_band_has_its_own_offset() -> None:
    text = REAL[NEW].read_bytes()
    for number, value in ((3, b"-900"), (7, b"0"), (11, b"+5"), (12, b"-1000.0")):
        old = b'<BOA_ADD_OFFSET band_id="%d">-1000<' % number
        assert old in text
        text = text.replace(old, b"<BOA_ADD_OFFSET band_id='%d'> %s <" % (number, value))
    offsets = read(product(NEW), text)
    assert [offsets[band] for band in ("B04", "B08", "B11", "B12", "B02")] == [-900, 0, 5, -1000, -1000]


def without_list(text: bytes) -> bytes:
    start, end = text.index(b"<BOA_ADD_OFFSET_VALUES_LIST>"), text.index(b"</BOA_ADD_OFFSET_VALUES_LIST>")
    return text[:start] + text[end + len(b"</BOA_ADD_OFFSET_VALUES_LIST>") :]


def with_list(text: bytes) -> bytes:
    new = REAL[NEW].read_bytes()
    part = new[new.index(b"<BOA_ADD_OFFSET_VALUES_LIST>") : new.index(b"</BOA_ADD_OFFSET_VALUES_LIST>")]
    at = text.index(b"<QUANTIFICATION_VALUES_LIST>")
    return text[:at] + part + b"</BOA_ADD_OFFSET_VALUES_LIST>" + text[at:]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        (named("N0301"), REAL[NEW].read_bytes(), "is 05.09, the name says N0301"),
        (named("N0400"), REAL[NEW].read_bytes(), "is 05.09, the name says N0400"),
        (named("N0509"), REAL[OLD].read_bytes(), "is 02.14, the name says N0509"),
        (product(NEW), without_list(REAL[NEW].read_bytes()), "no offsets"),
        (product(OLD), with_list(REAL[OLD].read_bytes()), "before baseline 04.00"),
        (product(NEW), REAL[NEW].read_bytes().replace(b"PROCESSING_BASELINE", b"OTHER"), "is -, the name"),
        (product(NEW), REAL[NEW].read_bytes().replace(b">10000<", b">1000<"), "not 10000"),
        (product(NEW), REAL[NEW].read_bytes()[:20000], "cut"),
        (product(NEW), REAL[NEW].read_bytes().rstrip()[:-1], "cut"),
        (product(OLD), REAL[OLD].read_bytes()[:-200], "cut"),
        (product(NEW), b"", "cut"),
        (product(NEW), b"\0" * 500, "cut"),
        (product(NEW), b"<html><body>Not found</body></html>", "is -, the name"),
        (
            product(NEW),
            REAL[NEW].read_bytes().replace(b'band_id="3">-1000<', b'band_id="2">-900<'),
            "two offsets of band B03",
        ),
    ],
)
def test_what_does_not_agree_is_named(name: ProductId, text: bytes, reason: str) -> None:
    with pytest.raises(MetadataDisagrees, match=reason) as caught:
        read(name, text)
    assert name.text in str(caught.value)


def test_a_comment_is_no_metadata() -> None:
    text = REAL[NEW].read_bytes()
    other = b"<!-- <PROCESSING_BASELINE>02.00</PROCESSING_BASELINE> --><PROCESSING_BASELINE>"
    commented = text.replace(b"<PROCESSING_BASELINE>", other)
    assert read(product(NEW), commented) == read(product(NEW), text)
