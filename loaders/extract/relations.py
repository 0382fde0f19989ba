"""Relations between the things of a document: every pair is weighed for each of the seven kinds.

The sentence that says a relation outright is its evidence (`evidence.py`). Where the head is the paper and the paper names
what it introduces, the head is that name: the one in the sentence, else the one the paper names first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.hardware import parse_device
from kg.model import PAPER, RELATIONS, EdgeKind, EntityKind, Relation
from loaders.extract.cast import Cast
from loaders.extract.cues import words
from loaders.extract.evidence import Case, Evidence, choose_evidence
from loaders.extract.grouping import Thing
from loaders.extract.measured import confidence, precision
from loaders.extract.pairs import Pair, Scene, find_pairs
from loaders.extract.patterns import Fired
from loaders.extract.reading import Reading
from loaders.extract.spotting import is_count
from loaders.extract.weights import logistic, threshold, weights

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


SURE = 0.7
"""How sure it must be that the paper introduces a thing for it to speak for the paper before a surer one."""
NAMED_FROM = 0.6
"""How sure it must be that the paper introduces a thing for it to speak for the paper at all."""
ALONE = 0.45
"""A pattern measured to be right this often states a relation even where the weights are against it."""
AGAINST = {EdgeKind.IMPROVES_ON: "parity", EdgeKind.EVALUATED_ON: "trained on"}
"""The pattern that speaks for another kind than this one."""
CONTESTED = 0.6
"""The probability from which on a relation is stated against such a pattern."""
BETWEEN = 0.35
"""The probability from which on a relation is stated between two things that are not the paper's."""
UNSAID = "relations/unsaid"
"""What finds that one thing improves on another where cues alone say so and no sentence does."""
DOUBT = 0.08
"""The probability below which no pattern is believed."""


@dataclass(frozen=True)
class Weighed:
    """A pair with the probability of a kind, the sentence that speaks most for it, and the best pattern there.

    `strengths` says of each sentence of the pair how strongly its cues and patterns speak for the kind.
    """

    pair: Pair
    kind: EdgeKind
    chance: float
    sentence: int
    rule: str
    strengths: Mapping[int, float]


def _by(weighed: Weighed, evidence: Evidence) -> str:
    """What found a relation, as its evidence has it: a pattern, the weighing of cues, or that without a sentence."""
    if weighed.kind is EdgeKind.IMPROVES_ON and not evidence.ground:
        return UNSAID
    _, rule = _best_rule(weighed.pair.fired.get(evidence.sentence, ()), weighed.kind)
    return f"relations/{rule}" if rule else "relations/weighed"


def _sureness(weighed: Weighed, by: str) -> float:
    """The confidence of a relation; where no sentence says it outright, at most the precision of such relations."""
    usual = confidence("relations", weighed.kind, weighed.chance)
    return min(usual, confidence(UNSAID, weighed.kind, weighed.chance)) if by == UNSAID else usual


@lru_cache(maxsize=1)
def _kinds() -> tuple[EdgeKind, ...]:
    """The kinds in the order of the columns of weights."""
    return tuple(EdgeKind(label) for label in weights("relations").labels)


def weigh_pair(pair: Pair, tail: Thing, head: Thing | None) -> Iterator[Weighed]:
    """The kinds that may hold of a pair, with their probabilities."""
    table = weights("relations")
    parts = {number: table.total(cues) for number, cues in pair.cues.items()}
    every = parts[next(iter(parts))]
    if len(parts) > 1:
        every = table.total({cue: None for cues in pair.cues.values() for cue in cues})
    whole = table.total([*pair.whole, f"n.{min(3, len(pair.cues))}", "bias"])
    for index, kind in enumerate(_kinds()):
        if tail.group.kind in TAILS[kind] and (head is None or head.group.kind in HEADS[kind]):
            rules = {number: _best_rule(pair.fired.get(number, ()), kind) for number in parts}
            strengths = {number: parts[number][index] + 2 * rules[number][0] for number in parts}
            best = max(strengths, key=lambda number: (strengths[number], -number))
            yield Weighed(pair, kind, logistic(every[index] + whole[index]), best, rules[best][1], strengths)


