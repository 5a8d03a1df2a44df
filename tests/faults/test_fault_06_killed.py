"""Fault 6: `kill -9` at any step of writing. The next run makes what an undisturbed one would have, byte for byte."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.feedback import Silent
from sen2chain_ts_plugin.engine.jobs import file as jobfile
from sen2chain_ts_plugin.engine.jobs.run import Tools, run_job
from sen2chain_ts_plugin.engine.jobs.store import JobFile, load_job, log_folder, save_job
from sen2chain_ts_plugin.engine.jobs.task import Task
from sen2chain_ts_plugin.engine.series.smoothing import SmoothingSettings
from sen2chain_ts_plugin.engine.workers.executor import SerialExecutor
from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor
from tests.support.child import KILLED, in_child, kill_at
from tests.support.extracting import NODATA, SmallLibrary, all_bytes, counts, fields_layer, run, select, write_jp2

BOTH = select(("NDVI", "NDWIGAO"))


@pytest.fixture
def small(memory: Path) -> SmallLibrary:
    """One product with rows, one without."""
    small = SmallLibrary(memory / "library")
    small.add("2021-01-05")
    small.add("2021-01-10", "NDWIGAO", clouds=1)
    return small


# At every eleventh step in the tests of every day, at each of them in the long ones.
some_steps = pytest.mark.parametrize("stride", [11, pytest.param(1, marks=pytest.mark.long)])


def kill_everywhere(
    disturbed: Callable[[], None], check: Callable[[int], None], *, least: int, stride: int = 1
) -> None:
    """Kill a run before its first step, before a later one… until it comes through."""
    for step in range(0, 10_000, stride):

        def run_until_killed(step: int = step) -> None:
            kill_at(step)
            disturbed()

        status = in_child(run_until_killed)
        assert status in {0, KILLED}
        check(step)
        if status == 0:
            break
    assert step >= least, "the steps were not counted"


@some_steps
@pytest.mark.parametrize("workers", [1, 2])
def test_a_first_run(small: SmallLibrary, memory: Path, workers: int, stride: int) -> None:
    tree, summary = run(small.open(), fields_layer(), memory / "undisturbed", BOTH)
    assert counts(summary) == (2, 1, 0, 1, 0)
    undisturbed = all_bytes(tree.folder)
    root = memory / "killed"

    def disturbed() -> None:
        run(small.open(), fields_layer(), root, BOTH, executor=ThreadExecutor(workers))

    def check(step: int) -> None:
        killed = root / tree.folder.name
        for name, content in all_bytes(killed).items():
            if not name.startswith(".sen2chain_ts/") and "products_no_data" not in name:
                assert content == undisturbed[name], f"half a file, killed at step {step}"
        run(small.open(), fields_layer(), root, BOTH)
        assert all_bytes(killed) == undisturbed, f"killed at step {step}"
        shutil.rmtree(root)

    kill_everywhere(disturbed, check, least=60, stride=stride)


@some_steps
def test_a_run_that_changes_what_is_there(small: SmallLibrary, memory: Path, stride: int) -> None:
    """One product lost its data, one got other values, one is new."""
    before = small.add("2021-01-15")
    tree, _ = run(small.open(), fields_layer(), memory / "before", BOTH)
    old = tree.folder
    write_jp2(before, np.full((small.height, small.width), NODATA, np.int16), nodata=NODATA, block=32)
    small.add("2021-01-05")
    small.add("2021-01-20")
    shutil.copytree(old, memory / "undisturbed" / old.name)
    tree, summary = run(small.open(), fields_layer(), memory / "undisturbed", BOTH)
    assert counts(summary) == (4, 2, 1, 1, 0)
    undisturbed = all_bytes(tree.folder)
    root = memory / "killed"

    def disturbed() -> None:
        run(small.open(), fields_layer(), root, BOTH)

    def check(step: int) -> None:
        run(small.open(), fields_layer(), root, BOTH)
        assert all_bytes(root / old.name) == undisturbed, f"killed at step {step}"
        shutil.rmtree(root)
        shutil.copytree(old, root / old.name)

    shutil.copytree(old, root / old.name)
    kill_everywhere(disturbed, check, least=40, stride=stride)


def test_killed_again_and_again(small: SmallLibrary, memory: Path) -> None:
    """Each run gets a little further than the one before, from where that one was killed."""
    tree, _ = run(small.open(), fields_layer(), memory / "undisturbed", BOTH)
    undisturbed = all_bytes(tree.folder)
    root = memory / "killed"

    def disturbed(step: int) -> None:
        kill_at(step)
        run(small.open(), fields_layer(), root, BOTH)

    for step in range(5, 10_000, 5):
        if in_child(lambda step=step: disturbed(step)) == 0:
            break
    assert all_bytes(root / tree.folder.name) == undisturbed


@some_steps
def test_a_forced_run(small: SmallLibrary, memory: Path, stride: int) -> None:
    """What was computed before stays whole."""
    tree, _ = run(small.open(), fields_layer(), memory, BOTH)
    undisturbed = all_bytes(tree.folder)

    def disturbed() -> None:
        run(small.open(), fields_layer(), memory, BOTH, force=True)

    def check(step: int) -> None:
        run(small.open(), fields_layer(), memory, BOTH)
        assert all_bytes(tree.folder) == undisturbed, f"killed at step {step}"

    kill_everywhere(disturbed, check, least=20, stride=stride)


@some_steps
def test_a_compile(small: SmallLibrary, memory: Path, stride: int) -> None:
    for day in ("2021-01-15", "2021-02-05", "2021-03-05"):
        small.add(day)
    tree, _ = run(small.open(), fields_layer(), memory / "raw", BOTH)
    root = memory / "killed"
    request = CompileRequest(("alldata", "monthly"), smoothing=SmoothingSettings(window_length=3, polyorder=1))
    before = all_bytes(tree.folder)
    compile_tree(tree.folder, request)
    undisturbed = all_bytes(tree.folder)
    shutil.rmtree(tree.folder / "compiled_data")
    (tree.folder / ".sen2chain_ts" / "compiled.json").unlink()
    assert all_bytes(tree.folder) == before
    place = root / tree.folder.name
    shutil.copytree(tree.folder, place)

    def check(step: int) -> None:
        for name, content in all_bytes(place).items():
            if not name.startswith(".sen2chain_ts/"):
                assert content == undisturbed[name], f"half a file, killed at step {step}"
        compile_tree(place, request)
        assert all_bytes(place) == undisturbed, f"killed at step {step}"
        shutil.rmtree(place)
        shutil.copytree(tree.folder, place)

    kill_everywhere(lambda: compile_tree(place, request), check, least=60, stride=stride)


@pytest.mark.parametrize("stride", [37, pytest.param(1, marks=pytest.mark.long)])
def test_a_run_of_a_job(small: SmallLibrary, memory: Path, stride: int) -> None:
    """Extraction and compile under the locks and the log of a job; the log of a killed run says so and stays."""
    small.add("2021-02-05")
    library = small.open()
    task = Task(shapefile="/zones.shp", cloudmasks="CM001", indices="NDVI/NDWIGAO", compiled_data="alldata/monthly")
    job = jobfile.with_task(jobfile.new_job(), task)
    tools = Tools(library, lambda *_: fields_layer(), lambda _: SerialExecutor())

    def run_it() -> None:
        run_job("t1", job, tools, log_folder(library, "t1"), Silent())

    run_it()
    undisturbed = all_bytes(library.extraction)
    assert any("monthly" in name for name in undisturbed)
    shutil.rmtree(library.extraction)

    def check(step: int) -> None:
        run_it()
        assert all_bytes(library.extraction) == undisturbed, f"killed at step {step}"
        shutil.rmtree(library.extraction)
        shutil.rmtree(library.logs)

    kill_everywhere(run_it, check, least=100, stride=stride)


def test_saving_a_job(memory: Path) -> None:
    """The file is the old one or the new one."""
    old = jobfile.new_job()
    new = jobfile.with_task(old, Task(shapefile="/fields.shp"))
    file = JobFile("t1", memory / "job_t1.cfg")
    save_job(file, old)

    def check(step: int) -> None:
        assert load_job(file) in (old, new)
        save_job(file, old)
        files = {path.name for path in memory.rglob("*") if path.is_file()}
        assert files == {"job_t1.cfg", "lock"}, f"killed at step {step}"

    kill_everywhere(lambda: save_job(file, new), check, least=5)
