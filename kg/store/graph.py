"""The store: everything that is the same whether the graph lies in a file or in a server."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Self

from kg.errors import NotFoundError, StoreError
from kg.identity import Record, has_tombstone
from kg.model import Decision, DecisionKind, Document, EdgeKind, Element, Extract, Node, NodeKind, Problem, Report
from kg.store import Match, Row, Table, cypher, guard, rows
from kg.store.change import batches, put_nodes, remove_nodes
from kg.store.check import broken_laws
from kg.store.find import find, nearest
from kg.store.rebuild import Request, rebuild, things
from kg.store.restore import restore
from kg.store.schema import SCHEMA_VERSION, is_id
from kg.store.transaction import Connection, Outcome, Run


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
        """Refuses a store of another schema, one that is not ours, and one whose restore was cut short."""
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
        if meta[0]["restoring"] and not write:
            raise StoreError(f"a restore into {self.address} was cut short: run kg restore again")

    # --- writing ------------------------------------------------------------------------------------------------

    def write(self, documents: Sequence[Document], extract: Extract) -> Report:
        """Adds documents in one transaction; see `kg.store.Store`."""
        fresh, same = self._news(documents, extract.version)
        if not fresh:
            return Report(documents=len(documents), same=same)
        tombstones = list(rows.tombstones(self._connection.read).values())
        kept = [d for d in fresh if not has_tombstone(d, tombstones)]
        skipped = _skipped([d for d in fresh if d not in kept]) if tombstones else Report()
        if not kept:
            return Report(documents=len(documents) - skipped.documents, same=same) + skipped
        now = _now()
        records = [Record(d, e, now) for d, e in zip(kept, extract(kept), strict=True)]
        written = self._change(Request(added=records))
        return Report(documents=len(documents) - len(fresh), same=same) + skipped + written

    def _news(self, documents: Sequence[Document], version: str) -> tuple[list[Document], frozenset[str]]:
        """The documents that the store does not have in this form, and the papers of the others."""
        state: dict[str, Row] = {
            row["id"]: row
            for batch in batches([d.id for d in documents])
            for row in self._connection.read(cypher.DOCUMENT_STATE, {"ids": batch})
        }
        fresh, same = [], set()
        for document in documents:
            row = state.get(document.id)
            if row and (row["sha256"], row["extractor"]) == (document.sha256, version):
                same.add(row["paper"])
            else:
                fresh.append(document)
        return fresh, frozenset(same)

    def _change(self, request: Request, *, put: Sequence[Node] = (), drop: Sequence[str] = ()) -> Report:
        """Rebuilds in one transaction, after Decision and Tombstone nodes came and went."""

        def work(run: Run) -> Outcome[Report]:
            if run(cypher.RAISE_GENERATION, {"schema": SCHEMA_VERSION})[0]["restoring"]:
                raise StoreError(f"a restore into {self.address} was cut short: run kg restore again")
            present = {n.id for n in rows.nodes(run, [*(n.id for n in put), *drop])}
            put_nodes(run, [(n, {}) for n in put])
            remove_nodes(run, drop)
            own = Report(nodes_added=sum(n.id not in present for n in put), nodes_removed=len(present & set(drop)))
            return Outcome(rebuild(run, request) + own)

        report = self._connection.transact(work)
        self._connection.settled()
        return report

    def remove(self, ids: Sequence[str]) -> Report:
        """Removes papers; see `kg.store.Store`."""
        papers = sorted({self._paper(words) for words in ids})
        found = rows.nodes(self._connection.read, papers)
        described = rows.edges_to(self._connection.read, EdgeKind.DESCRIBES, papers)
        graves = [
            Node(NodeKind.TOMBSTONE, n.id.replace("paper/", "tombstone/", 1), {"also": n.properties["also"]})
            for n in found
        ]
        dropped = frozenset(e.head for e in described)
        return self._change(Request(dropped=dropped, papers=frozenset(papers)), put=graves)

    def _paper(self, words: str) -> str:
        found = self.find(words, ("paper",))
        if not found:
            raise NotFoundError(f"no paper {words!r} in {self.address}{_nearest(self.nearest(words, ('paper',)))}")
        return found[0].id

    def bring_back(self, documents: Sequence[Document]) -> int:
        """Deletes the Tombstones that keep documents out; see `kg.store.Store`."""
        graves = rows.tombstones(self._connection.read)
        open_graves = [id for id, also in graves.items() if any(has_tombstone(d, [also]) for d in documents)]
        if open_graves:
            self._change(Request(), drop=open_graves)
        return len(open_graves)

    def decide(self, decision: Decision) -> Report:
        """Records a decision; see `kg.store.Store`."""
        request = self._concerned(decision)
        properties = {k: v for k, v in decision.model_dump(mode="json").items() if v != ""}
        return self._change(request, put=[Node(NodeKind.DECISION, decision.id, properties)])

    def undo(self, id: str) -> Report:
        """Deletes a decision; see `kg.store.Store`."""
        for decision in rows.decisions(self._connection.read):
            if decision.id == id:
                return self._change(self._concerned(decision, undo=True), drop=[id])
        raise NotFoundError(f"no decision {id!r} in {self.address}: kg decide list shows them")

    def _concerned(self, decision: Decision, *, undo: bool = False) -> Request:
        """What must be computed again when a decision comes or goes; NotFoundError where it concerns nothing."""
        read = self._connection.read
        if decision.what is DecisionKind.REJECT:
            papers = _stating(read, decision.about)
            if not papers and not undo:
                raise NotFoundError(f"no statement or claim {decision.about!r}: kg show NAME prints their ids")
            return Request(papers=papers)
        if not undo and not rows.nodes(read, [decision.target] if is_id(decision.target) else []):
            raise NotFoundError(f"no entity {decision.target!r} in {self.address}")
        thing = things(read).named(decision.family, (decision.about,))
        entities = sorted({decision.target, thing.before, thing.id})
        papers = frozenset(row["id"] for row in read(cypher.PAPERS_OF_ENTITIES, {"ids": entities}))
        return Request(papers=papers, entities=frozenset(entities))

    def restore(self, elements: Iterable[Element]) -> Report:
        """Writes a backup into an empty store; see `kg.store.Store`."""
        report = restore(self._connection, elements)
        self._connection.settled()
        return report

    # --- reading ------------------------------------------------------------------------------------------------

    def elements(self) -> Iterator[Element]:
        """The whole graph, sorted; raises StoreError when somebody writes meanwhile."""
        before = self.generation()
        yield from rows.everything(self._connection.read)
        if self.generation() != before:
            raise StoreError(f"{self.address} was written to meanwhile: run this again")

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
        """The laws that do not hold."""
        return list(islice(broken_laws(self._connection.read), 1000))

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


def _skipped(documents: Sequence[Document]) -> Report:
    problems = tuple(
        Problem(source=d.source, where=d.title[:80], message="its paper was removed from this store; --restore-removed brings it back")
        for d in documents
    )  # fmt: skip
    return Report(documents=len(documents), skipped=frozenset(d.id for d in documents), problems=problems)


def _nearest(names: Sequence[str]) -> str:
    return f"; nearest: {', '.join(names)}" if names else ""


def _stating(read: Run, about: str) -> frozenset[str]:
    """The papers that make a statement or a claim."""
    found = rows.nodes(read, [about] if is_id(about) else [])
    if found:
        return frozenset(str(n.properties["paper"]) for n in found if n.kind is NodeKind.CLAIM)
    return frozenset(row["paper"] for text in cypher.stating() for row in read(text, {"statement": about}))
