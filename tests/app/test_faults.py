#!/usr/bin/env python3
"""test_faults.py NUDGE SHIM: whatever call fails and whenever the process dies, the old project stands or the new one."""

import errno
import hashlib
import json
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from tap import Tap  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / 'data/samples/esp32-c6-devboard.json'
IO_FAILED = 6
MOST_CALLS = 400
KILLS = 40


def project(folder):
    """Name -> checksum of every file that a person sees."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.iterdir()) if not path.name.startswith('.nudge')} if folder.exists() else {}


class Bench:
    """Two versions of one circuit, and the projects that they become."""

    def __init__(self, nudge, shim, folder):
        self.nudge, self.shim, self.folder = nudge, shim, pathlib.Path(folder)
        self.old, self.new = self.folder / 'old.json', self.folder / 'new.json'
        text = SAMPLE.read_text(encoding='utf-8')
        changed = json.loads(text)
        for child in changed['subcircuits']:
            for part in child['components'].values():
                part['value'] = 'changed'
        changed['subcircuits'].pop()
        self.old.write_text(text, encoding='utf-8')
        self.new.write_text(json.dumps(changed), encoding='utf-8')
        self.projects = {}
        for circuit in (self.old, self.new):
            self.export(circuit, self.folder / circuit.stem)
            self.projects[circuit.stem] = project(self.folder / circuit.stem)

    def command(self, circuit, target):
        return [self.nudge, '-q', '--layout', 'text-flow', '--export', str(target), str(circuit)]

    def export(self, circuit, target, **environment):
        return subprocess.run(self.command(circuit, target), env={'LC_ALL': 'C.UTF-8', **environment},
                              capture_output=True, timeout=60, check=False)

    def failing(self, target, call, error):
        return self.export(self.new, target, LD_PRELOAD=self.shim, NUDGE_FAIL_AT=str(call), NUDGE_FAIL_ERRNO=str(error))


def check_after(bench, target, result, call):
    """What must hold after one failed call: all or nothing, and the next run is clean."""
    found = project(target)
    if result.returncode not in (0, IO_FAILED):
        yield f'call {call}: exit code {result.returncode}: {result.stderr.decode(errors="replace")}'
    if result.returncode == 0 and found != bench.projects['new']:
        yield f'call {call}: success, but not the new project'
    if result.returncode == IO_FAILED and found not in (bench.projects['old'], bench.projects['new']):
        yield f'call {call}: a mixture is left'
    again = bench.export(bench.new, target)
    if again.returncode != 0 or project(target) != bench.projects['new']:
        yield f'call {call}: the next run does not mend it: {again.stderr.decode(errors="replace")}'
    if (target / '.nudge-stage').exists():
        yield f'call {call}: the stage is left after the next run'


def test_failing_calls(bench, error):
    problems = []
    for call in range(1, MOST_CALLS):
        target = bench.folder / f'fail-{error}-{call}'
        bench.export(bench.old, target)
        result = bench.failing(target, call, error)
        problems += check_after(bench, target, result, call)
        if result.returncode == 0 and call > 60:
            return problems
        failed = result.returncode != 0
        if call == 2 and not failed:
            problems.append('the shim does nothing')
    return [*problems, 'the calls have no end']


def test_kills(bench):
    dice = random.Random(1)
    target = bench.folder / 'killed'
    problems = []
    bench.export(bench.old, target)
    start = time.monotonic()
    bench.export(bench.new, target)
    span = time.monotonic() - start
    for _ in range(KILLS):
        bench.export(bench.old, target)
        with subprocess.Popen(bench.command(bench.new, target), env={'LC_ALL': 'C.UTF-8'}) as run:
            time.sleep(dice.uniform(0, span))
            run.send_signal(signal.SIGKILL)
        again = bench.export(bench.new, target)
        if again.returncode != 0 or project(target) != bench.projects['new'] or (target / '.nudge-stage').exists():
            problems.append(f'not mended: {again.stderr.decode(errors="replace")}')
    return problems


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(sys.argv[1], sys.argv[2], folder)
        tap.case('the two versions differ', lambda: [] if bench.projects['old'] != bench.projects['new'] else ['they are equal'])
        for error in (errno.ENOSPC, errno.EIO):
            tap.case(f'every call may fail with {errno.errorcode[error]}', test_failing_calls, bench, error)
        tap.case('the process may be killed at any time', test_kills, bench)
    tap.end()


if __name__ == '__main__':
    main()
