"""Answers by reason: each thing once, with all that is said for it, best supported first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.query.answers import Answer, Reason, combined, details, in_papers, listed, sources, thing_name
from kg.query.catalogue import Query
from kg.store import Row


def fold_reasons(query: Query, rows: Iterable[Row], about: str, other: str) -> tuple[Answer, ...]:
    """An answer for each thing, those of the first tier of reasons first, then by score, papers and name."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["answer_id"]].append(row)
    ranked = [(rank(query, group), _answer(query, group, about, other)) for group in groups.values()]
    ranked.sort(key=lambda pair: (pair[0], -pair[1].score, -_papers(pair[1]), pair[1].name.casefold(), pair[1].id))
    return tuple(answer for _, answer in ranked)


def rank(query: Query, rows: Sequence[Row]) -> int:
    """The first tier that one of the reasons belongs to."""
    reasons = {row["reason"] for row in rows}
    return next(at for at, tier in enumerate(query.tiers) if reasons & set(tier))


def _answer(query: Query, rows: Sequence[Row], about: str, other: str) -> Answer:
    tier, first = rank(query, rows), rows[0]
    kinds = [kind for kind in query.reasons if any(r["reason"] == kind for r in rows)]
    reasons = tuple(reason_of(query, [r for r in rows if r["reason"] == kind], about, other) for kind in kinds)
    counting = [row for row in rows if row["reason"] in query.tiers[tier]]
    return Answer(
        name=thing_name(query, first["answer_id"], first["answer_name"]),
        id=first["answer_id"],
        kind=first["answer_kind"],
        score=combined(rows) if tier == 0 else float(len({row["via_id"] for row in counting})),
        direct=tier == 0,
        line="; ".join(in_papers(reason.text, reason.papers, first["answer_id"]) for reason in reasons),
        heading=query.heading(tier).format(about=about, other=other),
        details=details(query, first),
        reasons=reasons,
    )


def reason_of(query: Query, rows: Sequence[Row], about: str, other: str) -> Reason:
    """The reason that rows share, in words, with what it goes by way of and who says so."""
    kind = rows[0]["reason"]
    vias = {row["via_id"]: thing_name(query, row["via_id"], row["via_name"]) for row in rows if row["via_id"]}
    text = query.reasons[kind].format(about=about, other=other)
    named = f" ({listed([vias[id] for id in sorted(vias)])})" if vias else ""
    return Reason(kind=kind, text=text + named, papers=sources(rows))


def _papers(answer: Answer) -> int:
    return len({source.paper_id for reason in answer.reasons for source in reason.papers})
