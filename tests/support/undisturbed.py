"""What faults are held to: the graph that nobody disturbed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from commands import kg
from graph_of import graph

from kg.errors import StoreError
from kg.store import open_store

Graph = list[tuple[object, ...]]


def sound_graph(address: str) -> Graph:
    """The graph that a reader sees, every law checked."""
    with open_store(address, write=False) as store:
        assert store.check() == []
        return graph(store)


@dataclass(frozen=True)
class Undisturbed:
    """A file of papers, a store that they were loaded into, its graph and its backup."""

    papers: str
    store: Path
    graph: Graph
    backup: str


def undisturbed(folder: Path, papers: str) -> Undisturbed:
    """Loads papers into a store in a folder, and makes a backup of it."""
    store, backup = folder / "graph.kgl", str(folder / "backup.jsonl.gz")
    assert kg("load", papers, "--store", str(store)).returncode == 0
    assert kg("export", "--format", "jsonl", "--output", backup, "--store", str(store)).returncode == 0
    return Undisturbed(papers, store, sound_graph(str(store)), backup)


def has_begun(address: str) -> bool:
    """Whether anything was committed to a store."""
    if "://" not in address:
        log = Path(f"{address}-wal")
        return log.exists() and log.stat().st_size > 100_000
    try:
        with open_store(address, write=False) as store:
            return bool(store.cypher("MATCH (d:Document) RETURN d.id LIMIT 1", {}, limit=1, timeout=10).rows)
    except StoreError:  # it has no schema yet
        return False
