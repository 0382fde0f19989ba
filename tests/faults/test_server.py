"""A server that goes away in the middle of a load costs a line at most, and nothing half-written stays."""

from __future__ import annotations

import pytest
from commands import end, kg, start, told, wait_until
from neo4j_server import Neo4jServer
from undisturbed import Undisturbed, is_written_to, sound_graph


@pytest.mark.parametrize("as_by", ["an administrator", "a power cut"])
def test_a_server_that_is_started_again(
    many: Undisturbed, neo4j_server: Neo4jServer, neo4j_address: str, as_by: str
) -> None:
    """The load goes on or ends with one line; the store is sound, and a rerun ends in the same graph."""
    load = start("load", many.papers, "--store", neo4j_address)
    assert wait_until(load, lambda: is_written_to(neo4j_address))

    neo4j_server.stop() if as_by == "an administrator" else neo4j_server.kill()
    neo4j_server.start()

    done = end(load)
    assert done.returncode == 0 or told(done)[0] == 1
    sound_graph(neo4j_address)
    assert kg("load", many.papers, "--store", neo4j_address).returncode == 0
    assert sound_graph(neo4j_address) == many.graph
