#!/usr/bin/env python3
"""translations.py: every text that a person sees is marked, and every language has all of them."""

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

CATALOGUES = tree.ROOT / 'data/po'
MARKED = re.compile(r'\b(?:_|N_|C_|ngettext|g_dngettext) ?\(')
# What meson's preset "glib" tells xgettext.
KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'ngettext:1,2', 'g_dngettext:2,3']
SHOWN = {'label', 'title', 'tooltip-text', 'placeholder-text', 'secondary-text', 'description'}
# The same in every language.
UNTRANSLATED = {'Nudge', 'X', 'Y'}


def run(*command):
    if not shutil.which(command[0]):
        raise Skip(f'there is no {command[0]}')
    return subprocess.run([str(word) for word in command], cwd=tree.ROOT, capture_output=True, text=True, check=False)


def listed():
    return [line for line in (CATALOGUES / 'POTFILES').read_text(encoding='utf-8').splitlines() if line]


def sources():
    for path in tree.all_files():
        if path.parts[0] in ('app', 'engine', 'ui') and path.suffix in ('.c', '.h', '.def'):
            if MARKED.search((tree.ROOT / path).read_text(encoding='utf-8')):
                yield str(path)
        elif path.parts[0] == 'resources' and path.suffix == '.ui':
            yield str(path)
        elif path.parts[0] == 'data' and path.name.endswith(('.desktop', '.metainfo.xml', '.gschema.xml')):
            yield str(path)


def potfiles():
    names = listed()
    if names != sorted(names):
        yield 'POTFILES is not sorted'
    for name in sorted(set(sources()) - set(names)):
        yield f'POTFILES lacks {name}'
    for name in sorted(set(names) - set(sources())):
        yield f'POTFILES lists {name}, which has no texts'


def unmarked():
    """Texts of the .ui files that are not marked as translatable."""
    for path in tree.all_files():
        if path.parts[0] != 'resources' or path.suffix != '.ui':
            continue
        root = ElementTree.parse(tree.ROOT / path).getroot()
        if root.get('domain') is None:
            yield f'{path} names no domain'
        for node in root.iter():
            shown = node.tag in ('property', 'attribute') and node.get('name') in SHOWN
            text = (node.text or '').strip()
            if shown and node.get('translatable') != 'yes' and re.search('[A-Za-z]', text) and text not in UNTRANSLATED:
                yield f'{path}: “{text}” is not marked'


def template(folder):
    path = pathlib.Path(folder) / 'nudge.pot'
    result = run('xgettext', '-f', CATALOGUES / 'POTFILES', '-D', tree.ROOT, '-o', path, '--from-code=UTF-8',
                 *(f'--keyword={word}' for word in KEYWORDS))
    if result.returncode:
        raise AssertionError(result.stderr)
    return path


def catalogue(path):
    result = run('msgfmt', '--check', '--output-file=/dev/null', path)
    if result.returncode:
        yield result.stderr
    with tempfile.TemporaryDirectory() as folder:
        # Counts what is missing, untranslated or fuzzy as an error.
        result = run('msgcmp', path, template(folder))
        if result.returncode:
            yield result.stderr
    marks = re.compile(r'^#, .*\bfuzzy\b', re.M)
    if marks.search(path.read_text(encoding='utf-8')):
        yield f'{path.name} has fuzzy entries'


def accelerators(path):
    """A text with a mnemonic has one in every language, once."""
    text = path.read_text(encoding='utf-8')
    for original, translated in re.findall(r'^msgid "([^"\n]*)"\nmsgstr "([^"\n]*)"$', text, re.M):
        if original.count('_') == 1 and re.search(r'(^|\w|\b)_\w', original) and '%' not in original and translated.count('_') != 1:
            yield f'{path.name}: “{original}” has a mnemonic, “{translated}” has {translated.count("_")}'


def main():
    tap = Tap()
    tap.case('POTFILES lists every file with texts', lambda: list(potfiles()))
    tap.case('every text of the .ui files is marked', lambda: list(unmarked()))
    for language in (CATALOGUES / 'LINGUAS').read_text(encoding='utf-8').split():
        path = CATALOGUES / f'{language}.po'
        tap.case(f'{language} is complete', lambda path=path: list(catalogue(path)))
        tap.case(f'{language} keeps mnemonics', lambda path=path: list(accelerators(path)))
    tap.end()


if __name__ == '__main__':
    main()
