"""Rows into answers: what is answered, why, in which papers' words, and in which order. Pure."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from kg.model import Value
from kg.query.catalogue import Query
from kg.store import Row

_NAMED_VIAS = 3
_DIGITS = 6


class Source(Value):
    """One statement: its paper, its sentence and how sure the extractor was.

    `by` says who wrote the words where they are not the paper's own; `statement` is what a decision may reject.
    """

    paper_id: str
    title: str
    year: int | None
    sentence: str
    confidence: float
    statement: str
    by: str | None


class Reason(Value):
    """Why something is an answer: a word of the query's closed list, the same in words, and who says so."""

    kind: str
    text: str
    papers: tuple[Source, ...]


class Answer(Value):
    """One answer. `direct` ones come first; their score is 1 − Π(1 − c) with c the best confidence of each paper.

    The score of an indirect one is how many things it shares with what was asked about.
    """

    name: str
    id: str
    kind: str
    score: float
    direct: bool
    line: str
    reasons: tuple[Reason, ...]

    def to_json(self) -> dict[str, Any]:
        """The answer in plain dicts and lists."""
        return self.model_dump(mode="json")


def fold(query: Query, rows: Iterable[Row], about: str) -> tuple[Answer, ...]:
    """The answers that a query's rows give, best first; `about` is the name of what was asked about."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["answer_id"]].append(row)
    ranked = [(_rank(query, group), _answer(query, group, about)) for group in groups.values()]
    ranked.sort(key=lambda pair: (pair[0], -pair[1].score, -_papers(pair[1]), pair[1].name.casefold(), pair[1].id))
    return tuple(answer for _, answer in ranked)


def combined(rows: Iterable[Row]) -> float:
    """1 − Π(1 − c) with c the best confidence per paper: how sure it is that one of the papers says it.

    >>> combined([{"paper_id": "a", "confidence": 0.5}, {"paper_id": "a", "confidence": 0.2}, {"paper_id": "b", "confidence": 0.5}])
    0.75
    """
    best: dict[str, float] = defaultdict(float)
    for row in rows:
        best[row["paper_id"]] = max(best[row["paper_id"]], row["confidence"])
    return round(1 - math.prod(1 - confidence for confidence in sorted(best.values())), _DIGITS)


def _rank(query: Query, rows: Sequence[Row]) -> int:
    """The first tier that one of the reasons belongs to."""
    reasons = {row["reason"] for row in rows}
    return next(at for at, tier in enumerate(query.tiers) if reasons & set(tier))


def _answer(query: Query, rows: Sequence[Row], about: str) -> Answer:
    rank, first = _rank(query, rows), rows[0]
    reasons = tuple(
        _reason(query, kind, rows, about) for kind in query.reasons if any(r["reason"] == kind for r in rows)
    )
    counting = [row for row in rows if row["reason"] in query.tiers[rank]]
    return Answer(
        name=_name(query, first["answer_id"], first["answer_name"]),
        id=first["answer_id"],
        kind=first["answer_kind"],
        score=combined(rows) if rank == 0 else float(len({row["via_id"] for row in counting})),
        direct=rank == 0,
        line="; ".join(_counted(reason, first["answer_id"]) for reason in reasons),
        reasons=reasons,
    )


def _reason(query: Query, kind: str, rows: Sequence[Row], about: str) -> Reason:
    own = [row for row in rows if row["reason"] == kind]
    vias = {row["via_id"]: _name(query, row["via_id"], row["via_name"]) for row in own if row["via_id"]}
    return Reason(
        kind=kind,
        text=query.reasons[kind].format(about=about) + _listed([vias[id] for id in sorted(vias)]),
        papers=tuple(sorted(_sources(own), key=lambda source: (-source.confidence, source.paper_id, source.statement))),
    )


def _sources(rows: Iterable[Row]) -> list[Source]:
    """Each statement once, although it may serve a reason by several roads."""
    return list({row["statement"]: _source(row) for row in rows}.values())


def _source(row: Row) -> Source:
    return Source(
        paper_id=row["paper_id"],
        title=row["paper_title"],
        year=row["paper_year"],
        sentence=row["sentence"],
        confidence=row["confidence"],
        statement=row["statement"],
        by=row["paper_by"],
    )


def _name(query: Query, id: str, name: str) -> str:
    """The name of an answer; a paper may stand for a contribution to which it gives no name."""
    return query.unnamed.format(title=name) if id.startswith("paper/") else name


def _listed(names: Sequence[str]) -> str:
    """Names in brackets, a few of them written out; nothing for none."""
    if not names:
        return ""
    shown, more = ", ".join(names[:_NAMED_VIAS]), len(names) - _NAMED_VIAS
    return f" ({shown} and {more} more)" if more > 0 else f" ({shown})"


def _counted(reason: Reason, answer: str) -> str:
    """A reason's text and in how many papers, unless the answer is that paper."""
    papers = {source.paper_id for source in reason.papers}
    if papers == {answer}:
        return reason.text
    return f"{reason.text}, in {len(papers)} paper{'s' if len(papers) > 1 else ''}"


def _papers(answer: Answer) -> int:
    return len({source.paper_id for reason in answer.reasons for source in reason.papers})
