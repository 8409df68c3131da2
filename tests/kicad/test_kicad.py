#!/usr/bin/env python3
"""test_kicad.py NUDGE: KiCad must find in every project that Nudge writes what the circuit says, and nothing to object to."""

import collections
import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from kicad import nets  # noqa: E402
from kicad.sexpr import netlist_nets  # noqa: E402
from tap import Tap  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get('NUDGE_SHARED') or ROOT.parent / 'shared')
TABLES = pathlib.Path('/usr/share/kicad/template')
# What KiCad may say about a circuit that is so drawn as it is: two outputs on a net, an input that nothing drives.
OF_THE_CIRCUIT = {'pin_to_pin', 'pin_not_driven'}
TIMEOUT = 300

Circuit = collections.namedtuple('Circuit', 'name file symbols pins erc')


def circuits():
    found = [Circuit(f'sample {path.stem}', path, None, None, True) for path in sorted((ROOT / 'data/samples').glob('*.json'))]
    for path in sorted(SHARED.glob('golden/head/*/*.json')):
        if path.name != 'truth.json':
            found.append(Circuit(f'golden {path.parent.name}', path, None, None, True))
    for path in sorted(SHARED.glob('golden/seed/*/circuit.json')):
        found.append(Circuit(f'golden seed {path.parent.name}', path, None, None, True))
    for folder in sorted(SHARED.glob('corpus/*/')):
        path = folder / f'{folder.name}.json'
        if path.exists():
            found.append(Circuit(f'corpus {folder.name}', path, folder / 'symbols', folder / 'pins.json', False))
    return found


def run(command, environment=None, folder=None):
    return subprocess.run([str(word) for word in command], env=environment, cwd=folder, capture_output=True, text=True,
                          timeout=TIMEOUT, check=False)


class Bench:
    """The folder in which everything happens, and the environments of the programs."""

    def __init__(self, nudge, folder):
        self.nudge = nudge
        self.folder = pathlib.Path(folder)
        self.home = self.folder / 'home'
        config = self.folder / 'config' / '9.0'
        config.mkdir(parents=True)
        self.home.mkdir()
        for table in TABLES.glob('*-lib-table'):
            shutil.copy(table, config / table.name)
        self.kicad = {'PATH': os.environ['PATH'], 'HOME': str(self.home), 'LC_ALL': 'C.UTF-8',
                      'KICAD_CONFIG_HOME': str(self.folder / 'config')}
        self.plain = {'PATH': os.environ['PATH'], 'HOME': str(self.home), 'LC_ALL': 'C.UTF-8', 'TZ': 'UTC'}
        self.strange = {'PATH': os.environ['PATH'], 'TZ': 'Pacific/Chatham', **self.comma_locale()}

    def comma_locale(self):
        """A locale that writes 1,5; where it cannot be made, one that at least is another."""
        name = 'de_DE.UTF-8'
        if shutil.which('localedef') and run(['localedef', '-i', 'de_DE', '-f', 'UTF-8', self.folder / name]).returncode <= 1:
            return {'LC_ALL': name, 'LOCPATH': str(self.folder)}
        return {'LC_ALL': 'C'}

    def layouts(self):
        """Every way to arrange, as --help lists them after the last blank line."""
        text = run([self.nudge, '--help'], self.plain).stdout
        return [line.split()[0] for line in text.split('Layouts:\n')[1].splitlines() if line.strip()]

    def export(self, circuit, layout, target, environment, folder=None):
        symbols = ['--symbols', circuit.symbols] if circuit.symbols else []
        return run([self.nudge, '--export', target, '--layout', layout, *symbols, circuit.file], environment, folder)


def project_file(folder, suffix):
    found = sorted(folder.glob(f'*{suffix}'))
    return found[0] if len(found) == 1 else None


def root_sheet(folder):
    project = project_file(folder, '.kicad_pro')
    return project.with_suffix('.kicad_sch') if project else None


