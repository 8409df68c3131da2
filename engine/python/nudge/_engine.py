"""Loads the introspected library on first use, and turns its errors into ours."""

from __future__ import annotations

import importlib
import os
import threading
from typing import Any, Callable, Optional, Tuple

from . import errors

NONE = 2**32 - 1
_lock = threading.Lock()
_loaded: Optional[Any] = None
# By the number of a NudgeError in C.
_BY_CODE = (errors.InputError, errors.MissingError, errors.RefusedError, errors.ProofError, errors.FileError)


def _folders() -> list[str]:
    """Where typelib and library may be besides the system's own places."""
    folders = []
    if os.environ.get('NUDGE_BUILD_DIR'):
        folders.append(os.path.join(os.environ['NUDGE_BUILD_DIR'], 'engine'))
    try:
        paths = importlib.import_module('nudge._paths')  # made by the build, for an installed package
    except ImportError:
        pass
    else:
        folders += [paths.TYPELIB_DIR, paths.LIBRARY_DIR]
    return folders


def _load() -> Any:
    try:
        import gi

        gi.require_version('GIRepository', '2.0')
        from gi.repository import GIRepository

        for folder in reversed(_folders()):
            GIRepository.Repository.prepend_search_path(folder)
            GIRepository.Repository.prepend_library_path(folder)
        gi.require_version('Nudge', '0')
        from gi.repository import Nudge
    except (ImportError, ValueError) as error:
        raise errors.UnavailableError(f'the engine cannot be loaded: {error}') from error
    return Nudge


def engine() -> Any:
    """The namespace of libnudge. Raises UnavailableError."""
    global _loaded
    if _loaded is None:
        with _lock:
            if _loaded is None:
                _loaded = _load()
    return _loaded


def raised(error: Any, diagnostics: Tuple[Any, ...] = ()) -> errors.NudgeError:
    """Our exception for a GLib.Error."""
    if error.domain == 'nudge-error' and 0 <= error.code < len(_BY_CODE):
        return _BY_CODE[error.code](error.message, diagnostics)
    return errors.FileError(error.message, diagnostics)


def call(function: Callable[..., Any], *arguments: Any) -> Any:
    """Calls a function of the engine outside of any session."""
    from gi.repository import GLib

    try:
        return function(*arguments)
    except GLib.Error as error:
        raise raised(error) from None
