"""Everything that reads what others have written, each as a function of bytes.

For the tests beside, which damage real files at random, and for ``scripts/fuzz.py``, which is guided by coverage. A
target returns what it has read, raises an `EngineError`, or raises something else, and that is a mistake of ours.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import numpy as np

from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.compilation.owned_files import CompiledFiles
from sen2chain_ts_plugin.engine.errors import (
    CopyTargetInvalid,
    EngineError,
    FolderLocked,
    JobNameInvalid,
    UnknownCloudMask,
)
from sen2chain_ts_plugin.engine.extraction.resume import ResumeRecords
from sen2chain_ts_plugin.engine.files import own_folder
from sen2chain_ts_plugin.engine.jobs import cron_timing as cron
from sen2chain_ts_plugin.engine.jobs import crontab
from sen2chain_ts_plugin.engine.jobs import file as jobfile
from sen2chain_ts_plugin.engine.jobs import log as joblog
from sen2chain_ts_plugin.engine.jobs.publish import parse_target
from sen2chain_ts_plugin.engine.jobs.store import check_name, name_of
from sen2chain_ts_plugin.engine.jobs.task import Task
from sen2chain_ts_plugin.engine.library import cloudmask
from sen2chain_ts_plugin.engine.library.folders import open_library
from sen2chain_ts_plugin.engine.library.index_product import MASKED, produced
from sen2chain_ts_plugin.engine.library.product_id import ProductId, is_tile, parse_product, tile_epsg
from sen2chain_ts_plugin.engine.library.products import cloudmasks_of, find_products, stored_products
from sen2chain_ts_plugin.engine.library.selection import Selection, cloud_cover
from sen2chain_ts_plugin.engine.locks import is_locked, locked
from sen2chain_ts_plugin.engine.raster.grid import Grid
from sen2chain_ts_plugin.engine.raster.jp2 import check_structure
from sen2chain_ts_plugin.engine.series.batches import zone_batches
from sen2chain_ts_plugin.engine.series.curves import read_curves
from sen2chain_ts_plugin.engine.series.smoothing import SmoothingSettings
from sen2chain_ts_plugin.engine.series.survey import Damage, survey_file
from sen2chain_ts_plugin.engine.series.zone_series import Choice
from sen2chain_ts_plugin.engine.text import safe_name
from sen2chain_ts_plugin.engine.tree.layout import Tree, split_raster_name
from sen2chain_ts_plugin.engine.tree.manifest import Manifest, content_of
from sen2chain_ts_plugin.engine.tree.raw_csv import NUMBER_COLUMNS, rearrange
from sen2chain_ts_plugin.engine.tree.raw_rows import parse_raw
from sen2chain_ts_plugin.engine.zones.pixel_runs import rasterise_zones
from sen2chain_ts_plugin.engine.zones.wkb import parse_wkb
from tests.support.raw_tree import CHECKSUM, Log, make_tree, masked_name, raw_path, row
from tests.support.whole_series import read_zone_series

REFERENCE = Path(__file__).parents[1] / "data" / "reference"
PRODUCT = "S2B_MSIL2A_20210614T063511_N0500_R063_T40KCB_20230205T014500"
NIGHT = b"0 3 * * * /usr/bin/true # sen2chain_ts_job_fields"


@dataclass(frozen=True)
class Target:
    """A parser.

    Attributes
    ----------
    parse
        reads the bytes; what it has to have on disk it makes in a folder that is its own.
    seeds
        what it reads without an error.
    """

    parse: Callable[[bytes, Path], object]
    seeds: Callable[[], Sequence[bytes]]


# Job files, timings, the crontab


def job_file(data: bytes, folder: Path) -> object:
    path = folder / "job_t1.cfg"
    job = jobfile.parse(jobfile.decode(data, path), path)
    assert jobfile.parse(job.text, path) == job
    changed = jobfile.with_key(jobfile.with_task(job, Task()), "timing", "0 3 * * *")
    assert len(changed.rows) == len(job.rows) + 1
    assert changed.timing == "0 3 * * *"
    for number, one in enumerate(job.rows, 1):
        assert len(jobfile.without_task(job, number).rows) == len(job.rows) - 1
        if one.task is not None:
            assert jobfile.changed_task(job, number, {}) == one.task
            assert jobfile.with_task(job, one.task, number).rows[number - 1].task == one.task
    for task in job.tasks.values():
        assert [mask.name for mask in task.masks] == [name for name in task.cloudmasks.split("/") if name != "False"]
        first, last = task.dates(date(2024, 2, 29))
        assert isinstance(first, date)
        assert isinstance(last, date)
    return job


def job_file_seeds() -> list[bytes]:
    job = jobfile.new_job()
    for task in (
        Task(shapefile="/data/fields.shp", date_min="2021-01-01", date_max="today", cloudmasks="CM001/OCM"),
        Task(
            shapefile='/data/é;"1".gpkg|layername=x', date_min="today-30", compiled_data="all/monthly", max_clouds="50"
        ),
        Task(shapefile="C:\\data\\fields.shp", indices="All", smooth_data="True", copy_server="me@host:results/x"),
    ):
        job = jobfile.with_task(job, task)
    text = jobfile.with_task(job, Task(), commented=True).text
    sen2chain = (REFERENCE / "expected" / "jobs" / "job_t1.cfg").read_bytes()
    latin = text.encode("latin-1")
    return [sen2chain, text.encode(), text.encode("utf-8-sig"), text.replace("\n", "\r\n").encode(), latin]


def timing(data: bytes, folder: Path) -> object:
    read = cron.parse(data.decode("utf-8", "replace"))
    assert cron.parse(read.text) == read
    now = datetime(2024, 2, 29, 23, 59)
    following = cron.next_run(read, now)
    assert (following is None) == (read.text == cron.AT_BOOT)
    assert following is None or (following > now and read.runs_on(following.date()))
    return read


def timing_seeds() -> list[bytes]:
    return [b"*/5 0-6,22 1,15 jan-mar mon", b"0 0 29 2 *", b"@daily", b"@reboot", b"", b"59 23 31 12 7", b"0 0 * * */2"]


def cron_table(data: bytes, folder: Path) -> object:
    others = [line for line in data.split(b"\n") if b"sen2chain_ts_job_fields" not in line]
    before = crontab.entry(data, "fields")
    there = crontab.with_line(data, "fields", NIGHT)
    assert crontab.entry(there, "fields").state == crontab.ENABLED
    off = crontab.disabled(there, "fields")
    assert crontab.entry(off, "fields").state == crontab.DISABLED
    gone = crontab.removed(off, "fields")
    assert crontab.entry(gone, "fields").state == crontab.ABSENT
    for table in (there, off, gone):
        kept = [line for line in table.split(b"\n") if b"sen2chain_ts_job_fields" not in line]
        assert [line for line in kept if line] == [line for line in others if line]
    if before.state == crontab.ABSENT:
        assert gone in (data, data + b"\n")
    return before


def cron_table_seeds() -> list[bytes]:
    others = b"MAILTO=me\n# sen2chain_ts_job_x\n\n*/5 * * * * echo 50\\% # every five\n@reboot true\n"
    return [
        others,
        others + NIGHT + b"\n",
        b"# " + NIGHT + b"\n" + others,
        NIGHT,
        b"0 0 * * * python # sen2chain_job_fields\n" + NIGHT.replace(b" ", b"\t") + b"\r\n",
    ]


# The library


def config(data: bytes, folder: Path) -> object:
    place = folder / "sen2chain_data" / "config"
    place.mkdir(parents=True, exist_ok=True)
    (folder / "sen2chain_data" / "data" / "INDICES" / "NDVI").mkdir(parents=True, exist_ok=True)
    (place / "config.cfg").write_bytes(data)
    library = open_library(folder)
    assert all("\0" not in str(path) for path in (library.extraction, library.timeseries, library.jobs, library.logs))
    for path in (library.indices, library.cloudmasks, library.l1c, library.l2a):
        path.is_dir()
    joblog.last_run(library.logs, "t1")
    return library


def config_seeds() -> list[bytes]:
    data = REFERENCE / "library"
    keys = ("temp", "l1c", "l1c_archive", "l2a", "indices", "time_series", "extraction", "cloudmasks")
    paths = "\n".join(f"{key}_path = " for key in keys)
    return [
        f"[DATA PATHS]\n{paths}\n[LOG PATH]\nlog_path =\n[SCIHUB AUTH]\nuser = a%b\nproxy_http_url : x\n".encode(),
        f"[DATA PATHS]\nindices_path = {data}/INDICES\ncloudmasks_path = {data}/nowhere\n# é\n".encode("utf-8-sig"),
        b"[LOG PATH]\r\nlog_path = /var/log/x\r\n  y\r\n",
        b"",
    ]


def names(data: bytes, folder: Path) -> object:
    """Each line a name, whoever may be asked for one."""
    read: list[object] = []
    for text in data.decode("utf-8", "surrogateescape").split("\n"):
        product = parse_product(text)
        if product is not None:
            assert text.isascii()
            assert product.text == text
            read.append(product)
        if is_tile(text):
            assert text.isascii()
            assert 32601 <= tile_epsg(text) <= 32760
        safe = safe_name(text)
        assert safe
        assert "/" not in safe
        assert safe_name(safe) == safe
        index, mask = split_raster_name(text)
        assert isinstance(index + mask, str)
        with contextlib.suppress(UnknownCloudMask):
            assert cloudmask.parse(text).name == text
            read.append(text)
        with contextlib.suppress(UnknownCloudMask):
            listed = cloudmask.parse_list(text)
            assert cloudmask.parse_list("/".join(mask.name for mask in listed)) == listed
        for check in (check_name, name_of):
            with contextlib.suppress(JobNameInvalid):
                assert check(text).isascii()
        with contextlib.suppress(CopyTargetInvalid):
            target = parse_target(text)
            assert target.text == text
            assert not set("\n\r\0;&|`$<>\"'\\").intersection(text)
            assert not any(part.startswith("-") for part in (target.login, target.host, target.path))
    if not read:
        raise UnknownCloudMask(name=data.decode("utf-8", "replace"), produced="")
    return read


def names_seeds() -> list[bytes]:
    raster = f"{PRODUCT}_NDVI_CM004-CSH1-CMP1-CHP1-TCI1-ITER1.jp2"
    return [
        f"{PRODUCT}\n40KCB\nCM003-PRB1-ITER5\n{raster}\nOCM_v1_2_3".encode(),
        b"CM001\nCM001/CM002-B11,OCM\nme@server:results/x\nme@[::1]:/r\njob_t1.cfg\nmy-job_1\nd'\xc3\xa9t\xc3\xa9",
    ]


# Wine makes files that Windows refuses, and then neither lists nor removes those whose folder ends in a colon.
_IN_NO_NAME = frozenset('<>:"|?*' if os.name == "nt" else "")


def library_files(data: bytes, folder: Path) -> object:
    """Each line the path of a file in the library."""
    root = folder / "library"
    shutil.rmtree(root, ignore_errors=True)
    (root / "INDICES").mkdir(parents=True)
    for line in data.split(b"\n")[:50]:
        path = Path(os.path.normpath(root / line.lstrip(b"/").decode("utf-8", "surrogateescape")))
        if root in path.parents and not _IN_NO_NAME.intersection(str(path.relative_to(root))):
            with contextlib.suppress(OSError, ValueError):  # what cannot be named there is none of its files
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch()
    library = open_library(root)
    found = [path for item in stored_products(library, ["NDVI"]) for path in item.masked.values()]
    assert all(path.is_file() for path in found)
    masks = cloudmasks_of(library, ["NDVI"])
    assert sum(masks.values()) == len(found)
    products = find_products(library, Selection(["NDVI"], [cloudmask.parse("CM001"), cloudmask.parse("OCM")]))
    assert {product.raster(MASKED) for product in products} <= set(found)
    return products


def library_files_seeds() -> list[bytes]:
    stem = f"INDICES/NDVI/40KCB/{PRODUCT}/{PRODUCT}_NDVI"
    later = stem.replace("N0500", "N0510")
    files = [f"{stem}.jp2", f"{stem}_CM001.jp2", f"{stem}_OCM_v1_2_3.jp2", f"{later}_OCM_v0_10_0.jp2", f"{stem}_x.jp2"]
    files += [f"CLOUDMASKS/40KCB/{PRODUCT}/MSK_CLDPRB_20m.jp2", "INDICES/NDVI/é/x", "INDICES/NDWIGAO/40KCB/y.jp2"]
    return ["\n".join(files).encode()]


def metadata(data: bytes, folder: Path) -> object:
    product = parse_product(PRODUCT)
    assert product is not None
    path = folder / "L2A" / product.tile / f"{product.text}.SAFE" / "MTD_MSIL2A.xml"
    path.parent.mkdir(parents=True, exist_ok=True)
    (folder / "INDICES").mkdir(exist_ok=True)
    path.write_bytes(data)
    cover = cloud_cover(open_library(folder), product)
    assert cover is None or 0 <= cover <= 100
    return cover


def metadata_seeds() -> list[bytes]:
    return [path.read_bytes() for path in sorted(REFERENCE.glob("library/L1C/*/*/MTD_MSIL1C.xml"))]


def jp2(data: bytes, folder: Path) -> object:
    path = folder / "raster.jp2"
    path.write_bytes(data)
    structure = check_structure(path)
    assert all(begin > 0 and begin + length <= len(data) for _, begin, length in structure.tile_parts)
    return structure


def jp2_seeds() -> list[bytes]:
    paths = sorted(REFERENCE.glob("library/INDICES/NDVI/40KCB/*/*_CM001.jp2"), key=lambda path: path.stat().st_size)
    return [path.read_bytes() for path in paths[:2]]


# Geometries

_GRID = Grid(32740, 320_000.0, 7_660_000.0, 10.0, 64, 48, 32, 32)


def wkb(data: bytes, folder: Path) -> object:
    geometry = parse_wkb(data)
    for part in geometry.parts():
        assert part.shape[1] == 2
        assert np.isfinite(part).all()
    heights = [np.ptp(part[:, 1]) for part in geometry.parts()]
    if sum(heights) < 300_000:  # a continent takes its time and its memory
        assert (rasterise_zones([geometry], _GRID).pixels >= 0).all()
    return geometry


def wkb_seeds() -> list[bytes]:
    from shapely import wkb as writer
    from shapely.geometry import LineString, MultiPoint, MultiPolygon, Point, Polygon, box, shape

    x, y = 320_000.0, 7_660_000.0
    field = Polygon(
        [(x + 95, y - 95), (x + 400, y - 120), (x + 333, y - 301), (x + 95, y - 95)],
        [[(x + 200, y - 130), (x + 250, y - 140), (x + 240, y - 170), (x + 200, y - 130)]],
    )
    line = LineString([(x + 5, y - 5, 1), (x + 305, y - 255, 2)])
    both = shape({"type": "GeometryCollection", "geometries": [field.__geo_interface__, line.__geo_interface__]})
    shapes = [field, line, Point(x + 3, y - 3), MultiPoint([(x, y), (x + 50, y - 50)]), both, Polygon()]
    shapes.append(MultiPolygon([box(x, y - 100, x + 100, y), field]))
    return [each.wkb for each in shapes] + [writer.dumps(field, big_endian=True), writer.dumps(line, srid=32740)]


# The extraction tree


def fresh(folder: Path, name: str) -> Path:
    path = folder / name
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir()
    return path


def raw_csv(data: bytes, folder: Path) -> object:
    raw = parse_raw(folder / "raw.csv", data)
    if not len(raw.rows):
        raise EngineError(reason="no row")
    rows = len(raw.rows)
    tails = raw.rows.tails.tolist()
    assert len(tails) == len(raw.rows.results.tolist()) == rows
    for name in NUMBER_COLUMNS:
        numbers = raw.rows.numbers(name)
        assert numbers.shape == (rows,)
        assert not np.isinf(numbers).any()
    assert len(rearrange(tails, raw.attributes, [*raw.attributes[1:], "new"])) == rows
    # In blocks it is read alike, whatever their size.
    path = folder / "raw.csv"
    path.write_bytes(data)
    facts = survey_file(path)
    assert not isinstance(facts, Damage), facts
    assert facts.rows == rows
    return raw


@cache
def raw_csv_seeds() -> list[bytes]:
    expected = REFERENCE / "expected" / "EXTRACTION_CM001"
    paths = sorted(expected.glob("**/raw_data/NDVI/CM001/*.csv"), key=lambda path: path.stat().st_size)
    # The first rows of a real file are as good as all of them, and leave the damage fewer places to hide in.
    return [b"".join(path.read_bytes().splitlines(keepends=True)[:5]) for path in (paths[0], paths[-1])] + [
        _raw_file([row(0, masked_name(), name='a "b", c;=1', code="007"), row(3, masked_name(), name="é", code="")])
    ]


def _raw_file(rows: Sequence[dict[str, object]]) -> bytes:
    import csv
    import io

    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def raw_tree(data: bytes, folder: Path) -> object:
    """A raw CSV beside a sound one, as compile and the plots read it."""
    first, second = masked_name("2021-01-05"), masked_name("2021-06-14")
    place = make_tree(fresh(folder, "tree"), [row(0, first, name="a", code="1")])
    raw_path(place, second).write_bytes(data)
    tree, log = Tree(place, "zones", CHECKSUM), Log()
    series = read_zone_series(tree, "NDVI", "CM001", Choice(), log)
    assert len(series) >= 1
    request = CompileRequest(
        ("alldata", "monthly", "weekly"), smoothing=SmoothingSettings(window_length=3, polyorder=1)
    )
    made = compile_tree(place, request, log)
    assert made.rows >= 1
    read_zone_series(tree, "NDVI", "CM001", Choice(), log)
    read_curves(tree, "NDVI", "CM001", [0, 1, 2], log, request.smoothing)
    if log.errors:
        raise EngineError(reason=log.errors[0])
    return made


def compiled_csv(data: bytes, folder: Path) -> object:
    """A compiled file, as the plots read it."""
    place = make_tree(fresh(folder, "tree"), [row(0, masked_name(), name="a", code="1")])
    path = place / "compiled_data" / "NDVI" / "CM001" / "all_data" / "zones_CC100_NDVI_all_data.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    log = Log()
    series = read_zone_series(Tree(place, "zones", CHECKSUM), "NDVI", "CM001", Choice(), log)
    assert len(series.when) == len(series) == sum(zone.rows.stop - zone.rows.start for zone in series.zones)
    if log.warnings:
        assert len(series) == 1
        raise EngineError(reason=log.warnings[0])
    return series


def compiled_csv_seeds() -> list[bytes]:
    path = next(REFERENCE.glob("expected/EXTRACTION_CM001/*/compiled_data/NDVI/CM001/all_data/*_NDVI_all_data.csv"))
    return [b"".join(path.read_bytes().splitlines(keepends=True)[:5])]


def manifest(data: bytes, folder: Path) -> object:
    tree = fresh(folder, "tree")
    path = own_folder(tree) / "manifest.jsonl"
    path.parent.mkdir()
    path.write_bytes(data)
    known = content_of(tree)
    read = Manifest(tree)
    assert isinstance(known, str)
    read.save()
    again = Manifest(tree)
    assert again.entries == read.entries
    assert again.content == read.content == content_of(tree)
    if not read.entries:
        raise EngineError(reason="nothing known")
    return read


def manifest_seeds() -> list[bytes]:
    line = '{"file":"%s_NDVI_CM001.jp2","size":123,"changed":1600000000000000000,"rows":2,"csv":456'
    line += ',"unmasked":true,"probability":false}'
    other = line.replace('"rows":2,"csv":456', '"rows":0,"csv":0') % PRODUCT.replace("N0500", "N0301")
    return [f'{{"format":1,"content":"0123456789abcdef"}}\n{line % PRODUCT}\n{other}\n'.encode()]


def no_data_list(data: bytes, folder: Path) -> object:
    place = fresh(folder, "tree")
    tree = Tree(place, "zones", CHECKSUM)
    path = tree.no_data_csv("NDVI", "CM001")
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    product = parse_product(PRODUCT)
    assert isinstance(product, ProductId)
    masked = folder / f"{PRODUCT}_NDVI_CM001.jp2"
    item = produced(product, "NDVI", cloudmask.parse("CM001"), masked, None)
    log = Log()
    records = ResumeRecords(tree, [item], open_library(REFERENCE / "library"))
    assert not records.is_done(item, log)  # what our manifest does not know is looked at
    read_zone_series(tree, "NDVI", "CM001", Choice(), log)
    records.save(log)
    path.read_bytes().decode()
    return records


def no_data_list_seeds() -> list[bytes]:
    return [f'filename\n{PRODUCT}_NDVI_CM001.jp2\n"{masked_name()}"\r\n'.encode(), b"filename\n"]


def compiled_record(data: bytes, folder: Path) -> object:
    place = fresh(folder, "tree")
    path = own_folder(place) / "compiled.json"
    path.parent.mkdir()
    path.write_bytes(data)
    log = Log()
    tree = Tree(place, "zones", CHECKSUM)
    files = CompiledFiles(tree, log)
    target = place / "compiled_data" / "NDVI" / "CM001" / "monthly" / "zones_CC100_NDVI_monthly_2021-01.csv"
    with files.remembering():
        file = files.begin(target)
        file.add(b"a\n")
        files.finish(file, "CC100 monthly")
        files.keep_only(target.parent, "CC100 monthly", [target])
    assert target.read_bytes() == b"a\n"
    if log.warnings:
        raise EngineError(reason=log.warnings[0])
    return files


def compiled_record_seeds() -> list[bytes]:
    key = "compiled_data/NDVI/CM001/monthly/zones_CC100_NDVI_monthly_2021-0"
    entry = '{"size":2,"crc32":99,"asked":["CC100 monthly","CC100 custom"]}'
    return [f'{{"files":{{"{key}1.csv":{entry},"{key}2.csv":{entry}}}}}'.encode()]


def raw_files_cache(data: bytes, folder: Path) -> object:
    """What is remembered of raw files: whatever it says, no row of them is lost or made up."""
    name = masked_name()
    place = make_tree(fresh(folder, "tree"), [row(zone, name) for zone in (0, 1)])
    path = own_folder(place) / "raw_files" / "NDVI" / "CM001.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    found = zone_batches(Tree(place, "zones", CHECKSUM), "NDVI", "CM001", Log())
    assert found.rows == sum(len(found.read(batch)) for batch in found.batches) == 2
    return found


def raw_files_cache_seeds() -> list[bytes]:
    body = (
        b'{"headers":[[]],"files":[{"name":"x.csv","stamp":[1,2,3],"header":0,"rows":2,'
        b'"date":"2021-01-05 06:35:11","filename":"x.jp2","zones":[0],"places":[9],"last":1,'
        b'"sorted":true,"copy":null}]}'
    )
    return [b"1 %08x\n%b\n" % (zlib.crc32(body), body)]


def lock_file(data: bytes, folder: Path) -> object:
    """What a lock says about its holder."""
    place = fresh(folder, "tree")
    with locked(place):
        (own_folder(place) / "lock").write_bytes(data)
        assert is_locked(place) == bool(data)
        try:
            with locked(place):
                raise AssertionError("two hold the lock")
        except FolderLocked as error:
            return str(error)


def lock_file_seeds() -> list[bytes]:
    return [b'{"host": "server", "pid": 123, "since": "2024-01-01T00:00:00+00:00"}']


def job_log(data: bytes, folder: Path) -> object:
    """What a log says about a run."""
    place = fresh(folder, "logs")
    (place / "job_t1_run_20240229_030000.log").write_bytes(data)
    last = joblog.last_run(place, "t1")
    if last is None or last.outcome == joblog.UNKNOWN:
        raise EngineError(reason="nothing known")
    return last


def job_log_seeds() -> list[bytes]:
    log = b"Sen2Chain time series, job t1\n2024-01-01 03:00:00 Task 1: /x\n"
    return [log, log + b"Outcome: succeeded\n", log + b"2024-01-01 03:00:01 ERROR y\nOutcome: failed\n"]


TARGETS = {
    "job_file": Target(job_file, job_file_seeds),
    "timing": Target(timing, timing_seeds),
    "cron_table": Target(cron_table, cron_table_seeds),
    "config": Target(config, config_seeds),
    "names": Target(names, names_seeds),
    "library_files": Target(library_files, library_files_seeds),
    "metadata": Target(metadata, metadata_seeds),
    "jp2": Target(jp2, jp2_seeds),
    "wkb": Target(wkb, wkb_seeds),
    "raw_csv": Target(raw_csv, raw_csv_seeds),
    "raw_tree": Target(raw_tree, raw_csv_seeds),
    "compiled_csv": Target(compiled_csv, compiled_csv_seeds),
    "manifest": Target(manifest, manifest_seeds),
    "no_data_list": Target(no_data_list, no_data_list_seeds),
    "compiled_record": Target(compiled_record, compiled_record_seeds),
    "raw_files_cache": Target(raw_files_cache, raw_files_cache_seeds),
    "lock_file": Target(lock_file, lock_file_seeds),
    "job_log": Target(job_log, job_log_seeds),
}  # fmt: skip


def try_out(target: Target, data: bytes, folder: Path) -> str:
    """Read the bytes, and tell whether that was possible; only what is not a failure of ours comes through."""
    try:
        target.parse(data, folder)
    except EngineError as error:
        return f"refused: {error}"
    return "read"
