"""Put the plugin together as QGIS and plugins.qgis.org want it. Usage: ``python3 scripts/package.py stage|zip``.

``stage`` leaves ``build/sen2chain_ts_plugin``: the package, metadata.txt and LICENSE, and nothing else. ``zip`` writes
``dist/sen2chain_ts_plugin-<version>.zip`` with the same files, always the same bytes for the same files. Both refuse
what plugins.qgis.org would refuse. Needs nothing but Python.
"""

from __future__ import annotations

import argparse
import configparser
import re
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "sen2chain_ts_plugin"
FROM_THE_TOP = ("metadata.txt", "LICENSE")

REQUIRED_METADATA = (
    "name", "description", "about", "version", "qgisMinimumVersion", "author", "email", "tracker", "repository",
)  # fmt: skip
MAX_BYTES = 25 * 1024 * 1024
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest time that a zip can hold
PLAIN_FILE = 0o100644 << 16


class Refused(Exception):
    """The plugin as it is would not be accepted."""


def plugin_files() -> dict[str, bytes]:
    """Return the content of the plugin by its path in the plugin's folder, in the order of the paths."""
    paths = {path.relative_to(ROOT / PACKAGE).as_posix(): path for path in (ROOT / PACKAGE).rglob("*") if _ships(path)}
    paths.update((name, ROOT / name) for name in FROM_THE_TOP)
    return {name: paths[name].read_bytes() for name in sorted(paths)}


def _ships(path: Path) -> bool:
    inside = path.relative_to(ROOT / PACKAGE)
    hidden = any(part.startswith(".") or part == "__pycache__" for part in inside.parts)
    return path.is_file() and not hidden and path.suffix != ".pyc"


def version(files: dict[str, bytes]) -> str:
    """Return the version that metadata.txt states, once the plugin is known to be acceptable."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # QGIS tells capitals apart
    parser.read_string(files["metadata.txt"].decode("utf-8"))
    metadata = parser["general"]
    missing = [key for key in REQUIRED_METADATA if not metadata.get(key, "").strip()]
    if missing:
        raise Refused(f"metadata.txt lacks: {', '.join(missing)}")
    if not re.fullmatch(r"\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?", metadata["version"]):
        raise Refused(f"metadata.txt: version {metadata['version']!r} is not like 1.2.3")
    if metadata.get("icon", "LICENSE") not in files:
        raise Refused(f"metadata.txt: the icon {metadata['icon']} is not in the plugin")
    size = sum(map(len, files.values()))
    if size > MAX_BYTES:
        raise Refused(f"{size} bytes are more than the {MAX_BYTES} that plugins.qgis.org takes")
    return metadata["version"]


def stage(files: dict[str, bytes], build: Path) -> Path:
    """Make the folder hold exactly these files; leave alone the ones that already have their content."""
    folder = build / PACKAGE
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for name, content in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return folder


def write_zip(files: dict[str, bytes], dist: Path) -> Path:
    """Write the files below one top folder: sorted, with a fixed time and fixed rights."""
    target = dist / f"{PACKAGE}-{version(files)}.zip"
    dist.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"{PACKAGE}/{name}", ZIP_EPOCH)
            entry.create_system = 3  # Unix, on Windows too
            entry.external_attr = PLAIN_FILE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=9)
    return target


def main() -> int:
    """Stage or zip, and say what was done."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("what", choices=("stage", "zip"))
    parser.add_argument("--into", type=Path, help="the folder to write to (build or dist)")
    arguments = parser.parse_args()
    files = plugin_files()
    try:
        number = version(files)
    except Refused as refusal:
        print(f"{arguments.what}: {refusal}", file=sys.stderr)
        return 1
    if arguments.what == "stage":
        target = stage(files, arguments.into or ROOT / "build")
    else:
        target = write_zip(files, arguments.into or ROOT / "dist")
    shown = target.relative_to(ROOT) if target.is_relative_to(ROOT) else target
    print(f"{arguments.what}: version {number}, {len(files)} files, in {shown}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
