#!/usr/bin/env python3
"""test_session.py NUDGE: what a person has decided is kept between runs: the layout file, and what is asked without a window."""

import json
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from tap import Tap  # noqa: E402
from test_program import INPUT, OK, REFUSED, ROOT, SAMPLE, SCHEMA, SMALL, USAGE, Program, contents, expect, files_in, matches  # noqa: E402

LAYOUT_EXAMPLE = '''{"nudge": 1, "arranger": "text-flow", "draw": "labels",
 "parts": [{"part": "/R1", "at": [203.2, 101.6], "turn": 90, "locked": true},
           {"part": "/NOT_THERE", "at": [20.32, 20.32], "symbol": "Device:R", "value": "", "footprint": "", "nets": []}]}
'''


def place_of(folder, reference):
    """Position and angle of the symbol with that reference in the project's sheets."""
    for path in sorted(folder.glob('*.kicad_sch')):
        for symbol in re.split(r'\n\t\(symbol\n', path.read_text())[1:]:
            if f'(property "Reference" "{reference}"' in symbol:
                return tuple(float(word) for word in re.search(r'\(at ([^)]*)\)', symbol)[1].split())
    return None


def layout_file(program):
    folder = program.fresh()
    circuit = folder / 'board.json'
    circuit.write_bytes(SMALL.read_bytes())
    (folder / 'board.nudge').write_text(LAYOUT_EXAMPLE)
    result = program('--export', folder / 'out', '-v', circuit)
    yield from expect(result, OK, 'N0421', '/NOT_THERE is gone', 'N0420')
    if place_of(folder / 'out', 'R1') != (203.2, 101.6, 90):
        yield f'R1 stands at {place_of(folder / "out", "R1")}'
    yield from expect(program('--export', folder / 'fresh', '--fresh', circuit), OK)
    yield from expect(program('--export', folder / 'stream', '-', stdin=SMALL.read_bytes()), OK)
    if place_of(folder / 'fresh', 'R1') != place_of(folder / 'stream', 'R1'):
        yield '--fresh is not the same as no layout file'
    (folder / 'board.nudge').rename(folder / 'other.nudge')
    yield from expect(program('--export', folder / 'named', '--layout-file', folder / 'other.nudge', circuit), OK)
    if contents(folder / 'named') != contents(folder / 'out'):
        yield '--layout-file is not the same as the file beside the circuit'
    if files_in(folder)[0:2] != ['board.json', 'fresh']:
        yield f'a layout file was written: {files_in(folder)}'


def broken_layout_file(program):
    folder = program.fresh()
    circuit = folder / 'board.json'
    circuit.write_bytes(SMALL.read_bytes())
    (folder / 'board.nudge').write_text('{"nudge": 1,\n"parts": [}')
    yield from expect(program('--export', folder / 'out', circuit), INPUT, 'N0620', 'board.nudge, line 2')
    yield from expect(program('--export', folder / 'out', '--fresh', circuit), OK)
    yield from expect(program('--check', '--layout-file', folder / 'absent.nudge', circuit), INPUT, 'absent.nudge')
    yield from expect(program('--layout-file', 'x', circuit), USAGE)
    yield from expect(program('--check', '--layout-file', 'x', '--fresh', circuit), USAGE)


def states(result):
    return dict(reversed(line.split()) for line in result.stdout.decode().splitlines())


def dry_run(program):
    """Says beforehand exactly what the export then does."""
    folder = program.fresh()
    out = folder / 'out'
    result = program('--export', out, '--dry-run', SMALL)
    yield from expect(result, OK)
    if set(states(result).values()) != {'new'} or files_in(folder):
        yield f'an empty folder: {states(result)}, {files_in(folder)}'
    yield from expect(program('--export', out, SMALL), OK)
    if set(states(result)) != set(contents(out)):
        yield f'{sorted(states(result))} was announced, {sorted(contents(out))} written'
    result = program('--export', out, '--dry-run', SMALL)
    if set(states(result).values()) != {'unchanged'}:
        yield f'after the export: {states(result)}'

    circuit = json.loads(SMALL.read_text())
    next(iter(circuit['components'].values()))['value'] = 'other'
    text = json.dumps(circuit).encode()
    before = contents(out)
    result = program('--export', out, '--dry-run', '-', stdin=text)
    announced = {name for name, state in states(result).items() if state == 'changed'}
    if contents(out) != before:
        yield '--dry-run wrote something'
    yield from expect(program('--export', out, '-', stdin=text), OK)
    real = {name for name, data in contents(out).items() if before[name] != data}
    if announced != real or not real:
        yield f'{announced} was announced, {real} changed'


def dry_run_refused(program):
    folder = program.fresh()
    yield from expect(program('--export', folder, SMALL), OK)
    (folder / 'Supply_Filter.kicad_sch').write_text('mine')
    (folder / 'Supply_Filter.kicad_pro').write_text('{}')
    (folder / 'Supply_Filter.net').unlink()
    result = program('--export', folder, '--dry-run', SMALL)
    yield from expect(result, REFUSED, 'N0601')
    if states(result) != {'Supply_Filter.kicad_sch': 'edited', 'Supply_Filter.kicad_pro': 'kept', 'Supply_Filter.net': 'new',
                          'Supply_Filter.json': 'unchanged'}:
        yield f'{states(result)}'
    yield from expect(program('--export', folder, SMALL), REFUSED, 'N0601')
    result = program('--export', folder, '--dry-run', '--force', '--report', '-', SMALL)
    yield from expect(result, OK)
    report = json.loads(result.stdout)
    yield from matches(SCHEMA, report)
    if [entry['state'] for entry in report['preview']] != ['unchanged', 'edited', 'edited', 'new']:
        yield f'{report["preview"]}'
    other = program.fresh()
    (other / 'Supply_Filter.net').write_text('mine')
    result = program('--export', other, '--dry-run', SMALL)
    yield from expect(result, REFUSED, 'N0601')
    if states(result)['Supply_Filter.net'] != 'foreign':
        yield f'{states(result)}'
    (folder / '~Supply_Filter.kicad_sch.lck').write_text('{}')
    yield from expect(program('--export', folder, '--dry-run', SMALL), REFUSED, 'N0602')
    yield from expect(program('--dry-run', SMALL), USAGE)


