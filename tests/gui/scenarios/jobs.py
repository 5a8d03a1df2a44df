"""A user makes a job, runs it, schedules it, edits it and removes it, and never sees its file."""

import os
import subprocess
import sys
import threading
from datetime import datetime, timedelta

sys.path.insert(0, os.environ["SCENARIO_FOLDER"])

from driver import DATA, NAME, SEEN, close, ended, pause, plugin, start, wait
from qgis.core import Qgis, QgsApplication
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QTime
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QApplication, QPushButton
from qgis.utils import iface, unloadPlugin

OPENED = []
SHOTS = os.environ.get("SCENARIO_SHOTS", "")


def scenario():
    QDesktopServices.openUrl = staticmethod(lambda url: OPENED.append(url.toLocalFile()))
    dock = plugin().window.jobs
    dock.show()
    dock.raise_()
    panel = dock.widget()
    panel.view.library.setFilePath(str(DATA / "library"))
    wait(lambda: panel._library is not None, "the jobs are listed")
    SEEN["empty"] = panel.view._hint.text()
    make(panel)
    wait(lambda: panel.view.tree.topLevelItemCount() == 1, "the new job is listed")
    SEEN["made"], SEEN["task"] = texts(panel), panel.view.tree.topLevelItem(0).child(0).text(0)
    run(panel)
    schedule(panel)
    edit(panel)
    run_while_running(panel)
    edit_commented(panel)
    notices(panel)
    (DATA / "library" / "jobs_extr" / "job_broken.cfg").write_text("nonsense\n")
    panel.refresh()
    wait(lambda: panel.view.tree.topLevelItemCount() == 2, "the broken job is listed")
    SEEN["broken"] = panel.view.tree.topLevelItem(0).text(1)
    SEEN["why_broken"] = panel.view.tree.topLevelItem(0).toolTip(1)
    look_at_a_slow_disk(panel)
    panel._sure = lambda _: True
    for left in (1, 0):
        choose(panel)
        panel.view.remove.trigger()
        wait(lambda left=left: panel.view.tree.topLevelItemCount() == left and not panel.busy, "the job is removed")
    SEEN["jobs_left"] = sorted(path.name for path in (DATA / "library" / "jobs_extr").glob("*.cfg"))
    unload_with_dialogs(panel)


def look_at_a_slow_disk(panel):
    """The list is read for longer than the time between two looks at it."""
    from sen2chain_ts_plugin.gui.jobs import panel as module

    listed, let_go, looks = module.list_jobs, threading.Event(), []

    def list_late(*values):
        looks.append(values)
        let_go.wait(60)
        return listed(*values)

    module.list_jobs = list_late
    panel.view.tree.clear()
    panel.refresh()
    for _ in range(3):
        pause(100)
        panel._timer.timeout.emit()
    let_go.set()
    wait(lambda: not panel.busy, "the slow list is read")
    SEEN["slow disk"] = [len(looks), panel.view.tree.topLevelItemCount()]
    module.list_jobs = listed


def make(panel):
    """Make a job with the form, wrongly first."""
    panel.view.new.trigger()
    form = panel.form
    pause(600)
    SEEN["offered"] = [form.when.often.itemText(row) for row in range(form.when.often.count())]
    shot("job form", form.form.widget)
    form.form.set_values({"NAME": "night", "INPUT": str(DATA / "layers" / "zones.shp"), "INDICES": ["NDVI"]})
    form.form.set_values({"CLOUDMASKS": "CM001"})
    form.when.timing = "0 30 * * *"
    SEEN["cron"] = [form.when.often.currentText(), form.when.text.isVisible(), form.when.next.text()]
    shot("job form, wrong", form.form.widget)
    form.save()
    SEEN["refused"] = [form.form.problem, form.form.widget.isVisible()]
    form.when.often.setCurrentIndex(form.when.often.findText("Every Monday"))
    form.when.at.setTime(QTime(6, 15))
    SEEN["mondays"] = [form.when.timing, form.when.next.text()]
    form.when.often.setCurrentIndex(0)
    form.when.at.setTime(QTime(4, 30))
    form.dates.setCurrentIndex(0)
    form._show_more()
    dialog = dialogs()[0]
    dialog.setParameters({"PIXELS": "touched", "ANALYSES": ["smooth"], "ANALYSIS_SETTINGS": "smooth.STEP=10"})
    dialog.runButton().click()
    wait(lambda: ended(dialog), "the dialog has saved the job")
    close(dialog)
    SEEN["saved"] = not visible(form)


def notices(panel):
    """Have QGIS tell what the job did, as when it opens: what was seen in the list is no news."""
    from sen2chain_ts_plugin.engine.jobs.store import log_folder
    from sen2chain_ts_plugin.gui.common import settings

    window = plugin().window
    choose(panel)
    window._tell_outcomes()
    wait(lambda: not window._outcomes._background.busy, "the outcomes are read")
    SEEN["seen already"] = window._outcomes._item is None
    settings.remember("jobs/told", "2000-01-01T00:00:00")
    window._tell_outcomes()
    wait(lambda: window._outcomes._item is not None, "new images are told of")
    SEEN["new images"] = said(window._outcomes._item)
    shot("notice", iface.mainWindow())
    late = datetime.now() + timedelta(seconds=5)
    log = log_folder(panel._library, "night") / f"job_night_run_{late:%Y%m%d_%H%M%S}.log"
    log.write_text("Sen2Chain time series, job night\nOutcome: failed\n")
    window._tell_outcomes()
    wait(lambda: window._outcomes._item is not None, "the failure is told of")
    SEEN["failure"] = said(window._outcomes._item)
    window._outcomes.close()
    log.unlink()
    panel.refresh()
    choose(panel)
    panel.view.result.trigger()
    wait(lambda: window._time_panel is not None and window._time_panel.curves, "the curves are shown")
    SEEN["result"] = str(window._time_panel.extraction)
    window.jobs.raise_()


def said(item):
    return [item.text(), *(button.text() for button in item.findChildren(QPushButton))]


def visible(form):
    return not sip.isdeleted(form.form.widget) and form.form.widget.isVisible()


def shot(name, widget):
    if SHOTS:
        widget.grab().save(f"{SHOTS}/{name}.png")


def run(panel):
    choose(panel)
    panel.view.run.trigger()
    wait(lambda: panel.view.tree.topLevelItem(0).text(5).startswith(("Succeeded", "Failed")), "the job has run")
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
    fill(panel, {"INDICES": ["NDWIGAO"]})
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
    fill(panel, {"INDICES": ["NDWIMCF"]})
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
    panel._open("savejob", {})
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


def fill(panel, values):
    pause(500)
    form = panel.form
    shot(f"job form, edited {len(OPENED)}", form.form.widget)
    form.form.set_values(values)
    pause(600)
    form.save()
    assert not visible(form), form.form.problem
    pause(200)


def dialogs():
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and hasattr(widget, "runButton")]


start(scenario)
