"""A tenth of a country, for real: what clusters.md says on paper, checked on this machine.

The country is La Réunion as the page has it: 4 tiles, 146 dates and two indices, 1 168 index products. A tenth of them
is worked through from fields to files, with the fields that one of its tiles has, and what follows an extraction.
Foretold is the tenth from one product of each index, as the page foretells the country.
"""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from sen2chain_ts_plugin.engine.analysis.parameters import AGGREGATE, SMOOTH, analysis_of
from sen2chain_ts_plugin.engine.analysis.run import analyse_tree
from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.tree.layout import tree_folders

from . import library, measure, ours

FIELDS, TILES, YEARLY, DATES, WORKERS = 20_000, 4, 146, 58, 2
PRODUCTS = DATES * len(library.INDICES)


def country() -> dict[str, object]:
    """Extract a tenth of the country, compile it, smooth it and take its monthly means; wall and CPU seconds each."""
    fields = library.scattered(FIELDS)
    ours.run(library.library(1), library.scattered(10))  # what a process does once does not count
    one = measure.timed(lambda: ours.run(library.library(1), fields, WORKERS, library.INDICES))
    each = one / len(library.INDICES)
    with tempfile.TemporaryDirectory(dir=library.cache()) as folder:
        root, data = Path(folder), library.library(DATES)
        costs = {"extract": measure.timed(lambda: ours.run(data, fields, WORKERS, library.INDICES, root))}
        (tree,) = (each.folder for each in tree_folders(root))
        request = CompileRequest(("alldata",))
        works = {"compile": lambda executor: compile_tree(tree, request, executor=executor)}
        for kind in (SMOOTH, AGGREGATE):
            works[kind] = partial(analyse_tree, tree, analysis_of(kind, {}), None)
        for name, work in works.items():
            costs[name], _ = measure.with_workers(WORKERS, work)
    found = {name: [cost.wall, cost.cpu] for name, cost in costs.items()}
    found["one product"] = [each.wall, each.cpu]
    found["foretold"] = [each.wall * PRODUCTS, each.cpu * PRODUCTS]
    for name, (wall, cpu) in found.items():
        print(f"country: {name}: {wall:.1f} s ({cpu:.1f} s CPU)", flush=True)
    return found