def diff(program):
    folder = program.fresh()
    circuit = json.loads(SMALL.read_text())
    circuit['components']['R1']['value'] = '4k7'
    del circuit['components']['C3']
    for net in circuit['nets'].values():
        net['nodes'] = [node for node in net['nodes'] if node['component'] != 'C3']
    changed = folder / 'changed.json'
    changed.write_text(json.dumps(circuit))
    yield from expect(program('--diff', SMALL, SMALL), OK)
    result = program('--diff', SMALL, changed)
    yield from expect(result, OK)
    lines = result.stdout.decode().splitlines()
    if len(lines) != 2 or not re.fullmatch(r'R1 \S+ → 4k7', lines[0]) or not re.fullmatch(r'C3 \S+ is gone', lines[1]):
        yield f'{lines}'
    yield from expect(program('--diff', folder / 'absent.json', SMALL), INPUT)
    yield from expect(program('--diff', SMALL), USAGE)


def find_symbol(program):
    """With the built-in symbols alone: there need be no library."""
    result = program('--find-symbol', 'conn 02x10')
    yield from expect(result, OK)
    if not result.stdout.startswith(b'Connector_Generic:Conn_02x10'):
        yield f'{result.stdout[:200]}'
    result = program('--find-symbol', 'Device:led', '--report', '-')
    yield from expect(result, OK)
    found = json.loads(result.stdout)
    yield from matches(json.loads((ROOT / 'data/symbols.schema.json').read_text()), found, 'symbols')
    if found['symbols'][0]['id'] != 'Device:LED' or found['symbols'][0]['match'] != 'exact':
        yield f'{found["symbols"][:2]}'
    result = program('--find-symbol', 'no such thing at all')
    yield from expect(result, OK)
    if result.stdout:
        yield f'{result.stdout}'
    yield from expect(program('--find-symbol', 'R', SMALL), USAGE)
    yield from expect(program('--find-symbol', 'R', '--symbols', program.fresh() / 'absent'), INPUT)


def pictures(program):
    folder = program.fresh()
    for number in ('1', '2'):
        for kind in ('pdf', 'svg', 'png'):
            yield from expect(program('--export', folder / number, '--format', kind, SAMPLE), OK)
    names = sorted(contents(folder / '1'))
    pages = sum(name.endswith('.svg') for name in names)
    if pages < 3 or 'ESP32_C6_DevBoard.pdf' not in names or not any(name.startswith('ESP32_C6_DevBoard-01-') for name in names):
        yield f'{names}'
    if contents(folder / '1') != contents(folder / '2'):
        yield 'painted twice, the pictures differ'
    for name, data in contents(folder / '1').items():
        magic = {'pdf': b'%PDF-', 'svg': b'<?xml', 'png': b'\x89PNG'}[name.rsplit('.', 1)[1]]
        if not data.startswith(magic) or len(data) < 2000:
            yield f'{name} is no picture'
        if name.endswith('.svg') and (b'<text' in data or b'<image' in data):
            yield f'{name} has texts or pixels'
    for sheet in ('2', 'USB_Port', '/MCU/Buttons', 'MCU.kicad_sch'):
        out = program.fresh()
        result = program('--export', out, '--format', 'svg', '--sheet', sheet, SAMPLE)
        yield from expect(result, OK)
        if len(contents(out)) != 1:
            yield f'--sheet {sheet}: {sorted(contents(out))}'
    yield from expect(program('--export', folder / '3', '--format', 'pdf', '--sheet', 'no such sheet', SAMPLE), INPUT, 'no such sheet')
    yield from expect(program('--export', folder / '3', '--format', 'bmp', SAMPLE), USAGE, 'bmp')
    yield from expect(program('--check', '--sheet', '1', SAMPLE), USAGE)
    mine = folder / '4' / 'ESP32_C6_DevBoard.pdf'
    mine.parent.mkdir()
    mine.write_text('mine')
    yield from expect(program('--export', mine.parent, '--format', 'pdf', SAMPLE), REFUSED, 'N0601')
    if mine.read_text() != 'mine':
        yield 'a file of somebody else was replaced'


CASES = {
    'places come from the layout file': layout_file,
    'a broken layout file: 3': broken_layout_file,
    'sheets are painted, the same every time': pictures,
    'circuits are compared in electrical words': diff,
    'symbols are found by name and words': find_symbol,
    '--dry-run says what the export does': dry_run,
    '--dry-run says what is refused: 4': dry_run_refused,
}


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        program = Program(str(pathlib.Path(sys.argv[1]).resolve()), folder)
        for name, function in CASES.items():
            tap.case(name, lambda function=function: list(function(program)))
    tap.end()


if __name__ == '__main__':
    main()
