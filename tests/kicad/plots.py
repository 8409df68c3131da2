"""plots.py: the texts in two drawings of one sheet, KiCad's and Nudge's, both as SVG."""

import bisect
import collections
import html
import re

# Of the middle of the pen, in millimetres. Ink of ours that lies so near to the place of a text of KiCad's belongs to it.
REACH = 0.03
UNITS_PER_MM = 10000

Text = collections.namedtuple('Text', 'text color box')

KICAD_STYLE = re.compile(r'stroke:#([0-9A-F]{6})')
KICAD_TEXT = re.compile(r'<g class="stroked-text"><desc>(.*?)</desc>(.*?)</g>', re.S)
KICAD_POINT = re.compile(r'[ML](-?[\d.]+) (-?[\d.]+)')
KICAD_HIDDEN = re.compile(r'<text [^>]*opacity="0"[^>]*>.*?</text>', re.S)
OUR_PATH = re.compile(r'<path style="fill:none;[^"]*stroke-linecap:round;[^"]*stroke:rgb\(([\d.]+)%,([\d.]+)%,([\d.]+)%\)[^"]*" d="([^"]*)"')
OUR_STEP = re.compile(r'([MLC]) ([-\d. ]+)')


def box_of(points, scale=1.0):
    xs, ys = zip(*((float(x) / scale, float(y) / scale) for x, y in points))
    return min(xs), min(ys), max(xs), max(ys)


def our_points(path):
    """The ends of the pieces of a path; of curves the points half way too, where those of letters reach farthest."""
    points = []
    for kind, numbers in OUR_STEP.findall(path):
        values = [float(number) for number in numbers.split()]
        if kind == 'C':
            start, (a, b, end) = points[-1], list(zip(values[::2], values[1::2]))
            points += [tuple((1 - t) ** 3 * start[i] + 3 * (1 - t) ** 2 * t * a[i] + 3 * (1 - t) * t * t * b[i] + t ** 3 * end[i] for i in (0, 1))
                       for t in (0.25, 0.5, 0.75)]
            points.append(end)
        else:
            points.append((values[0], values[1]))
    return points


def kicad_texts(svg):
    """Every text of a plot once: KiCad plots symbols twice, before and after their bodies are filled."""
    styles = [(match.start(), match[1]) for match in KICAD_STYLE.finditer(svg)]
    starts = [start for start, _ in styles]
    found = {}
    for match in KICAD_TEXT.finditer(svg):
        points = KICAD_POINT.findall(match[2])
        if points:
            color = styles[bisect.bisect(starts, match.start()) - 1][1]
            found[Text(html.unescape(match[1]), color, box_of(points))] = None
    return list(found)


def without_hidden_texts(svg):
    """KiCad lays a text that cannot be seen over each that can; to paint them costs a layer each."""
    return KICAD_HIDDEN.sub('', svg)


def page_number(texts):
    """KiCad names plots by path; the page stands in the title block."""
    pages = [re.fullmatch(r'Id: (\d+)/\d+', text.text) for text in texts]
    return next(int(page[1]) for page in pages if page)


class OurStrokes:
    """The strokes of letters in Nudge's SVG, found by place and colour."""

    def __init__(self, svg):
        self.cells = collections.defaultdict(list)
        for match in OUR_PATH.finditer(svg):
            color = ''.join(f'{round(float(match[i]) * 2.55):02X}' for i in (1, 2, 3))
            box = box_of(our_points(match[4]), UNITS_PER_MM)
            self.cells[color, int(box[0] // 10), int(box[1] // 10)].append(box)

    def box(self, text):
        """What the strokes in the place of a text of KiCad's measure together; None where there are none."""
        x0, y0, x1, y1 = text.box[0] - REACH, text.box[1] - REACH, text.box[2] + REACH, text.box[3] + REACH
        inside = [box for x in range(int(x0 // 10), int(x1 // 10) + 1) for y in range(int(y0 // 10), int(y1 // 10) + 1)
                  for box in self.cells.get((text.color, x, y), ()) if x0 <= box[0] and y0 <= box[1] and box[2] <= x1 and box[3] <= y1]
        if not inside:
            return None
        return min(b[0] for b in inside), min(b[1] for b in inside), max(b[2] for b in inside), max(b[3] for b in inside)
