"""The embedded store: one file, written through kglite's durable log.

The one writer of a file holds its lease. Other processes see what was last saved, so a load saves at its end and at
most every half minute; after a killed writer the next reader replays the log and saves.
"""

from __future__ import annotations

import errno
import os
import re
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import kglite

from kg.errors import DamagedStoreError, StoreError, UsageError
from kg.store import Row, Table, log
from kg.store.transaction import Outcome, Run

T = TypeVar("T")
_SAVE_EVERY = 30.0
_REST_ON = "MATCH (m:Meta {id: 'meta/store'}) SET m.rests_on = $file"
_STATE = "MATCH (m:Meta {id: 'meta/store'}) RETURN m.generation AS generation, m.rests_on AS rests_on"
_NO_ROOM = frozenset([errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
_ERROR_NUMBER = re.compile(r"\(os error (\d+)\)")
_AGAIN = "make room and run this again"
_KEPT = "what was written is kept in its log: make room, and the next command saves it"

os.environ["KGLITE_VERIFY"] = "eager"  # else damage in the large parts of a file is taken for content; it costs nothing
kglite.set_query_warning_policy("silent")


@contextmanager
def _one_line(path: Path, *, no_room: str = _AGAIN) -> Iterator[None]:
    """Turns what kglite and the file system say into an error of one line."""
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
    except (kglite.KgError, OSError) as error:
        raise _file_error(path, error, no_room) from error


def _file_error(path: Path, error: kglite.KgError | OSError, no_room: str) -> StoreError:
    number = _error_number(error)
    if number in _NO_ROOM:
        return StoreError(f"no room is left for {path}; {no_room}")
    if number:
        return StoreError(f"cannot use {path} as a store: {os.strerror(number)}")
    if not isinstance(error, kglite.FileFormatError):
        return StoreError(f"{path}: {_first_line(error)}")
    if not log.begins_as_store(path):
        return StoreError(f"{path} is a file of another kind: no store is in it")
    return _damaged(path, f"cannot read {path} as a store: {_first_line(error)}")


def _error_number(error: BaseException) -> int | None:
    """The number by which the system names an error, which kglite tells in words."""
    if isinstance(error, OSError) and error.errno:
        return error.errno
    found = _ERROR_NUMBER.search(str(error))
    return int(found[1]) if found else None


def _damaged(path: Path, what: str) -> DamagedStoreError:
    return DamagedStoreError(f"{what}; kg restore BACKUP --store {path} puts a backup in its place")


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0][:300] if str(error).strip() else type(error).__name__


def connect_file(address: str, *, write: bool) -> EmbeddedConnection:
    """A connection to a graph file; reading an absent one reads an empty graph and creates nothing."""
    path = log.place(address)
    with _one_line(path):
        if path.is_dir():
            raise StoreError(f"{path} is a folder: a store is a file, such as {path / 'graph.kgl'}")
        if path.exists() and not path.is_file():
            raise StoreError(f"{path} is a device or a pipe: a store is a file")
        if write:
            path.parent.mkdir(parents=True, exist_ok=True)
            with log.in_turn(path):
                return EmbeddedConnection(str(path), _open_durable(path), writes=True)
        return EmbeddedConnection(str(path), _open_to_read(path), writes=False)


def _open_to_read(path: Path) -> kglite.Session:
    """A session of what was last saved; the commits that a killed writer left in the log are saved before."""
    if log.holds_commits(path) and all(os.access(p, os.W_OK) for p in (path.parent, log.log_of(path))):
        with log.in_turn(path):
            unsaved = _replay(path)
        if unsaved:
            return unsaved
    if not path.exists():
        return kglite.KnowledgeGraph().session()
    with log.quiet():  # a living writer's unsaved commits are not for readers
        return kglite.open_session(str(path))


def _replay(path: Path) -> kglite.Session | None:
    """Saves the commits in a log, or gives a session with them where there is no room; a living writer keeps its own."""
    try:
        session = _open_durable(path)
    except kglite.WriterLeaseHeldError:
        return None
    try:
        session.save()
    except kglite.FileIoError:
        return session
    session.close()
    return None


def _open_durable(path: Path) -> kglite.Session:
    """A session that owns the file, the commits of its log replayed; DamagedStoreError for a log that does not fit it."""
    if not log.holds_commits(path):
        return _durable(path)
    if not log.is_log(path):
        raise _strange_log(path)
    saved, file = _saved_state(path), log.fingerprint(path)
    try:
        with log.recovering(path) as damaged:
            session = _durable(path)
    except RuntimeError as error:
        raise _strange_log(path) from error
    if damaged:
        del session  # and with it the lease, without saving
        raise _damaged(
            path,
            f"the log of {path} was damaged and is kept as {damaged[0].name}: what was written last is lost; run this "
            "again to go on without it",
        )
    state = _state(session)
    if state != saved and state.get("rests_on", file) != file:
        del session
        raise _strange_log(path)
    return session


def _durable(path: Path) -> kglite.Session:
    """kglite's session that logs; it saves only when it is told to, so that commits know on which file they rest."""
    return kglite.open_session(str(path), durable="full", auto_checkpoint_wal_mib=0)


def _strange_log(path: Path) -> DamagedStoreError:
    name = log.log_of(path).name
    return _damaged(path, f"{name} is no log of {path} as it is: move it away to use what was last saved")


def _saved_state(path: Path) -> Row:
    if not path.exists():
        return {}
    with log.quiet():
        return _state(kglite.open_session(str(path)))


def _state(session: kglite.Session) -> Row:
    """The generation of a graph and the file on which its last logged commit rests."""
    rows = _rows(session, _STATE, {})
    return {name: value for name, value in rows[0].items() if value is not None} if rows else {}


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
        self._file = log.fingerprint(self._path)

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
            run = partial(_rows, transaction)
            try:
                outcome = work(run)
                run(_REST_ON, {"file": self._file})
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

    def hold(self) -> AbstractContextManager[None]:
        """Nothing: an open file shows nobody else's writes."""
        return nullcontext()

    def settled(self) -> None:
        """Saves when the last save is long ago."""
        if time.monotonic() - self._saved_at > _SAVE_EVERY:
            self._save()

    def _save(self) -> None:
        if self._unsaved:
            with _one_line(self._path, no_room=_KEPT):
                self._session.save()
            self._unsaved = False
            self._saved_at = time.monotonic()
            self._file = log.fingerprint(self._path)

    def close(self) -> None:
        """Saves and gives the lease back."""
        if not self._writes:
            return
        self._save()
        with _one_line(self._path):
            self._session.close()
