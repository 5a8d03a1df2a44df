"""Jobs that tests save through the algorithm, and the files beside the job file."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def save_job(home: Path, **parameters: Any) -> str:
    """Save the job t1; return the text of its job file."""
    import processing

    result = processing.run("sen2chain_ts:savejob", {"NAME": "t1", "LIBRARY": str(home), **parameters})
    return Path(result["JOB"]).read_text(encoding="utf-8")


def beside_job(home: Path, ending: str) -> Path:
    """Return a file of ours beside the job file of t1, by the ending of its name."""
    return home / "sen2chain_data" / "config" / "jobs_extr" / f"job_t1.{ending}"
