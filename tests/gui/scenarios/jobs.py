"""A user makes a job, runs it, schedules it, edits it and removes it, and never sees its file."""

import os
import subprocess
import sys

sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

from driver import DATA, NAME, SEEN, close, ended, pause, plugin, start, wait
from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QApplication
from qgis.utils import unloadPlugin

OPENED = []


def scenario():
    QDesktopServices.openUrl = staticmethod(lambda url: OPENED.append(url.toLocalFile()))
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
            "TIMING": "30 4 * * *", "PIXELS": "touched", "ANALYSES": ["smooth"], "ANALYSIS_SETTINGS": "smooth.STEP=10",
        }
    )  # fmt: skip
    wait(lambda: panel.view.tree.topLevelItemCount() == 1, "the new job is listed")
    SEEN["made"], SEEN["task"] = texts(panel), panel.view.tree.topLevelItem(0).child(0).text(0)
    run(panel)
    schedule(panel)
    edit(panel)
    run_while_running(panel)
    edit_commented(panel)
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
    unload_with_dialogs(panel)


def run(panel):
    choose(panel)
    panel.view.run.trigger()
    wait(lambda: panel.view.tree.topLevelItem(0).text(5) in ("Succeeded", "Failed"), "the job has run")
    SEEN["ran"] = texts(panel)
    choose(panel)
    panel.view.log.trigger()
    SEEN["log"] = OPENED[-1]


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
    folder = DATA / "library" / "jobs_extr"
    SEEN["beside"] = [(folder / f"job_night.{kind}.cfg").read_text() for kind in ("extract", "analysis")]


def run_while_running(panel):
    """Run the job while another run of it is going on."""
    from sen2chain_ts_plugin.engine.jobs.store import log_folder
    from sen2chain_ts_plugin.engine.locks import locked

    choose(panel)
    with locked(log_folder(panel._library, "night")):
        panel.view.run.trigger()
        wait(lambda: not panel._runner.names, "the second run gives up")
    message = panel.view.messages.currentItem()
    SEEN["skipped"] = [message.text(), message.level() == Qgis.MessageLevel.Warning]


def edit_commented(panel):
    """Change a task that was commented by hand, then a remark that is none."""
    path = DATA / "library" / "jobs_extr" / "job_night.cfg"
    text = path.read_text()
    above = text[: text.rstrip().rindex("\n") + 1]
    others = "True;yearly/alldata;True;me@server:/data"
    path.write_text(f"{above}!/fields/north.shp;2021-01-15;today-3;80;CM003-PRB1-ITER5/CM001;NDVI;{others}\n")
    open_editor(panel)
    fill({"INDICES": ["NDWIMCF"]})
    SEEN["commented"] = path.read_text().splitlines()[-1]
    path.write_text(f"{above}! fields of the north\n")
    open_editor(panel)
    pause(500)
    message = panel.view.messages.currentItem()
    SEEN["remark"] = [path.read_text().splitlines()[-1], message.text(), OPENED[-1], len(dialogs())]
    path.write_text(text)


def open_editor(panel):
    panel.refresh()
    choose(panel)
    panel.view.edit.trigger()


def unload_with_dialogs(panel):
    """Unload the plugin while one dialog of the dock is open and another one runs its algorithm."""
    layer = str(DATA / "layers" / "zones.shp")
    panel._call("savejob", {"NAME": "day", "INPUT": layer, "CLOUDMASKS": "CM001"})
    panel.refresh()
    choose(panel)
    panel.view.new.trigger()
    panel.view.try_out.trigger()
    pause(500)
    running = next(dialog for dialog in dialogs() if dialog.algorithm().name() == "runjob")
    running.runButton().click()
    SEEN["running"] = not ended(running)
    unloadPlugin(NAME)
    SEEN["dialogs_left"] = [dialog.algorithm().name() for dialog in dialogs()]
    wait(lambda: ended(running) and not QgsApplication.taskManager().countActiveTasks(), "the algorithm ends")
    pause(300)
    close(running)


def choose(panel):
    wait(lambda: not panel.busy, "the list is up to date")
    panel.view.tree.setCurrentItem(panel.view.tree.topLevelItem(0))


def texts(panel):
    item = panel.view.tree.topLevelItem(0)
    return [item.text(column) for column in range(6)]


def fill(values):
    pause(500)
    dialog = dialogs()[0]
    dialog.setParameters(values)
    dialog.runButton().click()
    wait(lambda: ended(dialog), "the dialog has saved the job")
    close(dialog)
    pause(200)


def dialogs():
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and hasattr(widget, "runButton")]


start(scenario)
