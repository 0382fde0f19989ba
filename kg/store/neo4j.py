"""The server store: a Neo4j database, spoken to by the official driver."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar, cast

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from kg.errors import StoreError, UsageError
from kg.store import Row, Table, cypher
from kg.store.transaction import Outcome, Run

T = TypeVar("T")
logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what the driver has to say comes in our one line
_CONNECT_SECONDS = 10.0
_ALL = -1
"""The fetch size that spares a round trip for every thousand rows; those of our own statements are held all anyway."""
_RETRY_SECONDS = 60.0
"""For how long a transaction that met another is tried again."""


class _NothingToKeepError(Exception):
    """Carries a value out of a transaction that shall not be committed."""

    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value


@contextmanager
def _one_line(address: str) -> Iterator[None]:
    """Turns what the driver and the server say into an error of one line."""
    try:
        yield
    except AuthError as error:
        raise StoreError(
            f"{address} refuses the user name or password: set NEO4J_USERNAME and NEO4J_PASSWORD"
        ) from error
    except IncompleteCommit as error:
        raise StoreError(f"{address} went away as it was told to keep a change: run this again") from error
    except ServiceUnavailable as error:
        raise StoreError(f"no Neo4j server answers at {address}: is it running, is the port right?") from error
    except SessionExpired as error:
        raise StoreError(f"the connection to {address} broke: run this again") from error
    except Neo4jError as error:
        raise _server_error(address, error) from error
    except OverflowError as error:
        raise UsageError(f"a number does not fit 64 bits: {_first_line(error)}") from error
    except (DriverError, ConfigurationError, ValueError, OSError) as error:
        raise StoreError(f"{address}: {_first_line(error)}") from error


def _server_error(address: str, error: Neo4jError) -> StoreError | UsageError:
    code = error.code or ""
    if "Statement" in code:
        return UsageError(_first_line(error.message or code))
    if "TransactionTimedOut" in code:
        return StoreError("the query took too long: raise --timeout or ask for less")
    if "DatabaseNotFound" in code:
        return StoreError(f"{address} has no database {os.environ.get('NEO4J_DATABASE')!r}: set NEO4J_DATABASE")
    if "DatabaseUnavailable" in code:
        return StoreError(f"{address} is starting or stopping: try again in a moment")
    return StoreError(f"{address}: {_first_line(error.message or code)}")


def _first_line(text: object) -> str:
    said = str(text).strip()
    return said.splitlines()[0][:300] if said else type(text).__name__


def connect_server(address: str) -> ServerConnection:
    """A connection to a server; user, password and database come from the environment."""
    with _one_line(address):
        driver = neo4j.GraphDatabase.driver(
            address,
            auth=(os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")),
            max_transaction_retry_time=_RETRY_SECONDS,
            connection_timeout=_CONNECT_SECONDS,
            notifications_min_severity="OFF",
            user_agent="paperkg",
        )
        try:
            driver.verify_connectivity()
        except BaseException:
            driver.close()
            raise
    return ServerConnection(address, driver, os.environ.get("NEO4J_DATABASE") or None)


class ServerConnection:
    """A `kg.store.transaction.Connection` to a Neo4j database."""

    def __init__(self, address: str, driver: neo4j.Driver, database: str | None) -> None:
        self.address = address
        self._driver = driver
        self._database = database

    def _session(self, access: str, fetch_size: int = _ALL) -> neo4j.Session:
        return self._driver.session(database=self._database, default_access_mode=access, fetch_size=fetch_size)

    def read(self, text: str, parameters: Mapping[str, Any]) -> Sequence[Row]:
        """Rows of a statement of ours that only reads."""
        with _one_line(self.address), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(lambda tx: _rows(tx, text, parameters))

    def transact(self, work: Callable[[Run], Outcome[T]]) -> T:
        """Runs work in one transaction; when it meets another's, it is run again for up to a minute."""

        def unit(tx: neo4j.ManagedTransaction) -> T:
            outcome = work(lambda text, parameters: _rows(tx, text, parameters))
            if not outcome.commit:
                raise _NothingToKeepError(outcome.value)
            return outcome.value

        try:
            with _one_line(self.address), self._session(neo4j.WRITE_ACCESS) as session:
                return session.execute_write(unit)
        except _NothingToKeepError as kept:
            return cast("T", kept.value)

    def schema(self, statements: Sequence[str]) -> None:
        """Creates constraints and indexes, and waits until they serve."""
        with _one_line(self.address), self._session(neo4j.WRITE_ACCESS) as session:
            for statement in statements:
                _create_once(session, statement)
            session.execute_read(lambda tx: _rows(tx, "CALL db.awaitIndexes(60)", {}))

    def table(self, text: str, parameters: Mapping[str, Any], limit: int, timeout: float) -> Table:
        """Rows of a user's own statement, read-only."""
        query = neo4j.Query(text, timeout=timeout)
        with _one_line(self.address), self._session(neo4j.READ_ACCESS, limit + 1) as session:
            result = session.run(query, dict(parameters))
            columns = tuple(result.keys())
            rows = [tuple(map(_value, record.values())) for record in result.fetch(limit + 1)]
            result.consume()
        return Table(columns, tuple(rows[:limit]), len(rows) > limit)

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Keeps others from writing while the context lasts; an account that may only read keeps nobody."""
        session = self._session(neo4j.WRITE_ACCESS)
        with _one_line(self.address), session, session.begin_transaction() as transaction:
            try:
                transaction.run(cypher.HOLD).consume()
            except ClientError as error:
                if "Forbidden" not in (error.code or ""):
                    raise
            yield

    def settled(self) -> None:
        """A server's commits are seen at once."""

    def close(self) -> None:
        """Gives the connections back."""
        self._driver.close()


def _create_once(session: neo4j.Session, statement: str) -> None:
    """Creates a constraint or index; IF NOT EXISTS still fails when two people create it at the same moment."""
    try:
        session.execute_write(lambda tx: _rows(tx, statement, {}))
    except ClientError as error:
        if "AlreadyExists" not in (error.code or ""):
            raise


def _rows(tx: neo4j.ManagedTransaction, text: str, parameters: Mapping[str, Any]) -> list[Row]:
    result = tx.run(text, dict(parameters))
    columns = result.keys()
    return [dict(zip(columns, record.values(), strict=True)) for record in result]


def _value(value: Any) -> Any:
    """Nodes, edges and paths as plain values, so that they can be printed."""
    if isinstance(value, neo4j.graph.Node | neo4j.graph.Relationship):
        return dict(value)
    if isinstance(value, neo4j.graph.Path):
        return [dict(node) for node in value.nodes]
    return value
