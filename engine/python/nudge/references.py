"""References such as R12, each once in a design."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Optional, Tuple

from . import _engine, errors


@dataclass(frozen=True)
class ReferenceProblem:
    reference: str
    reason: str


class References:
    """Hands out references and knows which are taken."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._value = _engine.engine().References.new()
        for reference in taken:
            self.add(reference)

    def add(self, reference: str) -> None:
        """Takes a reference. Raises InputError when it is malformed or taken."""
        _engine.call(self._value.add, reference)

    def next(self, prefix: str) -> str:
        """The next free reference with that prefix, taken at once."""
        return str(_engine.call(self._value.next, prefix))

    def __contains__(self, reference: str) -> bool:
        return bool(self._value.contains(reference))

    @staticmethod
    def problem(reference: str) -> Optional[str]:
        """What is wrong with the form of a reference, or None."""
        try:
            _engine.call(_engine.engine().reference_check, reference)
        except errors.NudgeError as error:
            return str(error)
        return None

    @classmethod
    def check(cls, references: Iterable[str]) -> Tuple[ReferenceProblem, ...]:
        """All that is wrong with a list of references: malformed ones and those that come twice."""
        problems, seen = [], set()
        for reference in references:
            reason = cls.problem(reference)
            if reason is None and reference in seen:
                reason = 'it is taken already'
            if reason is not None:
                problems.append(ReferenceProblem(reference, reason))
            seen.add(reference)
        return tuple(problems)
