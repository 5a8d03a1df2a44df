"""Fault 27: Windows, as far as another system can tell. Nobody has run the plugin there.

What is checked here: the prefix that lifts the limit of 260 characters, and that everything in a tree is reached
through it; names that Windows keeps for devices; a file that a reader holds open; a locale with decimal commas and an
encoding that is not UTF-8. What is not: how Windows itself answers. Its locks and its scheduler are only spelled out.
"""

from __future__ import annotations

import locale
import ntpath
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from sen2chain_ts_plugin.engine import files
from sen2chain_ts_plugin.engine.compilation import Request, compile_tree
from sen2chain_ts_plugin.engine.curves import read_curves
from sen2chain_ts_plugin.engine.errors import JobNameInvalid, WriteFailed
from sen2chain_ts_plugin.engine.feedback import Silent
from sen2chain_ts_plugin.engine.files import system_path, write_atomic
from sen2chain_ts_plugin.engine.jobs import check_name
from sen2chain_ts_plugin.engine.smoothing import Settings
from sen2chain_ts_plugin.engine.tree import safe_name
from sen2chain_ts_plugin.engine.zoneseries import Choice, read_zone_series
from tests.extracting import SmallLibrary, all_bytes, counts, fields_layer, run
from tests.faults.child import in_child

ROOT = Path(__file__).parents[2]
DEVICES = ["CON", "con", "PRN", "AUX", "NUL", "COM1", "lpt9", "COM²", "con.txt", "Nul.tar.gz"]


@pytest.mark.parametrize(
    ("path", "extended"),
    [
        ("C:\\data\\fields.csv", "\\\\?\\C:\\data\\fields.csv"),
        ("C:/data/x/../fields.csv", "\\\\?\\C:\\data\\fields.csv"),  # behind the prefix Windows takes a name as it is
        ("\\\\server\\share\\fields.csv", "\\\\?\\UNC\\server\\share\\fields.csv"),
        ("//server/share/a b/é.csv", "\\\\?\\UNC\\server\\share\\a b\\é.csv"),
        ("\\\\?\\C:\\data\\fields.csv", "\\\\?\\C:\\data\\fields.csv"),
    ],
)
def test_the_prefix_of_long_paths(monkeypatch: pytest.MonkeyPatch, path: str, extended: str) -> None:
    monkeypatch.setattr(files, "os", SimpleNamespace(path=ntpath))
    monkeypatch.setattr(files, "sys", SimpleNamespace(platform="win32"))
    assert system_path(path) == extended
    assert system_path(extended) == extended


def test_everything_in_a_tree_is_reached_through_the_prefix(memory: Path) -> None:
    """Two slashes stand for the prefix: this system keeps them, and takes them for one."""
    small = SmallLibrary(memory / "library")
    for day in ("2021-01-05", "2021-01-10", "2021-01-15"):
        small.add(day, clouds=1 if day.endswith("10") else 0.3)
    deep = memory.joinpath(*(f"{number} " + "long name" * 8 for number in range(4)))
    expected, _ = run(small.open(), fields_layer(), memory / "expected")
    request = Request(("alldata", "monthly"), smoothing=Settings(window_length=3, polyorder=1))
    compile_tree(expected.folder, request)

    def child() -> None:
        bare: list[str] = []
        files._sync_folder = lambda _: None  # not done on Windows
        original = system_path  # this module has it too
        for module in list(sys.modules.values()):
            if isinstance(module, ModuleType) and getattr(module, "system_path", None) is original:
                module.system_path = lambda path: "/" + os.path.abspath(path).replace("//", "/")

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            if event == "open" or event.startswith("os."):
                paths = [str(each) for each in arguments if isinstance(each, (str, os.PathLike))]
                bare.extend(f"{event} {path}" for path in paths if path.startswith(str(deep / "zones_")))

        sys.addaudithook(hook)
        tree, summary = run(small.open(), fields_layer(), deep)
        assert counts(summary) == (3, 2, 0, 1, 0)
        assert len(str(tree.folder)) > 260
        assert counts(run(small.open(), fields_layer(), deep)[1]) == (3, 0, 3, 0, 0)
        compile_tree(tree.folder, request)
        read_zone_series(tree, "NDVI", "CM001", Choice(), Silent())
        read_curves(tree, "NDVI", "CM001", [0, 1], Silent())
        assert bare == []

    assert in_child(child) == 0
    assert all_bytes(deep / expected.folder.name) == all_bytes(expected.folder)


