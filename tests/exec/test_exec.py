#!/usr/bin/env python3
"""test_exec.py NUDGE SAMPLE: --layout exec:PROGRAM, with the sample program and with programs that answer badly."""

import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from kicad import sexpr  # noqa: E402
from tap import Tap  # noqa: E402

ROWS = pathlib.Path(__file__).resolve().parent / 'rows.py'
NUDGE, SAMPLE = sys.argv[1:3]


def export(program, folder):
    run = subprocess.run([NUDGE, '-v', '--fresh', '--layout', f'exec:{program}', '--export', folder, SAMPLE], capture_output=True, text=True, check=False)
    return run.returncode, run.stderr


def places(folder):
    """Reference and unit -> place, of all sheets."""
    found = {}
    for path in pathlib.Path(folder).glob('*.kicad_sch'):
        for symbol in sexpr.children(sexpr.parse(path.read_text(encoding='utf-8')), 'symbol'):
            reference = next(entry[2] for entry in sexpr.children(symbol, 'property') if entry[1] == 'Reference')
            found[reference, sexpr.value(symbol, 'unit')] = [float(number) for number in sexpr.children(symbol, 'at')[0][1:4]]
    return {key: place for key, place in found.items() if not key[0].startswith('#')}


def by_program(body):
    """What becomes of the sample when a program with that body arranges it: exit code, messages, places."""
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder, 'program')
        program.write_text(f'#!{sys.executable}\nimport json, sys\nproblem = json.load(sys.stdin)\n{body}\n', encoding='utf-8')
        program.chmod(0o700)
        code, messages = export(program, pathlib.Path(folder, 'out'))
        return code, messages, places(pathlib.Path(folder, 'out')) if code == 0 else {}


def rows_are_drawn():
    with tempfile.TemporaryDirectory() as folder:
        code, messages = export(ROWS, folder)
        found = places(folder) if code == 0 else {}
    if code != 0 or 'N0450' in messages:
        yield f'exit code {code}: {messages}'
    moved = sum('stands elsewhere' in line for line in messages.splitlines())
    at_home = sum(round((x - 38.1) / 25.4, 6) == round((x - 38.1) / 25.4) and turn == 0 for x, y, turn in found.values())
    if len(found) < 30 or at_home < len(found) - moved:
        yield f'{at_home} of {len(found)} stand in columns, {moved} had to be moved'


def failures_fall_back():
    _, _, plain = by_program('json.dump({"places": {}}, sys.stdout)')
    for body in ('sys.exit(3)', 'print("no JSON")', 'print("[1, 2]")', 'print(json.dumps({"places": []}))'):
        code, messages, found = by_program(body)
        if code != 0 or 'N0450 warning' not in messages or found != plain:
            yield f'{body}: exit code {code}: {messages[:300]}'
    with tempfile.TemporaryDirectory() as folder:
        code, messages = export('/there/is/none', folder)
        if code != 0 or 'N0450 warning' not in messages:
            yield f'a program that is not there: exit code {code}: {messages[:300]}'


def nonsense_is_ignored_and_mended():
    """Off the grid, off the page, all on one heap, unknown, and what is no place at all."""
    code, messages, found = by_program('''
units = [unit['id'] for sheet in problem['sheets'] for unit in sheet['units']]
places = {name: {'x': 100.3, 'y': 1e9 if number % 2 else -5, 'rotation': 450, 'mirror': 'x'} for number, name in enumerate(units)}
places.update({units[0]: {'x': 'left', 'y': 3}, units[1]: {'x': 5, 'y': 5, 'rotation': 45}, '/nobody': {'x': 1, 'y': 1}})
json.dump({'places': places}, sys.stdout)''')
    if code != 0 or messages.count('N0451') != 3:
        yield f'exit code {code}, {messages.count("N0451")} findings: {messages[:600]}'
    if any(abs(number / 1.27 - round(number / 1.27)) > 1e-6 or not 0 <= number <= 1400 for place in found.values() for number in place[:2]):
        yield f'{found}'


def problem_is_complete():
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder, 'program')
        kept = pathlib.Path(folder, 'problem.json')
        program.write_text(f'#!/bin/sh\ncat > {kept}\necho \'{{"places": {{}}}}\'\n', encoding='utf-8')
        program.chmod(0o700)
        export(program, pathlib.Path(folder, 'out'))
        problem = json.loads(kept.read_text(encoding='utf-8'))
    circuit = json.loads(pathlib.Path(SAMPLE).read_text(encoding='utf-8'))
    waiting, parts = [circuit], set()
    while waiting:
        parts |= set(waiting[0]['components'])
        waiting += waiting.pop(0).get('subcircuits') or []
    units = [unit for sheet in problem['sheets'] for unit in sheet['units']]
    # A circuit that is used twice is arranged once: two buttons of the sample stand as two others do.
    if problem['nudge_arrange'] != 1 or not {unit['reference'] for unit in units} <= parts or len(units) != len(parts) - 2:
        yield f'{len(units)} units of {len(parts)} parts'
    if not all({'id', 'x', 'y', 'rotation', 'mirror', 'locked', 'extent', 'pins'} <= set(unit) for unit in units):
        yield 'a unit lacks something'
    if not any('net' in pin for unit in units for pin in unit['pins']) or not any(sheet['boxes'] for sheet in problem['sheets']):
        yield 'there are no nets, or no boxes'


def main():
    tap = Tap()
    for name, case in {'the sample’s rows are drawn and proven': rows_are_drawn, 'a program that fails is done without': failures_fall_back,
                       'what makes no sense is ignored, the rest made legal': nonsense_is_ignored_and_mended,
                       'the problem says everything': problem_is_complete}.items():
        tap.case(name, lambda case=case: list(case()))
    usage = subprocess.run([NUDGE, '--layout=exec:', '--check', SAMPLE], capture_output=True, text=True, check=False)
    tap.result('a program must be named', [] if usage.returncode == 1 else [usage.stderr])
    tap.end()


main()
