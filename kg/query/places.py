"""Where the evidence of statements stands: in which document, between which characters, and what the paper is.

Answers and descriptions carry a statement's id and its sentence; this reads what is needed to show the sentence among
the words around it. Edges are found by the documents of their papers, which is what the stores index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Edge, EdgeKind, Metadata, Node, Property
from kg.query.lines import node_name
from kg.store import Store, rows

ROLES = (EdgeKind.ABOUT, EdgeKind.AGAINST, EdgeKind.ON, EdgeKind.FOR, EdgeKind.MEASURED_BY)
"""What leads from a claim to the things it is made of."""
_CLAIM = "claim/"
_PAPER = "paper/"


@dataclass(frozen=True)
class Place:
    """Where a statement's evidence stands: `text[start:end]` of its document, in code points.

    `kind`, `head` and `tail` are those of the edge that is stated; a claim has none.
    """

    document: str
    start: int
    end: int
    kind: str = ""
    head: str = ""
    tail: str = ""


@dataclass(frozen=True)
class Text:
    """The text of one document of a paper: title, abstract, sections; `by` wrote it where that is not the paper."""

    document: str
    paper: str
    text: str
    title_end: int
    abstract_end: int
    by: str | None


@dataclass(frozen=True)
class Claim:
    """A claim's properties, and the id and name of what plays each role in it; each is played by one thing at most."""

    id: str
    properties: Mapping[str, Property]
    roles: Mapping[EdgeKind, tuple[str, str]]


@dataclass(frozen=True)
class Backing:
    """What stands behind statements.

    Their places and claims by id, the names of what their edges join, the texts of their papers by document, and papers
    and the names of their authors by paper.
    """

    places: Mapping[str, Place]
    claims: Mapping[str, Claim]
    names: Mapping[str, str]
    texts: Mapping[str, Text]
    papers: Mapping[str, Node]
    authors: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Mentioned:
    """Words of a document that name something, `text[start:end]`, as they are written."""

    document: str
    start: int
    end: int
    written: str


def read_backing(store: Store, said: Iterable[tuple[str, str]]) -> Backing:
    """Reads what stands behind statements, given as pairs of paper and statement; "" stands for no statement."""
    pairs = sorted({(paper, statement) for paper, statement in said if paper.startswith(_PAPER)})
    papers = list(dict.fromkeys(paper for paper, _ in pairs))
    wanted = {statement for _, statement in pairs if statement}
    texts = {text.document: text for text in _texts(store, papers)}
    claims = _claims(store, [id for id in wanted if id.startswith(_CLAIM)])
    edges = rows.edges_stated(store.ask, sorted(texts)) if len(wanted) > len(claims) else []
    places = {str(edge.properties["statement"]): _edge_place(edge) for edge in edges}
    places |= {claim.id: Place(*_span(claim.properties)) for claim in claims.values()}
    places = {statement: places[statement] for statement in sorted(wanted & places.keys())}
    return Backing(
        places=places,
        claims=claims,
        names=_names(store, {end for place in places.values() for end in (place.head, place.tail) if end}),
        texts=texts,
        papers={node.id: node for node in rows.nodes(store.ask, papers)},
        authors=_authors(store, papers),
    )


def read_mentions(store: Store, texts: Iterable[Text]) -> tuple[Mentioned, ...]:
    """Reads where documents name things, each time that they do."""
    records = [rows.record(node) for node in rows.nodes(store.ask, sorted(text.document for text in texts))]
    return tuple(
        Mentioned(record.document.id, mention.start, mention.end, mention.text)
        for record in records
        for group in record.extraction.groups
        for mention in group.mentions
    )


def _texts(store: Store, papers: Iterable[str]) -> list[Text]:
    found = rows.texts(store.ask, papers)
    return [
        Text(
            document=row["document"],
            paper=row["paper"],
            text=row["text"],
            title_end=row["title_end"],
            abstract_end=row["abstract_end"],
            by=Metadata.model_validate_json(row["metadata"]).summary_by,
        )
        for row in sorted(found, key=lambda row: str(row["document"]))
    ]


def _claims(store: Store, ids: Sequence[str]) -> dict[str, Claim]:
    if not ids:
        return {}
    found = rows.nodes(store.ask, sorted(ids))
    edges = [edge for kind in ROLES for edge in rows.edges_from(store.ask, kind, [node.id for node in found])]
    names = _names(store, {edge.tail for edge in edges})
    roles: defaultdict[str, dict[EdgeKind, tuple[str, str]]] = defaultdict(dict)
    for edge in edges:
        roles[edge.head][edge.kind] = edge.tail, names[edge.tail]
    return {node.id: Claim(node.id, node.properties, roles[node.id]) for node in found}


def _edge_place(edge: Edge) -> Place:
    return Place(*_span(edge.properties), kind=edge.kind.value, head=edge.head, tail=edge.tail)


def _span(properties: Mapping[str, Property]) -> tuple[str, int, int]:
    start, end = properties["start_char"], properties["end_char"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    return str(properties["document"]), start, end


def _authors(store: Store, papers: Iterable[str]) -> dict[str, tuple[str, ...]]:
    edges = rows.edges_from(store.ask, EdgeKind.WRITTEN_BY, papers)
    names = _names(store, {edge.tail for edge in edges})
    ordered = sorted(edges, key=lambda edge: (edge.head, edge.properties["position"], edge.tail))
    found: dict[str, tuple[str, ...]] = {}
    for edge in ordered:
        found[edge.head] = (*found.get(edge.head, ()), names[edge.tail])
    return found


def _names(store: Store, ids: Iterable[str]) -> dict[str, str]:
    return {node.id: node_name(node) for node in rows.nodes(store.ask, sorted(ids))}
