"""Several people at one store at once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from graph_of import graph

from kg.errors import StoreError
from kg.model import Document, Extract
from kg.store import open_store

PEOPLE = 4


def _load_all(address: str, documents: Sequence[Document], extract: Extract, seed: int) -> None:
    with open_store(address) as store:
        for document in Random(seed).sample(documents, len(documents)):
            store.write([document], extract)


def test_people_who_load_into_one_server_at_once_make_one_graph(
    neo4j_address: str, library: list[Document], extract: Extract, tmp_path: object
) -> None:
    """All finish, into an empty database too, and the graph is the one that loading one after the other gives."""
    with open_store(f"{tmp_path}/alone.kgl") as alone:
        for document in library:
            alone.write([document], extract)
        expected = graph(alone)

    with ThreadPoolExecutor(PEOPLE) as people:
        done = [people.submit(_load_all, neo4j_address, library, extract, seed) for seed in range(PEOPLE)]
        for one in done:
            one.result()

    with open_store(neo4j_address) as store:
        assert graph(store) == expected
        assert store.check() == []


def test_a_file_has_one_writer_and_readers_beside_it(
    tmp_path: object, library: list[Document], extract: Extract
) -> None:
    """A second writer is told why it must wait; a reader sees what was last saved."""
    address = f"{tmp_path}/graph.kgl"
    with open_store(address) as first:
        first.write(library, extract)
    with open_store(address) as writer:
        writer.write([library[0].model_copy(update={"sha256": "other"})], extract)

        with pytest.raises(StoreError, match="written by another process"):
            open_store(address)
        with open_store(address, write=False) as reader:
            assert reader.generation() == 1

    with open_store(address, write=False) as reader:
        assert reader.generation() == 2
