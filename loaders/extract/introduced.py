"""Which things a paper introduces, by the cues around all their mentions."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.extract.cues import words
from loaders.extract.grouping import Thing
from loaders.extract.reading import Reading
from loaders.extract.terms import key, known
from loaders.extract.tokens import Token
from loaders.extract.weights import logistic, threshold, weights

MENTIONS = 8


def introduced_cues(reading: Reading, thing: Thing) -> list[str]:
    """The cues that a thing is introduced here."""
    kind = thing.group.kind.value
    name = thing.group.name
    cues = {f"kind={kind}", f"many={min(5, len(thing.places))}", f"last={name.split()[-1].lower()}"}
    cues.add(f"mixed={name[1:] != name[1:].lower()} {kind}")
    known_terms = known()
    form = key(name)
    counted = known_terms.terms.get(form)
    cues.add(f"listed={form in known_terms.entries} counted={bool(counted)}")
    if any(mention.text in reading.expansions for mention in thing.group.mentions):
        cues.add("acronym")
    for place in thing.places[:MENTIONS]:
        cues.update(_around(reading, place.sentence, place.first, place.end))
    cues.add(f"first={'title' if thing.places[0].sentence == 0 else min(5, thing.places[0].sentence)}")
    return sorted(cues | {f"{kind[:2]} {cue}" for cue in cues})


def _around(reading: Reading, sentence: int, first: int, end: int) -> list[str]:
    tokens: Sequence[Token] = reading.tokens[sentence]

    def word(at: int) -> str:
        return tokens[at].lower if 0 <= at < len(tokens) else "^"

    cues = [
        f"a={word(first - 1)}",
        f"aa={word(first - 2)} {word(first - 1)}",
        f"b={word(end)}",
        f"bb={word(end)} {word(end + 1)}",
    ]
    cues += [f"a3={word(first - 3)}", f"a2={word(first - 2)}"]
    before = [token.lower for token in tokens[max(0, first - 8) : first]]
    cues += [f"verb={w} we={'we' in before or 'paper' in before}" for w in before if w in words("introducing")]
    if not words("paper").isdisjoint(before):
        cues.append("we before")
    if sentence == 0:
        cues.append(f"title {first == 0} {word(end) == ':'}")
    return cues


def introduced_chance(reading: Reading, thing: Thing) -> float:
    """The probability that the paper introduces a thing."""
    table = weights("introduced")
    return logistic(table.total([*introduced_cues(reading, thing), "bias"])[0])


def mark_introduced(reading: Reading, things: Sequence[Thing]) -> tuple[Thing, ...]:
    """The things that are probable enough, those marked that the paper introduces.

    What is introduced needs less to be a thing: the paper says that it is one.
    """
    marked = (_marked(thing, introduced_chance(reading, thing), threshold("introduced")) for thing in things)
    return tuple(t for t in marked if t.chance >= threshold("name") or t.newness >= threshold("new name"))


def _marked(thing: Thing, chance: float, least: float) -> Thing:
    group = thing.group.model_copy(update={"introduced": True}) if chance >= least else thing.group
    return Thing(group, thing.places, thing.chance, chance)
