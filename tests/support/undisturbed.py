"""What faults are held to: the graph that nobody disturbed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import neo4j
from commands import kg
from graph_of import graph

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


def is_written_to(address: str) -> bool:
    """Whether a process holds the file of a store, or a transaction the locks of a server."""
    if "://" not in address:
        return Path(f"{address}.lock-owner").exists()
    login = (os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])
    with neo4j.GraphDatabase.driver(address, auth=login) as driver, driver.session() as session:
        return bool(session.run("SHOW TRANSACTIONS YIELD activeLockCount AS n WHERE n > 20").data())
