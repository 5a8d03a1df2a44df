"""Check the zip by the rules of plugins.qgis.org. Usage: ``python scripts/checks/check_package.py [ZIP]``.

Without a zip, the one that `make package` would make now. First its shape and metadata are looked at, then what came
out of it is given to the tools that the site runs over an upload: bandit and detect-secrets, which can refuse it, and
flake8; besides to qgis-plugin-analyzer, of which findings of high severity count.
"""

from __future__ import annotations

import argparse
import collections
import configparser
import json
import re
import stat
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from scripts.package import MAX_BYTES, REQUIRED_METADATA  # noqa: E402 the path has to be known first

TOOLS = Path(sys.executable).parent
REQUIRED_FILES = ("metadata.txt", "__init__.py", "LICENSE")
# How values of metadata.txt look.
WEB = r"https://[^\s/]+\.[^\s/]+\S*"
FORMS = {
    "version": r"\d+\.\d+\.\d+",
    "qgisMinimumVersion": r"\d+\.\d+(\.\d+)?",
    "qgisMaximumVersion": r"\d+\.\d+(\.\d+)?",
    "homepage": WEB,
    "tracker": WEB,
    "repository": WEB,
    "email": r"[^@\s]+@[^@\s]+\.[^@\s]+",
    "category": "Raster|Vector|Database|Mesh|Web",  # the menus that QGIS knows
    "hasProcessingProvider": "yes",  # or qgis_process does not see the plugin
    # The site shows HTML as it is.
    "name": "[^<>]+",
    "description": "[^<>]+",
    "about": "[^<>]+",
    "tags": "[^<>]+",
}
# What a plugin is made of; anything else has to be looked at by somebody before it is listed here.
PLAIN = {".py", ".txt", ".md", ".svg", ".png", ".html", ".css", ".js", ".json", ".model3", ".qml", ".qm", ".ts", ".csv"}
COMPILED = {".pyc", ".pyo", ".so", ".pyd", ".dll", ".dylib", ".exe", ".whl", ".o", ".a"}

# Of the rules of qgis-plugin-analyzer with high severity, the one that this code is not made for: it wants every text
# in a call of tr() where it stands. Here a text is translated where it is shown: the class attributes of the algorithms
# by their base class, the messages of the engine, which knows no Qt, when they come out of it.
UNFIT_RULES = {"MISSING_I18N"}


def shape(archive: zipfile.ZipFile, size: int) -> Iterator[str]:
    """Yield what is wrong with the files as such."""
    if size > MAX_BYTES:
        yield f"{size} bytes are more than {MAX_BYTES}"
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    paths = {entry.filename: PurePosixPath(entry.filename) for entry in entries}
    folders = {path.parts[0] for path in paths.values()}
    if len(folders) != 1 or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", *folders):
        yield f"not one top folder that can be a package's name, but {sorted(folders)}"
        return
    (folder,) = folders
    for name in REQUIRED_FILES:
        if f"{folder}/{name}" not in paths:
            yield f"{name} is missing"
    for entry in entries:
        yield from (f"{entry.filename}: {fault}" for fault in _file(entry, paths[entry.filename]))


def _file(entry: zipfile.ZipInfo, path: PurePosixPath) -> Iterator[str]:
    inside = path.parts[1:]
    if path.is_absolute() or ".." in path.parts or "\\" in entry.filename:
        yield "leads out of the folder"
    if any(part.startswith((".", "__MACOSX")) for part in path.parts):
        yield "hidden"
    if "__pycache__" in inside or path.suffix in COMPILED:
        yield "compiled"
    elif path.suffix not in PLAIN and path.name != "LICENSE":
        yield "of a kind that is not known here"
    if any(part in ("test", "tests") for part in inside):
        yield "a test"
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG) or mode & 0o111:
        yield "not a plain file"
    if not entry.filename.isascii() or len(entry.filename) > 120:
        yield "a name that not every system can unpack"


