"""The page of an entity, a paper, a claim or whatever else has an id: what it is, and what is said of it in whose words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from kg.model import EdgeKind, NodeKind, Property
from kg.query.describe import STATEMENT, Description, Fact
from kg.query.lines import Line, Source, claim_name
from kg.query.places import Backing, Claim, Mentioned
from kg.web.claims import COLUMNS, cells
from kg.web.evidence import Card, Said, cards, quoted, silent_cards, text_card
from kg.web.labels import clipped
from kg.web.marks import Span
from kg.web.neighbours import around_thing
from kg.web.papers import authors, links, years
from kg.web.render import render

SHOWN = 100
"""Edges of each kind on a page, unless somebody wants another number."""
_CLAIM = "claim/"
_NAME = 80
_ELSEWHERE = frozenset({"title", "name", "abstract", "arxiv", "doi", "acl", "text", "evidence", "start_char", "end_char",
                        "value_start_char", "value_end_char"})  # fmt: skip
"""Facts that a page shows elsewhere, or that say nothing to people."""


@dataclass(frozen=True)
class Row:
    """An edge as a row, `anchor` its address on the page; of a claim there are the cells by column.

    `written` are the names by which a paper mentions something, `quote` is what is read while the row is folded.
    """

    anchor: str
    line: Line
    papers: int
    years: str
    confidence: float
    written: tuple[str, ...]
    quote: str
    cards: tuple[Card, ...]
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    """The rows of one kind of edge; `count` is how many the graph holds, `columns` are those in which claims say something."""

    kind: str
    count: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.rows)


def shown(found: Description, limit: int = SHOWN) -> Description:
    """A description with so many lines of each kind."""
    kinds = [list(lines)[:limit] for _, lines in groupby(found.lines, key=lambda line: line.edge)]
    return replace(found, lines=tuple(line for lines in kinds for line in lines))


def statements(found: Description) -> Iterator[tuple[str, str]]:
    """The paper and the id of each statement of a description, for `read_backing`."""
    if found.kind == NodeKind.PAPER:
        yield found.id, ""
    if found.kind == NodeKind.CLAIM:
        yield from ((str(fact.value), found.id) for fact in found.facts if fact.name == "paper")
    for line in found.lines:
        yield from ((source.paper_id, source.statement) for source in line.sources)


def thing_page(
    found: Description, backing: Backing, mentioned: Sequence[Mentioned] = (), *, limit: int = SHOWN, texts: bool = True
) -> str:
    """The page of what was found, as HTML, with at most `limit` edges of each kind.

    `backing` is what stands behind `statements(shown(found, limit))`; `mentioned` is where the texts of a paper name
    things. Without `texts` only the sentences are shown.
    """
    name = claim_name(backing.claims[found.id].properties) if found.id in backing.claims else found.name
    few, counts = replace(shown(found, limit), name=name), Counter(line.edge for line in found.lines)
    own = _own(few, backing, mentioned, texts)
    groups = tuple(_groups(few, counts, backing, texts and not own)) if found.kind != STATEMENT else ()
    return render(
        "thing.html",
        title=clipped(name),
        found=few,
        facts=[(fact.name.replace("_", " "), *_fact(fact)) for fact in found.facts if fact.name not in _ELSEWHERE],
        authors=authors(found.id, backing),
        links=links(backing.papers.get(found.id)),
        own=own,
        groups=groups,
        picture=around_thing(few, _anchors(groups)),
        texts=texts,
    )


def _fact(fact: Fact) -> tuple[str, str]:
    """A fact in words, and the id of what they name, "" for nothing."""
    return (clipped(fact.label), _text(fact.value)) if fact.label else (_text(fact.value), "")


def _text(value: Property) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.15g}"
    return clipped(", ".join(value) if isinstance(value, tuple) else str(value))


def _anchors(groups: Sequence[Group]) -> dict[str, str]:
    """Where on the page each end of a line is first explained."""
    rows = [row for group in groups for row in group.rows]
    return {end: f"#{row.anchor}" for row in reversed(rows) for end in (row.line.head, row.line.tail)}


def _own(found: Description, backing: Backing, mentioned: Sequence[Mentioned], texts: bool) -> tuple[Card, ...]:
    """What a paper says as a whole, or the words of a claim, statement or document; nothing where there are none."""
    if found.id in backing.claims:
        claim = backing.claims[found.id]
        return cards([(claim_name(claim.properties), _source(claim, backing))], backing, texts=texts)
    if found.kind == STATEMENT:
        return cards([each for line in found.lines for each in _said(line)], backing, texts=texts)
    if found.kind == NodeKind.PAPER:
        said = [each for line in found.lines if line.edge != EdgeKind.MENTIONS for each in _said(line)]
        names = _names(found, mentioned)
        silent = silent_cards(found.id, said, backing, names) if texts else ()
        return (*cards(said, backing, texts=texts, names=names), *silent)
    return tuple(text_card(found.id, str(fact.value)) for fact in found.facts if fact.name == "text" and texts)


def _said(line: Line) -> list[Said]:
    """What a line says, in words, with each sentence that it rests on."""
    words = f"{clipped(line.head_name, _NAME)} {line.edge.replace('-', ' ')} {clipped(line.tail_name, _NAME)}"
    return [(clipped(line.head_name) if line.head.startswith(_CLAIM) else words, source) for source in line.sources]


def _source(claim: Claim, backing: Backing) -> Source:
    p, paper = claim.properties, backing.papers[str(claim.properties["paper"])]
    year, by, confidence = paper.properties.get("year"), paper.properties.get("summary_by"), p.get("confidence")
    return Source(
        paper_id=paper.id,
        title=str(paper.properties.get("title", paper.id)),
        year=year if isinstance(year, int) else None,
        by=str(by) if by else None,
        sentence=str(p["evidence"]),
        confidence=confidence if isinstance(confidence, float) else None,
        statement=claim.id,
    )


def _names(found: Description, mentioned: Sequence[Mentioned]) -> dict[str, list[Span]]:
    """Where each document names what: the words that were read there, as the things that they mean now."""
    mentions = [line for line in found.lines if line.edge == EdgeKind.MENTIONS]
    means = {source.sentence: line.tail for line in mentions for source in line.sources}
    names: dict[str, list[Span]] = {}
    for each in mentioned:
        if each.written in means:
            names.setdefault(each.document, []).append(Span(each.start, each.end, target=means[each.written]))
    return names


def _groups(found: Description, counts: Mapping[str, int], backing: Backing, texts: bool) -> Iterator[Group]:
    numbered = enumerate(found.lines, start=1)
    for edge, alike in groupby(numbered, key=lambda each: each[1].edge):
        rows = tuple(_row(f"line-{at}", line, backing, texts) for at, line in alike)
        columns = tuple(name for name in COLUMNS if any(row.cells.get(name) for row in rows))
        yield Group(edge, counts[edge], columns, rows)


def _row(anchor: str, line: Line, backing: Backing, texts: bool) -> Row:
    mentions = line.edge == EdgeKind.MENTIONS
    said = [] if mentions else _said(line)
    return Row(
        anchor=anchor,
        line=line,
        papers=len({source.paper_id for source in line.sources}),
        years=years(source.year for source in line.sources),
        confidence=max((source.confidence or 0.0 for source in line.sources), default=1.0),
        written=tuple(dict.fromkeys(clipped(s.sentence, _NAME) for s in line.sources)) if mentions else (),
        quote=quoted(said),
        cards=cards(said, backing, texts=texts),
        cells=cells(backing.claims[line.head]) if line.sources and line.head in backing.claims else {},
    )
