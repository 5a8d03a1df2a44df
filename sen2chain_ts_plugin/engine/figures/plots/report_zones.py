"""What a report knows of zones besides their rows: what they are called, how they are grouped, where they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...errors import EngineError, GroupFieldUnknown
from ...feedback import Feedback
from ...files import is_file
from ...series.zone_fields import likely_group, likely_name
from ...series.zone_series import unique_labels
from ...tree.layout import Tree
from ...zones.vector_files import read_zones
from ...zones.wkb import Geometry

_WGS84 = 4326


@dataclass(frozen=True)
class ReportZones:
    """The zones of an extraction, as its shapefile has them.

    Attributes
    ----------
    names
        by number; empty where the rows name the zones, or nothing does.
    groups
        by number, with an empty text for no group; empty where nothing groups them.
    group_field
        that groups them.
    geometries
        in EPSG:4326, by number.
    """

    names: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[int, str] = field(default_factory=dict)
    group_field: str = ""
    geometries: Sequence[Geometry] = ()

    @property
    def group_names(self) -> list[str]:
        """The groups, by name; what has none comes last."""
        return sorted(set(self.groups.values()), key=lambda name: (not name, name.casefold(), name))


def read_report_zones(tree: Tree, key_field: str, group_field: str, feedback: Feedback) -> ReportZones:
    """Read the zones of an extraction; without its shapefile a report has neither a map nor groups, and says so.

    Parameters
    ----------
    tree
        the extraction.
    key_field
        that names the zones; empty to guess one.
    group_field
        that groups them; empty to guess one.
    feedback
        told what is missing.

    Raises
    ------
    GroupFieldUnknown
        the zones have no field ``group_field``.
    """
    try:
        zones = read_zones(tree.shapefile) if is_file(tree.shapefile) else None
    except EngineError as error:
        feedback.warning("The report has no map: {reason}", reason=error)
        zones = None
    fields = [] if zones is None else list(zones.fields)
    if group_field and group_field not in fields:
        raise GroupFieldUnknown(field=group_field, there=", ".join(fields) or "-")
    if zones is None:
        return ReportZones()

    def values(name: str) -> list[str]:
        place = fields.index(name)
        return [_text(row[place]) for row in zones.attributes]

    texts = [name for name in fields if any(isinstance(row[fields.index(name)], str) for row in zones.attributes[:100])]
    name = "" if key_field else likely_name(fields, texts)
    group = group_field or likely_group([each for each in fields if each != name], values)
    return ReportZones(
        unique_labels(dict(enumerate(values(name)))) if name else {},
        dict(enumerate(values(group))) if group else {},
        group,
        zones.geometries(_WGS84),
    )


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
