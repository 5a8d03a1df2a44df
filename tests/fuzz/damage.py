"""Bytes that were sound before something happened to them: bits that flipped, a cut, an editor, an attacker."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import strategies as st

# What parsers of text, of numbers and of binary formats stumble over; `scripts/fuzz.py` hands it to its engine too.
TOKENS = [
    b"\0", b"\n", b"\r", b"\t", b" ", b"\x0b", b"\x1c", b"\x85", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80",
    "\u2028é²٣\uff11\U0001f600".encode(), b'"', b'""', b"'", b"\\", b",", b";", b":", b"=", b"#", b"!", b"%", b"%(x)s",
    b"{x}", b"[", b"[[", b"{", b"}", b"null", b"true", b"5", b"[1]", b'{"":1}', b"\\ud800", b"../", b"/", b"//", b"~",
    b"C:\\", b"CON", b"-", b"--", b"-1", b"0", b"-0", b"1e999", b"-1e308", b"1e-400", b"nan", b"inf", b"1_0", b"0x10",
    b"2147483648", b"9223372036854775808", b"18446744073709551616", b"9" * 400, b"0" * 5000, b"today-99999", b"+05:00",
    b"0000-00-00", b"9999-12-31", b"0001-01-01", b"*/0", b"@reboot", b"False", b"All", b"OCM", b"CM001", b"\0\0\0\0",
    b"\xff\xff\xff\xff", b"\0\0\0\1jp2c", b"\xff\x90", b"\xff\xd9", b"\x7f\xf0\0\0\0\0\0\0", b"\1\7\0\0\0\1\0\0\0",
]  # fmt: skip
_MUCH = [b"[", b'{"a":', b"(", b"\n", b",", b'"', b"x", b"\1\7\0\0\0\1\0\0\0", b"\0"]
_LONGEST = 200_000  # bytes


@st.composite
def damaged(draw: st.DrawFn, seeds: Sequence[bytes]) -> bytes:
    """Return one of the seeds, damaged in up to six places."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 6))):
        data = draw(st.sampled_from(_DAMAGES))(draw, data, seeds)[:_LONGEST]
    return data


def _place(draw: st.DrawFn, data: bytes) -> int:
    return draw(st.integers(0, len(data)))


def _stretch(draw: st.DrawFn, data: bytes) -> tuple[int, int]:
    first, second = _place(draw, data), _place(draw, data)
    return min(first, second), max(first, second)


def _flip(draw: st.DrawFn, data: bytes, seeds: Sequence[bytes]) -> bytes:
    if not data:
        return data
    place = draw(st.integers(0, len(data) - 1))
    return data[:place] + bytes([data[place] ^ draw(st.integers(1, 255))]) + data[place + 1 :]


def _cut(draw: st.DrawFn, data: bytes, seeds: Sequence[bytes]) -> bytes:
    return data[: _place(draw, data)]


def _remove(draw: st.DrawFn, data: bytes, seeds: Sequence[bytes]) -> bytes:
    begin, end = _stretch(draw, data)
    return data[:begin] + data[end:]


def _insert(draw: st.DrawFn, data: bytes, seeds: Sequence[bytes]) -> bytes:
    place = _place(draw, data)
    return data[:place] + draw(st.sampled_from(TOKENS) | st.binary(min_size=1, max_size=12)) + data[place:]


def _overwrite(draw: st.DrawFn, data: bytes, seeds: Sequence[bytes]) -> bytes:
    place = _place(draw, data)
    piece = draw(st.sampled_from(TOKENS) | st.binary(min_size=1, max_size=12))
    return data[:place] + piece + data[place + len(piece) :]


def _repeat(draw: st.DrawFn, data: bytes, seeds: Sequence[bytes]) -> bytes:
    begin, end = _stretch(draw, data)
    times = draw(st.sampled_from([2, 3, 50]))
    return data[:begin] + data[begin:end] * times + data[end:]


def _splice(draw: st.DrawFn, data: bytes, seeds: Sequence[bytes]) -> bytes:
    other = draw(st.sampled_from(seeds))
    begin, end = _stretch(draw, other)
    place = _place(draw, data)
    return data[:place] + other[begin:end] + data[place:]


def _number(draw: st.DrawFn, data: bytes, seeds: Sequence[bytes]) -> bytes:
    """Put something else in the place of a number."""
    numbers = list(re.finditer(rb"-?[0-9]+(\.[0-9]+)?", data))
    if not numbers:
        return data
    number = draw(st.sampled_from(numbers))
    other = draw(
        st.sampled_from(TOKENS) | st.integers().map(lambda n: b"%d" % n) | st.floats().map(lambda x: repr(x).encode())
    )
    return data[: number.start()] + other + data[number.end() :]


def _recode(draw: st.DrawFn, data: bytes, seeds: Sequence[bytes]) -> bytes:
    encoding = draw(st.sampled_from(["latin-1", "utf-16", "utf-8-sig", "cp1252", "utf-7"]))
    return data.decode("utf-8", "replace").encode(encoding, "replace")


def _lines(draw: st.DrawFn, data: bytes, seeds: Sequence[bytes]) -> bytes:
    """Drop, repeat or swap lines, or end them differently."""
    lines = data.split(b"\n")[:200]
    ends = draw(st.sampled_from([b"\n", b"\n", b"\r\n", b"\r", b"\n\n", b""]))
    return ends.join(
        draw(st.lists(st.sampled_from(lines), max_size=2 * len(lines)) if len(lines) < 30 else st.just(lines))
    )


def _grow(draw: st.DrawFn, data: bytes, seeds: Sequence[bytes]) -> bytes:
    """Insert very much of something: depth and length that nobody had in mind."""
    place = _place(draw, data)
    return data[:place] + draw(st.sampled_from(_MUCH)) * draw(st.sampled_from([100, 2000, 20_000])) + data[place:]


_DAMAGES = [_flip, _cut, _remove, _insert, _overwrite, _repeat, _splice, _number, _recode, _lines, _grow]
