#!/usr/bin/env python3
"""data.py: what is installed beside the program, and the scripts, as their own checkers see them."""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from lint import tree  # noqa: E402
from tap import Skip, Tap  # noqa: E402

DATA = tree.ROOT / 'data'
APP_ID = 'io.github.nudge_eda.Nudge'
SCRIPTS = ['app/run', 'app/packages.sh', 'tests/run', '.ci/run', 'data/completions/nudge']


def run(*command):
    """The output of a checker that objects, as a list; Skip when it is not installed."""
    if not shutil.which(command[0]):
        raise Skip(f'there is no {command[0]}')
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    return [result.stdout + result.stderr] if result.returncode else []


def manual():
    if not shutil.which('man'):
        raise Skip('there is no man')
    problems = []
    for page in sorted((DATA / 'man').iterdir()):
        result = subprocess.run(['man', '--warnings', '-E', 'UTF-8', '-l', '-Tutf8', '-Z', str(page)],
                                capture_output=True, text=True, check=False)
        if result.returncode or result.stderr:
            problems.append(f'{page.name}: {result.stderr}')
    return problems


def options_of(path):
    return set(re.findall(r'--[a-z][a-z-]+[a-z]', (tree.ROOT / path).read_text(encoding='utf-8').replace('\\-', '-')))


def options_documented():
    """The option table of the program is the truth; manual and completion follow it."""
    names = {f'--{name}' for name in re.findall(r'\{ "([a-z-]+)", (?:0|\'\w\'), ', (tree.ROOT / 'app/command-line.c').read_text())}
    if len(names) < 8:
        yield f'only {sorted(names)} were found in the option table'
    for path in ('data/man/nudge.1', 'data/completions/nudge', 'README.md'):
        for name in sorted(names - options_of(path)):
            yield f'{path} lacks {name}'
    for path in ('data/man/nudge.1', 'data/completions/nudge'):
        for name in sorted(options_of(path) - names):
            yield f'{path} has {name}, which the program has not'


def version():
    text = re.search(r"version: '([^']+)'", (tree.ROOT / 'meson.build').read_text())[1]
    if f'nudge {text}"' not in (DATA / 'man/nudge.1').read_text():
        yield f'the manual is not of version {text}'
    releases = ElementTree.parse(DATA / f'{APP_ID}.metainfo.xml').findall('releases/release')
    if releases[0].get('version') != text:
        yield f'the newest release of the metainfo is {releases[0].get("version")}, not {text}'


def icons():
    for name in (f'{APP_ID}.svg', f'{APP_ID}-symbolic.svg'):
        root = ElementTree.parse(DATA / 'icons' / name).getroot()
        if not root.tag.endswith('svg') or root.get('viewBox') is None:
            yield f'{name} is no scalable SVG'
    with tempfile.TemporaryDirectory() as folder:
        yield from run('rsvg-convert', '-o', f'{folder}/icon.png', DATA / 'icons' / f'{APP_ID}.svg')


def circuits(circuit):
    yield circuit
    for child in circuit['subcircuits']:
        yield from circuits(child)


def nodes_of(net):
    return net if isinstance(net, list) else net['nodes']


def sample(path):
    """A sample is a circuit as circuit-synth writes it: every net names pins that there are, no pin is in two nets."""
    top = json.loads(path.read_text(encoding='utf-8'))
    references = []
    for circuit in circuits(top):
        parts = circuit['components']
        references += [part['ref'] for part in parts.values()]
        pins = {(ref, pin['pin_id']) for ref, part in parts.items() for pin in part['pins']}
        seen = set()
        for name, net in circuit['nets'].items():
            for node in nodes_of(net):
                pin = (node['component'], node['pin']['number'])
                if pin not in pins:
                    yield f'{path.name}: {circuit["name"]}: {name} names {pin}'
                if pin in seen:
                    yield f'{path.name}: {circuit["name"]}: {pin} is in two nets'
                seen.add(pin)
    for ref in sorted({ref for ref in references if references.count(ref) > 1}):
        yield f'{path.name}: {ref} stands for two parts'


def manifest():
    path = tree.ROOT / 'flatpak' / f'{APP_ID}.json'
    if json.loads(path.read_text())['id'] != APP_ID:
        yield f'{path.name} is of another application'
    yield from run('flatpak-builder', '--show-manifest', path)


def main():
    tap = Tap()
    tap.case('desktop file', run, 'desktop-file-validate', DATA / f'{APP_ID}.desktop')
    tap.case('metainfo', run, 'appstreamcli', 'validate', '--no-net', DATA / f'{APP_ID}.metainfo.xml')
    tap.case('icons', lambda: list(icons()))
    tap.case('manual', manual)
    tap.case('options are documented', lambda: list(options_documented()))
    tap.case('versions agree', lambda: list(version()))
    tap.case('flatpak manifest', lambda: list(manifest()))
    for path in sorted((DATA / 'samples').glob('*.json')):
        tap.case(f'sample {path.name}', lambda path=path: list(sample(path)))
    for path in sorted(DATA.glob('*.schema.json')):
        tap.case(f'{path.name} is JSON', lambda path=path: None if json.loads(path.read_text()) else ['empty'])
    for script in SCRIPTS:
        tap.case(f'{script} parses', run, 'bash', '-n', tree.ROOT / script)
    tap.case('shellcheck', run, 'shellcheck', '-x', '-P', tree.ROOT, *(tree.ROOT / script for script in SCRIPTS if script != 'data/completions/nudge'))
    tap.end()


if __name__ == '__main__':
    main()
