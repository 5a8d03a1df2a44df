"""The line that installs what is missing, on each system."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.install import install_line, program_line, python_programs


@pytest.fixture(autouse=True)
def _in_qgis(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run as a part of QGIS, which is then what the system has started."""
    monkeypatch.setattr(sys, "executable", "/usr/bin/qgis.bin")


@pytest.mark.parametrize(
    ("platform", "programs", "line"),
    [
        ("linux", {"apt", "dnf"}, "sudo apt install python3-scipy"),
        ("linux", {"dnf"}, "sudo dnf install python3-scipy"),
        ("linux", set(), '"{python}" -m pip install scipy'),
        ("darwin", {"apt"}, '"{python}" -m pip install scipy'),
        ("win32", set(), "OSGeo4W Setup > Advanced Install > python3-scipy"),
    ],
)
def test_each_system_has_its_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, programs: set[str], line: str
) -> None:
    python = tmp_path / "bin" / "python3"
    python.parent.mkdir()
    python.touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr("shutil.which", lambda program: f"/usr/bin/{program}" if program in programs else None)
    assert install_line("scipy") == line.format(python=python)


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_conda_is_conda_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    (tmp_path / "conda-meta").mkdir()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "platform", platform)
    assert install_line("scipy") == "conda install -c conda-forge scipy"


@pytest.mark.parametrize(
    ("platform", "place"), [("linux", "bin/python3"), ("darwin", "bin/python3"), ("win32", "Scripts/python.exe")]
)
def test_a_virtual_environment_has_packages_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, place: str
) -> None:
    python = tmp_path / place
    python.parent.mkdir()
    python.touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr("shutil.which", lambda program: f"/usr/bin/{program}")
    assert install_line("scipy") == f'"{python}" -m pip install scipy'


def test_where_the_prefix_has_no_python_the_one_on_the_path_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "darwin")
    assert install_line("scipy") == '"python3" -m pip install scipy'


@pytest.mark.parametrize(
    ("platform", "programs", "lines"),
    [
        ("linux", {"apt"}, ("sudo apt install openssh-client", "sudo apt install rsync")),
        ("linux", {"apt", "dnf"}, ("sudo apt install openssh-client", "sudo apt install rsync")),
        ("linux", {"dnf"}, ("sudo dnf install openssh-clients", "sudo dnf install rsync")),
        ("linux", set(), ("openssh-client", "rsync")),
        ("darwin", set(), ("brew install openssh", "brew install rsync")),
        ("win32", set(), ("pacman -S rsync openssh", "pacman -S rsync openssh")),
    ],
)
def test_programs_of_the_copy_are_installed_in_the_way_of_the_system(
    monkeypatch: pytest.MonkeyPatch, platform: str, programs: set[str], lines: tuple[str, str]
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr("shutil.which", lambda program: f"/usr/bin/{program}" if program in programs else None)
    for program, line in zip(("ssh", "rsync"), lines):
        said = program_line(program)
        assert line in said if platform == "win32" else line == said
        assert ("apt" in said) == ("apt" in programs)


QGIS_OF_WINDOWS = "bin/qgis-bin.exe"


@pytest.mark.parametrize(
    ("platform", "started", "files", "found"),
    [
        ("linux", "bin/python3", ["bin/python3"], ["bin/python3", "bin/python3"]),
        ("linux", "bin/python", ["bin/python"], ["bin/python"]),
        ("linux", "bin/qgis.bin", ["bin/qgis.bin", "bin/python3"], ["bin/python3"]),
        ("linux", "shims/python3", ["shims/python3", "bin/python3.{minor}"], ["bin/python3.{minor}", "shims/python3"]),
        ("linux", "", ["bin/python3.{minor}", "bin/python3"], ["bin/python3.{minor}", "bin/python3"]),
        ("linux", "bin/python3", ["bin/qgis.bin"], []),
        ("darwin", "MacOS/QGIS", ["MacOS/QGIS", "bin/python3"], ["bin/python3"]),
        ("win32", "python.exe", ["python.exe"], ["python.exe", "python.exe"]),
        ("win32", "bin/Python.EXE", ["bin/Python.EXE"], ["bin/Python.EXE"]),
        ("win32", QGIS_OF_WINDOWS, [QGIS_OF_WINDOWS, "python.exe"], ["python.exe"]),
        ("win32", QGIS_OF_WINDOWS, [QGIS_OF_WINDOWS, "Scripts/python.exe"], ["Scripts/python.exe"]),
        ("win32", QGIS_OF_WINDOWS, [QGIS_OF_WINDOWS], []),
    ],
)
def test_the_python_of_this_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, started: str, files: list[str], found: list[str]
) -> None:
    minor = sys.version_info.minor
    for name in files:
        path = tmp_path / name.format(minor=minor)
        path.parent.mkdir(exist_ok=True)
        path.touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys, "executable", str(tmp_path / started) if started else "")
    assert python_programs() == [str(tmp_path / name.format(minor=minor)) for name in found]
