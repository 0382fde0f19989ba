"""The store: everything that is the same whether the graph lies in a file or in a server."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Self

from kg.decision import Decision
from kg.errors import NotFoundError, StoreError, UsageError, WrittenMeanwhileError
from kg.identity import Record, has_tombstone
from kg.model import Document, EdgeKind, Element, Extract, Kind, Node, NodeKind, Report
from kg.store import Match, Row, Table, cypher, guard, rows
from kg.store.change import batches, put_nodes, remove_nodes
from kg.store.check import broken_laws
from kg.store.decide import Plan, decided, undone
from kg.store.find import find, nearest
from kg.store.rebuild import Request, rebuild, things
from kg.store.restore import restore
from kg.store.schema import EVERY, SCHEMA_VERSION
from kg.store.transaction import Connection, Outcome, Run

_SHOWN = 1000
"""Broken laws that are worth a line each."""


class GraphStore:
    """A `kg.store.Store` over an open connection."""

    def __init__(self, connection: Connection, *, write: bool, adopt: bool = False) -> None:
        self._connection = connection
        self.address = connection.address
        try:
            self._accept(write=write, adopt=adopt)
        except BaseException:
            connection.close()
            raise

    def _accept(self, *, write: bool, adopt: bool) -> None:
        """Refuses a store of another schema, one that is not ours, and one whose restore was cut short.

        A database made from files has no constraints and indexes yet, and says that it is bare.
        """
        anything = self._connection.read(cypher.ANYTHING, {})  # read first: a graph's first write brings its Meta
        meta = self._connection.read(cypher.META, {})
        if not meta:
            if anything and not adopt:
                raise StoreError(
                    f"{self.address} holds data that is not a paperkg graph; --adopt adds ours beside it, "
                    "or choose another database (NEO4J_DATABASE) or file"
                )
            if write:
                self._connection.schema(list(cypher.schema()))
            return
        if meta[0]["schema"] != SCHEMA_VERSION:
            raise StoreError(
                f"{self.address} has schema version {meta[0]['schema']}, this paperkg reads {SCHEMA_VERSION}: "
                "export it with the paperkg that wrote it and restore that file here"
            )
        if meta[0]["bare"] and write:
            self._connection.schema(list(cypher.schema()))
            self._connection.transact(lambda run: Outcome(run(cypher.SET_DRESSED, {})))
        if meta[0]["restoring"] and not write:
            raise StoreError(f"a restore into {self.address} was cut short: run kg restore again")

    # --- writing ------------------------------------------------------------------------------------------------

    def write(self, documents: Sequence[Document], extract: Extract) -> Report:
        """Adds documents in one transaction; see `kg.store.Store`."""
        news = _news(self._connection.read, documents, extract.version)
        if not news.fresh:
            return news.report()
        now = _now()
        records = [Record(d, e, now) for d, e in zip(news.fresh, extract(news.fresh), strict=True)]

        def plan(run: Run) -> Plan | Report:
            again = _news(run, documents, extract.version)  # others may have written or removed meanwhile
            kept = {d.id for d in again.fresh}
            return Plan(Request(added=[r for r in records if r.document.id in kept])) if kept else Report()

        return news.report() + self._change(plan)

    def _change(self, make: Callable[[Run], Plan | Report]) -> Report:
        """Carries out a plan that is made in the very transaction in which it is carried out; a report changes nothing."""

        def work(run: Run) -> Outcome[Report]:
            if run(cypher.RAISE_GENERATION, {"schema": SCHEMA_VERSION})[0]["restoring"]:
                raise StoreError(f"a restore into {self.address} was cut short: run kg restore again")
            plan = make(run)
            if isinstance(plan, Report):
                return Outcome(plan, commit=False)
            present = {n.id for n in rows.nodes(run, [*(n.id for n in plan.put), *plan.drop])}
            remove_nodes(run, [*plan.drop, *(n.id for n in plan.put if n.id in present)])
            put_nodes(run, [(n, {}) for n in plan.put])
            own = Report(
                nodes_added=sum(n.id not in present for n in plan.put),
                nodes_removed=len(present & set(plan.drop)),
                decision=plan.decision,
            )
            return Outcome(rebuild(run, plan.request) + own)

        report = self._connection.transact(work)
        self._connection.settled()
        return report

    def remove(self, ids: Sequence[str]) -> Report:
        """Removes papers; see `kg.store.Store`."""

        def plan(run: Run) -> Plan:
            papers = sorted({self._paper(run, words) for words in ids})
            graves = [
                Node(NodeKind.TOMBSTONE, n.id.replace("paper/", "tombstone/", 1), {"also": n.properties["also"]})
                for n in rows.nodes(run, papers)
            ]
            dropped = frozenset(e.head for e in rows.edges_to(run, EdgeKind.DESCRIBES, papers))
            return Plan(Request(dropped=dropped, papers=frozenset(papers)), put=graves)

        return self._change(plan)

    def _paper(self, run: Run, words: str) -> str:
        found = find(run, things(run), words, ("paper",))
        if not found:
            raise NotFoundError(f"no paper {words!r} in {self.address}{_nearest(nearest(run, words, ('paper',)))}")
        if len(found) > 1:
            raise UsageError(f"{words!r} means several papers: {', '.join(m.id for m in found)}; say which by its id")
        return found[0].id

    def bring_back(self, documents: Sequence[Document]) -> int:
        """Deletes the Tombstones that keep documents out; see `kg.store.Store`."""

        def graves(run: Run) -> list[str]:
            return [id for id, also in rows.tombstones(run).items() if any(has_tombstone(d, [also]) for d in documents)]

        found = graves(self._connection.read)
        if found:
            self._change(lambda run: Plan(Request(), drop=graves(run)))
        return len(found)

    def decide(self, decision: Decision) -> Report:
        """Records a decision; see `kg.store.Store`."""
        return self._change(lambda run: decided(run, decision))

    def undo(self, id: str, *, by: str = "", reason: str = "") -> Report:
        """Takes a decision back; see `kg.store.Store`."""
        now = _now()
        return self._change(lambda run: undone(run, id, by=by, at=now, reason=reason))

    def restore(self, elements: Iterable[Element]) -> Report:
        """Writes a backup into an empty store; see `kg.store.Store`."""
        report = restore(self._connection, elements)
        self._connection.settled()
        return report

    # --- reading ------------------------------------------------------------------------------------------------

    def elements(self, kinds: Collection[Kind] = EVERY, within: Collection[str] | None = None) -> Iterator[Element]:
        """The whole graph, or a part of it, sorted; WrittenMeanwhileError when somebody writes before its end."""
        before = self.generation()
        yield from rows.everything(self._connection.read, kinds, within)
        if self.generation() != before:
            raise WrittenMeanwhileError(f"{self.address} was written to meanwhile: run this again")

    def hold(self) -> AbstractContextManager[None]:
        """Keeps others from writing; see `kg.store.Store`."""
        return self._connection.hold()

    def ask(self, text: str, parameters: Mapping[str, Any]) -> list[Row]:
        """The rows of a catalogue query."""
        return [dict(row) for row in self._connection.read(text, parameters)]

    def cypher(
        self, text: str, parameters: Mapping[str, Any] | None = None, *, limit: int = 1000, timeout: float = 60
    ) -> Table:
        """The rows of a user's own query, read-only; see `kg.store.Store`."""
        guard.check_reading(text)
        return self._connection.table(text, parameters or {}, limit, timeout)

    def find(self, words: str, families: Sequence[str] = ()) -> list[Match]:
        """The entities and papers that words may mean."""
        return find(self._connection.read, things(self._connection.read), words, families)

    def nearest(self, words: str, families: Sequence[str] = (), *, count: int = 5) -> list[str]:
        """The names most like the words."""
        return nearest(self._connection.read, words, families, count)

    def check(self) -> list[str]:
        """The laws that do not hold; where somebody writes meanwhile they are checked again, and writers wait."""
        before = self.generation()
        found = self._broken()
        if self.generation() != before:
            with self.hold():
                found = self._broken()
        return found if len(found) <= _SHOWN else [*found[:_SHOWN], f"and more than these {_SHOWN}"]

    def _broken(self) -> list[str]:
        return list(islice(broken_laws(self._connection.read), _SHOWN + 1))

    def generation(self) -> int:
        """A number that every write raises."""
        meta = self._connection.read(cypher.META, {})
        return int(meta[0]["generation"]) if meta else 0

    def close(self) -> None:
        """Ends the use of the store; a file is saved."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _now() -> str:
    """The time as ISO 8601 in UTC; SOURCE_DATE_EPOCH fixes it, for graphs that are the same to the byte."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    seconds = int(fixed) if fixed and fixed.isdigit() else int(time.time())
    return datetime.fromtimestamp(seconds, UTC).isoformat()


