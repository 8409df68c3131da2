#!/usr/bin/env python3
"""test_program.py NUDGE: the whole process from outside: exit codes, streams, and what it leaves on the disk."""

import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from tap import Skip, Tap  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / 'data/samples/esp32-c6-devboard.json'
SMALL = ROOT / 'data/samples/supply-filter.json'
SCHEMA = json.loads((ROOT / 'data/report.schema.json').read_text())
OK, USAGE, INPUT, REFUSED, PROOF, IO = 0, 1, 3, 4, 5, 6
TIMEOUT = 60


class Program:
    """The program, and a folder of its own for each case."""

    def __init__(self, path, folder):
        self.path = path
        self.folder = pathlib.Path(folder)
        self.number = 0
        self.target = None

    def fresh(self):
        self.number += 1
        self.target = self.folder / str(self.number)
        self.target.mkdir()
        return self.target

    def __call__(self, *arguments, stdin=b'', environment=None, **options):
        """Runs it with nothing in its environment: no HOME, no DISPLAY, no session bus."""
        return subprocess.run([self.path, *map(str, arguments)], input=stdin, env={'LC_ALL': 'C.UTF-8', **(environment or {})},
                              capture_output=True, timeout=TIMEOUT, check=False, **options)


def expect(result, code, *texts):
    """Problems with an outcome: another exit code, or a text that standard error does not have."""
    error = result.stderr.decode(errors='replace')
    if result.returncode != code:
        yield f'exit code {result.returncode}, not {code}: {error}'
    for text in texts:
        if text not in error:
            yield f'standard error lacks “{text}”: {error}'


def files_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob('*'))


