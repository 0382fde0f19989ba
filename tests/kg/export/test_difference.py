"""What tells two graphs apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import FormatError
from kg.export.difference import ADDED, CHANGED, GONE, Difference, PropertyChange, changes, differences, in_short
from kg.model import Edge, EdgeKind, Element, Node, NodeKind
from kg.store.change import edge_key
from kg.store.schema import label

TORTURE = ('a"b\\c\n\t', "\x00\x1b[31m", "\u202eabc\u2028", "🦙 ガ", "", "ε-greedy", "'; DROP", "x" * 10_000)


def _sorted(elements: list[Element]) -> list[Element]:
    """In the order of `Store.elements`."""
    nodes = [e for e in elements if isinstance(e, Node)]
    edges = [e for e in elements if isinstance(e, Edge)]
    return [*sorted(nodes, key=lambda n: (label(n.kind), n.id)), *sorted(edges, key=edge_key)]


def _changed(element: Element, **properties: Any) -> Element:
    return replace(element, properties={**element.properties, **properties})


def test_the_same_graph_has_no_difference(small_elements: tuple[Element, ...]) -> None:
    """Equal streams differ in nothing, and an empty graph from nothing."""
    assert list(differences(_sorted(list(small_elements)), _sorted(list(small_elements)))) == []
    assert list(differences([], [])) == []


def test_every_element_may_come_go_and_change(small_elements: tuple[Element, ...]) -> None:
    """Whatever its kind, an element that one side lacks, or has with another property, is the one difference."""
    elements = _sorted(list(small_elements))
    for at, element in enumerate(elements):
        before, after = elements[:at], elements[at + 1 :]
        other = _changed(element, note="x")

        came = list(differences([*before, *after], elements))
        went = list(differences(elements, [*before, *after]))
        altered = list(differences(elements, [*before, other, *after]))

        assert (came, went) == ([Difference(None, element)], [Difference(element, None)])
        assert altered == [Difference(element, other)]
        assert [d.change for d in (*came, *went, *altered)] == [ADDED, GONE, CHANGED]
        assert changes(altered[0]) == (PropertyChange("note", None, "x"),)


def test_when_a_document_was_loaded_is_no_difference(small_elements: tuple[Element, ...]) -> None:
    """`loaded` may differ, alone or beside what differs indeed."""
    [document] = [e for e in small_elements if e.kind is NodeKind.DOCUMENT]
    later = _changed(document, loaded="2030-01-01T00:00:00Z")
    other = _changed(later, sha256="cd" * 32)

    assert list(differences([document], [later])) == []
    assert [change.name for change in changes(*differences([document], [other]))] == ["sha256"]


def test_an_entity_of_another_kind_has_changed() -> None:
    """A method that turns out to be a model is the same thing."""
    method, model = (Node(kind, "method/llama", {"name": "LLaMA"}) for kind in (NodeKind.METHOD, NodeKind.MODEL))

    [found] = differences([method], [model])

    assert (found.kind, changes(found)) == (NodeKind.MODEL, (PropertyChange("kind", "Method", "Model"),))


def test_statements_are_told_apart_by_their_key() -> None:
    """Parallel edges between two things are different edges."""
    one, two, three = (
        Edge(EdgeKind.IMPROVES_ON, "method/a", "method/b", {"statement": name, "document": "d"}) for name in "abc"
    )

    assert list(differences([one, two], [two, three])) == [Difference(one, None), Difference(None, three)]


elements = st.builds(
    Node,
    st.sampled_from([NodeKind.METHOD, NodeKind.MODEL]),
    st.sampled_from([f"method/{letter}" for letter in "abcdef"]),
    st.dictionaries(st.sampled_from(["name", "year"]), st.sampled_from(TORTURE), max_size=2),
) | st.builds(
    Edge,
    st.sampled_from([EdgeKind.CITES, EdgeKind.DESCRIBES]),
    st.sampled_from("abc"),
    st.sampled_from("abc"),
    st.dictionaries(st.just("note"), st.integers(0, 2)),
)
graphs = st.lists(elements, unique_by=lambda e: e.id if isinstance(e, Node) else edge_key(e)).map(_sorted)


@given(graphs, graphs)
def test_the_differences_lead_from_one_graph_to_the_other(old: list[Element], new: list[Element]) -> None:
    """The old graph without what went and with what came is the new one; seen from the other side all is reversed."""
    found = list(differences(old, new))

    went, came = [d.old for d in found if d.old], [d.new for d in found if d.new]
    assert _sorted([*(e for e in old if e not in went), *came]) == new
    assert list(differences(new, old)) == [Difference(d.new, d.old) for d in found]


def test_streams_are_read_side_by_side() -> None:
    """Neither graph is read further than the difference that is asked for."""

    def read(upto: int) -> Iterator[Element]:
        for number in range(upto):
            yield Node(NodeKind.METHOD, f"method/{number:03}", {"name": "x"})
        raise AssertionError("read too far")

    found = differences(read(5), (n for n in read(5) if n.id != "method/002"))  # type: ignore[union-attr]

    assert next(found) == Difference(Node(NodeKind.METHOD, "method/002", {"name": "x"}), None)


@pytest.mark.parametrize("order", [[1, 0], [0, 0], [2, 0], [0, 2, 1]])
def test_what_is_not_sorted_is_refused(order: list[int]) -> None:
    """An order that is not that of a store, or an element that stands twice, is one line, never a wrong answer."""
    mixed: list[Element] = [
        Node(NodeKind.METHOD, "method/a"),
        Node(NodeKind.METHOD, "method/b"),
        Edge(EdgeKind.BUILDS_ON, "method/a", "method/b", {"statement": "s"}),
    ]

    with pytest.raises(FormatError, match=r"^B is not sorted as a backup is, from element \d on"):
        list(differences([], [mixed[at] for at in order]))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (PropertyChange("year", 2020, 2021), "year: 2020 → 2021"),
        (PropertyChange("rejected", None, True), "rejected: none → true"),
        (PropertyChange("title", "", "x"), 'title: "" → x'),
        (PropertyChange("aliases", None, ("a", "b")), "aliases: + a, + b"),
        (PropertyChange("aliases", ("b", "a"), ("a", "b")), "aliases: another order"),
        (
            PropertyChange("text", "The quick brown fox " * 20 + "jumps" + " on" * 50, "The quick brown fox " * 20 + "sits" + " on" * 50),
            "text: …The quick brown fox jumps on on on on on on on on on on on o… → …The quick brown fox sits on on on on on on on on on on on on…",
        ),
    ],
)  # fmt: skip
def test_a_change_is_told_in_short(change: PropertyChange, expected: str) -> None:
    """Old and new, of long texts the part where they begin to differ."""
    assert in_short(change) == expected


@pytest.mark.parametrize("one", TORTURE)
@pytest.mark.parametrize("other", TORTURE)
def test_a_change_of_any_text_is_short(one: str, other: str) -> None:
    """Whatever the texts hold, each is shown in at most sixty characters."""
    assert len(in_short(PropertyChange("name", one, other))) < 140
