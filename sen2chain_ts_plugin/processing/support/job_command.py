"""The command line that runs a job from a scheduler, where there is no screen, no shell profile and hardly a PATH."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path

from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QSettings

from ...engine.errors import QgisProcessMissing, WriteFailed
from ...engine.files import OWN_FOLDER, exists, is_file, make_folder, system_path
from ...engine.jobs.schedule import Command
from ...engine.jobs.store import JobFile, job_arguments, log_folder
from ...engine.library.folders import Library

_PLUGIN = Path(__file__).parents[2]
# Debian 12: the wrapper named qgis_process passes an option on that the program refuses; the program itself is .bin.
_PROGRAMS = ("qgis_process.bin", "qgis_process")
# OSGeo4W's set up the environment, and start the program; conda has the program alone.
_BATCHES = ("qgis_process-qgis-ltr.bat", "qgis_process-qgis.bat", "qgis_process-qgis-dev.bat", "qgis_process.bat")
_WINDOWS_PROGRAM = "qgis_process.exe"
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
# Where the programs and libraries of a conda environment are on Windows, below it.
_CONDA_PATH = ("", "Library/mingw-w64/bin", "Library/usr/bin", "Library/bin", "Scripts")
# What a run needs of a profile that cannot be linked: whether the plugin is enabled, how Processing and PROJ are set.
# Not the rest, where passwords may be.
_SETTINGS = ("PythonPlugins/", "Processing/", "processing/", "Projections/", "projections/", "locale/")


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
    program = find_qgis_process()
    arguments = (str(program), "run", "sen2chain_ts:runjob", *job_arguments(library, folder, file))
    logs = log_folder(library, file.name)
    return Command(arguments, logs / f"job_{file.name}_cron.log", _environment(library, program))


def find_qgis_process() -> Path:
    """Return the program that runs algorithms without a window, of this QGIS before any other.

    Raises
    ------
    QgisProcessMissing
        there is none; names the places looked at.
    """
    here = Path(QgsApplication.applicationDirPath())
    if sys.platform == "win32":
        root = os.environ.get("OSGEO4W_ROOT")
        above = [parent / "bin" for parent in list(here.parents)[:3]]
        folders = [*([Path(root) / "bin"] if root else above), here]
        names = (*_BATCHES, _WINDOWS_PROGRAM)
        # The program of OSGeo4W does not start without the batch file, wherever that is.
        places = [folder / name for names_ in (_BATCHES, (_WINDOWS_PROGRAM,)) for folder in folders for name in names_]
    else:
        folders, names = [here, here / "bin", Path(QgsApplication.prefixPath()) / "bin"], _PROGRAMS
        places = [folder / name for folder in folders for name in names]
    for place in places:
        if place.is_file():
            return place
    for name in names:
        found = shutil.which(name)
        if found:
            return Path(found)
    raise QgisProcessMissing(places=", ".join([*map(str, dict.fromkeys(folders)), "PATH"]))


def _environment(library: Library, program: Path) -> dict[str, str]:
    variables = {
        "QGIS_PLUGINPATH": str(_PLUGIN.parent),
        "QGIS_CUSTOM_CONFIG_PATH": str(_profiles(library)),
    }
    if program.suffix.lower() == ".bat":
        return variables  # it sets the others
    variables.update({name: os.environ[name] for name in _KEPT if os.environ.get(name)})
    if sys.platform == "win32":
        return {**variables, "PATH": os.pathsep.join(_windows_path(program))}
    variables["QT_QPA_PLATFORM"] = "offscreen"
    variables["LC_ALL"] = _utf8_locale()
    path = _search_path()
    return {**variables, "PATH": os.pathsep.join(path)} if path[: len(_CRON_PATH)] != list(_CRON_PATH) else variables


def _windows_path(program: Path) -> list[str]:
    """Return the folders in which a scheduled run finds the libraries of this environment, ssh and rsync."""
    environment = [Path(sys.prefix, *folder.split("/")) for folder in _CONDA_PATH]
    copy = [Path(found).parent for found in map(shutil.which, ("rsync", "ssh")) if found]
    system = Path(os.environ.get("SYSTEMROOT", "C:\\Windows"))
    return list(dict.fromkeys(map(str, [program.parent, *environment, *copy, system / "System32", system])))


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
    if not _is_same(link, profile):
        make_folder(link.parent)
        try:
            _remove(link)
            os.symlink(profile, system_path(link), target_is_directory=True)
        except OSError:
            _copy_profile(profile, link)
    return root


def _is_same(link: Path, profile: Path) -> bool:
    return exists(link) and exists(profile) and os.path.samefile(system_path(link), system_path(profile))


def _remove(link: Path) -> None:
    """Remove what an earlier job has left there: a link, or the copy of a profile."""
    path = system_path(link)
    if os.path.islink(path):
        os.unlink(path)
    elif os.path.isdir(path):
        shutil.rmtree(path)


def _copy_profile(profile: Path, copy: Path) -> None:
    """Make a profile that has what a run needs of this one, where there are no links.

    On Windows making a link takes a right that not everybody has. The copy is renewed whenever a job is enabled.
    """
    settings = copy / "QGIS" / Path(QgsSettings().fileName()).name
    make_folder(settings.parent)
    here, there = QgsSettings(), QSettings(str(settings), QSettings.Format.IniFormat)
    for key in here.allKeys():
        if key.startswith(_SETTINGS):
            there.setValue(key, here.value(key))
    there.sync()
    if not is_file(settings):
        raise WriteFailed(path=settings, reason=os.strerror(errno.EIO))
    coordinate_systems = profile / "qgis.db"  # those that the user has made
    try:
        if is_file(coordinate_systems):
            shutil.copyfile(system_path(coordinate_systems), system_path(copy / coordinate_systems.name))
    except OSError as error:
        raise WriteFailed(path=copy, reason=error.strerror or error) from error
