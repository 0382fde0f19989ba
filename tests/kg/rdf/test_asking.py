"""SPARQL over a folder of triples."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from kg.errors import KgError, OntologyError, StoreError, UsageError
from kg.model import Element
from kg.rdf import DEFAULT_BASE, ask_sparql, dataset, select, sparql
from kg.rdf.asking import bind
from kg.rdf.literals import clean
from kg.store import Store, Table

Lend = Callable[[Sequence[Element]], Store]
ID = f"{DEFAULT_BASE}id/"


@pytest.fixture
def small_store(lend: Lend, small_elements: tuple[Element, ...]) -> Store:
    """A store that lends the small graph."""
    return lend(small_elements)


def test_select_gives_rows_with_python_values(small_store: Store) -> None:
    """Names are whole IRIs, numbers are numbers, and what is not bound is None; prefixes need no declaration."""
    query = """
        SELECT ?tail ?confidence ?count ?sentence ?nothing {
          ?s ps:runsOn ?tail ; kgo:confidence ?confidence ; kgo:count ?count ; kgo:evidence/oa:hasSelector/oa:exact ?sentence
          OPTIONAL { ?s kgo:rejected ?nothing }
        }"""

    found = sparql(small_store, query)

    sentence = "We present FooTune, which beats LoRA on GLUE and runs on 8 NVIDIA A100 devices."
    assert found == Table(
        columns=("tail", "confidence", "count", "sentence", "nothing"),
        rows=((f"{ID}hardware/nvidia-a100", 0.87, 8, sentence, None),),
    )


def test_ask_gives_one_row(small_store: Store) -> None:
    """ASK is a table of one truth."""
    assert sparql(small_store, "ASK { ?a kgo:improvesOn ?b }") == Table(columns=("answer",), rows=((True,),))


@pytest.mark.parametrize(
    "query", ["CONSTRUCT WHERE { ?a kgo:cites ?c }", "CONSTRUCT { ?a kgo:cites ?c } { ?a kgo:cites ?c }"]
)
def test_construct_gives_triples(small_store: Store, query: str) -> None:
    """CONSTRUCT is a table of triples."""
    cited = (f"{ID}paper/arxiv-2401.00001", f"{DEFAULT_BASE}ontology#cites", f"{ID}paper/arxiv-2106.09685")

    assert sparql(small_store, query) == Table(columns=("subject", "predicate", "object"), rows=(cited,))


def test_a_limit_cuts_and_says_so(small_store: Store) -> None:
    """A table tells whether there was more than the limit."""
    query = "SELECT ?name { ?paper kgo:mentions/rdfs:label ?name } ORDER BY ?name"

    cut, whole = sparql(small_store, query, limit=2), sparql(small_store, query, limit=3)

    assert cut == Table(columns=("name",), rows=(("FooTune",), ("LLaMA",)), truncated=True)
    assert whole == Table(columns=("name",), rows=(("FooTune",), ("LLaMA",), ("LoRA",)), truncated=False)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?a {\n  ?a b c }", "cannot be parsed at line 2, column"),
        ("SELECT ?a { ?a a nope:Thing }", "the prefix is not declared"),
        ("", "cannot be parsed at line 1, column 1"),
        ("SELECT * { " + "{" * 100_000, "nested too deep"),
        ("SELECT * { SERVICE <http://other.example/> {} }", "SERVICE is refused"),
        ("DROP ALL", "DROP is refused"),
    ],
    ids=["syntax", "prefix", "empty", "deep", "service", "update"],
)
def test_a_query_that_cannot_be_asked_gets_one_line(small_store: Store, query: str, message: str) -> None:
    """A query that is wrong, dangerous or monstrous is one line of an error, and never ends this process."""
    with pytest.raises(KgError, match=message) as caught:
        sparql(small_store, query)

    assert "\n" not in str(caught.value)


def test_a_runaway_query_is_stopped(small_store: Store) -> None:
    """A query that would run for years ends with its time, and the next one is answered."""
    runaway = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"
    start = time.monotonic()

    with pytest.raises(StoreError, match=r"stopped after 0\.5 s"):
        sparql(small_store, runaway, timeout=0.5)

    assert time.monotonic() - start < 20
    assert sparql(small_store, "ASK {}").rows == ((True,),)


def test_another_base_is_asked_with_the_same_prefixes(small_store: Store) -> None:
    """Prefixes stand for the base that is asked."""
    base = "http://localhost:8000/"

    found = sparql(small_store, "SELECT ?cited { ?paper kgo:cites ?cited }", base=base)

    assert found.rows == ((f"{base}id/paper/arxiv-2106.09685",),)


CATALOGUE = f"""
PREFIX kgo: <{DEFAULT_BASE}ontology#>
SELECT (STRAFTER(STR(?tail), "/id/") AS ?tail_id) ?confidence {{
  VALUES (?id ?min_confidence ?year) {{ $parameters }}
  ?id p:improvesOn ?s . ?s ps:improvesOn ?tail ; kgo:confidence ?confidence ; prov:hadPrimarySource ?paper .
  OPTIONAL {{ ?paper kgo:year ?paper_year }}
  FILTER (?confidence >= ?min_confidence && (!BOUND(?year) || ?paper_year = ?year))
}}"""


@pytest.mark.parametrize("base", [DEFAULT_BASE, "http://localhost:8000/"])
@pytest.mark.parametrize(
    ("bounds", "rows"),
    [
        ({"min_confidence": 0, "year": None}, [{"tail_id": "method/lora", "confidence": 0.87}]),
        ({"min_confidence": 0.87, "year": 2024}, [{"tail_id": "method/lora", "confidence": 0.87}]),
        ({"min_confidence": 0.9, "year": None}, []),
        ({"min_confidence": 0.0, "year": 2023}, []),
    ],
)
def test_a_query_of_the_catalogue_is_bound(
    small_store: Store, base: str, bounds: dict[str, Any], rows: list[dict[str, Any]]
) -> None:
    """Parameters stand in VALUES: an id is its node, None is no bound; the catalogue's own base gives way to any."""
    with dataset(small_store, base) as folder:
        found = ask_sparql(folder, CATALOGUE, {"id": "method/footune", **bounds}, base=base)

    assert found == rows


