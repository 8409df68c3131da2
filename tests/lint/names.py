#!/usr/bin/env python3
"""names.py: nothing stands where it does not belong, and no file names a machine."""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from lint import tree  # noqa: E402
from tap import Tap  # noqa: E402

TOP_LEVEL = {'meson.build', 'README.md', 'LICENSE', 'engine', 'ui', 'app', 'resources', 'data', 'flatpak', 'tests'}
# Mirrors and package registries: everything comes by the package manager that the machine is set up for.
HOSTS = re.compile(r'\b((deb|ftp|security|snapshot)\.debian\.org|pypi\.org|pythonhosted\.org|npmjs\.(org|com)|crates\.io|'
                   r'(ghcr|quay|docker)\.io|rubygems\.org|nuget\.org|golang\.org|maven\.org|flathub\.org)\b')
MACHINE_PATHS = re.compile(r'(?<![\w.${}])/(work|tmp|home|root)/\w')
CODE_LINE = re.compile(r'^NUDGE_CODE \((\d+), (\w+), (INFO|WARNING|ERROR), N_\("((?:[^"\\]|\\.)+)"\), N_\("((?:[^"\\]|\\.)+)"\)\)$')


def top_level():
    for name in sorted({path.parts[0] for path in tree.all_files()}):
        if name not in TOP_LEVEL and not name.startswith('.'):
            yield f'{name} is not a name of the top level'


def file_names():
    for path in tree.all_files():
        if not re.fullmatch(r'[A-Za-z0-9._/+-]+', str(path)):
            yield f'{path}: an odd name'


def matches(pattern):
    for path in tree.text_files():
        for number, line in enumerate(tree.lines(path), 1):
            match = pattern.search(line)
            if match:
                yield f'{path}:{number}: {match[0]}'


def codes():
    """(number, name, severity, summary, hint) of each diagnostic; a line that is none is a problem."""
    found, problems = [], []
    for number, line in enumerate(tree.lines(pathlib.Path('engine/base/diagnostic-codes.def')), 1):
        match = CODE_LINE.match(line)
        if match:
            found.append((int(match[1]), match[2], match[3], match[4], match[5]))
        elif line.startswith('NUDGE_CODE'):
            problems.append(f'diagnostic-codes.def:{number}: {line}')
    return found, problems


def registry():
    found, problems = codes()
    yield from problems
    if len(found) < 40:
        yield f'only {len(found)} codes were found'
    numbers = [code[0] for code in found]
    names = [code[1] for code in found]
    for number in sorted({number for number in numbers if numbers.count(number) > 1}):
        yield f'{number} is used twice'
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f'{name} is used twice'
    if numbers != sorted(numbers):
        yield 'the codes are not in order'
    for number, name, _, summary, hint in found:
        if summary.endswith('.') or not hint.endswith('.'):
            yield f'{number} {name}: the summary has no full stop, the hint has one'


def used_codes():
    found, _ = codes()
    text = '\n'.join((tree.ROOT / path).read_text(encoding='utf-8') for path in tree.c_files('engine', 'ui', 'app'))
    for number, name, *_ in found:
        if not re.search(rf'\bNUDGE_CODE_{name}\b', text):
            yield f'{number} {name} is never reported'


def main():
    tap = Tap()
    tap.case('the top level holds what it may', lambda: list(top_level()))
    tap.case('file names are plain', lambda: list(file_names()))
    tap.case('no registry is named', lambda: list(matches(HOSTS)))
    tap.case('no path of a machine is named', lambda: list(matches(MACHINE_PATHS)))
    tap.case('every code is reported somewhere', lambda: list(used_codes()))
    tap.case('the registry of codes is sound', lambda: list(registry()))
    tap.end()


if __name__ == '__main__':
    main()
