"""Claims: numbers that state a result, and sentences that assert one without a number.

What a number or a sentence asserts is weighed from the words around it; subject, comparator, dataset and metric are the
nearest that fit. At most `NUMBERS` numbers of a sentence and `ROWS` claims without number are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model import PAPER, ClaimDraft, ClaimKind, EdgeKind, EntityKind, Polarity, Relation
from loaders.extract.cast import Cast
from loaders.extract.grouping import Place, Thing
from loaders.extract.literals import Literal, find_literals, find_metrics
from loaders.extract.measured import confidence
from loaders.extract.numbers import Number, find_numbers
from loaders.extract.pairs import Scene, make_scene
from loaders.extract.reading import Reading
from loaders.extract.relations import name_of_paper
from loaders.extract.weights import logistic, softmax, threshold, weights

NUMBERS = 24
ROWS = 6
_RIVALRY = (EdgeKind.IMPROVES_ON, EdgeKind.COMPARED_WITH)
_NOTHING = "none"


@dataclass(frozen=True)
class Stage:
    """A sentence as its claims need it."""

    number: int
    scene: Scene
    numbers: tuple[Number, ...]
    metrics: tuple[Literal, ...]
    literals: tuple[Literal, ...]


def stages(reading: Reading, found_scenes: Sequence[Scene]) -> Iterator[Stage]:
    """Every sentence after the title that holds no torn name, with its numbers, metrics and literal comparators."""
    known = {scene.number: scene for scene in found_scenes}
    for number, sentence in enumerate(reading.sentences):
        if sentence.part == "title" or number in reading.torn:
            continue
        tokens = reading.tokens[number]
        scene = known.get(number) or make_scene(reading, number, [])
        inside = [(place.start_char, place.end_char) for place, _ in scene.places]
        found = [
            n
            for n in find_numbers(reading.text, sentence.start, sentence.end)
            if not any(start <= n.start < end for start, end in inside)
        ]
        yield Stage(number, scene, tuple(found[:NUMBERS]), find_metrics(tokens), find_literals(tokens))


def number_cues(reading: Reading, stage: Stage, number: Number) -> list[str]:
    """The cues that say what a number asserts."""
    tokens = stage.scene.tokens
    before = [token.lower for token in tokens if token.end <= number.start]
    after = [token.lower for token in tokens if token.start >= number.unit_end]
    left, right = ["^", "^", "^", *before][-3:], [*after, "$", "$", "$"][:3]
    cues = [f"a={left[2]}", f"aa={left[1]} {left[2]}", f"a2={left[1]}", f"a3={left[0]}"]
    cues += [f"b={right[0]}", f"bb={right[0]} {right[1]}", f"b2={right[1]}", f"b3={right[2]}"]
    cues += [f"l={word}" for word in dict.fromkeys(before[-12:])] + [f"r={word}" for word in dict.fromkeys(after[:8])]
    written = reading.text[number.start : number.end]
    form = f"{'.' in written} {number.high is not None} {written[0] in '+-−'} {bool(number.scale)}"
    size = min(5, len(str(int(min(number.low, 1e9)))))
    cues += [
        f"unit={number.unit}",
        f"form={form}",
        f"size={size} {number.unit}",
        f"u={number.unit} a={left[2]}",
        f"u={number.unit} b={right[0]}",
    ]
    cues += [
        f"metric={any(m.start >= number.unit_end and m.start - number.unit_end < 30 for m in stage.metrics)} {any(number.start - m.end in range(30) for m in stage.metrics)}"
    ]
    cues += [*stage.scene.common, f"count={min(6, len(stage.numbers))}", f"index={min(4, stage.numbers.index(number))}"]
    cues += [f"we={bool(stage.scene.anchors)}", f"things={min(4, len(stage.scene.places))}"]
    return cues


def sentence_cues(reading: Reading, stage: Stage, rivals: Sequence[Relation]) -> list[str]:
    """The cues that say what a sentence asserts."""
    scene = stage.scene
    lower = [token.lower for token in scene.tokens]
    cues = [f"w={word}" for word in dict.fromkeys(lower)]
    cues += [f"ww={one} {two}" for one, two in dict.fromkeys(pairwise(lower))]
    new = any(thing.group.introduced for _, thing in scene.places)
    old = any(not thing.group.introduced and thing.group.kind is not EntityKind.TASK for _, thing in scene.places)
    cues += [f"new={new} old={old} we={bool(scene.anchors)}", f"things={min(5, len(scene.places))}", *scene.common]
    cues += [
        f"numbers={min(3, len(stage.numbers))}",
        f"literals={min(2, len(stage.literals))}",
        f"metrics={min(2, len(stage.metrics))}",
    ]
    cues += [f"rivals={min(3, len(rivals))}", *(f"rival={relation.kind}" for relation in rivals)]
    return cues


def _nearest(stage: Stage, kinds: frozenset[EntityKind], at: int, *, after: bool) -> str | None:
    """The thing of one of the kinds nearest to an offset; what follows it counts as nearer where `after`."""
    fitting = [(place, thing) for place, thing in stage.scene.places if thing.group.kind in kinds]
    if not fitting:
        return None
    weight = (1, 3) if after else (3, 1)
    best = min(
        fitting,
        key=lambda f: (f[0].start_char - at) * weight[0] if f[0].start_char >= at else (at - f[0].end_char) * weight[1],
    )
    return best[1].group.id


def _closest(literals: Sequence[Literal], at: int) -> str | None:
    return min(literals, key=lambda literal: abs(literal.start - at)).text if literals else None


@dataclass(frozen=True)
class Context:
    """What all claims of a document draw on."""

    cast: Cast
    rivals: Mapping[int, Sequence[Relation]]
    task: str | None


def _subject(context: Context, stage: Stage, polarity: str, at: int) -> str:
    """What a claim is about: the paper's own thing where it speaks for the paper, else a thing of the sentence."""
    paper = name_of_paper(context.cast, stage.number, EdgeKind.IMPROVES_ON)
    own = any(thing.group.introduced for _, thing in stage.scene.places)
    others = [
        thing
        for place, thing in stage.scene.places
        if not thing.group.introduced
        and thing.group.kind in (EntityKind.METHOD, EntityKind.MODEL)
        and place.start_char < at
    ]
    if others and not own and (polarity == "-" or not stage.scene.anchors):
        return others[0].group.id
    return paper


