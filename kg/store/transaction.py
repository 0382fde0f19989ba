"""What the two kinds of store must be able to do: run a statement, run a transaction. All else is shared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from kg.store import Row, Table

T = TypeVar("T")
Run = Callable[[str, Mapping[str, Any]], Sequence[Row]]
"""Runs one statement with parameters and gives its rows."""


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What a transaction's work came to; without `commit` nothing of it stays."""

    value: T
    commit: bool = True


class Connection(Protocol):
    """An open store, seen as Cypher. Its errors are StoreErrors of one line."""

    address: str

    def read(self, text: str, parameters: Mapping[str, Any]) -> Sequence[Row]:
        """Rows of a statement of ours that only reads."""
        ...

    def transact(self, work: Callable[[Run], Outcome[T]]) -> T:
        """Runs work in one transaction; it may run more than once, so it must do nothing but run statements."""
        ...

    def schema(self, statements: Sequence[str]) -> None:
        """Creates constraints and indexes."""
        ...

    def table(self, text: str, parameters: Mapping[str, Any], limit: int, timeout: float) -> Table:
        """Rows of a user's own statement, at most `limit`, within `timeout` seconds, read-only."""
        ...

    def hold(self) -> AbstractContextManager[None]:
        """Keeps others from writing while the context lasts."""
        ...

    def settled(self) -> None:
        """Told after each committed write, so that other processes may come to see it."""
        ...

    def close(self) -> None: ...
