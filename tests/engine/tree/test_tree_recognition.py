"""Which tree a layer continues: that of the same zones, whatever wrote them; an edited layer starts another one."""

from __future__ import annotations

import hashlib
import itertools
import shutil
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely.geometry
from hypothesis import assume, example, given
from hypothesis import strategies as st

from sen2chain_ts_plugin.engine import Zones
from sen2chain_ts_plugin.engine.library.folders import Library
from sen2chain_ts_plugin.engine.text import safe_name
from sen2chain_ts_plugin.engine.tree.columns import attribute_columns
from sen2chain_ts_plugin.engine.zones.fingerprint import content_key
from sen2chain_ts_plugin.engine.zones.shapefile import SHAPEFILE_PARTS
from sen2chain_ts_plugin.engine.zones.wkb import parse_wkb
from tests.support import shapes
from tests.support.capabilities import make_link
from tests.support.extracting import ShapeLayer, SmallLibrary, box, counts, fields_layer, run
from tests.support.raw_tree import Log, contents


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    small = SmallLibrary(tmp_path_factory.mktemp("library"))
    small.add("2021-01-05")
    small.add("2021-01-10")
    return small.open()


def layer(**changes: object) -> ShapeLayer:
    return replace(fields_layer(), _parsed={}, **changes)


def shifted(metres: float) -> list[object]:
    from shapely.affinity import translate

    first, *others = fields_layer().shapes
    return [translate(first, metres), *others]


def test_the_folder_has_the_name_of_the_layer_and_the_checksum_of_its_files(library: Library, tmp_path: Path) -> None:
    zones = layer()
    tree, _ = run(library, zones, tmp_path)
    parts = zones.shapefile()
    digest = hashlib.sha256(b"".join(parts[part] for part in (".shp", ".cpg", ".dbf", ".prj", ".shx"))).hexdigest()
    assert tree.folder == tmp_path / f"zones_{digest[:16]}"
    assert contents(tree.folder / "shp_files") == {f"zones{part}": content for part, content in parts.items()}


FIRST, *OTHERS = fields_layer().shapes
SAME = {
    "another GDAL": layer(shapefile_says=b"another GDAL"),
    "another GDAL, other last digits": layer(shapefile_says=b"another GDAL", shapes=shifted(1e-8)),
    "ring from another corner": layer(shapes=[shapely.geometry.box(*FIRST.bounds, ccw=False), *OTHERS]),
    "multi types": layer(shapes=[shape and shapely.geometry.MultiPolygon([shape]) for shape in fields_layer().shapes]),
}  # fmt: skip


@pytest.mark.parametrize("same", SAME.values(), ids=SAME)
def test_the_same_zones_in_other_bytes_continue_the_tree(library: Library, tmp_path: Path, same: ShapeLayer) -> None:
    tree, _ = run(library, layer(), tmp_path)
    before = contents(tree.folder)
    assert same.shapefile() != layer().shapefile()
    again, summary = run(library, same, tmp_path)
    assert again.folder == tree.folder
    assert counts(summary) == (2, 0, 2, 0, 0)
    assert contents(tree.folder) == before


def test_another_name_of_the_same_layer_continues_the_tree(library: Library, tmp_path: Path) -> None:
    tree, _ = run(library, layer(), tmp_path)
    again, summary = run(library, layer(name="parcelles (copie)", shapefile_says=b"another GDAL"), tmp_path)
    assert again.folder == tree.folder
    assert summary.skipped == 2


OTHER = {
    "a corner moved by a centimetre": {"shapes": shifted(0.01)},
    "a selection": {"shapes": fields_layer().shapes[:5], "attributes": fields_layer().attributes[:5]},
    "another order": {"shapes": fields_layer().shapes[::-1], "attributes": fields_layer().attributes[::-1]},
    "an edited text": {"attributes": [("Parcelle n° 0", None), *fields_layer().attributes[1:]]},
    "an edited number": {"attributes": [("parcelle n° 0", 0.5), *fields_layer().attributes[1:]]},
    "a renamed field": {"fields": ("culture", "area")},
    "swapped fields": {"fields": ("area", "crop")},
    "a zone more": {"shapes": [*fields_layer().shapes, None], "attributes": [*fields_layer().attributes, ("x", 1.0)]},
    "no geometry any more": {"shapes": [None, *fields_layer().shapes[1:]]},
}


@pytest.mark.parametrize("change", OTHER.values(), ids=OTHER)
def test_an_edited_layer_or_another_selection_is_another_tree(
    library: Library, tmp_path: Path, change: dict[str, object]
) -> None:
    tree, _ = run(library, layer(), tmp_path)
    before = contents(tree.folder)
    other, summary = run(library, layer(**change, shapefile_says=b"another GDAL"), tmp_path)
    assert other.folder != tree.folder
    assert summary.skipped == 0
    assert contents(tree.folder) == before


