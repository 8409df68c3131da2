#!/usr/bin/env python3
"""test_circuit_synth.py NUDGE SAMPLE: the drop-in, with a stand-in for circuit-synth, and with circuit-synth itself.

Each case runs in a process of its own, since the drop-in changes what circuit-synth's class does. circuit-synth 0.12.1 is
looked for in NUDGE_CIRCUIT_SYNTH_PYTHON, a Python that has it; without it the cases that need it are skipped, and counted."""

import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from tap import Skip, Tap  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
HEAD = '''
import json, logging, os, pathlib, sys
records = []
handler = logging.Handler()
handler.emit = records.append
logging.getLogger('nudge').addHandler(handler)
logging.getLogger('nudge').setLevel(logging.DEBUG)
folder, sample = pathlib.Path(sys.argv[1]), sys.argv[2]
said = lambda text: [r for r in records if r.name == 'nudge.circuit_synth' and text in r.getMessage()]
def files(path): return sorted(p.name for p in pathlib.Path(path).iterdir() if not p.name.startswith('.'))
'''
STANDIN = HEAD + '''
import nudge.circuit_synth
assert 'circuit_synth' not in sys.modules
from circuit_synth.core.circuit import Circuit
def circuit(): return Circuit(json.load(open(sample)))
'''

STANDIN_CASES = {
    'a project is written by the engine': '''
c = circuit()
r = c.generate_kicad_project(str(folder / 'p'), generate_pcb=False)
assert r['success'] is True and r['project_path'] == (folder / 'p').resolve() and r['json_path'] == r['project_path'] / (c.name + '.json'), r
assert c.calls == ['finalize', 'source'], c.calls
assert c.name + '.kicad_pro' in files(folder / 'p') and json.load(open(r['json_path'])) == c.data
assert '(generator "circuit_synth")' in open(folder / 'p' / (c.name + '.kicad_sch')).read()
''',
    'all eight parameters are taken by name and by place': '''
c = circuit()
assert c.generate_kicad_project(str(folder / 'p'), False, True, 'x', True, False, False, False)['success']
assert c.calls == ['finalize'], c.calls
assert c.generate_kicad_project(project_name=str(folder / 'q'), generate_pcb=True, force_regenerate=True, placement_algorithm='spiral',
                                draw_bounding_boxes=False, generate_ratsnest=True, update_source_refs=True, preserve_user_components=False)['success']
assert c.calls == ['finalize', 'finalize', 'source'], c.calls
assert len(said('no board is made')) == 1
''',
    'NUDGE_DISABLED leaves it to circuit-synth': '''
os.environ['NUDGE_DISABLED'] = '1'
c = circuit()
c.generate_kicad_project(str(folder / 'p'), generate_pcb=False)
assert c.calls == [('own', str(folder / 'p'), False, False, 'hierarchical', False, True, None, False)], c.calls
assert not (folder / 'p').exists()
''',
    'NUDGE=1 and an entry in sitecustomize are enough': '''
import subprocess
(folder / 'sitecustomize.py').write_text("import os; os.environ.get('NUDGE') == '1' and __import__('nudge.circuit_synth')")
paths = os.pathsep.join([str(folder), os.environ['PYTHONPATH']])
code = 'from circuit_synth.core.circuit import Circuit; print(hasattr(Circuit.generate_kicad_project, "_nudge_original"))'
for value, routed in (('1', 'True'), ('0', 'False')):
    done = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True, env={**os.environ, 'PYTHONPATH': paths, 'NUDGE': value})
    assert done.stdout.strip() == routed, (value, done)
''',
    'what goes wrong in the source is no reason to write the project again': '''
c = circuit()
def fail(source): raise OSError('read-only')
c._update_source_refs = fail
c._get_source_file = lambda: 'there.py'
assert c.generate_kicad_project(str(folder / 'p'), generate_pcb=False)['success']
assert c.calls == ['finalize'] and len(said('stay as they are')) == 1, c.calls
''',
    'a project of July 2025 has the name of its folder, and no JSON': '''
nudge.circuit_synth.install(dialect='circuit-synth-2025')
r = circuit().generate_kicad_project(str(folder / 'p'), generate_pcb=False)
assert r['success'] and r['json_path'] is None and 'p.kicad_pro' in files(folder / 'p') and 'p.kicad_sch' in files(folder / 'p'), r
''',
    'what the engine refuses goes to circuit-synth, and is logged once': '''
for _ in range(2):
    c = circuit()
    c.data['nets'] = {'A': [{'component': 'R999', 'pin': {'number': '1'}}]}
    c.generate_kicad_project(str(folder / 'p'), generate_pcb=False)
    assert c.calls[-1][0] == 'own', c.calls
assert not (folder / 'p').exists(), files(folder / 'p')
assert len(said('own code is used')) == 1, [r.getMessage() for r in records]
assert any(r.name == 'nudge.input' and r.levelno == logging.ERROR and r.code == 'N0106' for r in records)
''',
    'an edited project is left to circuit-synth, unless it is to be made anew': '''
c = circuit()
c.generate_kicad_project(str(folder / 'p'), generate_pcb=False)
sheet = folder / 'p' / (c.name + '.kicad_sch')
before = sheet.read_text()
assert circuit().generate_kicad_project(str(folder / 'p'), generate_pcb=False)['success']
sheet.write_text(before + ' ')
c = circuit()
c.generate_kicad_project(str(folder / 'p'), generate_pcb=False)
assert c.calls[-1][0] == 'own' and sheet.read_text() == before + ' ', c.calls
c = circuit()
c.generate_kicad_project(str(folder / 'p'), generate_pcb=False, force_regenerate=True)
assert c.calls == ['finalize'] and sheet.read_text() == before, c.calls
''',
    'preserve_user_components is left to circuit-synth': '''
c = circuit()
c.generate_kicad_project(str(folder / 'p'), preserve_user_components=True)
assert c.calls[0][0] == 'own', c.calls
''',
    'another dialect by parameter, and back': '''
nudge.circuit_synth.install(dialect='schematic')
c = circuit()
c.generate_kicad_project(str(folder / 'p'), generate_pcb=False)
assert '(generator "nudge")' in open(folder / 'p' / (c.name + '.kicad_sch')).read()
nudge.circuit_synth.uninstall()
c = circuit()
c.generate_kicad_project(str(folder / 'q'))
assert c.calls[0][0] == 'own', c.calls
''',
    'the program does it where the engine cannot be loaded': '''
import nudge._engine
def fail(): raise nudge.UnavailableError('no PyGObject')
nudge._engine.engine = nudge.library._engine.engine = fail
c = circuit()
r = c.generate_kicad_project(str(folder / 'p'), generate_pcb=False)
assert c.calls == ['finalize', 'source'] and r['success'] and r['json_path'].exists(), (c.calls, [x.getMessage() for x in records])
assert len(said('the program is used')) == 1
os.environ['NUDGE_PROGRAM'], os.environ['PATH'] = '/there/is/none', '/there/is/none'
os.environ.pop('NUDGE_BUILD_DIR', None)
c = circuit()
c.generate_kicad_project(str(folder / 'q'), generate_pcb=False)
assert c.calls[-1][0] == 'own' and not (folder / 'q').exists(), c.calls
''',
    'symbols of KICAD_SYMBOL_DIR are found': '''
(folder / 'mine').mkdir()
(folder / 'mine' / 'Mine.kicad_sym').write_text('(kicad_symbol_lib (version 20241209) (generator "x") (symbol "Box" (property "Reference" "U" (at 0 5 0)) '
    '(property "Value" "Box" (at 0 -5 0)) (symbol "Box_1_1" (pin passive line (at -5.08 0 0) (length 2.54) (name "A") (number "1")))))')
os.environ['KICAD_SYMBOL_DIR'] = f'/there/is/none{os.pathsep}{folder / "mine"}'
c = circuit()
c.data = {'name': 'mine', 'components': {'U1': {'symbol': 'Mine:Box', 'ref': 'U1', 'value': 'Box', 'footprint': ''}}, 'nets': {}}
c.name = 'mine'
assert c.generate_kicad_project(str(folder / 'p'), generate_pcb=False)['success']
assert '(symbol "Mine:Box"' in open(folder / 'p' / 'mine.kicad_sch').read() and not any(r.name == 'nudge.library' for r in records)
''',
    'the schematic bridge': '''
from nudge.circuit_synth import generate_schematic
r = generate_schematic(sample, folder / 'p', {'dialect': 'schematic'})
assert r.success and r.error is None and sorted(r.files) == files(folder / 'p') and r.json_path.exists(), r
assert generate_schematic(json.load(open(sample)), folder / 'q').success and generate_schematic(open(sample).read(), folder / 'r', None).success
bad = generate_schematic('{"components": 3}', folder / 'bad')
assert not bad.success and bad.error and bad.diagnostics and not (folder / 'bad').exists(), bad
assert not generate_schematic('/there/is/none.json', folder / 'bad').success
''',
    'the placement bridge': '''
from nudge.circuit_synth import place
places = place(sample)
assert len(places) >= 32 and all(rotation in (0, 90, 180, 270) for x, y, rotation in places.values()), places
assert places != place(sample, {'dialect': 'schematic'})
''',
}

