"""Answers that are paths: each a chain of statements between the two things that were asked about."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.query.answers import Answer, Reason, combined, sources, thing_name
from kg.query.catalogue import Query
from kg.store import Row

_DIGITS = 6

Step = tuple[str, str]
"""Where a step begins and ends, as ids."""


def fold_paths(query: Query, rows: Iterable[Row], about: str, other: str) -> tuple[Answer, ...]:
    """The shortest paths that the rows hold, surest first.

    A row is a statement at one `step` of a path of one `length`; the score is the product over the steps of
    1 − Π(1 − c), c the best confidence of each paper.
    """
    by_length: defaultdict[int, defaultdict[int, dict[Step, list[Row]]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        by_length[row["length"]][row["step"]].setdefault((row["via_id"], row["answer_id"]), []).append(row)
    for length in sorted(by_length):
        steps = [by_length[length][step] for step in range(1, length + 1)]
        found = [_answer(query, [own[step] for own, step in zip(steps, path, strict=True)]) for path in _paths(steps)]
        if found:
            return tuple(sorted(found, key=lambda answer: (-answer.score, answer.name.casefold(), answer.id)))
    return ()


def _paths(steps: Sequence[Mapping[Step, object]], at: str | None = None) -> Iterator[tuple[Step, ...]]:
    """The chains through all steps, each step beginning where the one before ends."""
    if not steps:
        yield ()
        return
    for step in steps[0]:
        if at in (None, step[0]):
            yield from ((step, *rest) for rest in _paths(steps[1:], step[1]))


def _answer(query: Query, steps: Sequence[list[Row]]) -> Answer:
    reasons = tuple(reason for rows in steps for reason in _reasons(query, rows))
    first = steps[0][0]
    ends = [(first["via_id"], first["via_name"]), *((rows[0]["answer_id"], rows[0]["answer_name"]) for rows in steps)]
    return Answer(
        name=" – ".join(thing_name(query, id, name) for id, name in ends),
        id=" ".join(id for id, _ in ends),
        kind="Path",
        score=round(math.prod(combined(rows) for rows in steps), _DIGITS),
        direct=True,
        line="; ".join(reason.text for reason in reasons),
        details={"length": len(steps)},
        reasons=reasons,
    )


def _reasons(query: Query, rows: Sequence[Row]) -> Iterator[Reason]:
    """What is stated at one step: a reason for each kind of edge and direction."""
    for kind in query.reasons:
        for forward in (True, False):
            own = [row for row in rows if row["reason"] == kind and row["forward"] is forward]
            if own:
                yield Reason(kind=kind, text=_text(query, own[0]), papers=sources(own))


def _text(query: Query, row: Row) -> str:
    names = [
        thing_name(query, row["via_id"], row["via_name"]),
        thing_name(query, row["answer_id"], row["answer_name"]),
    ]
    head, tail = names if row["forward"] else reversed(names)
    return query.reasons[row["reason"]].format(about=head, other=tail)
