#!/usr/bin/env python3
"""test_synth_nets.py NUDGE [FILE...]: KiCad finds in every project of circuit-synth’s dialects what the circuit says.

circuit-synth's own projects fail this where its drawing opens or shorts a net, or loses parts: see DEVIATIONS in
test_synth.py. A hierarchy with copies, nets that only pass through and names used twice stands in CIRCUITS."""

import concurrent.futures
import json
import pathlib
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from kicad import nets  # noqa: E402
from kicad.test_kicad import Bench, Circuit, circuits, root_sheet, run  # noqa: E402
from tap import Tap  # noqa: E402


def resistor(reference):
    pins = [{'pin_id': str(number), 'name': '~', 'func': 'passive', 'x': 0, 'y': 3.81 * (3 - 2 * number), 'length': 1.27,
             'orientation': 180 + 90 * (3 - 2 * number)} for number in (1, 2)]
    return {'symbol': 'Device:R', 'ref': reference, 'value': '1k', 'footprint': '', 'pins': pins}


def node(text):
    reference, pin = text.split('.')
    return {'component': reference, 'pin': {'number': pin, 'name': '~', 'type': 'passive'}}


def circuit(name, declared=None, used=None, rails=None, children=()):
    """A circuit of resistors: nets of its own, nets of others, and rails of its own, each as {name: 'R1.1 R2.2'}."""
    found = {name: {'nodes': [node(text) for text in pins.split()], 'is_power': False, 'power_symbol': None} for name, pins in (declared or {}).items()}
    found.update({name: {'nodes': [node(text) for text in pins.split()], 'is_power': True, 'power_symbol': f'power:{name}'}
                  for name, pins in (rails or {}).items()})
    found.update({name: [node(text) for text in pins.split()] for name, pins in (used or {}).items()})
    references = sorted({text.split('.')[0] for group in (declared, used, rails) for pins in (group or {}).values() for text in pins.split()})
    return {'name': name, 'components': {reference: resistor(reference) for reference in references}, 'nets': found, 'subcircuits': list(children)}


def copy(first):
    """The same circuit, with references from @first on."""
    return circuit('twin', {'MID': f'R{first}.2 R{first + 1}.1'}, {'IN': f'R{first}.1', 'GND': f'R{first + 1}.2'})


CIRCUITS = {
    'a circuit used twice': circuit('twins', {'IN': 'R1.1'}, None, {'GND': 'R1.2'}, [copy(2), copy(4)]),
    'a net that links siblings only': circuit('siblings', {'A': 'R1.1'}, None, {'GND': 'R1.2'}, [
        circuit('left', {'LINK': 'R2.1'}, {'GND': 'R2.2'}), circuit('right', None, {'LINK': 'R3.1', 'GND': 'R3.2'})]),
    'one name inside two circuits': circuit('inside', {'MINE': 'R1.1 R2.1'}, None, {'GND': 'R1.2 R2.2'}, [
        circuit('one', {'MINE': 'R3.1 R4.1'}, {'GND': 'R3.2 R4.2'}), circuit('two', {'MINE': 'R5.1 R6.1'}, {'GND': 'R5.2 R6.2'})]),
    'one name in siblings of a bare sheet': circuit('bare', children=[
        circuit('one', {'MINE': 'R3.1 R4.1', 'OUT': 'R3.2'}), circuit('two', {'MINE': 'R5.1 R6.1'}, {'OUT': 'R5.2'})]),
    'a net through a sheet without parts': circuit('through', {'S': 'R1.1'}, None, {'GND': 'R1.2'}, [
        circuit('empty', children=[circuit('deep', None, {'S': 'R2.1', 'GND': 'R2.2'})])]),
    'a rail that only a child declares': circuit('below', {'A': 'R1.1'}, {'VCC': 'R1.2'}, None, [
        circuit('child', {'B': 'R2.1'}, None, {'VCC': 'R2.2'})]),
    'a rail and a net of its name': circuit('clash', {'VCC': 'R1.1 R2.1'}, None, {'GND': 'R1.2 R2.2'}, [
        circuit('child', {'B': 'R3.1'}, {'GND': 'R4.1'}, {'VCC': 'R3.2 R4.2'})]),
    'names that KiCad reads as paths and buses': circuit('names', {'A/B': 'R1.1 R2.1', 'D[0..7]': 'R1.2 R3.1', 'N C': 'R2.2 R3.2'}, None, None, [
        circuit('child', None, {'A/B': 'R4.1', 'D[0..7]': 'R4.2'})]),
}


DIALECTS = ['circuit-synth', 'circuit-synth-2025']


def check(bench, wanted, number, dialect):
    target = bench.folder / f'{dialect}-{number}'
    symbols = ['--symbols', wanted.symbols] if wanted.symbols else []
    result = run([bench.nudge, '--dialect', dialect, '--export', target, *symbols, wanted.file], bench.plain)
    if result.returncode:
        return [f'exit code {result.returncode}', *result.stderr.splitlines()[-12:]]
    netlist = target.with_suffix('.xml')
    exported = run(['kicad-cli', 'sch', 'export', 'netlist', '--format', 'kicadxml', '-o', netlist, root_sheet(target)], bench.kicad)
    if exported.returncode:
        return [f'kicad-cli: {exported.stdout}{exported.stderr}']
    expected, references = nets.circuit_nets(json.loads(wanted.file.read_text(encoding='utf-8')))
    found, found_references = nets.kicad_nets(netlist)
    return nets.reference_differences(references, found_references) + nets.differences(expected, found)


def main():
    tap = Tap()
    if not shutil.which('kicad-cli'):
        tap.result('KiCad reads what Nudge writes in circuit-synth’s dialects', skip='there is no kicad-cli')
        tap.end()
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        bench = Bench(pathlib.Path(sys.argv[1]).resolve(), folder)
        found = [Circuit(name, pathlib.Path(name), None, None, False) for name in sys.argv[2:]] or circuits()
        for name, data in CIRCUITS.items():
            path = bench.folder / f'{data["name"]}.json'
            path.write_text(json.dumps(data), encoding='utf-8')
            found.append(Circuit(name, path, None, None, False))
        runs = [(f'{wanted.name}, {dialect}', pool.submit(check, bench, wanted, number, dialect))
                for number, wanted in enumerate(found) for dialect in DIALECTS]
        for name, outcome in runs:
            try:
                tap.result(f'{name}: KiCad reads the circuit', outcome.result())
            except Exception as failure:  # noqa: BLE001: one circuit's trouble must not hide the others
                tap.result(f'{name}: checked', [repr(failure)])
    tap.end()


main()
