"""CSV and Cypher, taken by a real Neo4j server, and the graph that it then has."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import neo4j
import pytest
from neo4j_server import Neo4jServer

from kg.errors import StoreError
from kg.export import Content, Selection, content_of, write_file
from kg.export.csv import OPTIONS
from kg.model import Edge, EdgeKind, Element, Node, NodeKind
from kg.store import Store, open_store, rows
from kg.store.change import edge_key
from kg.store.schema import label

ODD = (
    "x'}) DETACH DELETE n //",
    'quotes " "" and commas, \\" too',
    "backslashes \\ \\\\ \\n \\u0027}) \\\\u0027 \\",
    "lines\nand\r\nreturns\rand\ttabs",
    "🦙 ガ e\u0301 \u202e \u2028 \x85 \x7f",
    "; | ` $param {x} /* */ #",
    " spaces ",
    "",
)


@pytest.fixture
def odd_elements(small_elements: tuple[Element, ...]) -> tuple[Element, ...]:
    """The small graph with odd names, evidence and lists, and a paper whose id holds a semicolon."""
    odd: list[Element] = [
        Node(NodeKind.MODEL, f"method/odd-{at}", {"name": name, "aliases": (name, f"{name}{at}")})
        for at, name in enumerate(ODD)
    ]
    odd += [
        Edge(EdgeKind.BUILDS_ON, f"method/odd-{at}", "method/lora", {
            "statement": f"{at:016x}", "evidence": text, "confidence": 0.1 + 0.2, "start_char": 2**40, "rejected": False,
        })
        for at, text in enumerate(ODD)
    ]  # fmt: skip
    odd.append(Node(NodeKind.PAPER, "paper/doi-10.1002/co;2-o", {"title": "", "also": ("doi-10.1002/co;2-o",)}))
    both = [*small_elements, *odd]
    nodes = sorted((e for e in both if isinstance(e, Node)), key=lambda n: (label(n.kind), n.id))
    return (*nodes, *sorted((e for e in both if isinstance(e, Edge)), key=edge_key))


@pytest.fixture
def origin(odd_elements: tuple[Element, ...], tmp_path: Path) -> Iterator[Store]:
    """A file with the odd graph."""
    with open_store(str(tmp_path / "origin.kgl")) as store:
        store.restore(odd_elements)
        yield store


def _same(address: str, origin: Store) -> None:
    """A store has the graph, the names and the laws of the one that it came from, and can be written."""
    with open_store(address) as store:
        assert tuple(store.elements()) == tuple(origin.elements())
        assert list(rows.namings(store.ask)) == list(rows.namings(origin.ask))
        assert store.find("low-rank adaptation") == origin.find("low-rank adaptation") != []
        assert store.generation() == 1
        store.remove(["paper/arxiv-2106.09685"])
        assert store.find("paper/arxiv-2106.09685") == []


def _constraints(driver: neo4j.Driver) -> set[str]:
    return {record["name"] for record in driver.execute_query("SHOW CONSTRAINTS YIELD name").records}


def test_neo4j_imports_the_csv_files(
    origin: Store,
    neo4j_server: Neo4jServer,
    neo4j_driver: neo4j.Driver,
    neo4j_address: str,
    tmp_path: Path,
) -> None:
    """`neo4j-admin database import full` makes a database of them that `kg` takes for its own, and dresses at once."""
    write_file(tmp_path / "graph.csv.gz", "csv", content_of(origin, Selection()))
    nodes, edges = (tmp_path / f"graph-{part}.csv.gz" for part in ("nodes", "edges"))

    neo4j_server.import_full(f"--nodes={nodes}", f"--relationships={edges}", *OPTIONS.split())

    with open_store(neo4j_address, write=False) as store:
        assert tuple(store.elements()) == tuple(origin.elements())
    assert _constraints(neo4j_driver) == set()
    _same(neo4j_address, origin)
    assert "kg_entity_id" in _constraints(neo4j_driver)


def test_neo4j_runs_the_script(origin: Store, neo4j_driver: neo4j.Driver, neo4j_address: str, tmp_path: Path) -> None:
    """Every line of the script is a statement, and together they make the graph; no text escapes from its quotes."""
    write_file(tmp_path / "graph.cypher.gz", "cypher", content_of(origin, Selection()))

    with neo4j_driver.session() as session:
        for line in gzip.decompress((tmp_path / "graph.cypher.gz").read_bytes()).decode().splitlines():
            session.run(line.removesuffix(";")).consume()

    _same(neo4j_address, origin)


def test_a_part_makes_no_store(origin: Store, neo4j_driver: neo4j.Driver, neo4j_address: str, tmp_path: Path) -> None:
    """What is a part of a graph, or was cut off, is not taken for a whole one."""
    write_file(tmp_path / "part.cypher", "cypher", content_of(origin, Selection(texts=False)))

    with neo4j_driver.session() as session:
        for line in (tmp_path / "part.cypher").read_text().splitlines():
            session.run(line.removesuffix(";")).consume()

    with pytest.raises(StoreError, match="holds data that is not a paperkg graph"):
        open_store(neo4j_address)


def test_many_rows_take_several_statements(tmp_path: Path) -> None:
    """A statement has 200 rows at most, and all nodes come before all edges."""
    nodes = [Node(NodeKind.METHOD, f"method/{at:04}", {"name": "x"}) for at in range(450)]
    papers = [Node(NodeKind.PAPER, "paper/acl-P19-1001", {"title": "y"})]
    edges = [Edge(EdgeKind.BUILDS_ON, n.id, "method/0000", {"statement": n.id}) for n in nodes]

    count = write_file(tmp_path / "g.cypher", "cypher", Content([*nodes, *papers, *edges], whole=False))

    lines = (tmp_path / "g.cypher").read_text().splitlines()
    assert count == 901
    assert [line.partition("] AS row ")[2].split()[0] for line in lines] == ["CREATE"] * 4 + ["MATCH"] * 3


def test_what_utf8_cannot_hold_is_replaced(tmp_path: Path) -> None:
    """Half a character becomes a whole one, in both formats."""
    node = Node(NodeKind.METHOD, "method/a", {"name": "a\ud83db"})

    for format in ("csv", "cypher"):
        write_file(tmp_path / f"g.{format}", format, Content([node], whole=False))

    assert '"a\ufffdb"' in (tmp_path / "g-nodes.csv").read_text()
    assert "'a\\ufffdb'" in (tmp_path / "g.cypher").read_text()


def test_values_of_another_type_are_refused(tmp_path: Path) -> None:
    """A column of numbers takes no text: the import would stop there, and nobody would know why."""
    paper = Node(NodeKind.PAPER, "paper/acl-P19-1001", {"title": "y", "year": 2019})
    odd = replace(paper, properties={**paper.properties, "year": "soon"})

    with pytest.raises(StoreError, match=r"^paper/acl-P19-1001 has year 'soon', which is no whole number"):
        write_file(tmp_path / "g.csv", "csv", Content([odd]))

    assert list(tmp_path.iterdir()) == []
