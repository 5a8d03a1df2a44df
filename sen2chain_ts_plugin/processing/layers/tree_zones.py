"""The zones of an extraction tree, read back from its shapefile."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureRequest,
    QgsField,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsVectorLayer,
)

from ...engine.errors import GeometryUnusable, VectorUnreadable
from ...engine.feedback import Feedback, check
from ...engine.library.cloudmask import FRAC, L2A_ENDING
from ...engine.tree.layout import Tree
from ...engine.tree.raw_csv import first_attribute_names
from ...engine.zones.file_state import check_vector_file
from ...engine.zones.wkb import Geometry, parse_wkb
from ..support.i18n import tr, tr_error
from .raw_attributes import RawAttributes

_CHECK_EVERY = 500
# The ends of the names of their folders.
_SHARES = (f"-{FRAC}", f"-{FRAC}{L2A_ENDING}")


class TreeZones:
    """The records of a tree's shapefile; record i is zone i. For the thread that made it.

    Raises
    ------
    QgsProcessingException
        the shapefile is missing or cannot be read.
    """

    def __init__(self, tree: Tree) -> None:
        self._path = tree.shapefile
        self._tree = tree
        try:
            check_vector_file(tree.shapefile)
        except VectorUnreadable as error:
            raise QgsProcessingException(tr_error(error)) from error
        self._layer = QgsVectorLayer(str(tree.shapefile), tree.name, "ogr")
        if not self._layer.isValid():
            raise QgsProcessingException(
                tr("Cannot read the zones of the extraction, {path}: the table needs them. Restore shp_files from a "
                   "copy, or extract again.").format(path=self._path)
            )  # fmt: skip
        self.crs = self._layer.crs()
        self.fields = [QgsField(field) for field in self._layer.fields()]
        # A shapefile cuts names; the raw files have them whole, in the same order.
        whole = first_attribute_names(tree)
        if len(whole) == len(self.fields):
            for field, name in zip(self.fields, whole):
                field.setName(name)
        # Whether rows of pixels that belong by shares may be among those of the tree.
        self.has_shares = any(path.name.endswith(_SHARES) for path in (tree.folder / "raw_data").glob("*/*"))
        self.geometries: list[QgsGeometry] = []
        self.attributes: list[list[Any]] = []

    @cached_property
    def raw(self) -> RawAttributes:
        """The attributes as the raw files have them."""
        request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
        records = [feature.attributes() for feature in self._layer.getFeatures(request)]
        return RawAttributes(self._tree, self.fields, records)

    @property
    def wkb_type(self) -> Any:
        """The geometry type of the shapefile, which is the same for single and multiple ones."""
        return self._layer.wkbType()

    def load(self, feedback: Feedback) -> None:
        """Read geometries and attributes.

        Raises
        ------
        Cancelled
            the user asked to stop.
        """
        unchecked = QgsFeatureRequest().setInvalidGeometryCheck(QgsFeatureRequest.InvalidGeometryCheck.GeometryNoCheck)
        for number, feature in enumerate(self._layer.getFeatures(unchecked)):
            if number % _CHECK_EVERY == 0:
                check(feedback)
            self.geometries.append(QgsGeometry(feature.geometry()))
            self.attributes.append(feature.attributes())

    def outlines(self, epsg: int, context: QgsProcessingContext) -> list[Geometry]:
        """Return the loaded geometries in a CRS; an empty one for a zone that has none there."""
        target = QgsCoordinateReferenceSystem(f"EPSG:{epsg}")
        transform = QgsCoordinateTransform(self.crs, target, context.transformContext())
        return [_outline(geometry, transform) for geometry in self.geometries]

    def check_has(self, zone: int) -> None:
        """Raise QgsProcessingException unless there is such a zone."""
        if zone >= len(self.geometries):
            raise QgsProcessingException(
                tr("The raw data have a zone {zone}, but {path} has only {number}. The extraction is damaged. Move its "
                   "folder away and run Extract again.").format(
                    zone=zone, path=self._path, number=len(self.geometries)
                )
            )  # fmt: skip


def _outline(geometry: QgsGeometry, transform: QgsCoordinateTransform) -> Geometry:
    if geometry.isNull():
        return Geometry()
    moved = QgsGeometry(geometry)
    try:
        moved.transform(transform)
        return parse_wkb(bytes(moved.asWkb()))
    except (QgsCsException, GeometryUnusable):
        return Geometry()  # extract found no pixel for it either
