"""Relations between the things of a document: every pair is weighed for each of the seven kinds.

The sentence that speaks most strongly for a relation is its evidence. Where the head is the paper and the paper names
what it introduces, the head is that name: the one in the sentence, else the one the paper names first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.hardware import parse_device
from kg.lexicon import lexicon
from kg.model import PAPER, RELATIONS, EdgeKind, EntityKind, Relation
from loaders.extract.grouping import Thing
from loaders.extract.pairs import Pair, find_pairs
from loaders.extract.reading import Reading
from loaders.extract.weights import logistic, weights

NAMED = frozenset({EntityKind.METHOD, EntityKind.MODEL, EntityKind.DATASET})
TAILS: Mapping[EdgeKind, frozenset[EntityKind]] = {
    EdgeKind.IMPROVES_ON: NAMED,
    EdgeKind.COMPARED_WITH: frozenset({EntityKind.METHOD, EntityKind.MODEL}),
    EdgeKind.BUILDS_ON: NAMED,
    EdgeKind.EVALUATED_ON: frozenset({EntityKind.DATASET}),
    EdgeKind.TRAINED_ON: frozenset({EntityKind.DATASET}),
    EdgeKind.RUNS_ON: frozenset({EntityKind.HARDWARE}),
    EdgeKind.ADDRESSES: frozenset({EntityKind.TASK}),
}
HEADS: Mapping[EdgeKind, frozenset[EntityKind]] = {
    kind: NAMED
    if kind in (EdgeKind.IMPROVES_ON, EdgeKind.BUILDS_ON, EdgeKind.ADDRESSES)
    else NAMED - {EntityKind.DATASET}
    for kind in RELATIONS
}


@dataclass(frozen=True)
class Weighed:
    """A pair with the score of a kind, and the sentence that speaks most for it."""

    pair: Pair
    kind: EdgeKind
    chance: float
    sentence: int


def least_chances() -> Mapping[EdgeKind, float]:
    """The probability from which on a relation of each kind is stated."""
    return {
        EdgeKind(row["kind"]): float(row["least"])
        for row in lexicon().rows("cues_thresholds")
        if row["kind"] in tuple(EdgeKind)
    }


def weigh_pair(pair: Pair, tail: Thing, head: Thing | None) -> Iterator[Weighed]:
    """The kinds that may hold of a pair, with their probabilities."""
    table = weights("relations")
    parts = {number: table.total(cues) for number, cues in pair.cues.items()}
    every = table.total({cue: None for cues in pair.cues.values() for cue in cues})
    whole = table.total([*pair.whole, f"n.{min(3, len(pair.cues))}", "bias"])
    for index, label in enumerate(table.labels):
        kind = EdgeKind(label)
        if tail.group.kind in TAILS[kind] and (head is None or head.group.kind in HEADS[kind]):
            best = max(parts, key=lambda number: (parts[number][index], -number))
            yield Weighed(pair, kind, logistic(every[index] + whole[index]), best)


def weigh_relations(reading: Reading, things: Sequence[Thing]) -> list[Weighed]:
    """All pairs of a document under all kinds that their ends allow."""
    by_id = {thing.group.id: thing for thing in things}
    return [
        weighed
        for pair in find_pairs(reading, things)
        for weighed in weigh_pair(pair, by_id[pair.tail], by_id.get(pair.head))
    ]


def find_relations(reading: Reading, things: Sequence[Thing]) -> tuple[Relation, ...]:
    """The relations that are probable enough, strongest evidence first within a pair."""
    least = least_chances()
    by_id = {thing.group.id: thing for thing in things}
    return tuple(
        relation
        for weighed in weigh_relations(reading, things)
        if weighed.chance >= least[weighed.kind]
        if (relation := _relation(reading, things, by_id, weighed))
    )


def _relation(
    reading: Reading, things: Sequence[Thing], by_id: Mapping[str, Thing], weighed: Weighed
) -> Relation | None:
    tail = by_id[weighed.pair.tail]
    head = weighed.pair.head
    if head == PAPER:
        head = name_of_paper(things, weighed.sentence, weighed.kind, tail)
    sentence = reading.sentences[weighed.sentence]
    device = device_at(reading, tail, weighed.sentence) if weighed.kind is EdgeKind.RUNS_ON else None
    return Relation(
        head=head,
        kind=weighed.kind,
        tail=tail.group.id,
        start=sentence.start,
        end=sentence.end,
        confidence=round(weighed.chance, 3),
        extractor="relations",
        count=device[0] if device else None,
        memory=device[1] if device else None,
    )


def name_of_paper(things: Sequence[Thing], sentence: int, kind: EdgeKind, tail: Thing) -> str:
    """The introduced thing that a sentence's "we" means: one in the sentence, else the first of all, else "paper"."""
    own = [t for t in things if t.group.introduced and t is not tail and t.group.kind in HEADS[kind]]
    if not own:
        return PAPER
    here = [thing for thing in own if any(place.sentence == sentence for place in thing.places)]
    main = own[0]
    return (main if main in here or not here else here[0]).group.id


def device_at(reading: Reading, thing: Thing, sentence: int) -> tuple[int | None, float | None]:
    """How many devices a mention in a sentence speaks of, and the memory of each."""
    place = next((place for place in thing.places if place.sentence == sentence), thing.places[0])
    tokens = reading.tokens[place.sentence]
    first = max(0, place.first - 3)
    device = parse_device(reading.text[tokens[first].start : place.end_char])
    return device.count, device.memory
