"""What dialogs offer of a folder of downloaded L2A products."""

from __future__ import annotations

from pathlib import Path

from sen2chain_ts_plugin.engine.choices import INDICES
from sen2chain_ts_plugin.engine.feedback import Silent
from sen2chain_ts_plugin.gui.dialogs.offers import library_offers
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
    assert masks["SCL-0-1-3-8-9-10"] == masks["NOMASK"] == 2
    assert masks["PRB-50"] == masks["CM001-VRT"] == 1
