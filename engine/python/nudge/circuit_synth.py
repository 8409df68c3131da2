"""Drop-in for circuit-synth: importing this module routes Circuit.generate_kicad_project() to Nudge.

The method keeps its eight parameters and its result: a dict of `success`, `json_path`, `project_path` and, on failure,
`error`. `install()` takes the dialect, arranger and folders of symbols; the default dialect writes the very files that
circuit-synth 0.12.1 writes. Circuits that it cannot take go to circuit-synth's own code, in this order: the engine in
this process, the program `nudge`, circuit-synth. Each cause is logged once. Since the engine writes all files of a
project or none, nothing is half written when circuit-synth's own code takes over.

What stays circuit-synth's: updating a project that it wrote itself or that was edited in KiCad (unless
`force_regenerate`), `preserve_user_components`, and rewriting references in the source. A board is not made: release
0.12.1 cannot make one either, and reports failure then; here the schematic's success is reported.

NUDGE_DISABLED=1 in the environment leaves everything to circuit-synth.
"""

from __future__ import annotations

import functools
import importlib.abc
import importlib.util
import json
import logging
import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Dict, Mapping, Optional, Sequence, Tuple, Union

from . import _program, errors, logs, steps
from .library import Library
from .values import Diagnostic, Result

_MODULE = 'circuit_synth.core.circuit'
_log = logging.getLogger('nudge.circuit_synth')
_said: set[str] = set()
_libraries: Dict[Tuple[str, ...], Library] = {}


@dataclass
class Options:
    """How the routed method draws."""

    dialect: str = 'circuit-synth'
    arranger: Optional[str] = None
    symbols: Sequence[str] = ()


options = Options()


class _Declined(Exception):
    """circuit-synth's own code must do this one; the text says why."""


def _folders(symbols: Sequence[str]) -> Tuple[str, ...]:
    """The folders asked for, then those that circuit-synth would search."""
    theirs = os.environ.get('KICAD_SYMBOL_DIR', '').split(os.pathsep)
    return tuple(symbols) + tuple(folder for folder in theirs if folder and os.path.isdir(folder))


def _library(symbols: Sequence[str]) -> Library:
    """Kept, so that a second project finds its symbols read."""
    folders = _folders(symbols)
    if folders not in _libraries:
        _libraries[folders] = Library(*folders)
    return _libraries[folders]


def _export(circuit: bytes, folder: str, wanted: Options, force: bool) -> Result:
    """By the engine in this process or, where that cannot be loaded, by the program."""
    try:
        library = _library(wanted.symbols)
    except errors.UnavailableError as error:
        _say_once(f'{error}; the program is used instead', logging.INFO)
        return _program.export(circuit, folder, symbols=_folders(wanted.symbols), dialect=wanted.dialect, arranger=wanted.arranger, force=force)
    return steps.export(circuit, folder, library=library, dialect=wanted.dialect, arranger=wanted.arranger, force=force)


def _say_once(cause: str, level: int = logging.WARNING) -> None:
    if cause not in _said:
        _said.add(cause)
        _log.log(level, '%s', cause)


def _circuit_json(circuit: Any) -> bytes:
    """What circuit-synth itself would write as the project's JSON."""
    with tempfile.TemporaryDirectory(prefix='nudge-') as folder:
        path = Path(folder, 'circuit.json')
        circuit.generate_json_netlist(str(path))
        return path.read_bytes()


def _check_target(circuit: Any, folder: Path) -> None:
    """circuit-synth names files after a project that it finds; that is left to it."""
    projects = [path.stem for path in folder.glob('*.kicad_pro')]
    if len(projects) > 1:
        raise _Declined('there are several projects in the folder')
    if projects and projects[0] == folder.name != circuit.name:
        raise _Declined('the project in the folder is not called after the circuit')


def _generate(circuit: Any, project_name: str, generate_pcb: bool, force_regenerate: bool, update_source_refs: Optional[bool],
              preserve_user_components: bool) -> Dict[str, Any]:
    folder = Path(project_name).resolve()
    if preserve_user_components:
        raise _Declined('preserve_user_components is left to circuit-synth')
    _check_target(circuit, folder)
    circuit.finalize_references()
    try:
        result = _export(_circuit_json(circuit), str(folder), options, force_regenerate)
    except errors.RefusedError as error:
        raise _Declined(f'{error}: updating it is left to circuit-synth') from error
    except errors.NudgeError as error:
        logs.log(error.diagnostics)
        raise _Declined(str(error)) from error
    logs.log(result.diagnostics)
    if generate_pcb:
        _say_once('no board is made: circuit-synth 0.12.1 has no generator for it either', logging.INFO)
    if update_source_refs if update_source_refs is not None else not force_regenerate:
        _update_source(circuit)
    return {'success': True, 'json_path': _json_path(folder, result), 'project_path': folder}


def _json_path(folder: Path, result: Result) -> Optional[Path]:
    """The project's circuit JSON; July 2025 left none."""
    path = folder / f'{result.name}.json'
    return path if path.exists() else None


def _update_source(circuit: Any) -> None:
    """circuit-synth's own way to write final references into the program's source. The project is written by now: what
    goes wrong here is said, and no reason to write it again."""
    try:
        source = circuit._get_source_file()
        if source:
            circuit._update_source_refs(source)
    except Exception as error:  # noqa: BLE001
        _log.warning('the references in the source stay as they are: %s', error)


