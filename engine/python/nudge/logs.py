"""The logging bridge: findings of the engine as records of Python's logging, under `nudge.*`."""

from __future__ import annotations

import logging
from typing import Iterable

from .values import Diagnostic, Severity

# By the hundred of the code.
_AREAS = {1: 'input', 2: 'references', 3: 'library', 4: 'placing', 5: 'drawing', 6: 'files'}
_LEVELS = {Severity.INFO: logging.INFO, Severity.WARNING: logging.WARNING, Severity.ERROR: logging.ERROR}


def logger_of(finding: Diagnostic) -> logging.Logger:
    return logging.getLogger(f'nudge.{_AREAS.get(int(finding.code[1:]) // 100, "other")}')


def log(findings: Iterable[Diagnostic]) -> None:
    """One record per finding: its level, its message with the code, and the finding itself as `record.diagnostic`."""
    for finding in findings:
        logger_of(finding).log(_LEVELS[finding.severity], '%s %s', finding.code, finding.message,
                               extra={'diagnostic': finding, 'code': finding.code})