def _best_rule(fired: Sequence[Fired], kind: EdgeKind) -> tuple[float, str]:
    """The most precise pattern of a kind, after its precision."""
    return max(((precision(f.rule, kind), f.rule) for f in fired if f.kind is kind), default=(0.0, ""))


def weigh_relations(found_scenes: Sequence[Scene], cast: Cast) -> Iterator[Weighed]:
    """All pairs of a document under all kinds that their ends allow."""
    for pair in find_pairs(found_scenes, cast.things):
        yield from weigh_pair(pair, cast.by_id[pair.tail], cast.by_id.get(pair.head))


def find_relations(reading: Reading, found_scenes: Sequence[Scene], things: Sequence[Thing]) -> tuple[Relation, ...]:
    """The relations that are probable enough."""
    cast = Cast(reading, things)
    return tuple(
        _relation(cast, weighed)
        for weighed in weigh_relations(found_scenes, cast)
        if _holds(weighed, threshold(weighed.kind))
    )


def _holds(weighed: Weighed, least: float) -> bool:
    """Whether a relation is stated: it is probable enough, a precise pattern says so of the paper, or it "is compared"."""
    of_paper = weighed.pair.head == PAPER
    alone = of_paper and weighed.chance >= DOUBT and precision(weighed.rule, weighed.kind) >= ALONE
    every = [fired for found in weighed.pair.fired.values() for fired in found]
    if any(fired.kind is weighed.kind and fired.phrase.split()[0] in words("being") for fired in every):
        return True
    rules = {fired.rule for fired in every}
    against = AGAINST.get(weighed.kind, "") in rules and precision(weighed.rule, weighed.kind) < ALONE
    return alone or weighed.chance >= max(least, 0 if of_paper else BETWEEN, CONTESTED if against else 0)


def _relation(cast: Cast, weighed: Weighed) -> Relation:
    tail = cast.by_id[weighed.pair.tail]
    head = weighed.pair.head
    evidence = choose_evidence(Case(cast, weighed.pair, weighed.kind, weighed.strengths))
    if head == PAPER:
        head = name_of_paper(cast, evidence.sentence, weighed.kind, tail)
    sentence = cast.reading.sentences[evidence.sentence]
    by = _by(weighed, evidence)
    device = device_at(cast, tail, evidence.sentence) if weighed.kind is EdgeKind.RUNS_ON else None
    return Relation(
        head=head,
        kind=weighed.kind,
        tail=tail.group.id,
        start=sentence.start,
        end=sentence.end,
        confidence=_sureness(weighed, by),
        extractor=by,
        count=device[0] if device else None,
        memory=device[1] if device else None,
    )


def name_of_paper(cast: Cast, sentence: int, kind: EdgeKind, tail: Thing | None = None) -> str:
    """The introduced thing that a sentence's "we" means: the surest one, or a sure one that stands in the sentence.

    It is "paper" where none is sure enough to speak for the paper.
    """
    main = cast.newest(HEADS[kind], tail)
    if main is None:
        return PAPER
    own = [t for t in cast.introduced.get(sentence, ()) if t is not tail and t.group.kind in HEADS[kind]]
    here = [t for t in own if t.newness >= SURE]
    best = main if main in here or not here else max(here, key=lambda thing: thing.newness)
    return best.group.id if best.newness >= NAMED_FROM else PAPER


def device_at(cast: Cast, thing: Thing, sentence: int) -> tuple[int | None, float | None]:
    """How many devices a mention in a sentence speaks of, and the memory of each."""
    place = cast.places[thing.group.id].get(sentence, thing.places[0])
    tokens = cast.reading.tokens[place.sentence]
    first = place.first
    while first > 0 and place.first - first < 4 and is_count(tokens[first - 1]):
        first -= 1
    device = parse_device(cast.reading.text[tokens[first].start : place.end_char])
    return device.count, device.memory
