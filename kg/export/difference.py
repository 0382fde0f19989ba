"""What tells two graphs apart: two sorted streams of elements, merged. Pure; memory does not grow with the graphs.

A node is the same node by its id, an edge by its kind, ends and key (the statement, for what a text states). When a
document was loaded is no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kg.errors import FormatError
from kg.model import Edge, Element, Kind, Node, NodeKind, Property
from kg.store.schema import EDGE_KEY, label

ADDED, GONE, CHANGED = "added", "gone", "changed"

_TIME = "loaded"
_SHORT = 60
"""Characters of a value that are shown."""
_BEFORE = 20
"""Characters shown before the first that differs."""

Order = tuple[bool, str, str, str, bool, str | float]


@dataclass(frozen=True)
class Difference:
    """An element that only one graph has, or that has other properties in the other."""

    old: Element | None
    new: Element | None

    @property
    def element(self) -> Element:
        """The element as it is, or was."""
        found = self.new or self.old
        assert found, "a difference has a side"
        return found

    @property
    def kind(self) -> Kind:
        """The kind of the element, the new one if it changed."""
        return self.element.kind

    @property
    def change(self) -> str:
        """`ADDED`, `GONE` or `CHANGED`."""
        return CHANGED if self.old and self.new else ADDED if self.new else GONE


class PropertyChange(NamedTuple):
    """A property's values in both graphs; None where it is absent. An entity's `kind` is taken for a property."""

    name: str
    old: Property | None
    new: Property | None


def differences(old: Iterable[Element], new: Iterable[Element]) -> Iterator[Difference]:
    """The differences of two graphs, in the order of their elements.

    Raises FormatError where the elements of the old (A) or the new (B) are not in the order of `Store.elements`.
    """
    olds, news = _ordered(old, "A"), _ordered(new, "B")
    was, now = next(olds, None), next(news, None)
    while was or now:
        if now is None or (was is not None and was[0] < now[0]):
            assert was, "one of them is left"
            yield Difference(was[1], None)
            was = next(olds, None)
        elif was is None or now[0] < was[0]:
            yield Difference(None, now[1])
            now = next(news, None)
        else:
            if _is_other(was[1], now[1]):
                yield Difference(was[1], now[1])
            was, now = next(olds, None), next(news, None)


def changes(difference: Difference) -> tuple[PropertyChange, ...]:
    """What changed of an element, by name; nothing for one that came or went."""
    old, new = difference.old, difference.new
    if old is None or new is None:
        return ()
    kind = [PropertyChange("kind", old.kind.value, new.kind.value)] if old.kind != new.kind else []
    names = sorted({*old.properties, *new.properties} - {_TIME})
    both = [PropertyChange(name, old.properties.get(name), new.properties.get(name)) for name in names]
    return (*kind, *(change for change in both if change.old != change.new))


def in_short(change: PropertyChange) -> str:
    """A change in a few words: of lists what came and went, of long texts the part where they begin to differ.

    >>> in_short(PropertyChange("year", None, 2024)), in_short(PropertyChange("aliases", ("a", "b"), ("b", "c")))
    ('year: none → 2024', 'aliases: + c, − a')
    """
    name, old, new = change
    if isinstance(old, tuple) or isinstance(new, tuple):
        had, has = (value if isinstance(value, tuple) else () for value in (old, new))
        came = [f"+ {value}" for value in has if value not in had]
        went = [f"− {value}" for value in had if value not in has]
        return f"{name}: {', '.join([*came, *went]) or 'another order'}"
    start = _first_difference(old, new) if isinstance(old, str) and isinstance(new, str) else 0
    return f"{name}: {_cut(old, start)} → {_cut(new, start)}"


def key(edge: Edge) -> Property | None:
    """What tells an edge from its parallels: its statement, name as written or position."""
    own = EDGE_KEY[edge.kind]
    return edge.properties[own] if own else None


def _ordered(elements: Iterable[Element], side: str) -> Iterator[tuple[Order, Element]]:
    """The elements with what orders them."""
    before: Order | None = None
    for number, element in enumerate(elements, start=1):
        own = _order(element)
        if before is not None and own <= before:
            raise FormatError(
                f"{side} is not sorted as a backup is, from element {number} on: restore it and export it"
            )
        before = own
        yield own, element


def _order(element: Element) -> Order:
    """Nodes by label and id, then edges by kind, ends and key: the order of `Store.elements`."""
    if isinstance(element, Node):
        return (False, label(element.kind), element.id, "", False, "")
    own = key(element)
    text = own if isinstance(own, str) else ""
    number = own if isinstance(own, int | float) else 0
    return (True, element.kind.value, element.head, element.tail, isinstance(own, str), text or number)


def _is_other(old: Element, new: Element) -> bool:
    if old.kind is NodeKind.DOCUMENT:
        return bool(changes(Difference(old, new)))
    return old != new


def _first_difference(old: str, new: str) -> int:
    """Where two texts begin to differ, or where the shorter ends."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))


def _cut(value: Property | None, start: int) -> str:
    if value is None:
        return "none"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if len(text) <= _SHORT:
        return text or '""'
    first = max(0, min(start - _BEFORE, len(text) - _SHORT))
    last = first + _SHORT
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"
