"""One group for each thing: the spots of one normal form, an acronym with its expansion, and every other occurrence."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kg.model import EntityKind, Group, Mention
from kg.names import family, normal_form
from loaders.extract.measured import confidence
from loaders.extract.reading import Reading
from loaders.extract.spotting import NONE, Spot
from loaders.extract.weights import weights

LISTED = 0.25
"""What the lexicon adds to the probability that one of its names means a thing; on annotated papers F1 +.01."""


@dataclass(frozen=True)
class Place:
    """An occurrence of a group: tokens `first:end` of a sentence."""

    sentence: int
    first: int
    end: int
    start_char: int
    end_char: int


@dataclass(frozen=True)
class Thing:
    """A group with the places of its mentions as tokens, how probable it is that it is a thing at all, and how probable
    that the paper introduces it."""

    group: Group
    places: tuple[Place, ...]
    chance: float = 1.0
    newness: float = 0.0


def _place(reading: Reading, spot: Spot) -> Place:
    tokens = reading.tokens[spot.sentence]
    return Place(spot.sentence, spot.first, spot.end, tokens[spot.first].start, tokens[spot.end - 1].end)


def _kind(spots: Sequence[Spot]) -> tuple[EntityKind, float]:
    """The kind with the highest sum of log probabilities, and how probable it is that the group is a thing."""
    labels = weights("kind").labels
    best = max(
        (label for label in labels if label != NONE),
        key=lambda label: (sum(math.log(s.chances[labels.index(label)] + 1e-3) for s in spots), label),
    )
    return EntityKind(best), 1 - min(s.chances[labels.index(NONE)] for s in spots)


def join(keys: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The representative of each key once the pairs are joined."""
    root = {key: key for key in keys}

    def find(key: str) -> str:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for one, other in pairs:
        if one in root and other in root:
            root[find(other)] = find(one)
    return {key: find(key) for key in root}


def best_name(texts: Sequence[str], short_forms: Collection[str]) -> str:
    """The fullest proper form: a short form of the document, else capitals before small letters, longer; of equals the first."""
    return max(texts, key=lambda t: (t in short_forms, t[1:] != t[1:].lower(), len(t)))


def group_spots(reading: Reading, spots: Sequence[Spot]) -> tuple[Thing, ...]:
    """The things of a document in order of appearance."""
    form = {spot: normal_form(_text(reading, spot), "method") for spot in spots}
    pairs = [(normal_form(short, "method"), normal_form(long, "method")) for short, long in reading.expansions.items()]
    by_entry: dict[str, str] = {}
    for spot in spots:
        if spot.entry:
            pairs.append((by_entry.setdefault(f"{spot.entry.kind}/{spot.entry.name}", form[spot]), form[spot]))
    roots = join(form.values(), pairs)
    members: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        members[roots[form[spot]]].append(spot)
    short_forms = frozenset(reading.expansions)
    return tuple(
        _thing(reading, f"g{number}", found, short_forms) for number, found in enumerate(members.values(), start=1)
    )


def _extractor(spots: Sequence[Spot], texts: Sequence[str], short_forms: frozenset[str]) -> str:
    """What found a thing first of all: the lexicon, an acronym's definition, or the weighing of its words."""
    if any(spot.entry for spot in spots):
        return "names/lexicon"
    return "names/acronym" if not short_forms.isdisjoint(texts) else "names/weighed"


def _text(reading: Reading, spot: Spot) -> str:
    place = _place(reading, spot)
    return reading.text[place.start_char : place.end_char]


def _thing(reading: Reading, id: str, spots: Sequence[Spot], short_forms: frozenset[str]) -> Thing:
    places = tuple(_place(reading, spot) for spot in spots)
    mentions = tuple(
        Mention(text=reading.text[p.start_char : p.end_char], start=p.start_char, end=p.end_char) for p in places
    )
    texts = list(dict.fromkeys(mention.text for mention in mentions))
    name = best_name(texts, short_forms)
    kind, chance = _kind(spots)
    group = Group(
        id=id,
        kind=kind,
        name=name,
        aliases=tuple(text for text in texts if text != name),
        mentions=mentions,
        confidence=confidence("names", kind, chance),
        extractor=_extractor(spots, texts, short_forms),
    )
    return Thing(group, places, chance + LISTED * any(spot.entry for spot in spots))


__all__ = ["Place", "Thing", "best_name", "family", "group_spots", "join"]
