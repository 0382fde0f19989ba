"""Our triples back as elements."""

from __future__ import annotations

import io
import random

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import FormatError
from kg.model import Edge, EdgeKind, Element, EntityKind, Node, NodeKind, Property
from kg.names import cypher_type, entity_id, family
from kg.rdf import DEFAULT_BASE, from_rdf, triples, write_ntriples, write_turtle
from kg.store.schema import EDGE_KEY, label

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff\x7f").filter(lambda c: c >= " " or c in "\t\n\r"), max_size=30)  # fmt: skip
CONFIDENCE = st.floats(0, 1, allow_subnormal=False).map(lambda number: round(number, 6))
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
OFFSET = st.integers(0, 10**6)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Element, ...]:
    """A graph of a paper, a document, a claim and some methods, with edges of every way of being written."""
    names = draw(st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=5, unique=True))
    ids = [entity_id(name, family(EntityKind.METHOD)) for name in names]
    paper, document, claim, author = "paper/doi-10.1000/a%3Cb%3E", "document/00", "claim/11", "author/a-b"
    nodes = [
        *(Node(draw(st.sampled_from([NodeKind.METHOD, NodeKind.MODEL])), id, draw(_entity())) for id in ids),
        Node(NodeKind.PAPER, paper, {"title": draw(TEXT), "year": draw(st.integers(1900, 2100)), "url": draw(TEXT)}),
        Node(NodeKind.DOCUMENT, document, {"text": draw(TEXT), "title_end": draw(OFFSET)}),
        Node(
            NodeKind.CLAIM,
            claim,
            {"value": draw(NUMBER), "evidence": draw(TEXT), "confidence": draw(CONFIDENCE), "paper": paper},
        ),
        Node(NodeKind.AUTHOR, author, {"name": draw(TEXT)}),
        Node(NodeKind.DECISION, "decision/undone-0123456789ab", draw(_decision(ids))),
    ]
    relations = [EdgeKind.IMPROVES_ON, EdgeKind.INTRODUCES, EdgeKind.RUNS_ON]
    edges = [
        Edge(EdgeKind.DESCRIBES, document, paper),
        Edge(EdgeKind.ABOUT, claim, draw(st.sampled_from(ids))),
        Edge(EdgeKind.WRITTEN_BY, paper, author, {"position": draw(st.integers(1, 99))}),
        *(draw(_mention(paper, id, document)) for id in ids),
        *(draw(_statement(draw(st.sampled_from(relations)), paper, id, document, str(n))) for n, id in enumerate(ids)),
        draw(_statement(EdgeKind.IMPROVES_ON, ids[0], ids[1], document, "a")),
        draw(_statement(EdgeKind.IMPROVES_ON, ids[0], ids[1], document, "b")),
    ]
    return _sorted(nodes, edges)


@st.composite
def _decision(draw: st.DrawFn, ids: list[str]) -> dict[str, Property]:
    """A decision that was undone, with all that one may say."""
    papers = draw(st.lists(st.sampled_from(["acl-P19-1001", "arxiv-2401.00001", "doi-10.1000/a%3Cb%3E"]), unique=True))
    texts = {name: draw(TEXT) for name in ("about", "reason", "by", "undone_by", "undone_reason")}
    kind = draw(st.sampled_from(EntityKind)).value
    found = {**texts, "what": "split", "kind": kind, "target": f"{ids[0]}:arxiv-2401.00001", "at": "2026-01-02"}
    return found | ({"papers": tuple(sorted(papers))} if papers else {})


def _sorted(nodes: list[Node], edges: list[Edge]) -> tuple[Element, ...]:
    keys = {kind: key or "" for kind, key in EDGE_KEY.items()}
    return (
        *sorted(nodes, key=lambda node: (label(node.kind), node.id)),
        *sorted(edges, key=lambda e: (cypher_type(e.kind), e.head, e.tail, e.properties.get(keys[e.kind], ""))),
    )


@st.composite
def _entity(draw: st.DrawFn) -> dict[str, object]:
    aliases = tuple(sorted(draw(st.sets(TEXT, max_size=3))))
    return {"name": draw(TEXT), **({"aliases": aliases} if aliases else {})}


@st.composite
def _mention(draw: st.DrawFn, head: str, tail: str, document: str) -> Edge:
    properties = {
        "written": draw(TEXT), "normal": draw(TEXT), "kind": "Method", "document": document, "start_char": draw(OFFSET),
        "end_char": draw(OFFSET), "confidence": draw(CONFIDENCE), "extractor": draw(TEXT),
    }  # fmt: skip
    return Edge(EdgeKind.MENTIONS, head, tail, properties)


@st.composite
def _statement(draw: st.DrawFn, kind: EdgeKind, head: str, tail: str, document: str, statement: str) -> Edge:
    properties = {
        "statement": statement, "document": document, "paper": "paper/acl-P19-1001", "evidence": draw(TEXT),
        "start_char": draw(OFFSET), "end_char": draw(OFFSET), "confidence": draw(CONFIDENCE), "extractor": draw(TEXT),
        "head_as": draw(TEXT), "tail_as": draw(TEXT),
        **draw(st.sampled_from([{}, {"rejected": True}])),
        **({"count": draw(OFFSET), "memory": draw(NUMBER)} if kind is EdgeKind.RUNS_ON else {}),
    }  # fmt: skip
    return Edge(kind, head, tail, properties)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(graphs())
def test_what_was_written_is_read(elements: tuple[Element, ...]) -> None:
    """from_rdf(to_rdf(x)) == x, whatever the texts and numbers."""
    assert tuple(from_rdf(triples(elements))) == elements


@pytest.mark.parametrize("base", [DEFAULT_BASE, "http://localhost:8000/graph/"])
@pytest.mark.parametrize(
    ("write", "format"),
    [(write_ntriples, pyoxigraph.RdfFormat.N_TRIPLES), (write_turtle, pyoxigraph.RdfFormat.TURTLE)],
    ids=["nt", "turtle"],
)
def test_every_kind_comes_back_from_a_file(write, format, base: str, small_elements: tuple[Element, ...]) -> None:  # type: ignore[no-untyped-def]
    """A file of either format, under any base and in any order of triples, is the graph it was made of."""
    stream = io.BytesIO()
    write(small_elements, stream, base)
    read = [quad.triple for quad in pyoxigraph.parse(stream.getvalue(), format)]
    random.Random(1).shuffle(read)

    assert tuple(from_rdf(read, base)) == small_elements


def test_a_statement_without_evidence_is_refused(small_elements: tuple[Element, ...]) -> None:
    """A statement that cannot show its words is no statement of ours."""
    rest = [triple for triple in triples(small_elements) if not triple.predicate.value.endswith("#evidence")]

    with pytest.raises(FormatError, match="has no kgo:evidence"):
        list(from_rdf(rest))
