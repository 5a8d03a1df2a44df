"""Units on a real Dask cluster: a scheduler and two worker processes on loopback, one of them killed in the middle."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine import samplelibrary
from sen2chain_ts_plugin.engine.analysis import smoothed_rows
from sen2chain_ts_plugin.engine.analysis.parameters import KINDS, analysis_of
from sen2chain_ts_plugin.engine.analysis.run import analyse_tree
from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.errors import Cancelled, DaskLost, DaskUnreachable, DaskWorkersUnfit
from sen2chain_ts_plugin.engine.extraction.extract import extract
from sen2chain_ts_plugin.engine.extraction.timeseries import write_timeseries
from sen2chain_ts_plugin.engine.feedback import Feedback, Silent
from sen2chain_ts_plugin.engine.library import cloudmask
from sen2chain_ts_plugin.engine.library.folders import open_library
from sen2chain_ts_plugin.engine.library.selection import Selection
from sen2chain_ts_plugin.engine.series import batches
from sen2chain_ts_plugin.engine.series.smoothing import SmoothingSettings
from sen2chain_ts_plugin.engine.workers.dask_cluster import DaskExecutor
from sen2chain_ts_plugin.engine.workers.executor import Executor, SerialExecutor
from tests.support.analysis_tree import analysis_tree
from tests.support.capabilities import KILLED_BY_POPEN
from tests.support.layers import ShapefileLayer

distributed = pytest.importorskip("distributed")
REPOSITORY = Path(__file__).parents[3]


class Cluster:
    """A scheduler and its workers, as somebody starts them by hand."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen] = []
        self.workers: list[subprocess.Popen] = []
        file = folder / "scheduler.json"
        self.scheduler = self._start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)
        )
        self.scheduler_file = file
        self.address = self._address()

    def _start(self, program: str, *arguments: str, path: str = str(REPOSITORY)) -> subprocess.Popen:
        # `python -m` works where the programs are not on the PATH.
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{program}", *arguments],
            cwd=self._folder,
            env={**os.environ, "PYTHONPATH": path},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._processes.append(process)
        return process

    def _address(self) -> str:
        import json

        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                return json.loads(self.scheduler_file.read_text(encoding="utf-8"))["address"]
            except (OSError, ValueError):
                time.sleep(0.1)
        raise TimeoutError("the scheduler does not start")

    def add_workers(self, count: int, path: str = str(REPOSITORY)) -> None:
        """Start workers of one thread each, and wait until the scheduler knows them and those that are left."""
        for _ in range(count):
            self.workers.append(
                self._start("dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", path=path)
            )
        with distributed.Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(sum(each.poll() is None for each in self.workers), timeout=60)

    def stop(self) -> None:
        for process in reversed(self._processes):
            process.kill()
        for process in self._processes:
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path)
    yield cluster
    cluster.stop()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> samplelibrary.Sample:
    return samplelibrary.build(tmp_path_factory.mktemp("sample"), size=600, dates=8, tiles=["40KCB"])


def extracted(sample: samplelibrary.Sample, root: Path, executor: Executor, feedback: Feedback) -> dict[str, bytes]:
    """Extract both indices of the sample; return the files by name."""
    selection = Selection(["NDVI", "NDWIGAO"], [cloudmask.parse("CM001")])
    extract(open_library(sample.library), ShapefileLayer(sample.layer), selection, root, executor, feedback)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.csv")}


class Watcher(Silent):
    """Feedback that does something once the run has come so far."""

    def __init__(self, share: float, action) -> None:
        self._share, self._action = share, action
        self.lines: list[str] = []

    def progress(self, fraction: float) -> None:
        if self._action and fraction >= self._share:
            self._action, action = None, self._action
            action()

    def error(self, message: str, **values: object) -> None:
        self.lines.append(message.format(**values))


def test_a_worker_killed_in_the_middle_changes_nothing(tmp_path, cluster, sample):
    expected = extracted(sample, tmp_path / "here", SerialExecutor(), Silent())
    assert len(expected) > 10
    cluster.add_workers(2)
    executor = DaskExecutor(cluster.address)
    assert executor.workers == 2
    victim = cluster.workers[0]
    feedback = Watcher(0.2, lambda: victim.kill())
    assert extracted(sample, tmp_path / "there", executor, feedback) == expected
    assert victim.wait(10) == KILLED_BY_POPEN
    assert feedback.lines == []


def test_a_scheduler_killed_in_the_middle_ends_the_run_and_the_next_one_completes_it(tmp_path, cluster, sample):
    cluster.add_workers(1)
    feedback = Watcher(0.2, lambda: cluster.scheduler.kill())
    threads = threading.active_count()
    with pytest.raises(DaskLost, match=re.escape(cluster.address)):
        extracted(sample, tmp_path / "there", DaskExecutor(cluster.address), feedback)
    assert cluster.scheduler.wait(10) == KILLED_BY_POPEN
    expected = extracted(sample, tmp_path / "here", SerialExecutor(), Silent())
    done = {
        path.relative_to(tmp_path / "there").as_posix() for path in (tmp_path / "there").rglob("raw_data/*/*/*.csv")
    }
    assert done
    assert done < expected.keys()
    assert extracted(sample, tmp_path / "there", SerialExecutor(), Silent()) == expected
    assert threading.active_count() <= threads + 1  # a Dask client keeps its loop


def test_fewer_products_than_workers_are_shared_out(tmp_path, cluster, sample):
    expected = extracted(sample, tmp_path / "here", SerialExecutor(), Silent())
    cluster.add_workers(1)
    executor = DaskExecutor(cluster.address)
    executor.workers = 40  # as if it were a large cluster: products are cut into bands, and put together again
    assert extracted(sample, tmp_path / "there", executor, Silent()) == expected


