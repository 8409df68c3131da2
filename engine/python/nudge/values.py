"""The values that the steps hand on, as Python sees them: lengths in mm, pins by number."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, Mapping, Optional, Tuple

from ._engine import NONE, engine

MM = 10000.0  # the engine's unit is 100 nm


class Severity(enum.IntEnum):
    INFO = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True)
class Diagnostic:
    """One finding. `code` is permanent; `hint` says what to do."""

    code: str
    severity: Severity
    message: str
    hint: str = ''
    pointer: Optional[str] = None
    line: int = 0
    column: int = 0
    sheet: Optional[str] = None
    subject: Optional[str] = None
    position: Optional[Tuple[float, float]] = None

    def __str__(self) -> str:
        return f'{self.code} {self.severity.name.lower()}: {self.message}'


def diagnostic_of(finding: Any) -> Diagnostic:
    """The finding of the engine as ours."""
    code = int(finding.code)
    at = finding.at
    return Diagnostic(f'N{code:04}', Severity(int(finding.severity)), finding.message, engine().code_hint(finding.code), finding.pointer,
                      finding.line, finding.column, finding.sheet, finding.subject,
                      (at.x / MM, at.y / MM) if finding.has_position else None)


@dataclass(frozen=True)
class Part:
    reference: str
    value: str
    symbol: str
    footprint: str
    path: str
    fields: Mapping[str, str]
    dnp: bool
    in_bom: bool
    on_board: bool


@dataclass(frozen=True)
class Net:
    """`pins` are (reference, number of the pin), in the order of the circuit."""

    name: str
    is_power: bool
    pins: Tuple[Tuple[str, str], ...]


@dataclass(frozen=True)
class Circuit:
    """What is connected."""

    _value: Any = field(repr=False, compare=False)
    diagnostics: Tuple[Diagnostic, ...] = field(default=(), repr=False)

    @property
    def name(self) -> str:
        return str(self._value.get_block(0).name)

    @property
    def parts(self) -> Tuple[Part, ...]:
        return tuple(self._part(index) for index in range(self._value.n_parts))

    @property
    def nets(self) -> Tuple[Net, ...]:
        return tuple(self._net(index) for index in range(self._value.n_nets))

    def to_json(self) -> bytes:
        """The circuit JSON, as an export writes it."""
        return bytes(self._value.to_json().get_data())

    def _part(self, index: int) -> Part:
        part = self._value.get_part(index)
        fields = (self._value.get_field(number) for number in range(part.first_field, part.first_field + part.n_fields))
        return Part(part.reference, part.value, part.symbol, part.footprint, self._value.part_path(index),
                    {entry.name: entry.value for entry in fields}, bool(part.dnp), bool(part.in_bom), bool(part.on_board))

    def _net(self, index: int) -> Net:
        net = self._value.get_net(index)
        nodes = (self._value.get_node(number) for number in range(net.first_node, net.first_node + net.n_nodes))
        return Net(net.name, bool(net.is_power), tuple((self._value.get_part(node.part).reference, node.pin) for node in nodes))


@dataclass(frozen=True)
class Placement:
    """Where a unit of a part stands: its origin in mm, degrees counterclockwise, and KiCad's mirror ('', 'x' or 'y')."""

    reference: str
    unit: int
    x: float
    y: float
    rotation: int
    mirror: str
    locked: bool


@dataclass(frozen=True)
class Layout:
    """Where things stand."""

    _value: Any = field(repr=False, compare=False)
    circuit: Circuit = field(repr=False)
    library: Any = field(repr=False, compare=False)
    dialect: str = 'schematic'
    diagnostics: Tuple[Diagnostic, ...] = field(default=(), repr=False)

    @property
    def placements(self) -> Tuple[Placement, ...]:
        return tuple(self._placements())

    def _placements(self) -> Iterator[Placement]:
        for index in range(self._value.n_units):
            unit, placement = self._value.get_unit(index), self._value.get_placement(index)
            pose = placement.pose
            reference = self.circuit._value.get_part(unit.part).reference
            yield Placement(reference, unit.unit, pose.at.x / MM, pose.at.y / MM, pose.turn * 90, ('', 'x', 'y')[pose.mirror], bool(placement.locked))


@dataclass(frozen=True)
class Sheet:
    """How much stands on a sheet of a drawing."""

    name: str
    file: str
    paper: str
    symbols: int
    wires: int
    labels: int
    boxes: int


@dataclass(frozen=True)
class Drawing:
    """Every mark on every sheet."""

    _value: Any = field(repr=False, compare=False)
    layout: Layout = field(repr=False)
    diagnostics: Tuple[Diagnostic, ...] = field(default=(), repr=False)

    @property
    def name(self) -> str:
        """Name of the project, without suffix."""
        return str(self._value.project_name)

    @property
    def sheets(self) -> Tuple[Sheet, ...]:
        sheets = (self._value.get_sheet(index) for index in range(self._value.n_sheets))
        return tuple(Sheet(sheet.name, sheet.file, engine().paper_name(sheet.paper), sheet.n_symbols, sheet.n_wires, sheet.n_labels, sheet.n_boxes)
                     for sheet in sheets)


@dataclass(frozen=True)
class Score:
    """How well a drawing reads: 0 to 100, and a value per metric where there is one."""

    total: float
    metrics: Dict[str, float]
    lost: Dict[str, float]


@dataclass(frozen=True)
class Result:
    """What an export has done: `written` are the names of the files that were new or changed."""

    folder: str
    name: str
    written: Tuple[str, ...]
    diagnostics: Tuple[Diagnostic, ...] = field(default=(), repr=False)


__all__ = ['MM', 'NONE', 'Circuit', 'Diagnostic', 'Drawing', 'Layout', 'Net', 'Part', 'Placement', 'Result', 'Score', 'Severity', 'Sheet',
           'diagnostic_of']
