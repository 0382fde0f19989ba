"""Leaderboards: the numbers that were reached, in a table for each metric, the best first.

Only numbers of one metric and one unit are ordered. A share may be written "91.5%", "91.5" or "0.915": where the lexicon
or one of a table's numbers says that the metric is given in per cent, or where more is better and half of the table's
numbers are fractions, a bare number up to 1 is a fraction of 100. A range stands where its better end does. Where it is
not known whether more is better, the highest comes first and the heading says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.lexicon import Entry, lexicon
from kg.query.answers import Answer, Reason, combined, details, sources, thing_name
from kg.query.catalogue import Query
from kg.query.folds.numbers import ends, number_text, words
from kg.store import Row

_PERCENT = "%"
_LEVELS = frozenset({None, _PERCENT, "points"})
_SIZE = "none"
Table = tuple[str, str, str]


def fold_results(query: Query, rows: Iterable[Row], about: str, other: str) -> tuple[Answer, ...]:
    """An answer for each thing and number it reaches, in a table for each metric.

    The metric that was asked for comes first, then those with most answers; sizes and numbers of no metric come last.
    """
    tables: dict[Table, list[Row]] = defaultdict(list)
    for row in rows:
        tables[_table(row)].append(row)
    ranked = {table: list(_ranked(query, found, about, other)) for table, found in tables.items()}
    order = sorted(ranked, key=lambda table: (_is_last(table[1]), table[1] != other, -len(ranked[table]), table))
    return tuple(answer for table in order for answer in ranked[table])


def _table(row: Row) -> Table:
    """What the numbers of one table share: the metric and, unless it is a level on the metric's own scale, the unit."""
    entry, unit = metric(row["metric"] or ""), row["unit"]
    own = unit in _LEVELS or (entry and unit == entry.unit) or lexicon().find(unit, "metric")
    return row["via_id"], row["metric"] or "", "" if own else unit


def metric(name: str) -> Entry | None:
    """The metric of the lexicon that a name means, or ends in: "zero-shot word accuracy" is an accuracy."""
    parts = name.split()
    forms = (" ".join(parts[at:]) for at in range(len(parts)))
    return next((entry for form in forms if (entry := lexicon().find(form, "metric"))), None)


def _is_last(name: str) -> bool:
    entry = metric(name)
    return not name or (entry is not None and entry.direction == _SIZE)


def _ranked(query: Query, rows: Sequence[Row], about: str, other: str) -> Iterator[Answer]:
    """The answers of one table, best first."""
    _, name, unit = _table(rows[0])
    entry = metric(name)
    lower = entry is not None and entry.direction == "lower"
    share = _is_share(rows, entry) or (not lower and 2 * sum(map(_is_fraction, rows)) >= len(rows))
    alike: dict[tuple[float, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        alike[_level(row, lower, share), row["answer_id"], number_text(row)].append(row)
    for key in sorted(alike, key=lambda key: (key[0] if lower else -key[0], -combined(alike[key]), key)):
        yield _answer(query, alike[key], _heading(name, unit, entry), about, other)


def _is_share(rows: Sequence[Row], entry: Entry | None) -> bool:
    return _PERCENT in {row["unit"] for row in rows} or (entry is not None and entry.unit == _PERCENT)


def _is_fraction(row: Row) -> bool:
    return row["unit"] != _PERCENT and all(0 < number <= 1 for number in ends(row))


def _level(row: Row, lower: bool, share: bool) -> float:
    scaled = [100 * number if share and _is_fraction(row) else number for number in ends(row)]
    return min(scaled) if lower else max(scaled)


def _heading(name: str, unit: str, entry: Entry | None) -> str:
    what = words(name or "metric not named", unit and f"in {unit}")
    if entry is None or entry.direction in (None, _SIZE):
        return f"{what}, highest first (whether that is better is not known)"
    return f"{what}, {entry.direction} is better"


def _answer(query: Query, rows: Sequence[Row], heading: str, about: str, other: str) -> Answer:
    first, papers = rows[0], sources(rows)
    number = words(number_text(first), first["metric"])
    text = words(number, query.reasons[first["reason"]].format(about=about, other=other))
    return Answer(
        name=thing_name(query, first["answer_id"], first["answer_name"]),
        id=first["answer_id"],
        kind=first["answer_kind"],
        score=combined(rows),
        direct=True,
        line=number + _where(first["answer_id"], {s.paper_id: (s.title, s.year) for s in papers}),
        heading=heading,
        details=details(query, first),
        reasons=(Reason(kind=first["reason"], text=text, papers=papers),),
    )


def _where(answer: str, papers: dict[str, tuple[str, int | None]]) -> str:
    """In which paper a number stands, with its year; the title is not said again of a paper that is the answer."""
    if len(papers) > 1:
        return f", in {len(papers)} papers"
    [(id, (title, year))] = papers.items()
    dated = f" ({year})" if year else ""
    return dated if id == answer else f", in {title}{dated}"
