"""test_synth.py NUDGE [FOLDER...]: --dialect circuit-synth writes what circuit-synth 0.12.1 writes, and
--dialect circuit-synth-2025 what it wrote in July 2025 (folders with a circuit.json).

Every file is compared word by word in the order in which they stand; numbers as they are written, those of July 2025 to
1e-6. UUIDs are random there: they must be ours one for one. Dates are left out. What differs on purpose is listed in
DEVIATIONS; the rest of such a file must be equal all the same, the deviation must be reported, and it must still be
there."""

import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from kicad import sexpr  # noqa: E402
from tap import Skip, Tap  # noqa: E402

UUID = re.compile(r'[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}')

# report: what the finding says; concerns: the elements (as sexpr lists) that may differ.
Deviation = collections.namedtuple('Deviation', 'report concerns')


def reference(item):
    return next((entry[2] for entry in sexpr.children(item, 'property') if entry[1] == 'Reference'), '')


def labels(*texts):
    return lambda item: item[0] == 'hierarchical_label' and item[1] in texts


def any_label(item):
    return item[0] == 'hierarchical_label'


def rails(item):
    return item[0] == 'symbol' and reference(item).startswith('#PWR')


def parts(*references):
    return lambda item: item[0] == 'symbol' and reference(item) in references


def library(*names):
    return lambda item: item[0] == 'symbol' and isinstance(item[1], str) and item[1] in names


def boxes(item):
    return item[0] == 'sheet'


def frames(item):
    return item[0] == 'rectangle' and len(item) == 6


def net(*names):
    return lambda item: item[0] == 'net' and item[2][1] in names


def either(*concerns):
    return lambda item: any(concern(item) for concern in concerns)


DEVIATIONS = {
    ('example_project', 'USB_Port.kicad_sch'): Deviation('J1 has several pins of one name', labels('USB_DP', 'USB_DM')),
    ('stm32_minimal', 'STM32_Minimal.kicad_sch'): Deviation('U1 has several pins of one name', either(labels('VCC_3V3'), rails)),
    ('feat_multiunit', 'feat_multiunit.kicad_sch'): Deviation('units of U1 stand apart', either(any_label, rails, parts('U1', 'U2'))),
    ('feat_nested', 'leaf.kicad_sch'): Deviation('rail GND has power symbols here', either(labels('GND'), rails, library('power:GND'))),
    ('feat_nested', 'feat_nested.net'): Deviation(None, net('LOCAL', '/branch/mid/leaf/LOCAL')),
    ('feat_reuse', 'feat_reuse.net'): Deviation(None, net('MID', '/div_2/MID', '/div_3/MID')),
    ('seed_example_kicad_project', 'Comms_processor.kicad_sch'): Deviation(
        'U1: pins of RF_Module:ESP32-S3-MINI-1 that stand at one place',
        either(parts('U1'), labels('GND'), library('RF_Module:ESP32-S3-MINI-1', 'ESP32-S3-MINI-1_1'))),
    ('seed_example_kicad_project', 'USB_Port.kicad_sch'): Deviation(
        'P1: pins of Connector:USB_C_Plug_USB2.0 that stand at one place',
        either(parts('P1'), library('Connector:USB_C_Plug_USB2.0', 'USB_C_Plug_USB2.0_1'))),
}


# Frames about parts were drawn on request; nothing in the circuit says so.
JULY = 'circuit-synth-2025'
JULY_TOLERANCE = 1e-6
JULY_LAYOUTS = {'example_project': 'circuit-synth-2025-sequence'}
JULY_DEVIATIONS = {
    ('example_project', 'USB_Port.kicad_sch'): Deviation('J1 has several pins of one name', labels('USB_DP', 'USB_DM')),
    ('feat_nested', 'branch.kicad_sch'): Deviation('box mid has a pin LOCAL', either(labels('GND', 'LOCAL'), boxes)),
    ('example_kicad_project', 'Debug_Header.kicad_sch'): Deviation(None, frames),
    ('example_kicad_project', 'HW_version.kicad_sch'): Deviation(None, frames),
    ('example_kicad_project', 'IMU_Circuit.kicad_sch'): Deviation(None, frames),
    ('example_kicad_project', 'regulator.kicad_sch'): Deviation(None, frames),
    ('example_kicad_project', 'Comms_processor.kicad_sch'): Deviation(
        'U1: pins of RF_Module:ESP32-S3-MINI-1 that stand at one place',
        either(frames, parts('U1'), labels('GND'), library('RF_Module:ESP32-S3-MINI-1', 'ESP32-S3-MINI-1_1'))),
    ('example_kicad_project', 'USB_Port.kicad_sch'): Deviation(
        'P1: pins of Connector:USB_C_Plug_USB2.0 that stand at one place',
        either(frames, parts('P1'), library('Connector:USB_C_Plug_USB2.0', 'USB_C_Plug_USB2.0_1'))),
}


