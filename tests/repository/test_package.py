"""What `make stage`, `make package` and `make install` hand out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of its own, with the litter that work leaves behind."""
    copy = tmp_path / "checkout"
    for name in ("sen2chain_ts_plugin", "scripts"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("metadata.txt", "LICENSE"):
        shutil.copy(ROOT / name, copy / name)
    cache = copy / "sen2chain_ts_plugin" / "engine" / "__pycache__"
    cache.mkdir()
    (cache / "errors.cpython-311.pyc").write_bytes(b"litter")
    (copy / "sen2chain_ts_plugin" / ".editor-swap").write_bytes(b"litter")
    return copy


def package(checkout: Path, what: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "scripts/package.py", what]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_stage_holds_the_package_and_what_qgis_asks_for(checkout: Path) -> None:
    run = package(checkout, "stage")
    assert run.returncode == 0, run.stderr
    staged = files_below(checkout / "build" / "sen2chain_ts_plugin")
    assert {"metadata.txt", "LICENSE", "__init__.py", "plugin.py", "resources/icons/sen2chain_ts.svg"} <= staged
    assert not [name for name in staged if "__pycache__" in name or name.startswith((".", "tests"))]


def test_stage_follows_the_sources(checkout: Path) -> None:
    package(checkout, "stage")
    staged = checkout / "build" / "sen2chain_ts_plugin"
    (staged / "engine" / "__pycache__").mkdir()
    (staged / "engine" / "__pycache__" / "old.pyc").write_bytes(b"litter")
    (checkout / "sen2chain_ts_plugin" / "plugin.py").unlink()
    (checkout / "sen2chain_ts_plugin" / "__init__.py").write_text("changed = True\n")
    package(checkout, "stage")
    assert not (staged / "plugin.py").exists()
    assert not (staged / "engine" / "__pycache__").exists()
    assert (staged / "__init__.py").read_text() == "changed = True\n"


def test_zip_is_what_plugins_qgis_org_takes(checkout: Path) -> None:
    assert package(checkout, "zip").returncode == 0
    (path,) = (checkout / "dist").iterdir()
    assert path.name == "sen2chain_ts_plugin-0.2.0.zip"
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names} == {"sen2chain_ts_plugin"}
    assert {
        "sen2chain_ts_plugin/metadata.txt",
        "sen2chain_ts_plugin/__init__.py",
        "sen2chain_ts_plugin/LICENSE",
    } <= set(names)
    assert names == sorted(names)
    package(checkout, "stage")
    assert {name.partition("/")[2] for name in names} == files_below(checkout / "build" / "sen2chain_ts_plugin")


def test_zip_has_the_same_bytes_for_the_same_files(checkout: Path) -> None:
    package(checkout, "zip")
    (path,) = (checkout / "dist").iterdir()
    first = path.read_bytes()
    for source in (checkout / "sen2chain_ts_plugin").rglob("*.py"):
        os.utime(source, (0, 0))
        source.chmod(0o700)
    package(checkout, "zip")
    assert path.read_bytes() == first


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("tracker=", "x=", "metadata.txt lacks: tracker"),
        ("version=0.2.0", "version=soon", "version 'soon' is not like 1.2.3"),
        ("sen2chain_ts.svg", "gone.svg", "gone.svg is not in the plugin"),
    ],
)
def test_what_would_be_refused_is_not_packaged(checkout: Path, old: str, new: str, complaint: str) -> None:
    metadata = checkout / "metadata.txt"
    metadata.write_text(metadata.read_text().replace(old, new))
    run = package(checkout, "zip")
    assert run.returncode == 1
    assert complaint in run.stderr
    assert not (checkout / "dist").exists()


def test_install_replaces_an_older_one(checkout: Path) -> None:
    package(checkout, "stage")
    profile = checkout / "profile"
    installed = profile / "python" / "plugins" / "sen2chain_ts_plugin"
    installed.mkdir(parents=True)
    (installed / "old.py").touch()
    run = subprocess.run(["scripts/install.sh"], cwd=checkout, env={**os.environ, "PROFILE": str(profile)}, check=False)
    assert run.returncode == 0
    assert files_below(installed) == files_below(checkout / "build" / "sen2chain_ts_plugin")
