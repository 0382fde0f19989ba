"""The triples of a store in a folder of their own (how they are kept: tests/kg/store/test_cache.py)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.errors import StoreError
from kg.model import Element
from kg.rdf import dataset, select
from kg.store.cache import cache_folder

Lend = Callable[[Sequence[Element]], Any]
COUNT = "SELECT (COUNT(*) AS ?n) { ?a a kgo:Method }"


def _methods(folder: Path) -> int:
    return int(select(folder, COUNT).rows[0][0])


def test_a_store_is_read_once_until_it_changes(lend: Lend, small_elements: tuple[Element, ...]) -> None:
    """The triples are built when they are first asked, and again when the store's generation has changed."""
    store = lend(small_elements)
    counts = []
    for _ in range(2):
        with dataset(store) as folder:
            counts.append(_methods(folder))
    store.write([])
    with dataset(store) as folder:
        counts.append(_methods(folder))

    assert (counts, store.reads) == ([2, 2, 0], 2)


def test_another_base_has_triples_of_its_own(lend: Lend, small_elements: tuple[Element, ...]) -> None:
    """The base is part of every name."""
    store = lend(small_elements)

    with dataset(store) as one, dataset(store, "https://example.org/kg/") as other:
        assert (one != other, one.is_dir()) == (True, True)


def test_the_triples_lie_beside_the_store(lend: Lend) -> None:
    """Without a word about it the cache is that of the store's address."""
    store = lend([])

    with dataset(store) as folder:
        assert folder.parent.parent == cache_folder(store.address, "sparql")


def test_a_cache_that_cannot_be_written_is_one_line(lend: Lend, tmp_path: Path) -> None:
    """A file where the cache should be is an error that names it."""
    blocked = tmp_path / "blocked"
    blocked.write_text("not a folder")

    with pytest.raises(StoreError, match="blocked"), dataset(lend([]), cache=blocked):
        pass
