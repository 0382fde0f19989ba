"""Which entity a group of names in a document means.

Across papers only the lexicon's aliases and people's decisions join names; what the extractor groups binds within its
document only. An acronym gives the id, unless the lexicon lists it as ambiguous: then the long form does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.hardware import parse_device
from kg.identity.decisions import Decisions
from kg.lexicon import Lexicon
from kg.model import EntityKind, Group
from kg.names import entity_id, family, normal_form

_ACRONYM = re.compile(r"(?=(?:.*[A-Z]){2})\S{2,12}")


@dataclass(frozen=True)
class Thing:
    """What a group means: `before` is the id that it would have without decisions."""

    id: str
    before: str
    because: str


@dataclass(frozen=True)
class Things:
    """Names -> entities under a lexicon and decisions."""

    lexicon: Lexicon
    decisions: Decisions

    def of(self, group: Group) -> Thing:
        """The entity that a group means."""
        return self.named(family(group.kind), (group.name, *group.aliases))

    def named(self, own: str, names: Sequence[str]) -> Thing:
        """The entity of a family that the names of one thing mean, the extractor's first name first."""
        before, because = self._undecided(own, names)
        id = before
        seen = {before}
        while (target := self._aliases.get(id)) and target not in seen:
            id = target
            seen.add(id)
        return Thing(id, before, because if id == before else f"{because}; decided to mean {id}")

    @cached_property
    def _aliases(self) -> dict[str, str]:
        """Decided aliases: the id a name had without decisions -> the id it shall have."""
        return {self._undecided(own, (name,))[0]: target for own, name, target in self.decisions.aliases}

    @cached_property
    def borrowed(self) -> frozenset[tuple[str, str]]:
        """(family, normal form) of the names that mean something only because it was decided."""
        return frozenset((own, name_form(own, name)) for own, name, _ in self.decisions.aliases)

    @cached_property
    def kinds(self) -> dict[str, EntityKind]:
        """The kind of each entity that the lexicon knows, by id."""
        return {
            entity_id(normal_form(entry.name, own), own): entry.kind
            for entry in self.lexicon.entries
            for own in (family(entry.kind),)
        }

    def _undecided(self, own: str, names: Sequence[str]) -> tuple[str, str]:
        if own == "hardware":
            return entity_id(parse_device(names[0]).normal, own), f"{names[0]!r} read as a device"
        ordered = [name for name in (self._acronym(names), *names) if name]
        for name in ordered:
            entry = self.lexicon.find(name, own)
            if entry and not self.lexicon.is_ambiguous(normal_form(name, own)):
                return entity_id(normal_form(entry.name, own), own), f"{name!r} is {entry.name} in the lexicon"
        return entity_id(normal_form(ordered[0], own), own), f"normal form of {ordered[0]!r}"

    def _acronym(self, names: Sequence[str]) -> str | None:
        """What gives the id where one name is an acronym of another."""
        long = [name for name in names if not _ACRONYM.fullmatch(name)]
        short = [name for name in names if _ACRONYM.fullmatch(name)]
        if not long or not short:
            return None
        clear = [name for name in short if not self.lexicon.is_ambiguous(normal_form(name, "method"))]
        return clear[0] if clear else long[0]


def name_form(own: str, written: str) -> str:
    """The normal form by which an entity of a family can be asked for, from a name as written."""
    return parse_device(written).normal if own == "hardware" else normal_form(written, own)
