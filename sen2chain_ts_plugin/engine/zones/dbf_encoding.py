"""In which encoding the texts of a shapefile are."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from ..errors import Phrase, VectorUnreadable
from ..files import read_bytes

_LARGEST = 1 << 16  # bytes of a .cpg
# A table is filled up with blanks of one byte, and its other marks are ASCII as well.
_PLAIN = "Az09 +~"


def codec_of(encoding: str | None) -> str:
    """Return Python's name for an encoding; UTF-8 for none, and for one that nobody knows, as in QGIS."""
    try:
        name = codecs.lookup(re.sub(r"^ISO\W*8859\W*", "iso8859-", encoding or "utf-8", flags=re.IGNORECASE)).name
        "".encode(name)  # some names are those of other codecs, like base64
    except (LookupError, ValueError):
        return "utf-8"
    return name


def check_encoding(cpg: Path) -> None:
    """Make sure that the encoding that the .cpg of a shapefile names is one that a table can be in.

    No two programs read a table alike that is said to be in UTF-16, UTF-7 or EBCDIC.

    Raises
    ------
    VectorUnreadable
        it names such an encoding, or cannot be read.
    """
    try:
        said = read_bytes(cpg, _LARGEST).decode("ascii", "replace").strip()
    except FileNotFoundError:
        return
    except OSError as error:
        raise VectorUnreadable(path=cpg, reason=error.strerror or error) from error
    if _PLAIN.encode(codec_of(said), "replace") != _PLAIN.encode():
        raise VectorUnreadable(
            path=cpg,
            reason=Phrase(
                "a table cannot be in the encoding {encoding} that it names; write the layer again in UTF-8",
                encoding=said,
            ),
        )
