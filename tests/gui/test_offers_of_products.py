"""What dialogs offer of a library, and which cloud mask they propose."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sen2chain_ts_plugin.engine.choices import INDICES
from sen2chain_ts_plugin.engine.feedback import Silent
from sen2chain_ts_plugin.engine.library import cloudmask
from sen2chain_ts_plugin.engine.library.offers import COMPUTED, FROM_CLASSES, FROM_PROBABILITY, PRODUCED, WITHOUT
from sen2chain_ts_plugin.gui.dialogs.offers import Offers, library_offers
from tests.support.extracting import product_id
from tests.support.safes import Safes


def test_every_index_and_the_masks_of_downloaded_products_are_offered(tmp_path: Path) -> None:
    safes = Safes(tmp_path / "downloads")
    for name in (product_id("2021-01-05", baseline="N0214"), product_id("2023-02-01", baseline="N0509")):
        safes.add(name)
    safes.path("20210105", "MSK_CLDPRB_20m.jp2").unlink()
    offers = library_offers(safes.root, Silent())
    assert offers.products == dict.fromkeys(INDICES, 2)
    masks = offers.masks_of(["NBR"])
    assert masks["SCL"] == {FROM_CLASSES: 2}
    assert masks["NOMASK"] == {WITHOUT: 2}
    assert masks["PRB-50"] == {FROM_PROBABILITY: 1}
    assert masks["CM001-VRT"] == {COMPUTED: 1}


def test_what_is_wanted_is_proposed_where_it_can_be_had() -> None:
    strict, loose = cloudmask.DEFAULT, "CM001"
    bands = Offers({"NDVI": 2}, {"NDVI": {"SCL": Counter({FROM_CLASSES: 2}), "NOMASK": Counter({WITHOUT: 2})}}, True)
    made = Offers({"NBR": 3}, {"NBR": {loose: Counter({PRODUCED: 3}), "SCL": Counter({FROM_CLASSES: 3})}})
    version = Offers({"NBR": 1}, {"NBR": {"OCM_v1_6_1": Counter({PRODUCED: 1})}})
    for offers, wanted, proposed in (
        (bands, strict, "SCL"),
        (bands, "SCL-3-8", "SCL-3-8"),
        (bands, "SCL/NOMASK", "SCL/NOMASK"),
        (bands, "PRB-50", "SCL"),  # nothing that it could be read from
        (made, strict, loose),
        (made, loose, loose),
        (made, "SCL-3-DIL40", "SCL-3-DIL40"),
        (made, "whatever", loose),
        (version, "OCM", "OCM"),
        (Offers(), strict, strict),  # nothing is known
    ):
        assert offers.default_mask(["NDVI"], wanted) == proposed
    assert made.default_indices(["NDVI"]) == ["NBR"]
    assert made.default_indices(["NDVI", "NBR"]) == ["NDVI", "NBR"]
    assert Offers().default_indices(["NDVI"]) == ["NDVI"]
