"""The engine as a program, for a Python that cannot load it: circuit-synth's own is often not the one with PyGObject."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import Any, Dict, Optional, Sequence

from . import errors
from .values import Diagnostic, Result, Severity

_BY_EXIT = {3: errors.InputError, 4: errors.RefusedError, 5: errors.ProofError, 6: errors.FileError}


def find() -> Optional[str]:
    """The program: NUDGE_PROGRAM, that of NUDGE_BUILD_DIR, or the one on the path."""
    build = os.environ.get('NUDGE_BUILD_DIR')
    for candidate in (os.environ.get('NUDGE_PROGRAM'), os.path.join(build, 'app', 'nudge') if build else None):
        if candidate and os.access(candidate, os.X_OK):
            return candidate
    return shutil.which('nudge')


def _finding(entry: Dict[str, Any]) -> Diagnostic:
    at = None if entry['x'] is None else (entry['x'] / 1e4, entry['y'] / 1e4)
    return Diagnostic(entry['code'], Severity[entry['severity'].upper()], entry['message'], entry['hint'], entry['pointer'], entry['line'] or 0,
                      entry['column'] or 0, entry['sheet'], entry['subject'], at)


def export(circuit: bytes, folder: str, *, symbols: Sequence[str] = (), dialect: str = 'schematic', arranger: Optional[str] = None,
           force: bool = False) -> Result:
    """What steps.export does, by the program. Raises UnavailableError when there is none."""
    program = find()
    if program is None:
        raise errors.UnavailableError('there is no program “nudge”')
    command = [program, '-q', '--export', folder, '--dialect', dialect, '--report', '-']
    command += [f'--symbols={name}' for name in symbols]
    command += [f'--layout={arranger}'] if arranger else []
    command += ['--force'] if force else []
    run = subprocess.run([*command, '-'], input=circuit, capture_output=True, check=False)
    try:
        report = json.loads(run.stdout)
    except ValueError:
        raise errors.UnavailableError(f'{program} ended with {run.returncode}: {run.stderr.decode(errors="replace").strip()}') from None
    found = tuple(_finding(entry) for entry in report['diagnostics'])
    if run.returncode != 0:
        raise _BY_EXIT.get(run.returncode, errors.NudgeError)(report['result']['error'] or f'exit code {run.returncode}', found)
    written = tuple(entry['name'] for entry in report['files'] if entry['status'] == 'written')
    name = next((os.path.splitext(entry['name'])[0] for entry in report['files'] if entry['name'].endswith('.kicad_pro')), '')
    return Result(folder, name, written, found)
