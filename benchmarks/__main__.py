"""``python -m benchmarks [names…]``: runs the benchmarks named, or all, and keeps their figures in the cache."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from . import (
    analysing,
    compile_million,
    country,
    dock,
    flat,
    floor,
    held_out,
    holes,
    identical,
    layouts,
    library,
    many_files,
    measure,
    nothing,
    parcels,
    pixels,
    profile,
    report,
    sources,
)

ENTRIES: dict[str, Callable[[], dict[str, object]]] = {
    "identical": identical.identical,
    "floor": floor.floor,
    "holes": holes.holes,
    "memory": floor.memory,
    "flat": flat.flat,
    "rivals": layouts.every_way,
    "whole": layouts.whole,
    "pixels": pixels.pixels,
    "sources": sources.sources,
    "nothing": nothing.nothing,
    "parcels": parcels.parcels,
    "profile": profile.profile,
    "compiling": compile_million.compiling,
    "held out": held_out.held_out,
    "analysing": analysing.analysing,
    "many files": many_files.many_files,
    "dock": dock.dock,
    "country": country.country,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(ENTRIES)}; default: all")
    names = parser.parse_args().names or list(ENTRIES)
    unknown = sorted(set(names) - set(ENTRIES))
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(ENTRIES)}")
    print(f"bench: {measure.machine()}", flush=True)
    library.library()
    for name in names:
        library.keep_figures(name, ENTRIES[name]())
        report.write()


if __name__ == "__main__":
    main()
