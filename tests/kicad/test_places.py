"""test_places.py NUDGE: two layouts stand where circuit-synth puts parts and sheet boxes, to 1e-6 mm.

Text flow is compared with the projects that release 0.12.1 wrote, the connection-aware layout with those of July 2025;
what circuit-synth gets wrong by its own rules (units of one part on one another, sheets beyond the paper) is not."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from kicad import sexpr  # noqa: E402
from tap import Skip, Tap  # noqa: E402

TOLERANCE = 1e-6
LAYOUTS = {'text-flow': 'head', 'connection-aware': 'seed'}
NOT_COMPARABLE = {
    ('text-flow', 'feat_multiunit'): 'its units are stacked by fault',
    ('text-flow', 'flat_200'): 'beyond A3 it falls back to a grid',
    ('connection-aware', 'flat_50'): 'most of its parts stand off the page',
    ('connection-aware', 'example_project'): 'it was placed in sequence',
}


def property_of(item, name):
    return next(entry[2] for entry in sexpr.children(item, 'property') if entry[1] == name)


def places(path):
    """Name -> place of every part (with its angle) and sheet box of a file."""
    sheet = sexpr.parse(path.read_text(encoding='utf-8'))
    found = {}
    for symbol in sexpr.children(sheet, 'symbol'):
        reference = property_of(symbol, 'Reference')
        if not reference.startswith('#'):
            found[reference] = [float(number) for number in sexpr.children(symbol, 'at')[0][1:4]]
    for box in sexpr.children(sheet, 'sheet'):
        # Their widths differ: ours end on the grid, since pins stand there.
        found['sheet ' + property_of(box, 'Sheetname')] = [float(number) for number in sexpr.children(box, 'at')[0][1:3]]
    return found


def differences(expected, found):
    for name, numbers in expected.items():
        if name not in found:
            yield f'{name} is missing'
        elif any(abs(a - b) > TOLERANCE for a, b in zip(numbers, found[name])):
            yield f'{name} stands at {found[name]}, expected {numbers}'


def is_cover(path, circuit):
    """In July 2025 a sheet of fixed text came before the circuit's own."""
    return path.stem == path.parent.name and path.stem != json.loads(circuit.read_text(encoding='utf-8'))['name']


def check(nudge, layout, folder):
    circuit = next(path for path in sorted(folder.glob('*.json')) if path.name != 'truth.json')
    with tempfile.TemporaryDirectory() as out:
        run = subprocess.run([nudge, '-q', '--layout', layout, '--export', out, circuit], capture_output=True, text=True, check=False)
        if run.returncode != 0:
            return [f'exit {run.returncode}', run.stderr]
        problems = []
        for sheet in sorted(path for path in folder.glob('*.kicad_sch') if layout == 'text-flow' or not is_cover(path, circuit)):
            ours = pathlib.Path(out, sheet.name)
            problems += differences(places(sheet), places(ours)) if ours.exists() else [f'{sheet.name} is not written']
        return problems


def compare(nudge, layout, folder):
    if (layout, folder.name) in NOT_COMPARABLE:
        raise Skip(NOT_COMPARABLE[layout, folder.name])
    return check(nudge, layout, folder)


def main():
    tap = Tap()
    golden = pathlib.Path(os.environ.get('NUDGE_SHARED', 'shared')) / 'golden'
    for layout, release in LAYOUTS.items():
        folders = sorted(folder for folder in (golden / release).glob('*') if folder.is_dir())
        if not folders or not pathlib.Path('/usr/share/kicad/symbols/Device.kicad_sym').exists():
            tap.result(f'{layout} positions', skip='neither golden projects nor KiCad symbols here')
        for folder in folders:
            tap.case(f'{layout} positions of {folder.name}', compare, sys.argv[1], layout, folder)
    tap.end()


if __name__ == '__main__':
    main()
