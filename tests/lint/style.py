#!/usr/bin/env python3
"""style.py: what the sources look like. Long functions are named from 60 lines on and fail from 120 on."""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from lint import tree  # noqa: E402
from tap import Tap  # noqa: E402

MAX_FILE, LONG_FILE = 800, 600
MAX_FUNCTION, LONG_FUNCTION = 120, 60
MAX_LINE = 160
UNFINISHED = re.compile(r'\b(TO' r'DO|FIX' r'ME|XX' r'X|HA' r'CK)\b')
CODE = re.compile(r'^\s*//')


def functions(lines):
    """Yields (name, first line, length) of each function of a GNU-style C file."""
    name, start = None, 0
    for number, line in enumerate(lines, 1):
        if line == '{' and number > 1:
            head = next((text for text in reversed(lines[max(0, number - 12):number - 1]) if re.match(r'^\w+ \(', text)), None)
            name, start = (head.split(' ')[0] if head else None), number
        elif line == '}' and name is not None:
            yield name, start, number - start - 1
            name = None


def long_functions(tap):
    for path in tree.c_files():
        for name, start, length in functions(tree.lines(path)):
            if length > MAX_FUNCTION:
                yield f'{path}:{start}: {name} has {length} lines'
            elif length > LONG_FUNCTION:
                tap.note(f'{path}:{start}: {name} has {length} lines')


def long_files(tap):
    for path in tree.text_files():
        if path.suffix not in ('.c', '.h', '.py', ''):
            continue
        length = len(tree.lines(path))
        if length > MAX_FILE:
            yield f'{path} has {length} lines'
        elif length > LONG_FILE:
            tap.note(f'{path} has {length} lines')


def bad_lines():
    for path in tree.text_files():
        if path.name == 'Makefile':
            continue
        text = (tree.ROOT / path).read_text(encoding='utf-8')
        if text and not text.endswith('\n'):
            yield f'{path}: no newline at the end'
        for number, line in enumerate(text.split('\n'), 1):
            if line != line.rstrip():
                yield f'{path}:{number}: blanks at the end'
            if '\t' in line and path.suffix in ('.c', '.h', '.py', '.build'):
                yield f'{path}:{number}: a tab'
            if len(line) > MAX_LINE and path.suffix in ('.c', '.h', '.py', ''):
                yield f'{path}:{number}: {len(line)} characters'


def unfinished():
    for path in tree.text_files():
        for number, line in enumerate(tree.lines(path), 1):
            if UNFINISHED.search(line):
                yield f'{path}:{number}: {line.strip()}'


def comments():
    for path in tree.c_files():
        for number, line in enumerate(tree.lines(path), 1):
            if CODE.match(line):
                yield f'{path}:{number}: a // comment'


def headers_guarded():
    for path in tree.c_files():
        if path.suffix == '.h' and '#pragma once' not in tree.lines(path):
            yield f'{path}: no #pragma once'


def main():
    tap = Tap()
    tap.case('no function is longer than 120 lines', lambda: list(long_functions(tap)))
    tap.case('no file is longer than 800 lines', lambda: list(long_files(tap)))
    tap.case('lines are clean', lambda: list(bad_lines()))
    tap.case('nothing is marked unfinished', lambda: list(unfinished()))
    tap.case('comments are C comments', lambda: list(comments()))
    tap.case('headers are guarded', lambda: list(headers_guarded()))
    tap.end()


if __name__ == '__main__':
    main()
