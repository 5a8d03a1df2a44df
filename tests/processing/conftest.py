"""QGIS with the plugin's provider, once for all tests of Processing."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsProject

from sen2chain_ts_plugin.processing.provider import Sen2ChainProvider
from tests.support.homes import make_home
from tests.support.qgis_layers import JUNE


@pytest.fixture(scope="session")
def provider(qgis_processing: None) -> Iterator[Sen2ChainProvider]:
    """Return the provider, registered: `processing.run("sen2chain_ts:…")` works."""
    provider = Sen2ChainProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    yield provider
    QgsApplication.processingRegistry().removeProvider(provider)
    gc.collect()  # a layer in a reference cycle (an exception's traceback) must not outlive QGIS: that crashes at exit


@pytest.fixture
def extract(provider: Sen2ChainProvider, reference: Path, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Extract June 2021 from the reference library, NDVI under CM001, unless asked otherwise; None leaves out."""
    import processing

    def _extract(
        layer: Any, /, feedback: QgsProcessingFeedback | None = None, *, check: Any = None, **other: Any
    ) -> dict[str, Any]:
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        if check is not None:
            context.setInvalidGeometryCheck(check)
        parameters = {
            "INPUT": str(layer) if isinstance(layer, Path) else layer, "LIBRARY": str(reference / "library"),
            "CLOUDMASKS": "CM001", "OUTPUT": str(tmp_path / "out"), **JUNE, **other,
        }  # fmt: skip
        given = {name: value for name, value in parameters.items() if value is not None}
        return processing.run("sen2chain_ts:extract", given, context=context, feedback=feedback)

    return _extract


@pytest.fixture
def run(provider: Sen2ChainProvider) -> Callable[..., dict[str, Any]]:
    """Return a function that runs an algorithm of the plugin; a Path among the parameters is given as text."""
    import processing

    def _run(algorithm: str, **parameters: Any) -> dict[str, Any]:
        texts = {name: str(value) if isinstance(value, Path) else value for name, value in parameters.items()}
        return processing.run(f"sen2chain_ts:{algorithm}", texts)

    return _run


@pytest.fixture
def home(reference: Path, tmp_path: Path) -> Path:
    """Return the folder of a Sen2Chain configuration whose products are those of the reference."""
    return make_home(tmp_path, reference)


@pytest.fixture
def zones(reference: Path) -> str:
    """Return the path of the reference's layer."""
    return str(reference / "layers" / "zones.shp")