class Comparison:
    """The UUIDs of a project and those that stand for them in ours."""

    def __init__(self, tolerance=None):
        self.ours = {}
        self.theirs = {}
        self.tolerance = tolerance

    def same_number(self, theirs, ours):
        try:
            return self.tolerance is not None and abs(float(theirs) - float(ours)) <= self.tolerance
        except ValueError:
            return False

    def same_word(self, theirs, ours):
        if self.same_number(theirs, ours):
            return True
        words = UUID.findall(theirs), UUID.findall(ours)
        if not words[0] or len(words[0]) != len(words[1]) or UUID.sub('', theirs) != UUID.sub('', ours):
            return theirs == ours
        return all(self.ours.setdefault(a, b) == b and self.theirs.setdefault(b, a) == a for a, b in zip(*words))

    def first_difference(self, theirs, ours, path=''):
        """Where two trees first differ, or None."""
        if isinstance(theirs, str) or isinstance(ours, str):
            same = isinstance(theirs, str) and isinstance(ours, str) and self.same_word(theirs, ours)
            return None if same else f'{path}: {str(theirs)[:90]!r} is {str(ours)[:90]!r}'
        name = theirs[0] if theirs and isinstance(theirs[0], str) else ''
        if name == 'date' and ours and ours[0] == 'date':
            return None
        for index, (a, b) in enumerate(zip(theirs, ours)):
            found = self.first_difference(a, b, f'{path}/{name}[{index}]')
            if found:
                return found
        return None if len(theirs) == len(ours) else f'{path}/{name}: {len(theirs)} elements are {len(ours)}'


def without(tree, concerns):
    """The tree without the elements that a deviation concerns."""
    return [without(item, concerns) if isinstance(item, list) and item and item[0] in ('lib_symbols', 'nets') else item
            for item in tree if not (isinstance(item, list) and item and concerns(item))]


def only(tree, concerns):
    """The net codes and UUIDs apart: the elements that a deviation concerns, as one text."""
    found = []
    for item in tree:
        if isinstance(item, list) and item:
            if item[0] in ('lib_symbols', 'nets'):
                found += only(item, concerns)
            elif concerns(item):
                found.append(UUID.sub('', repr(item)))
    return found


def compare_trees(comparison, name, theirs, ours, deviation):
    theirs, ours = sexpr.parse(theirs), sexpr.parse(ours)
    if deviation is not None:
        if only(theirs, deviation.concerns) == only(ours, deviation.concerns):
            yield f'{name}: the deviation is none (any more)'
        theirs, ours = without(theirs, deviation.concerns), without(ours, deviation.concerns)
    found = comparison.first_difference(theirs, ours)
    if found:
        yield f'{name}: {found}'


def find_circuit(folder):
    return next(path for path in sorted(folder.glob('*.json')) if path.name != 'truth.json')


def is_compared(path, july):
    """Not the input, and no board: Nudge makes none."""
    return path.name != 'truth.json' and not (july and path.suffix in ('.json', '.kicad_pcb'))


def check(nudge, folder):
    circuit = find_circuit(folder)
    july = circuit.name == 'circuit.json'
    comparison = Comparison(JULY_TOLERANCE if july else None)
    problems = []
    with tempfile.TemporaryDirectory() as out:
        out = pathlib.Path(out, next(folder.glob('*.kicad_pro')).stem)
        command = [nudge, '-v', '--dialect', JULY if july else 'circuit-synth', '--export', out, circuit]
        if july and folder.name in JULY_LAYOUTS:
            command += ['--layout', JULY_LAYOUTS[folder.name]]
        run = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
        if run.returncode != 0:
            return [f'exit {run.returncode}', run.stderr]
        for path in sorted(path for path in folder.iterdir() if is_compared(path, july)):
            ours = out / path.name
            deviation = (JULY_DEVIATIONS if july else DEVIATIONS).get((folder.name, path.name))
            if not ours.exists():
                problems.append(f'{path.name} is not written')
            elif path.suffix == '.json':
                problems += [] if ours.read_bytes() == path.read_bytes() else [f'{path.name} differs']
            elif path.suffix == '.kicad_pro':
                projects = [json.loads(file.read_text(encoding='utf-8')) for file in (path, ours)]
                if july:
                    projects[0]['boards'] = []
                found = comparison.first_difference(*map(repr_of, projects))
                problems += [f'{path.name}: {found}'] if found else []
            else:
                problems += compare_trees(comparison, path.name, path.read_text(encoding='utf-8'), ours.read_text(encoding='utf-8'), deviation)
            if deviation is not None and deviation.report is not None and deviation.report not in run.stderr:
                problems.append(f'{path.name}: nothing is said about “{deviation.report}”')
        written = {path.name for path in out.iterdir()} - {path.name for path in folder.iterdir()} - {'.nudge-manifest'}
        problems += [f'{name} is written besides' for name in sorted(written)]
    return problems


def repr_of(value):
    """JSON as a tree of lists and words."""
    if isinstance(value, dict):
        return [[key, repr_of(item)] for key, item in value.items()]
    if isinstance(value, list):
        return [repr_of(item) for item in value]
    return repr(value)


def compare(nudge, folder):
    if not pathlib.Path('/usr/share/kicad/symbols/Device.kicad_sym').exists():
        raise Skip('KiCad’s symbols are not installed')
    return check(nudge, folder)


def main():
    tap = Tap()
    nudge = pathlib.Path(sys.argv[1]).resolve()
    root = pathlib.Path(__file__).resolve().parents[2]
    shared = pathlib.Path(os.environ.get('NUDGE_SHARED') or root.parent / 'shared')
    folders = [pathlib.Path(name) for name in sys.argv[2:]] or sorted(path for path in shared.glob('golden/*/*') if path.is_dir())
    if not folders:
        tap.result('circuit-synth’s own projects', skip=f'there is no {shared}/golden')
    for folder in folders:
        when = 'in July 2025' if find_circuit(folder).name == 'circuit.json' else '0.12.1'
        tap.case(f'{folder.name}: as circuit-synth wrote it {when}', compare, nudge, folder)
    tap.end()


main()
