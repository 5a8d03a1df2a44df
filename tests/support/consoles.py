"""The code page of consoles: of this Windows, elsewhere that of Western Europe under the same name of Python's."""

from __future__ import annotations

import codecs
import sys

OEM = "oem" if sys.platform == "win32" else "cp850"
if sys.platform != "win32":
    codecs.register(lambda name: codecs.lookup(OEM) if name == "oem" else None)