def metadata(text: str, files: set[str]) -> Iterator[str]:
    """Yield what is wrong with metadata.txt."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # QGIS tells capitals apart
    parser.read_string(text)
    values = parser["general"]
    yield from (f"{key} is missing" for key in REQUIRED_METADATA if not values.get(key, "").strip())
    for key, form in FORMS.items():
        if not re.fullmatch(form, values.get(key, "")):
            yield f"{key}={values.get(key, '')} is not as it has to be: {form}"
    if values.get("icon") not in files:
        yield f"icon={values.get('icon')} is not in the plugin"
    if not values.get("changelog", "").startswith(f"{values.get('version')}\n"):
        yield f"changelog does not begin with what is new in {values.get('version')}"
    if "supportsQt6" in values:
        yield "supportsQt6 is a mark of the past: qgisMaximumVersion tells it"


def tool(name: str, *command: str | Path) -> str:
    """Run a tool; return what it said if it found something."""
    run = subprocess.run([TOOLS / name, *command], capture_output=True, text=True, cwd=ROOT, check=False)
    return f"{run.stdout}{run.stderr}".strip() or f"exit code {run.returncode}" if run.returncode else ""


def analyzer(folder: Path, output: Path) -> tuple[list[str], str]:
    """Return the findings of qgis-plugin-analyzer that count, and a line about the others."""
    command = ["analyze", folder, "--output", output, "--linters", "none", "--no-cache"]
    failed = tool("qgis-analyzer", *command)
    found = json.loads((output / "project_context.json").read_text(encoding="utf-8"))
    if found["metrics"]["total_files"] == 0:
        return [failed or "nothing was analysed"], ""
    issues = found["qgis_compliance"]["best_practices"]["issues"] + found["security"]["findings"]
    counting = [i for i in issues if i["severity"] in ("high", "critical") and i["type"] not in UNFIT_RULES]
    rest = collections.Counter(issue["type"] for issue in issues if issue not in counting)
    advice = ", ".join(f"{rule} {count}" for rule, count in sorted(rest.items()))
    return [f"{i['file']}:{i['line']}: {i['type']} {i['message']}" for i in counting], advice


def check(path: Path) -> dict[str, list[str]]:
    """Return, for each thing that is looked at, what is wrong with it."""
    with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as temporary:
        faults = {"shape": list(shape(archive, path.stat().st_size))}
        if faults["shape"]:
            return faults
        folder = Path(temporary) / archive.namelist()[0].split("/")[0]
        archive.extractall(temporary)
        files = sorted(file for file in folder.rglob("*") if file.is_file())
        names = {file.relative_to(folder).as_posix() for file in files}
        faults["metadata"] = list(metadata((folder / "metadata.txt").read_text(encoding="utf-8"), names))
        found = {
            "bandit": tool(
                "bandit", "--quiet", "--configfile", ROOT / "pyproject.toml", "--recursive", "--format", "custom",
                "--msg-template", "{relpath}:{line}: {test_id} {severity} {msg}", folder,
            ),
            "detect-secrets": tool("detect-secrets-hook", "--no-verify", *files),
            # E203 is a matter of taste, on which the formatter has another one; QGS is for `make lint`.
            "flake8": tool("flake8", "--isolated", "--max-line-length=120", "--extend-ignore=E203,QGS", folder),
        }  # fmt: skip
        faults.update((name, said.replace(f"{temporary}/", "").splitlines()) for name, said in found.items())
        faults["qgis-plugin-analyzer"], advice = analyzer(folder, Path(temporary) / "analyzer")
        print(f"package: {path.name}, {path.stat().st_size / 1024:.0f} KiB, {len(files)} files")
        print(f"package: qgis-plugin-analyzer also says, for whoever wants to read it: {advice}")
    return faults


def main() -> int:
    """Check a zip, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("zip", type=Path, nargs="?", help="the zip to check")
    path = parser.parse_args().zip
    with tempfile.TemporaryDirectory() as temporary:
        if path is None:
            command = [sys.executable, ROOT / "scripts" / "package.py", "zip", "--into", temporary]
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            (path,) = Path(temporary).iterdir()
        faults = check(path)
    for name, lines in faults.items():
        print(f"package: {name:<20} {'clean' if not lines else 'FAILED'}")
        print("".join(f"  {line}\n" for line in lines), end="")
    return 1 if any(faults.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
