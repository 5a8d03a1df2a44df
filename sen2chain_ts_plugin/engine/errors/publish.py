"""Failures of the copy to a server."""

from __future__ import annotations

from .base import EngineError


class CopyTargetInvalid(EngineError):
    """A target of a copy that is not of the only accepted form."""

    message = (
        "'{target}' cannot be the target of a copy. It has the form user@server:path; the path takes letters, digits, "
        "spaces within, and . / _ + = , @ % -, does not start with - and has no '..'. Nothing was started."
    )


class ProgramMissing(EngineError):
    """A program that the copy needs."""

    message = "The copy needs {program}, which is not installed, or not on the PATH. To install it: {install}"


class CopyUnreachable(EngineError):
    """The server does not answer."""

    message = (
        "Not copied to {target}: {host} does not answer ({reason}). Results are kept here; the next run copies them."
    )


class CopyHostKeyUnknown(EngineError):
    """The server is not known, or is not the one it was."""

    message = (
        "Not copied to {target}: the key of {host} is not known here, or has changed ({reason}). "
        "Connect once by hand with ssh, check the key, and run again."
    )


class CopyKeyRefused(EngineError):
    """The server refuses the login without a password."""

    message = (
        "Not copied to {target}: {host} refused the login without a password ({reason}). "
        "Put the public key of this account there (ssh-copy-id), and run again."
    )


class CopyDiskFull(EngineError):
    """No room on the server."""

    message = (
        "Not all was copied to {target}: no space left there ({reason}). Make room; the next run resumes the copy."
    )


class CopyNotWritten(EngineError):
    """The server could not write a file, and did not say why."""

    message = (
        "Not all was copied to {target}: a file could not be written there ({reason}). "
        "Its disk may be full or damaged; the next run resumes the copy."
    )


class CopyInterrupted(EngineError):
    """The connection ended during the copy."""

    message = "Not all was copied to {target}: the connection was cut ({reason}). The next run resumes it."


class CopyTimedOut(EngineError):
    """A copy that took too long."""

    message = "Not all was copied to {target} within {hours} hours, and the copy was ended. The next run resumes it."


class CopyFailed(EngineError):
    """Any other failure of a copy."""

    message = "Not all was copied to {target}: {reason}. Results are kept here; the next run copies them."
