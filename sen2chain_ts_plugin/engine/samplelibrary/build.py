"""Builds a sample library in a folder: everything is written aside first, then moved to its place."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..choices import (
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
from ..errors import NotASampleLibrary, SampleNumberInvalid, WriteFailed
from ..feedback import Feedback, Silent, StepFeedback, check
from ..files import OWN_FOLDER, make_folder, own_folder, read_bytes, remove_file, system_path, write_atomic
from ..locks import locked
from .acquisitions import TILES, SampleProduct, products, windows
from .bands import BANDS, metadata
from .fields import choose, write_layer
from .rasters import sidecar, write_rasters
from .scene import INDICES, PROBABILITY, SCENE, Raster, Scene, World, blocks, index_raster, mask_raster
from .sheets import check_writer
from .sky import CLOUDMASKS

LAYER = Path("FIELDS", "fields.shp")
# The copies of these rasters in an L2A product, told apart from those of the library.
IN_SAFE = {kind: Raster(kind, cloudmask="L2A") for kind in ("probability", "scene")}
_MANIFEST = "sample_library.json"
_FORMAT = 1
_SHARE_OF_RASTERS = 0.97

_METADATA = """<?xml version="1.0" encoding="UTF-8"?>
<n1:Level-1C_User_Product xmlns:n1="https://psd-14.sentinel2.eo.esa.int/PSD/User_Product_Level-1C.xsd" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="https://psd-14.sentinel2.eo.esa.int/PSD/User_Product_Level-1C.xsd">
<Granule_List><Granule granuleIdentifier="{granule}">\
<IMAGE_FILE>GRANULE/x/IMG_DATA/{image}</IMAGE_FILE></Granule></Granule_List>
<Quality_Indicators_Info><Cloud_Coverage_Assessment>{cover:.4f}</Cloud_Coverage_Assessment></Quality_Indicators_Info>
</n1:Level-1C_User_Product>
"""


@dataclass(frozen=True)
class Sample:
    """A sample library on disk.

    Attributes
    ----------
    library
        The data folder, as `open_library` takes it.
    layer
        Path of the fields: an ESRI shapefile in EPSG:4326.
    products
        Number of L2A products.
    """

    library: Path
    layer: Path
    products: int


def build(  # noqa: PLR0913 what a library is made of has a name each
    output: Path,
    *,
    size: int = DEFAULT_SIZE,
    dates: int = DEFAULT_DATES,
    seed: int = DEFAULT_SEED,
    years: int = DEFAULT_YEARS,
    tiles: Sequence[str] = tuple(TILES),
    rasters: Iterable[Raster] | None = None,
    l2a: bool = False,
    feedback: Feedback | None = None,
) -> Sample:
    """Build a sample library; the same numbers give the same bytes with the same GDAL.

    Parameters
    ----------
    output
        Folder to write: absent, empty, or an earlier sample library, whose own files are replaced.
    size
        Pixels of 10 m per side of the rasters, 64 to 10980. An odd number is rounded up, for the 20 m rasters.
    dates
        Number of acquisitions in all years, 4 to 146 times the number of years.
    seed
        Any whole number. Another one gives another landscape and other clouds.
    years
        Number of years from 2021 on, 2 to 4. In the third one the rains fail.
    tiles, rasters
        Tiles, and rasters of each product; default: all. The probability is left out where a product has none.
    l2a
        Whether to write L2A products too: bands, scene classification, cloud probability and metadata, in ``L2A``.
    feedback
        Receiver of progress, asked for cancel.

    Returns
    -------
    Sample
        The paths of the library and of its fields.

    Raises
    ------
    Cancelled
        If the user asks to stop. The folder is as it was.
    RasterWriterMissing, Jp2DriverMissing
        If this Python has neither ``osgeo`` nor rasterio, or their GDAL was built without JP2OpenJPEG.
    NotASampleLibrary, SampleNumberInvalid
        If the folder holds something else, or a number is out of its range.
    FolderLocked, LeadsOutside, WriteFailed
        See `files`.
    """
    feedback = feedback or Silent()
    _check_number("SIZE", size, MIN_SIZE, MAX_SIZE)
    _check_number("YEARS", years, DEFAULT_YEARS, MAX_YEARS)
    _check_number("DATES", dates, MIN_DATES, MAX_DATES // DEFAULT_YEARS * years)
    check_writer()
    size += size % 2
    plan = [product for product in products(size, dates, seed, years) if product.window.tile in tiles]
    wanted = _wanted(rasters, l2a=l2a)
    new = not os.path.lexists(system_path(output))
    _check_replaceable(output)
    make_folder(output)
    try:
        with locked(output):
            staged = _stage(output, World(seed, windows(size)), plan, wanted, feedback)
            _publish(output, staged, _numbers(size, dates, seed, years))
    except BaseException:
        if new:
            _remove_if_ours(output)
        raise
    feedback.progress(1.0)
    return Sample(output, output / LAYER, len(plan))


def _numbers(size: int, dates: int, seed: int, years: int) -> dict[str, int]:
    """Return what the library is noted to be made of."""
    numbers = {"size": size, "dates": dates, "seed": seed}
    return numbers if years == DEFAULT_YEARS else {**numbers, "years": years}


def _wanted(rasters: Iterable[Raster] | None, *, l2a: bool) -> list[Raster]:
    """Return what to write of each product."""
    found = list(all_rasters() if rasters is None else rasters)
    if l2a:
        found += [Raster("band", name) for name in BANDS] + [IN_SAFE[kind] for kind in ("probability", "scene")]
    return found


def all_rasters() -> list[Raster]:
    """Return what a library keeps of each product."""
    indices = [index_raster(index, mask) for index in INDICES for mask in ("", *CLOUDMASKS)]
    return [*indices, *(mask_raster(mask) for mask in CLOUDMASKS), PROBABILITY, SCENE]


def place(product: SampleProduct, raster: Raster) -> Path:
    """Return the place of a raster in a library."""
    name, tile = product.identifier(), product.window.tile
    if raster.kind == "index":
        suffix = "_".join(part for part in (raster.index, raster.cloudmask) if part)
        return Path("INDICES", raster.index, tile, name, f"{name}_{suffix}.jp2")
    if raster.kind == "band" or raster in IN_SAFE.values():
        return _safe(product) / _in_safe(product, raster)
    file = {
        "cloudmask": f"{name}_{raster.cloudmask}.jp2",
        "probability": "MSK_CLDPRB_20m.jp2",
        "scene": f"T{tile}_{product.acquisition.time:%Y%m%dT%H%M%S}_SCL_20m.jp2",
    }[raster.kind]
    return Path("CLOUDMASKS", tile, name, file)


def _safe(product: SampleProduct) -> Path:
    return Path("L2A", product.window.tile, f"{product.identifier()}.SAFE")


def _in_safe(product: SampleProduct, raster: Raster) -> Path:
    """Return the place of a raster in the folder of its L2A product."""
    stem = f"T{product.window.tile}_{product.acquisition.time:%Y%m%dT%H%M%S}"
    granule = Path("GRANULE", f"L2A_{stem[:6]}_A{product.acquisition.number:06}_{stem[7:]}")
    if raster.kind == "probability":
        return granule / "QI_DATA" / "MSK_CLDPRB_20m.jp2"
    name = raster.index or "SCL"
    return granule / "IMG_DATA" / f"R{raster.pixel}m" / f"{stem}_{name}_{raster.pixel}m.jp2"


def _check_number(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise SampleNumberInvalid(name=name, value=value, low=low, high=high)


def _check_replaceable(output: Path) -> None:
    """Refuse a folder with something in it that is no sample library."""
    try:
        found = sorted(name for name in os.listdir(system_path(output)) if name != OWN_FOLDER)
    except FileNotFoundError:
        return
    except OSError as error:
        raise WriteFailed(path=output, reason=error.strerror or error) from error
    if found and not _manifest(output):
        raise NotASampleLibrary(folder=output, found=found[0])


def _manifest(output: Path) -> dict[str, object]:
    """Return what an earlier run noted about its library; empty when there is none."""
    try:
        noted = json.loads(read_bytes(own_folder(output) / _MANIFEST))
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) and noted.get("format") == _FORMAT else {}


def _stage(
    output: Path, world: World, plan: Sequence[SampleProduct], wanted: Sequence[Raster], feedback: Feedback
) -> dict[Path, Path]:
    """Write everything aside; return the present place of each file, by its final one."""
    folder = own_folder(output) / "tmp" / "sample"
    make_folder(folder)
    staged: dict[Path, Path] = {}
    for number, product in enumerate(plan):
        name = product.identifier()
        feedback.info("Product {number} of {count}: {product}", number=number + 1, count=len(plan), product=name)
        scene = Scene(world, product)
        part = StepFeedback(
            feedback, _SHARE_OF_RASTERS * number / len(plan), _SHARE_OF_RASTERS * (number + 1) / len(plan)
        )
        rasters = [raster for raster in wanted if product.probability or raster.kind != "probability"]
        # Short names aside: the final paths are long, and not every program takes long paths on Windows.
        files = {folder / f"{number}-{position}.jp2": raster for position, raster in enumerate(rasters)}
        write_rasters(scene, files, part)
        for path, raster in files.items():
            staged[place(product, raster)] = path
            if raster.kind == "index":
                staged[sidecar(place(product, raster))] = sidecar(path)
        if product.metadata:
            staged[_metadata_place(product)] = _write_metadata(folder / f"{number}.xml", scene)
        in_safe = [raster for raster in rasters if raster.kind == "band"]
        if in_safe:
            images = [_in_safe(product, raster).with_suffix("").as_posix() for raster in in_safe]
            place_of = _safe(product) / "MTD_MSIL2A.xml"
            staged[place_of] = _write_l2a_metadata(folder / f"{number}-l2a.xml", scene, images)
    check(feedback)
    feedback.info("Fields")
    for path in write_layer(folder / LAYER.name, choose(world)):
        staged[LAYER.with_suffix(path.suffix)] = path
    return staged


def _metadata_place(product: SampleProduct) -> Path:
    return Path("L1C", product.window.tile, f"{product.identifier('L1C')}.SAFE", "MTD_MSIL1C.xml")


def _write_metadata(path: Path, scene: Scene) -> Path:
    """Write what is needed of a product's metadata: its cloud cover."""
    level, tile = scene.product.identifier("L1C"), scene.product.window.tile
    text = _METADATA.format(granule=level.replace("MSIL1C", "L1C"), image=f"T{tile}_B01", cover=_cover(scene))
    return _write(path, text.encode("utf-8"))


