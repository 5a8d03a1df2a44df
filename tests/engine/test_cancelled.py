"""Cancel is no failure: what handles failures lets it pass, and what was done until then is kept in order."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.errors import Cancelled, EngineError
from tests.support.extracting import Log, SmallLibrary, fields_layer, run, select


def test_it_is_no_failure_of_the_engine() -> None:
    assert not issubclass(Cancelled, EngineError)
    assert str(Cancelled()) == "Cancelled."


def test_it_travels_between_processes() -> None:
    assert type(pickle.loads(pickle.dumps(Cancelled()))) is Cancelled  # noqa: S301 just made here


def test_a_cancelled_compile_has_noted_each_file_that_it_wrote(tmp_path: Path) -> None:
    """What it has not noted would be somebody else's to the next compile, and stay when it is outdated."""
    small = SmallLibrary(tmp_path / "library")
    for day in ("2021-01-05", "2021-02-10", "2021-03-15"):
        for index in ("NBR", "NDVI"):
            small.add(day, index)
    tree, _ = run(small.open(), fields_layer(), tmp_path / "out", select(("NBR", "NDVI")))
    seen = 0
    for question in range(40):
        try:
            compile_tree(tree.folder, CompileRequest(("daily", "monthly")), Log(cancel_at=question))
        except Cancelled:
            written = {path.relative_to(tree.folder).as_posix() for path in tree.folder.glob("compiled_data/**/*.csv")}
            record = tree.folder / ".sen2chain_ts" / "compiled.json"
            noted = json.loads(record.read_text(encoding="utf-8"))["files"] if record.exists() else {}
            assert written <= set(noted)
            seen += bool(written)
        else:
            break
    assert seen
