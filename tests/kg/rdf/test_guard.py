"""What a user's SPARQL may not say."""

from __future__ import annotations

import pytest

from kg.errors import UsageError
from kg.rdf.guard import check_query

SERVICE = [
    "SELECT * { SERVICE <http://other.example/> { ?a ?b ?c } }",
    "SELECT * { service silent ?there { ?a ?b ?c } }",
    "PREFIX : <http://other.example/> SELECT * { ?x ?y ?z .SERVICE:x{ ?a ?b ?c } }",
    "SELECT * { ?x ?y 1SERVICE<http://other.example/> { ?a ?b ?c } }",
    "SELECT * { FILTER(1<2)SERVICE#>\n<http://other.example/> { ?a ?b ?c } }",
    "SELECT * { ?x <http://a.example/\\u0041#> ?z SERVICE <http://other.example/> { ?a ?b ?c } }",
    "SELECT * { ?x ?y 'it\\'s' # '\n SERVICE <http://other.example/> { ?a ?b ?c } }",
]
FROM = [
    "SELECT * FROM <http://other.example/> { ?a ?b ?c }",
    "SELECT * from named <http://other.example/> { ?a ?b ?c }",
    "PREFIX : <http://other.example/> SELECT *FROM:x { ?a ?b ?c }",
]
UPDATES = [
    "INSERT DATA { <a:> <b:> <c:> }",
    "PREFIX ex: <http://a.example/> DELETE WHERE { ?a ex:b ?c }",
    "LOAD <http://other.example/>",
    "# SELECT\nCLEAR ALL",
    "WITH <http://a.example/> DELETE { ?a ?b ?c } WHERE { ?a ?b ?c }",
]
ALLOWED = [
    'SELECT ?service { ?service rdfs:label "FROM SERVICE" }',
    "ASK { <http://a.example/service#from> ?from 'INSERT' } # SERVICE <x> {}",
    "PREFIX kgo: <http://a.example/>\nDESCRIBE ?a { ?a kgo:from ?b FILTER (?b < 3 && ?b > 1) }",
    "CONSTRUCT { ?a ?b '''it's FROM''' } WHERE { ?a ?b ?c }",
    'SELECT * { ?a kgo:quote "x"@from }',
]


@pytest.mark.parametrize("text", SERVICE)
def test_no_other_server_is_asked(text: str) -> None:
    """SERVICE is refused wherever the parser might take it for a keyword."""
    with pytest.raises(UsageError, match="SERVICE is refused"):
        check_query(text)


@pytest.mark.parametrize("text", FROM)
def test_no_other_graph_is_read(text: str) -> None:
    """FROM and FROM NAMED are refused, since they would silently find nothing."""
    with pytest.raises(UsageError, match="FROM NAMED are refused"):
        check_query(text)


@pytest.mark.parametrize("text", UPDATES)
def test_nothing_is_written(text: str) -> None:
    """What is no SELECT, ASK, CONSTRUCT or DESCRIBE is refused by name."""
    with pytest.raises(UsageError, match=r"(INSERT|DELETE|LOAD|CLEAR|WITH) is refused"):
        check_query(text)


@pytest.mark.parametrize("text", ALLOWED)
def test_the_same_words_elsewhere_are_allowed(text: str) -> None:
    """Variables, strings, comments, names and IRIs may hold any word."""
    check_query(text)
