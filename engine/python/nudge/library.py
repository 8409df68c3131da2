"""Symbols: found and read on demand, described, searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional, Tuple

from . import _engine, errors

_DIRECTIONS = (0, 90, 180, 270)


@dataclass(frozen=True)
class Pin:
    """A pin of a symbol: the end that connects in mm, y up, and the angle from there to the body."""

    number: str
    name: str
    type: str
    unit: int
    x: float
    y: float
    angle: int
    length: float
    hidden: bool


@dataclass(frozen=True)
class Symbol:
    id: str
    name: str
    base: Optional[str]
    units: int
    is_power: bool
    fields: Mapping[str, str]
    pins: Tuple[Pin, ...]

    @property
    def description(self) -> str:
        return self.fields.get('Description', '')


def _symbol(value: Any) -> Symbol:
    pins = (value.get_pin(index) for index in range(value.n_pins))
    fields = (value.get_field(index) for index in range(value.n_fields))
    return Symbol(value.id, value.name, value.base, value.n_units, bool(value.is_power), {entry.name: entry.value for entry in fields},
                  tuple(Pin(pin.number, pin.name, pin.type, pin.unit, pin.at.x / 1e4, pin.at.y / 1e4, _DIRECTIONS[pin.direction],
                            pin.length / 1e4, bool(pin.hidden)) for pin in pins))


class Library:
    """What KiCad would find, and folders of one's own before that. Keep it: what was read once is not read again."""

    def __init__(self, *folders: str, project: Optional[str] = None, defaults: bool = True) -> None:
        self._value = _engine.engine().Library.new()
        for folder in folders:
            _engine.call(self._value.add_folder, folder)
        if defaults:
            self._value.add_default_folders(project)

    def find(self, symbol_id: str) -> Symbol:
        """The symbol “Lib:Name”. Raises MissingError."""
        return _symbol(_engine.call(self._value.get_symbol, symbol_id))

    def __contains__(self, symbol_id: str) -> bool:
        try:
            return self.find(symbol_id) is not None
        except errors.MissingError:
            return False

    def search(self, text: str, limit: int = 10) -> Tuple[str, ...]:
        """Ids of the symbols most like the text, best first."""
        return tuple(self._value.suggest(text, limit))
