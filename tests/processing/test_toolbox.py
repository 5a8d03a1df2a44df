"""What the toolbox shows of the algorithms: found by plain words, in the order of work, an icon for each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsProcessingModelAlgorithm
from qgis.gui import QgsProcessingToolboxModel, QgsProcessingToolboxProxyModel
from qgis.PyQt.QtCore import QModelIndex


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("crop", "extract"), ("parcel", "extract"), ("satellite", "samplelibrary"), ("phenology", "phenology"),
        ("curve", "plot"), ("curve", "compile"), ("export", "timeseries"), ("export", "quicklooks"),
        ("agriculture", "extractandcompile"), ("drought", "anomaly"), ("every night", "savejob"),
    ],
)  # fmt: skip
def test_it_finds_an_algorithm_by_plain_words(provider: Any, words: str, name: str) -> None:
    model = QgsProcessingToolboxProxyModel(None, QgsApplication.processingRegistry())
    model.setFilterString(words)
    found = set()

    def look(parent: QModelIndex) -> None:
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            found.add(index.data(QgsProcessingToolboxModel.Roles.RoleAlgorithmId))
            look(index)

    look(QModelIndex())
    assert f"sen2chain_ts:{name}" in found


def test_groups_are_in_the_order_of_work(provider: Any) -> None:
    groups = sorted({algorithm.group() for algorithm in provider.algorithms()})
    assert groups == ["1. Library", "2. Time series", "3. Analysis", "4. Jobs"]


def test_each_algorithm_has_an_icon_of_its_own_and_models_share_one(provider: Any) -> None:
    models = [each for each in provider.algorithms() if isinstance(each, QgsProcessingModelAlgorithm)]
    others = [each for each in provider.algorithms() if not isinstance(each, QgsProcessingModelAlgorithm)]
    files = [Path(algorithm.svgIconPath()) for algorithm in [*others, models[0]]]
    assert len(set(files)) == len(files) == len(others) + 1
    assert all(file.is_file() for file in files)
    assert {model.svgIconPath() for model in models} == {str(files[-1])}
    pictures = {
        algorithm.icon().pixmap(32).toImage().bits().asstring(32 * 32 * 4) for algorithm in [*others, models[0]]
    }
    assert len(pictures) == len(files)
