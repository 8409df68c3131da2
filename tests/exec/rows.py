#!/usr/bin/env python3
"""rows.py: a program for --layout exec:PROGRAM. It puts the parts of each sheet in rows, by reference, ten to a row."""

import json
import sys

problem = json.load(sys.stdin)
places = {}
for sheet in problem['sheets']:
    for number, unit in enumerate(sorted(sheet['units'], key=lambda unit: unit['id'])):
        places[unit['id']] = {'x': 38.1 + 25.4 * (number % 10), 'y': 38.1 + 38.1 * (number // 10), 'rotation': 0}
json.dump({'places': places}, sys.stdout)