def test_text_never_becomes_syntax(small_store: Store, torture: str) -> None:
    """A parameter stays one literal, whatever stands in it."""
    hostile = f'{torture}" }} }} SERVICE <http://other.example/> {{ $parameters ?b "\\'

    with dataset(small_store) as folder:
        found = ask_sparql(folder, "SELECT ?name { VALUES ?name { $parameters } }", {"name": hostile})

    assert found == [{"name": clean(hostile)}]


def test_a_parameter_that_is_missing_is_named() -> None:
    """A query asked without one of its parameters says which."""
    with pytest.raises(UsageError, match="a value for: year"):
        bind("SELECT * { VALUES (?id ?year) { $parameters } }", {"id": "method/lora"})


@pytest.mark.parametrize("text", ["SELECT * { ?a ?b $parameters }", "ASK {}", "SELECT * {"])
def test_a_broken_query_of_the_catalogue_is_our_error(small_store: Store, text: str) -> None:
    """What ships with the package and cannot be asked is an OntologyError."""
    with dataset(small_store) as folder, pytest.raises(OntologyError):
        ask_sparql(folder, text, {})


def test_a_folder_can_be_asked_by_many(small_store: Store) -> None:
    """Readers do not shut one another out."""
    with dataset(small_store) as folder, dataset(small_store) as again:
        assert folder == again
        assert select(folder, "ASK { ?a kgo:improvesOn ?b }") == select(again, "ASK { ?a kgo:improvesOn ?b }")
