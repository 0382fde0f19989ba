"""The differences of two graphs, counted and in detail."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

import pytest

from kg.export.comparison import KINDS, Detail, Side, compare
from kg.export.difference import PropertyChange
from kg.model import Edge, EdgeKind, Element, Kind, Node, NodeKind
from kg.store import Store
from kg.store.change import edge_key
from kg.store.schema import label

PAPER, TITLE = "paper/arxiv-2401.00001", "Thrifty adapters for large models"


def _side(elements: Collection[Element]) -> Side:
    """A graph in memory."""
    nodes = sorted((e for e in elements if isinstance(e, Node)), key=lambda n: (label(n.kind), n.id))
    edges = sorted((e for e in elements if isinstance(e, Edge)), key=edge_key)

    def of(kinds: Collection[Kind]) -> Iterator[Element]:
        return (e for e in (*nodes, *edges) if e.kind in kinds)

    return of


@pytest.fixture
def small(small_elements: tuple[Element, ...]) -> Side:
    return _side(small_elements)


def _details(small: Side, elements: Collection[Element], **options: Any) -> list[Detail]:
    return list(compare(small, _side(elements), limit=100, **options).details)


def test_equal_graphs_differ_in_nothing(small: Side) -> None:
    """No counts and no details."""
    found = compare(small, small, limit=5)

    assert (found.counts, found.details) == ({}, ())


def test_all_that_came_is_counted_and_shown_with_its_paper(small: Side, small_elements: tuple[Element, ...]) -> None:
    """Each kind in the order of the model; where an element comes from one paper, that paper with its title."""
    found = compare(_side([]), small, limit=100)

    assert list(found.counts) == [kind for kind in KINDS if any(e.kind == kind for e in small_elements)]
    assert sum(counts["added"] for counts in found.counts.values()) == len(small_elements) == len(found.details)
    without = {d.subject for d in found.details if d.paper is None}
    assert without == {
        "dataset/alpaca", "dataset/glue", "hardware/nvidia-a100", "metric/accuracy", "task/question-answering",
        "decision/alias-0123456789ab", "tombstone/arxiv-2301.00009",
    }  # fmt: skip
    assert {(d.paper, d.title) for d in found.details if d.paper} == {
        (PAPER, TITLE),
        ("paper/arxiv-2106.09685", "Low-rank adaptation"),
    }


def test_what_went_from_unchanged_claims_and_documents_has_its_paper(
    small: Side, small_elements: tuple[Element, ...]
) -> None:
    """An edge of a claim, and a document that changed, are led to their paper by what did not change."""
    altered = [
        replace(e, properties={**e.properties, "extractor": "rules-2"}) if e.kind is NodeKind.DOCUMENT else e
        for e in small_elements
        if e.kind is not EdgeKind.AGAINST
    ]

    document, against = _details(small, altered)

    assert (document.subject, document.paper, document.title) == ("document/00aa11bb22cc33dd", PAPER, TITLE)
    assert document.what == "extractor: rules-1+lexicon-0a1b2c3d → rules-2"
    assert (against.change, against.kind, against.object) == ("gone", "against", "method/lora")
    assert (against.paper, against.title) == (PAPER, TITLE)


def test_a_statement_is_shown_with_its_sentence(small: Side, small_elements: tuple[Element, ...]) -> None:
    """What came or went is told in its own words, what changed by its properties."""
    [runs_on] = [e for e in small_elements if e.kind is EdgeKind.RUNS_ON]
    other = replace(runs_on, properties={**runs_on.properties, "count": 16, "rejected": True})
    rest = [e for e in small_elements if e is not runs_on]

    [gone], [changed] = _details(small, rest), _details(small, [*rest, other])

    assert gone.what.startswith("We present FooTune")
    assert (gone.subject, gone.object, gone.key) == (
        "method/footune",
        "hardware/nvidia-a100",
        runs_on.properties["statement"],
    )
    assert changed.what == "count: 8 → 16; rejected: none → true"
    assert changed.changes == (PropertyChange("count", 8, 16), PropertyChange("rejected", None, True))


def test_kinds_narrow_what_is_compared(small: Side) -> None:
    """Only the kinds asked for are counted; an entity that changed its kind belongs to both."""
    llama = Node(NodeKind.METHOD, "method/llama", {"name": "LLaMA"})
    was, now = [llama], [replace(llama, kind=NodeKind.MODEL), Node(NodeKind.DATASET, "dataset/glue", {"name": "GLUE"})]

    for kind in (NodeKind.METHOD, NodeKind.MODEL):
        found = compare(_side(was), _side(now), kinds=[kind], limit=1)
        assert found.counts == {NodeKind.MODEL: {"changed": 1}}
        assert [d.what for d in found.details] == ["kind: Method → Model"]
    assert list(compare(_side([]), small, kinds=[EdgeKind.CITES, NodeKind.PAPER], limit=1).counts) == [
        NodeKind.PAPER,
        EdgeKind.CITES,
    ]


def test_limit_bounds_the_details_of_each_kind(small: Side) -> None:
    """All is counted, and of each kind so much is shown."""
    found = compare(_side([]), small, limit=1)

    assert found.counts[EdgeKind.MENTIONS] == {"added": 4}
    assert [d.kind for d in found.details] == [kind.value for kind in found.counts]


def test_a_store_differs_from_its_backup_in_nothing(store: Store, small_elements: tuple[Element, ...]) -> None:
    """What a store gives back of a graph is that graph, element by element."""
    store.restore(small_elements)

    assert compare(_side(small_elements), store.elements).counts == {}
