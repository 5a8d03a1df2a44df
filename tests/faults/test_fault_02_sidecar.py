"""Fault 2: the .aux.xml sidecar, where the nodata value lives, is missing or says something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.extracting import SmallLibrary, fields_layer, run
from tests.support.raw_tree import Log, contents

PAM = "<PAMDataset><PAMRasterBand band='1'><NoDataValue>{value}</NoDataValue></PAMRasterBand></PAMDataset>"
SIDECARS = {
    "missing": None,
    "0": PAM.format(value=0),
    "-9999": PAM.format(value=-9999),
    "32767": PAM.format(value=32767),
    "no nodata": "<PAMDataset></PAMDataset>",
    "cut": PAM.format(value=16383)[:40],
    "empty": "",
}


@pytest.mark.parametrize("sidecar", SIDECARS.values(), ids=SIDECARS)
def test_the_numbers_are_the_same_and_one_warning_says_so(tmp_path: Path, sidecar: str | None) -> None:
    small = SmallLibrary(tmp_path / "library")
    for day in ("2021-01-05", "2021-01-10", "2021-01-15"):
        small.add(day)
    expected = contents(run(small.open(), fields_layer(), tmp_path / "with")[0].folder)
    for path in small.root.rglob("*.aux.xml"):
        if sidecar is None:
            path.unlink()
        else:
            path.write_text(sidecar)
    log = Log()
    tree, summary = run(small.open(), fields_layer(), tmp_path / "without", log=log)
    assert summary.extracted == 3
    assert contents(tree.folder) == expected
    assert len(log.warnings) == 1
    assert "2021010" in log.warnings[0]
    assert ".aux.xml" in log.warnings[0]
    assert log.errors == []