def _labels(label: str) -> tuple[ClaimKind, Polarity]:
    kind, polarity = label.rsplit(" ", 1)
    return ClaimKind(kind), "+" if polarity == "+" else "-" if polarity == "-" else "0"


def number_claims(context: Context, stage: Stage) -> Iterator[ClaimDraft]:
    """The claims that the numbers of a sentence make."""
    table = weights("numbers")
    least = threshold("number")
    sentence = context.cast.reading.sentences[stage.number]
    for number in stage.numbers:
        chances = softmax(table.total([*number_cues(context.cast.reading, stage, number), "bias"]))
        none = table.labels.index(_NOTHING)
        if 1 - chances[none] < least:
            continue
        best = max((i for i in range(len(chances)) if i != none), key=lambda i: chances[i])
        kind, polarity = _labels(table.labels[best])
        rivals = [r for r in context.rivals.get(stage.number, ()) if r.tail != PAPER]
        comparator = rivals[0].tail if rivals and kind in (ClaimKind.IMPROVEMENT, ClaimKind.EFFICIENCY) else None
        literal = None if comparator or kind is ClaimKind.RESULT else _closest(stage.literals, number.start)
        yield ClaimDraft(
            kind=kind,
            polarity=polarity,
            subject=_subject(context, stage, polarity, number.start),
            comparator=comparator,
            comparator_text=literal,
            dataset=_nearest(stage, frozenset({EntityKind.DATASET}), number.start, after=True),
            task=context.task,
            metric_text=_closest(stage.metrics, number.start),
            value=number.low,
            value_max=number.high,
            value_text=context.cast.reading.text[number.start : number.end],
            value_start=number.start,
            value_end=number.end,
            unit=number.unit,
            start=sentence.start,
            end=sentence.end,
            confidence=confidence("numbers", kind, 1 - chances[none]),
            extractor="numbers",
        )


