"""What is drawn around a thing: the edges behind the answers to a question, or those of a description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.model import EdgeKind, NodeKind
from kg.query import Answer, Reason, Result
from kg.query.describe import STATEMENT, Description
from kg.query.lines import Line
from kg.query.places import Backing, Place
from kg.web.labels import clipped
from kg.web.measures import Spot, Tie
from kg.web.picture import Picture, picture

_CLAIM = "claim/"
_NOWHERE = Place("", 0, 0)
_MIDDLE = ""
"""The end of a line that is what was asked about."""
_LONG = 80
_CHAINS = frozenset({"paths", "lineage"})
"""Shapes of queries whose answers are steps on a way, so that what lies between is drawn too."""


def around_answers(result: Result, backing: Backing) -> Picture | None:
    """What was asked about and the answers around; None where there is nothing to draw."""
    if result.query.shape in _CHAINS:
        return _chains(result, backing)
    things = {thing.match.id: thing.match.name for thing in result.things.values()}
    spots: dict[str, Spot] = {}
    ties: list[Tie] = []
    for at, answer in enumerate(result.answers, start=1):
        spot = Spot(_spot_id(answer), answer.name, f"#answer-{at}", faint=not answer.direct)
        if things and spot.id not in things and spot.name not in things.values():
            spots.setdefault(spot.id, spot)
            ties += (tie for reason in answer.reasons for tie in _reason_ties(result, reason, spot, backing))
    return picture(clipped(" · ".join(things.values())), tuple(spots.values()), _surest(ties))


def _surest(ties: Iterable[Tie]) -> list[Tie]:
    """The lines without those that say the same of the same two things less surely."""
    best: dict[tuple[str, str, str], Tie] = {}
    for tie in ties:
        key = tie.head, tie.tail, tie.kind
        best[key] = max(best.get(key, tie), tie, key=lambda each: each.confidence)
    return list(best.values())


def _chains(result: Result, backing: Backing) -> Picture | None:
    """The first thing that was asked about, and all edges on the ways from it."""
    middle = result.things["id"].match.id
    rows = {answer.id: (f"#answer-{at}", answer) for at, answer in enumerate(result.answers, start=1)}
    spots: dict[str, Spot] = {}
    ties: dict[tuple[str, str, str], Tie] = {}
    for href, answer in rows.values():
        for source in (source for reason in answer.reasons for source in reason.papers):
            place = backing.places.get(source.statement, _NOWHERE)
            for id in (end for end in (place.head, place.tail) if end not in {middle, ""}):
                own, of = rows.get(id, (href, answer))
                spots.setdefault(id, Spot(id, of.name if of.id == id else backing.names[id], own, faint=not of.direct))
            head, tail = ((id, backing.names.get(id, id)) for id in (place.head, place.tail))
            ties.setdefault((place.kind, place.head, place.tail), _edge(place.kind, head, tail, source.confidence))
    return picture(result.about, tuple(spots.values()), tuple(ties.values()))


def _spot_id(answer: Answer) -> str:
    """What makes two answers one thing: claims are drawn as what they are about."""
    return answer.name if answer.id.startswith(_CLAIM) else answer.id


def _reason_ties(result: Result, reason: Reason, spot: Spot, backing: Backing) -> Iterator[Tie]:
    """The lines of a reason: its edges to or from what was asked about, else one that stands for the reason itself."""
    things = {thing.match.id for thing in result.things.values()}
    best: dict[tuple[str, bool], float] = {}
    for source in reason.papers:
        place = backing.places.get(source.statement)
        if place and place.kind and not things.isdisjoint((place.head, place.tail)):
            key = place.kind, place.tail in things
            best[key] = max(best.get(key, 0.0), source.confidence)
    for (kind, incoming), confidence in best.items():
        yield _edge(kind, (spot.id, spot.name), (_MIDDLE, result.about), confidence, incoming=incoming)
    if not best:
        sure = max((source.confidence for source in reason.papers), default=0.0)
        names = {slot: thing.match.name for slot, thing in result.things.items()}
        legend = result.query.reasons[reason.kind].format(about=names.get("id", ""), other=names.get("other", ""))
        words = f"{spot.name} {reason.text}"
        yield Tie(spot.id, _MIDDLE, reason.kind, clipped(legend), clipped(words), sure, derived=True)


def _edge(kind: str, one: tuple[str, str], other: tuple[str, str], confidence: float, *, incoming: bool = True) -> Tie:
    """An edge between two things, given as id and name; from the first to the second if it is incoming."""
    (head, head_name), (tail, tail_name) = (one, other) if incoming else (other, one)
    label = kind.replace("-", " ")
    words = f"{clipped(head_name, _LONG)} {label} {clipped(tail_name, _LONG)}"
    return Tie(head, tail, kind, label, words, confidence)


def around_thing(found: Description, anchors: Mapping[str, str]) -> Picture | None:
    """A thing and what is said of it; `anchors` are the places on the page where the other ends of lines are explained.

    The page of a paper draws what it states between other things too, and what it mentions besides.
    """
    lines = [line for line in found.lines if _is_drawn(line, found)]
    stated = {end for line in lines if line.edge != EdgeKind.MENTIONS for end in (line.head, line.tail)}
    drawn = [line for line in lines if line.edge != EdgeKind.MENTIONS or not stated.issuperset((line.head, line.tail))]
    names = {id: name for line in drawn for id, name in ((line.head, line.head_name), (line.tail, line.tail_name))}
    spots = [Spot(id, name, anchors[id]) for id, name in names.items() if id != found.id and id in anchors]
    ties = [_edge(line.edge, (line.head, line.head_name), (line.tail, line.tail_name), _sure(line)) for line in drawn]
    return picture(found.name, spots, ties)


def _is_drawn(line: Line, found: Description) -> bool:
    """Claims have tables, a paper names its authors elsewhere, and a statement has nothing around it."""
    if line.edge == EdgeKind.WRITTEN_BY:
        return found.kind == NodeKind.AUTHOR
    apart = line.edge == EdgeKind.DESCRIBES or found.kind == STATEMENT
    return not apart and (line.head == found.id or not line.head.startswith(_CLAIM))


def _sure(line: Line) -> float:
    return max((source.confidence or 0.0 for source in line.sources), default=1.0)