REAL = HEAD + '''
import nudge.circuit_synth
from circuit_synth import Circuit, Component, Net, circuit

@circuit(name='leaf')
def leaf(a, ground):
    r = Component(symbol='Device:R', ref='R', value='1k', footprint='Resistor_SMD:R_0603_1608Metric', mpn='X1')
    c = Component(symbol='Device:C', ref='C', value='1n', footprint='')
    r[1] += a
    middle = Net('MIDDLE')
    r[2] += middle
    c[1] += middle
    c[2] += ground

@circuit(name='top')
def top():
    """A note."""
    supply, ground, signal = Net('+3V3'), Net('GND'), Net('SIG')
    u = Component(symbol='Regulator_Linear:AMS1117-3.3', ref='U', value='AMS1117-3.3')
    u[1] += ground
    u[2] += supply
    u[3] += signal
    leaf(signal, ground)

def run(target):
    return top().generate_kicad_project(str(folder / target), generate_pcb=False, force_regenerate=True, update_source_refs=False)
'''

REAL_CASES = {
    'circuit-synth 0.12.1: its method is routed and its result kept': '''
r = run('p')
assert set(r) == {'success', 'json_path', 'project_path'} and r['success'], r
assert hasattr(Circuit.generate_kicad_project, '_nudge_original') and (folder / 'p' / '.nudge-manifest').exists()
assert not said('own code is used'), [x.getMessage() for x in records]
''',
    'circuit-synth 0.12.1: the files are those that it writes itself': '''
import re
run('ours')
os.environ['NUDGE_DISABLED'] = '1'
assert run('theirs')['success'] and not (folder / 'theirs' / '.nudge-manifest').exists()
uuid = re.compile('[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')
def plain(path):
    text = re.sub(r'"tstamps": "[^"]*"', '', path.read_text())
    return re.sub(r'\\(date "[^"]*"\\)', '', uuid.sub('', text))
assert files(folder / 'ours') == files(folder / 'theirs'), (files(folder / 'ours'), files(folder / 'theirs'))
for name in files(folder / 'ours'):
    assert plain(folder / 'ours' / name) == plain(folder / 'theirs' / name), name
''',
}


