"""QGIS with the plugin's provider, once for all tests of Processing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import QgsApplication

from sen2chain_ts_plugin.processing.provider import Sen2ChainProvider


@pytest.fixture(scope="session")
def provider(qgis_processing: None) -> Iterator[Sen2ChainProvider]:
    """Return the provider, registered: `processing.run("sen2chain_ts:…")` works."""
    provider = Sen2ChainProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    yield provider
    QgsApplication.processingRegistry().removeProvider(provider)
