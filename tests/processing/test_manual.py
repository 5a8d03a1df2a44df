"""The commands of the manual's examples, run as they are written."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"
# Fewer dates than in the manual, which take minutes to write; the fields are the same.
DATES = ("--DATES=160", "--DATES=24")
pytestmark = pytest.mark.usefixtures("provider")


def commands(page: str) -> list[str]:
    """Return the commands of a page's example."""
    text = (DOCS / page).read_text(encoding="utf-8")
    _, _, example = re.split(r"^## (An example|To try it without a download|From the command line)$", text, maxsplit=1,
                             flags=re.MULTILINE)  # fmt: skip
    blocks = re.findall(r"```\n(.*?)```", example, re.DOTALL)
    found = blocks[0].replace("\\\n", " ").splitlines()
    assert found
    return found


def run(command: str) -> dict[str, Any]:
    """Run a command line of qgis_process in the QGIS that runs already."""
    import processing

    program, word, algorithm, *options = shlex.split(command.replace(*DATES))
    assert (program, word) == ("qgis_process", "run")
    parameters = dict(option.removeprefix("--").split("=", 1) for option in options)
    return processing.run(algorithm, parameters)


def not_told_of(tree: Path) -> list[str]:
    """Return what of the plugin's own in an extraction docs/formats.md does not name."""
    formats = (DOCS / "formats.md").read_text(encoding="utf-8")
    return [path.name for path in (tree / ".sen2chain_ts").iterdir() if f"`{path.name}`" not in formats]


def test_examples_of_the_analyses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sample, extract, smooth = commands("smooth.md")
    run(sample)
    tree = Path(run(extract)["EXTRACTION"])
    assert str(tree.relative_to(tmp_path)) in smooth
    assert run(smooth)["ROWS"] > 100
    for page in ("aggregate", "anomaly", "trend", "phenology"):
        (command,) = commands(f"{page}.md")
        assert run(command)["FILES"] >= 1, page
    for page in ("timeseries", "plots", "quicklooks"):
        (command,) = commands(f"{page}.md")
        run(command)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "anomalies.gpkg",
        "months.xlsx",
        "sample",
        "seasons.gpkg",
        "series",
    ]
    told = "".join((DOCS / page).read_text(encoding="utf-8") for page in ("timeseries.md", "plots.md"))
    made = [*(tmp_path / "series").rglob("*.csv"), *tree.glob("plots/*.html")]
    assert len(made) == 3
    assert all(f"`{path.relative_to(tmp_path).as_posix()}`" in told for path in made), made
    assert len(list(tree.glob("quicklooks/QL_*"))) > 20
    assert not_told_of(tree) == []
    for command in commands("models.md"):
        run(command)
    for name in ("months.gpkg", "fields.xlsx", "unusual.gpkg"):
        assert (tmp_path / name).is_file(), name


def test_from_downloads_to_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sample, extract, compiling, plot = commands("without-sen2chain.md")
    run(sample)
    tree = Path(run(extract)["EXTRACTION"])
    assert str(tree.relative_to(tmp_path)) in compiling
    assert run(compiling)["ROWS"] > 10
    assert not_told_of(tree) == []
    pictures = Path(run(plot)["PLOTS"])
    assert pictures.relative_to(tmp_path).as_posix() in (DOCS / "without-sen2chain.md").read_text(encoding="utf-8")
    assert list(pictures.rglob("*.png"))
