"""Nudge: circuit JSON in, KiCad schematic out.

    import nudge

    circuit = nudge.read('board.json')
    layout = nudge.arrange(circuit)
    drawing = nudge.draw(layout)
    nudge.prove(drawing)
    result = nudge.write(drawing, 'board/')

or all of it: `nudge.export('board.json', 'board/')`. Every value knows what its making found, in `diagnostics`; what
cannot be done raises a subclass of `nudge.NudgeError`, which knows it as well. Values are immutable and may be used from
any thread; the engine works outside of Python's lock.

The engine is loaded when it is first needed, so that importing this package costs next to nothing.
"""

from __future__ import annotations

from .errors import FileError, InputError, MissingError, NudgeError, ProofError, RefusedError, UnavailableError
from .library import Library, Pin, Symbol
from .references import References, ReferenceProblem
from .steps import DIALECTS, arrange, arrangers, draw, export, files, prove, read, score, validate, write
from .values import Circuit, Diagnostic, Drawing, Layout, Net, Part, Placement, Result, Score, Severity, Sheet

__version__ = '0.1.0'

__all__ = [
    'DIALECTS', 'Circuit', 'Diagnostic', 'Drawing', 'FileError', 'InputError', 'Layout', 'Library', 'MissingError', 'Net',
    'NudgeError', 'Part', 'Pin', 'Placement', 'ProofError', 'ReferenceProblem', 'References', 'RefusedError', 'Result',
    'Score', 'Severity', 'Sheet', 'Symbol', 'UnavailableError', 'arrange', 'arrangers', 'draw', 'export', 'files', 'prove',
    'read', 'score', 'validate', 'write',
]