def _write_l2a_metadata(path: Path, scene: Scene, images: Sequence[str]) -> Path:
    product = scene.product
    return _write(
        path, metadata(product.identifier(), product.acquisition.time, product.baseline, images, _cover(scene))
    )


def _cover(scene: Scene) -> float:
    """Return the cloud cover of a product in %."""
    counts = [scene.cover(block) for block in blocks(scene.product.window)]
    cloudy, seen = (sum(numbers) for numbers in zip(*counts))
    return 100.0 * cloudy / seen if seen else 0.0


def _write(path: Path, data: bytes) -> Path:
    try:
        Path(system_path(path)).write_bytes(data)
    except OSError as error:
        raise WriteFailed(path=path, reason=error.strerror or error) from error
    return path


def _publish(output: Path, staged: dict[Path, Path], numbers: dict[str, int]) -> None:
    """Put the files to their places and take away those of an earlier sample.

    The manifest names old and new files before the first one moves: a run that is killed here leaves a folder that the
    next run still knows as its own.
    """
    listed = _manifest(output).get("files", [])
    old = {Path(name) for name in listed} if isinstance(listed, list) else set()
    _write_manifest(output, numbers, {*old, *staged}, complete=False)
    for path in sorted(old - set(staged)):
        remove_file(output / path, output)
    for path in sorted({*old, *staged}):
        # QGIS keeps its statistics of a raster next to it; they are not those of the new one.
        if path.suffix == ".jp2" and sidecar(path) not in staged:
            remove_file(sidecar(output / path), output)
    for path, source in staged.items():
        final = output / path
        make_folder(final.parent)
        remove_file(final, output)
        try:
            os.replace(system_path(source), system_path(final))
        except OSError as error:
            raise WriteFailed(path=final, reason=error.strerror or error) from error
    _remove_empty(output, {path.parent for path in old - set(staged)})
    _write_manifest(output, numbers, staged, complete=True)


def _write_manifest(output: Path, numbers: dict[str, int], files: Iterable[Path], *, complete: bool) -> None:
    noted = {
        "format": _FORMAT,
        "about": "A sample library: landscape and clouds are invented. Making it again replaces the files listed here.",
        **numbers,
        "complete": complete,
        "files": sorted(path.as_posix() for path in files),
    }
    write_atomic(own_folder(output) / _MANIFEST, (json.dumps(noted, indent=1) + "\n").encode(), output)


def _remove_empty(output: Path, folders: set[Path]) -> None:
    """Remove the folders of products that are gone, unless somebody put something else there."""
    for folder in sorted(folders, reverse=True):
        for level in [folder, *folder.parents][:-1]:
            try:
                os.rmdir(system_path(output / level))
            except OSError:
                break


def _remove_if_ours(output: Path) -> None:
    """Remove a folder that this run made, while there is nothing in it but our own files."""
    with contextlib.suppress(OSError):
        if os.listdir(system_path(output)) == [OWN_FOLDER]:
            shutil.rmtree(system_path(output))