def contents(folder):
    """Names and bytes of the project's files; the hidden manifest, by which Nudge knows its own, is none of them."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith('.')}


def exports(program):
    folder = program.fresh()
    result = program('--export', folder / 'out', SAMPLE)
    yield from expect(result, OK)
    if result.stdout:
        yield f'standard output: {result.stdout}'
    names = files_in(folder / 'out')
    for name in ('ESP32_C6_DevBoard.kicad_pro', 'ESP32_C6_DevBoard.kicad_sch', 'ESP32_C6_DevBoard.net', 'ESP32_C6_DevBoard.json',
                 'USB_Port.kicad_sch', 'Status_LED.kicad_sch'):
        if name not in names:
            yield f'there is no {name}: {names}'
    if files_in(folder) != ['out', *(f'out/{name}' for name in names)]:
        yield f'something was left beside the project: {files_in(folder)}'


def quiet_on_good_input(program):
    folder = program.fresh()
    result = program('--export', folder / 'out', '--quiet', SAMPLE)
    yield from expect(result, OK)
    if result.stderr:
        yield f'standard error: {result.stderr}'


def verbose_names_files(program):
    folder = program.fresh()
    yield from expect(program('--export', folder / 'out', '-v', SMALL), OK, 'proven', 'wrote Supply_Filter.kicad_sch', '9 parts')


def standard_input(program):
    folder = program.fresh()
    yield from expect(program('--export', folder / 'file', SMALL), OK)
    yield from expect(program('--export', folder / 'stream', '-', stdin=SMALL.read_bytes()), OK)
    if contents(folder / 'file') != contents(folder / 'stream'):
        yield 'other bytes from standard input'


def second_export(program):
    folder = program.fresh()
    yield from expect(program('--export', folder, SMALL), OK)
    before = contents(folder)
    yield from expect(program('--export', folder, SMALL), OK)
    if contents(folder) != before:
        yield 'the second export changed the project'


def usage(program):
    folder = program.fresh()
    for arguments in (['--nonsense'], ['--export', folder / 'out'], ['--check', '--export', folder / 'out', SMALL],
                      ['--check', '-q', '-v', SMALL], ['--layout', 'nowhere', '--check', SMALL], ['--report', '-', SMALL]):
        result = program(*arguments)
        yield from expect(result, USAGE, 'nudge --help')
        if result.stdout:
            yield f'{arguments}: standard output: {result.stdout}'
    if files_in(folder):
        yield 'something was written'


def unusable_input(program):
    folder = program.fresh()
    deep = b'[' * 100000
    broken = {
        'empty': b'', 'truncated': SMALL.read_bytes()[:500], 'no object': b'[1, 2]', 'deep': deep, 'NUL': b'{"name": "a\0b"}',
        'not UTF-8': b'{"name": "\xff\xfe"}', 'twice': b'{"name": "a", "name": "b"}', 'huge number': b'{"name": "a", "x": 1e999}',
        'wrong type': b'{"name": "a", "components": 7, "nets": {}, "subcircuits": []}', 'trailing': b'{"name": "a"} x',
    }
    for name, text in broken.items():
        for arguments, stdin in ((['--export', folder / 'out', '-'], text), (['--check', '-'], text)):
            result = program(*arguments, stdin=stdin)
            yield from (f'{name}: {problem}' for problem in expect(result, INPUT, 'nudge: '))
            if not re.search(rb'^N01\d\d error: ', result.stderr, re.MULTILINE):
                yield f'{name}: no diagnostic: {result.stderr}'
    if files_in(folder):
        yield f'something was written: {files_in(folder)}'


def absent_input(program):
    folder = program.fresh()
    for path in (folder / 'absent.json', folder, folder / 'absent' / 'x.json'):
        yield from expect(program('--export', folder / 'out', path), INPUT, 'nudge: ')
    yield from expect(program('--check', '--symbols', folder / 'absent', SMALL), INPUT, 'absent')
    if files_in(folder):
        yield 'something was written'


def foreign_files(program):
    folder = program.fresh()
    yield from expect(program('--export', folder, SMALL), OK)
    sheet = folder / 'Supply_Filter.kicad_sch'
    sheet.write_text('(kicad_sch (version 20250114) (generator "eeschema"))\n')
    before = contents(folder)
    yield from expect(program('--export', folder, SMALL), REFUSED, 'N0601')
    if contents(folder) != before:
        yield 'a refused export changed the folder'
    yield from expect(program('--export', folder, '--force', SMALL), OK)
    if sheet.read_bytes() == before[sheet.name]:
        yield '--force did not replace the file'


def locked_by_kicad(program):
    folder = program.fresh()
    yield from expect(program('--export', folder, SMALL), OK)
    (folder / '~Supply_Filter.kicad_sch.lck').write_text('{"hostname": "h", "username": "u"}')
    yield from expect(program('--export', folder, SMALL), REFUSED, 'N0602')
    yield from expect(program('--export', folder, '--force', SMALL), OK)


def target_is_file(program):
    folder = program.fresh()
    (folder / 'out').write_text('mine')
    result = program('--export', folder / 'out', SMALL)
    if result.returncode not in (REFUSED, IO):
        yield f'exit code {result.returncode}'
    if (folder / 'out').read_text() != 'mine':
        yield 'the file was replaced'


def unwritable_target(program):
    folder = program.fresh()
    if os.geteuid() == 0:
        # Nothing refuses root but a file system that has no files to write.
        target = pathlib.Path('/proc/nudge')
    else:
        folder.chmod(0o555)
        target = folder / 'out'
    try:
        yield from expect(program('--export', target, SMALL), IO, 'nudge: ')
    finally:
        folder.chmod(0o755)


def full_output(program):
    if not os.path.exists('/dev/full'):
        raise Skip('there is no /dev/full')
    for arguments in (['--help'], ['--version'], ['--check', '--report', '-', str(SMALL)]):
        with open('/dev/full', 'wb') as full:
            result = subprocess.run([program.path, *arguments], stdout=full, stderr=subprocess.PIPE, env={}, timeout=TIMEOUT, check=False)
        yield from expect(result, IO, 'standard output')


def matches(schema, value, where='report', root=None):
    """The part of JSON Schema that our schemas use."""
    root = root or schema
    if '$ref' in schema:
        yield from matches(root['$defs'][schema['$ref'].rsplit('/', 1)[1]], value, where, root)
    kinds = {'string': str, 'integer': int, 'number': (int, float), 'boolean': bool, 'object': dict, 'array': list, 'null': type(None)}
    allowed = schema.get('type')
    if allowed is not None:
        names = [allowed] if isinstance(allowed, str) else allowed
        if not any(isinstance(value, kinds[name]) and (name == 'boolean' or not isinstance(value, bool)) for name in names):
            yield f'{where} is {value!r}, not {names}'
            return
    if 'const' in schema and value != schema['const'] or 'enum' in schema and value not in schema['enum']:
        yield f'{where} is {value!r}'
    if isinstance(value, str) and 'pattern' in schema and not re.search(schema['pattern'], value):
        yield f'{where} is {value!r}'
    if isinstance(value, int) and value < schema.get('minimum', value):
        yield f'{where} is {value}'
    if isinstance(value, dict):
        for name in schema.get('required', []):
            if name not in value:
                yield f'{where} lacks {name}'
        for name in value:
            if name not in schema.get('properties', {}):
                yield f'{where} has {name}, which the schema does not know'
            else:
                yield from matches(schema['properties'][name], value[name], f'{where}.{name}', root)
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from matches(schema['items'], item, f'{where}[{index}]', root)


def report(program):
    folder = program.fresh()
    result = program('--export', folder / 'out', '--report', '-', SAMPLE)
    yield from expect(result, OK)
    found = json.loads(result.stdout)
    yield from matches(SCHEMA, found)
    if found['input']['sha256'] != hashlib.sha256(SAMPLE.read_bytes()).hexdigest() or found['input']['name'] != SAMPLE.name:
        yield f'the input is {found["input"]}'
    listed = {file['name']: (file['status'], file['sha256'], file['bytes']) for file in found['files']}
    real = {name: ('written', hashlib.sha256(data).hexdigest(), len(data)) for name, data in contents(folder / 'out').items()}
    if listed != real:
        yield f'the files are {listed}, on the disk {real}'
    yield from expect(program('--export', folder / 'out', '--report', folder / 'report.json', SAMPLE), OK)
    again = json.loads((folder / 'report.json').read_text())
    if {file['name'] for file in again['files']} != set(real):
        yield 'the report of the second export lists other files'


def report_of_failure(program):
    result = program('--check', '--report', '-', '-', stdin=b'{"name": ')
    yield from expect(result, INPUT)
    found = json.loads(result.stdout)
    yield from matches(SCHEMA, found)
    if found['result']['exit_code'] != INPUT or not found['result']['error'] or not found['counts']['errors']:
        yield f'the report says {found["result"]} {found["counts"]}'
    if found['diagnostics'][0]['line'] is None:
        yield 'the diagnostic names no place'
    unwritable = program('--check', '--report', '/proc/nudge/report.json', SMALL)
    yield from expect(unwritable, IO)


def check_finds_errors(program):
    circuit = json.loads(SMALL.read_text())
    circuit['nets']['VIN']['nodes'].append({'component': 'R99', 'pin': {'number': '1', 'name': '~', 'type': 'passive'}})
    result = program('--check', '-', stdin=json.dumps(circuit).encode())
    if result.returncode not in (INPUT, PROOF):
        yield f'exit code {result.returncode}: {result.stderr}'
    yield from expect(result, result.returncode, 'N0106', 'R99')


def check_writes_nothing(program):
    folder = program.fresh()
    yield from expect(program('--check', SMALL, cwd=folder), OK)
    if files_in(folder):
        yield f'{files_in(folder)} was written'


def no_toolkit_at_run_time(program):
    """The dynamic linker says what it loads."""
    result = program('--check', SMALL, environment={'LD_DEBUG': 'files'})
    text = result.stderr.decode(errors='replace')
    if 'libnudge.so' not in text:
        raise Skip('the dynamic linker does not say what it loads')
    for name in sorted(set(re.findall(r'lib(?:gtk|gdk|pango|cairo|X11|wayland)[^ /;]*', text))):
        yield f'{name} is loaded'


def pages(program):
    """A flat circuit of 120 parts becomes pages of 60; the JSON in the project is the circuit's own."""
    folder = program.fresh()
    parts = {f'R{n}': {'symbol': 'Device:R', 'ref': f'R{n}', 'value': '1k'} for n in range(1, 121)}
    nets = {f'N{n}': {'nodes': [{'component': f'R{n}', 'pin': {'number': '2'}},
                                {'component': f'R{n + 1}', 'pin': {'number': '1'}}]} for n in range(1, 120)}
    circuit = json.dumps({'name': 'chain', 'components': parts, 'nets': nets}).encode()
    yield from expect(program('--export', folder / 'whole', '-', stdin=circuit), OK)
    yield from expect(program('--export', folder / 'cut', '--paginate', '-', stdin=circuit), OK)
    yield from expect(program('--paginate', SMALL), USAGE)
    if len(list((folder / 'whole').glob('*.kicad_sch'))) != 1:
        yield 'a circuit is cut although nobody asked for it'
    if len(list((folder / 'cut').glob('Page *.kicad_sch'))) < 2:
        yield '--paginate makes no pages'
    if (folder / 'cut/chain.json').read_bytes() != (folder / 'whole/chain.json').read_bytes():
        yield 'pages change the circuit that is kept with the project'


