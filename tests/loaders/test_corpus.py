"""The real pages and abstracts, which stay out of the repository: counts, texts, memory."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from kg.model import Document, Metadata
from loaders import read
from loaders.formats.listing_lines import place

MEMORY = 4_000_000
"""Bytes that reading 7,798 records of 12 MB may take at any time."""


@pytest.fixture(scope="module")
def pages(shared: Path) -> dict[str, list[Document]]:
    """The documents of each page; nothing in a page is a problem."""
    found = {file.name: list(read(file)) for file in sorted((shared / "corpus").glob("*.txt"))}
    return {name: [item for item in items if isinstance(item, Document)] for name, items in found.items()}


def test_each_page_has_its_entries(pages: dict[str, list[Document]]) -> None:
    """Three layouts, no entry lost and none made up."""
    counts = [len(documents) for documents in pages.values()]

    assert counts == [192, 296, 50]


def test_titles_and_abstracts_are_those_of_the_annotated_texts(pages: dict[str, list[Document]], shared: Path) -> None:
    """Character for character."""
    texts = [
        text for file in (shared / "gold" / "texts").glob("*.json") for text in json.loads(file.read_text("utf-8"))
    ]

    found = {document.title: document.abstract for documents in pages.values() for document in documents}

    assert len(found) == 515
    assert found == {text["title"]: text["abstract"] for text in texts}


def test_no_problem_and_no_furniture_is_left(pages: dict[str, list[Document]], shared: Path) -> None:
    """Nothing of the page itself is a title or a part of an abstract."""
    read_items = [item for file in (shared / "corpus").glob("*.txt") for item in read(file)]

    lines = [line for documents in pages.values() for document in documents for line in document.text.split("\n")]

    assert all(isinstance(item, Document) for item in read_items)
    assert [line for line in lines if place(line) or line.startswith("Subscribe")] == []


def test_metadata_is_as_printed(pages: dict[str, list[Document]]) -> None:
    """Only the third page gives metadata; the day of a page belongs to no entry."""
    first, second, third = pages.values()

    assert {document.metadata for document in first + second} == {Metadata()}
    assert [document.metadata for document in third[:3]] == [
        Metadata(author_count=9, listed="May 2", upvotes=3),
        Metadata(author_count=7, listed="Aug 12, 2023"),
        Metadata(organization="AQ-MedAI AQ", listed="Nov 17", upvotes=2),
    ]
    assert sum(document.metadata == Metadata() for document in third) == 1
    assert sum(document.metadata.organization is not None for document in third) == 2
    assert sum(document.metadata.author_count is not None for document in third) == 47


def test_a_large_file_is_read_in_bounded_memory(shared: Path) -> None:
    """JSON Lines are never held whole; a listing's day is no year."""
    tracemalloc.start()
    try:
        count = sum(
            isinstance(item, Document) and item.metadata.year is None and item.metadata.listed is not None
            for item in read(shared / "corpus" / "daily_papers.jsonl.gz")
        )
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert count == 7798
    assert peak < MEMORY
