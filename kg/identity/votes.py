"""What an entity is called and of which kind it is: papers vote with the names they write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model import EntityKind, Node, NodeKind
from kg.names import KINDS_OF, family_of


@dataclass(frozen=True)
class Votes:
    """How many papers write each name for an entity, and how many take it for each kind.

    `borrowed` are the names that mean the entity only because a person decided so: its best name is one of them only
    where it has no others.
    """

    names: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    borrowed: frozenset[str] = frozenset()


def entity_node(id: str, votes: Votes, known: EntityKind | None) -> Node | None:
    """An entity: best name the one in most papers, then in code-point order; kind `known` by the lexicon or a decision,
    else the majority's.

    Each paper has one vote per kind of the entity's family; a tie is Method. None where no paper votes: then there is
    no such entity.
    """
    if not votes.names:
        return None
    own = votes.names.keys() - votes.borrowed or votes.names.keys()
    best = min(own, key=lambda name: (-votes.names[name], name))
    kinds = KINDS_OF[family_of(id)]
    kind = known or min(kinds, key=lambda kind: (-votes.kinds.get(kind, 0), kinds.index(kind)))
    aliases = tuple(sorted(set(votes.names) - {best}))
    return Node(NodeKind(kind), id, {"name": best, **({"aliases": aliases} if aliases else {})})
