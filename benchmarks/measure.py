"""Seconds, processor seconds and memory: interleaved, medians, and fresh processes where memory is asked for."""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sen2chain_ts_plugin.engine.workers.threads import ThreadExecutor


@dataclass(frozen=True)
class Cost:
    """What something took: wall and processor seconds (all threads and the programs it ran together)."""

    wall: float
    cpu: float

    def __truediv__(self, number: float) -> Cost:
        return Cost(self.wall / number, self.cpu / number)


def timed(action: Callable[[], object]) -> Cost:
    """Return what an action takes."""
    wall, cpu = time.perf_counter(), _processor_seconds()
    action()
    return Cost(time.perf_counter() - wall, _processor_seconds() - cpu)


def with_workers(workers: int, work: Callable[[ThreadExecutor], object]) -> tuple[Cost, float]:
    """Return what a work takes with workers of its own, and how much memory the processes that help it held, in MB."""
    helping: list[float] = []

    def whole() -> None:
        executor = ThreadExecutor(workers)
        work(executor)
        helping.append(_children_peak_mb())
        # With the executor its processes end; only then the system tells what they took.

    return timed(whole), helping[0]


def _children_peak_mb() -> float:
    """Return the most memory that each process below this one has held, together (Linux)."""
    numbers = [number for task in Path("/proc/self/task").iterdir() for number in _lines(str(task / "children"))]
    children = " ".join(numbers).split()
    return sum(_peak_mb(child) for child in children)


def _processor_seconds() -> float:
    programs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + programs.ru_utime + programs.ru_stime


def median(costs: list[Cost]) -> Cost:
    """Return the median of the wall and of the processor seconds."""
    return Cost(statistics.median(cost.wall for cost in costs), statistics.median(cost.cpu for cost in costs))


def interleaved(actions: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[Cost]]:
    """Run every action once per round, in turn, so that what else the machine does meets all of them alike."""
    costs: dict[str, list[Cost]] = {name: [] for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            costs[name].append(timed(action))
    return costs


def ratio(costs: list[Cost], base: list[Cost]) -> Cost:
    """Return the median over the rounds of what one takes relative to another in the same round."""
    return median([Cost(a.wall / b.wall, a.cpu / b.cpu) for a, b in zip(costs, base)])


def fresh(task: str, **options: Any) -> dict[str, Any]:
    """Run a task of `benchmarks.child` in a process of its own; return what it says, and its peak memory in MB."""
    command = [sys.executable, "-m", "benchmarks.child", task, json.dumps(options)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])
    with process.stdout as stream:
        said = stream.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"bench: {' '.join(command)} ended with {process.returncode}")
    # What the task itself measured comes last: it leaves out the start of Python and the imports.
    own = json.loads(said.splitlines()[-1])
    return {"cpu": usage.ru_utime + usage.ru_stime, **own}


def peak_mb() -> float:
    """Return the most memory this process, or a program that it ran, has held since it started (Linux).

    Not ``ru_maxrss`` for the process itself: in a child that counts what its parent held when it started it.
    """
    programs = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(_peak_mb("self"), programs / 1024)


def _peak_mb(process: str) -> float:
    lines = (line for line in _lines(f"/proc/{process}/status") if line.startswith("VmHWM"))
    return int(next(lines, "VmHWM 0").split()[1]) / 1024


def resident_mb() -> float:
    """Return how much memory this process holds now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def rounds() -> int:
    """Return how often everything is measured: 3 times, or ``$SEN2CHAIN_TS_BENCH_ROUNDS``."""
    return int(os.environ.get("SEN2CHAIN_TS_BENCH_ROUNDS", "3"))


def machine() -> str:
    """Say what the figures were measured on."""
    import numpy as np
    import rasterio

    model = next(
        (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor() or "unknown processor",
    )
    memory = next((int(line.split()[1]) / 2**20 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return (
        f"{model}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GB; Python {platform.python_version()}, "
        f"numpy {np.__version__}, rasterio {rasterio.__version__}, GDAL {rasterio.__gdal_version__}"
    )


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
