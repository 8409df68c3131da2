#!/usr/bin/env python3
"""test_pictures.py NUDGE SIMILARITY: the pictures that Nudge paints are what KiCad shows of the project that Nudge writes.

Each sheet is painted by `nudge --format png`, at its 8 pixels a millimetre: KiCad's thinnest line is then a little wider than
a pixel, so that a mark which stands a tenth of a millimetre beside its place is seen. KiCad's plot of the same sheet is brought
to the same size. Both numbers of the program `similarity` must reach SIMILAR, that over inked windows alone too.
Every text must be found with its ink at KiCad's place, to plots.REACH, and as wide and high as KiCad's within 3 %."""

import concurrent.futures
import glob
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from kicad import plots  # noqa: E402
from kicad.test_kicad import ROOT, SHARED, Bench, Circuit, circuits, root_sheet, run  # noqa: E402
from tap import Tap  # noqa: E402

# One of everything that a sheet can show, so that nothing hangs on what the other circuits happen to have.
MARKS = Circuit('marks', ROOT / 'tests/kicad/marks/marks.json', None, None, False)
LAYOUTS = ('schematic', 'circuit-synth')
SIMILAR = 0.95
EXTENT = 0.03
# In millimetres: what measures less than a letter is compared as if it measured that much.
SMALL = 1.0
DOTS_PER_MM = 8


def paint(bench, circuit, layout, project, kind):
    """Nudge's pictures, as {page: path}."""
    target = bench.folder / f'{circuit.name} {layout} {kind}'
    symbols = ['--symbols', circuit.symbols] if circuit.symbols else []
    result = run([bench.nudge, '--export', target, '--format', kind, '--layout', layout, *symbols, circuit.file], bench.plain)
    if result.returncode:
        raise RuntimeError(result.stderr)
    return {int(re.fullmatch(rf'{re.escape(project)}-(\d+)-.*', path.stem)[1]): path for path in target.glob(f'*.{kind}')}


def plot(bench, sheet):
    """KiCad's plots of the project, as {page: (path, texts)}."""
    folder = sheet.parent / 'plots'
    result = run(['kicad-cli', 'sch', 'export', 'svg', '-o', folder, sheet], bench.kicad)
    if result.returncode:
        raise RuntimeError(result.stdout + result.stderr)
    pages = {}
    for path in folder.glob('*.svg'):
        texts = plots.kicad_texts(path.read_text(encoding='utf-8'))
        pages[plots.page_number(texts)] = (path, texts)
    return pages


def picture_size(picture):
    header = picture.read_bytes()[16:24]
    return int.from_bytes(header[:4], 'big'), int.from_bytes(header[4:], 'big')


def compare_pixels(similarity, ours, theirs):
    """(over all windows, over inked windows)."""
    width, height = picture_size(ours)
    raster = theirs.with_suffix('.png')
    drawing = plots.without_hidden_texts(theirs.read_text(encoding='utf-8'))
    subprocess.run(['rsvg-convert', '-w', str(width), '-h', str(height), '-o', raster], input=drawing, text=True, check=True)
    output = subprocess.run([similarity, ours, raster], check=True, capture_output=True, text=True).stdout
    return tuple(float(word) for word in output.split())


def compare_text(text, strokes):
    """The larger share by which our text is wider or higher; None when there is nothing in the place of KiCad's."""
    box = strokes.box(text)
    if box is None:
        return None
    theirs = [text.box[high] - text.box[low] for low, high in ((0, 2), (1, 3))]
    ours = [box[high] - box[low] for low, high in ((0, 2), (1, 3))]
    return max(abs(our - their) / max(their, SMALL) for our, their in zip(ours, theirs))


def check_texts(texts, strokes, width, height):
    for text in texts:
        # Each program names itself in the title block; and only what lies on the paper is painted.
        if text.text.startswith('KiCad E.D.A.') or text.box[2] > width or text.box[3] > height or min(text.box) < 0:
            continue
        found = compare_text(text, strokes)
        if found is None:
            yield f'“{text.text}” is not where KiCad has it, {text.box}'
        elif found > EXTENT:
            yield f'“{text.text}” differs by {100 * found:.1f} % in size, {text.box}'


def check_circuit(bench, similarity, circuit, layout):
    """[(sheet, similarities, number of texts, problems)]."""
    target = bench.folder / f'{circuit.name} {layout}'
    result = bench.export(circuit, layout, target, bench.plain)
    if result.returncode:
        raise RuntimeError(result.stderr)
    sheet = root_sheet(target)
    theirs = plot(bench, sheet)
    pictures = paint(bench, circuit, layout, sheet.stem, 'png')
    vectors = paint(bench, circuit, layout, sheet.stem, 'svg')
    if sorted(theirs) != sorted(pictures) or sorted(theirs) != sorted(vectors):
        return [('pages', (0, 0), 0, [f'KiCad has {sorted(theirs)}, there are pictures of {sorted(pictures)} and {sorted(vectors)}'])]
    sheets = []
    for page, (path, texts) in sorted(theirs.items()):
        likeness = compare_pixels(similarity, pictures[page], path)
        problems = [f'similarity {value:.4f}' for value in likeness if value < SIMILAR]
        size = [pixels / DOTS_PER_MM for pixels in picture_size(pictures[page])]
        problems += list(check_texts(texts, plots.OurStrokes(vectors[page].read_text(encoding='utf-8')), *size))[:8]
        sheets.append((f'sheet {page}', likeness, len(texts), problems))
    for folder in bench.folder.glob(f'{glob.escape(target.name)}*'):
        shutil.rmtree(folder)
    return sheets


def main():
    tap = Tap()
    for program in ('kicad-cli', 'rsvg-convert'):
        if not shutil.which(program):
            tap.result('Nudge shows what KiCad shows', skip=f'there is no {program}')
            tap.end()
    if not SHARED.is_dir():
        tap.result('golden and corpus circuits', skip=f'there is no {SHARED.name} beside the checkout, nor NUDGE_SHARED')
    similarity = pathlib.Path(sys.argv[2]).resolve()
    likenesses, n_texts = [], 0
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        bench = Bench(pathlib.Path(sys.argv[1]).resolve(), folder)
        runs = [(f'{layout}, {circuit.name}', pool.submit(check_circuit, bench, similarity, circuit, layout))
                for layout in LAYOUTS for circuit in [MARKS, *circuits()]]
        for name, outcome in runs:
            try:
                for sheet, likeness, texts, problems in outcome.result():
                    tap.result(f'{name}, {sheet}: {likeness[0]:.4f}, inked {likeness[1]:.4f}', problems)
                    likenesses.append(likeness)
                    n_texts += texts
            except Exception as failure:  # noqa: BLE001: one circuit's trouble must not hide the others
                tap.result(f'{name}: compared', [repr(failure)])
    for title, values in zip(('similarity', 'of inked windows'), zip(*likenesses)):
        tap.note(f'{title}: least {min(values):.4f}, median {statistics.median(values):.4f}, of {len(values)} sheets')
    tap.note(f'{n_texts} texts')
    tap.end()


if __name__ == '__main__':
    main()
