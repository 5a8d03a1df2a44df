"""A user saves a project with curves, and opens it the next day."""

import os
import sys

sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

from driver import DATA, SEEN, close, ended, pause, plugin, run_from_toolbox, start, wait
from qgis.core import QgsProject


def scenario():
    dock = plugin().window.time_series
    dock.show()
    wait(lambda: dock.widget() is not None, "the dock opens")
    panel = dock.widget()
    values = {"INPUT": str(DATA / "layers" / "zones.shp"), "LIBRARY": str(DATA / "library"), "CLOUDMASKS": "CM001"}
    # The newest product is not in the library yet.
    late = sorted((DATA / "library" / "INDICES" / "NDVI").glob("*/*/*"), key=lambda folder: folder.name.split("_")[2])[
        -1
    ]
    aside = DATA / "aside"
    aside.mkdir()
    moved = [folder.rename(aside / folder.name) for folder in late.parents[1].glob(f"*/{late.name[:26]}*")]
    assert moved
    dialog = run_from_toolbox("extract", {**values, "INDICES": ["NDVI", "NDWIGAO"], "OUTPUT": str(DATA / "out")})
    wait(lambda: ended(dialog), "extract ends")
    close(dialog)
    wait(lambda: panel.view.index.count() == 2 and not panel.busy, "the dock shows the extraction")
    panel._choice.choose("NDWIGAO", "", "")
    panel.show_zones([3, 1])
    wait(lambda: len(panel.curves) == 2 and not panel.busy, "two curves")
    pause(300)
    SEEN["before"] = [str(panel.extraction), panel._choice.index, panel._choice.mask, panel.shown]
    project = QgsProject.instance()
    SEEN["asks_to_save"] = project.isDirty()
    path = DATA / "fields.qgz"
    assert project.write(str(path))
    project.clear()
    panel._choice.choose("NDVI", "", "")
    panel.show_zones([0])
    wait(lambda: len(panel.curves) == 1 and not panel.busy, "another zone")
    for folder in moved:
        folder.rename(late.parent / folder.name)
    assert project.read(str(path))
    wait(lambda: panel.shown == [3, 1] and not panel.busy, "the zones of the project")
    wait(lambda: len(panel.curves) == 2 and not panel.busy, "their curves")
    SEEN["after"] = [str(panel.extraction), panel._choice.index, panel._choice.mask, panel.shown]


start(scenario)
