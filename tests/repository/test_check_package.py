"""What plugins.qgis.org would refuse is refused here first."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOP = "sen2chain_ts_plugin"


@pytest.fixture
def files() -> dict[str, str]:
    """The smallest plugin that has all it needs, by its path in the zip."""
    return {
        f"{TOP}/__init__.py": '"""A plugin."""\n',
        f"{TOP}/LICENSE": (ROOT / "LICENSE").read_text(),
        f"{TOP}/metadata.txt": (ROOT / "metadata.txt").read_text(),
        f"{TOP}/resources/icons/sen2chain_ts.svg": "<svg/>",
    }


def check(files: dict[str, str], folder: Path) -> tuple[int, str]:
    path = folder / "plugin.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    command = [sys.executable, "scripts/checks/check_package.py", str(path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    return run.returncode, run.stdout


def test_a_plugin_as_it_should_be(files: dict[str, str], tmp_path: Path) -> None:
    status, said = check(files, tmp_path)
    assert re.findall(r"^package: (\S+) +(clean|FAILED)$", said, re.MULTILINE) == [
        (name, "clean") for name in ("shape", "metadata", "bandit", "detect-secrets", "flake8", "qgis-plugin-analyzer")
    ]
    assert status == 0


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        (f"{TOP}/.gitignore", "hidden"),
        (f"{TOP}/engine/.cache/a.py", "hidden"),
        (f"{TOP}/engine/__pycache__/a.cpython-311.pyc", "compiled"),
        (f"{TOP}/engine/fast.so", "compiled"),
        (f"{TOP}/tests/test_a.py", "a test"),
        (f"{TOP}/data/library.zip", "of a kind that is not known here"),
        (f"{TOP}/../outside.py", "leads out of the folder"),
        (f"{TOP}/zonen-größe.py", "a name that not every system can unpack"),
        ("other/a.py", "not one top folder that can be a package's name, but ['other', 'sen2chain_ts_plugin']"),
    ],
)
def test_a_file_that_does_not_belong_there(files: dict[str, str], tmp_path: Path, name: str, complaint: str) -> None:
    status, said = check({**files, name: ""}, tmp_path)
    assert complaint in said
    assert status == 1


@pytest.mark.parametrize("name", ["metadata.txt", "__init__.py", "LICENSE"])
def test_a_file_that_has_to_be_there(files: dict[str, str], tmp_path: Path, name: str) -> None:
    del files[f"{TOP}/{name}"]
    status, said = check(files, tmp_path)
    assert f"  {name} is missing\n" in said
    assert status == 1


def test_a_link_or_a_program_is_no_plain_file(files: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "plugin.zip"
    for mode in (0o120777, 0o100755):
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
            entry = zipfile.ZipInfo(f"{TOP}/link.py")
            entry.external_attr = mode << 16
            archive.writestr(entry, "")
        command = [sys.executable, "scripts/checks/check_package.py", str(path)]
        said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
        assert f"{TOP}/link.py: not a plain file" in said


def test_all_that_is_wrong_inside_is_told_at_once(files: dict[str, str], tmp_path: Path) -> None:
    metadata = files[f"{TOP}/metadata.txt"]
    for old, new in [
        ("category=Raster", "category=Analysis\nsupportsQt6=yes"),
        ("tracker=https", "tracker=http"),
        ("version=0.2.0\n", "version=0.3.0\n"),
        ("icon=", "icon=gone/"),
        ("hasProcessingProvider=yes", ""),
        ("tags=", "tags=<b>"),
    ]:
        assert old in metadata
        metadata = metadata.replace(old, new)
    files[f"{TOP}/metadata.txt"] = metadata
    files[f"{TOP}/run.py"] = (
        'import os\nimport subprocess\n\nimport PyQt5\n\nsecret_key = "c29tZXRoaW5nIHRoYXQgaXMgbm90IG91cnM9PQ"\n'
        'subprocess.call("ls", shell=True)\neval("1")\n'
    )
    status, said = check(files, tmp_path)
    for complaint in (
        "category=Analysis is not as it has to be",
        "supportsQt6 is a mark of the past",
        "tracker=http://",
        "changelog does not begin with what is new in 0.3.0",
        "icon=gone/",
        "hasProcessingProvider= is not as it has to be",
        "tags=<b>",
        "run.py:7: B602",
        "run.py:8: B307",
        "Secret Keyword",
        "run.py:1:1: F401 'os' imported but unused",
        "run.py:4: QGIS_LEGACY_IMPORT",
    ):
        assert complaint in said
    assert status == 1
