"""The triples of a store in a folder of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from kg.errors import StoreError
from kg.model import Element
from kg.rdf import cache_folder, dataset, select

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


def test_what_is_read_is_not_removed(lend: Lend, small_elements: tuple[Element, ...]) -> None:
    """A folder in use outlives a change of the store, and is gone once nobody reads it and another is asked."""
    store = lend(small_elements)
    home = cache_folder(store.address)
    with dataset(store) as old:
        store.write([])
        with dataset(store) as new:
            assert (_methods(old), _methods(new)) == (2, 0)
    assert old.is_dir()
    with dataset(store):
        pass

    assert [path.name for path in home.iterdir() if path.is_dir()] == [new.parent.name]


def test_what_is_not_of_the_cache_stays(lend: Lend, tmp_path: Path) -> None:
    """A folder given for the cache may hold other things; they are left alone."""
    other = tmp_path / "cache" / "0123456789abcdef"
    other.mkdir(parents=True)

    with dataset(lend([]), cache=tmp_path / "cache"):
        pass

    assert list(other.iterdir()) == []


def test_what_a_killed_builder_left_is_cleared(lend: Lend, small_elements: tuple[Element, ...]) -> None:
    """A half-built folder is never asked, and goes with the next building."""
    store = lend(small_elements)
    half = cache_folder(store.address) / ".triples-in-building-when-killed"
    half.mkdir(parents=True)

    with dataset(store) as folder:
        assert _methods(folder) == 2

    assert not half.exists()


def test_two_who_ask_at_once_build_once(lend: Lend, small_elements: tuple[Element, ...]) -> None:
    """Builders of one cache take turns, and the second finds the work done."""
    store = lend(small_elements)

    def ask(_: int) -> int:
        with dataset(store) as folder:
            return _methods(folder)

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(ask, range(4)))

    assert (counts, store.reads) == ([2, 2, 2, 2], 1)


def test_a_store_that_changes_all_the_time_is_an_error(lend: Lend) -> None:
    """Triples of no one state of the graph are never shown."""
    store = lend([])
    read = store.elements

    def elements_while_somebody_writes() -> Any:
        store.write([])
        return read()

    store.elements = elements_while_somebody_writes

    with pytest.raises(StoreError, match="written to all the time"), dataset(store):
        pass


def test_a_server_has_its_cache_with_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file has its triples beside it; each server and database has a folder in the user's cache directory."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    address = "bolt://localhost:7687"

    one = cache_folder(address)
    monkeypatch.setenv("NEO4J_DATABASE", "papers")
    other = cache_folder(address)

    assert cache_folder(str(tmp_path / "graph.kgl")) == tmp_path / "graph.kgl.sparql"
    assert one.parent == other.parent == tmp_path / "cache" / "paperkg" / "sparql"
    assert one != other


def test_a_cache_that_cannot_be_written_is_one_line(lend: Lend, tmp_path: Path) -> None:
    """A file where the cache should be is an error that names it."""
    blocked = tmp_path / "blocked"
    blocked.write_text("not a folder")

    with pytest.raises(StoreError, match="blocked"), dataset(lend([]), cache=blocked):
        pass
