"""Compare two folders of CSV files by value. Usage: ``python tests/support/compare.py GOT EXPECTED``.

The same set of CSV files (what lies in a folder whose name starts with a dot is nobody's result), the same columns in
the same order, the same rows in the same order; numbers equal to 1e-9 relative, text and empty cells equal. Columns
without a name (Sen2Chain's row numbers) are not compared.

``products_no_data.csv`` is compared as a set, without the products that have a raw file: Sen2Chain also lists the
products it has not reached yet.
"""

from __future__ import annotations

import csv
import math
import sys
from pathlib import Path

RELATIVE = 1e-9
_NO_DATA = "products_no_data.csv"


def differences(got: Path, expected: Path, smoothed: float = 1e-9) -> list[str]:
    """Compare all CSV files below two folders.

    Parameters
    ----------
    got, expected
        the folders; any level of an extraction tree will do.
    smoothed
        absolute tolerance that the numbers of files named ``*smooth*`` have besides the relative one.

    Returns
    -------
    list of str
        one line per file that is missing, extra or different, sorted by file; empty when the folders are equal.
    """
    ours, theirs = _csv_files(Path(got)), _csv_files(Path(expected))
    found = [(name, "missing") for name in theirs.keys() - ours.keys()]
    found += [(name, "not expected") for name in ours.keys() - theirs.keys()]
    for name in ours.keys() & theirs.keys():
        if name.endswith(_NO_DATA):
            why = _set_difference(ours[name], theirs[name])
        else:
            why = table_difference(ours[name], theirs[name], smoothed if "smooth" in name else 0.0)
        if why:
            found.append((name, why))
    return [f"{name}: {why}" for name, why in sorted(found)]


def table_difference(got: Path, expected: Path, absolute: float = 0.0) -> str:
    """Say in a line where two CSV files differ, or return an empty text."""
    ours, theirs = _columns(got), _columns(expected)
    if [name for name, _ in ours] != [name for name, _ in theirs]:
        return f"columns {[name for name, _ in ours]} instead of {[name for name, _ in theirs]}"
    for (name, our_cells), (_, their_cells) in zip(ours, theirs):
        if len(our_cells) != len(their_cells):
            return f"{len(our_cells)} rows instead of {len(their_cells)}"
        wrong = [row for row, cells in enumerate(zip(our_cells, their_cells)) if not _same(*cells, absolute)]
        if wrong:
            row = wrong[0]
            return f"{name}, row {row + 1}: {our_cells[row]!r} instead of {their_cells[row]!r} ({len(wrong)} rows)"
    return ""


def _csv_files(folder: Path) -> dict[str, Path]:
    names = ((path.relative_to(folder), path) for path in folder.rglob("*.csv"))
    return {name.as_posix(): path for name, path in names if not any(part.startswith(".") for part in name.parts)}


def _columns(path: Path) -> list[tuple[str, list[str]]]:
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    ragged = [number for number, row in enumerate(rows, 1) if len(row) != len(header)]
    if ragged:
        raise ValueError(f"{path}: row {ragged[0]} has not as many cells as the header")
    return [(name, [row[column] for row in rows]) for column, name in enumerate(header) if name]


def _same(ours: str, theirs: str, absolute: float) -> bool:
    if ours == theirs:
        return True
    try:
        return math.isclose(float(ours), float(theirs), rel_tol=RELATIVE, abs_tol=absolute)
    except ValueError:
        return False


def _set_difference(got: Path, expected: Path) -> str:
    # The files stand in `product_data/`, the raw files of the same index and mask one folder up.
    raw_files = [path.stem for path in expected.parent.parent.glob("*.csv")]

    def without_row(path: Path) -> set[str]:
        products = {cell for _, cells in _columns(path) for cell in cells if cell}
        return {product for product in products if not any(raw.endswith("_" + Path(product).stem) for raw in raw_files)}

    ours, theirs = without_row(got), without_row(expected)
    if ours == theirs:
        return ""
    return f"without {sorted(theirs - ours)}, besides {sorted(ours - theirs)}"


def main() -> int:
    """Compare the two folders named on the command line; print what differs."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    got, expected = map(Path, sys.argv[1:])
    found = differences(got, expected)
    print("\n".join(found) or f"{len(_csv_files(expected))} files equal")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
