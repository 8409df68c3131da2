"""test_text_flow.py NUDGE: the text-flow layout stands where circuit-synth puts parts and sheet boxes, to 1e-6 mm.

Compared with the projects that circuit-synth itself wrote; what it gets wrong by its own rules (units of one part on
one another, sheets beyond A3) is not."""

import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from kicad import sexpr  # noqa: E402
from tap import Skip, Tap  # noqa: E402

TOLERANCE = 1e-6
NOT_COMPARABLE = {'feat_multiunit': 'its units are stacked by fault', 'flat_200': 'beyond A3 it falls back to a grid'}


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


def check(nudge, folder):
    circuit = next(path for path in sorted(folder.glob('*.json')) if path.name != 'truth.json')
    with tempfile.TemporaryDirectory() as out:
        run = subprocess.run([nudge, '-q', '--layout', 'text-flow', '--export', out, circuit], capture_output=True, text=True, check=False)
        if run.returncode != 0:
            return [f'exit {run.returncode}', run.stderr]
        problems = []
        for sheet in sorted(folder.glob('*.kicad_sch')):
            ours = pathlib.Path(out, sheet.name)
            problems += differences(places(sheet), places(ours)) if ours.exists() else [f'{sheet.name} is not written']
        return problems


def compare(nudge, folder):
    if folder.name in NOT_COMPARABLE:
        raise Skip(NOT_COMPARABLE[folder.name])
    return check(nudge, folder)


def main():
    tap = Tap()
    golden = pathlib.Path(os.environ.get('NUDGE_SHARED', 'shared')) / 'golden' / 'head'
    folders = sorted(folder for folder in golden.glob('*') if folder.is_dir())
    if not folders or not pathlib.Path('/usr/share/kicad/symbols/Device.kicad_sym').exists():
        tap.result('text-flow positions', skip='neither golden projects nor KiCad symbols here')
    else:
        for folder in folders:
            tap.case(f'text-flow positions of {folder.name}', compare, sys.argv[1], folder)
    tap.end()


if __name__ == '__main__':
    main()