@pytest.mark.parametrize("device", DEVICES)
def test_no_name_is_that_of_a_device(device: str) -> None:
    name = safe_name(device)
    assert name.partition(".")[0].upper() not in {each.partition(".")[0].upper() for each in DEVICES}
    assert name != device
    with pytest.raises(JobNameInvalid):
        check_name(device)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The module behaves as on Windows, but for the names of files."""
    monkeypatch.setattr(files, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(files, "system_path", os.path.abspath)
    monkeypatch.setattr(files, "_REPLACE_WAIT", 0)


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize(("refusals", "written"), [(0, True), (3, True), (10_000, False)])
def test_a_reader_that_holds_the_old_file_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusals: int, written: bool
) -> None:
    path = tmp_path / "result.csv"
    path.write_bytes(b"old")
    replace, tries = os.replace, []

    def held(source: str, target: str) -> None:
        tries.append(target)
        if len(tries) <= refusals:
            raise PermissionError(13, "The process cannot access the file because it is being used by another process")
        replace(source, target)

    monkeypatch.setattr(os, "replace", held)
    if written:
        write_atomic(path, b"new", tmp_path)
    else:
        with pytest.raises(WriteFailed, match="being used by another process"):
            write_atomic(path, b"new", tmp_path)
    assert path.read_bytes() == (b"new" if written else b"old")
    assert len(tries) == (refusals + 1 if written else len(tries))
    assert [found.name for found in tmp_path.rglob("*") if found.is_file()] == ["result.csv"]


SCRIPT = """
import locale, sys, warnings
from pathlib import Path
locale.setlocale(locale.LC_ALL, "")
assert f"{1.5:n}" == "1,5", "the decimal comma is not there"
assert locale.getpreferredencoding(False).lower().startswith("iso"), locale.getpreferredencoding(False)
if sys.version_info >= (3, 10):
    warnings.filterwarnings("error", category=EncodingWarning, module="sen2chain_ts_plugin")
from sen2chain_ts_plugin.engine.compilation import Request, compile_tree
from sen2chain_ts_plugin.engine.library import open_library
from sen2chain_ts_plugin.engine.smoothing import Settings
from tests.extracting import fields_layer, run
tree, summary = run(open_library(Path(sys.argv[1])), fields_layer(), Path(sys.argv[2]))
compile_tree(tree.folder, Request(("alldata", "monthly"), smoothing=Settings(window_length=3, polyorder=1)))
"""


def german() -> str:
    """Return a locale of decimal commas and of an encoding that is not UTF-8, or nothing where there is none."""
    before = locale.setlocale(locale.LC_ALL)
    try:
        for name in ("de_DE.iso88591", "de_DE", "de_DE@euro", "fr_FR.iso88591", "fr_FR"):
            try:
                locale.setlocale(locale.LC_ALL, name)
            except locale.Error:
                continue
            if locale.localeconv()["decimal_point"] == "," and locale.nl_langinfo(locale.CODESET).startswith("ISO"):
                return name
    finally:
        locale.setlocale(locale.LC_ALL, before)
    return ""


@pytest.mark.skipif(not german(), reason="no locale of decimal commas is installed (package locales-all)")
def test_decimal_commas_and_another_encoding(memory: Path) -> None:
    small = SmallLibrary(memory / "library")
    for day in ("2021-01-05", "2021-01-10", "2021-02-10"):
        small.add(day)
    expected, _ = run(small.open(), fields_layer(), memory / "expected")
    compile_tree(expected.folder, Request(("alldata", "monthly"), smoothing=Settings(window_length=3, polyorder=1)))
    environment = {**os.environ, "LC_ALL": german(), "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    environment.pop("LANGUAGE", None)
    subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-c", SCRIPT, str(small.root), str(memory / "there")],
        env={**environment, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        check=True,
    )
    assert all_bytes(memory / "there" / expected.folder.name) == all_bytes(expected.folder)
    assert "parcelle n°".encode() in b"".join(all_bytes(expected.folder).values())
