"""Which part of the graph is exported."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kg.export.selection import Selection, read_part
from kg.model import RELATIONS, Edge, EdgeKind, Element, Node, NodeKind
from kg.store import Store

PAPER, LORA, FOOTUNE = "paper/arxiv-2401.00001", "method/lora", "method/footune"
CLAIM = "claim/5eed5eed5eed5eed"


@pytest.fixture
def small(store: Store, small_elements: tuple[Element, ...]) -> Store:
    """A store of each kind with the small graph."""
    store.restore(small_elements)
    return store


def _ids(elements: Iterable[Element]) -> set[str]:
    return {element.id for element in elements if isinstance(element, Node)}


def _edges(elements: Iterable[Element]) -> set[tuple[str, str, str]]:
    return {(e.head, e.kind.value, e.tail) for e in elements if isinstance(e, Edge)}


def test_without_a_choice_it_is_the_whole_graph(small: Store, small_elements: tuple[Element, ...]) -> None:
    """Nothing is left out, and nothing changed."""
    assert tuple(read_part(small, Selection())) == small_elements


def test_all_around_everything_is_the_whole_graph(small: Store, small_elements: tuple[Element, ...]) -> None:
    """The part that reaches far enough has all that is joined to anything, in the same order."""
    joined = {end for edge in small_elements if isinstance(edge, Edge) for end in (edge.head, edge.tail)}

    found = tuple(read_part(small, Selection(frozenset({LORA}), depth=9)))

    assert found == tuple(e for e in small_elements if isinstance(e, Edge) or e.id in joined)


def test_a_neighbourhood_ends_at_its_depth(small: Store) -> None:
    """Each step follows edges either way; what lies between two that are reached is there too."""
    near = [_ids(read_part(small, Selection(frozenset({LORA}), depth=depth))) for depth in (0, 1, 2)]

    assert near[0] == {LORA}
    assert near[1] == {LORA, FOOTUNE, PAPER, CLAIM}
    assert near[2] > near[1] | {"author/ada-example", "dataset/glue", "method/llama"}
    edges = _edges(read_part(small, Selection(frozenset({LORA}))))
    assert {(PAPER, "introduces", FOOTUNE), (FOOTUNE, "improves-on", LORA), (CLAIM, "about", FOOTUNE)} < edges
    assert {end for head, _, tail in edges for end in (head, tail)} == near[1]


def test_kinds_of_edges_keep_their_ends(small: Store) -> None:
    """Only edges of the kind, and the nodes that they join."""
    found = list(read_part(small, Selection(kinds=frozenset({EdgeKind.RUNS_ON, EdgeKind.CITES}))))

    assert _edges(found) == {(FOOTUNE, "runs-on", "hardware/nvidia-a100"), (PAPER, "cites", "paper/arxiv-2106.09685")}
    assert _ids(found) == {FOOTUNE, "hardware/nvidia-a100", PAPER, "paper/arxiv-2106.09685"}


def test_kinds_of_nodes_keep_the_edges_between_them(small: Store) -> None:
    """Only nodes of the kind; of edges only those with both ends."""
    found = list(read_part(small, Selection(kinds=frozenset({NodeKind.METHOD, NodeKind.TASK, EdgeKind.ADDRESSES}))))

    assert _ids(found) == {FOOTUNE, LORA, "task/question-answering"}
    assert _edges(found) == {(FOOTUNE, "addresses", "task/question-answering")}


def test_kinds_narrow_what_is_followed(small: Store) -> None:
    """Around a thing only edges of the kinds are followed; the thing itself is there whatever its kind."""
    around = frozenset({LORA})

    statements = _ids(read_part(small, Selection(around, depth=2, kinds=frozenset(RELATIONS))))
    papers = list(read_part(small, Selection(around, kinds=frozenset({NodeKind.PAPER}))))

    assert statements == {LORA, FOOTUNE, "dataset/glue", "hardware/nvidia-a100", "task/question-answering"}
    assert (_ids(papers), _edges(papers)) == ({LORA, PAPER}, {(PAPER, "mentions", LORA)})


def test_what_is_not_sure_goes_with_all_that_rests_on_it(small: Store) -> None:
    """An unsure claim takes its edges along; around a thing nothing is reached by what is not sure."""
    found = list(read_part(small, Selection(least=0.7)))
    claims = list(read_part(small, Selection(kinds=frozenset({EdgeKind.MEASURED_BY}), least=0.7)))
    near = _ids(read_part(small, Selection(frozenset({"metric/accuracy"}), depth=3, least=0.7)))
    surest = _ids(read_part(small, Selection(frozenset({FOOTUNE}), least=0.9)))

    assert CLAIM not in _ids(found)
    assert not any(CLAIM in (head, tail) for head, _, tail in _edges(found))
    assert "metric/accuracy" in _ids(found)
    assert claims == []
    assert near == {"metric/accuracy"}
    assert surest == {FOOTUNE, PAPER}


def test_without_texts_the_sentences_stay(small: Store, small_elements: tuple[Element, ...]) -> None:
    """Abstracts, texts of documents and extractions go; evidence stays."""
    found = list(read_part(small, Selection(texts=False)))

    gone = {
        (new.kind, name) for old, new in zip(small_elements, found, strict=True) for name in {*old.properties} - {*new.properties}
    }  # fmt: skip
    assert gone == {(NodeKind.PAPER, "abstract"), (NodeKind.DOCUMENT, "text"), (NodeKind.DOCUMENT, "extraction")}
    assert sum("evidence" in element.properties for element in found) == sum("evidence" in e.properties for e in small_elements)  # fmt: skip