def test_what_the_shapefile_does_not_show_is_said(library: Library, tmp_path: Path) -> None:
    """It holds ten characters of a name: the two layers are one tree, as to Sen2Chain."""
    old, new = (
        Zones("zones", [shape and shape.wkb for shape in fields_layer().shapes], "EPSG:32740", [name], [[1.5]] * 6)
        for name in ("surface_2020", "surface_2021")
    )
    tree, _ = run(library, old, tmp_path)
    log = Log()
    again, summary = run(library, new, tmp_path, log=log)
    assert again.folder == tree.folder
    assert counts(summary) == (2, 0, 2, 0, 0)
    (warning,) = log.warnings
    assert warning.startswith("The attributes of zones are not those that this extraction began with")
    log = Log()
    run(library, new, tmp_path, log=log, force=True)
    run(library, new, tmp_path, log=log)
    assert log.warnings == []
    headers = {
        path.read_text(encoding="utf-8").partition("\n")[0] for path in tree.folder.glob("raw_data/NDVI/CM001/*.csv")
    }
    assert {header.rpartition(",")[2] for header in headers} == {"surface_2021"}


def test_a_tree_whose_zones_are_gone_is_not_continued(library: Library, tmp_path: Path) -> None:
    tree, _ = run(library, layer(), tmp_path)
    shutil.rmtree(tree.folder / "shp_files")
    other, _ = run(library, layer(shapefile_says=b"another GDAL"), tmp_path)
    assert other.folder != tree.folder
    again, _ = run(library, layer(), tmp_path)
    assert again.folder == tree.folder
    assert len(contents(tree.folder / "shp_files")) == len(SHAPEFILE_PARTS)


@pytest.mark.parametrize(
    "manifest", [b"", b"\0\0\0", b"[]\n", b"{}\n{\n", b'{"content": null}\n', b'{"file": [], "x": 1}\n']
)
def test_a_damaged_manifest_costs_a_look_at_each_file(library: Library, tmp_path: Path, manifest: bytes) -> None:
    tree, _ = run(library, layer(), tmp_path)
    path = tree.folder / ".sen2chain_ts" / "manifest.jsonl"
    before = path.read_bytes()
    path.write_bytes(manifest)
    again, summary = run(library, layer(), tmp_path)
    assert again.folder == tree.folder
    assert counts(summary) == (2, 0, 2, 0, 0)
    assert path.read_bytes() == before


def test_odd_things_in_the_root_are_passed_over(library: Library, tmp_path: Path) -> None:
    (tmp_path / "file_0123456789abcdef").write_text("no folder")
    make_link(tmp_path / "circle_0123456789abcdef", tmp_path / "circle_0123456789abcdef")
    (tmp_path / "empty_0123456789abcdef").mkdir()
    tree, summary = run(library, layer(), tmp_path)
    assert tree.folder.name.startswith("zones_")
    assert summary.extracted == 2


# The key


def key(shape: shapely.geometry.base.BaseGeometry, *values: object) -> str:
    return content_key([parse_wkb(shape.wkb)], [f"field {number}" for number in range(len(values))], [values])


@given(shapes.areas())
def test_the_key_does_not_depend_on_how_a_polygon_is_written(area: shapely.geometry.base.BaseGeometry) -> None:
    polygons = list(getattr(area, "geoms", [area]))
    # Where a ring comes back to its smallest corner, or nearer than a rounded coordinate tells, it may get another key.
    corners = [np.round(ring.coords[:-1], 9) for p in polygons for ring in [p.exterior, *p.interiors]]
    assume(all(len(np.unique(ring, axis=0)) == len(ring) for ring in corners))
    turned = [
        shapely.geometry.Polygon(_turned(p.exterior), [_turned(hole) for hole in reversed(p.interiors)])
        for p in reversed(polygons)
    ]
    assert key(shapely.geometry.MultiPolygon(turned)) == key(shapely.geometry.MultiPolygon(polygons))


def _turned(ring: shapely.geometry.LinearRing) -> list[tuple[float, ...]]:
    corners = list(ring.coords)[:-1]
    half = len(corners) // 2
    return [*corners[half:], *corners[:half]][::-1]


LARGE = shapely.geometry.Point(10, 10).buffer(5, 20_000)


@given(st.lists(shapes.areas(), max_size=6))
@example([shapely.geometry.box(0, 0, 1, 1), LARGE, shapely.geometry.box(1, 1, 2, 2)])
def test_the_key_is_that_of_earlier_versions(areas: list[shapely.geometry.base.BaseGeometry]) -> None:
    """Trees on disk hold it: here it is once more, one vertex after the other."""
    geometries = [parse_wkb(area.wkb) for area in areas]
    expected = hashlib.sha256(b"name")
    for number, geometry in enumerate(geometries):
        expected.update(b"\x1e")
        polygons = sorted(b"".join(sorted(map(_ring_in_words, polygon))) for polygon in geometry.polygons)
        for kind, parts in ((b"A", polygons), (b"L", []), (b"P", [])):
            expected.update(kind + len(parts).to_bytes(8, "big"))
            for part in parts:
                expected.update(len(part).to_bytes(8, "big") + part)
        expected.update(str(number).encode())
    assert content_key(geometries, ["name"], [(number,) for number in range(len(areas))]) == expected.hexdigest()


