"""Where evidence stands, read from either store."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kg.model import Document, EdgeKind, Element, Metadata
from kg.query.places import Backing, Mentioned, Place, read_backing, read_mentions
from kg.store import Store
from loaders.extract import EXTRACT

PAPER = "paper/arxiv-2401.00001"
DOCUMENT = "document/00aa11bb22cc33dd"
CLAIM = "claim/5eed5eed5eed5eed"


@pytest.fixture
def small_store(store: Store, small_elements: Iterable[Element]) -> Store:
    """A store with the small graph."""
    store.restore(small_elements)
    return store


def test_a_statement_has_its_place_in_the_text(small_store: Store, small_elements: tuple[Element, ...]) -> None:
    """Every statement of a paper is found with its edge, and stands word for word where its place says."""
    stated = {e.properties["statement"]: e for e in small_elements if "statement" in e.properties}

    found = read_backing(small_store, [(PAPER, str(statement)) for statement in stated])

    assert found.places == {
        statement: Place(
            document=DOCUMENT,
            start=edge.properties["start_char"],
            end=edge.properties["end_char"],
            kind=edge.kind.value,
            head=edge.head,
            tail=edge.tail,
        )
        for statement, edge in stated.items()
    }
    for statement, place in found.places.items():
        assert found.texts[place.document].text[place.start : place.end] == stated[statement].properties["evidence"]


def test_a_claim_has_its_place_and_what_plays_a_role_in_it(small_store: Store) -> None:
    """A claim's id leads to its sentence and to the names of what it is about."""
    found = read_backing(small_store, [(PAPER, CLAIM)])

    assert found.places == {CLAIM: Place(DOCUMENT, 114, 218)}
    assert found.claims[CLAIM].properties["value_text"] == "91.5%"
    assert found.claims[CLAIM].roles == {
        EdgeKind.ABOUT: ("method/footune", "FooTune"),
        EdgeKind.AGAINST: ("method/lora", "LoRA"),
        EdgeKind.ON: ("dataset/glue", "GLUE"),
        EdgeKind.FOR: ("task/question-answering", "question answering"),
        EdgeKind.MEASURED_BY: ("metric/accuracy", "accuracy"),
    }


def test_a_paper_comes_with_its_texts_and_authors(small_store: Store) -> None:
    """Title, texts and authors are there even where no statement is asked for."""
    found = read_backing(small_store, [(PAPER, "")])

    assert found.places == {}
    assert found.papers[PAPER].properties["venue"] == "ACL"
    assert found.authors == {PAPER: ("Ada Example",)}
    (text,) = found.texts.values()
    assert (text.document, text.paper, text.text[: text.title_end], text.abstract_end, text.by) == (
        DOCUMENT, PAPER, "Thrifty adapters for large models", 218, None,
    )  # fmt: skip


def test_what_is_not_there_is_left_out(small_store: Store) -> None:
    """Unknown papers and statements, and statements of no paper, are no error."""
    nothing = Backing({}, {}, {}, {}, {}, {})

    assert read_backing(small_store, [("paper/arxiv-9999.00000", "0" * 20), ("method/lora", "1" * 20)]) == nothing
    assert read_backing(small_store, []) == nothing
    assert read_backing(small_store, [(PAPER, "0" * 20)]).places == {}


def test_names_are_found_each_time_that_they_are_written(store: Store) -> None:
    """A name that stands twice is read twice, from every document of a paper."""
    text = "We present FooTune, which beats LoRA. FooTune extends LoRA."
    document = Document.make(
        format="jsonl", key="k", source="s", title="Thrifty", abstract=text, metadata=Metadata(arxiv="2401.00001")
    )
    store.write([document], EXTRACT)
    texts = read_backing(store, [(PAPER, "")]).texts.values()

    found = read_mentions(store, texts)

    places = [(each.start, each.end) for each in found if each.written == "LoRA"]
    assert places == [(40, 44), (62, 66)]
    assert {each.document for each in found} == {document.id}
    assert all(isinstance(each, Mentioned) and document.text[each.start : each.end] == each.written for each in found)
