"""The inventory as a self-contained HTML page: totals, calendar, tiles, what extract would do, missing masks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from ...extraction.inventory import CHANGED, EXTRACTED, NEW, WITHOUT_DATA, Inventory, InventoryEntry
from ...library.cloudmask import CloudMask
from ...library.offers import COMPUTED, FROM_CLASSES, FROM_PROBABILITY, FROM_RASTER, WITHOUT
from .calendar_svg import Day, calendars, class_labels, even_bounds, level_of, levels_legend, month_range, strip
from .page import Translate, bullets, cards, counted, escape, facts, page, table

# Rasters of one tile and index in a month: two satellites pass 6 times, twice as often where orbits overlap.
_PER_MONTH = (1, 2, 4, 6)
# What a page can show and still be read: a strip per row is 2 KB.
_MOST_ROWS, _MOST_STRIPS, _MOST_DATES, _MOST_GAPS = 1500, 400, 8, 60
_FOUND_TEXT = "{tile} {index} {mask}, products: {products}, {first} to {last}"
_FOUND_AND_DONE_TEXT = (
    "{tile} {index} {mask}, products: {products}, {first} to {last}; {done} already done, {left} to do"
)


def inventory_page(inventory: Inventory, tr: Translate = str, language: str = "en") -> bytes:
    """Return the page.

    Parameters
    ----------
    inventory
        what to show.
    tr
        translates the page's own words.
    language
        they are in, like ``en``.
    """
    name = inventory.layer or tr("All tiles")
    title = tr("Inventory: {name}").format(name=name)
    body = [f"<header><h1>{escape(title)}</h1>{_facts(inventory, tr)}</header>", _cards(inventory, tr)]
    if inventory.entries:
        body += [_calendar(inventory, tr), _tiles(inventory, tr)]
    else:
        body.append(f"<p>{escape(tr('No product with a cloud mask in these dates.'))}</p>")
    body += [_possible(inventory, tr), _extraction(inventory, tr), _gaps(inventory, tr)]
    return page(title, filter(None, body), language)


def _facts(inventory: Inventory, tr: Translate) -> str:
    pairs: list[tuple[str, object]] = [(tr("Library"), inventory.library)]
    if inventory.date_min or inventory.date_max:
        dates = (str(day) if day else "…" for day in (inventory.date_min, inventory.date_max))
        pairs.append((tr("Dates"), " - ".join(dates)))
    if inventory.tree is not None:
        pairs.append((tr("Extraction"), inventory.tree if inventory.tree_exists else tr("none yet")))
    if inventory.other_tiles:
        pairs.append((tr("Tiles that no zone meets"), _shortened(inventory.other_tiles, 20)))
    return facts(pairs)


def _cards(inventory: Inventory, tr: Translate) -> str:
    entries = inventory.entries
    days = {day for entry in entries for day in entry.days}
    shown: list[tuple[object, str]] = [
        counted(inventory.total(lambda e: e.products), tr("masked raster"), tr("masked rasters")),
        counted(len({entry.tile for entry in entries}), tr("tile"), tr("tiles")),
        counted(len({entry.index for entry in entries}), tr("index"), tr("indices")),
        counted(len({entry.mask for entry in entries}), tr("cloud mask"), tr("cloud masks")),
        counted(len(days), tr("day of acquisition"), tr("days of acquisition")),
    ]
    if days:
        months = month_range(days)
        span = tr("months, {first} to {last}").format(first=min(days).year, last=max(days).year)
        shown.append(counted(len(months), tr("month, in {year}").format(year=min(days).year), span))
    if inventory.layer is not None:
        shown.append((inventory.total(lambda e: e.remaining), tr("left to extract")))
    return cards(shown)


def _calendar(inventory: Inventory, tr: Translate) -> str:
    number: Counter[date] = Counter()
    to_do: Counter[date] = Counter()
    tiles: dict[date, set[str]] = {}
    for entry in inventory.entries:
        number.update(entry.days)
        to_do.update(entry.to_do)
        for day in entry.days:
            tiles.setdefault(day, set()).add(entry.tile)

    most = max(number.values())
    bounds = even_bounds(most)

    def shown(day: date) -> Day:
        said = [tr("{day}, rasters: {number}").format(day=day, number=number[day]), _shortened(sorted(tiles[day]), 6)]
        if to_do[day]:
            said.append(tr("{number} left to extract").format(number=to_do[day]))
        return Day(level_of(number[day], bounds), ", ".join(said), bool(to_do[day]))

    mark = tr("something left to extract") if any(to_do.values()) else ""
    return (
        f"<section><h2>{escape(tr('Calendar'))}</h2>"
        f'<p class="sub">{escape(tr("Masked rasters per day of acquisition, over all tiles, indices and masks."))}</p>'
        f"{levels_legend(class_labels(bounds, most), mark)}"
        f"{calendars({day: shown(day) for day in number}, tr)}</section>"
    )


def _tiles(inventory: Inventory, tr: Translate) -> str:
    entries = inventory.entries
    months = month_range(day for entry in entries for day in (entry.days[0], entry.days[-1]))
    strips = len(entries) <= _MOST_STRIPS and len(months) <= 400
    heads = [tr("Tile"), tr("Index"), tr("Cloud mask"), tr("Rasters"), tr("First"), tr("Last")]
    heads += [tr("Per month")] if strips else []
    numbers = [3]
    for text in (tr("Cloud cover"), tr("Without this mask"), tr("Without probability"), tr("Without unmasked raster")):
        numbers.append(len(heads))
        heads.append(text)
    rows = (_tile_row(entry, months if strips else None, tr) for entry in entries[:_MOST_ROWS])
    left = len(entries) - _MOST_ROWS
    more = tr("Further lines are in the table layer: {number}.").format(number=left) if left > 0 else ""
    return (
        f"<section><h2>{escape(tr('Tiles, indices and cloud masks'))}</h2>{table(heads, rows, numbers)}"
        f'<p class="note">{escape(more)}</p></section>'
    )


def _tile_row(entry: InventoryEntry, months: Sequence[tuple[int, int]] | None, tr: Translate) -> list[str]:
    cells = [entry.tile, entry.index, entry.mask.name]
    cells = [escape(cell) for cell in [*cells, entry.products, entry.days[0], entry.days[-1]]]
    if months is not None:
        of_month = Counter((day.year, day.month) for day in entry.days)
        levels = [of_month[month] and level_of(of_month[month], _PER_MONTH) for month in months]
        title = tr("{first} to {last}, one cell per month; rasters: {number}").format(
            first=entry.days[0], last=entry.days[-1], number=entry.products
        )
        cells.append(strip(levels, title))
    cells.append("" if entry.cover is None else f"{entry.cover:.0f} %")
    return cells + [_number(n) for n in (len(entry.missing), entry.without_probability, entry.without_unmasked)]


def _possible(inventory: Inventory, tr: Translate) -> str:
    """Return the masks that could be applied while reading, over all tiles and indices."""
    words = {
        FROM_RASTER: tr("from the mask raster"), COMPUTED: tr("computed as Sen2Chain does"),
        FROM_CLASSES: tr("from the scene classification"), FROM_PROBABILITY: tr("from the cloud probability"),
        WITHOUT: tr("no mask"),
    }  # fmt: skip
    total: dict[CloudMask, Counter[str]] = {}
    for each in inventory.possible:
        total.setdefault(each.mask, Counter()).update(each.how)
    if not total:
        return ""
    heads = [tr("Cloud mask"), tr("Products and indices"), tr("How")]
    rows = [
        [escape(mask.name), str(sum(how.values())), escape(", ".join(f"{words[kind]}: {how[kind]}" for kind in how))]
        for mask, how in sorted(total.items())
    ]
    return f"<h2>{escape(tr('Masks that can be applied while reading'))}</h2>{table(heads, rows, (1,), 2)}"


def _extraction(inventory: Inventory, tr: Translate) -> str:
    if inventory.layer is None:
        return ""
    totals: dict[tuple[str, str], Counter[str]] = {}
    for entry in inventory.entries:
        totals.setdefault((entry.index, entry.mask.name), Counter()).update(entry.states)
    heads = [
        tr("Index"), tr("Cloud mask"), tr("Rasters"), tr("Already extracted"), tr("Known to have no rows"),
        tr("Changed since"), tr("New"), tr("Left to extract"),
    ]  # fmt: skip
    rows = []
    for (index, mask), states in sorted(totals.items()):
        cells = [states[EXTRACTED], states[WITHOUT_DATA], states[CHANGED], states[NEW]]
        rows.append([
            escape(index), escape(mask), str(sum(states.values())), *map(_number, cells),
            _number(states[CHANGED] + states[NEW], "todo"),
        ])  # fmt: skip
    reasons = [
        tr("Already extracted: the extraction has an intact CSV of it, and the raster is still the same. Skipped."),
        tr("Known to have no rows: an earlier run found no valid pixel in any zone. Skipped."),
        tr("Changed since: the raster was replaced, or its CSV is gone. Extracted again."),
        tr("'Re-extract existing products' skips nothing."),
    ]
    return (
        f"<section><h2>{escape(tr('What Extract would do'))}</h2>{table(heads, rows, range(2, 8))}"
        f'<div class="note">{bullets(reasons)}</div></section>'
    )


def _gaps(inventory: Inventory, tr: Translate) -> str:
    """Return what is passed over for want of a mask, and which masks there are instead."""
    there: dict[tuple[str, str], list[str]] = {}
    for entry in inventory.entries:
        there.setdefault((entry.tile, entry.index), []).append(entry.mask.name)
    # Indices of a tile that lack the same mask on the same days, and have the same others, share a line.
    lines: dict[tuple[str, str, tuple[date, ...], str], list[str]] = {}
    for entry in inventory.entries:
        if entry.missing:
            others = [name for name in there[entry.tile, entry.index] if name != entry.mask.name]
            key = (entry.tile, entry.mask.name, tuple(entry.missing), ", ".join(others) or "-")
            lines.setdefault(key, []).append(entry.index)
    for (tile, index), days in sorted(inventory.unmasked_only.items()):
        lines.setdefault((tile, tr("none at all"), tuple(sorted(days)), "-"), []).append(index)
    rows = [
        [*map(escape, (tile, ", ".join(indices), mask, len(days), _days(days), others))]
        for (tile, mask, days, others), indices in lines.items()
    ]
    if not rows:
        return ""
    heads = [tr("Tile"), tr("Indices"), tr("Missing mask"), tr("Products"), tr("Days"), tr("Masks present")]
    left = len(rows) - _MOST_GAPS
    more = tr("Further lines like these: {number}.").format(number=left) if left > 0 else ""
    said = tr("Products of a tile and index that lack a mask that others have: Extract skips them.")
    return (
        f'<section><h2>{escape(tr("Missing masks"))}</h2><p class="sub">{escape(said)}</p>'
        f'{table(heads, rows[:_MOST_GAPS], [3], 4)}<p class="note">{escape(more)}</p></section>'
    )


def _number(number: int, kind: str = "") -> str:
    if not number:
        return '<span class="zero">0</span>'
    return f'<span class="{kind}">{number}</span>' if kind else str(number)


def _days(days: Sequence[date]) -> str:
    return _shortened([str(day) for day in days], _MOST_DATES)


def _shortened(words: Sequence[str], most: int) -> str:
    return ", ".join(words[:most]) + (f", … ({len(words)})" if len(words) > most else "")


def log_lines(inventory: Inventory) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield one message per entry, a template and its values."""
    for entry in inventory.entries:
        values: dict[str, object] = {
            "tile": entry.tile, "index": entry.index, "mask": entry.mask.name, "products": entry.products,
            "first": entry.days[0], "last": entry.days[-1],
        }  # fmt: skip
        if inventory.layer is None:
            yield _FOUND_TEXT, values
        else:
            done = entry.states[EXTRACTED] + entry.states[WITHOUT_DATA]
            yield _FOUND_AND_DONE_TEXT, {**values, "done": done, "left": entry.remaining}
