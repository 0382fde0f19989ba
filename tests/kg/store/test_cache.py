"""What is made of a store and kept until it changes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from kg.store.cache import CacheError, cache_folder, kept


class Counting:
    """As much of a store as the cache asks of it; `write` makes a new generation."""

    address = "graph.kgl"

    def __init__(self) -> None:
        self.number = 1
        self.builds = 0

    def write(self) -> None:
        self.number += 1

    def generation(self) -> int:
        return self.number

    def hold(self) -> AbstractContextManager[None]:
        return nullcontext()

    def ask(self, text: str, parameters: object) -> list[dict[str, Any]]:
        return [{"documents": 1, "loaded": "2026-01-02T03:04:05Z"}]

    def build(self, folder: Path) -> None:
        self.builds += 1
        (folder / "number").write_text(str(self.number))


@contextmanager
def _number(store: Any, home: Path, of: str = "") -> Iterator[tuple[Path, int]]:
    with kept(store, home, of=[of], build=store.build) as folder:
        yield folder, int((folder / "number").read_text())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder for the cache that is not there yet."""
    return tmp_path / "above" / "cache"


def test_it_is_built_once_until_the_store_changes(home: Path) -> None:
    """A folder is built when it is first asked for, and again for another generation."""
    store, numbers = Counting(), []
    for write in (False, False, True):
        if write:
            store.write()
        with _number(store, home) as (_, number):
            numbers.append(number)

    assert (numbers, store.builds) == ([1, 1, 2], 2)


def test_what_else_it_depends_on_tells_folders_apart(home: Path) -> None:
    """The same store with another layout is built again."""
    store = Counting()
    with _number(store, home, "layout 1"), _number(store, home, "layout 2"):
        pass

    assert store.builds == 2


def test_what_is_read_is_not_removed(home: Path) -> None:
    """A folder in use outlives a change of the store, and is gone once nobody reads it and another is asked for."""
    store = Counting()
    with _number(store, home) as (old, _):
        store.write()
        with _number(store, home) as (new, number):
            assert (number, (old / "number").read_text()) == (2, "1")
    assert old.is_dir()
    with _number(store, home):
        pass

    assert [path for path in home.iterdir() if path.is_dir()] == [new]


def test_what_is_not_of_the_cache_stays(home: Path) -> None:
    """A folder given for the cache may hold other things; they are left alone."""
    other = home / "0123456789abcdef"
    other.mkdir(parents=True)

    with _number(Counting(), home):
        pass

    assert list(other.iterdir()) == []


def test_what_a_killed_builder_left_is_cleared(home: Path) -> None:
    """A half-built folder is never read, and goes with the next building."""
    half = home / ".in-building-when-killed"
    half.mkdir(parents=True)

    with _number(Counting(), home) as (_, number):
        assert number == 1

    assert not half.exists()


def test_two_who_ask_at_once_build_once(home: Path) -> None:
    """Builders of one cache take turns, and the second finds the work done."""
    store = Counting()

    def ask(_: int) -> int:
        with _number(store, home) as (_, number):
            return number

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(ask, range(4)))

    assert (numbers, store.builds) == ([1, 1, 1, 1], 1)


def test_a_store_that_changes_all_the_time_is_an_error(home: Path) -> None:
    """What is of no one state of the graph is never kept."""
    store: Any = Counting()

    def build_while_somebody_writes(folder: Path) -> None:
        store.builds += 1
        store.write()

    with (
        pytest.raises(CacheError, match="written to all the time"),
        kept(store, home, of=(), build=build_while_somebody_writes, tries=2),
    ):
        pass

    assert store.builds == 2
    assert [path for path in home.iterdir() if path.is_dir()] == []


def test_a_building_that_fails_leaves_nothing(home: Path) -> None:
    """When the store vanishes while something is made of it, no half of it stays."""

    def build_in_vain(folder: Path) -> None:
        (folder / "half").touch()
        raise ConnectionError("the server went away")

    store: Any = Counting()
    with pytest.raises(CacheError, match="the server went away"), kept(store, home, of=(), build=build_in_vain):
        pass

    assert [path for path in home.iterdir() if path.is_dir()] == []


def test_a_folder_that_cannot_be_used_is_one_line(tmp_path: Path) -> None:
    """A file where the cache should be is an error that names it."""
    blocked = tmp_path / "blocked"
    blocked.write_text("not a folder")

    with pytest.raises(CacheError, match=r"^the cache \S*blocked cannot be used: "), _number(Counting(), blocked):
        pass


def test_a_file_of_the_reader_is_not_an_error_of_the_cache(home: Path) -> None:
    """What goes wrong while a folder is read is the reader's own."""
    with pytest.raises(FileNotFoundError), _number(Counting(), home) as (folder, _):
        (folder / "absent").read_text()


def test_where_it_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file has its cache beside it; each server and database has a folder in the user's cache directory."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    address = "bolt://localhost:7687"

    one, words = cache_folder(address, "sparql"), cache_folder(address, "search")
    monkeypatch.setenv("NEO4J_DATABASE", "papers")
    other = cache_folder(address, "sparql")

    assert cache_folder(str(tmp_path / "graph.kgl"), "sparql") == tmp_path / "graph.kgl.sparql"
    assert one.parent == other.parent == tmp_path / "cache" / "paperkg" / "sparql"
    assert words.parent == tmp_path / "cache" / "paperkg" / "search"
    assert one != other


def test_a_cache_that_is_relative_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The XDG specification has relative folders ignored."""
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    monkeypatch.setenv("HOME", str(tmp_path))

    assert cache_folder("bolt://localhost:7687", "sparql").is_relative_to(tmp_path)
