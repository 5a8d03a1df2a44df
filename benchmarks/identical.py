"""Whether every reader and any number of workers write the same bytes, on full tiles."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest import mock

from sen2chain_ts_plugin.engine.raster import opening as raster

from . import layouts, library, ours


def identical() -> dict[str, object]:
    """Extract each layout with areas of blocks and one worker, and with GDAL alone and two; compare the raw CSV."""
    rows: dict[str, int] = {}
    for layer, count in layouts.LAYOUTS:
        fields = library.fields(layer, count)
        with tempfile.TemporaryDirectory() as folder:
            one, other = Path(folder, "one"), Path(folder, "other")
            summary = ours.run(library.library(1), fields, 1, root=one)
            with mock.patch.object(raster, "open_tiles", return_value=None):
                ours.run(library.library(1), fields, 2, root=other)
            if _raw_data(one) != _raw_data(other):
                raise SystemExit(f"bench: {fields.name}: the two ways give different files")
        rows[fields.name] = summary.rows
        print(f"identical: {fields.name}: {summary.rows} rows, the same bytes", flush=True)
    return {"rows": rows}


def _raw_data(root: Path) -> dict[str, bytes]:
    found = {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("raw_data/**/*.csv"))}
    if not found:
        raise SystemExit(f"bench: nothing was written to {root}")
    return found
