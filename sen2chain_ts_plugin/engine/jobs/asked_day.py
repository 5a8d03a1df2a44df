"""What a task of a job asks for on a day: its selection, its compilations, its copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from ..choices import ALL_DATA, ALL_INDICES
from ..compilation.compile import CompileRequest
from ..files import is_folder
from ..library.cloudmask import CloudMask
from ..library.folders import Library
from ..library.selection import Selection
from ..series.smoothing import SmoothingSettings
from ..tree.layout import Tree
from ..zones.pixel_options import PixelOptions
from .task import Task

_FOLDERS = {ALL_DATA: "all_data"}


@dataclass(frozen=True)
class AskedDay:
    """What a task asks on the day of the run."""

    number: int
    task: Task
    today: date
    pixels: PixelOptions
    library: Library

    @property
    def selection(self) -> Selection:
        """The products."""
        task = self.task
        return Selection(
            task.index_names,
            task.masks,
            *task.dates(self.today),
            cover_max=task.cover_max,
            index_source=task.index_source,
        )

    @property
    def results(self) -> tuple[CloudMask, ...]:
        """The cloud masks under the names of their results."""
        return tuple(self.pixels.result(mask) for mask in self.selection.masks_in(self.library))

    def compilation(self, tree: Tree, period: str) -> CompileRequest:
        """Ask for one period, alone, so that none of its files has the column of another (Sen2Chain)."""
        task, indices = self.task, self.task.index_names
        first, last = task.dates(self.today)
        if task.indices == ALL_INDICES:
            # To ask for all means all there are.
            indices = tuple(index for index in indices if is_folder(tree.folder / "raw_data" / index))
        return CompileRequest(
            periods=(period,),
            indices=indices,
            cloudmasks=self.results,
            date_min=first,
            date_max=last,
            cover_max=task.cover_max,
            smoothing=SmoothingSettings() if task.smooth else None,
            dates_as=f"{task.date_min or first} {task.date_max or last}",
            # The same rows whatever the period: each would write them again, and with a column of its own.
            smooth_all_data=period == (ALL_DATA if ALL_DATA in task.periods else task.periods[0]),
        )


def parts_of(
    asked: AskedDay, periods: Sequence[str], has_rows: Callable[[str, str], bool] = lambda _index, _mask: True
) -> list[str]:
    """Return the folders of a task's compiled files, below its extraction folder, of what has rows."""
    task = asked.task
    folders = [_FOLDERS.get(period, period) for period in periods]
    if task.smooth and periods:
        folders.append(_FOLDERS[ALL_DATA])  # smoothed files are there whatever the period
    masks = dict.fromkeys(mask.folder for mask in asked.results)
    return [
        f"compiled_data/{index}/{mask}/{folder}"
        for index in task.index_names
        for mask in masks
        if has_rows(index, mask)
        for folder in dict.fromkeys(folders)
    ]
