"""Answers by the steps between them and what was asked about: the fewest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.query.answers import Answer, Reason, combined, in_papers, sources, thing_name
from kg.query.catalogue import Query
from kg.store import Row

_FARTHEST = 5
_NAMED_VIAS = 3
_DIGITS = 6


@dataclass(frozen=True)
class _Place:
    """How far a thing is, the rows of the last step to it, and how sure the surest way is."""

    steps: int
    rows: tuple[Row, ...]
    score: float


def fold_lineage(query: Query, rows: Iterable[Row], about: str, other: str) -> tuple[Answer, ...]:
    """An answer for each thing and direction, at its fewest steps, at most five, over the rows from near to far.

    The score is the surest way's: the product over its steps of 1 − Π(1 − c), c the best confidence of each paper.
    """
    directions: dict[str, list[Row]] = {reason: [] for reason in query.reasons}
    for row in rows:
        directions[row["reason"]].append(row)
    found = [
        (at, place.steps, _answer(query, place, about))
        for at, own in enumerate(directions.values())
        for place in _places(own).values()
    ]
    found.sort(key=lambda item: (item[0], item[1], -item[2].score, item[2].name.casefold(), item[2].id))
    return tuple(answer for _, _, answer in found)


def _places(rows: Iterable[Row]) -> dict[str, _Place]:
    """The place of everything that can be reached from the thing itself, whose id in the rows is empty."""
    onward: defaultdict[str, defaultdict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        onward[row["via_id"]][row["answer_id"]].append(row)
    places: dict[str, _Place] = {}
    edge: Mapping[str, float] = {"": 1.0}
    for steps in range(1, _FARTHEST + 1):
        ways: defaultdict[str, list[tuple[float, list[Row]]]] = defaultdict(list)
        for near, score in edge.items():
            for far, own in onward[near].items():
                if far not in places:
                    ways[far].append((score * combined(own), own))
        fresh = {far: _place(steps, own) for far, own in ways.items()}
        places |= fresh
        edge = {far: place.score for far, place in fresh.items()}
    return places


def _place(steps: int, ways: Sequence[tuple[float, list[Row]]]) -> _Place:
    rows = tuple(row for _, own in ways for row in own)
    return _Place(steps, rows, round(max(score for score, _ in ways), _DIGITS))


def _answer(query: Query, place: _Place, about: str) -> Answer:
    first = place.rows[0]
    text = query.reasons[first["reason"]].format(about=about) + _way(query, place)
    reason = Reason(kind=first["reason"], text=text, papers=sources(place.rows))
    return Answer(
        name=thing_name(query, first["answer_id"], first["answer_name"]),
        id=first["answer_id"],
        kind=first["answer_kind"],
        score=place.score,
        direct=place.steps == 1,
        line=in_papers(text, reason.papers, first["answer_id"]),
        details={"steps": place.steps},
        reasons=(reason,),
    )


def _way(query: Query, place: _Place) -> str:
    """By way of what, where it is more than one step."""
    if place.steps == 1:
        return ""
    names = sorted({thing_name(query, row["via_id"], row["via_name"]) for row in place.rows})
    more = f" and {len(names) - _NAMED_VIAS} more" if len(names) > _NAMED_VIAS else ""
    return f" in {place.steps} steps, by way of {', '.join(names[:_NAMED_VIAS])}{more}"
