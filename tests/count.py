#!/usr/bin/env python3
"""Counts what tests/run has gathered in a folder: meson's test logs (*.json) and the file `checks`.

A test that speaks TAP counts with each of its cases, another as one. Skipped and failed cases are named, and the
last line says how many passed, failed and were skipped. The exit code is 1 when any failed."""

import json
import pathlib
import re
import sys

CASE = re.compile(r'^(ok|not ok)\b\s*\d*\s*-?\s*([^#]*)(?:#\s*(\w+))?', re.IGNORECASE)
PLAN_SKIP = re.compile(r'^1\.\.0\s*(?:#\s*skip\b(.*))?', re.IGNORECASE)
FAILURES = {'FAIL', 'ERROR', 'TIMEOUT', 'INTERRUPT', 'UNEXPECTEDPASS'}


def cases(lines):
    """Yields (passed, failed or skipped, name) for each TAP case of a text."""
    for line in lines:
        match = CASE.match(line)
        if match:
            word = (match[3] or '').upper()
            if word == 'SKIP':
                yield 'skipped', match[2].strip()
            elif match[1].lower() == 'ok':
                yield 'passed', match[2].strip()
            else:
                yield 'failed', match[2].strip()
            continue
        match = PLAN_SKIP.match(line)
        if match:
            yield 'skipped', (match[1] or '').strip()


def outcomes_of_test(test):
    found = list(cases((test.get('stdout') or '').splitlines()))
    result = test['result']
    if not found:
        kind = 'failed' if result in FAILURES else 'skipped' if result == 'SKIP' else 'passed'
        return [(kind, result)]
    # It died, or failed between its cases.
    if result in FAILURES and not any(kind == 'failed' for kind, _ in found):
        found.append(('failed', result))
    return found


def main():
    folder = pathlib.Path(sys.argv[1])
    outcomes = []
    checks = folder / 'checks'
    if checks.exists():
        outcomes += cases(checks.read_text().splitlines())
    for log in sorted(folder.glob('*.json')):
        for line in log.read_text().splitlines():
            test = json.loads(line)
            outcomes += [(kind, f'{log.stem}: {test["name"]}: {name}') for kind, name in outcomes_of_test(test)]
    for kind in ('skipped', 'failed'):
        for name in sorted(name for found, name in outcomes if found == kind):
            print(f'{kind.upper()}: {name}')
    count = {kind: sum(1 for found, _ in outcomes if found == kind) for kind in ('passed', 'failed', 'skipped')}
    line = f'{count["passed"]} passed, {count["failed"]} failed'
    if count['skipped']:
        line += f', {count["skipped"]} skipped'
    print(line)
    return 1 if count['failed'] or not count['passed'] else 0


if __name__ == '__main__':
    sys.exit(main())
