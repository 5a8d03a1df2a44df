"""Ends a program together with what it has started.

For Windows, where the end of one process does not reach the others, ctypes does by hand what pywin32 or psutil would
do: neither can be asked for inside QGIS. Source: Microsoft, Win32 API, "Job Objects".
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys

# Of the Win32 API: what a process has to allow that is put into a job object.
_PROCESS_TERMINATE, _PROCESS_SET_QUOTA = 0x0001, 0x0100
_EXIT_CODE = 1


class ProcessTree:
    """A process and every process that comes from it.

    Parameters
    ----------
    pid
        number of the process, which was just started, in a session of its own, and has not been waited for.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._job: int | None = None
        if sys.platform == "win32":
            system = self._system = ctypes.WinDLL("kernel32")
            system.CreateJobObjectW.restype = system.OpenProcess.restype = ctypes.c_void_p
            self._job = system.CreateJobObjectW(None, None)
            process = ctypes.c_void_p(system.OpenProcess(_PROCESS_TERMINATE | _PROCESS_SET_QUOTA, False, pid))
            if not system.AssignProcessToJobObject(ctypes.c_void_p(self._job), process):
                self.close()  # then only the first of them can be ended
            system.CloseHandle(process)

    def ask_to_end(self) -> None:
        """Let all of them end in their own way; on Windows, which cannot ask, end them."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End all of them at once."""
        self._end(getattr(signal, "SIGKILL", signal.SIGTERM))

    def _end(self, number: int) -> None:
        with contextlib.suppress(OSError):  # they have ended by themselves
            if sys.platform != "win32":
                os.killpg(self._pid, number)
            elif self._job:
                self._system.TerminateJobObject(ctypes.c_void_p(self._job), _EXIT_CODE)
            else:
                os.kill(self._pid, number)

    def close(self) -> None:
        """Let go of them; they keep running."""
        if sys.platform == "win32" and self._job:
            self._system.CloseHandle(ctypes.c_void_p(self._job))
            self._job = None
