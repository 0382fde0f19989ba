"""What people decided, in the form in which identity asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.decision import Decision, DecisionKind


@dataclass(frozen=True)
class Decisions:
    """The recorded decisions: ids of rejected statements and claims, and (family, name, target) of aliases."""

    rejected: frozenset[str] = frozenset()
    aliases: tuple[tuple[str, str, str], ...] = ()

    @staticmethod
    def of(decisions: Iterable[Decision]) -> Decisions:
        """The decisions as one value, in the order of their ids; about one thing there is only one."""
        ordered = sorted(decisions, key=lambda d: d.id)
        return Decisions(
            rejected=frozenset(d.about for d in ordered if d.what is DecisionKind.REJECT),
            aliases=tuple((d.family, d.about, d.target) for d in ordered if d.what is DecisionKind.ALIAS),
        )
