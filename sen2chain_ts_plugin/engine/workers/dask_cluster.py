"""The executor made of an existing Dask cluster on a shared disk: the same units, on many machines, the same bytes.

The workers read rasters and send back what they measured; files are written here alone. A unit whose worker is lost
goes to another one. Workers need the engine on their Python path, numpy, and rasterio or GDAL; no QGIS.
"""

from __future__ import annotations

import contextlib
import queue
from collections.abc import Callable, Generator, Iterator, Sequence
from importlib.util import find_spec
from typing import Any

from ..errors import Cancelled, DaskLost, DaskMissing, DaskUnreachable, DaskWorkersUnfit, Phrase
from ..feedback import Feedback
from .executor import Control, Item, Outcome, Reach, Result, Unheard

_CONNECT_SECONDS = 15
_PROBE_SECONDS = 60
_LOOK_EVERY = 0.2


class DaskExecutor:
    """Works on the workers of a Dask scheduler.

    Parameters
    ----------
    address
        of the scheduler, ``tcp://host:8786`` or ``host:8786``.

    Attributes
    ----------
    workers
        threads of all workers together, when the executor was made.

    Raises
    ------
    DaskMissing
        the package distributed is not installed.
    DaskUnreachable
        no scheduler answers, or it has no worker.
    DaskWorkersUnfit
        a worker cannot load the engine.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        with self._client() as client:
            self.workers = sum(client.ncores().values())
            if not self.workers:
                raise DaskUnreachable(address=address, reason=Phrase("it has no worker"))
            try:
                client.submit(_probe, pure=False).result(_PROBE_SECONDS)
            except Exception as error:  # what a worker of any kind may raise
                raise DaskWorkersUnfit(address=address, reason=f"{type(error).__name__}: {error}") from error

    @contextlib.contextmanager
    def _client(self) -> Iterator[Any]:
        try:
            from distributed import Client
        except ImportError as error:
            raise DaskMissing(reason=error) from error
        connect: Callable[..., Any] = Client
        try:
            client = connect(self._address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise DaskUnreachable(address=self._address, reason=str(error) or type(error).__name__) from error
        try:
            yield client
        finally:
            client.close()

    def map(
        self,
        function: Callable[[Item, Control], Result],
        items: Sequence[Item],
        feedback: Feedback,
        *,
        ahead: int | None = None,
        python_bound: bool = False,  # noqa: ARG002 how many processes there are is the cluster's
    ) -> Generator[Outcome[Item, Result], None, None]:
        """Yield the outcome of each item as it comes.

        Raises
        ------
        Cancelled
            the user asked to stop; a worker still finishes the product it is at, and its result is dropped.
        DaskLost
            the scheduler is gone.
        """
        if not items:
            return
        done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        with self._client() as client:
            # A task of its own, not data put on a worker: when that worker is lost, Dask makes it again elsewhere.
            shared = client.submit(_keep, function, pure=False)
            futures: dict[Any, int] = {}
            begun = 0
            reach = Reach(ahead, len(items))
            try:
                for yielded in range(1, len(items) + 1):
                    may_begin = min(reach.end, len(items))
                    for number in range(begun, may_begin):
                        future = client.submit(_work, shared, items[number], pure=False)
                        futures[future] = number
                        future.add_done_callback(done.put)
                    begun = may_begin
                    future = self._next(done, client, feedback)
                    if future.cancelled():  # not by us: Dask gives up what a scheduler that is gone was asked for
                        raise DaskLost(address=self._address)
                    number = futures.pop(future)
                    yield _outcome(future, items[number])
                    reach.yielded(number)
                    feedback.progress(yielded / len(items))
            finally:
                # Where the scheduler is gone there is nothing left to cancel; asking it would take long, and hide why.
                if client.status == "running":
                    with contextlib.suppress(OSError):
                        client.cancel([shared, *futures])

    def _next(self, done: queue.SimpleQueue[Any], client: Any, feedback: Feedback) -> Any:
        while True:
            if feedback.cancelled():
                raise Cancelled
            with contextlib.suppress(queue.Empty):
                return done.get(timeout=_LOOK_EVERY)
            if client.status not in ("running", "connecting"):
                raise DaskLost(address=self._address)


def _probe() -> None:
    """Prove, by being there, that a worker can load the engine; and that it has something to read rasters with."""
    if not any(map(find_spec, ("rasterio", "osgeo"))):
        raise ImportError("neither rasterio nor osgeo is installed")


def _keep(function: Callable[..., Any]) -> Callable[..., Any]:
    """Hold the function, and the zones in it, on a worker: its units share the zones made for a grid."""
    return function


def _work(function: Callable[[Item, Control], Result], item: Item) -> Result:
    return function(item, Unheard())


def _outcome(future: Any, item: Item) -> Outcome[Item, Any]:
    try:
        return Outcome(item, future.result(), None)
    except Exception as error:  # noqa: BLE001 one item that fails, for whatever reason, must not stop the others
        return Outcome(item, None, error)
