"""What the fields of a layer of rows are called, and what is said of a row: in words, and on the scale of the index.

The fields keep their names and values; a loaded layer only shows them under other titles.
"""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsAttributeTableConfig, QgsFields, QgsVectorLayer

from ..support.i18n import tr
from .table_fields import ORIGIN_FIELDS, RESULT_FIELDS

# What an attribute that names a zone is likely to be called.
_NAMES = ("name", "nom", "nombre", "label", "libelle", "title", "id", "code")
# In the attribute table, before the others.
_FIRST = ("date", "mean", "median", "count", "nodata", "nbcld")


def likely_name(fields: QgsFields | Iterable, known: Iterable[str] = ()) -> str:
    """Return the field that most likely names a zone; empty when there is none.

    Parameters
    ----------
    fields
        those of a layer.
    known
        names of fields that are no attributes of zones.
    """
    candidates = [field for field in fields if field.name() not in set(known)]
    names = {field.name().lower(): field.name() for field in reversed(candidates)}
    found = next((names[name] for name in _NAMES if name in names), "")
    texts = (field.name() for field in candidates if field.typeName() in ("String", "text", "TEXT", "string"))
    return found or next(texts, "")


def explain(layer: QgsVectorLayer, index: str) -> None:
    """Give a layer of rows titles in words, a tip on the map, and an attribute table that begins with what counts."""
    own = [name for name, _ in (*RESULT_FIELDS, *ORIGIN_FIELDS)] + ["completeness", "fid"]
    words = _words(index)
    for position, field in enumerate(layer.fields()):
        if field.name() in words:
            layer.setFieldAlias(position, words[field.name()])
    name = likely_name(layer.fields(), own)
    zone = f"coalesce(nullif(to_string(\"{name}\"), ''), {_zone()})" if name else _zone()
    layer.setDisplayExpression(f"{zone} || ', ' || {_day()}")
    layer.setMapTipTemplate(f"<b>[% {zone} %]</b>, [% {_day()} %]{_value(index)}{_clear()}")
    _order(layer, [name, *_FIRST] if name else ["zone", *_FIRST])


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


def _zone() -> str:
    return f"'{_quoted(tr('Zone'))} ' || to_string(\"zone\")"


def _day() -> str:
    return "format_date(\"date\", 'd MMM yyyy')"


def _value(index: str) -> str:
    name = f"'{_quoted(index)}'" if index else '"index"'
    return f', [% {name} %] [% format_number("mean" / 10000, 2) %]'


def _clear() -> str:
    share = '100.0 * (1 - "nbcld" / nullif("count" + "nodata", 0))'
    words = _quoted(tr("clear"))
    return f"[% coalesce(', ' || format_number({share}, 0) || ' % {words}', '') %]"


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _order(layer: QgsVectorLayer, first: list[str]) -> None:
    """Show some columns of the attribute table before the others."""
    config = QgsAttributeTableConfig()
    config.update(layer.fields())
    columns = config.columns()
    ranks = {name: rank for rank, name in enumerate(first)}
    columns.sort(key=lambda column: ranks.get(column.name, len(ranks)))
    config.setColumns(columns)
    layer.setAttributeTableConfig(config)
