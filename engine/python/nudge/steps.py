"""The steps: read, arrange, draw, prove, write."""

from __future__ import annotations

import os
from typing import Any, Callable, Dict, Optional, Sequence, Tuple, Union

from . import _engine, errors
from .library import Library
from .values import Circuit, Diagnostic, Drawing, Layout, Result, Score, Severity, diagnostic_of

DIALECTS = ('schematic', 'circuit-synth', 'circuit-synth-2025')
Source = Union[str, 'os.PathLike[str]', bytes]


class _Session:
    """A session of the engine: each of its steps raises our errors, with all that was found until then."""

    def __init__(self) -> None:
        self._value = _engine.engine().Session.new()

    def __call__(self, step: str, *arguments: Any) -> Any:
        from gi.repository import GLib

        try:
            return getattr(self._value, step)(*arguments)
        except GLib.Error as error:
            raise _engine.raised(error, self.diagnostics) from None

    @property
    def diagnostics(self) -> Tuple[Diagnostic, ...]:
        return tuple(diagnostic_of(self._value.get_finding(index)) for index in range(self._value.get_n_findings()))


def _dialect(name: str) -> Any:
    if name not in DIALECTS:
        raise errors.MissingError(f'there is no dialect “{name}”; there is: {", ".join(DIALECTS)}')
    return _engine.engine().Dialect(DIALECTS.index(name))


def read(source: Source, *, base_dir: Optional[str] = None) -> Circuit:
    """Reads a circuit: bytes of circuit JSON, or the path of a file. Images of bytes are named from `base_dir`."""
    session = _Session()
    if isinstance(source, (bytes, bytearray)):
        from gi.repository import GLib

        return Circuit(session('read_bytes', GLib.Bytes.new(bytes(source)), base_dir), session.diagnostics)
    return Circuit(session('read_file', os.fspath(source)), session.diagnostics)


def validate(source: Source) -> Tuple[Diagnostic, ...]:
    """Everything to be said about a circuit, whether it can be used or not."""
    try:
        return read(source).diagnostics
    except errors.InputError as error:
        return error.diagnostics


def arrangers() -> Tuple[str, ...]:
    """Names of the ways to arrange."""
    return tuple(_engine.engine().arranger_names())


def arrange(circuit: Circuit, *, library: Optional[Library] = None, symbols: Sequence[str] = (), dialect: str = 'schematic',
            arranger: Optional[str] = None, cancellable: Any = None) -> Layout:
    """Places everything. `symbols` are folders to look for symbols in before KiCad's own, unless a library is given."""
    session = _Session()
    library = library if library is not None else Library(*symbols)
    layout = session('arrange', circuit._value, library._value, _dialect(dialect), arranger, cancellable)
    return Layout(layout, circuit, library, dialect, session.diagnostics)


def draw(layout: Layout) -> Drawing:
    """Draws every sheet."""
    session = _Session()
    return Drawing(session('draw', layout._value), layout, session.diagnostics)


def prove(drawing: Drawing) -> Tuple[Diagnostic, ...]:
    """Rebuilds the nets from the marks alone. Raises ProofError, with the differences, when they are not the circuit's."""
    session = _Session()
    session('prove', drawing._value)
    return session.diagnostics


def files(drawing: Drawing) -> Dict[str, bytes]:
    """Every file of the project by its name, in memory; proves the drawing first."""
    session = _Session()
    session('make_files', drawing._value)
    value = session._value
    return {value.get_file_name(index): value.get_file_bytes(index).get_data() for index in range(value.get_n_files())}


def write(drawing: Drawing, folder: Union[str, 'os.PathLike[str]'], *, force: bool = False) -> Result:
    """Proves the drawing, then writes its project into the folder: all of it or none."""
    nudge = _engine.engine()
    session = _Session()
    flags = nudge.ExportFlags.FORCE if force else nudge.ExportFlags.DEFAULT
    written = session('export', drawing._value, os.fspath(folder), flags)
    # A project of July 2025 is called after its folder.
    name = os.path.basename(os.path.abspath(folder)) if drawing.layout.dialect == 'circuit-synth-2025' else drawing.name
    return Result(os.fspath(folder), name, tuple(written), session.diagnostics)


def score(drawing: Drawing) -> Score:
    """How well the drawing reads."""
    nudge = _engine.engine()
    value = nudge.Score.new(drawing._value)
    metrics, lost = {}, {}
    for number in range(nudge.N_METRICS):
        metric = nudge.Metric(number)
        known, amount = value.get_value(metric)
        if known:
            metrics[nudge.metric_name(metric)] = amount
            lost[nudge.metric_name(metric)] = value.get_lost(metric)
    return Score(value.get_total(), metrics, lost)


def export(source: Union[Source, Circuit], folder: Union[str, 'os.PathLike[str]'], *, symbols: Sequence[str] = (), library: Optional[Library] = None,
           dialect: str = 'schematic', arranger: Optional[str] = None, force: bool = False,
           on_finding: Optional[Callable[[Diagnostic], None]] = None) -> Result:
    """Everything at once. `on_finding` is called with each finding of a run that succeeds."""
    circuit = source if isinstance(source, Circuit) else read(source)
    layout = arrange(circuit, library=library, symbols=symbols, dialect=dialect, arranger=arranger)
    drawing = draw(layout)
    result = write(drawing, folder, force=force)
    found = circuit.diagnostics + layout.diagnostics + drawing.diagnostics + result.diagnostics
    if on_finding is not None:
        for finding in found:
            on_finding(finding)
    return Result(result.folder, result.name, result.written, found)


__all__ = ['DIALECTS', 'Severity', 'arrange', 'arrangers', 'draw', 'export', 'files', 'prove', 'read', 'score', 'validate', 'write']