def hostile_names(program):
    """Names come from outside: they neither leave the folder nor reach the terminal as they are."""
    folder = program.fresh()
    circuit = json.loads(SMALL.read_text())
    circuit['name'] = '../../evil'
    yield from expect(program('--export', folder / 'out', '-', stdin=json.dumps(circuit).encode()), OK)
    outside = [name for name in files_in(folder) if name != 'out' and not name.startswith('out/')]
    if outside:
        yield f'{outside} was written outside'
    circuit['nets']['A\x1b[31m'] = {'nodes': [{'component': 'R\x1b[2J', 'pin': {'number': '1'}}]}
    result = program('--check', '-v', '-', stdin=json.dumps(circuit).encode())
    if b'\x1b' in result.stderr:
        yield f'an escape sequence reached standard error: {result.stderr}'


def compares_projects(program):
    """A project on disk, by its folder, its .kicad_pro or its root sheet, on either side."""
    target, changed = program.fresh(), program.folder / 'changed.json'
    circuit = json.loads(SMALL.read_text())
    part = next(part for part in circuit['components'].values() if part.get('value'))
    part['value'] += 'x'
    changed.write_text(json.dumps(circuit))
    yield from expect(program('--export', target, SMALL), OK)
    project = next(target.glob('*.kicad_pro'))
    for path in (target, project, project.with_suffix('.kicad_sch')):
        same, other = program('--diff', path, SMALL), program('--diff', path, changed)
        yield from expect(same, OK)
        if same.stdout:
            yield f'{path.name} differs from what it was made from: {same.stdout.decode()}'
        lines = other.stdout.decode().splitlines()
        if len(lines) != 1 or part['ref'] not in lines[0] or part['value'] not in lines[0]:
            yield f'one value has changed: {lines}'
    if program('--diff', target, target).stdout or not program('--diff', changed, target).stdout:
        yield 'a project is not compared on the other side'
    project.with_suffix('.kicad_sch').write_text('(kicad_sch (label))')
    yield from expect(program('--diff', target, SMALL), INPUT, 'line 1, column 12')
    project.with_suffix('.kicad_sch').unlink()
    yield from expect(program('--diff', target, SMALL), INPUT, 'there is no such file')


