"""A user makes a job, runs it, schedules it, edits it and removes it, and never sees its file."""

import os
import subprocess
import sys

sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

from driver import DATA, SEEN, close, ended, pause, plugin, start, wait
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QApplication


def scenario():
    dock = plugin().window.jobs
    dock.show()
    dock.raise_()
    panel = dock.widget()
    panel.view.library.setFilePath(str(DATA / "library"))
    wait(lambda: panel._library is not None, "the jobs are listed")
    SEEN["empty"] = panel.view._hint.text()
    panel.view.new.trigger()
    fill(
        {
            "NAME": "night", "INPUT": str(DATA / "layers" / "zones.shp"), "INDICES": ["NDVI"], "CLOUDMASKS": "CM001",
            "TIMING": "30 4 * * *",
        }
    )  # fmt: skip
    wait(lambda: panel.view.tree.topLevelItemCount() == 1, "the new job is listed")
    SEEN["made"], SEEN["task"] = texts(panel), panel.view.tree.topLevelItem(0).child(0).text(0)
    run(panel)
    schedule(panel)
    edit(panel)
    (DATA / "library" / "jobs_extr" / "job_broken.cfg").write_text("nonsense\n")
    panel.refresh()
    wait(lambda: panel.view.tree.topLevelItemCount() == 2, "the broken job is listed")
    SEEN["broken"] = panel.view.tree.topLevelItem(0).text(1)
    SEEN["why_broken"] = panel.view.tree.topLevelItem(0).toolTip(1)
    panel._sure = lambda _: True
    for left in (1, 0):
        choose(panel)
        panel.view.remove.trigger()
        wait(lambda left=left: panel.view.tree.topLevelItemCount() == left and not panel.busy, "the job is removed")
    SEEN["jobs_left"] = sorted(path.name for path in (DATA / "library" / "jobs_extr").glob("*.cfg"))


def run(panel):
    choose(panel)
    panel.view.run.trigger()
    wait(lambda: panel.view.tree.topLevelItem(0).text(5) in ("Succeeded", "Failed"), "the job has run")
    SEEN["ran"] = texts(panel)
    opened = []
    QDesktopServices.openUrl = staticmethod(opened.append)
    choose(panel)
    panel.view.log.trigger()
    SEEN["log"] = opened[0].toLocalFile()


def schedule(panel):
    choose(panel)
    panel.view.enable.trigger()
    wait(lambda: panel.view.tree.topLevelItem(0).text(1) == "Enabled", "the job is enabled")
    SEEN["enabled"] = texts(panel)
    SEEN["table_enabled"] = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=True).stdout


def edit(panel):
    choose(panel)
    panel.view.edit.trigger()
    fill({"INDICES": ["NDWIGAO"]})
    wait(lambda: "NDWIGAO" in panel.view.tree.topLevelItem(0).child(0).text(0), "the task is changed")
    SEEN["edited"] = panel.view.tree.topLevelItem(0).child(0).text(0)


def choose(panel):
    wait(lambda: not panel.busy, "the list is up to date")
    panel.view.tree.setCurrentItem(panel.view.tree.topLevelItem(0))


def texts(panel):
    item = panel.view.tree.topLevelItem(0)
    return [item.text(column) for column in range(6)]


def fill(values):
    pause(500)
    dialog = next(
        widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and hasattr(widget, "runButton")
    )
    dialog.setParameters(values)
    dialog.runButton().click()
    wait(lambda: ended(dialog), "the dialog has saved the job")
    close(dialog)
    pause(200)


start(scenario)