def _routed(original: Callable[..., Dict[str, Any]]) -> Callable[..., Dict[str, Any]]:
    @functools.wraps(original)
    def generate_kicad_project(self: Any, project_name: str, generate_pcb: bool = True, force_regenerate: bool = False,
                               placement_algorithm: str = 'hierarchical', draw_bounding_boxes: bool = False, generate_ratsnest: bool = True,
                               update_source_refs: Optional[bool] = None, preserve_user_components: bool = False) -> Dict[str, Any]:
        if os.environ.get('NUDGE_DISABLED') != '1':
            try:
                return _generate(self, project_name, generate_pcb, force_regenerate, update_source_refs, preserve_user_components)
            except _Declined as cause:
                _say_once(f'circuit-synth’s own code is used: {cause}')
            except Exception as error:  # noqa: BLE001: whatever is wrong with us must not be wrong for them
                _log.debug('unexpected', exc_info=True)
                _say_once(f'circuit-synth’s own code is used: {type(error).__name__}: {error}')
        return original(self, project_name, generate_pcb, force_regenerate, placement_algorithm, draw_bounding_boxes, generate_ratsnest,
                        update_source_refs, preserve_user_components)

    setattr(generate_kicad_project, '_nudge_original', original)
    return generate_kicad_project


def _patch(module: Any) -> None:
    method = module.Circuit.generate_kicad_project
    if not hasattr(method, '_nudge_original'):
        module.Circuit.generate_kicad_project = _routed(method)


class _Finder(importlib.abc.MetaPathFinder):
    """Waits for circuit-synth's module, so that importing this one does not import circuit-synth."""

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        if name != _MODULE:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            load = spec.loader.exec_module

            def exec_module(module: Any) -> None:
                load(module)
                _patch(module)

            setattr(spec.loader, 'exec_module', exec_module)
        return spec


def install(dialect: str = 'circuit-synth', arranger: Optional[str] = None, symbols: Sequence[str] = ()) -> None:
    """Routes the method, now or as soon as circuit-synth is imported."""
    if dialect not in steps.DIALECTS:
        raise errors.MissingError(f'there is no dialect “{dialect}”')
    options.dialect, options.arranger, options.symbols = dialect, arranger, tuple(symbols)
    if _MODULE in sys.modules:
        _patch(sys.modules[_MODULE])
    elif not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def uninstall() -> None:
    """Gives circuit-synth its method back."""
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, _Finder)]
    module = sys.modules.get(_MODULE)
    if module is not None:
        method = module.Circuit.generate_kicad_project
        module.Circuit.generate_kicad_project = getattr(method, '_nudge_original', method)


# --- bridges: the engine for those who have the JSON ---


@dataclass(frozen=True)
class SchematicResult:
    success: bool
    project_path: Path
    json_path: Optional[Path] = None
    files: Tuple[str, ...] = ()
    error: Optional[str] = None
    diagnostics: Tuple[Diagnostic, ...] = field(default=(), repr=False)


def _json_bytes(circuit_json: Union[str, bytes, 'os.PathLike[str]', Mapping[str, Any]]) -> bytes:
    """A mapping, bytes or text of JSON, or the path of a file."""
    if isinstance(circuit_json, Mapping):
        return json.dumps(circuit_json).encode()
    if isinstance(circuit_json, bytes):
        return circuit_json
    if isinstance(circuit_json, str) and circuit_json.lstrip().startswith('{'):
        return circuit_json.encode()
    return Path(circuit_json).read_bytes()


def _setting(config: Any, name: str, default: Any) -> Any:
    return config.get(name, default) if isinstance(config, Mapping) else getattr(config, name, default)


def generate_schematic(circuit_json: Union[str, bytes, 'os.PathLike[str]', Mapping[str, Any]], output_path: Union[str, 'os.PathLike[str]'],
                       config: Any = None) -> SchematicResult:
    """The schematic bridge: writes the project; never raises for what is wrong with the circuit or the target.

    `config` is a mapping or an object that may have `dialect`, `arranger`, `symbols` and `force`."""
    folder = Path(output_path).resolve()
    wanted = Options(_setting(config, 'dialect', options.dialect), _setting(config, 'arranger', options.arranger),
                     _setting(config, 'symbols', options.symbols))
    try:
        result = _export(_json_bytes(circuit_json), str(folder), wanted, bool(_setting(config, 'force', False)))
    except (errors.NudgeError, OSError) as error:
        found = getattr(error, 'diagnostics', ())
        logs.log(found)
        return SchematicResult(False, folder, error=str(error), diagnostics=found)
    logs.log(result.diagnostics)
    return SchematicResult(True, folder, _json_path(folder, result), result.written, None, result.diagnostics)


def place(circuit_json: Union[str, bytes, 'os.PathLike[str]', Mapping[str, Any]], config: Any = None) -> Dict[str, Tuple[float, float, int]]:
    """The placement bridge: reference (with /2, /3 … for further units) -> x and y in mm, rotation in degrees."""
    circuit = steps.read(_json_bytes(circuit_json))
    layout = steps.arrange(circuit, library=_library(_setting(config, 'symbols', options.symbols)), dialect=_setting(config, 'dialect', options.dialect),
                           arranger=_setting(config, 'arranger', options.arranger))
    return {placement.reference if placement.unit == 1 else f'{placement.reference}/{placement.unit}': (placement.x, placement.y, placement.rotation)
            for placement in layout.placements}


install()
