"""Fault 27: Windows, as far as another system can tell. Nobody has run the plugin there.

What is checked here: the prefix that lifts the limit of 260 characters, and that all of a library or tree is reached
through it; names that Windows keeps for devices; a file that a reader holds open; a locale with decimal commas and an
encoding that is not UTF-8. What is not: how Windows itself answers. Its locks and its scheduler are only spelled out.
"""

from __future__ import annotations

import locale
import ntpath
import os
import shutil
import subprocess
import sys
from pathlib import Path, PureWindowsPath
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from sen2chain_ts_plugin.engine import files
from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.errors import JobNameInvalid
from sen2chain_ts_plugin.engine.extraction.inventory import take_inventory
from sen2chain_ts_plugin.engine.feedback import Silent
from sen2chain_ts_plugin.engine.files import system_path
from sen2chain_ts_plugin.engine.jobs.file import new_job
from sen2chain_ts_plugin.engine.jobs.store import check_name, find_job, job_file, job_files, load_job, save_job
from sen2chain_ts_plugin.engine.library.cloudmask import CloudMask
from sen2chain_ts_plugin.engine.library.folders import open_library
from sen2chain_ts_plugin.engine.library.products import PROBABILITY_NAME, cloudmasks_of
from sen2chain_ts_plugin.engine.series.curves import read_curves
from sen2chain_ts_plugin.engine.series.smoothing import SmoothingSettings
from sen2chain_ts_plugin.engine.series.zone_series import Choice
from sen2chain_ts_plugin.engine.text import safe_name, without_password
from tests.support.child import in_child
from tests.support.extracting import Log, SmallLibrary, all_bytes, counts, fields_layer, run, select, write_jp2
from tests.support.whole_series import read_zone_series

ROOT = Path(__file__).parents[2]
LONG = [f"{number} " + "long name" * 8 for number in range(4)]
CLOUDS = np.full((24, 32), 7, np.uint8)
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


def test_a_folder_that_another_worker_makes_meanwhile_leads_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python's realpath then leaves the prefix that it has added."""
    answers = iter(("C:\\out", "\\\\?\\C:\\out\\tmp"))

    def realpath(path: str) -> str:
        answer = next(answers)
        return path if path.startswith("\\\\?\\") else answer

    paths = SimpleNamespace(abspath=ntpath.abspath, realpath=realpath)
    monkeypatch.setattr(files, "os", SimpleNamespace(path=paths, sep="\\"))
    monkeypatch.setattr(files, "sys", SimpleNamespace(platform="win32"))
    assert files.check_inside(PureWindowsPath("C:\\out\\tmp"), PureWindowsPath("C:\\out")) is None
    assert not list(answers)  # both were asked for


def test_everything_in_a_tree_is_reached_through_the_prefix(memory: Path) -> None:
    small = SmallLibrary(memory / "library")
    for day in ("2021-01-05", "2021-01-10", "2021-01-15"):
        small.add(day, clouds=1 if day.endswith("10") else 0.3)
    deep = memory.joinpath(*LONG)
    expected, _ = run(small.open(), fields_layer(), memory / "expected")
    request = CompileRequest(("alldata", "monthly"), smoothing=SmoothingSettings(window_length=3, polyorder=1))
    compile_tree(expected.folder, request)

    def child() -> None:
        bare = without_prefix(deep / "zones_")
        tree, summary = run(small.open(), fields_layer(), deep)
        assert counts(summary) == (3, 2, 0, 1, 0)
        assert len(str(tree.folder)) > 260
        assert counts(run(small.open(), fields_layer(), deep)[1]) == (3, 0, 3, 0, 0)
        compile_tree(tree.folder, request)
        read_zone_series(tree, "NDVI", "CM001", Choice(), Silent())
        read_curves(tree, "NDVI", "CM001", [0, 1], Silent())
        assert bare == []

    assert in_child(child) == 0
    assert all_bytes(Path(system_path(deep), expected.folder.name)) == all_bytes(expected.folder)


def test_everything_in_a_library_is_reached_through_the_prefix(memory: Path) -> None:
    near, deep = SmallLibrary(memory / "library"), memory.joinpath(*LONG)
    near.add("2021-01-05")
    product = near.add("2021-01-15", probability=False).parent.name
    safe = near.root / "L2A" / "40KCB" / f"{product}.SAFE"
    write_jp2(safe / "GRANULE" / "L2A" / "QI_DATA" / PROBABILITY_NAME, CLOUDS, pixel=20.0, block=32)
    (safe / "MTD_MSIL2A.xml").write_text("<Cloud_Coverage_Assessment>12.5</Cloud_Coverage_Assessment>")
    save_job(job_file(near.open(), "nightly"), new_job())
    shutil.copytree(near.root, system_path(deep))
    clear = select(cover_max=99)
    expected, _ = run(near.open(), fields_layer(), memory / "expected", clear)
    entries = take_inventory(near.open(), [], (None, None), Silent()).entries

    def child() -> None:
        bare = without_prefix(deep)
        library = open_library(deep)
        log = Log()
        assert counts(run(library, fields_layer(), memory / "found", clear, log=log)[1]) == (2, 2, 0, 0, 0)
        assert log.warnings == []  # nothing is missing
        assert take_inventory(library, [], (None, None), Silent()).entries == entries
        assert cloudmasks_of(library, ["NDVI"]) == {CloudMask("CM001"): 2}
        assert [file.name for file in job_files(library)] == ["nightly"]
        assert load_job(find_job(library, "nightly")) == new_job()
        assert bare == []

    assert entries[0].cover == 12.5
    assert in_child(child) == 0
    assert all_bytes(memory / "found" / expected.folder.name) == all_bytes(expected.folder)


