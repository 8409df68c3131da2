"""sexpr.py: reads KiCad's S-expressions into lists; strings lose their quotes."""

import pathlib
import re

TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|([()])|([^\s()"]+)', re.DOTALL)
ESCAPE = re.compile(r'\\(.)', re.DOTALL)
ESCAPES = {'n': '\n', 'r': '\r', 't': '\t'}


def parse(text):
    stack = [[]]
    for match in TOKEN.finditer(text):
        string, bracket, word = match.groups()
        if bracket == '(':
            stack.append([])
        elif bracket == ')':
            done = stack.pop()
            stack[-1].append(done)
        elif word is not None:
            stack[-1].append(word)
        else:
            stack[-1].append(ESCAPE.sub(lambda escape: ESCAPES.get(escape[1], escape[1]), string))
    if len(stack) != 1 or len(stack[0]) != 1:
        raise ValueError('unbalanced brackets')
    return stack[0][0]


def children(expression, name):
    return [item for item in expression if isinstance(item, list) and item and item[0] == name]


def value(expression, name):
    return children(expression, name)[0][1]


def netlist_nets(path):
    """Set of frozensets of (reference, pin) of a netlist in KiCad's own form."""
    export = parse(pathlib.Path(path).read_text(encoding='utf-8'))
    nets = children(children(export, 'nets')[0], 'net')
    return {frozenset((value(node, 'ref'), value(node, 'pin')) for node in children(net, 'node')) for net in nets} - {frozenset()}
