"""The index of words: every name, title and abstract of a graph in an SQLite file that finds words at once.

FTS5 is given the words of `kg.query.tokens`, one space between them, so that no text of ours or of a user is ever
syntax to it. The same graph gives the same index, whichever store it comes from.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from math import log2
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import StoreError
from kg.model import NodeKind
from kg.query.tokens import SIGNS, words
from kg.store import Row, Store
from kg.store.cache import CacheError, cache_folder, kept
from kg.store.schema import ENTITY_KINDS, is_id

if TYPE_CHECKING:
    from sqlite3 import Connection

_LAYOUT = 1  # raised when the same graph gives another index
_FILE = "words.sqlite"
_FORM_WORDS = 16
"""Words of a name or title that count for its form; more than that nobody types."""
_PER_DOUBLING = 0.1
"""How much more an entity weighs when it is in twice as many papers: less than any word that is asked for."""
_APART = "|"
"""What stands between two aliases, so that no phrase spans them."""
_ENTITIES = "MATCH (n:Entity) RETURN n.id AS id, labels(n) AS labels, n.name AS name, n.aliases AS aliases"
_COUNTS = "MATCH (n:Entity)<-[:MENTIONS]-(p:Paper) RETURN n.id AS id, count(DISTINCT p.id) AS papers"
_PAPERS = "MATCH (p:Paper) RETURN p.id AS id, p.title AS title, p.abstract AS abstract, p.year AS year"
_TABLES = f"""
CREATE TABLE things (number INTEGER PRIMARY KEY, id UNIQUE, kind, name, aliases, abstract, papers, year, weight);
CREATE TABLE forms (form, number, PRIMARY KEY (form, number)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(name, alias, title, abstract, content='', tokenize="ascii tokenchars '{SIGNS}{_APART}'");
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
"""


class Thing(NamedTuple):
    """An entity or a paper as the index has it; `name` may be a title, `papers` is how many mention an entity."""

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    abstract: str
    papers: int | None
    year: int | None


@contextmanager
def index(store: Store) -> Iterator[Connection]:
    """The index of a store as it is now, built if need be; in memory where it cannot be kept.

    Raises StoreError for a Python whose SQLite has no FTS5, and for an index that was damaged.
    """
    with ExitStack() as held:
        try:
            home = cache_folder(store.address, "search")
            building = kept(store, home, of=("search", _LAYOUT), build=partial(_build_file, store), tries=1)
            folder = held.enter_context(building)
        except CacheError:
            connection = held.enter_context(_connected(None))
            _build(connection, _things(store))
        else:
            connection = held.enter_context(_connected(folder / _FILE, "mode=ro&immutable=1"))
        yield connection


def form(text: str) -> str:
    """The words of a name run together, so that `Lo-RA` is `LoRA` and `low rank` is `low-rank`."""
    return "".join(words(text)[:_FORM_WORDS])


@contextmanager
def _connected(path: Path | None, how: str = "mode=rwc") -> Iterator[Connection]:
    """A connection to an SQLite file, or for None to one in memory, that can search."""
    try:
        import sqlite3
    except ImportError as error:
        raise StoreError("this Python has no sqlite3, which kg search needs: use a Python that has it") from error
    try:
        name = f"{path.absolute().as_uri()}?{how}" if path else ":memory:"
        with closing(sqlite3.connect(name, uri=True)) as connection:
            if not connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchall():
                raise StoreError("this Python's SQLite has no FTS5, which kg search needs: use a Python that has it")
            yield connection
    except sqlite3.DatabaseError as error:
        raise CacheError(f"the index {path or 'in memory'} cannot be used: {error}; delete it") from error


def _build_file(store: Store, folder: Path) -> None:
    path = folder / _FILE
    with _connected(path) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        _build(connection, _things(store))
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _build(connection: Connection, things: Iterable[Thing]) -> None:
    connection.executescript(_TABLES)
    for number, thing in enumerate(things, start=1):
        weight = 1 + _PER_DOUBLING * log2(1 + (thing.papers or 0))
        own = (number, thing.id, thing.kind, thing.name, json.dumps(thing.aliases), *thing[4:], weight)
        connection.execute("INSERT INTO things VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", own)
        connection.execute("INSERT INTO words (rowid, name, alias, title, abstract) VALUES (?, ?, ?, ?, ?)", (number, *_columns(thing)))  # fmt: skip
        forms = {text for text in map(form, (thing.name, *thing.aliases)) if text}
        connection.executemany("INSERT INTO forms VALUES (?, ?)", [(text, number) for text in sorted(forms)])
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    connection.commit()


def _columns(thing: Thing) -> tuple[str, str, str, str]:
    """The words of a thing by where they stand."""
    name = " ".join(words(thing.name))
    if thing.kind == NodeKind.PAPER:
        return "", "", name, " ".join(words(thing.abstract))
    return name, f" {_APART} ".join(" ".join(words(alias)) for alias in thing.aliases), "", ""


def _things(store: Store) -> list[Thing]:
    """All entities and papers, by id."""
    counts = {row["id"]: row["papers"] for row in store.ask(_COUNTS, {})}
    entities = [_entity(row, counts) for row in _ours(store, _ENTITIES)]
    return sorted([*entities, *map(_paper, _ours(store, _PAPERS))])


def _ours(store: Store, text: str) -> Iterator[Row]:
    """The rows of nodes that are ours: a server may hold others with such a label."""
    return (row for row in store.ask(text, {}) if isinstance(row["id"], str) and is_id(row["id"]))


def _entity(row: Row, counts: Mapping[str, int]) -> Thing:
    kind = next((kind.value for kind in ENTITY_KINDS if kind in row["labels"]), "")
    return Thing(row["id"], kind, row["name"], tuple(row["aliases"] or ()), "", counts.get(row["id"], 0), None)


def _paper(row: Row) -> Thing:
    return Thing(
        row["id"], NodeKind.PAPER.value, row["title"] or row["id"], (), row["abstract"] or "", None, row["year"]
    )