def without_prefix(place: Path) -> list[str]:
    """Note from now on in this process what is asked of the system below a place, but not through the prefix.

    Where the prefix is none, two slashes stand for it: such a system keeps them, and takes them for one.
    """
    bare: list[str] = []
    if system_path(place) == os.path.abspath(place):
        _let_two_slashes_stand_for_the_prefix()

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" or event.startswith("os."):
            paths = [os.path.abspath(each) for each in arguments if isinstance(each, (str, os.PathLike))]
            bare.extend(f"{event} {path}" for path in paths if path.startswith(os.path.abspath(place)))

    original = os.stat

    def stat(path: object, **options: object) -> os.stat_result:
        hook("os.stat", (path,))
        return original(path, **options)

    sys.addaudithook(hook)
    os.stat = stat  # of which no hook is told
    return bare


def _let_two_slashes_stand_for_the_prefix() -> None:
    files._sync_folder = lambda _: None  # not done on Windows
    original = system_path  # this module has it too
    for module in list(sys.modules.values()):
        if isinstance(module, ModuleType) and getattr(module, "system_path", None) is original:
            module.system_path = lambda path: "/" + os.path.abspath(path).replace("//", "/")


@pytest.mark.parametrize("device", DEVICES)
def test_no_name_is_that_of_a_device(device: str) -> None:
    name = safe_name(device)
    assert name.partition(".")[0].upper() not in {each.partition(".")[0].upper() for each in DEVICES}
    assert name != device
    with pytest.raises(JobNameInvalid):
        check_name(device)


SCRIPT = """
import locale, sys, warnings
from pathlib import Path
locale.setlocale(locale.LC_ALL, sys.argv[3])  # Windows takes none from the environment
assert f"{1.5:n}" == "1,5", "the decimal comma is not there"
assert "utf" not in locale.getpreferredencoding(False).lower(), locale.getpreferredencoding(False)
if sys.version_info >= (3, 10):
    warnings.filterwarnings("error", category=EncodingWarning, module="sen2chain_ts_plugin")
from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.library.folders import open_library
from sen2chain_ts_plugin.engine.series.smoothing import SmoothingSettings
from tests.support.extracting import fields_layer, run
tree, summary = run(open_library(Path(sys.argv[1])), fields_layer(), Path(sys.argv[2]))
smoothing = SmoothingSettings(window_length=3, polyorder=1)
compile_tree(tree.folder, CompileRequest(("alldata", "monthly"), smoothing=smoothing))
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
            if locale.localeconv()["decimal_point"] == "," and locale.getlocale()[1] not in (None, "UTF-8"):
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
    compile_tree(
        expected.folder,
        CompileRequest(("alldata", "monthly"), smoothing=SmoothingSettings(window_length=3, polyorder=1)),
    )
    environment = {**os.environ, "LC_ALL": german(), "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    environment.pop("LANGUAGE", None)
    subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-c", SCRIPT, str(small.root), str(memory / "there"), german()],
        env={**environment, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        check=True,
    )
    assert all_bytes(memory / "there" / expected.folder.name) == all_bytes(expected.folder)
    assert "parcelle n°".encode() in b"".join(all_bytes(expected.folder).values())


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/vsicurl/https://me:s3cret@host.example/a.gpkg", "***@host.example"),
        ("/vsizip//vsicurl/ftp://me:s3cret@host.example/a.zip|layername=a", "***@host.example"),
        ("/vsicurl/https://host.example/a.gpkg?sig=s3cret&x=1", "a.gpkg?***"),
        ("https://me:s3cret@host.example/a.gpkg", "***@host.example"),
    ],
)
def test_an_address_that_became_a_path_of_windows_shows_no_password(address: str, shown: str) -> None:
    path = PureWindowsPath(address)
    for text in (address, address.replace("/", "\\"), str(path), f"no answer from {path}: gone", repr(str(path))):
        assert "s3cret" not in without_password(text)
        assert shown in without_password(text)


@pytest.mark.parametrize(
    "path", [r"C:\data\fields 2021.gpkg", r"C:\me@home\a.gpkg", r"\\server\me@home\a.gpkg", r"D:\vsi\a.gpkg"]
)
def test_a_path_of_windows_that_is_no_address_stays(path: str) -> None:
    assert without_password(f"{path}: it is damaged") == f"{path}: it is damaged"
