"""What the rules of pixels cost for a dense layer, beside the centre rule and beside exactextract."""

from __future__ import annotations

from sen2chain_ts_plugin.engine.zones.pixel_options import PixelOptions

from . import library, measure, ours, rivals

COUNT = 20_000
RULES = ("centre", "touched", "fraction")


def pixels() -> dict[str, object]:
    """Time of one product by each rule / by the centre: touched at most 1.05, fraction 1.3 and below exactextract."""
    data, fields = library.library(1), library.scattered(COUNT)
    rivals.layer_file(fields)
    actions = {
        rule: lambda rule=rule: ours.run(data, fields, pixels=PixelOptions(rule)) for rule in RULES
    }  # fmt: skip
    if rivals.is_there("exactextract"):
        actions["exactextract"] = lambda: rivals.exactextract(fields)
    costs = measure.interleaved(actions, measure.rounds())
    found: dict[str, object] = {}
    for name in actions:
        cost, share = measure.median(costs[name]), measure.ratio(costs[name], costs["centre"])
        print(
            f"pixels: {COUNT} scattered fields, one product, one worker: {name}: {cost.wall:.2f} s "
            f"({cost.cpu:.2f} s CPU), {share.wall:.3f} x centre (CPU {share.cpu:.3f})",
            flush=True,
        )
        found[name] = {"cost": [cost.wall, cost.cpu], "ratio": [share.wall, share.cpu]}
    return found