def check_netlist(bench, circuit, target, sheet):
    netlist = target.with_suffix('.xml')
    result = run(['kicad-cli', 'sch', 'export', 'netlist', '--format', 'kicadxml', '-o', netlist, sheet], bench.kicad)
    if result.returncode:
        return [], [f'kicad-cli: {result.stdout}{result.stderr}']
    expected, references = nets.circuit_nets(json.loads(circuit.file.read_text(encoding='utf-8')))
    found, found_references = nets.kicad_nets(netlist)
    return found, nets.reference_differences(references, found_references) + nets.differences(expected, found)


def check_pins(circuit, found):
    oracle = {frozenset(tuple(pin.rsplit('.', 1)) for pin in net) for net in json.loads(circuit.pins.read_text(encoding='utf-8'))}
    oracle = {net for net in oracle if len(net) > 1}
    return nets.differences(oracle, {net for net in found if len(net) > 1})


def check_own_netlist(target, found):
    """The netlist that Nudge itself writes, against KiCad's."""
    netlist = project_file(target, '.net')
    if netlist is None:
        return ['there is no .net']
    return nets.differences({net for net in found if len(net) > 1}, {net for net in netlist_nets(netlist) if len(net) > 1})


def check_rules(bench, target, sheet):
    report = target.with_suffix('.erc.json')
    result = run(['kicad-cli', 'sch', 'erc', '--severity-error', '--format', 'json', '-o', report, sheet], bench.kicad)
    if result.returncode:
        return [f'kicad-cli: {result.stdout}{result.stderr}']
    violations = [violation for page in json.loads(report.read_text())['sheets'] for violation in page['violations']]
    count = collections.Counter(violation['type'] for violation in violations)
    wrong = [f'{kind}: {number}' for kind, number in sorted(count.items()) if kind not in OF_THE_CIRCUIT]
    wrong += [f'{violation["type"]}: {violation["items"][0]["description"]}'
              for violation in violations if violation['type'] not in OF_THE_CIRCUIT][:8]
    return wrong


def check_repeat(bench, circuit, layout, target):
    second = target.with_name(target.name + ' again')
    result = bench.export(circuit, layout, second, bench.strange, '/')
    if result.returncode:
        return [f'exit code {result.returncode}: {result.stderr}']
    names = sorted(path.name for path in target.iterdir())
    if names != sorted(path.name for path in second.iterdir()):
        return ['other files']
    return [f'{name} differs' for name in names if (target / name).read_bytes() != (second / name).read_bytes()]


def check_circuit(bench, circuit, layout):
    """[(name of the case, its problems)]."""
    target = bench.folder / f'{circuit.name} {layout}'
    result = bench.export(circuit, layout, target, bench.plain)
    if result.returncode:
        return [('export', [f'exit code {result.returncode}', *result.stderr.splitlines()[:12]])]
    sheet = root_sheet(target)
    if sheet is None:
        return [('export', ['there is not one .kicad_pro'])]
    found, problems = check_netlist(bench, circuit, target, sheet)
    cases = [('KiCad\'s netlist is the circuit', problems)]
    if circuit.pins:
        cases.append(('KiCad\'s netlist is that of the original', check_pins(circuit, found)))
    cases.append(('our netlist is KiCad\'s', check_own_netlist(target, found)))
    if circuit.erc:
        cases.append(('no rule is broken', check_rules(bench, target, sheet)))
    cases.append(('a second export gives the same bytes', check_repeat(bench, circuit, layout, target)))
    return cases


def main():
    tap = Tap()
    if not shutil.which('kicad-cli'):
        tap.result('KiCad reads what Nudge writes', skip='there is no kicad-cli')
        tap.end()
    if not SHARED.is_dir():
        tap.result('golden and corpus circuits', skip=f'there is no {SHARED.name} beside the checkout, nor NUDGE_SHARED')
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        bench = Bench(pathlib.Path(sys.argv[1]).resolve(), folder)
        runs = [(f'{layout}, {circuit.name}', pool.submit(check_circuit, bench, circuit, layout))
                for layout in bench.layouts() for circuit in circuits()]
        for name, outcome in runs:
            try:
                for case, problems in outcome.result():
                    tap.result(f'{name}: {case}', problems)
            except Exception as failure:  # noqa: BLE001: one circuit's trouble must not hide the others
                tap.result(f'{name}: checked', [repr(failure)])
    tap.end()


if __name__ == '__main__':
    main()
