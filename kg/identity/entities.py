"""Which entity the names that a document groups mean, under the lexicon and what people decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.decision import Decision, DecisionKind
from kg.identity.decisions import Decisions
from kg.identity.roads import Road, name_form, road
from kg.lexicon import Lexicon
from kg.model import EntityKind, Group
from kg.names import KINDS_OF, entity_id, family, family_of, name_id, normal_form

_NO_KEYS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Thing:
    """What names mean: the road to the id that they have without decisions, and the decisions that lead on from it."""

    road: Road
    followed: tuple[Decision, ...] = ()

    @property
    def before(self) -> str:
        """The id without decisions: it goes into the ids of statements, which outlive decisions."""
        return self.road.id

    @property
    def id(self) -> str:
        """The entity's id."""
        return self.followed[-1].target if self.followed else self.road.id

    @property
    def because(self) -> tuple[str, ...]:
        """The steps from the words to the id, in words."""
        return (*self.road.because, *map(said, self.followed))


@dataclass(frozen=True)
class Things:
    """Names -> entities under a lexicon and the standing decisions."""

    lexicon: Lexicon
    recorded: tuple[Decision, ...] = ()

    def of(self, group: Group, keys: frozenset[str] = _NO_KEYS) -> Thing:
        """The entity that a group means in the paper that has these keys."""
        return self.named(family(group.kind), (group.name, *group.aliases), keys)

    def named(self, own: str, names: Sequence[str], keys: frozenset[str] = _NO_KEYS) -> Thing:
        """The entity of a family that the names of one thing mean, the extractor's first name first."""
        way = road(self.lexicon, own, names)
        decided = self.decisions
        if not decided.moves and not decided.bindings:
            return Thing(way)
        return Thing(way, decided.follow(way.id, keys, self._sense(own, names, keys)))

    def _sense(self, own: str, names: Sequence[str], keys: frozenset[str]) -> Decision | None:
        """The sense that was decided of one of the names, also where another of them gives the id."""
        if not self.decisions.bindings or not keys:
            return None
        found = (self.decisions.binding(self.undecided(own, name), keys) for name in names)
        return next((d for d in found if d and d.what is DecisionKind.SENSE), None)

    def undecided(self, own: str, name: str) -> str:
        """The id that a name has by itself, without decisions."""
        return road(self.lexicon, own, (name,)).id

    def name_ids(self, id: str) -> list[str]:
        """The ids of the names that by themselves, without decisions, may have an id."""
        own = family_of(id)
        known = (e for e in self.lexicon.entries if family(e.kind) == own)
        entry = next((e for e in known if entity_id(normal_form(e.name, own), own) == id), None)
        return [f"name/{id}", *(name_id(name_form(own, form), own) for form in (entry.forms if entry else ()))]

    @cached_property
    def decisions(self) -> Decisions:
        """The decisions by what they concern."""
        return Decisions.of(self.recorded, self.undecided)

    @cached_property
    def kinds(self) -> dict[str, EntityKind]:
        """The kind of each entity of which the lexicon or a decision knows it, by id."""
        known = {
            entity_id(normal_form(entry.name, own), own): entry.kind
            for entry in self.lexicon.entries
            for own in (family(entry.kind),)
        }
        return {**known, **self.decisions.kinds}

    def kind_of(self, id: str, extracted: EntityKind) -> EntityKind:
        """The kind that an entity has for what may join it: decided, else as extracted if its family has such a kind."""
        kinds = KINDS_OF[family_of(id)]
        return self.decisions.kinds.get(id) or (extracted if extracted in kinds else kinds[0])

    def is_borrowed(self, id: str, written: str, *, only_decided: bool) -> bool:
        """Whether a name is an entity's only because somebody decided so: no best name while there are others.

        `only_decided` says that in every paper that writes it a decision led it there.
        """
        if not only_decided and not self.decisions.moves:
            return False
        own = self.undecided(family_of(id), written)
        return own != id and (only_decided or own in self.decisions.moves)


_VERBS = {
    DecisionKind.ALIAS: "“{about}” means {target}",
    DecisionKind.MERGE: "{about} is {target}",
    DecisionKind.SPLIT: "in this paper {about} is another thing, {target}",
    DecisionKind.SENSE: "in this paper “{about}” means {target}",
    DecisionKind.KIND: "{about} is a {kind}, {target}",
}


def said(decision: Decision) -> str:
    """A decision that leads from id to id, in words: who, when, what and why."""
    what = _VERBS[decision.what].format(about=decision.about, target=decision.target, kind=decision.kind)
    return f"{decision.by} decided on {decision.at[:10]} that {what}: {decision.reason} ({decision.id})"
