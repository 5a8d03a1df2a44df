"""The engine beside the decode floor, and its memory, for a dense layer."""

from __future__ import annotations

from . import library, measure, ours

COUNT, PRODUCTS = 20_000, 2


def floor() -> dict[str, object]:
    """Engine time / time to decode the blocks it has to read, once, with as many threads: at most 1.2."""
    data, fields = library.library(PRODUCTS), library.scattered(COUNT)
    blocks = ours.blocks_read(data, fields)
    found: dict[str, object] = {"blocks": sum(map(len, blocks.values()))}
    for workers in (1, 2):
        costs = measure.interleaved(
            {
                "engine": lambda workers=workers: ours.run(data, fields, workers),
                "floor": lambda workers=workers: ours.decode(blocks, workers),
            },
            measure.rounds(),
        )
        engine, base = measure.median(costs["engine"]), measure.median(costs["floor"])
        share = measure.ratio(costs["engine"], costs["floor"])
        print(
            f"floor: {COUNT} scattered fields, {PRODUCTS} products, {workers} worker{'s'[: workers > 1]}: "
            f"engine {engine.wall:.2f} s ({engine.cpu:.2f} s CPU), "
            f"decoding alone {base.wall:.2f} s ({base.cpu:.2f} s CPU), ratio {share.wall:.3f} (CPU {share.cpu:.3f})",
            flush=True,
        )
        found[str(workers)] = {
            "engine": [engine.wall, engine.cpu], "floor": [base.wall, base.cpu], "ratio": [share.wall, share.cpu]
        }  # fmt: skip
    return found


def memory() -> dict[str, object]:
    """Peak memory of that run, in a fresh process: at most 1 GB."""
    found: dict[str, object] = {}
    for workers in (1, 2):
        said = measure.fresh("extraction", layer="scattered", count=COUNT, workers=workers)
        beyond = said["peak_mb"] - said["before_mb"]
        print(
            f"memory: {COUNT} scattered fields, {workers} worker{'s'[: workers > 1]}: peak {said['peak_mb']:.0f} MB, "
            f"{beyond:.0f} MB of it for the run; {said['wall']:.1f} s",
            flush=True,
        )
        found[str(workers)] = {"peak_mb": said["peak_mb"], "beyond_mb": beyond}
    return found
