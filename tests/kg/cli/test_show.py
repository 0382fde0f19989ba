"""`kg show` and `kg stats`."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import Result

Kg = Callable[..., Result]


def _table(result: Result) -> list[dict[str, str]]:
    """TSV as one mapping a line."""
    head, *lines = [line.split("\t") for line in result.stdout.removesuffix("\n").split("\n")]
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_show_says_what_a_thing_is(kg: Kg, graph_anywhere: str) -> None:
    """Kind, names and edges with paper and sentence, the same from every store."""
    rows = _table(kg("show", "LoRA"))

    assert rows[0] | {"subject": "method/lora", "property": "kind", "object": "Method", "name": "LoRA"} == rows[0]
    assert ("written", "LoRA", "3 papers") in {(r["property"], r["object"], r["name"]) for r in rows}
    beaten = next(r for r in rows if r["subject"] == "method/dora")
    assert len(beaten.pop("statement")) > 10
    assert beaten == {
        "subject": "method/dora",
        "property": "improves-on",
        "object": "method/lora",
        "name": "DoRA",
        "paper_id": "paper/arxiv-2402.09353",
        "title": "DoRA: weights with a direction",
        "year": "2024",
        "confidence": "0.75",
        "sentence": "DoRA beats LoRA on GLUE.",
        "by": "paperkg",
    }


def test_show_says_what_a_paper_holds(kg: Kg, graph: str) -> None:
    """A paper's page has its ids, what it introduces, mentions and states, and its authors."""
    rows = _table(kg("show", "https://arxiv.org/abs/2106.09685v2"))

    found = [(r["subject"], r["property"], r["object"]) for r in rows if r["property"] not in {"also", "written-by"}]
    assert found == [
        ("paper/arxiv-2106.09685", "kind", "Paper"),
        ("paper/arxiv-2106.09685", "title", "LoRA: small matrices for large models"),
        ("paper/arxiv-2106.09685", "year", "2021"),
        ("paper/arxiv-2106.09685", "arxiv", "2106.09685"),
        ("paper/arxiv-2106.09685", "introduces", "method/lora"),
        ("method/lora", "evaluated-on", "dataset/glue"),
        ("paper/arxiv-2106.09685", "mentions", "dataset/glue"),
        ("paper/arxiv-2106.09685", "mentions", "method/lora"),
    ]
    assert [r["name"] for r in rows if r["property"] == "written-by"] == ["Ada Byte", "Bo Node"]


def test_a_title_names_its_paper(kg: Kg, graph: str) -> None:
    """A paper is found by its title, quoted or not."""
    assert kg("show", "DoRA:", "weights", "with", "a", "direction").stdout.startswith("subject\tproperty")


@pytest.mark.parametrize("edge", ["mentions", "written-by"])
def test_json_has_the_columns_as_keys(kg: Kg, graph: str, edge: str) -> None:
    """The list of objects says the same as the table."""
    arguments = ("show", "paper/arxiv-2106.09685")

    rows, objects = _table(kg(*arguments)), json.loads(kg(*arguments, "--json").stdout)

    assert [list(o) for o in objects] == [list(r) for r in rows]
    assert [o["object"] for o in objects if o["property"] == edge] == [
        r["object"] for r in rows if r["property"] == edge
    ]


def test_odd_names_are_found(kg: Kg, graph_anywhere: str, odd_names: tuple[str, ...]) -> None:
    """No name is read as a query, an option value or markup, and each leads to its thing."""
    shown = {name: json.loads(kg("show", "--json", "--", name).stdout)[0]["name"] for name in odd_names}

    assert shown == {name: name for name in odd_names}


def test_odd_names_that_are_not_there_are_no_error_of_ours(kg: Kg, graph: str) -> None:
    """Whatever is asked for, an unknown name is exit 3 and one short line."""
    for name in ("a" * 100_000, "🫠" * 500, "'; DROP", "\\", "$id", "{method}", "`", "\u202eabc", "\ud800", "-", "%s"):
        result = kg("show", "--", name)

        assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (3, "", 1)
        assert len(result.stderr) < 1100


def test_an_unknown_name_gets_the_nearest(kg: Kg, graph: str) -> None:
    """A misspelt name is answered with the names that look like it."""
    result = kg("show", "LoRAA")

    assert result.exit_code == 3
    assert "LoRA" in result.stderr.split(";")[1]


def test_a_terminal_gets_no_escape_sequence_from_data(graph: str, kg_on_terminal: Callable[..., str]) -> None:
    """On a terminal a name's escape sequence is shown, not obeyed; markup is text."""
    shown = kg_on_terminal("show", "LoRA")

    assert "red \ufffd[31m net" in shown
    assert "\x1b[31m" not in shown
    assert "“DoRA beats LoRA on GLUE.” (summary by paperkg)" in shown


def test_limit_bounds_the_edges_of_each_kind(kg: Kg, graph: str) -> None:
    """`--limit` prints so many edges of each kind."""
    rows = _table(kg("show", "LoRA", "--limit", "2"))

    assert [r["property"] for r in rows[3:]] == ["introduces", "improves-on", "improves-on", "evaluated-on"]


def test_show_claims_and_authors_by_id(kg: Kg, graph: str) -> None:
    """What is no name but a node has a page too."""
    author = json.loads(kg("cypher", "MATCH (a:Author {name: 'Ada Byte'}) RETURN a.id AS id", "--json").stdout)[0]["id"]

    rows = _table(kg("show", author))

    assert [(r["property"], r["object"]) for r in rows] == [
        ("kind", "Author"),
        ("name", "Ada Byte"),
        ("written-by", author),
    ]


def test_stats_counts(kg: Kg, graph_anywhere: str) -> None:
    """Counts of nodes and edges by kind, with the store and its state."""
    result = kg("stats")

    counts = {row["name"]: row["count"] for row in _table(result)}
    assert result.stderr == ""
    assert counts.pop("generation") == "1"
    assert counts.pop("store") == graph_anywhere
    assert {name: count for name, count in counts.items() if count != "0"} == {
        "schema": "1",
        "Method": "9",
        "Dataset": "1",
        "Paper": "3",
        "Document": "3",
        "Author": "2",
        "describes": "3",
        "introduces": "2",
        "mentions": "13",
        "improves-on": "8",
        "evaluated-on": "2",
        "written-by": "2",
    }
