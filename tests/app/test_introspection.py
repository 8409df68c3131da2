#!/usr/bin/env python3
"""test_introspection.py SAMPLE: what another language sees of libnudge, through its typelib.

Findings are left out: a binding hands over a copy of a list, which a C function cannot append to."""

import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from tap import Tap  # noqa: E402


# NUDGE_NONE, which the scanner cannot compute.
NONE = 2**32 - 1


def read(nudge, path):
    return nudge.Circuit.read_file(str(path), None)


def draw(nudge, circuit):
    library = nudge.Library.new()
    library.add_default_folders(None)
    layout = nudge.Layout.new(circuit, library, None)
    return nudge.draw(nudge.arrange(layout, None, None, None), None)


def reads(nudge, sample):
    circuit = read(nudge, sample)
    if circuit.n_parts != 32:
        yield f'{circuit.n_parts} parts'
    if circuit.find_part(NONE, 'U2') == NONE:
        yield 'there is no U2'
    if circuit.find_part(NONE, 'U99') != NONE:
        yield 'there is a U99'


def refuses(nudge, glib):
    try:
        nudge.Circuit.read_bytes(glib.Bytes.new(b'{'), None, None)
    except glib.Error as error:
        if not error.matches(nudge.error_quark(), nudge.Error.INPUT):
            yield f'another error: {error}'
    else:
        yield 'half a circuit was read'


def exports(nudge, sample):
    drawing = draw(nudge, read(nudge, sample))
    if not nudge.prove(drawing, None):
        yield 'the drawing is not proven'
    with tempfile.TemporaryDirectory() as folder:
        done, written = nudge.project_export(drawing, folder, nudge.ExportFlags.DEFAULT, None)
        names = sorted(path.name for path in pathlib.Path(folder).iterdir() if not path.name.startswith('.'))
    if not done or sorted(written) != names or len(names) < 5:
        yield f'written: {written}, found: {names}'


def main():
    tap = Tap()
    try:
        import gi
        gi.require_version('Nudge', '0')
        from gi.repository import GLib, Nudge
    except ImportError as reason:
        tap.result('the typelib can be used', skip=str(reason))
        tap.end()
    sample = pathlib.Path(sys.argv[1])
    tap.case('a circuit is read', lambda: list(reads(Nudge, sample)))
    tap.case('an error is an exception', lambda: list(refuses(Nudge, GLib)))
    tap.case('a project is exported', lambda: list(exports(Nudge, sample)))
    tap.end()


if __name__ == '__main__':
    main()