def test_a_damaged_raster_fails_by_name_and_the_others_go_on(tmp_path, cluster, sample):
    cluster.add_workers(1)
    broken = next((sample.library / "INDICES" / "NDVI").rglob("*_NDVI_CM001.jp2"))
    whole = broken.read_bytes()
    broken.write_bytes(whole[: len(whole) // 2])
    feedback = Watcher(1, None)
    try:
        files = extracted(sample, tmp_path / "there", DaskExecutor(cluster.address), feedback)
    finally:
        broken.write_bytes(whole)
    assert len(feedback.lines) == 1
    assert broken.name in feedback.lines[0]
    assert len(files) > 10


def test_cancel_ends_the_run_and_the_next_one_completes_it(tmp_path, cluster, sample):
    cluster.add_workers(2)
    feedback = Watcher(0.2, None)
    feedback._action = lambda: setattr(feedback, "cancelled", lambda: True)
    with pytest.raises(Cancelled):
        extracted(sample, tmp_path / "there", DaskExecutor(cluster.address), feedback)
    after = extracted(sample, tmp_path / "there", DaskExecutor(cluster.address), Silent())
    assert after == extracted(sample, tmp_path / "here", SerialExecutor(), Silent())


def test_no_cluster_is_said(monkeypatch):
    monkeypatch.setattr("sen2chain_ts_plugin.engine.workers.dask_cluster._CONNECT_SECONDS", 1)
    with pytest.raises(DaskUnreachable, match=r"127\.0\.0\.1:9"):
        DaskExecutor("tcp://127.0.0.1:9")
    with pytest.raises(DaskUnreachable, match="nonsense"):
        DaskExecutor("nonsense://x")


def test_a_cluster_without_workers_is_said(cluster):
    with pytest.raises(DaskUnreachable, match="no worker"):
        DaskExecutor(cluster.address)


def test_workers_without_the_engine_are_said(tmp_path, cluster):
    cluster.add_workers(1, path="")
    with pytest.raises(DaskWorkersUnfit, match="sen2chain_ts_plugin"):
        DaskExecutor(cluster.address)


def test_compile_on_a_cluster_writes_the_same_bytes_even_when_a_worker_is_lost(
    sample: samplelibrary.Sample, tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    extracted(sample, tmp_path / "root", SerialExecutor(), Silent())
    tree = next((tmp_path / "root").iterdir())
    request = CompileRequest(("alldata", "monthly"), smoothing=SmoothingSettings(window_length=5))
    compile_tree(tree, request, executor=SerialExecutor())
    here = {path.name: path.read_bytes() for path in tree.glob("compiled_data/**/*.csv")}
    shutil.rmtree(tree / "compiled_data")
    shutil.rmtree(tree / ".sen2chain_ts")
    monkeypatch.setattr(batches, "BATCH_BYTES", 2000)
    cluster.add_workers(2)
    watcher = Watcher(0.5, cluster.workers[0].kill)
    made = compile_tree(tree, request, watcher, executor=DaskExecutor(cluster.address))
    assert {path.name: path.read_bytes() for path in made.files} == here
    assert cluster.workers[0].wait(10) == KILLED_BY_POPEN


ASKED = [(kind, {}) for kind in KINDS]
ASKED += [
    ("smooth", {"METHOD": "savgol"}), ("aggregate", {"SOURCE": "smooth", "WIDE": "mean"}),
    ("anomaly", {"SOURCE": "smooth"}),
]  # fmt: skip


def test_analyses_on_a_cluster_write_the_same_bytes_though_each_loses_a_worker(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = analysis_tree(tmp_path)

    def written(kind: str, settings: dict[str, str], feedback: Feedback, executor: Executor) -> dict[str, bytes]:
        if settings.get("SOURCE"):
            analyse_tree(tree, analysis_of("smooth", {}), Silent(), SerialExecutor())
        analyse_tree(tree, analysis_of(kind, settings), feedback, executor)
        files = {path.name: path.read_bytes() for path in (tree / "analysis_data").rglob("*.csv")}
        shutil.rmtree(tree / "analysis_data")
        return files

    here = [written(kind, settings, Silent(), SerialExecutor()) for kind, settings in ASKED]
    assert all(here)
    monkeypatch.setattr(batches, "BATCH_BYTES", 20_000)
    monkeypatch.setattr(smoothed_rows, "_ZONES_AT_ONCE", 1)
    cluster.add_workers(1)
    for (kind, settings), expected in zip(ASKED, here):
        cluster.add_workers(1)
        victim = cluster.workers[-1]
        watcher = Watcher(0.3, victim.kill)
        assert written(kind, settings, watcher, DaskExecutor(cluster.address)) == expected, (kind, settings)
        assert watcher.lines == []
        assert victim.wait(10) == KILLED_BY_POPEN


def test_timeseries_on_a_cluster_writes_the_same_bytes_even_when_a_worker_is_lost(
    tmp_path: Path, cluster: Cluster, sample: samplelibrary.Sample
) -> None:
    selection = Selection(["NDVI", "NDWIGAO"], [cloudmask.parse("CM001")])

    def written(folder: Path, executor: Executor, feedback: Feedback) -> dict[str, bytes]:
        layer = ShapefileLayer(sample.layer)
        write_timeseries(open_library(sample.library), layer, selection, folder, executor, feedback)
        return {path.name: path.read_bytes() for path in folder.rglob("*.csv")}

    here = written(tmp_path / "here", SerialExecutor(), Silent())
    assert here
    cluster.add_workers(2)
    watcher = Watcher(0.3, cluster.workers[0].kill)
    assert written(tmp_path / "there", DaskExecutor(cluster.address), watcher) == here
    assert cluster.workers[0].wait(10) == KILLED_BY_POPEN
