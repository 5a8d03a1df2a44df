"""Draw docs/images/engine-curve.png: what the example of docs/engine.md draws, carried out as it stands there."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    page = (ROOT / "docs" / "engine.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    sys.path.insert(0, str(ROOT))
    os.environ["MPLBACKEND"] = "agg"
    names: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for block in blocks:
            if "import geopandas" not in block:
                exec(block, names)  # noqa: S102 it is ours
        shutil.copyfile("curve.png", ROOT / "docs" / "images" / "engine-curve.png")
        os.chdir(ROOT)
    print("wrote docs/images/engine-curve.png")


if __name__ == "__main__":
    main()