def speaks_german(program):
    """A person is spoken to in his language; what programs read stays English."""
    german = {'LANGUAGE': 'de'}
    text = program('--help', environment=german).stdout.decode()
    for words in ('Das KiCad-Projekt in den Ordner DIR schreiben', 'Anordnungen:', 'Rückgabewerte:'):
        if words not in text:
            yield f'--help lacks “{words}”: {text}'
    yield from expect(program('--quiet', '--verbose', environment=german), USAGE, 'schließen einander aus')
    folder = program.fresh()
    reports = []
    for number, environment in enumerate(({}, german)):
        file = folder / f'{number}.json'
        yield from expect(program('--check', '--report', file, SAMPLE, environment=environment), OK)
        reports.append(file.read_bytes())
    if reports[0] != reports[1]:
        yield 'the report depends on the language'


CASES = {
    'a project is exported without HOME, DISPLAY or bus': exports,
    'good input is exported in silence': quiet_on_good_input,
    '-v says what was done': verbose_names_files,
    'standard input is the same as a file': standard_input,
    'a second export changes nothing': second_export,
    'a senseless command line: 1': usage,
    'an unusable circuit: 3': unusable_input,
    'an absent circuit or folder: 3': absent_input,
    'files of others: 4': foreign_files,
    'a project that KiCad has open: 4': locked_by_kicad,
    'a file where the folder should be': target_is_file,
    'an unwritable target: 6': unwritable_target,
    'a full standard output: 6': full_output,
    'the report is true and fits its schema': report,
    'a failed run has a report': report_of_failure,
    '--check finds an error': check_finds_errors,
    '--check writes nothing': check_writes_nothing,
    'no toolkit is loaded': no_toolkit_at_run_time,
    'pages': pages,
    'hostile names are harmless': hostile_names,
    'compares projects on disk': compares_projects,
    'German where a person reads': speaks_german,
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
