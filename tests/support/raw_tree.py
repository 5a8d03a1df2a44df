"""Extraction trees for tests: raw files made from a few words, and a feedback that remembers what it was told."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from sen2chain_ts_plugin.engine.tree.columns import RESULT_COLUMNS

CHECKSUM = "0123456789abcdef"
Row = dict[str, Any]


def masked_name(
    date: str = "2021-01-05",
    baseline: str = "N0500",
    *,
    tile: str = "40KCB",
    index: str = "NDVI",
    mask: str = "CM001",
    time: str = "06:35:11",
    generated: str = "20230205T014500",
) -> str:
    """Return the file name of a masked product."""
    acquired = datetime.fromisoformat(f"{date} {time}")
    return f"S2B_MSIL2A_{acquired:%Y%m%dT%H%M%S}_{baseline}_R063_T{tile}_{generated}_{index}_{mask}.jp2"


def row(fid: int, filename: str, /, **cells: Any) -> Row:
    """Return a row of a raw file; cells that are not given get values of an undisturbed zone of 100 pixels."""
    acquired = datetime.strptime(filename.split("_")[2], "%Y%m%dT%H%M%S")
    values = {"count": 100, "nodata": 0, "nbcld": 0, "cldprb": 1.5}
    values |= {"min": 1000, "max": 7000, "mean": 4321.5, "std": 12.25}
    values |= {"median": 4000.5, "percentile_25": 3000.25, "percentile_75": 5000.75}
    return {"date": acquired, "fid": fid, "tile": filename.split("_")[5][1:], "filename": filename, **values, **cells}


def make_tree(root: Path, rows: Iterable[Row] = (), name: str = "zones") -> Path:
    """Make an extraction folder with the raw files of some rows."""
    tree = root / f"{name}_{CHECKSUM}"
    (tree / "raw_data").mkdir(parents=True, exist_ok=True)
    add_rows(tree, rows)
    return tree


def add_rows(tree: Path, rows: Iterable[Row]) -> None:
    """Write the raw files of some rows, which are texts or numbers as they shall stand in the file."""
    by_product: dict[str, list[Row]] = {}
    for each in rows:
        by_product.setdefault(each["filename"], []).append(each)
    for filename, of_product in by_product.items():
        path = raw_path(tree, filename)
        no_data = path.parent / "product_data" / "products_no_data.csv"
        no_data.parent.mkdir(parents=True, exist_ok=True)
        no_data.write_text("filename\n")
        columns = [*RESULT_COLUMNS, *(column for column in of_product[0] if column not in RESULT_COLUMNS)]
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(of_product)


def raw_path(tree: Path, filename: str) -> Path:
    """Return where the raw file of a product is."""
    stem = Path(filename).stem
    index, mask = stem.split("_")[7:9]
    return tree / "raw_data" / index / mask / f"{tree.name.rpartition('_')[0]}_{stem}.csv"


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file as texts."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files below a folder by name, without what lies in a folder that starts with a dot."""
    names = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {
        name.as_posix(): path.read_bytes()
        for name, path in sorted(names.items())
        if not any(part.startswith(".") for part in name.parts)
    }


class Log:
    """Feedback that remembers; cancels at the given question whether to go on."""

    def __init__(self, cancel_at: int | None = None) -> None:
        self.infos: list[str] = []
        self.warnings: list[str] = []
        self.errors: list[str] = []
        self.fractions: list[float] = []
        self._left = cancel_at

    def progress(self, fraction: float) -> None:
        self.fractions.append(fraction)

    def info(self, message: str, **values: Any) -> None:
        self.infos.append(message.format(**values))

    def warning(self, message: str, **values: Any) -> None:
        self.warnings.append(message.format(**values))

    def error(self, message: str, **values: Any) -> None:
        self.errors.append(message.format(**values))

    def cancelled(self) -> bool:
        if self._left is None:
            return False
        self._left -= 1
        return self._left < 0
