"""Which documents describe one paper."""

from collections.abc import Callable
from itertools import permutations

import pytest

from kg.identity.papers import has_tombstone, join, paper_authors, paper_properties
from kg.model import Document, Metadata
from kg.names import title_key


@pytest.fixture
def record() -> Callable[..., Document]:
    def make(title: str, source: str = "a", format: str = "jsonlines", **metadata: object) -> Document:
        return Document.make(
            format=format,
            key=f"{title}{metadata}",
            source=source,
            title=title,
            abstract=f"of {source}",
            metadata=Metadata.model_validate(metadata),
        )

    return make


def papers(*documents: Document) -> dict[str, set[str]]:
    """Paper id -> sources of its documents; the same for every order of the documents."""
    found = [{g.id: {d.source for d in g.documents} for g in join(order)} for order in permutations(documents)]
    assert all(one == found[0] for one in found)
    return found[0]


def test_a_shared_id_joins(record: Callable[..., Document]) -> None:
    """Titles may differ where an id is the same, versions do not count."""
    assert papers(record("One", "a", arxiv="2401.00001"), record("Two", "b", arxiv="2401.00001v3", doi="10.1000/x"), record("Three", "c", doi="10.1000/X")) == {
        "paper/arxiv-2401.00001": {"a", "b", "c"}
    }  # fmt: skip


def test_a_title_joins_what_has_no_ids_that_conflict(record: Callable[..., Document]) -> None:
    """A record without ids finds its paper by title."""
    assert papers(record("A Title", "a"), record("a title!", "b", arxiv="2401.00001"), record("A title", "c", doi="10.1000/x")) == {
        "paper/arxiv-2401.00001": {"a", "b", "c"}
    }  # fmt: skip


def test_a_title_of_two_papers_joins_nothing(record: Callable[..., Document]) -> None:
    """Two arXiv ids are two papers; a record without ids keeps its own then."""
    key = title_key("A title")
    assert papers(record("A title", "a", arxiv="2401.00001"), record("A title", "b", arxiv="2401.00002"), record("A title", "c"), record("A Title", "d")) == {
        "paper/arxiv-2401.00001": {"a"}, "paper/arxiv-2401.00002": {"b"}, f"paper/{key}": {"c", "d"},
    }  # fmt: skip


def test_a_chain_of_titles_does_not_tie_two_papers_together(record: Callable[..., Document]) -> None:
    """No single title conflicts here, yet joining all would."""
    assert papers(record("One", "a", arxiv="2401.00001"), record("One", "b", doi="10.1000/x"), record("Two", "c", doi="10.1000/x"), record("Two", "d", arxiv="2401.00002")) == {
        "paper/arxiv-2401.00001": {"a"}, "paper/arxiv-2401.00002": {"d"}, "paper/doi-10.1000/x": {"b", "c"},
    }  # fmt: skip


@pytest.mark.parametrize("title", ["", "?!", "Introduction", "Technical Report"])
def test_a_generic_title_joins_nothing(record: Callable[..., Document], title: str) -> None:
    """Each such record is a paper of its own."""
    assert len(papers(record(title, "a"), record(title, "b"))) == 2


def test_properties_come_from_the_first_document_that_has_them(record: Callable[..., Document]) -> None:
    """A record of its own comes before a listing; the year is never that of the listing."""
    listing = record("A title", "a", "listing", listed="May 2, 2023", upvotes=3, organization="Org")
    own = record("A Title", "b", arxiv="2106.09685", authors=("Ada", "Cy"))

    (group,) = join([listing, own])

    assert paper_properties(group) == {
        "title": "A Title", "abstract": "of b", "year": 2021, "also": ("arxiv-2106.09685", title_key("A title")),
        "arxiv": "2106.09685", "listed": "May 2, 2023", "organization": "Org", "upvotes": 3,
    }  # fmt: skip
    assert paper_authors(group) == ("Ada", "Cy")


def test_a_tombstone_keeps_out_its_paper_and_no_other(record: Callable[..., Document]) -> None:
    """By id, or by title where no id speaks against it."""
    grave = ("arxiv-2401.00001", title_key("A title"))

    assert has_tombstone(record("Other", arxiv="2401.00001"), [grave])
    assert has_tombstone(record("A title"), [grave])
    assert has_tombstone(record("A title", doi="10.1000/x"), [grave])
    assert not has_tombstone(record("A title", arxiv="2401.00002"), [grave])
    assert not has_tombstone(record("Other"), [grave])
