"""nets.py: which pins a circuit JSON connects, and which KiCad says are connected: two partitions to be compared.

Written against the description of the format alone; it shares nothing with the engine, so that a misreading in one of
them shows."""

import collections
import xml.etree.ElementTree as ElementTree


class Circuit:
    """One circuit of the tree, with its way up."""

    def __init__(self, data, parent):
        self.data = data
        self.parent = parent
        self.depth = parent.depth + 1 if parent else 0

    def ancestors(self):
        circuit = self.parent
        while circuit:
            yield circuit
            circuit = circuit.parent

    def distance(self, other):
        """Steps along the tree from one to the other."""
        a, b, steps = self, other, 0
        while a is not b:
            if a.depth >= b.depth:
                a = a.parent
            else:
                b = b.parent
            steps += 1
        return steps

    def net(self, name):
        return (self.data.get('nets') or {}).get(name)

    def declares(self, name):
        return isinstance(self.net(name), dict)

    def parts(self):
        parts = self.data.get('components') or {}
        return list(parts.values()) if isinstance(parts, dict) else parts


def circuits_of(top):
    """Every circuit, a parent before its children, children in their order."""
    found, waiting = [], [Circuit(top, None)]
    while waiting:
        circuit = waiting.pop()
        found.append(circuit)
        waiting += [Circuit(child, circuit) for child in reversed(circuit.data.get('subcircuits') or [])]
    return found


def owner_of(name, circuit, declaring):
    """The circuit that a bare list of nodes belongs to: the nearest declaring ancestor, else the nearest that declares it."""
    for ancestor in circuit.ancestors():
        if ancestor.declares(name):
            return ancestor
    others = declaring.get(name, [])
    return min(others, key=circuit.distance) if others else None


def key_of(name, circuit, declaring):
    """What makes two nets one."""
    owner = circuit if circuit.declares(name) else owner_of(name, circuit, declaring)
    if owner is None:
        return 'undeclared', name
    net = owner.net(name)
    if net.get('is_power'):
        return 'power', net.get('power_symbol') or name
    return 'net', id(owner), name


def pin_of(node):
    pin = node.get('pin', node)
    if not isinstance(pin, dict):
        return str(pin)
    return str(next(pin[key] for key in ('number', 'num', 'pin_id') if pin.get(key) is not None))


def circuit_nets(top):
    """(set of frozensets of (reference, pin), Counter of references) of a circuit JSON."""
    circuits = circuits_of(top)
    declaring = collections.defaultdict(list)
    for circuit in circuits:
        for name in circuit.data.get('nets') or {}:
            if circuit.declares(name):
                declaring[name].append(circuit)
    nets = collections.defaultdict(set)
    for circuit in circuits:
        for name, net in (circuit.data.get('nets') or {}).items():
            nodes = net if isinstance(net, list) else net.get('nodes', net.get('connections')) or []
            nets[key_of(name, circuit, declaring)].update((node['component'], pin_of(node)) for node in nodes)
    references = collections.Counter(part['ref'] for circuit in circuits for part in circuit.parts())
    return {frozenset(pins) for pins in nets.values() if pins}, references


def kicad_nets(path):
    """The same of a netlist in KiCad's XML."""
    root = ElementTree.parse(path).getroot()
    nets = {frozenset((node.get('ref'), node.get('pin')) for node in net.iter('node')) for net in root.iter('net')}
    return nets - {frozenset()}, collections.Counter(part.get('ref') for part in root.iter('comp'))


def pins_of(nets):
    return {pin for net in nets for pin in net}


def text_of(net):
    return ' '.join(f'{reference}.{pin}' for reference, pin in sorted(net))


def differences(expected, found, limit=12):
    """What to say about two partitions: pins that the expected one does not name must stand alone in the other."""
    expected = expected | {frozenset([pin]) for pin in pins_of(found) - pins_of(expected)}
    wrong = [f'missing net: {text_of(net)}' for net in expected - found]
    wrong += [f'unexpected net: {text_of(net)}' for net in found - expected]
    wrong.sort()
    if len(wrong) > limit:
        wrong[limit:] = [f'and {len(wrong) - limit} more']
    return wrong


def reference_differences(expected, found):
    wrong = [f'KiCad lacks {reference}' for reference in sorted((expected - found).elements())]
    return wrong + [f'KiCad has {reference} too much' for reference in sorted((found - expected).elements())]
