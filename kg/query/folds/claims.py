"""Claims, each an answer of its own with its sentence: by side, by what is claimed, by the size of its number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from kg.query.answers import Answer, Reason, combined, details, sources, thing_name
from kg.query.catalogue import Query
from kg.query.folds.numbers import ends, number_text, words
from kg.store import Row

_SAME = ("reason", "via_id", "paper_id", "sentence", "claim", "value", "value_max", "unit", "metric", "dataset",
         "comparator")  # fmt: skip
Rank = tuple[int, bool, int, str, float, float, str, str]


def fold_claims(query: Query, rows: Iterable[Row], about: str, other: str) -> tuple[Answer, ...]:
    """An answer for each claim; what several documents of a paper say in the same words is one claim."""
    rows = list(rows)
    alike: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        alike[tuple(row[column] for column in _SAME)].append(row)
    units = Counter((row["reason"], row["unit"]) for row in rows if row["value"] is not None)
    ordered = sorted(alike.values(), key=lambda group: _rank(query, group, units))
    return tuple(_answer(query, group, about, other) for group in ordered)


def _rank(query: Query, rows: Sequence[Row], units: Counter[tuple[str, str | None]]) -> Rank:
    """Reasons in their order; in each the numbers of the commonest unit first, largest first, then the surest."""
    first = rows[0]
    reason, bare = list(query.reasons).index(first["reason"]), first["value"] is None
    common, size = (0, 0.0) if bare else (units[first["reason"], first["unit"]], max(ends(first)))
    unit = "" if bare else first["unit"] or ""
    return reason, bare, -common, unit, -size, -combined(rows), first["answer_name"].casefold(), first["answer_id"]


def _answer(query: Query, rows: Sequence[Row], about: str, other: str) -> Answer:
    first, papers = rows[0], sources(rows)
    text = query.reasons[first["reason"]].format(about=about, other=other)
    tier = next(at for at, tier in enumerate(query.tiers) if first["reason"] in tier)
    return Answer(
        name=thing_name(query, first["via_id"], first["answer_name"]),
        id=papers[0].statement,
        kind=first["answer_kind"],
        score=combined(rows),
        direct=True,
        line=": ".join(part for part in (text, _said(first, about)) if part),
        heading=query.heading(tier).format(about=about, other=other),
        details=details(query, first),
        reasons=(Reason(kind=first["reason"], text=text, papers=papers),),
    )


def _said(row: Row, about: str) -> str:
    """What a claim says in numbers and names; neither what was asked about nor the state of the art is named again.

    The metric of a limitation without a number is what was measured, not what falls short: the sentence says that better.
    """
    measured = row["metric"] if row["value"] is not None or row["claim"] != "limitation" else None
    rival = None if row["claim"] == "sota" or row["comparator"] == about else row["comparator"]
    parts = (
        words(number_text(row), measured),
        row["dataset"] and f"on {row['dataset']}",
        rival and f"{'with' if row['claim'] == 'parity' else 'against'} {rival}",
    )
    return ", ".join(part for part in parts if part)