def run(python, head, body, sample, extra=None):
    environment = {**os.environ, **(extra or {})}
    environment.pop('NUDGE_DISABLED', None)
    with tempfile.TemporaryDirectory() as folder:
        environment['HOME'] = folder
        done = subprocess.run([python, '-c', head + body, folder, str(sample)], capture_output=True, text=True, env=environment, cwd=folder, check=False,
                              timeout=600)
    return [] if done.returncode == 0 else [f'exit code {done.returncode}', *done.stderr.splitlines()[-12:]]


def real_python():
    python = os.environ.get('NUDGE_CIRCUIT_SYNTH_PYTHON')
    if not python:
        raise Skip('NUDGE_CIRCUIT_SYNTH_PYTHON does not name a Python that has circuit-synth 0.12.1')
    version = subprocess.run([python, '-c', 'import importlib.metadata as m; print(m.version("circuit-synth"))'], capture_output=True, text=True, check=False)
    if version.stdout.strip() != '0.12.1':
        raise Skip(f'{python} has circuit-synth {version.stdout.strip() or "not"}, not 0.12.1')
    return python


def main():
    tap = Tap()
    program, sample = (pathlib.Path(name).resolve() for name in sys.argv[1:3])
    package = os.environ['PYTHONPATH'].split(os.pathsep)[0]
    environment = {'NUDGE_PROGRAM': str(program), 'PYTHONPATH': os.pathsep.join([package, str(HERE / 'standin')])}
    for name, body in STANDIN_CASES.items():
        tap.case(name, run, sys.executable, STANDIN, body, sample, environment)
    for name, body in REAL_CASES.items():
        tap.case(name, lambda body=body: run(real_python(), REAL, body, sample, {'NUDGE_PROGRAM': str(program), 'PYTHONPATH': package}))
    tap.end()


main()