def _ring_in_words(ring: np.ndarray) -> bytes:
    corners = [(round(x * 1e9), round(y * 1e9)) for x, y in ring.tolist()][:-1]
    first = corners.index(min(corners)) if corners else 0
    forward = corners[first:] + corners[:first]
    ways = [forward, forward[:1] + forward[:0:-1]]
    return len(corners).to_bytes(8, "big") + min(
        struct.pack(f">{2 * len(way)}q", *itertools.chain(*way)) for way in ways
    )


def test_a_hole_is_not_a_bay() -> None:
    """The same corners in the same order, as two rings and as one."""
    shell, hole = [(0, 0), (0, 10), (10, 10), (10, 0)], [(2, 2), (2, 4), (4, 4), (4, 2)]
    assert key(shapely.geometry.Polygon(shell + hole)) != key(shapely.geometry.Polygon(shell, [hole]))


def test_kinds_of_geometry_differ() -> None:
    corners = [(0, 0), (0, 10), (10, 10)]
    kinds = [shapely.geometry.MultiPoint, shapely.geometry.LineString, shapely.geometry.Polygon]
    assert len({key(kind(corners)) for kind in kinds}) == 3


def test_where_one_value_ends_and_the_next_begins() -> None:
    values = [("a", "b"), ("ab", ""), ("", "ab"), ("a", None, "b"), ("a,b",), (1, 2), (12, "")]
    assert len({key(box(0, 0, 1, 1), *each) for each in values}) == len(values)


# Names


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("zones", "zones"),
        ("Parcelles de canne à sucre", "Parcelles_de_canne_à_sucre"),
        ("été 2021/2022: <test>?", "été_2021_2022_test"),
        ("../../etc/passwd", "etc_passwd"),
        ("..", "zones"),
        ("", "zones"),
        ("   ", "zones"),
        (".hidden", "hidden"),
        ("CON", "CON_"),
        ("com1.zones", "com1_.zones"),
        ("LPT²", "LPT²_"),
        ("a" * 300, "a" * 60),
        ("地块", "地块"),
        ("e\u0301te\u0301", "été"),
        ("a\nb\tc\0d", "a_b_c_d"),
        ("fields_0123456789abcdef", "fields_0123456789abcdef"),
    ],
)
def test_a_name_is_safe_for_a_file_on_every_system(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_folder_is_made_for_any_name(library: Library, tmp_path: Path) -> None:
    for name in ("../x", "a/b", "été 地块", "a" * 300, "fields_0123456789abcdef"):
        tree, summary = run(library, layer(name=name), tmp_path / safe_name(name))
        assert tree.folder.parent == tmp_path / safe_name(name)
        assert summary.extracted == 2
        assert len(list(tree.folder.glob("raw_data/NDVI/CM001/*.csv"))) == 2
    assert len(list(tmp_path.iterdir())) == 5


def test_attributes_named_like_results_are_kept_beside_them() -> None:
    assert attribute_columns(["crop", "mean", "fid", "mean_1", "Mean", "date", "date", "crop"]) == [
        "crop", "mean_2", "fid_1", "mean_1", "Mean", "date_1", "date_2", "crop_1"
    ]  # fmt: skip


def count_shapefiles(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows with each shapefile that is made."""
    made: list[str] = []
    real = ShapeLayer.shapefile

    def shapefile(self: ShapeLayer) -> dict[str, bytes]:
        made.append(self.name)
        return real(self)

    monkeypatch.setattr(ShapeLayer, "shapefile", shapefile)
    return made


def test_a_shapefile_is_made_once_and_not_to_know_a_tree_again(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = count_shapefiles(monkeypatch)
    tree, _ = run(library, layer(), tmp_path)
    assert len(made) == 1
    again, summary = run(library, layer(name="the same"), tmp_path)
    assert (again, counts(summary)[1]) == (tree, 0)
    assert len(made) == 1


@pytest.mark.parametrize("part", SHAPEFILE_PARTS)
@pytest.mark.parametrize("damage", ["cut", "gone", "other"])
def test_a_shapefile_that_is_not_as_it_was_is_written_again(
    library: Library, tmp_path: Path, part: str, damage: str
) -> None:
    tree, _ = run(library, layer(), tmp_path)
    path = tree.shapefile.with_suffix(part)
    sound = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(sound[:-1] if damage == "cut" else bytes(len(sound)))
    assert run(library, layer(), tmp_path)[0] == tree
    assert path.read_bytes() == sound


def test_a_tree_that_nobody_has_noted_the_zones_of_is_known_by_its_checksum(library: Library, tmp_path: Path) -> None:
    """Beside one of the same zones in other bytes, which is ours."""
    tree, _ = run(library, layer(), tmp_path / "theirs")
    ours, _ = run(library, layer(shapefile_says=b"another GDAL"), tmp_path)
    shutil.copytree(tree.folder, tmp_path / tree.folder.name)
    shutil.rmtree(tmp_path / tree.folder.name / ".sen2chain_ts")
    assert run(library, layer(), tmp_path)[0].folder.name == tree.folder.name
    assert ours.folder.name != tree.folder.name
