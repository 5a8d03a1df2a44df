"""A user fills dialogs in, rightly and wrongly, and reads what stands below the fields before he runs anything."""

import os
import re
import sys

sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

import processing
from driver import DATA, SEEN, close, open_list, pause, start, wait
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProject,
    QgsVectorLayer,
)
from qgis.gui import QgsCollapsibleGroupBoxBasic
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import QGroupBox, QLabel

LIBRARY = str(DATA / "library")
SHOTS = os.environ.get("SCENARIO_SHOTS", "")


def scenario():
    sample = processing.run(
        "sen2chain_ts:samplelibrary", {"OUTPUT": str(DATA / "sample"), "SIZE": 400, "DATES": 4, "SEED": 1, "L2A": "yes"}
    )
    downloads = DATA / "downloads"
    downloads.mkdir()
    for safe in (DATA / "sample").rglob("*.SAFE"):
        safe.rename(downloads / safe.name)
    SEEN["said"], SEEN["fields"], SEEN["lists"] = {}, {}, {}
    here = QgsVectorLayer(str(DATA / "layers" / "zones.shp"), "zones")
    far = QgsVectorLayer("Point?crs=EPSG:4326", "far away", "memory")
    empty = QgsVectorLayer("Polygon?crs=EPSG:4326", "nothing yet", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(2.3, 48.9)))
    far.dataProvider().addFeature(feature)
    far.updateExtents()
    fields = QgsVectorLayer(sample["LAYER"], "fields")
    for layer in (here, far, empty, fields):
        QgsProject.instance().addMapLayer(layer)
    extract(here, far, empty)
    follow(here, fields, str(downloads))
    others(here)
    untouched(here)
    folded(here)
    by_night(here)


def extract(here, far, empty):
    """Give each field of one dialog wrong values, and right ones again."""
    dialog = opened("extract", {"INPUT": here.id(), "LIBRARY": LIBRARY})
    note("right", dialog)
    SEEN["lists"]["library"] = masks_of(dialog)
    for name, values in {
        "no library": {"LIBRARY": str(DATA / "layers")},
        "no such folder": {"LIBRARY": str(DATA / "nowhere")},
        "dates reversed": {"LIBRARY": LIBRARY, "DATE_MIN": QDate(2022, 1, 1), "DATE_MAX": QDate(2021, 1, 1)},
        "no such dates": {"DATE_MIN": QDate(1999, 1, 1), "DATE_MAX": QDate(1999, 12, 31)},
        "right again": {"DATE_MIN": QDate(2021, 1, 1), "DATE_MAX": QDate(2021, 12, 31)},
        "far": {"INPUT": far.id()},
        "empty layer": {"INPUT": empty.id()},
        "covers": {"INPUT": here.id(), "COVER_MIN": 60, "COVER_MAX": 40},
        "no such index": {"COVER_MIN": 0, "COVER_MAX": 100, "INDICES": "EVI"},
        "one index missing": {"INDICES": "NDVI,EVI"},
        "absent mask": {"INDICES": "NDVI", "CLOUDMASKS": "CM002-B11"},
        "no mask": {"CLOUDMASKS": "CM9"},
        "wrong class": {"CLOUDMASKS": "SCL-12"},
        "in the end": {"CLOUDMASKS": "CM001", "DATE_MIN": None, "DATE_MAX": None},
        "some vanish": {"BUFFER": -30},
        "one is left": {"BUFFER": -500},
        "none can vanish": {"BUFFER": 10},
    }.items():
        fill(dialog, values)
        note(name, dialog)
    close(dialog)


def follow(here, fields, downloads):
    """Change the library: what nobody has chosen follows it, what was chosen stays, and is refused where it must be."""
    dialog = opened("extract", {"INPUT": fields.id()})
    fill(dialog, {"LIBRARY": downloads})
    note("downloads", dialog)
    SEEN["lists"]["downloads"] = masks_of(dialog)
    fill(dialog, {"INPUT": here.id(), "LIBRARY": LIBRARY})
    note("library again", dialog)
    fill(dialog, {"INPUT": fields.id(), "CLOUDMASKS": "CM001"})
    fill(dialog, {"LIBRARY": downloads})
    note("produced mask of downloads", dialog)
    close(dialog)
    dialog = opened("timeseries", {"INPUT": fields.id(), "LIBRARY": downloads})
    note("timeseries of downloads", dialog)
    close(dialog)


def others(here):
    """Give values to dialogs that ask for an extraction, or a job."""
    dialog = opened("compile", {"EXTRACTION": str(DATA / "layers")})
    note("no extraction", dialog)
    (tree,) = (each for each in (DATA / "expected").iterdir() if each.is_dir() and "_" in each.name)
    fill(dialog, {"EXTRACTION": str(tree)})
    note("extraction", dialog)
    fill(dialog, {"INDICES": "EVI", "CLOUDMASKS": "CM001"})
    note("not extracted", dialog)
    fill(dialog, {"INDICES": "", "CLOUDMASKS": "", "PERIODS": "custom"})
    note("custom without dates", dialog)
    close(dialog)
    dialog = opened("savejob", {"NAME": "night", "INPUT": here.id(), "LIBRARY": LIBRARY})
    note("new job", dialog)
    SEEN["mode"] = [mode_of(dialog)]
    processing.run("sen2chain_ts:savejob", {"NAME": "night", "INPUT": here, "LIBRARY": LIBRARY})
    fill(dialog, {"NAME": "no/name"})
    note("no name", dialog)
    fill(dialog, {"NAME": "night", "TIMING": "25 25 * * *"})
    note("timing", dialog)
    fill(dialog, {"TIMING": "0 4 * * *"})
    note("job that exists", dialog)
    SEEN["mode"].append(mode_of(dialog))
    fill(dialog, {"MODE": "replace", "NAME": "night2"})
    fill(dialog, {"NAME": "night"})
    SEEN["mode"].append(mode_of(dialog))
    close(dialog)
    dialog = opened("runjob", {"JOB": "day", "LIBRARY": LIBRARY})
    note("no job", dialog)
    close(dialog)


