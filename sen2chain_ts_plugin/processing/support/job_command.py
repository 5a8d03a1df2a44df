"""The command line that runs a job from a scheduler, where there is no screen, no shell profile and hardly a PATH."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from pathlib import Path

from qgis.core import QgsApplication

from ...engine.errors import QgisProcessMissing, WriteFailed
from ...engine.files import OWN_FOLDER, make_folder
from ...engine.jobs.schedule import Command
from ...engine.jobs.store import JobFile, job_arguments, log_folder
from ...engine.library.folders import Library

_PLUGIN = Path(__file__).parents[2]
# Debian 12: the wrapper named qgis_process passes an option on that the program refuses; the program itself is .bin.
_PROGRAMS = ("qgis_process.bin", "qgis_process")
_WINDOWS_PROGRAMS = ("qgis_process-qgis-ltr.bat", "qgis_process-qgis.bat", "qgis_process-qgis-dev.bat")
# Where QGIS is not installed by the system (conda, a build of one's own), it needs these as they are now.
_KEPT = (
    "LD_LIBRARY_PATH",
    "PYTHONHOME",
    "PYTHONPATH",
    "QGIS_PREFIX_PATH",
    "PROJ_LIB",
    "PROJ_DATA",
    "GDAL_DATA",
    "GDAL_DRIVER_PATH",
)
_CRON_PATH = ("/usr/bin", "/bin")


def job_command(file: JobFile, library: Library, folder: Path) -> Command:
    """Return the command that runs a job.

    Parameters
    ----------
    file
        the job.
    library, folder
        its library, and the folder by which that is found.

    Raises
    ------
    QgisProcessMissing
        there is no qgis_process.
    WriteFailed
        the link to this QGIS profile cannot be made.
    """
    arguments = (
        str(find_qgis_process()),
        "run",
        "sen2chain_ts:runjob",
        *job_arguments(library, folder, file),
    )
    logs = log_folder(library, file.name)
    return Command(arguments, logs / f"job_{file.name}_cron.log", _environment(library))


def find_qgis_process() -> Path:
    """Return the program that runs algorithms without a window, of this QGIS before any other.

    Raises
    ------
    QgisProcessMissing
        there is none; names the places looked at.
    """
    here = Path(QgsApplication.applicationDirPath())
    if sys.platform == "win32":
        folders = [Path(os.environ.get("OSGEO4W_ROOT", here.parents[2])) / "bin", here]
        names = _WINDOWS_PROGRAMS
    else:
        folders, names = [here, here / "bin", Path(QgsApplication.prefixPath()) / "bin"], _PROGRAMS
    for folder in folders:
        for name in names:
            if (folder / name).is_file():
                return folder / name
    for name in names:
        found = shutil.which(name)
        if found:
            return Path(found)
    raise QgisProcessMissing(places=", ".join([*map(str, dict.fromkeys(folders)), "PATH"]))


def _environment(library: Library) -> dict[str, str]:
    variables = {
        "QGIS_PLUGINPATH": str(_PLUGIN.parent),
        "QGIS_CUSTOM_CONFIG_PATH": str(_profiles(library)),
    }
    if sys.platform == "win32":
        return variables  # the .bat file sets the others
    variables["QT_QPA_PLATFORM"] = "offscreen"
    variables["LC_ALL"] = _utf8_locale()
    variables.update({name: os.environ[name] for name in _KEPT if os.environ.get(name)})
    path = _search_path()
    return {**variables, "PATH": os.pathsep.join(path)} if path[: len(_CRON_PATH)] != list(_CRON_PATH) else variables


def _search_path() -> list[str]:
    """Return the folders in which a scheduled copy finds the same ssh and rsync as this session."""
    found = {os.path.dirname(program) for program in map(shutil.which, ("ssh", "rsync")) if program}
    known = [folder for folder in os.environ.get("PATH", "").split(os.pathsep) if folder in found | set(_CRON_PATH)]
    return list(dict.fromkeys([*known, *_CRON_PATH]))


def _utf8_locale() -> str:
    # In a locale without UTF-8 Qt cannot name every file.
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        text = os.environ.get(name, "")
        if text.upper().replace("-", "").endswith("UTF8"):
            return text
    return "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"


def _profiles(library: Library) -> Path:
    """Return the folder in which qgis_process finds this QGIS profile: it takes ``profiles/default`` below it."""
    profile = Path(QgsApplication.qgisSettingsDirPath())
    if profile.name == "default":
        return profile.parent.parent
    root = library.jobs / OWN_FOLDER / f"profile-{profile.name}"
    link = root / "profiles" / "default"
    if not (link.exists() and link.samefile(profile)):
        make_folder(link.parent)
        try:
            with contextlib.suppress(FileNotFoundError):
                link.unlink()
            link.symlink_to(profile, target_is_directory=True)
        except OSError as error:
            raise WriteFailed(path=link, reason=error.strerror or error) from error
    return root