@dataclass(frozen=True)
class _News:
    """Which documents a store does not have in this form, the papers of those it has, and those that stay out."""

    fresh: tuple[Document, ...]
    same: frozenset[str]
    skipped: frozenset[str]
    known: int

    def report(self) -> Report:
        return Report(documents=self.known + len(self.skipped), same=self.same, skipped=self.skipped)


def _news(run: Run, documents: Sequence[Document], version: str) -> _News:
    """What is new to a store; a document that it has already is never kept out by a Tombstone."""
    ids = [d.id for d in documents]
    state: dict[str, Row] = {
        row["id"]: row for batch in batches(ids) for row in run(cypher.DOCUMENT_STATE, {"ids": batch})
    }
    had = {id for id, row in state.items() if row["extractor"] == version}
    known = {d.id for d in documents if d.id in had and state[d.id]["sha256"] == d.sha256}
    graves = list(rows.tombstones(run).values())
    skipped = frozenset(d.id for d in documents if d.id not in state and has_tombstone(d, graves))
    return _News(
        fresh=tuple(d for d in documents if d.id not in known and d.id not in skipped),
        same=frozenset(state[id]["paper"] for id in known),
        skipped=skipped,
        known=len(known),
    )


def _nearest(names: Sequence[str]) -> str:
    return f"; nearest: {', '.join(names)}" if names else ""
