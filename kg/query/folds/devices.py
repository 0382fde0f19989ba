"""Answers about devices: as by reasons, with how many devices there were and of how much memory, as stated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.query.answers import Answer, listed
from kg.query.catalogue import Query
from kg.query.folds.reasons import fold_reasons
from kg.store import Row


def fold_devices(query: Query, rows: Iterable[Row], about: str, other: str) -> tuple[Answer, ...]:
    """The answers by reasons; rows carry `count` and `memory` (GB), the surest are the answer's details."""
    stated: dict[str, list[Row]] = defaultdict(list)
    for row in (rows := list(rows)):
        if row["count"] is not None or row["memory"] is not None:
            stated[row["answer_id"]].append(row)
    found = fold_reasons(query, rows, about, other)
    return tuple(_with_setups(answer, about, stated[answer.id]) if answer.id in stated else answer for answer in found)


def _with_setups(answer: Answer, about: str, rows: Sequence[Row]) -> Answer:
    device = answer.name if answer.kind == "Hardware" else about
    ordered = sorted(rows, key=lambda row: (-row["confidence"], row["statement"]))
    setups = listed([*dict.fromkeys(_setup(device, row) for row in ordered)], "; ")
    details = {name: ordered[0][name] for name in answer.details}
    return answer.model_copy(update={"line": f"{answer.line}: {setups}", "details": details})


def _setup(device: str, row: Row) -> str:
    """What was used, as a person writes it: 8 × NVIDIA A100, 80 GB."""
    number = "" if row["count"] is None else f"{row['count']:,} × "
    return number + device + ("" if row["memory"] is None else f", {row['memory']:g} GB")
