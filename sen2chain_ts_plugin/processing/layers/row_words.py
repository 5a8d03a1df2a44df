"""What the fields of a layer of rows are called, and what is said of a row: in words, and on the scale of the index.

The fields keep their names and values; a loaded layer only shows them under other titles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qgis.core import QgsAttributeTableConfig, QgsField, QgsFields, QgsVectorLayer
from qgis.PyQt.QtCore import QMetaType

from ...engine.series import zone_fields
from ..support.i18n import tr
from .table_fields import ORIGIN_FIELDS, RESULT_FIELDS

# In the attribute table, before the others.
_FIRST = ("date", "mean", "median", "count", "nodata", "nbcld")


def likely_name(fields: QgsFields | Iterable[QgsField], known: Iterable[str] = ()) -> str:
    """Return the field that most likely names a zone; empty when there is none.

    Parameters
    ----------
    fields
        those of a layer.
    known
        names of fields that are no attributes of zones.
    """
    candidates = [field for field in fields if field.name() not in set(known)]
    texts = [field.name() for field in candidates if field.type() == QMetaType.Type.QString]
    return zone_fields.likely_name([field.name() for field in candidates], texts)


def explain(layer: QgsVectorLayer, index: str) -> None:
    """Give a layer of rows titles in words, a tip on the map, and an attribute table that begins with what counts."""
    own = [name for name, _ in (*RESULT_FIELDS, *ORIGIN_FIELDS)] + ["completeness"]
    name = f"'{quoted(index)}'" if index else '"index"'
    value = f"{name} || ' ' || coalesce(format_number(\"mean\" / 10000, 2), '')"
    share = '100.0 * (1 - "nbcld" / nullif("count" + "nodata", 0))'
    clear = f"coalesce(', ' || format_number({share}, 0) || ' % {quoted(tr('clear'))}', '')"
    dress_in_words(layer, _words(index), _FIRST, own, day_expression("date"), f"{value} || {clear}")


def dress_in_words(
    layer: QgsVectorLayer, words: Mapping[str, str], first: Sequence[str], own: Sequence[str], day: str, said: str
) -> None:
    """Give a layer titles, a map tip and an order of its columns.

    Parameters
    ----------
    layer
        of rows.
    words
        the title of each field that has one.
    first
        the fields that come before the others, after the name of the zone.
    own
        the fields that are no attributes of zones.
    day, said
        expressions: the day of a row, empty for none, and what its tip ends with.
    """
    for position, field in enumerate(layer.fields()):
        if field.name() in words:
            layer.setFieldAlias(position, words[field.name()])
    number = f"'{quoted(tr('Zone'))} ' || to_string(\"zone\")"
    name = likely_name(layer.fields(), [*own, "fid"])
    zone = f"coalesce(nullif(to_string(\"{name}\"), ''), {number})" if name else number
    layer.setDisplayExpression(" || ', ' || ".join(filter(None, (zone, day))))
    parts = [f"<b>[% {zone} %]</b>", *(f"[% {part} %]" for part in (day, said) if part)]
    layer.setMapTipTemplate(", ".join(parts))
    _order(layer, [name or "zone", *first])


def day_expression(field: str) -> str:
    """Return an expression that writes a day with the name of its month."""
    return f"format_date(\"{field}\", 'd MMM yyyy')"


def quoted(text: str) -> str:
    """Return a text as it is written between the quotes of an expression."""
    return text.replace("'", "''")


def _words(index: str) -> dict[str, str]:
    mean = index or tr("index")
    times = "x 10 000"
    return {
        "date": tr("Date"),
        "zone": tr("Zone number"),
        "tile": tr("Tile"),
        "filename": tr("Product"),
        "count": tr("Valid pixels"),
        "nodata": tr("Pixels without data"),
        "nbcld": tr("Cloudy pixels"),
        "cldprb": tr("Cloud probability (%)"),
        "mean": tr("Mean {index}").format(index=f"{mean} {times}"),
        "std": tr("Standard deviation {times}").format(times=times),
        "median": tr("Median {times}").format(times=times),
        "min": tr("Minimum {times}").format(times=times),
        "max": tr("Maximum {times}").format(times=times),
        "percentile_25": tr("First quartile {times}").format(times=times),
        "percentile_75": tr("Third quartile {times}").format(times=times),
        "index": tr("Index"),
        "cloudmask": tr("Cloud mask"),
        "completeness": tr("Completeness"),
    }


def _order(layer: QgsVectorLayer, first: Sequence[str]) -> None:
    """Show some columns of the attribute table before the others."""
    config = QgsAttributeTableConfig()
    config.update(layer.fields())
    columns = config.columns()
    ranks = {name: rank for rank, name in enumerate(first)}
    columns.sort(key=lambda column: ranks.get(column.name, len(ranks)))
    config.setColumns(columns)
    layer.setAttributeTableConfig(config)
