#!/usr/bin/python3
"""session.py NUDGE MODULE PICTURES: the whole program as a person with a screen reader and a keyboard meets it (TAP).

A picture of the screen after each step is left in the folder PICTURES."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

try:
    import gi
    gi.require_version('Atspi', '2.0')
    from gi.repository import Atspi, GLib
except (ImportError, ValueError) as problem:
    print(f'1..0 # SKIP {problem}')
    sys.exit(0)

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from kicad import nets  # noqa: E402

SAMPLE = Path(__file__).resolve().parents[2] / 'data/samples/esp32-c6-devboard.json'
PATIENCE = 20
Atspi.set_timeout(1000 * PATIENCE, 1000 * PATIENCE)


def walk(node, into_lists=True):
    todo = [node]
    while todo:
        node = todo.pop()
        try:
            yield node
            if into_lists or node.get_role_name() != 'list':
                todo += [node.get_child_at_index(i) for i in reversed(range(node.get_child_count()))]
        except Exception:  # a widget may go while the tree is read
            continue


def banner(root, text):
    """The label with that text that stands in no list: the log lists what banners said."""
    return next((node for node in walk(root, into_lists=False)
                 if node is not None and node.get_role_name() == 'label' and text in (node.get_name() or '')), None)


# Later releases of AT-SPI call some roles otherwise.
ROLES = {'push button': ('push button', 'button')}


def find(root, role=None, name=None):
    for node in walk(root):
        try:
            if node is not None and (not role or node.get_role_name() in ROLES.get(role, (role,))) and (not name or name in (node.get_name() or '')):
                return node
        except GLib.Error:  # a widget may go while it is asked
            continue
    return None


def wait_for(what, question):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        answer = question()
        if answer:
            return answer
        time.sleep(0.05)
    raise AssertionError(f'waited {PATIENCE} s for {what}')


def application():
    desktop = Atspi.get_desktop(0)
    for i in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(i)
        if child is not None and 'nudge' in (child.get_name() or '').lower():
            return child
    return None


def press(button):
    assert Atspi.Action.do_action(button.get_action_iface(), 0)


def drag(x, y, to_x, to_y):
    steps = [('mousemove', x, y), ('mousedown', 1), ('mousemove', (x + to_x) // 2, (y + to_y) // 2), ('mousemove', to_x, to_y), ('mouseup', 1)]
    for step in steps:
        subprocess.run(['xdotool', *map(str, step)], check=True)
        time.sleep(0.05)


def keys(*names):
    subprocess.run(['xdotool', 'key', *names], check=True)


class Session:
    def __init__(self, program, folder):
        self.out = Path(folder) / 'out'
        environment = dict(os.environ, NUDGE_CHOOSE=str(self.out))
        self.circuit = Path(folder) / 'board.json'
        shutil.copyfile(SAMPLE, self.circuit)
        self.log = Path(folder) / 'log'
        with open(self.log, 'wb') as log:
            self.process = subprocess.Popen([program, str(self.circuit)], env=environment, stderr=log)
        self.app = None

    def test_opens(self):
        self.app = wait_for('the program', application)
        wait_for('the frame', lambda: find(self.app, 'frame', 'board.json'))
        wait_for('the sheet', lambda: find(self.app, name='Sheet ESP32_C6_DevBoard'))

    def test_lists_sheets(self):
        for sheet in ('ESP32_C6_DevBoard', 'USB_Port', 'Power_Supply', 'MCU', 'Status_LED2'):
            assert find(self.app, 'label', sheet), sheet

    def test_switches_sheet(self):
        self.focus()
        keys('Page_Down')
        wait_for('the next sheet', lambda: find(self.app, name='Sheet USB_Port'))
        keys('alt+BackSpace')
        wait_for('the root', lambda: find(self.app, name='Sheet ESP32_C6_DevBoard'))

    def test_selects_by_key(self):
        keys('period')
        wait_for('a selection', lambda: find(self.app, name='selected:'))
        keys('Escape')
        wait_for('no selection', lambda: not find(self.app, name='selected:'))

    def test_zooms(self):
        keys('Home')
        keys('Home')
        wait_for('the whole sheet', lambda: self.zoom() < 100)
        before = self.zoom()
        keys('F1')
        wait_for('a nearer view', lambda: self.zoom() > before)
        keys('Home')
        wait_for('the whole sheet', lambda: self.zoom() == before)

    def zoom(self):
        return int(find(self.app, 'label', ' %').get_name().split()[0])

    def test_nudges_and_undoes(self):
        keys('period')
        wait_for('a selection', lambda: find(self.app, name='selected:'))
        keys('Right', 'Right', 'ctrl+Down')
        wait_for('the mark of what is unsaved', lambda: find(self.app, 'frame', '• board.json'))
        keys('l')
        wait_for('the lock', lambda: find(self.app, name=', locked'))
        keys('l', 'r')
        wait_for('no lock', lambda: not find(self.app, name=', locked'))
        keys('ctrl+z', 'ctrl+z', 'ctrl+z', 'ctrl+z')
        wait_for('a clean document', lambda: not find(self.app, 'frame', '•'))

    def test_places_again(self):
        keys('Left')
        wait_for('a change', lambda: find(self.app, 'frame', '•'))
        self.act('win.reset')
        wait_for('the old place', lambda: not find(self.app, 'frame', '•'))

    def test_finds_a_part(self):
        keys('ctrl+f')
        wait_for('the list of parts', lambda: find(self.app, name='Search Parts'))
        subprocess.run(['xdotool', 'type', 'R10'], check=True)
        keys('Return')
        wait_for('the part on the sheet', lambda: find(self.app, name='selected: R10'))
        assert find(self.app, 'label', 'R10')

    def test_replaces_a_symbol(self):
        self.act('win.replace-symbol')
        dialog = wait_for('the search', lambda: find(self.app, name='Symbol for R10'))
        self.focus('Symbol for R10')
        keys('ctrl+a')
        subprocess.run(['xdotool', 'type', 'Device:R_US'], check=True)
        wait_for('the symbol', lambda: find(dialog, 'label', 'Device:R_US'))
        press(find(dialog, 'push button', 'Use Symbol'))
        wait_for('the end of the search', lambda: not find(self.app, name='Symbol for R10'))
        self.focus()

    def test_saves(self):
        keys('ctrl+s')
        wait_for('the message', lambda: find(self.app, 'label', 'Saved board.nudge'))
        assert self.circuit.with_suffix('.nudge').is_file()

    def test_follows_the_file(self):
        text = self.circuit.read_text(encoding='utf-8')
        self.circuit.write_text(text[:len(text) // 2], encoding='utf-8')
        wait_for('the banner', lambda: banner(self.app, 'board.json: N'))
        self.circuit.write_text(text.replace('"470"', '"680"'), encoding='utf-8')
        wait_for('no banner', lambda: not banner(self.app, 'board.json: N'))

    def test_compares(self):
        press(find(self.app, 'toggle button', 'Compare') or find(self.app, 'push button', 'Compare'))
        wait_for('the menu', lambda: find(self.app, name='With What Was Opened'))
        keys('Return')
        wait_for('the list of changes', lambda: find(self.app, 'label', ' change'))
        assert find(self.app, 'label', '470 → 680'), 'the change of a value is not listed'

    def test_divides(self):
        press(wait_for('the button', lambda: find(self.app, 'push button', 'Divide')))
        handle = wait_for('the handle', lambda: find(self.app, 'slider', 'Border between'))

        def place():
            box = Atspi.Component.get_extents(handle, Atspi.CoordType.WINDOW)
            return box.x + box.width // 2, box.y + box.height // 2

        wait_for('its place', lambda: place()[0] > 0)
        x, y = place()
        drag(x, y, x + 120, y)
        wait_for('the handle to follow the mouse', lambda: abs(place()[0] - x - 120) < 12)
        end = place()[0]
        keys('Left')
        wait_for('a step to the left', lambda: place()[0] < end)
        keys('Home')
        wait_for('the left edge', lambda: place()[0] < x - 100)
        press(find(self.app, 'push button', 'Divide'))

    def test_exports(self):
        press(wait_for('the button', lambda: find(self.app, 'push button', 'Export')))
        dialog = wait_for('what would be written', lambda: find(self.app, name='Export KiCad Project'))
        assert find(dialog, 'label', 'MCU.kicad_sch') and find(dialog, 'label', 'new')
        press(find(dialog, 'push button', 'Export'))
        wait_for('the message', lambda: find(self.app, 'label', 'files written to'))
        names = {path.name for path in self.out.iterdir()}
        assert {'ESP32_C6_DevBoard.kicad_pro', 'ESP32_C6_DevBoard.kicad_sch', 'MCU.kicad_sch'} <= names, names
        assert find(self.app, 'push button', 'Open Folder')
        written = ''.join(path.read_text(encoding='utf-8') for path in self.out.glob('*.kicad_sch'))
        assert '"680"' in written, 'the old circuit was written'
        assert '"Device:R_US"' in written, 'the old symbol was written'

    def test_opens_in_kicad(self):
        if not shutil.which('kicad-cli'):
            return
        netlist = self.out.with_name('kicad.xml')
        subprocess.run(['kicad-cli', 'sch', 'export', 'netlist', '--format', 'kicadxml', '-o', netlist, self.out / 'ESP32_C6_DevBoard.kicad_sch'],
                       check=True, stdout=subprocess.DEVNULL)
        expected, references = nets.circuit_nets(json.loads(self.circuit.read_text(encoding='utf-8')))
        found, found_references = nets.kicad_nets(netlist)
        problems = nets.reference_differences(references, found_references) + nets.differences(expected, found)
        assert not problems, problems

    def test_ends(self):
        self.focus()
        keys('ctrl+q')
        assert self.process.wait(timeout=PATIENCE) == 0

    def test_said_nothing(self):
        wrong = re.findall(r'.*(?:WARNING|CRITICAL|ERROR|runtime error|AddressSanitizer).*', self.log.read_text(encoding='utf-8'))
        assert not wrong, wrong[:8]

    def focus(self, name='board.json'):
        window = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', name], capture_output=True, text=True, check=True)
        subprocess.run(['xdotool', 'windowfocus', '--sync', window.stdout.split()[0]], check=True)

    def act(self, name):
        actions = find(self.app, 'frame', 'board.json').get_action_iface()
        names = [Atspi.Action.get_action_name(actions, i) for i in range(Atspi.Action.get_n_actions(actions))]
        assert Atspi.Action.do_action(actions, names.index(name)), names

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def take_picture(path):
    if shutil.which('import'):
        subprocess.run(['import', '-window', 'root', str(path)], check=False)


def main():
    tests = [name for name in Session.__dict__ if name.startswith('test_')]
    failed = 0
    print(f'1..{len(tests)}', flush=True)
    with tempfile.TemporaryDirectory() as folder:
        session = Session(sys.argv[1], folder)
        pictures = Path(sys.argv[3])
        pictures.mkdir(exist_ok=True)
        for number, name in enumerate(tests, 1):
            try:
                getattr(session, name)()
                take_picture(pictures / f'{number:02}-{name[5:]}.png')
                print(f'ok {number} {name}', flush=True)
            except Exception as problem:
                failed += 1
                take_picture(pictures / f'{number:02}-{name[5:]}.png')
                print(f'not ok {number} {name}\n# {problem!r}', flush=True)
        session.close()
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
