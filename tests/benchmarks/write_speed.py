"""Writing 20,000 nodes and 100,000 edges to one Neo4j server in three ways: `python tests/benchmarks/write_speed.py [JAR…]`.

Ours is `Store.restore`, which also makes the names under which things are found. The bare driver merges the same
nodes and edges, UNWIND of a thousand rows at a time, under the same constraint. The third is the Neo4jWriter of
neo4j-graphrag, which must be installed and needs APOC: the jars are those of apoc-core and apoc-common for the server's
version, as Maven Central has them, and of what they need; without jars it is left out. Each runs three times, in turn, on the emptied server; the first round only
warms it up. Prints median seconds, and how many times faster ours is.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import neo4j
from measuring import server

from kg.model import Edge, EdgeKind, Node, NodeKind
from kg.names import cypher_type
from kg.store import open_store
from kg.store.change import batches

NODES, EDGES = 20_000, 100_000
_ROUNDS = 3
_BATCH = 1000
_KINDS = (EdgeKind.BUILDS_ON, EdgeKind.COMPARED_WITH, EdgeKind.IMPROVES_ON)


def graph() -> tuple[list[Node], list[Edge]]:
    """Methods, and statements between them: a few are the tails of many."""
    random = Random(1)
    nodes = [Node(NodeKind.METHOD, f"method/m{at:05d}", {"name": f"M{at}"}) for at in range(NODES)]
    ends: dict[tuple[EdgeKind, str, str], None] = {}
    while len(ends) < EDGES:
        tail = min(int(random.paretovariate(0.5)), NODES) - 1
        ends[random.choice(_KINDS), random.choice(nodes).id, nodes[tail].id] = None
    return nodes, [_edge(kind, head, tail, at) for at, (kind, head, tail) in enumerate(ends)]


def _edge(kind: EdgeKind, head: str, tail: str, at: int) -> Edge:
    sentence = f"In the sentence of number {at} the one of two methods is said to have to do with the other one."
    return Edge(
        kind, head, tail,
        {"statement": f"{at:016x}", "document": "document/d", "paper": "paper/p", "evidence": sentence, "start_char": at,
         "end_char": at + len(sentence), "confidence": 0.5, "extractor": "e", "head_as": "it", "tail_as": "that"},
    )  # fmt: skip


def ours(address: str, driver: neo4j.Driver, nodes: Sequence[Node], edges: Sequence[Edge]) -> None:
    """Restores the elements into the empty store."""
    with open_store(address) as store:
        store.restore([*nodes, *edges])


def bare(address: str, driver: neo4j.Driver, nodes: Sequence[Node], edges: Sequence[Edge]) -> None:
    """Merges the rows in the fewest words that the driver allows."""
    driver.execute_query("CREATE CONSTRAINT IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE")
    for some in batches(nodes, _BATCH):
        driver.execute_query(
            "UNWIND $rows AS row MERGE (n:Entity {id: row.id}) SET n:Method, n += row.properties",
            rows=[{"id": n.id, "properties": n.properties} for n in some],
        )
    of_kind = defaultdict(list)
    for edge in edges:
        row = {"head": edge.head, "tail": edge.tail, "key": edge.properties["statement"], "properties": edge.properties}
        of_kind[cypher_type(edge.kind)].append(row)
    for kind, rows in of_kind.items():
        for part in batches(rows, _BATCH):
            driver.execute_query(
                "UNWIND $rows AS row MATCH (a:Entity {id: row.head}) MATCH (b:Entity {id: row.tail}) "
                f"MERGE (a)-[r:{kind} {{statement: row.key}}]->(b) SET r += row.properties",
                rows=part,
            )


def graphrag(address: str, driver: neo4j.Driver, nodes: Sequence[Node], edges: Sequence[Edge]) -> None:
    """Writes the graph with the writer of neo4j-graphrag, batches and all as it has them."""
    from neo4j_graphrag.components.kg_writer import Neo4jWriter
    from neo4j_graphrag.components.types import Neo4jGraph, Neo4jNode, Neo4jRelationship

    made = Neo4jGraph(
        nodes=[Neo4jNode(id=n.id, label="Method", properties={"id": n.id, **n.properties}) for n in nodes],
        relationships=[
            Neo4jRelationship(
                start_node_id=e.head, end_node_id=e.tail, type=cypher_type(e.kind), properties=e.properties
            )
            for e in edges
        ],
    )
    outcome = asyncio.run(Neo4jWriter(driver).run(made))
    if outcome.status != "SUCCESS":
        raise SystemExit(f"neo4j-graphrag could not write: {outcome.metadata}")


def _seconds(
    way: Callable[..., None], address: str, driver: neo4j.Driver, nodes: Sequence[Node], edges: Sequence[Edge]
) -> float:
    """What one writing takes, of which the server must hold all afterwards."""
    _empty(driver)
    begin = time.perf_counter()
    way(address, driver, nodes, edges)
    seconds = time.perf_counter() - begin
    held = driver.execute_query(
        "MATCH (n:Method) OPTIONAL MATCH (n)-[r]->(:Method) RETURN count(DISTINCT n) AS n, count(r) AS r"
    )
    if held.records[0].values() != [NODES, EDGES]:
        raise SystemExit(f"{way.__name__} wrote {held.records[0].data()}")
    return seconds


def _empty(driver: neo4j.Driver) -> None:
    with driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 2000 ROWS").consume()
        for row in list(session.run("SHOW CONSTRAINTS YIELD name")):
            session.run(f"DROP CONSTRAINT `{row['name']}`").consume()
        for row in list(session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'")):
            session.run(f"DROP INDEX `{row['name']}`").consume()


def main() -> None:
    """Writes in turn and prints."""
    plugins = [Path(jar) for jar in sys.argv[1:]]
    nodes, edges = graph()
    ways = (ours, bare, graphrag) if plugins else (ours, bare)
    with server(plugins) as running, neo4j.GraphDatabase.driver(
        running.address, auth=(running.username, running.password), notifications_min_severity="OFF"
    ) as driver:  # fmt: skip
        rounds = [[_seconds(way, running.address, driver, nodes, edges) for way in ways] for _ in range(_ROUNDS)]
    medians = [statistics.median(each[at] for each in rounds[1:]) for at in range(len(ways))]
    for way, median in zip(ways, medians, strict=True):
        sys.stdout.write(f"{way.__name__:10} {median:6.2f} s  {median / medians[0]:5.2f} times ours\n")


if __name__ == "__main__":
    main()
