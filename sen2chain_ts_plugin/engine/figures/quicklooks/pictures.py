"""Quicklooks drawn: pixels, outline of the zone, hatched clouds, scale bar, ramp; and many of them on one sheet."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from ...errors import MatplotlibMissing
from ...files import system_path
from ...install import install_line
from ...zones.wkb import Geometry
from ..html.page import Translate
from ..ramps import Ramp
from ..views import View

# Sizes in pixels. Sen2Chain's pictures are 400 x 400, its sheets have cells of 500.
SIDE = 400
_HEAD, _FOOT = 50, 34
_MOST_CELL, _LEAST_CELL, _MOST_SHEET = 300, 60, 4800
_CELL_HEAD, _SHEET_HEAD, _GAP = 22, 64, 8
_FINER = 2  # outlines are drawn so much larger, then reduced: smooth edges
_QUALITY = 90

_INK, _MUTED, _WHITE = (29, 39, 51), (91, 104, 118), (255, 255, 255)
NO_DATA = (222, 226, 231)
HATCH = (70, 78, 88)
_HATCH_STEP, _HATCH_WIDTH = 12, 2
_VEIL = 0.55  # how much of white lies over what a cloud mask hides
_SMALL_ZONE = 9  # of a picture; a zone that is smaller gets a ring


def require_pillow() -> None:
    """Make sure that quicklooks can be drawn: by Pillow, with the letters that matplotlib brings.

    Raises
    ------
    MatplotlibMissing
        they cannot.
    """
    try:
        _font(10)
        import PIL.ImageDraw  # noqa: F401 asked for here only to know whether it is there
    except ImportError as error:
        raise MatplotlibMissing(reason=error, install=install_line("matplotlib")) from error


def index_pixels(masked: np.ndarray, unmasked: np.ndarray | None, ramp: Ramp, nodata: int) -> tuple[np.ndarray, Any]:
    """Return the colours of an index and where the cloud mask lies.

    Parameters
    ----------
    masked, unmasked
        int16, shape (n, n); without the unmasked one everything without data counts as masked.
    ramp
        its colours.
    nodata
        the value of pixels without data.

    Returns
    -------
    tuple of ndarray
        uint8, shape (n, n, 3); bool, shape (n, n).
    """
    values, hidden = masked, masked == nodata
    outside = np.zeros(masked.shape, bool)
    if unmasked is not None:
        outside = hidden & (unmasked == nodata)
        values = np.where(hidden, unmasked, masked)
        hidden = hidden & ~outside
    colours = ramp.paint(values)
    if unmasked is None:
        colours[hidden] = NO_DATA
    colours = veiled(colours, hidden)
    colours[outside] = NO_DATA
    return colours, hidden


def veiled(colours: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """Return colours, uint8, shape (n, n, 3), with a pale veil over what is hidden."""
    veil = (colours * (1 - _VEIL) + 255 * _VEIL).astype(np.uint8)
    found: np.ndarray = np.where(hidden[..., None], veil, colours)
    return found


@lru_cache(maxsize=4)
def hatch(side: int, step: int, width: int) -> np.ndarray:
    """Return which pixels of a square picture diagonal lines go through, bool, shape (side, side)."""
    rows, columns = np.indices((side, side))
    lines: np.ndarray = (rows + columns) % step < width
    return lines


def draw_picture(
    colours: np.ndarray, hidden: np.ndarray | None, geometry: Geometry, view: View, titles: tuple[str, str],
    legend: tuple[str, Ramp] | None,
) -> bytes:  # fmt: skip
    """Draw a quicklook.

    Parameters
    ----------
    colours
        uint8, shape (n, n, 3), of the view.
    hidden
        bool, shape (n, n): what is hatched; None for nothing.
    geometry
        of the zone, in the CRS of the view.
    view
        what the pixels show.
    titles
        the zone, and below it what is shown.
    legend
        the name of the index and its ramp; None for a picture in true colours.

    Returns
    -------
    bytes
        a JPEG, `SIDE` pixels wide.
    """
    from PIL import Image, ImageDraw

    sheet = Image.new("RGB", (SIDE, _HEAD + SIDE + _FOOT), _WHITE)
    sheet.paste(_view_image(colours, hidden, geometry, view), (0, _HEAD))
    draw = ImageDraw.Draw(sheet)
    _write(draw, (2, 6), titles[0], 16, _INK, SIDE - 4, bold=True)
    _write(draw, (2, 28), titles[1], 12, _MUTED, SIDE - 4)
    _scale_bar(draw, view, (2, _HEAD + SIDE + 12))
    if legend is not None:
        _ramp_bar(sheet, draw, legend, (SIDE - 2, _HEAD + SIDE + 8))
    return _jpeg(sheet)


def draw_sheet(
    pictures: Sequence[tuple[Path, str]], title: str, legend: tuple[str, Ramp] | None, tr: Translate = str
) -> bytes:
    """Put quicklooks on a sheet, in rows, with a title above each.

    Parameters
    ----------
    pictures
        the file of each, as `draw_picture` made it, and its title; at least one.
    title
        of the sheet.
    legend
        see `draw_picture`.
    tr
        translates what the sheet says.

    Returns
    -------
    bytes
        a JPEG, at most about 5000 pixels wide and high, however many pictures there are.
    """
    from PIL import Image, ImageDraw

    columns = math.ceil(len(pictures) ** 0.5)
    rows = math.ceil(len(pictures) / columns)
    cell = max(min(_MOST_CELL, _MOST_SHEET // columns), _LEAST_CELL)
    step_x, step_y = cell + _GAP, cell + _GAP + _CELL_HEAD
    width = max(columns * step_x + _GAP, 2 * _MOST_CELL)
    sheet = Image.new("RGB", (width, _SHEET_HEAD + rows * step_y + _GAP), _WHITE)
    draw = ImageDraw.Draw(sheet)
    bar = 190 if legend else 0
    _write(draw, (_GAP, 10), title, 22, _INK, width - 2 * _GAP - bar, bold=True)
    if legend is not None:
        _write(draw, (_GAP, 38), tr("hatched: cloud mask; grey: no data"), 12, _MUTED, width - 2 * _GAP - bar)
        _ramp_bar(sheet, draw, legend, (width - _GAP, 16))
    for number, (path, said) in enumerate(pictures):
        row, column = divmod(number, columns)
        x, y = _GAP + column * step_x, _SHEET_HEAD + row * step_y
        _write(draw, (x, y + 2), said, 12 if cell > 150 else 9, _MUTED, cell)
        with Image.open(system_path(path)) as picture:
            view = picture.crop((0, _HEAD, SIDE, _HEAD + SIDE))
        sheet.paste(view.resize((cell, cell), Image.LANCZOS), (x, y + _CELL_HEAD))
    return _jpeg(sheet)


def _view_image(colours: np.ndarray, hidden: np.ndarray | None, geometry: Geometry, view: View) -> Any:
    from PIL import Image, ImageDraw

    size = SIDE * _FINER
    picked = np.arange(SIDE) * len(colours) // SIDE
    pixels = np.ascontiguousarray(colours[picked[:, None], picked[None, :]])
    if hidden is not None:
        pixels[hidden[picked[:, None], picked[None, :]] & hatch(SIDE, _HATCH_STEP, _HATCH_WIDTH)] = HATCH
    image = Image.fromarray(pixels).resize((size, size), Image.NEAREST)
    draw = ImageDraw.Draw(image)
    for colour, width in ((_WHITE, 5 * _FINER), ((0, 0, 0), 2 * _FINER)):
        for line in _outline(geometry, view, size):
            draw.line(line, fill=colour, width=width, joint="curve")
    return image.resize((SIDE, SIDE), Image.BOX)


def _outline(geometry: Geometry, view: View, size: int) -> Iterator[list[tuple[float, float]]]:
    """Yield the lines of a zone in a picture; a ring around each point, and around a zone too small to be seen."""
    scale = size / view.side
    lines = [ring for polygon in geometry.polygons for ring in polygon] + list(geometry.lines)
    rings = list(geometry.points)
    if lines:
        everything = np.concatenate(lines)
        low, high = everything.min(axis=0), everything.max(axis=0)
        if float((high - low).max()) * scale < _SMALL_ZONE * _FINER:
            rings.append((low + high) / 2)
    for line in lines:
        x, y = (line[:, 0] - view.west) * scale, (view.north - line[:, 1]) * scale
        yield list(zip(x.tolist(), y.tolist()))
    turn = np.linspace(0, 2 * np.pi, 49)
    radius = _SMALL_ZONE * _FINER
    for point in rings:
        x = (point[0] - view.west) * scale + radius * np.cos(turn)
        y = (view.north - point[1]) * scale + radius * np.sin(turn)
        yield list(zip(x.tolist(), y.tolist()))


def _scale_bar(draw: Any, view: View, place: tuple[int, int]) -> None:
    room = view.side * 0.3
    power = 10.0 ** math.floor(math.log10(room))
    length = next(factor * power for factor in (5, 2, 1) if factor * power <= room)
    x, y = place
    end = x + round(length / view.side * SIDE)
    draw.line([(x, y - 3), (x, y + 3), (x, y), (end, y), (end, y - 3), (end, y + 3)], fill=_INK, width=1)
    said = f"{length / 1000:g} km" if length >= 1000 else f"{length:g} m"
    _write(draw, (end + 6, y - 7), said, 11, _MUTED, 90)


def _ramp_bar(sheet: Any, draw: Any, legend: tuple[str, Ramp], place: tuple[int, int]) -> None:
    """Draw the ramp of an index; the place is that of its upper right corner."""
    from PIL import Image

    name, ramp = legend
    width, height = 130, 8
    right, top = place
    bar = Image.fromarray(np.ascontiguousarray(ramp.table()[None, :, :])).resize((width, height))
    sheet.paste(bar, (right - width, top))
    for share, text in ((0.0, f"{ramp.low / 10000:g}"), (1.0, f"{ramp.high / 10000:g}"), (0.5, name)):
        letters = _font(10)
        size = letters.getlength(text)
        x = right - width + share * width - share * size
        draw.text((x, top + height + 2), text, font=letters, fill=_MUTED)


def _write(
    draw: Any, place: tuple[int, int], text: str, size: int, colour: tuple[int, int, int], room: int, *,
    bold: bool = False,
) -> None:  # fmt: skip
    """Write one line, shortened to the room there is."""
    text = " ".join(text.split())
    letters = _font(size, bold=bold)
    if letters.getlength(text) > room:
        while text and letters.getlength(f"{text}…") > room:
            text = text[:-1]
        text = f"{text}…"
    draw.text(place, text, font=letters, fill=colour)


@lru_cache(maxsize=16)
def _font(size: int, *, bold: bool = False) -> Any:
    import matplotlib as mpl
    from PIL import ImageFont

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(str(Path(mpl.get_data_path()) / "fonts" / "ttf" / name), size)


def _jpeg(image: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=_QUALITY, subsampling=0)
    return stream.getvalue()
