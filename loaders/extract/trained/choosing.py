"""From everything that is probable to what is said: by the probabilities from which on each is believed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from loaders.extract.gold import value_of
from loaders.extract.grouping import best_name
from loaders.extract.trained.labels import CLAIM_KINDS, KINDS, NAMED, POLARITIES, RELATIONS
from loaders.extract.trained.names import Thing
from loaders.extract.trained.read import Asserted, Read

LEAST: Mapping[str, float] = {
    "entity": 0.5,
    "new": 0.5,
    "same": 0.5,
    "number": 0.5,
    "subject": 0.5,
    "comparator": 0.5,
    "dataset": 0.5,
    **{f"sentence {polarity}": 0.4 for polarity in POLARITIES},
    **dict.fromkeys(RELATIONS, 0.4),
}
"""The probabilities from which on something is believed, until they are chosen on annotated papers."""
_PLACES = {-1: None, -2: "baselines", -3: None}


def annotation(id: str, read: Read, least: Mapping[str, float]) -> dict[str, Any]:
    """What was read, in the form of the annotations, with a confidence on each item."""
    names = {at: f"e{at}" for at in range(1, len(read.things) + 1)} | {0: _paper(read)}
    lines = read.words.reading.sentences

    def says(line: int) -> str:
        return read.words.reading.text[lines[line].start : lines[line].end]

    relations = []
    for one in read.stated:
        if one.chance >= least[one.kind]:
            head = "paper" if names[one.head] == names[one.tail] else names[one.head]
            relations.append(
                {
                    "head": head,
                    "type": one.kind,
                    "tail": names[one.tail],
                    "evidence": says(one.sentence),
                    "confidence": one.chance,
                }
            )
    return {
        "id": id,
        "entities": [
            _entity(f"e{at}", thing, read, is_new=at in read.new) for at, thing in enumerate(read.things, start=1)
        ],
        "relations": relations,
        "claims": [row for one in read.asserted for row in _rows(one, read, names, says(one.sentence), least)],
    }


def _paper(read: Read) -> str:
    """The thing that stands for the paper: of what it introduces the surest."""
    own = [at for at in read.new if read.things[at - 1].kind in NAMED]
    return f"e{max(own, key=lambda at: read.things[at - 1].newness)}" if own else "paper"


def _entity(id: str, thing: Thing, read: Read, *, is_new: bool) -> dict[str, Any]:
    texts = list(dict.fromkeys(read.words.text(span) for span in thing.spans))
    name = best_name(texts, read.words.reading.expansions)
    return {
        "id": id,
        "type": KINDS[thing.kind],
        "name": name,
        "aliases": [text for text in texts if text != name],
        "introduced": is_new,
        "confidence": thing.sure,
    }


def _rows(
    one: Asserted, read: Read, names: Mapping[int, str], evidence: str, least: Mapping[str, float]
) -> Iterator[dict[str, Any]]:
    if one.chance < least["number" if one.number is not None else f"sentence {one.polarity}"]:
        return
    number = None if one.number is None else read.words.numbers[one.number]
    most = 1 if number else 6
    for subject in _picked(one.subjects, least["subject"])[:most]:
        for comparator in _picked(one.comparators, least["comparator"])[:most]:
            for dataset in _picked(one.datasets, least["dataset"])[:most]:
                yield {
                    "subject": names[subject],
                    "comparator": _PLACES[comparator] if comparator < 0 else names[comparator],
                    "dataset": None if dataset < 0 else names[dataset],
                    "task": None,
                    "metric": None,
                    "value": value_of(read.words.reading.text[number.start : number.end]) if number else None,
                    "unit": number.unit if number else None,
                    "kind": CLAIM_KINDS[max(range(len(CLAIM_KINDS)), key=lambda kind: one.kinds[kind])],
                    "polarity": one.polarity,
                    "evidence": evidence,
                    "confidence": one.chance,
                }


def _picked(role: Sequence[tuple[int, float]], least: float) -> list[int]:
    """The candidates that are probable enough, else the most probable."""
    ranked = sorted(role, key=lambda seat: -seat[1])
    return [at for at, chance in ranked if chance >= least] or [ranked[0][0]]
