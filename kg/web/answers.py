"""The page of a question: its answers as a table that unfolds to the evidence, and their neighbourhood as a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.query import Answer, Form, Result, Source, Thing
from kg.query.answers import Detail
from kg.query.places import Backing
from kg.web.evidence import Card, cards, quoted
from kg.web.labels import clipped
from kg.web.neighbours import around_answers
from kg.web.papers import years
from kg.web.render import render

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_COLUMNS = 3
"""More details than these stand below the reasons, since a table of so many columns cannot be read."""
_NAMED = 3


@dataclass(frozen=True)
class Row:
    """An answer as a row of the table.

    `number` counts from 1 under each heading, `anchor` is the row's address on the page. `cells` are the query's own
    details by name, `share` is the score where it lies between 0 and 1, `confidence` that of the surest sentence, `quote` what
    is read while the row is folded.
    """

    anchor: str
    number: int
    answer: Answer
    cells: Mapping[str, str]
    share: float | None
    papers: int
    years: str
    confidence: float
    quote: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Group:
    """Rows that stand under one heading, "" for none."""

    heading: str
    rows: tuple[Row, ...]


def answers_page(result: Result, words: str, backing: Backing, *, texts: bool = True) -> str:
    """The page, as HTML, of a question that was asked in these words or by the name of its query.

    `backing` holds the texts of the answers' papers; without `texts` only the sentences are shown.
    """
    details = tuple(
        name for name in result.query.details if any(a.details.get(name) is not None for a in result.answers)
    )
    groups = tuple(_groups(result, details, backing, texts))
    names = list(dict.fromkeys(answer.name for answer in result.answers))
    sources = [source for answer in result.answers for source in sources_of(answer)]
    return render(
        "answers.html",
        title=question(result, words),
        result=result,
        columns=details if len(details) <= _COLUMNS else (),
        notes=details if len(details) > _COLUMNS else (),
        groups=groups,
        first=names[:_NAMED] if len(names) == len(result.answers) else [],
        papers=len({source.paper_id for source in sources}),
        sentences=len({(source.paper_id, source.sentence) for source in sources}),
        both=len({answer.direct for answer in result.answers}) > 1,
        picture=around_answers(result, backing),
        dated=any(source.year is not None for source in sources),
        texts=texts,
    )


def sources_of(answer: Answer) -> Iterator[Source]:
    """All statements that an answer rests on."""
    return (source for reason in answer.reasons for source in reason.papers)


def question(result: Result, words: str) -> str:
    """The question in words: those of the person, else a form of the query with the names in it."""
    if words.strip() not in {"", result.query.name}:
        return clipped(" ".join(words.split()))
    for form in result.query.forms:
        names = _names(form, result)
        if names is not None and form.reason is None:
            text = form.words.format_map(names)
            return clipped(text[:1].upper() + text[1:])
    return result.query.title


def _names(form: Form, result: Result) -> dict[str, str] | None:
    """What to put into a form's placeholders; None unless it takes just the things that were asked about."""
    parameters = {p.name: p for p in result.query.parameters}
    named = [parameters.get(name) for name in _PLACEHOLDER.findall(form.words)]
    fitting = [p for p in named if p and p.binds in result.things and _family(result.things[p.binds]) in p.families]
    if len(fitting) < len(named) or {p.binds for p in fitting} != set(result.things):
        return None
    return {p.name: result.things[p.binds].match.name for p in fitting}


def _family(thing: Thing) -> str:
    return thing.match.id.partition("/")[0]


def _groups(result: Result, details: Sequence[str], backing: Backing, texts: bool) -> Iterator[Group]:
    headings: dict[str, list[Row]] = {}
    for at, answer in enumerate(result.answers, start=1):
        rows = headings.setdefault(answer.heading, [])
        said = [(reason.text, source) for reason in answer.reasons for source in reason.papers]
        row = _row(f"answer-{at}", len(rows) + 1, answer, details)
        rows.append(replace(row, quote=quoted(said), cards=cards(said, backing, texts=texts)))
    return (Group(heading, tuple(rows)) for heading, rows in headings.items())


def _row(anchor: str, number: int, answer: Answer, details: Sequence[str]) -> Row:
    """A row without its evidence."""
    sources = list(sources_of(answer))
    return Row(
        anchor=anchor,
        number=number,
        answer=answer,
        cells={name: _cell(answer.details.get(name)) for name in details},
        share=answer.score if answer.direct and 0 <= answer.score <= 1 else None,
        papers=len({source.paper_id for source in sources}),
        years=years(source.year for source in sources),
        confidence=max((source.confidence for source in sources), default=0.0),
        quote="",
        cards=(),
    )


def _cell(value: Detail) -> str:
    """A detail as a text."""
    if isinstance(value, float):
        return f"{value:.10g}"
    return "" if value is None else clipped(str(value))
