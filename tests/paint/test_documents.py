#!/usr/bin/env python3
"""test_documents.py NUDGE SIMILARITY: what other programs make of our PDF: its texts can be found, and its pages look like our PNG."""

import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from tap import Skip, Tap  # noqa: E402

CIRCUIT = pathlib.Path(__file__).resolve().parent / 'texts.json'
# In the order of the pages; markup is not part of a text, and its pieces are no words of their own.
PHRASES = [
    ['R1', '4k7 ±1 %', '10 kΩ', '22 µF', 'grün 60°', 'GND', 'CS', 'SDAlow', 'leaning and strong', 'uphill', 'overhead',
     'Щука Ωμέγα Łódź', 'Title: Texts', 'Id: 1/2'],
    ['R3', '33', 'CS', 'SDAlow', 'Sheet: /child/', 'Id: 2/2'],
]
DOTS_PER_MM = 8
# Over all windows, over inked windows: poppler moves thin lines onto pixels.
SIMILAR = (0.98, 0.88)


class Documents:
    def __init__(self, nudge, similarity, folder):
        self.nudge, self.similarity, self.folder = nudge, similarity, pathlib.Path(folder)

    def paint(self, kind, name):
        target = self.folder / name
        subprocess.run([self.nudge, '--export', target, '--format', kind, '-q', CIRCUIT], check=True)
        return sorted(target.glob(f'*.{kind}'))

    def texts_are_found(self):
        need('pdftotext')
        document, = self.paint('pdf', 'one')
        for page, phrases in enumerate(PHRASES, 1):
            text = subprocess.run(['pdftotext', '-f', str(page), '-l', str(page), '-enc', 'UTF-8', document, '-'],
                                  capture_output=True, check=True).stdout.decode()
            words = f' {" ".join(text.split())} '
            for phrase in phrases:
                if f' {phrase} ' not in words:
                    yield f'page {page} has no “{phrase}”, but {words}'

    def pages_look_the_same(self):
        need('pdftoppm')
        document, = self.paint('pdf', 'two')
        ours = self.paint('png', 'pixels')
        header = ours[0].read_bytes()[16:24]
        size = ['-W', str(int.from_bytes(header[:4], 'big')), '-H', str(int.from_bytes(header[4:], 'big'))]
        subprocess.run(['pdftoppm', '-png', '-r', str(DOTS_PER_MM * 25.4), *size, document, self.folder / 'page'], check=True)
        theirs = sorted(self.folder.glob('page-*.png'))
        if len(ours) != len(theirs):
            yield f'{len(theirs)} pages, {len(ours)} pictures'
        for our, their in zip(ours, theirs):
            output = subprocess.run([self.similarity, our, their], capture_output=True, text=True, check=True).stdout
            if any(float(word) < least for word, least in zip(output.split(), SIMILAR)):
                yield f'{our.name}: {output}'

    def bytes_are_the_same(self):
        if self.paint('pdf', 'three')[0].read_bytes() != self.paint('pdf', 'four')[0].read_bytes():
            yield 'two runs differ'


def need(program):
    if not shutil.which(program):
        raise Skip(f'there is no {program}')


def main(nudge, similarity):
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        documents = Documents(nudge, similarity, folder)
        tap.case('texts are found', lambda: list(documents.texts_are_found()))
        tap.case('pages look the same', lambda: list(documents.pages_look_the_same()))
        tap.case('bytes are the same', lambda: list(documents.bytes_are_the_same()))
    tap.end()


if __name__ == '__main__':
    main(*sys.argv[1:])
