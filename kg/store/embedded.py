"""The embedded store: one file, written through kglite's durable log.

The one writer of a file holds its lease. Other processes see what was last saved, so a load saves at its end and at
most every half minute; after a killed writer the next reader replays the log and saves.
"""

from __future__ import annotations

import os
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import kglite

from kg.errors import StoreError, UsageError
from kg.store import Row, Table
from kg.store.transaction import Outcome, Run

T = TypeVar("T")
_SAVE_EVERY = 30.0
_EMPTY_LOG = 5
"""Bytes of a log without commits: its magic."""

kglite.set_query_warning_policy("silent")


@contextmanager
def _one_line(path: Path) -> Iterator[None]:
    """Turns what kglite and the file system say into a StoreError of one line."""
    try:
        yield
    except kglite.WriterLeaseHeldError as error:
        raise StoreError(
            f"{path} is being written by another process: wait until it ends, or use another --store"
        ) from error
    except kglite.CypherTimeoutError as error:
        raise StoreError("the query took too long: raise --timeout or ask for less") from error
    except (kglite.CypherSyntaxError, kglite.ReadOnlyError, kglite.ArgumentError, kglite.CypherExecutionError) as error:
        raise UsageError(_first_line(error)) from error
    except OverflowError as error:
        raise UsageError(f"a number does not fit 64 bits: {_first_line(error)}") from error
    except (kglite.FileFormatError, kglite.FileIoError, kglite.FileError, OSError) as error:
        raise StoreError(
            f"cannot use {path} as a store: {_first_line(error)}; if it was damaged, restore a backup (kg restore)"
        ) from error
    except kglite.KgError as error:
        raise StoreError(f"{path}: {_first_line(error)}") from error


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0][:300] if str(error).strip() else type(error).__name__


def _log_holds_commits(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > _EMPTY_LOG


def connect_file(address: str, *, write: bool) -> EmbeddedConnection:
    """A connection to a graph file; reading an absent one reads an empty graph and creates nothing."""
    path = Path(address).expanduser()
    if path.is_dir():
        raise StoreError(f"{path} is a folder: a store is a file, such as {path / 'graph.kgl'}")
    with _one_line(path):
        if write:
            path.parent.mkdir(parents=True, exist_ok=True)
            return EmbeddedConnection(str(path), kglite.open_session(str(path), durable="full"), writes=True)
        if _log_holds_commits(path) and os.access(path.parent, os.W_OK):
            _replay(path)
        if not path.exists():
            return EmbeddedConnection(str(path), kglite.KnowledgeGraph().session(), writes=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a living writer's unsaved commits are not for readers
            return EmbeddedConnection(str(path), kglite.open_session(str(path)), writes=False)


def _replay(path: Path) -> None:
    """Saves the commits that a killed writer left in the log; a living writer keeps its own."""
    try:
        session = kglite.open_session(str(path), durable="full")
    except kglite.WriterLeaseHeldError:
        return
    session.save()
    session.close()


def _rows(session: kglite.Session | kglite.SessionTransaction, text: str, parameters: Mapping[str, Any]) -> list[Row]:
    rows: list[Row] = session.cypher(text, params=dict(parameters), timeout_ms=0).to_list()
    return rows


class EmbeddedConnection:
    """A `kg.store.transaction.Connection` to a kglite session."""

    def __init__(self, address: str, session: kglite.Session, *, writes: bool) -> None:
        self.address = address
        self._path = Path(address)
        self._session = session
        self._writes = writes
        self._lock = threading.Lock()
        self._unsaved = False
        self._saved_at = time.monotonic()

    def read(self, text: str, parameters: Mapping[str, Any]) -> Sequence[Row]:
        """Rows of a statement of ours that only reads."""
        with _one_line(self._path):
            return _rows(self._session, text, parameters)

    def transact(self, work: Callable[[Run], Outcome[T]]) -> T:
        """Runs work in one transaction, one at a time."""
        if not self._writes:
            raise StoreError(f"{self.address} was opened for reading")
        with self._lock, _one_line(self._path):
            transaction = self._session.begin()
            try:
                outcome = work(partial(_rows, transaction))
            except BaseException:
                transaction.rollback()
                raise
            if outcome.commit:
                transaction.commit()
                self._unsaved = True
            else:
                transaction.rollback()
            return outcome.value

    def schema(self, statements: Sequence[str]) -> None:
        """Creates constraints and indexes."""
        with _one_line(self._path):
            for statement in statements:
                self._session.execute(statement)

    def table(self, text: str, parameters: Mapping[str, Any], limit: int, timeout: float) -> Table:
        """Rows of a user's own statement, read-only."""
        with _one_line(self._path), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that rows were cut is said by Table.truncated
            view = self._session.cypher(
                text, params=dict(parameters), timeout_ms=max(1, int(timeout * 1000)), row_limit=limit + 1
            )
            rows = view.to_list()
            columns = tuple(view.columns)
        return Table(columns, tuple(tuple(row[c] for c in columns) for row in rows[:limit]), len(rows) > limit)

    def settled(self) -> None:
        """Saves when the last save is long ago."""
        if time.monotonic() - self._saved_at > _SAVE_EVERY:
            self._save()

    def _save(self) -> None:
        if self._unsaved:
            with _one_line(self._path):
                self._session.save()
            self._unsaved = False
            self._saved_at = time.monotonic()

    def close(self) -> None:
        """Saves and gives the lease back."""
        if not self._writes:
            return
        with _one_line(self._path):
            try:
                self._save()
            finally:
                self._session.close()
