"""`kg show` and `kg stats`."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import Result

from kg.model import Edge, EdgeKind, Element
from kg.store import open_store

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

    left_out = {"abstract", "also", "describes", "written-by"}
    found = [(r["subject"], r["property"], r["object"]) for r in rows if r["property"] not in left_out]
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
    assert [r["object"] for r in rows if r["property"] == "abstract"] == [
        "LoRA trains two thin matrices in every layer. On GLUE the score of LoRA is 87.5."
    ]
    [document] = [r for r in rows if r["property"] == "describes"]
    assert document["subject"].startswith("document/")
    assert document["name"] == "hand.jsonl, LoRA: small matrices for large models"


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


def _facts(result: Result) -> dict[str, tuple[str, str]]:
    """The facts of a page: object and name by property."""
    rows = _table(result)
    return {r["property"]: (r["object"], r["name"]) for r in rows if r["subject"] == rows[0]["subject"]}


@pytest.fixture
def small(address: str, small_elements: tuple[Element, ...], monkeypatch: pytest.MonkeyPatch) -> tuple[Element, ...]:
    """A graph with a node and an edge of every kind, in a store of each kind in turn, named by KG_STORE."""
    with open_store(address) as store:
        store.restore(small_elements)
    monkeypatch.setenv("KG_STORE", address)
    return small_elements


def _statement(elements: tuple[Element, ...], kind: EdgeKind) -> str:
    return next(str(e.properties["statement"]) for e in elements if isinstance(e, Edge) and e.kind is kind)


def test_show_what_a_statement_says(kg: Kg, small: tuple[Element, ...]) -> None:
    """Both ends, the names as written, the place of the sentence, who found it, and the sentence itself as on any page."""
    statement = _statement(small, EdgeKind.RUNS_ON)

    result = kg("show", statement)

    document, extractor = "document/00aa11bb22cc33dd", "rules-1+lexicon-0a1b2c3d"
    assert _facts(result) == {
        "kind": ("Statement", "FooTune runs-on NVIDIA A100"),
        "edge": ("runs-on", ""),
        "head": ("method/footune", "FooTune"),
        "tail": ("hardware/nvidia-a100", "NVIDIA A100"),
        "head_as": ("FooTune", ""),
        "tail_as": ("NVIDIA A100", ""),
        "count": ("8", ""),
        "memory": ("80.0", ""),
        "document": (document, "small.jsonl, 2401.00001"),
        "start_char": ("34", ""),
        "end_char": ("113", ""),
        "confidence": ("0.87", ""),
        "extractor": (extractor, ""),
        "where": ("abstract", ""),
        "rejected": ("false", ""),
    }
    edge = _table(result)[-1]
    assert (edge["subject"], edge["property"], edge["object"]) == ("method/footune", "runs-on", "hardware/nvidia-a100")
    assert edge["sentence"].startswith("We present FooTune")
    assert (edge["paper_id"], edge["statement"]) == ("paper/arxiv-2401.00001", statement)


def test_what_is_rejected_is_shown_by_its_id_and_says_so(kg: Kg, graph_anywhere: str) -> None:
    """A rejected statement leaves the pages of its ends, and its own page says who rejected it and why."""
    statement = next(r["statement"] for r in _table(kg("show", "DoRA")) if r["property"] == "improves-on")
    kg("decide", "reject", statement, "--reason", "read again", "--by", "Ada")
    [decision] = _table(kg("decide", "list"))

    facts = _facts(kg("show", statement))

    assert facts["rejected"] == ("true", "")
    assert facts["rejected_by"] == (decision["id"], f"read again (Ada, {decision['at']})")
    assert "improves-on" not in {r["property"] for r in _table(kg("show", "DoRA"))}
    assert _facts(kg("show", decision["id"]))["rejects"] == (statement, "DoRA improves-on LoRA")


def test_show_what_a_claim_says(kg: Kg, small: tuple[Element, ...]) -> None:
    """Sentence, value, unit, metric, polarity, confidence, extractor, whether it is rejected, and its ends."""
    result = kg("show", "claim/5eed5eed5eed5eed")

    facts = _facts(result)
    assert facts.pop("evidence")[0].startswith("FooTune extends LoRA")
    assert facts == {
        "kind": ("Claim", "result accuracy 91.5% %"),
        "claim_kind": ("result", ""),
        "polarity": ("+", ""),
        "metric_text": ("accuracy", ""),
        "value": ("91.5", ""),
        "value_text": ("91.5%", ""),
        "unit": ("%", ""),
        "start_char": ("114", ""),
        "end_char": ("218", ""),
        "value_start_char": ("181", ""),
        "value_end_char": ("186", ""),
        "confidence": ("0.6", ""),
        "extractor": ("rules-1+lexicon-0a1b2c3d", ""),
        "paper": ("paper/arxiv-2401.00001", "Thrifty adapters for large models"),
        "document": ("document/00aa11bb22cc33dd", "small.jsonl, 2401.00001"),
        "rejected": ("false", ""),
        "about": ("method/footune", "FooTune"),
        "against": ("method/lora", "LoRA"),
        "on": ("dataset/glue", "GLUE"),
        "for": ("task/question-answering", "question answering"),
        "measured-by": ("metric/accuracy", "accuracy"),
        "stated-in": ("paper/arxiv-2401.00001", "Thrifty adapters for large models"),
    }


def test_show_a_document_with_its_text(kg: Kg, small: tuple[Element, ...]) -> None:
    """Source, format, extractor and time; the text where it is asked for, as it is in JSON."""
    id = "document/00aa11bb22cc33dd"

    facts, rows = _facts(kg("show", id)), json.loads(kg("show", id, "--text", "--json").stdout)

    assert {name: facts[name][0] for name in ("kind", "format", "source", "extractor", "loaded", "describes")} == {
        "kind": "Document",
        "format": "jsonlines",
        "source": "small.jsonl",
        "extractor": "rules-1+lexicon-0a1b2c3d",
        "loaded": "2026-01-02T03:04:05Z",
        "describes": "paper/arxiv-2401.00001",
    }
    assert "text" not in facts
    assert next(r["object"] for r in rows if r["property"] == "text").startswith(
        "Thrifty adapters for large models\nWe "
    )


def test_only_a_document_has_a_text(kg: Kg, graph: str) -> None:
    """`--text` for something else is wrong usage that says what has one."""
    result = kg("show", "LoRA", "--text")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "kg: method/lora has no text of its own: --text goes with the id of a document\n"


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("author/ada-example", {"name": ("Ada Example", ""), "orcid": ("0000-0002-1825-0097", "")}),
        ("decision/alias-0123456789ab", {"what": ("alias", ""), "target": ("method/footune", "FooTune")}),
        ("tombstone/arxiv-2301.00009", {"also": ("arxiv-2301.00009", "")}),
        ("task/question-answering", {"name": ("question answering", "")}),
    ],
)
def test_every_node_has_a_page(
    kg: Kg, small: tuple[Element, ...], id: str, expected: dict[str, tuple[str, str]]
) -> None:
    """Whatever has an id is shown with its properties, ids among them with what they are called."""
    facts = _facts(kg("show", id))

    assert {name: facts[name] for name in expected} == expected


def test_an_author_has_papers(kg: Kg, small: tuple[Element, ...]) -> None:
    """The page of an author lists what the author wrote."""
    rows = _table(kg("show", "author/ada-example"))

    assert [(r["subject"], r["name"]) for r in rows if r["property"] == "written-by"] == [
        ("paper/arxiv-2401.00001", "Thrifty adapters for large models")
    ]


@pytest.mark.parametrize(
    "id", ["claim/0000", "document/0000", "0123456789abcdef0123", "decision/x", "author/", "paper/"]
)
def test_an_id_that_is_not_there_is_exit_3(kg: Kg, graph: str, id: str) -> None:
    """An unknown id is answered like an unknown name."""
    result = kg("show", id)

    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (3, "", 1)


def test_a_terminal_shows_ids_to_go_on_with(graph: str, kg_on_terminal: Callable[..., str]) -> None:
    """On a paper's page its own title stands once, and documents and authors have their ids."""
    shown = kg_on_terminal("show", "2106.09685")

    assert shown.count("LoRA: small matrices for large models") == 2  # the name and the key of a document
    assert "document/" in shown
    assert "author/ada-byte-" in shown


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
