"""Failures of a Dask cluster."""

from __future__ import annotations

from .base import EngineError


class DaskMissing(EngineError):
    """A scheduler's address without the package that speaks to it."""

    message = (
        "DASK_SCHEDULER needs the Python package distributed, which is not installed for this Python ({reason}). "
        "Install it in the version of the cluster (Debian, Ubuntu: apt install python3-distributed)."
    )


class DaskUnreachable(EngineError):
    """No cluster at an address."""

    message = "No Dask cluster at {address}: {reason}. Start its scheduler and workers, or leave DASK_SCHEDULER empty."


class DaskWorkersUnfit(EngineError):
    """A scheduler or workers that cannot do the work."""

    message = (
        "The Dask cluster at {address} cannot load the engine ({reason}). Put the folder that holds "
        "sen2chain_ts_plugin on the PYTHONPATH of the scheduler and of the workers, install numpy for both, and "
        "rasterio for the workers."
    )


class DaskLost(EngineError):
    """A scheduler that went away during a run."""

    message = "The Dask scheduler at {address} no longer answers. What was done is kept; run again to continue."
