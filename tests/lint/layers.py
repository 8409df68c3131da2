#!/usr/bin/env python3
"""layers.py LIBNUDGE PROGRAM HEADER...: every arrow between the parts of the program points one way."""

import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from lint import tree  # noqa: E402
from tap import Skip, Tap  # noqa: E402

# What each module of the engine may include, itself apart.
ENGINE = {
    'base': [],
    'text': ['base'],
    'circuit': ['base', 'text'],
    'library': ['base', 'text', 'circuit'],
    'layout': ['base', 'text', 'circuit', 'library'],
    'drawing': ['base', 'text', 'circuit', 'library', 'layout'],
    'arrange': ['base', 'text', 'circuit', 'library', 'layout', 'drawing'],
    'kicad': ['base', 'text', 'circuit', 'library', 'layout', 'drawing'],
    'project': ['base', 'text', 'circuit', 'library', 'layout', 'drawing', 'arrange', 'kicad'],
}
ENGINE_LIBRARIES = re.compile(r'^(libglib-2|libgobject-2|libgio-2|libjson-glib-1|libm\.|libc\.|libgcc_s|ld-linux|libasan|libubsan)')
TOOLKITS = re.compile(r'^(gtk|gdk|gsk|adwaita|pango|graphene)')
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def includes(path):
    for number, line in enumerate(tree.lines(path), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match[1]


def engine_toolkit_includes():
    for path in tree.c_files('engine'):
        for number, name in includes(path):
            if TOOLKITS.match(name) or name.startswith('cairo'):
                yield f'{path}:{number}: the engine includes {name}'


def engine_module_includes():
    for path in tree.c_files('engine'):
        if len(path.parts) < 3:
            continue
        module = path.parts[1]
        allowed = {module, *ENGINE.get(module, [])}
        for number, name in includes(path):
            other = name.split('/')[0] if '/' in name else module
            if other in ENGINE and other not in allowed:
                yield f'{path}:{number}: {module} includes {name}'


def paint_includes():
    for path in tree.c_files('ui'):
        if path.parts[:2] != ('ui', 'paint'):
            continue
        for number, name in includes(path):
            if TOOLKITS.match(name) or name.split('/')[0] in ('canvas', 'panels', 'dialogs'):
                yield f'{path}:{number}: the painter includes {name}'


def app_includes():
    for path in tree.c_files('app'):
        for number, name in includes(path):
            if TOOLKITS.match(name):
                yield f'{path}:{number}: the program includes {name}'


def needed(binary):
    if not shutil.which('readelf'):
        raise Skip('there is no readelf')
    text = subprocess.run(['readelf', '-d', binary], capture_output=True, text=True, check=True).stdout
    return re.findall(r'\(NEEDED\).*\[(.*?)\]', text)


def library_needs(library):
    found = needed(library)
    if not found:
        yield f'readelf found nothing that {library} needs'
    for name in found:
        if not ENGINE_LIBRARIES.match(name):
            yield f'libnudge needs {name}'


def program_needs(program):
    found = needed(program)
    if not any(name.startswith('libnudge.so') for name in found):
        yield 'nudge does not link libnudge'
    for name in found:
        if re.match(r'lib(gtk|gdk|pango|adwaita|graphene|X11|wayland)', name):
            yield f'nudge needs {name}'


def exported(library):
    if not shutil.which('nm'):
        raise Skip('there is no nm')
    text = subprocess.run(['nm', '-D', '--defined-only', library], capture_output=True, text=True, check=True).stdout
    names = [line.split()[-1] for line in text.splitlines()]
    if not names:
        yield 'libnudge exports nothing'
    for name in names:
        if not name.startswith('nudge_'):
            yield f'libnudge exports {name}'


def header_alone(header, compiler, language, standard):
    if not shutil.which(compiler):
        raise Skip(f'there is no {compiler}')
    flags = subprocess.run(['pkg-config', '--cflags', 'gio-2.0'], capture_output=True, text=True, check=True).stdout.split()
    root = tree.ROOT / 'engine'
    source = f'#include "{pathlib.Path(header).resolve().relative_to(root.resolve())}"\n'
    result = subprocess.run([compiler, '-fsyntax-only', '-x', language, f'-std={standard}', '-Wall', '-Wextra', '-Werror',
                             '-Wno-unused-parameter', f'-I{root}', *flags, '-'],
                            input=source, capture_output=True, text=True, check=False)
    return [result.stderr] if result.returncode else []


def main():
    tap = Tap()
    library, program, *headers = sys.argv[1:]
    tap.case('the engine includes no toolkit', lambda: list(engine_toolkit_includes()))
    tap.case('the engine\'s modules include only what is below them', lambda: list(engine_module_includes()))
    tap.case('the painter includes no toolkit', lambda: list(paint_includes()))
    tap.case('the program includes no toolkit', lambda: list(app_includes()))
    tap.case('libnudge links nothing but GLib and json-glib', lambda: list(library_needs(library)))
    tap.case('libnudge exports only nudge_*', lambda: list(exported(library)))
    tap.case('nudge links no toolkit', lambda: list(program_needs(program)))
    for header in headers:
        name = pathlib.Path(header).name
        tap.case(f'{name} stands alone in C11', header_alone, header, 'cc', 'c', 'c11')
        tap.case(f'{name} stands alone in C++17', header_alone, header, 'c++', 'c++', 'c++17')
    tap.end()


if __name__ == '__main__':
    main()
