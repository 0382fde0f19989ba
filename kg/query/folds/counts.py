"""Answers by count: each thing once, those of most papers first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.query.answers import Answer, counted
from kg.query.catalogue import Query
from kg.query.folds.reasons import fold_reasons, rank
from kg.store import Row


def fold_counts(query: Query, rows: Iterable[Row], about: str, other: str) -> tuple[Answer, ...]:
    """An answer for each thing, by tier, then by papers, then as by reasons; the score is the number of papers.

    Rows that carry `papers` and `papers_of_reason` are examples: the store has counted what they stand for.
    """
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["answer_id"]].append(row)
    found = fold_reasons(query, (row for group in groups.values() for row in group), about, other)
    answers = [_scored(query, answer, groups[answer.id]) for answer in found]
    answers.sort(key=lambda answer: (rank(query, groups[answer.id]), -answer.score))
    return tuple(answers)


def _scored(query: Query, answer: Answer, rows: Sequence[Row]) -> Answer:
    tier = query.tiers[rank(query, rows)]
    texts = [
        _text(answer.id, reason.text, [r for r in rows if r["reason"] == reason.kind]) for reason in answer.reasons
    ]
    score = float(_papers([row for row in rows if row["reason"] in tier]))
    return answer.model_copy(update={"score": score, "line": "; ".join(texts)})


def _text(answer: str, text: str, rows: Sequence[Row]) -> str:
    """A reason and in how many papers it is said, unless the answer is that paper."""
    return text if {row["paper_id"] for row in rows} == {answer} else counted(text, _papers(rows))


def _papers(rows: Sequence[Row]) -> int:
    """How many papers rows stand for."""
    if "papers" not in rows[0]:
        return len({row["paper_id"] for row in rows})
    alone = len({row["reason"] for row in rows}) == 1
    return int(rows[0]["papers_of_reason" if alone else "papers"])
