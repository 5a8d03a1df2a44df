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
    dock.view.library.setFilePath(str(DATA / "library"))
    dock.show()
    dock.raise_()
    wait(lambda: dock._library is not None, "the jobs are listed")
    SEEN["empty"] = dock.view._hint.text()
    dock.view.new.trigger()
    fill(
        {
            "NAME": "night", "INPUT": str(DATA / "layers" / "zones.shp"), "INDICES": ["NDVI"], "CLOUDMASKS": "CM001",
            "TIMING": "30 4 * * *",
        }
    )  # fmt: skip
    wait(lambda: dock.view.tree.topLevelItemCount() == 1, "the new job is listed")
    SEEN["made"], SEEN["task"] = texts(dock), dock.view.tree.topLevelItem(0).child(0).text(0)
    run(dock)
    schedule(dock)
    edit(dock)
    (DATA / "library" / "jobs_extr" / "job_broken.cfg").write_text("nonsense\n")
    dock.refresh()
    wait(lambda: dock.view.tree.topLevelItemCount() == 2, "the broken job is listed")
    SEEN["broken"] = dock.view.tree.topLevelItem(0).text(1)
    SEEN["why_broken"] = dock.view.tree.topLevelItem(0).toolTip(1)
    dock._sure = lambda _: True
    for left in (1, 0):
        choose(dock)
        dock.view.remove.trigger()
        wait(lambda left=left: dock.view.tree.topLevelItemCount() == left and not dock.busy, "the job is removed")
    SEEN["jobs_left"] = sorted(path.name for path in (DATA / "library" / "jobs_extr").glob("*.cfg"))


def run(dock):
    choose(dock)
    dock.view.run.trigger()
    wait(lambda: dock.view.tree.topLevelItem(0).text(5) in ("Succeeded", "Failed"), "the job has run")
    SEEN["ran"] = texts(dock)
    opened = []
    QDesktopServices.openUrl = staticmethod(opened.append)
    choose(dock)
    dock.view.log.trigger()
    SEEN["log"] = opened[0].toLocalFile()


def schedule(dock):
    choose(dock)
    dock.view.enable.trigger()
    wait(lambda: dock.view.tree.topLevelItem(0).text(1) == "Enabled", "the job is enabled")
    SEEN["enabled"] = texts(dock)
    SEEN["table_enabled"] = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=True).stdout


def edit(dock):
    choose(dock)
    dock.view.edit.trigger()
    fill({"INDICES": ["NDWIGAO"]})
    wait(lambda: "NDWIGAO" in dock.view.tree.topLevelItem(0).child(0).text(0), "the task is changed")
    SEEN["edited"] = dock.view.tree.topLevelItem(0).child(0).text(0)


def choose(dock):
    wait(lambda: not dock.busy, "the list is up to date")
    dock.view.tree.setCurrentItem(dock.view.tree.topLevelItem(0))


def texts(dock):
    item = dock.view.tree.topLevelItem(0)
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
