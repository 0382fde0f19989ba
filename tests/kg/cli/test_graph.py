"""`kg cypher`, `kg sparql` and `kg check`."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import Result

Kg = Callable[..., Result]

CYPHER = "MATCH (d:Dataset) RETURN d.id AS id, d.name AS name"
SPARQL = "SELECT ?name { ?d a kgo:Dataset ; rdfs:label ?name }"


def test_cypher_prints_rows(kg: Kg, graph_anywhere: str) -> None:
    """The columns are called what the query calls them."""
    assert kg("cypher", CYPHER).stdout == "id\tname\ndataset/glue\tGLUE\n"
    assert json.loads(kg("cypher", CYPHER, "--json").stdout) == [{"id": "dataset/glue", "name": "GLUE"}]


def test_cypher_says_that_there_is_more(kg: Kg, graph: str) -> None:
    """Rows beyond the limit are left out, and stderr says so."""
    result = kg("cypher", "UNWIND range(1, 9) AS n RETURN n", "--limit", "2")

    assert result.stdout == "n\n1\n2\n"
    assert result.stderr == "there are more than 2 rows; --limit prints more\n"


def test_sparql_prints_rows(kg: Kg, graph: str) -> None:
    """The same graph answers in SPARQL, with its prefixes at hand."""
    assert kg("sparql", SPARQL).stdout == "name\nGLUE\n"
    assert json.loads(kg("sparql", SPARQL, "--json").stdout) == [{"name": "GLUE"}]


def test_sparql_sees_what_was_decided(kg: Kg, graph: str) -> None:
    """A changed graph gives changed rows."""
    query = "SELECT ?x { ?x kgo:improvesOn <https://w3id.org/paperkg/id/method/lora> }"
    rows = json.loads(kg("show", "DoRA", "--json").stdout)
    statement = next(r["statement"] for r in rows if r["property"] == "improves-on")
    assert len(kg("sparql", query).stdout.splitlines()) == 2

    kg("decide", "reject", statement, "--reason", "a test")

    assert kg("sparql", query).stdout == ""


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("cypher", "CREATE (n:Paper)"),
        ("cypher", "CALL db.labels()"),
        ("cypher", "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row"),
        ("cypher", "SHOW USERS"),
        ("sparql", "DELETE WHERE { ?a ?b ?c }"),
        ("sparql", "SELECT * { SERVICE <http://127.0.0.1/> { ?a ?b ?c } }"),
        ("sparql", "SELECT * FROM <http://127.0.0.1/> { ?a ?b ?c }"),
        ("sparql", "SELECT nonsense"),
    ],
)
def test_only_reading_is_allowed(kg: Kg, graph: str, command: str, text: str) -> None:
    """Whatever would write, call or fetch is refused as wrong usage."""
    result = kg(command, text)

    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)


def test_a_sound_graph_breaks_no_law(kg: Kg, graph_anywhere: str) -> None:
    """`kg check` prints nothing of a graph as it was loaded."""
    result = kg("check")

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "every law holds\n")
