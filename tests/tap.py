"""tap.py: the little of the Test Anything Protocol that the Python tests speak."""

import sys
import traceback


class Skip(Exception):
    """Raised by a case that cannot run here; its text says why."""


class Tap:
    """Numbers the cases, and knows at the end whether one failed."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def note(self, text):
        for line in str(text).splitlines():
            print(f'# {line}', flush=True)

    def result(self, name, problems=(), skip=None):
        """One case: it passes when there are no problems, each of which is printed."""
        self.count += 1
        problems = list(problems)
        if skip is not None:
            print(f'ok {self.count} {name} # SKIP {skip}', flush=True)
            return
        print(f'{"not ok" if problems else "ok"} {self.count} {name}', flush=True)
        self.failed += bool(problems)
        for problem in problems:
            self.note(problem)

    def case(self, name, function, *arguments):
        """Runs a function that returns its problems, raises Skip, or fails by any other exception."""
        try:
            problems = function(*arguments) or []
        except Skip as reason:
            self.result(name, skip=str(reason))
        except Exception:  # noqa: BLE001: whatever it is, it is this case's failure
            self.result(name, [traceback.format_exc()])
        else:
            self.result(name, problems)

    def end(self):
        print(f'1..{self.count}')
        sys.exit(1 if self.failed else 0)