def sentence_claims(context: Context, stage: Stage) -> Iterator[ClaimDraft]:
    """The claims that a sentence makes without a number, one row for each thing it compares with."""
    table = weights("sentences")
    least = threshold("sentence")
    sentence = context.cast.reading.sentences[stage.number]
    rivals = context.rivals.get(stage.number, ())
    scores = table.total([*sentence_cues(context.cast.reading, stage, rivals), "bias"])
    for label, score in zip(table.labels, scores, strict=True):
        chance = logistic(score)
        if chance < least:
            continue
        kind, polarity = _labels(label)
        for subject, comparator, literal in _sides(context, stage, kind, polarity)[:ROWS]:
            yield ClaimDraft(
                kind=kind,
                polarity=polarity,
                subject=subject,
                comparator=comparator,
                comparator_text=literal,
                dataset=_nearest(stage, frozenset({EntityKind.DATASET}), sentence.start, after=True),
                task=context.task,
                metric_text=stage.metrics[0].text if stage.metrics else None,
                start=sentence.start,
                end=sentence.end,
                confidence=confidence("sentences", kind, chance),
                extractor="sentences",
            )


def _sides(
    context: Context, stage: Stage, kind: ClaimKind, polarity: Polarity
) -> list[tuple[str, str | None, str | None]]:
    """Subject, comparator and literal comparator of each row."""
    sentence = context.cast.reading.sentences[stage.number]
    wanted = EdgeKind.COMPARED_WITH if kind is ClaimKind.PARITY else EdgeKind.IMPROVES_ON
    rivals = [r for r in context.rivals.get(stage.number, ()) if r.kind is wanted]
    if kind is ClaimKind.LIMITATION:
        plain = {
            t.group.id: None
            for _, t in stage.scene.places
            if not t.group.introduced and t.group.kind in (EntityKind.METHOD, EntityKind.MODEL)
        }
        return [(subject, None, None) for subject in plain] or [
            (_subject(context, stage, polarity, sentence.end), None, None)
        ]
    if kind in (ClaimKind.IMPROVEMENT, ClaimKind.EFFICIENCY, ClaimKind.PARITY) and rivals:
        return [(r.head, r.tail, None) for r in rivals]
    subject = _subject(context, stage, polarity, sentence.end)
    if kind is ClaimKind.SOTA:
        return [(subject, None, "state of the art")]
    literal = stage.literals[0].text if stage.literals and kind is not ClaimKind.FINDING else None
    return [(subject, None, literal)]


def rivals_by_sentence(reading: Reading, relations: Sequence[Relation]) -> dict[int, list[Relation]]:
    """The relations of rivalry by the sentence that is their evidence."""
    at = {sentence.start: number for number, sentence in enumerate(reading.sentences)}
    rivals: dict[int, list[Relation]] = {}
    for relation in relations:
        if relation.kind in _RIVALRY and relation.start in at:
            rivals.setdefault(at[relation.start], []).append(relation)
    return rivals


def _named(cast: Cast, relations: Sequence[Relation]) -> list[Relation]:
    """The relations whose evidence names their tail; a claim does not name what only "existing methods" means."""
    at = {sentence.start: number for number, sentence in enumerate(cast.reading.sentences)}
    return [r for r in relations if at.get(r.start) in cast.places[r.tail]]


def find_claims(
    reading: Reading, found_scenes: Sequence[Scene], things: Sequence[Thing], relations: Sequence[Relation]
) -> tuple[ClaimDraft, ...]:
    """The claims of a document in order of their sentences."""
    cast = Cast(reading, things)
    rivals = rivals_by_sentence(reading, _named(cast, relations))
    task = next((r.tail for r in sorted(relations, key=lambda r: -r.confidence) if r.kind is EdgeKind.ADDRESSES), None)
    context = Context(cast, rivals, task)
    return tuple(
        claim
        for stage in stages(reading, found_scenes)
        for claim in (*number_claims(context, stage), *sentence_claims(context, stage))
    )


__all__ = ["Place", "find_claims", "number_cues", "sentence_cues", "stages"]
