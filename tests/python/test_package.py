#!/usr/bin/env python3
"""test_package.py SAMPLE: the Python package, from the build tree."""

import json
import logging
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from tap import Skip, Tap  # noqa: E402

import nudge  # noqa: E402
from nudge import logs  # noqa: E402

SAMPLE = sys.argv[1]
IMPORT_MS = 50
BROKEN = b'{"name":"x","components":{"R1":{"symbol":"Device:R","ref":"R1","value":"1k"}},"nets":{"A":[{"component":"R9","pin":"1"}]}}'


def sample():
    return nudge.read(SAMPLE)


def drawing():
    return nudge.draw(nudge.arrange(sample()))


def imports_quickly():
    """Processor time, since the machine may be busy; the engine is not loaded by an import."""
    code = 'import sys, time; t = time.process_time(); import nudge; print((time.process_time() - t) * 1e3, "gi" in sys.modules)'
    best, loaded = min(subprocess.run([sys.executable, '-c', code], capture_output=True, text=True, check=True).stdout.split() for _ in range(5))
    if float(best) > IMPORT_MS or loaded != 'False':
        yield f'{best} ms, engine loaded: {loaded}'


def reads():
    circuit = sample()
    if len(circuit.parts) != 32 or circuit.parts[0].symbol.count(':') != 1:
        yield f'{len(circuit.parts)} parts'
    ground = next(net for net in circuit.nets if net.name == 'GND')
    if not ground.is_power or len(ground.pins) < 10:
        yield f'GND: {ground}'
    data = pathlib.Path(SAMPLE).read_bytes()
    if nudge.read(data).parts != circuit.parts or json.loads(circuit.to_json())['name'] != circuit.name:
        yield 'bytes and file differ'


def finds_fault():
    found = nudge.validate(BROKEN)
    if not any(finding.code == 'N0106' and finding.severity is nudge.Severity.ERROR and finding.line == 1 and finding.hint for finding in found):
        yield f'{found}'
    for call, kind in ((lambda: nudge.read(BROKEN), nudge.InputError), (lambda: nudge.read('/there/is/none.json'), nudge.MissingError),
                       (lambda: nudge.arrange(sample(), arranger='none'), nudge.MissingError),
                       (lambda: nudge.arrange(sample(), dialect='none'), nudge.MissingError),
                       (lambda: nudge.Library('/there/is/none'), nudge.NudgeError)):
        try:
            call()
        except kind as error:
            if kind is nudge.InputError and not error.diagnostics:
                yield 'an error without findings'
        else:
            yield f'no {kind.__name__}'


def draws():
    made = drawing()
    if nudge.prove(made):
        yield 'the proof finds something'
    if [sheet.file for sheet in made.sheets][0] != f'{made.name}.kicad_sch' or sum(sheet.symbols for sheet in made.sheets) < 32:
        yield f'{made.sheets}'
    score = nudge.score(made)
    if not 0 < score.total <= 100 or not score.metrics or set(score.lost) != set(score.metrics):
        yield f'{score}'
    places = made.layout.placements
    if len(places) < 32 or any(place.rotation not in (0, 90, 180, 270) for place in places):
        yield f'{places[:3]}'
    files = nudge.files(made)
    if f'{made.name}.net' not in files or not files[f'{made.name}.kicad_sch'].startswith(b'(kicad_sch'):
        yield f'{sorted(files)}'


def writes():
    with tempfile.TemporaryDirectory() as folder:
        seen = []
        result = nudge.export(SAMPLE, folder, on_finding=seen.append)
        names = {name for name in os.listdir(folder) if not name.startswith('.')}
        if set(result.written) != names or tuple(seen) != result.diagnostics:
            yield f'{result}'
        if nudge.export(SAMPLE, folder).written:
            yield 'the same again is written again'
        pathlib.Path(folder, f'{result.name}.kicad_sch').write_text('mine', encoding='utf-8')
        try:
            nudge.export(SAMPLE, folder)
        except nudge.RefusedError:
            pass
        else:
            yield 'a file of somebody else was replaced'
        if f'{result.name}.kicad_sch' not in nudge.export(SAMPLE, folder, force=True).written:
            yield 'force does not replace it'


def knows_symbols():
    library = nudge.Library(defaults=False)
    resistor = library.find('Device:R')
    if [pin.number for pin in resistor.pins] != ['1', '2'] or resistor.pins[0].y != 3.81 or resistor.fields['Reference'] != 'R':
        yield f'{resistor}'
    if 'Device:R' not in library or 'Device:Nonesuch' in library:
        yield 'the library does not know what it has'
    if 'Device:R' not in library.search('Device:Rs', 3):
        yield f'{library.search("Device:Rs", 3)}'


def knows_references():
    problems = nudge.References.check(['R1', 'C1', 'R1', '1R', ''])
    if [problem.reference for problem in problems] != ['R1', '1R', '']:
        yield f'{problems}'
    references = nudge.References(['R1', 'R3'])
    if [references.next('R'), references.next('R')] != ['R2', 'R4'] or 'R4' not in references:
        yield 'numbers are not handed out in order'
    try:
        references.add('R1')
    except nudge.NudgeError:
        pass
    else:
        yield 'R1 was taken twice'


