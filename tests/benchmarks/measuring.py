"""What benchmarks share: a store to measure in, and what this process has used."""

from __future__ import annotations

import os
import re
import resource
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "servers"))

from neo4j_server import Neo4jServer, cache_folder, neo4j_server

from kg.store import Store, open_store

SERVER_OPTIONS = ("-Xmx2g", "-XX:+UseParallelGC")
"""Those of a small server that is meant to be fast; the tests' own is meant to start soon."""


@contextmanager
def server(plugins: Sequence[Path] = ()) -> Iterator[Neo4jServer]:
    """An empty Neo4j server that runs while the context lasts, its credentials in the environment."""
    with neo4j_server(cache_folder(), options=SERVER_OPTIONS, plugins=plugins) as running:
        os.environ |= {"NEO4J_USERNAME": running.username, "NEO4J_PASSWORD": running.password}
        yield running


@contextmanager
def address(words: str) -> Iterator[str]:
    """Where to measure: `embedded` is a new file, `neo4j` a new server, anything else an address that is there."""
    if words == "embedded":
        with tempfile.TemporaryDirectory() as folder:
            yield f"{folder}/graph.kgl"
    elif words == "neo4j":
        with server() as running:
            yield running.address
    else:
        yield words


@contextmanager
def store(words: str) -> Iterator[Store]:
    """An open store at such an address."""
    with address(words) as where, open_store(where) as opened:
        yield opened


def peak_mb() -> float:
    """The most memory that this process held, in MB; Linux counts its parent's too in what getrusage says."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s+(\d+)", status.read_text())[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


__all__ = ["address", "peak_mb", "server", "store"]
