"""What an entity is called and of which kind it is: papers vote with the names they write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model import EntityKind, Node, NodeKind


@dataclass(frozen=True)
class Votes:
    """How many papers write each name for an entity, and how many take it for each kind.

    `borrowed` are the names that mean the entity only because a person decided so: they are never its best name.
    """

    names: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    borrowed: frozenset[str] = frozenset()


def entity_node(id: str, votes: Votes, known: EntityKind | None) -> Node | None:
    """An entity: best name the one in most papers, then in code-point order; kind `known` from the lexicon, else the majority's.

    Each paper has one vote per kind; a tie is Method. None where no paper votes: then there is no such entity.
    """
    if not votes.names:
        return None
    own = votes.names.keys() - votes.borrowed or votes.names.keys()
    best = min(own, key=lambda name: (-votes.names[name], name))
    kind = known or min(votes.kinds, key=lambda k: (-votes.kinds[k], k != EntityKind.METHOD, k))
    aliases = tuple(sorted(set(votes.names) - {best}))
    return Node(NodeKind(kind), id, {"name": best, **({"aliases": aliases} if aliases else {})})
