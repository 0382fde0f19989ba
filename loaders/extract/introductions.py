"""The sentence by which a paper introduces each of its things."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import PAPER, EdgeKind, Relation
from loaders.extract.cues import words
from loaders.extract.grouping import Place, Thing
from loaders.extract.reading import Reading


def find_introductions(reading: Reading, things: Sequence[Thing]) -> tuple[Relation, ...]:
    """An `introduces` relation from the paper to each thing that it introduces, with the sentence that says so best."""
    return tuple(_introduction(reading, thing) for thing in things if thing.group.introduced)


def _introduction(reading: Reading, thing: Thing) -> Relation:
    place = min(thing.places, key=lambda place: (_distance(reading, place), place.sentence))
    sentence = reading.sentences[place.sentence]
    return Relation(
        head=PAPER,
        kind=EdgeKind.INTRODUCES,
        tail=thing.group.id,
        start=sentence.start,
        end=sentence.end,
        confidence=thing.group.confidence,
        extractor="introduced",
    )


def _distance(reading: Reading, place: Place) -> int:
    """How far a mention stands from what introduces it: 0 beside "we propose", 1 in a sentence, 2 in the title."""
    if reading.sentences[place.sentence].part == "title":
        return 2
    before = [token.lower for token in reading.tokens[place.sentence][: place.first]]
    return 0 if not words("introducing").isdisjoint(before) else 1
