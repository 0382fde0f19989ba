"""Pairs of things that a document may relate, with the cues for and against each kind of relation.

The head of a pair is "paper" (which stands for the paper and what it introduces) or a thing that shares a sentence with
the tail. The cues of a pair come from up to `SENTENCES` sentences; at most `PAIRS` pairs of two things are read in one
sentence, so that a sentence full of names costs no more than a long one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.model import PAPER, EdgeKind
from loaders.extract.cues import words
from loaders.extract.grouping import Place, Thing
from loaders.extract.patterns import Fired, Line, find_patterns
from loaders.extract.reading import Reading
from loaders.extract.spans import is_content
from loaders.extract.tokens import Token

SENTENCES = 8
PAIRS = 240
_GROUPS = ("contrast", "better", "parity", "trained", "evaluated", "using")


@dataclass(frozen=True)
class Scene:
    """A sentence with its things: where each stands, which patterns were found, and what else it holds."""

    number: int
    part: str
    tokens: Sequence[Token]
    places: Sequence[tuple[Place, Thing]]
    fired: Mapping[tuple[str, str], Sequence[Fired]]
    common: tuple[str, ...]
    anchors: tuple[int, ...]


def canonical(thing: Thing) -> str:
    """The id that stands for a thing in a pair: "paper" for what the paper introduces."""
    return PAPER if thing.group.introduced else thing.group.id


def scenes(reading: Reading, things: Sequence[Thing]) -> list[Scene]:
    """The sentences that hold a thing, but those with a torn name, which may be what they speak of."""
    inside: dict[int, list[tuple[Place, Thing]]] = defaultdict(list)
    for thing in things:
        for place in thing.places:
            if place.sentence not in reading.torn:
                inside[place.sentence].append((place, thing))
    return [
        make_scene(reading, number, sorted(found, key=lambda f: f[0].first)) for number, found in sorted(inside.items())
    ]


def _answers(reading: Reading, number: int) -> bool:
    """Whether the paper says within two sentences what it does about what this one says."""
    for tokens in reading.tokens[number + 1 : number + 3]:
        lower = {token.lower for token in tokens[:12]}
        if lower & words("paper") and lower & words("introducing"):
            return True
    return False


def _shortcomings(reading: Reading, number: int, places: Sequence[tuple[Place, Thing]]) -> Iterator[Fired]:
    """The things of whose shortcomings a sentence speaks, where the paper answers them."""
    tokens = reading.tokens[number]
    lower = {token.lower for token in tokens}
    if lower & words("contrast") and not lower & {"we", "our"} and _answers(reading, number):
        for place, thing in places:
            before = tokens[place.first - 1].lower if place.first else ""
            if not thing.group.introduced and before not in words("prepositions") - words("listing") - {
                ",",
                "and",
                "or",
            }:
                yield Fired(PAPER, EdgeKind.IMPROVES_ON, thing.group.id, "shortcoming", "shortcoming", place.first)


def make_scene(reading: Reading, number: int, places: list[tuple[Place, Thing]]) -> Scene:
    """The scene of a sentence whose things stand at the places."""
    tokens = reading.tokens[number]
    begins = {place.first: (thing.group.id, place.end) for place, thing in places}
    covered = {at: thing.group.id for place, thing in places for at in range(place.first, place.end)}
    own = frozenset(thing.group.id for _, thing in places if thing.group.introduced)
    fired: dict[tuple[str, str], list[Fired]] = defaultdict(list)
    for found in find_patterns(Line(tokens, begins, covered, own)):
        fired[found.head, found.tail].append(found)
    for found in _shortcomings(reading, number, places):
        fired[found.head, found.tail].append(found)
    anchors = tuple(at for at, token in enumerate(tokens) if at not in covered and token.lower in words("paper"))
    return Scene(
        number, reading.sentences[number].part, tokens, places, fired, _common(reading, number, tokens), anchors
    )


def _common(reading: Reading, number: int, tokens: Sequence[Token]) -> tuple[str, ...]:
    """The cues of a sentence as a whole."""
    lower = {token.lower for token in tokens}
    count = len(reading.sentences)
    cues = [f"s.{group}" for group in _GROUPS if lower & words(group)]
    position = reading.sentences[number].part if number == 0 else min(4, 1 + 5 * number // max(count, 1))
    cues += [f"s.at={position}", f"s.last={min(3, count - number)}"]
    if any(token.text in "%×" for token in tokens):
        cues.append("s.percent")
    return tuple(cues)


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else "^"


def _list_start(tokens: Sequence[Token], first: int) -> int:
    """Where the list of names begins in which token `first` stands."""
    at = first
    while at > 0 and first - at < 24:
        before = tokens[at - 1]
        if (
            before.text in ",()/"
            or before.lower in ("and", "or")
            or (is_content(before) and before.text != before.lower)
        ):
            at -= 1
        else:
            break
    return at


def place_cues(scene: Scene, place: Place) -> list[str]:
    """The cues beside one mention."""
    tokens = scene.tokens
    one, two, three = (_word(tokens, place.first - back) for back in (1, 2, 3))
    head = _list_start(tokens, place.first)
    after, later = _word(tokens, place.end), _word(tokens, place.end + 1)
    cues = [f"a={one}", f"aa={two} {one}", f"a2={two}", f"a3={three}", f"b={after}", f"bb={after} {later}"]
    cues += [
        f"h={_word(tokens, head - 1)}",
        f"hh={_word(tokens, head - 2)} {_word(tokens, head - 1)}",
        f"h3={_word(tokens, head - 3)}",
    ]
    near = [token.lower for token in tokens[max(0, head - 6) : head]]
    cues += [f"near.{group}" for group in _GROUPS if not words(group).isdisjoint(near)]
    cues += [
        f"v={token.lower}"
        for token in tokens[max(0, head - 8) : head]
        if token.text == token.lower and len(token.text) > 3
    ]
    return cues


def paper_cues(scene: Scene, place: Place, thing: Thing) -> list[str]:
    """The cues of "paper" and a thing from one mention of it."""
    kind = thing.group.kind.value
    cues = [*place_cues(scene, place), *scene.common]
    heads = [p.first for p, t in scene.places if t.group.introduced and t is not thing]
    before = any(at < place.first for at in (*scene.anchors, *heads))
    cues += [f"we={bool(scene.anchors)}", f"new={bool(heads)}", f"before={before}"]
    own = [t.group.id for _, t in scene.places if t.group.introduced] + [PAPER]
    for fired in (f for head in own for f in scene.fired.get((head, thing.group.id), ())):
        cues += [
            f"rule={fired.rule}",
            f"phrase={fired.phrase}/{fired.kind}",
            f"rule={fired.rule} we={bool(scene.anchors or heads)}",
        ]
    others = [f"back={f.rule}" for head in own for f in scene.fired.get((thing.group.id, head), ())]
    return [*cues, *others, *(f"{kind[:2]} {cue}" for cue in cues if not cue.startswith(("v=", "aa", "bb", "s.")))]


def between_cues(scene: Scene, one: Place, other: Place) -> list[str]:
    """The cues from the words between two mentions."""
    first, last = sorted((one, other), key=lambda place: place.first)
    gap = scene.tokens[first.end : last.first]
    lower = [token.lower for token in gap]
    order = ">" if first is one else "<"
    cues = [f"{order}gap={min(len(gap), 9) if len(gap) < 9 else 9 + (len(gap) > 16)}"]
    if len(gap) <= 4:
        cues.append(f"{order}is={' '.join(lower)}")
    cues += [f"{order}w={word}" for word in dict.fromkeys(lower[:14])]
    cues += [f"{order}near.{group}" for group in _GROUPS if not words(group).isdisjoint(lower)]
    return cues


def thing_cues(scene: Scene, head: tuple[Place, Thing], tail: tuple[Place, Thing]) -> list[str]:
    """The cues of two things from one mention of each in the same sentence."""
    kinds = f"{head[1].group.kind.value[:2]}{tail[1].group.kind.value[:2]}"
    siblings = _list_start(scene.tokens, head[0].first) == _list_start(scene.tokens, tail[0].first)
    cues = [*between_cues(scene, head[0], tail[0]), *scene.common, f"siblings={siblings}"]
    cues += [f"t.{cue}" for cue in place_cues(scene, tail[0]) if not cue.startswith(("v=", "aa", "bb"))]
    cues += [f"o.{cue}" for cue in place_cues(scene, head[0]) if cue.startswith(("a=", "b=", "h="))]
    own = any(t.group.introduced for _, t in scene.places)
    cues += [f"we={bool(scene.anchors)} new={own}", f"others={min(6, len(scene.places))}"]
    for fired in scene.fired.get((head[1].group.id, tail[1].group.id), ()):
        cues += [f"rule={fired.rule}", f"phrase={fired.phrase}/{fired.kind}"]
    cues += [f"back={f.rule}" for f in scene.fired.get((tail[1].group.id, head[1].group.id), ())]
    return [f"2.{cue}" for cue in cues] + [
        f"2.{kinds} {cue}" for cue in cues if cue.startswith((">", "<", "rule", "t.h=", "siblings", "back"))
    ]


@dataclass(frozen=True)
class Pair:
    """Two ends, the cues that each sentence gives, those that hang on none, and the patterns found in each sentence."""

    head: str
    tail: str
    cues: Mapping[int, tuple[str, ...]]
    whole: tuple[str, ...]
    fired: Mapping[int, tuple[Fired, ...]]


def _whole(thing: Thing, prefix: str) -> tuple[str, ...]:
    """The cues of a thing that hang on no sentence."""
    group = thing.group
    kind = group.kind.value
    title = any(place.sentence == 0 for place in thing.places)
    many = min(3, len({place.sentence for place in thing.places}))
    word = group.name.split()[-1].lower().rstrip("s")
    capital = group.name != group.name.lower()
    return (
        f"{prefix}kind={kind}", f"{prefix}title={title} {kind}", f"{prefix}many={many} {kind}", f"{prefix}name={word}",
        f"{prefix}capital={capital} {kind}", f"{prefix}new={group.introduced} {kind}", f"{prefix}first={thing.places[0].sentence == 1} {many} {kind}",
    )  # fmt: skip


def find_pairs(found_scenes: Sequence[Scene], things: Sequence[Thing]) -> Iterator[Pair]:
    """All pairs of a document that may be related."""
    cues: dict[tuple[str, str], dict[int, dict[str, None]]] = defaultdict(dict)
    by_id = {thing.group.id: thing for thing in things}
    for scene in found_scenes:
        for place, thing in scene.places:
            _add(cues[PAPER, thing.group.id], scene.number, paper_cues(scene, place, thing))
        for one, other in _couples(scene):
            _add(cues[one[1].group.id, other[1].group.id], scene.number, thing_cues(scene, one, other))
    fired = _all_fired(found_scenes, by_id)
    whole_of = cache(lambda thing, prefix: _whole(by_id[thing], prefix))
    for (head, tail), found in cues.items():
        cues_of = ((tail, "t."),) if head == PAPER else ((tail, "2.t."), (head, "2.o."))
        whole = tuple(cue for thing, prefix in cues_of for cue in whole_of(thing, prefix))
        by_sentence = {number: tuple(some) for number, some in found.items()}
        yield Pair(head, tail, by_sentence, whole, fired.get((head, tail), {}))


def _all_fired(
    found_scenes: Sequence[Scene], by_id: Mapping[str, Thing]
) -> dict[tuple[str, str], dict[int, tuple[Fired, ...]]]:
    """The patterns of each pair by sentence; what the paper introduces counts as the paper."""
    found: dict[tuple[str, str], dict[int, tuple[Fired, ...]]] = defaultdict(dict)
    for scene in found_scenes:
        for (head, tail), fired in scene.fired.items():
            own = head != PAPER and by_id[head].group.introduced
            here = found[PAPER if own else head, tail]
            here[scene.number] = (*here.get(scene.number, ()), *fired)
    return found


def _add(cues: dict[int, dict[str, None]], number: int, more: Sequence[str]) -> None:
    if number in cues or len(cues) < SENTENCES:
        cues.setdefault(number, {}).update(dict.fromkeys(more))


def _couples(scene: Scene) -> Iterator[tuple[tuple[Place, Thing], tuple[Place, Thing]]]:
    """The pairs of different things of a sentence whose head the paper does not introduce."""
    count = 0
    for head in scene.places:
        if head[1].group.introduced:
            continue
        for tail in scene.places:
            if tail[1] is not head[1]:
                if count >= PAIRS:
                    return
                count += 1
                yield head, tail
