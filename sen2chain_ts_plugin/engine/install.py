"""How to install a Python package for the QGIS, or into the Python, that this runs in."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from .errors import Phrase


def install_line(package: str) -> str:
    """Return the line, or the steps, that install a package on this system.

    Parameters
    ----------
    package
        its name on PyPI and conda-forge; in Debian and OSGeo4W it begins with ``python3-``.
    """
    if Path(sys.prefix, "conda-meta").is_dir():
        return f"conda install -c conda-forge {package}"
    if sys.prefix != sys.base_prefix:  # a virtual environment, which packages of the system need not reach
        return _pip_line(package)
    if sys.platform == "win32":
        return f"OSGeo4W Setup > Advanced Install > python3-{package}"
    for program in ("apt", "dnf"):
        if sys.platform == "linux" and shutil.which(program):
            return f"sudo {program} install python3-{package}"
    return _pip_line(package)


# Programs that a copy to a server needs: their packages for apt and dnf.
_PROGRAMS = {"ssh": ("openssh-client", "openssh-clients"), "rsync": ("rsync", "rsync")}


def program_line(program: str) -> str:
    """Return the line, or the steps, that install ``ssh`` or ``rsync`` on this system."""
    if sys.platform == "win32":
        # Windows has an ssh of its own, but no rsync, and the rsync of MSYS2 only gets along with the ssh of MSYS2.
        line = "pacman -S rsync openssh"
        return Phrase("in MSYS2: {line}; then put its folder usr\\bin on the PATH", line=line)
    if sys.platform == "darwin":
        return f"brew install {'openssh' if program == 'ssh' else program}"
    debian, fedora = _PROGRAMS[program]
    if shutil.which("dnf") and not shutil.which("apt"):
        return f"sudo dnf install {fedora}"
    return f"sudo apt install {debian}" if shutil.which("apt") else debian


def python_programs() -> list[str]:
    """Return the paths of Pythons that may be the one that this program runs with, the likeliest first."""
    # Inside QGIS sys.executable is QGIS itself, or whatever Python is on the PATH; its own one is in the prefix.
    if sys.platform == "win32":
        places = [Path(sys.prefix, "python.exe"), Path(sys.prefix, "Scripts", "python.exe")]
    else:
        places = [Path(sys.prefix, "bin", f"python3.{sys.version_info.minor}"), Path(sys.prefix, "bin", "python3")]
    places.append(Path(sys.executable or "-"))
    return [str(place) for place in places if place.name.lower().startswith("python") and place.is_file()]


def _pip_line(package: str) -> str:
    return f'"{next(iter(python_programs()), "python3")}" -m pip install {package}'
