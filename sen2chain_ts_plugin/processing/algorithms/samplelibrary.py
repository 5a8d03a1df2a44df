"""Sample library: a small true library and a layer of fields, to learn and to test with."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsProcessingContext,
    QgsProcessingOutputFolder,
    QgsProcessingOutputVectorLayer,
    QgsRendererCategory,
    QgsSymbolLayerUtils,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from ...engine.choices import (
    DEFAULT_DATES,
    DEFAULT_SEED,
    DEFAULT_SIZE,
    DEFAULT_YEARS,
    MAX_DATES,
    MAX_SIZE,
    MAX_YEARS,
    MIN_DATES,
    MIN_SIZE,
)
from ..base.algorithm import EngineAlgorithm
from ..base.declarations import boolean_parameter, number_parameter, output_folder_parameter
from ..base.parameters import Values
from ..support.feedback import QgisFeedback
from ..support.i18n import tr
from ..support.loading import load_as
from ..support.names import LIBRARY, OUTPUT
from ..support.preload import RASTERS

SIZE = "SIZE"
DATES = "DATES"
SEED = "SEED"
L2A = "L2A"
YEARS = "YEARS"
LAYER = "LAYER"
_CROP = "crop"
# Of the crops in the order of their names; a picture under the fields shines through.
_COLOURS = ("#b0a08c", "#4daf4a", "#c8a45a", "#1b7837", "#984ea3", "#d9ef8b", "#e69f00")
_FILL = 0.3  # how opaque


class SampleLibrary(EngineAlgorithm):
    """A small library from a seed."""

    ID = "samplelibrary"
    TITLE = "Make a sample library"
    GROUP_ID = "library"
    GROUP = "Library"
    SUMMARY = "Makes a small Sen2Chain library with clouds, and a layer of fields, to learn and test with."
    HELP = (
        "Writes a library in the formats of Sen2Chain without any download: two overlapping tiles of La Réunion, two "
        "indices (NDVI and NDWIGAO), unmasked and under three cloud masks, with cloud probabilities; and a layer of "
        "fields of sugar cane, pasture, vegetables, orchards and forest, some of them of odd shapes.\n\n"
        "The tiles, the formats and the days of the passes are real. Fields, seasons and clouds are invented: the same "
        "numbers give the same library. Some days are clear and one is almost entirely clouded, the edge of the swath "
        "crosses others, and one acquisition comes in two processing baselines.\n\n"
        "The default takes about 20 seconds and 50 MB; both grow with the number of pixels and dates."
    )
    TAGS = "sentinel-2, sen2chain, example, test data, demo, tutorial"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.declare(
            number_parameter(SIZE, tr("Pixels per side"), DEFAULT_SIZE, MIN_SIZE, MAX_SIZE),
            tr("Pixels of 10 m per side of each raster, 64 to 10980 (a full tile). Odd numbers are rounded up."),
        )
        self.declare(
            number_parameter(
                DATES, tr("Acquisitions"), DEFAULT_DATES, MIN_DATES, MAX_DATES // DEFAULT_YEARS * MAX_YEARS
            ),
            tr("Acquisitions in all years, 4 to 146 a year; they fall on days on which the satellites really passed."),
        )
        self.declare(
            number_parameter(YEARS, tr("Years"), DEFAULT_YEARS, DEFAULT_YEARS, MAX_YEARS),
            tr("From 2021 on, 2 to 4. In the third one the rains fail: something for the algorithm Anomaly to find."),
        )
        self.declare(
            number_parameter(SEED, tr("Seed"), DEFAULT_SEED, 0),
            tr("Any whole number; another one gives other fields and other clouds."),
        )
        self.declare(
            boolean_parameter(L2A, tr("L2A products too")),
            tr("Also write L2A products as they are downloaded, into the folder L2A: bands, scene classification, "
               "cloud probability and metadata, with and without the offset of processing baseline 04.00. They take "
               "three times the room of the rest."),
        )  # fmt: skip
        self.declare(
            output_folder_parameter(OUTPUT, tr("Folder"), optional=False),
            tr("A new or an empty folder, or an earlier sample library, which is replaced; extractions in it stay. "
               "A folder that holds anything else is refused."),
        )  # fmt: skip
        self.addOutput(QgsProcessingOutputFolder(LIBRARY, tr("Library")))
        self.addOutput(QgsProcessingOutputVectorLayer(LAYER, tr("Fields")))

    def libraries(self, values: Values) -> tuple[str, ...]:
        """Return what writes rasters."""
        return (*super().libraries(values), *RASTERS)

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgisFeedback
    ) -> dict[str, Any]:
        """Build the library; in the toolbox the layer is then added to the map."""
        from ...engine.samplelibrary import build

        values = self.values(parameters, context)
        output = values.needed_path(OUTPUT)
        sample = build(
            output,
            size=values.whole(SIZE),
            dates=values.whole(DATES),
            seed=values.whole(SEED),
            l2a=values.yes(L2A),
            years=values.whole(YEARS),
            feedback=feedback,
        )
        feedback.info("The sample library is ready, with a layer of fields: {library}", library=sample.library)
        layer = str(sample.layer)
        details = QgsProcessingContext.LayerDetails(sample.layer.stem, context.project(), LAYER)
        context.addLayerToLoadOnCompletion(layer, details)
        load_as(context, layer, sample.layer.stem, "", lambda loaded, _: _dress(loaded))
        return {OUTPUT: str(output), LIBRARY: str(sample.library), LAYER: layer}


def _dress(layer: QgsVectorLayer) -> None:
    """Colour the fields by what grows on them; the image of a day is seen through them."""
    crops = sorted(layer.uniqueValues(layer.fields().lookupField(_CROP)))
    categories = []
    for number, crop in enumerate(crops):
        colour = _COLOURS[number % len(_COLOURS)]
        fill = QColor(colour)
        fill.setAlphaF(_FILL)
        look = {"color": QgsSymbolLayerUtils.encodeColor(fill), "outline_color": colour, "outline_width": "0.5"}
        symbol = QgsFillSymbol.createSimple(look)
        categories.append(QgsRendererCategory(crop, symbol, crop))
    layer.setRenderer(QgsCategorizedSymbolRenderer(_CROP, categories))
