"""The store: the one copy of the graph, in one embedded file or in a Neo4j server, with the same contract.

`open_store(address)` opens either. All that the two share (what to write, how to find, how to list) is in
`kg.store.graph`; `embedded` and `neo4j` know only how to run a statement and a transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self

from kg.decision import Decision
from kg.errors import UsageError
from kg.model import Document, Element, Extract, Kind, Report

Row = dict[str, Any]


@dataclass(frozen=True)
class Match:
    """An entity or paper that a person's words may mean; `papers` is how many papers mention it.

    `instead_of` is the id that the words would mean if nothing had been decided.
    """

    id: str
    kind: str
    name: str
    papers: int
    instead_of: str = ""


@dataclass(frozen=True)
class Table:
    """The rows of a query of a user's own; `truncated` when a limit cut them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool = False


class Store(Protocol):
    """What both stores do. Every method may raise StoreError."""

    address: str

    def write(self, documents: Sequence[Document], extract: Extract) -> Report:
        """Adds documents in one transaction; those it has already, from the same extractor, are not extracted.

        A document whose paper was removed is skipped and counted as such.
        """
        ...

    def remove(self, ids: Sequence[str]) -> Report:
        """Removes papers with all that only they said, and leaves a Tombstone for each.

        Raises NotFoundError for an id that is no paper.
        """
        ...

    def bring_back(self, documents: Sequence[Document]) -> int:
        """Deletes the Tombstones that keep documents out, so that they can be written; returns how many there were."""
        ...

    def decide(self, decision: Decision) -> Report:
        """Records a decision, in place of what was decided of the same, and computes anew what it touches.

        What it leaves out is filled in: the target of a split or a kind. Raises NotFoundError where what it is about,
        or its target, is not in the graph, UsageError where it cannot be.
        """
        ...

    def undo(self, id: str, *, by: str = "", reason: str = "") -> Report:
        """Takes a decision back, computes anew what it touched, and keeps it in the log with who undid it and why.

        Raises NotFoundError for one that does not stand.
        """
        ...

    def restore(self, elements: Iterable[Element]) -> Report:
        """Writes a backup's elements into an empty store; raises StoreError when the store is not empty."""
        ...

    def elements(self, kinds: Collection[Kind] = ..., within: Collection[str] | None = None) -> Iterator[Element]:
        """The whole graph, or what is of some kinds, sorted: nodes by kind's label and id, then edges by kind, head, tail and key.

        Only the nodes with ids `within` and the edges between them, if these are given. Raises WrittenMeanwhileError at
        the end when somebody wrote to the store before it.
        """
        ...

    def hold(self) -> AbstractContextManager[None]:
        """Keeps others from writing while the context lasts, if this account may write at all; it must not last long."""
        ...

    def ask(self, text: str, parameters: Mapping[str, Any]) -> list[Row]:
        """The rows of a catalogue query, read-only."""
        ...

    def cypher(
        self, text: str, parameters: Mapping[str, Any] | None = None, *, limit: int = 1000, timeout: float = 60
    ) -> Table:
        """The rows of a user's own read-only query; raises UsageError for writes, CALL, LOAD CSV, SHOW, TERMINATE."""
        ...

    def find(self, words: str, families: Sequence[str] = ()) -> list[Match]:
        """The entities and papers that a name, alias, title or id means, most papers first.

        `families` narrows to some of `kg.names.FAMILIES` and "paper".
        """
        ...

    def nearest(self, words: str, families: Sequence[str] = (), *, count: int = 5) -> list[str]:
        """The names in the graph that are spelled most like the words."""
        ...

    def check(self) -> list[str]:
        """The laws of the graph that do not hold here, a line each."""
        ...

    def generation(self) -> int:
        """A number that every write raises; 0 for an empty store."""
        ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...


def is_there(address: str) -> bool:
    """Whether a file store exists, or at least its log; a server is there until it proves otherwise."""
    path = Path(address).expanduser()
    try:
        return "://" in address or path.exists() or path.with_name(f"{path.name}-wal").exists()
    except OSError:
        return True  # opening it says what is wrong


SERVER_SCHEMES = ("bolt://", "bolt+s://", "bolt+ssc://", "neo4j://", "neo4j+s://", "neo4j+ssc://")


def open_store(address: str, *, write: bool = True, adopt: bool = False) -> Store:
    """A store at a file path or at a server's address (`bolt://`, `neo4j://` and their encrypted forms).

    Credentials of a server come from NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE. `write=False` opens for
    reading: an absent file is then an empty store, and nothing is created. `adopt` accepts a server database that
    holds somebody else's data.

    Raises StoreError with one line for a store that is locked, absent, of another schema version or not ours, and
    UsageError for an address of an unknown scheme.
    """
    from kg.store.graph import GraphStore

    if address.startswith(SERVER_SCHEMES):
        from kg.store.neo4j import connect_server

        return GraphStore(connect_server(address), write=write, adopt=adopt)
    if "://" in address:
        raise UsageError(f"no store at {address}: an address is a file path or begins with {', '.join(SERVER_SCHEMES)}")
    from kg.store.embedded import connect_file

    return GraphStore(connect_file(address, write=write), write=write)


def set_aside(address: str) -> Path:
    """Moves a damaged file and its log out of the way of a restore; returns where the file is now."""
    from kg.store import log

    return log.set_aside(log.place(address))


@dataclass(frozen=True)
class BringingBack:
    """A writer that lets papers that were removed from a store come back to it."""

    store: Store

    def write(self, documents: Sequence[Document], extract: Extract) -> Report:
        """Deletes the Tombstones that keep the documents out, then writes them."""
        self.store.bring_back(documents)
        return self.store.write(documents, extract)


__all__ = ["BringingBack", "Match", "Row", "Store", "Table", "is_there", "open_store", "set_aside"]
