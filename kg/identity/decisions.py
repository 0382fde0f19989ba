"""What people decided, in the form in which identity asks for it.

A *move* leads an entity's id on to another everywhere, a *binding* only in some papers. Both lead from the id that the
names have without decisions, again and again, a binding before a move, until nothing leads on or an id comes twice.
Where two decisions speak of one thing the later holds (of one moment, that about fewer papers); a sense, which is
about one name, goes before a split.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.decision import Decision, DecisionKind
from kg.model import EntityKind

Undecided = Callable[[str, str], str]
"""The id that a name of a family, given in this order, has without decisions."""

OF_NAMES = frozenset({DecisionKind.ALIAS, DecisionKind.SENSE})
"""The decisions that are about a name; the others are about an id."""
MOVES = frozenset({DecisionKind.ALIAS, DecisionKind.MERGE, DecisionKind.KIND})
BINDINGS = frozenset({DecisionKind.SPLIT, DecisionKind.SENSE})


def source(decision: Decision, undecided: Undecided) -> str:
    """The id from which a decision leads on; a rejection leads nowhere."""
    return undecided(decision.family, decision.about) if decision.what in OF_NAMES else decision.about


@dataclass(frozen=True)
class Decisions:
    """The standing decisions by what they concern: ids that lead on, kinds that are fixed, what is rejected."""

    moves: Mapping[str, Decision] = field(default_factory=dict)
    bindings: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict)
    kinds: Mapping[str, EntityKind] = field(default_factory=dict)
    rejected: frozenset[str] = frozenset()

    @staticmethod
    def of(recorded: Iterable[Decision], undecided: Undecided) -> Decisions:
        """The recorded decisions, given how names are understood without them."""
        ordered = sorted(recorded, key=lambda d: (d.at, -len(d.papers), d.id))
        leading = [(source(d, undecided), d) for d in ordered]
        bound: defaultdict[str, list[Decision]] = defaultdict(list)
        for id, d in sorted((pair for pair in reversed(leading) if pair[1].what in BINDINGS), key=_split_last):
            bound[id].append(d)
        return Decisions(
            moves={id: d for id, d in leading if d.what in MOVES and d.target != id},
            bindings={id: tuple(found) for id, found in bound.items()},
            kinds={d.target: d.kind for d in ordered if d.kind},
            rejected=frozenset(d.about for d in ordered if d.what is DecisionKind.REJECT),
        )

    def binding(self, id: str, keys: frozenset[str]) -> Decision | None:
        """What holds of an id in the paper that has these keys."""
        return next((d for d in self.bindings.get(id, ()) if not keys.isdisjoint(d.papers)), None)

    def follow(
        self, id: str, keys: frozenset[str] = frozenset(), first: Decision | None = None
    ) -> tuple[Decision, ...]:
        """The decisions that lead on from an id in the paper of some keys, `first` before all others."""
        followed: list[Decision] = []
        seen = {id}
        step = first or self._next(id, keys)
        while step and step.target not in seen:
            followed.append(step)
            seen.add(step.target)
            step = self._next(step.target, keys)
        return tuple(followed)

    def _next(self, id: str, keys: frozenset[str]) -> Decision | None:
        return self.binding(id, keys) or self.moves.get(id)

    def steps(self) -> Iterator[tuple[str, Decision]]:
        """All that leads on from an id."""
        yield from self.moves.items()
        yield from ((id, d) for id, found in self.bindings.items() for d in found)

    def reach(self, ids: Iterable[str]) -> frozenset[str]:
        """The ids, and all to which they may lead in one paper or another."""
        found: set[str] = set()
        open_ids = set(ids)
        while open_ids:
            id = open_ids.pop()
            found.add(id)
            steps = (*self.bindings.get(id, ()), *([self.moves[id]] if id in self.moves else []))
            open_ids |= {d.target for d in steps} - found
        return frozenset(found)


def _split_last(pair: tuple[str, Decision]) -> bool:
    return pair[1].what is DecisionKind.SPLIT
