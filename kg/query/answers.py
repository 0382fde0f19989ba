"""Answers as people and programs get them: what is answered, why, and in which papers' words."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.model import Value
from kg.query.catalogue import Query
from kg.store import Row

_DIGITS = 6
_NAMED = 3
Detail = str | int | float | None


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

    The score of an indirect one is how many things it shares with what was asked about; where a query counts, every
    score is a number of papers. `heading` is the line that neighbours of its sort stand under ("" for none). `details`
    are the query's own columns, such as a value with its unit, by name.
    """

    name: str
    id: str
    kind: str
    score: float
    direct: bool
    line: str
    heading: str = ""
    details: Mapping[str, Detail] = {}
    reasons: tuple[Reason, ...]

    def to_json(self) -> dict[str, Any]:
        """The answer in plain dicts and lists."""
        return self.model_dump(mode="json")


def combined(rows: Iterable[Row]) -> float:
    """1 − Π(1 − c) with c the best confidence per paper: how sure it is that one of the papers says it.

    >>> combined([{"paper_id": "a", "confidence": 0.5}, {"paper_id": "a", "confidence": 0.2}, {"paper_id": "b", "confidence": 0.5}])
    0.75
    """
    best: dict[str, float] = defaultdict(float)
    for row in rows:
        best[row["paper_id"]] = max(best[row["paper_id"]], row["confidence"])
    return round(1 - math.prod(1 - confidence for confidence in sorted(best.values())), _DIGITS)


def sources(rows: Iterable[Row]) -> tuple[Source, ...]:
    """The statements of rows, surest first; each once, although it may serve by several roads."""
    found = {row["statement"]: _source(row) for row in rows}
    return tuple(sorted(found.values(), key=lambda source: (-source.confidence, source.paper_id, source.statement)))


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


def thing_name(query: Query, id: str, name: str) -> str:
    """The name of an answer; a paper may stand for a contribution to which it gives no name."""
    return query.unnamed.format(title=name) if id.startswith("paper/") else name


def details(query: Query, row: Row) -> dict[str, Detail]:
    """The query's own columns of a row."""
    return {name: row[name] for name in query.details}


def in_papers(text: str, papers: Sequence[Source], answer: str) -> str:
    """A text and in how many papers it is said, unless the answer is that paper."""
    ids = {source.paper_id for source in papers}
    if ids == {answer}:
        return text
    return counted(text, len(ids))


def counted(text: str, papers: int) -> str:
    """A text and in how many papers it is said.

    >>> counted("is compared with LoRA", 2)
    'is compared with LoRA, in 2 papers'
    """
    return f"{text}, in {papers} paper{'' if papers == 1 else 's'}"


def listed(texts: Sequence[str], between: str = ", ") -> str:
    """Texts one after the other, three of them written out.

    >>> listed(["A", "B", "C", "D"])
    'A, B, C and 1 more'
    """
    more = len(texts) - _NAMED
    return between.join(texts[:_NAMED]) + (f" and {more} more" if more > 0 else "")