def logs_findings():
    records = []
    handler = logging.Handler()
    handler.emit = records.append
    logger = logging.getLogger('nudge')
    logger.addHandler(handler)
    try:
        logs.log(nudge.validate(BROKEN))
    finally:
        logger.removeHandler(handler)
    if not any(record.name == 'nudge.input' and record.levelno == logging.ERROR and record.code == 'N0106' for record in records):
        yield f'{[(record.name, record.getMessage()) for record in records]}'


def many_parts(n):
    """Short chains of resistors, as bytes."""
    parts = {f'R{i}': {'symbol': 'Device:R', 'ref': f'R{i}', 'value': '1k', 'footprint': ''} for i in range(1, n + 1)}
    nets = {f'N{i}': [{'component': f'R{i}', 'pin': {'number': '2'}}, {'component': f'R{i + 1}', 'pin': {'number': '1'}}]
            for i in range(1, n) if i % 5}
    return json.dumps({'name': 'many', 'components': parts, 'nets': nets}).encode()


def leaves_the_lock():
    """While the engine works another thread of Python does: else it could not stop the engine in time."""
    nudge._engine.engine()
    from gi.repository import Gio

    circuit, library, cancellable, ended = nudge.read(many_parts(1000)), nudge.Library(), Gio.Cancellable(), []

    def work():
        try:
            nudge.arrange(circuit, library=library, cancellable=cancellable)
            ended.append('it came to its end')
        except nudge.NudgeError as error:
            ended.append(None if 'cancel' in str(error).lower() else str(error))

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.05)
    cancellable.cancel()
    thread.join()
    if ended != [None]:
        yield f'{ended}'


def works_in_threads():
    results = []
    threads = [threading.Thread(target=lambda: results.append(nudge.files(drawing()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(results) != 4 or any(result != results[0] for result in results):
        yield 'threads do not make the same files'


def speaks_dialects():
    for dialect, generator in (('circuit-synth', b'(generator "circuit_synth")'), ('circuit-synth-2025', b'(generator "kicad_api")')):
        files = nudge.files(nudge.draw(nudge.arrange(sample(), dialect=dialect)))
        if not all(generator in data for name, data in files.items() if name.endswith('.kicad_sch')):
            yield f'{dialect}: these are other files'


def is_typed():
    if not shutil.which('mypy'):
        raise Skip('there is no mypy')
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder, 'mypy.ini')
        config.write_text(f'[mypy]\nstrict = True\npython_version = 3.9\ncache_dir = {folder}\n[mypy-gi.*]\nignore_missing_imports = True\n')
        package = pathlib.Path(nudge.__file__).parent
        result = subprocess.run(['mypy', '--config-file', config, package], capture_output=True, text=True, check=False)
    if result.returncode:
        yield from result.stdout.splitlines()


def works_installed():
    code = 'import nudge, sys; print(len(nudge.read(sys.argv[1]).parts), nudge.__file__)'
    with tempfile.TemporaryDirectory() as folder:
        installed = subprocess.run(['meson', 'install', '-C', os.environ['NUDGE_BUILD_DIR'], '--no-rebuild', '--destdir', folder],
                                   capture_output=True, text=True, check=False)
        if installed.returncode:
            yield from installed.stderr.splitlines()
            return
        package, typelib, library = (next(pathlib.Path(folder).rglob(name)) for name in ('nudge/__init__.py', 'Nudge-0.typelib', 'libnudge.so'))
        environment = {**os.environ, 'PYTHONPATH': str(package.parents[1]), 'GI_TYPELIB_PATH': str(typelib.parent), 'LD_LIBRARY_PATH': str(library.parent)}
        del environment['NUDGE_BUILD_DIR']
        result = subprocess.run([sys.executable, '-c', code, SAMPLE], capture_output=True, text=True, env=environment, check=False)
        if result.stdout.split() != ['32', str(package)]:
            yield f'{result.stdout}{result.stderr}'


def main():
    tap = Tap()
    cases = {'an import is quick': imports_quickly, 'a circuit is read': reads, 'faults are found': finds_fault, 'a drawing is made': draws,
             'a project is written': writes, 'symbols': knows_symbols, 'references': knows_references, 'findings are logged': logs_findings,
             'the interpreter’s lock is left': leaves_the_lock, 'four threads': works_in_threads, 'circuit-synth’s dialects': speaks_dialects,
             'types hold': is_typed, 'an installed package': works_installed}
    for name, case in cases.items():
        tap.case(name, lambda case=case: list(case()))
    tap.end()


if __name__ == '__main__':
    try:
        nudge._engine.engine()
    except nudge.UnavailableError as error:
        print(f'1..0 # SKIP {error}')
        sys.exit(0)
    main()
