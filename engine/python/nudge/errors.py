"""What can go wrong, one class for each way that a caller may want to handle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Tuple

if TYPE_CHECKING:
    from .values import Diagnostic


class NudgeError(Exception):
    """Something that Nudge could not do; `diagnostics` is everything that was found until then."""

    def __init__(self, message: str, diagnostics: Tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics


class InputError(NudgeError, ValueError):
    """The circuit cannot be used: malformed, contradictory or over a limit."""


class MissingError(NudgeError, LookupError):
    """A file, library, symbol, arranger or dialect does not exist."""


class RefusedError(NudgeError):
    """The target holds files of others, or is in use."""


class ProofError(NudgeError):
    """The drawing does not say what the circuit says. Nothing was written."""


class FileError(NudgeError, OSError):
    """Reading or writing failed. An old project stands as it stood."""


class UnavailableError(NudgeError, ImportError):
    """The engine cannot be loaded: PyGObject or libnudge is not installed for this Python."""
