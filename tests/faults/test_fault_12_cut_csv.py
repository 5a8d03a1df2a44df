"""Fault 12: a raw CSV that an older run left cut, or that somebody damaged. Seen by its form; computed again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.errors import Cancelled
from tests.support.extracting import SmallLibrary, all_bytes, counts, fields_layer, run
from tests.support.raw_tree import Log


@pytest.fixture
def small(tmp_path: Path) -> SmallLibrary:
    small = SmallLibrary(tmp_path / "library")
    small.add("2021-01-05")
    small.add("2021-01-10")
    return small


@pytest.fixture
def tree(small: SmallLibrary, tmp_path: Path) -> Path:
    return run(small.open(), fields_layer(), tmp_path)[0].folder


def first_csv(tree: Path) -> Path:
    return min(tree.glob("raw_data/NDVI/CM001/zones_*.csv"))


@pytest.mark.parametrize("manifest", [True, False], ids=["ours", "of Sen2Chain"])
def test_cut_anywhere(small: SmallLibrary, tree: Path, tmp_path: Path, manifest: bool) -> None:
    """Of a tree without our manifest, a file cut exactly between two rows looks whole: nobody can see that."""
    path, undisturbed = first_csv(tree), all_bytes(tree)
    whole = path.read_bytes()
    ends = {at + 1 for at, byte in enumerate(whole) if byte == ord("\n")} - {whole.index(b"\n") + 1, len(whole)}
    cuts = {0, 1, *range(0, len(whole), 23), *range(len(whole) - 5, len(whole)), *ends}
    for cut in sorted(cuts if manifest else cuts - ends):
        path.write_bytes(whole[:cut])
        if not manifest:
            shutil.rmtree(tree / ".sen2chain_ts")
        log = Log()
        _, summary = run(small.open(), fields_layer(), tmp_path, log=log)
        assert counts(summary) == (2, 1, 1, 0, 0), f"cut at {cut} of {len(whole)}"
        assert any(path.name in warning for warning in log.warnings)
        assert all_bytes(tree) == undisturbed


DAMAGES = {
    "empty": b"",
    "header only": None,
    "zeros": bytes(500),
    "no text": bytes(range(128, 256)) * 4 + b"\n",
    "a column less": b"date,fid\n2021-01-05 06:35:11,0\n",
    "an HTML page": b"<html>\n</html>\n",
    "a quote that never ends": b'date,fid,tile\n"\n',
    "a field of a megabyte": b"x" * 1_000_000 + b"\n",
}


@pytest.mark.parametrize("content", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("manifest", [True, False], ids=["ours", "of Sen2Chain"])
def test_damaged(small: SmallLibrary, tree: Path, tmp_path: Path, content: bytes | None, manifest: bool) -> None:
    path, undisturbed = first_csv(tree), all_bytes(tree)
    path.write_bytes(path.read_bytes().split(b"\n")[0] + b"\n" if content is None else content)
    if not manifest:
        shutil.rmtree(tree / ".sen2chain_ts")
    _, summary = run(small.open(), fields_layer(), tmp_path)
    assert counts(summary) == (2, 1, 1, 0, 0)
    assert all_bytes(tree) == undisturbed


def test_damage_of_the_same_size_is_found_by_compile(small: SmallLibrary, tree: Path, tmp_path: Path) -> None:
    """Extract knows a sound file by its size; compile reads it, and then extract looks inside."""
    path, undisturbed = first_csv(tree), all_bytes(tree)
    path.write_bytes(bytes(path.stat().st_size))
    assert compile_tree(tree, CompileRequest()).damaged == (path,)
    _, summary = run(small.open(), fields_layer(), tmp_path)
    assert counts(summary) == (2, 1, 1, 0, 0)
    shutil.rmtree(tree / "compiled_data")
    (tree / ".sen2chain_ts" / "compiled.json").unlink()
    assert all_bytes(tree) == undisturbed


def test_a_csv_of_an_older_raster_is_not_taken_for_that_of_a_new_one(
    small: SmallLibrary, tree: Path, tmp_path: Path
) -> None:
    """A spreadsheet has saved the CSV with other bytes; then the product is made again."""
    path = first_csv(tree)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    small.add("2021-01-05", clouds=0)
    _, summary = run(small.open(), fields_layer(), tmp_path)
    assert counts(summary) == (2, 1, 1, 0, 0)
    anew, _ = run(small.open(), fields_layer(), tmp_path / "anew")
    assert all_bytes(tree) == all_bytes(anew.folder)


def test_a_tree_of_many_unknown_files_can_be_cancelled(small: SmallLibrary, tree: Path, tmp_path: Path) -> None:
    """Each is read once; what was read until then need not be read again."""
    for day in range(11, 29):
        small.add(f"2021-01-{day}")
    run(small.open(), fields_layer(), tmp_path)
    manifest = tree / ".sen2chain_ts" / "manifest.jsonl"
    manifest.unlink()
    with pytest.raises(Cancelled):
        run(small.open(), fields_layer(), tmp_path, log=Log(cancel_at=12))
    assert 5 < manifest.read_text(encoding="utf-8").count('"file"') < 20
    log = Log()
    assert counts(run(small.open(), fields_layer(), tmp_path, log=log)[1]) == (20, 0, 20, 0, 0)
    assert "Raw files that this plugin has no note of are read once." in log.infos
    assert manifest.read_text(encoding="utf-8").count('"file"') == 20


def test_what_sen2chain_wrote_in_its_own_way_is_sound(small: SmallLibrary, tree: Path, tmp_path: Path) -> None:
    """Numbers written as floats, other bytes, the same rows."""
    path = first_csv(tree)
    other = path.read_text(encoding="utf-8").replace(",1,0,0,", ",1,0.0,0.0,")
    assert other != path.read_text(encoding="utf-8")
    path.write_bytes(other.encode())
    _, summary = run(small.open(), fields_layer(), tmp_path)
    assert counts(summary) == (2, 0, 2, 0, 0)
    assert path.read_text(encoding="utf-8") == other
