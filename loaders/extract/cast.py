"""The things of a document as relations and claims look them up, so that no rule goes through all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.model import EntityKind
from loaders.extract.cues import words
from loaders.extract.grouping import Place, Thing
from loaders.extract.reading import Reading

_BEATING = ("beating", "older", "kinds of methods")


@dataclass(frozen=True)
class Cast:
    """A document with its things."""

    reading: Reading
    things: Sequence[Thing]

    @cached_property
    def by_id(self) -> Mapping[str, Thing]:
        """The things by their groups' ids."""
        return {thing.group.id: thing for thing in self.things}

    @cached_property
    def places(self) -> Mapping[str, Mapping[int, Place]]:
        """For each thing by id the sentences that name it, with its first place there."""
        found: dict[str, dict[int, Place]] = {thing.group.id: {} for thing in self.things}
        for thing in self.things:
            for place in thing.places:
                found[thing.group.id].setdefault(place.sentence, place)
        return found

    @cached_property
    def introduced(self) -> Mapping[int, tuple[Thing, ...]]:
        """The things that the paper introduces, by the sentences that name them."""
        found: dict[int, list[Thing]] = defaultdict(list)
        for thing in self.things:
            if thing.group.introduced:
                for sentence in self.places[thing.group.id]:
                    found[sentence].append(thing)
        return {sentence: tuple(own) for sentence, own in found.items()}

    @cached_property
    def _newest(self) -> Sequence[Thing]:
        own = [thing for thing in self.things if thing.group.introduced]
        return sorted(own, key=lambda thing: -thing.newness)

    def newest(self, kinds: frozenset[EntityKind], besides: Thing | None) -> Thing | None:
        """The thing of one of the kinds, besides another, that the paper most surely introduces."""
        return next((t for t in self._newest if t is not besides and t.group.kind in kinds), None)

    def says(self, sentence: int, group: str) -> bool:
        """Whether a sentence holds one of a group of cue words."""
        return any(token.lower in words(group) for token in self.reading.tokens[sentence])

    @cached_property
    def beating(self) -> Sequence[int]:
        """The sentences in which the paper or something it introduces beats "existing methods"."""
        own = [n for n in range(len(self.reading.sentences)) if n in self.introduced or self.says(n, "own work")]
        return [number for number in own if all(self.says(number, group) for group in _BEATING)]
