"""The example for the console of QGIS in README.md, run as it stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from sen2chain_ts_plugin.processing.provider import Sen2ChainProvider
from tests.support.readme import examples, make_data, placed


def test_the_example_in_python(
    provider: Sen2ChainProvider, reference: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (block,) = examples("python", "processing.run")
    make_data(reference, tmp_path)
    exec(compile(placed(block, tmp_path), "README.md", "exec"), {"__name__": "console"})  # noqa: S102 it is ours
    compiled = Path(capsys.readouterr().out.splitlines()[-1])
    assert compiled.parent.parent == tmp_path / "library" / "EXTRACTION"
    assert compiled.parent.name.startswith("fields_")
    assert list(compiled.glob("NDVI/CM001/monthly/*.csv"))
