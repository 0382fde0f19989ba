"""Answers by reason: each thing once, with all that is said for it, best supported first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.query.answers import Answer, Reason, combined, details, in_papers, sources, thing_name
from kg.query.catalogue import Query
from kg.store import Row

_NAMED_VIAS = 3


def fold_reasons(query: Query, rows: Iterable[Row], about: str, other: str) -> tuple[Answer, ...]:
    """An answer for each thing, those of the first tier of reasons first, then by score, papers and name."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["answer_id"]].append(row)
    ranked = [(_rank(query, group), _answer(query, group, about, other)) for group in groups.values()]
    ranked.sort(key=lambda pair: (pair[0], -pair[1].score, -_papers(pair[1]), pair[1].name.casefold(), pair[1].id))
    return tuple(answer for _, answer in ranked)


def _rank(query: Query, rows: Sequence[Row]) -> int:
    """The first tier that one of the reasons belongs to."""
    reasons = {row["reason"] for row in rows}
    return next(at for at, tier in enumerate(query.tiers) if reasons & set(tier))


def _answer(query: Query, rows: Sequence[Row], about: str, other: str) -> Answer:
    rank, first = _rank(query, rows), rows[0]
    kinds = [kind for kind in query.reasons if any(r["reason"] == kind for r in rows)]
    reasons = tuple(reason_of(query, [r for r in rows if r["reason"] == kind], about, other) for kind in kinds)
    counting = [row for row in rows if row["reason"] in query.tiers[rank]]
    return Answer(
        name=thing_name(query, first["answer_id"], first["answer_name"]),
        id=first["answer_id"],
        kind=first["answer_kind"],
        score=combined(rows) if rank == 0 else float(len({row["via_id"] for row in counting})),
        direct=rank == 0,
        line="; ".join(in_papers(reason.text, reason.papers, first["answer_id"]) for reason in reasons),
        heading=query.heading(rank).format(about=about, other=other),
        details=details(query, first),
        reasons=reasons,
    )


def reason_of(query: Query, rows: Sequence[Row], about: str, other: str) -> Reason:
    """The reason that rows share, in words, with what it goes by way of and who says so."""
    kind = rows[0]["reason"]
    vias = {row["via_id"]: thing_name(query, row["via_id"], row["via_name"]) for row in rows if row["via_id"]}
    text = query.reasons[kind].format(about=about, other=other)
    return Reason(kind=kind, text=text + _listed([vias[id] for id in sorted(vias)]), papers=sources(rows))


def _listed(names: Sequence[str]) -> str:
    """Names in brackets, a few of them written out; nothing for none."""
    if not names:
        return ""
    shown, more = ", ".join(names[:_NAMED_VIAS]), len(names) - _NAMED_VIAS
    return f" ({shown} and {more} more)" if more > 0 else f" ({shown})"


def _papers(answer: Answer) -> int:
    return len({source.paper_id for reason in answer.reasons for source in reason.papers})