def untouched(here):
    """Open every dialog, as it is proposed."""
    (tree,) = (each for each in (DATA / "expected").iterdir() if each.is_dir() and "_" in each.name)
    SEEN["untouched"] = {}
    for algorithm in QgsApplication.processingRegistry().providerById("sen2chain_ts").algorithms():
        values = {"LIBRARY": LIBRARY, "INPUT": here.id(), "EXTRACTION": str(tree)}
        dialog = opened(algorithm.name(), values, checked=False)
        labels = dialog.findChildren(QLabel, "sen2chain_ts_remark")
        SEEN["untouched"][algorithm.name()] = [each.text() for each in labels if "<img" in each.text()]
        close(dialog)


def folded(here):
    """Have something said of a field in a group that is folded, unfold that, and fold it again."""
    dialog = opened("extract", {"INPUT": here.id(), "LIBRARY": LIBRARY}, unfolded=False)
    (group,) = groups_of(dialog)
    group.setCollapsed(True)  # QGIS remembers how it was left
    fill(dialog, {"BUFFER": -30})
    (label,) = (each for each in dialog.findChildren(QLabel, "sen2chain_ts_remark") if "vanish" in each.text())
    SEEN["folded"] = [group.isCollapsed(), label.isVisible()]
    for collapsed in (False, True):
        group.setCollapsed(collapsed)
        SEEN["folded"].append(label.isVisible())
    fill(dialog, {"BUFFER": 0})
    group.setCollapsed(False)
    SEEN["folded"].append(label.isVisible())
    group.setCollapsed(True)
    fill(dialog, {"COVER_MIN": 60, "COVER_MAX": 40})
    SEEN["unfolded"] = not group.isCollapsed()
    close(dialog)


def by_night(here):
    """Read a remark in the dark theme: the colour of the ground around its text, and all others."""
    QgsApplication.setUITheme("Night Mapping")
    pause(500)
    dialog = opened("extract", {"INPUT": here.id(), "LIBRARY": LIBRARY})
    (label,) = (each for each in dialog.findChildren(QLabel, "sen2chain_ts_remark") if not each.isHidden())
    image = label.grab().toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    SEEN["by night"] = [image.pixelColor(0, 0).name(), *{image.pixelColor(*point).name() for point in points}]
    close(dialog)


def opened(algorithm, values, *, unfolded=True, checked=True):
    dialog = processing.createAlgorithmDialog(f"sen2chain_ts:{algorithm}", values)
    dialog.show()
    for group in groups_of(dialog) if unfolded else ():
        group.setCollapsed(False)
    if checked:
        settle(dialog)
    else:
        pause(400)
    return dialog


def groups_of(dialog):
    """Return the groups that can be folded: Python knows them as those of Qt."""
    name = "QgsCollapsibleGroupBoxBasic"
    found = [each for each in dialog.findChildren(QGroupBox) if each.inherits(name)]
    return [sip.cast(each, QgsCollapsibleGroupBoxBasic) for each in found]


def fill(dialog, values):
    """Put values into fields, as far as a program can as a user does."""
    for name, value in values.items():
        wrapper = dialog.mainWidget().wrappers[name]
        if hasattr(wrapper, "choice"):
            wrapper.box.line.setText(value)
        elif hasattr(wrapper, "box"):
            wrapper.box.set_folder(value)
        else:
            wrapper.setParameterValue(value, QgsProcessingContext())
    settle(dialog)


def settle(dialog):
    """Wait until what was chosen is checked."""
    from sen2chain_ts_plugin.gui.dialogs.live_check import check_of

    pause(50)
    wait(lambda: not check_of(dialog).busy, "the values are checked")


def note(name, dialog):
    labels = [each for each in dialog.findChildren(QLabel, "sen2chain_ts_remark") if not each.isHidden()]
    SEEN["said"][name] = [re.sub(r"<[^>]*>", "", label.text()).strip() for label in labels]
    warned = [bool(re.search("<img", label.text())) for label in labels]
    SEEN["said"][name] = [f"{'! ' if warns else ''}{text}" for text, warns in zip(SEEN["said"][name], warned)]
    fields = dialog.mainWidget().wrappers
    SEEN["fields"][name] = {each: fields[each].box.line.text() for each in fields if hasattr(fields[each], "choice")}
    if SHOTS:
        dialog.grab().save(f"{SHOTS}/{name}.png")


def masks_of(dialog):
    box = dialog.mainWidget().wrappers["CLOUDMASKS"].box
    found = open_list(box)
    if SHOTS:
        box.popup.grab().save(f"{SHOTS}/masks {len(SEEN['lists'])}.png")
    box.popup.hide()
    return found


def mode_of(dialog):
    return dialog.mainWidget().wrappers["MODE"].parameterValue()


start(scenario)
