"""What every test may use, with QGIS and without it."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from sen2chain_ts_plugin.engine.workers import python_processes

DATA = Path(__file__).parent / "data"

# Processes that share the tests among them must not share QGIS's settings.
_WORKER = os.environ.get("PYTEST_XDIST_WORKER")
if _WORKER and "QGIS_CUSTOM_CONFIG_PATH" in os.environ:
    os.environ["QGIS_CUSTOM_CONFIG_PATH"] = str(Path(os.environ["QGIS_CUSTOM_CONFIG_PATH"], _WORKER))
    Path(os.environ["QGIS_CUSTOM_CONFIG_PATH"]).mkdir(parents=True, exist_ok=True)

# Nothing that measures the machine: the first call compiles and fills caches; on a busy one a draw took 31 s.
_TIME = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
# The same cases on every machine in CI, new ones at every desk: few in one run, but others in the next.
settings.register_profile("default", **_TIME, max_examples=40, derandomize=bool(os.environ.get("CI")))
settings.register_profile("long", **_TIME, max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session", autouse=True)
def _one_process() -> None:
    """Let no unit go to another Python: what a test puts in the place of something is not there, nor are its counts."""
    python_processes.WORTH_ONE = threading.TIMEOUT_MAX


@pytest.fixture
def other_pythons(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hand every unit that other Pythons may do to them, however short it is, and however long they take to begin."""
    monkeypatch.setattr(python_processes, "WORTH_ONE", 0)
    monkeypatch.setattr(python_processes, "_BEGINS_WITHIN", 600)


@pytest.fixture(scope="session")
def reference() -> Path:
    """Return the small library, the layers, and what Sen2Chain itself wrote for them. Never write there."""
    return DATA / "reference"


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name a case with a long text by its length: processes are handed the name, and Windows takes no long one."""
    return f"{argname}-of-{len(val)}" if isinstance(val, (str, bytes)) and len(val) > 500 else None


_STATUS = pytest.StashKey[int]()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Keep the exit code for `pytest_unconfigure`."""
    session.config.stash[_STATUS] = int(exitstatus)


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave a process that holds a QGIS at once, with the exit code of the tests.

    Taken down with the interpreter, in an order that is nobody's, QGIS 3.22 crashes now and then after its last test.
    How QGIS ends with the plugin in it is for tests/gui, which closes a real one.
    """
    if "qgis.core" in sys.modules and _STATUS in config.stash:
        config.get_terminal_writer().flush()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.stash[_STATUS])
