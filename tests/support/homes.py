"""The folder of a Sen2Chain configuration, for tests that need a library with jobs and logs of its own."""

from __future__ import annotations

from pathlib import Path


def make_home(home: Path, reference: Path) -> Path:
    """Make a Sen2Chain home whose products are those of the reference, and its extractions, jobs and logs its own."""
    config = home / "sen2chain_data" / "config" / "config.cfg"
    config.parent.mkdir(parents=True)
    (home / "EXTRACTION").mkdir()
    data = reference / "library"
    config.write_text(
        f"[DATA PATHS]\nindices_path = {data / 'INDICES'}\ncloudmasks_path = {data / 'CLOUDMASKS'}\n"
        f"l1c_path = {data / 'L1C'}\nextraction_path = {home / 'EXTRACTION'}\n"
        f"[LOG PATH]\nlog_path = {home / 'logs'}\n",
        encoding="utf-8",
    )
    return home
