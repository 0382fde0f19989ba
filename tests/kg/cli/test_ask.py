"""`kg ask` and `kg queries`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kg.model import Element
from kg.query import catalogue
from kg.store import open_store

Kg = Callable[..., Result]
QUESTION = "Which methods compete with LoRA?"


def test_a_question_gets_a_row_for_each_answer(kg: Kg, graph_anywhere: str, odd_names: tuple[str, ...]) -> None:
    """In a pipe each answer is a line with its reasons, the same from every store."""
    result = kg("ask", QUESTION)

    head, *lines = [line.split("\t") for line in result.stdout.splitlines()]
    rows = [dict(zip(head, line, strict=True)) for line in lines]
    assert (result.exit_code, result.stderr) == (0, "")
    assert {row["name"] for row in rows} == {name.replace("\x1b", "\ufffd") for name in odd_names} | {"DoRA"}
    assert rows[3] == {
        "name": "DoRA",
        "id": "method/dora",
        "kind": "Method",
        "score": "0.75",
        "direct": "true",
        "line": "is said to improve on LoRA, in 1 paper",
    }


def test_the_same_question_by_name(kg: Kg, graph: str) -> None:
    """A query's name with its parameter asks the same as the words, quoted or not."""
    by_name = kg("ask", "competitors", "--method", "lora").stdout

    assert by_name == kg("ask", QUESTION).stdout == kg("ask", *QUESTION.split()).stdout


def test_a_question_of_no_form_is_read_as_the_nearest(kg: Kg, graph: str) -> None:
    """What was understood is told on stderr, and answered."""
    result = kg("ask", "is there maybe some method that somehow competes with LoRA")

    assert (result.exit_code, result.stderr) == (0, "read as: methods competing with LoRA\n")
    assert result.stdout == kg("ask", QUESTION).stdout


def test_a_question_without_answers_says_so(kg: Kg, graph: str) -> None:
    """An empty table is explained on stderr; it is no error."""
    result = kg("ask", "what was LoRA trained on?")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "no answers: nothing was found in the texts of the graph\n"


def test_evidence_is_a_row_for_each_sentence(kg: Kg, graph: str) -> None:
    """With `--evidence` the words, the paper and who wrote them stand beside each reason."""
    head, *lines = [line.split("\t") for line in kg("ask", QUESTION, "--evidence").stdout.splitlines()]

    row = dict(zip(head, next(line for line in lines if line[0] == "DoRA"), strict=True))
    assert len(row.pop("statement")) > 10
    assert row == {
        "name": "DoRA",
        "id": "method/dora",
        "kind": "Method",
        "score": "0.75",
        "direct": "true",
        "reason": "improves-on",
        "text": "is said to improve on LoRA",
        "paper_id": "paper/arxiv-2402.09353",
        "title": "DoRA: weights with a direction",
        "year": "2024",
        "sentence": "DoRA beats LoRA on GLUE.",
        "confidence": "0.75",
        "by": "paperkg",
    }


def test_json_nests_reasons_and_papers(kg: Kg, graph: str, odd_names: tuple[str, ...]) -> None:
    """One object an answer, in order, its name whole in a string of its own."""
    answers = json.loads(kg("ask", QUESTION, "--json").stdout)

    assert {answer["name"] for answer in answers} == {*odd_names, "DoRA"}
    dora = answers[3]
    assert dora["reasons"][0]["papers"][0]["sentence"] == "DoRA beats LoRA on GLUE."
    assert [a["name"] for a in answers] == [a["name"] for a in json.loads(kg("ask", QUESTION, "--json").stdout)]


def test_a_person_sees_numbers_and_sentences(graph: str, kg_on_terminal: Callable[..., str]) -> None:
    """On a terminal answers are numbered, sentences are quoted, and ours are labelled as ours."""
    shown = kg_on_terminal("ask", QUESTION, "--evidence")

    assert "4. DoRA" in shown
    assert "“DoRA beats LoRA on GLUE.” (summary by paperkg)" in shown
    assert "DoRA: weights with a direction (2024)" in shown
    assert "\x1b[31m" not in shown


def test_options_narrow_the_answers(kg: Kg, graph: str) -> None:
    """`--year`, `--min-confidence`, `--reason` and `--limit` leave answers out."""
    by_year = json.loads(kg("ask", QUESTION, "--year", "2024", "--json").stdout)
    by_reason = json.loads(kg("ask", QUESTION, "--reason", "improves-on", "--json").stdout)
    limited = json.loads(kg("ask", QUESTION, "--limit", "2", "--json").stdout)

    assert [answer["name"] for answer in by_year] == ["DoRA"]
    assert [answer["name"] for answer in by_reason] == ["DoRA"]
    assert len(limited) == 2


def test_no_answer_prints_nothing(kg: Kg, graph: str) -> None:
    """A query that runs and finds nothing is done, and prints nothing."""
    result = kg("ask", QUESTION, "--min-confidence", "1")

    assert (result.exit_code, result.stdout) == (0, "")
    assert kg("ask", QUESTION, "--min-confidence", "1", "--json").stdout == "[]\n"


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["What is the meaning of it all?"], "nearest"),
        (["Which methods compete with LoRAA?"], "LoRA"),
        (["competitor", "--method", "LoRA"], "competitors"),
    ],
)
def test_what_is_unknown_gets_the_nearest(kg: Kg, graph: str, arguments: list[str], near: str) -> None:
    """An unknown question, name or query is exit 3, with what there is instead."""
    result = kg("ask", *arguments)

    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (3, "", 1)
    assert near in result.stderr.partition(";")[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ["competitors"],
        ["competitors", "--hardware", "A100"],
        ["competitors", "--method", "LoRA", "--reason", "x"],
        [" "],
    ],
)
def test_what_cannot_be_asked_is_wrong_usage(kg: Kg, graph: str, arguments: list[str]) -> None:
    """A query without its parameter, or with another's, is exit 2."""
    assert kg("ask", *arguments).exit_code == 2


def test_odd_names_can_be_asked_about(kg: Kg, graph_anywhere: str, odd_names: tuple[str, ...]) -> None:
    """Any name can stand in a question and after an option."""
    for name in odd_names:
        by_name = json.loads(kg("ask", "improvements-on", f"--method={name}", "--json").stdout)

        assert "LoRA" in {answer["name"] for answer in by_name}
        assert json.loads(kg("ask", f"Which methods compete with {name}?", "--json").stdout)[0]["name"] == "LoRA"


def test_long_and_hostile_words_are_no_error_of_ours(kg: Kg, graph: str) -> None:
    """Whatever is asked, what is not there is exit 3 and one line."""
    for name in ("a" * 100_000, "🫠" * 500, "$id", "\ud800", '"); }', "\\"):
        for arguments in (["competitors", f"--method={name}"], [f"Which methods compete with {name}?"], [name]):
            result = kg("ask", *arguments)

            assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (3, "", 1)
            assert len(result.stderr) < 1100


def test_an_empty_store_knows_no_names(kg: Kg) -> None:
    """Before anything is loaded every name is unknown."""
    assert kg("ask", QUESTION).exit_code == 3


@pytest.fixture
def small_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_elements: tuple[Element, ...]) -> None:
    """A store, named by KG_STORE, with the small graph, which holds a claim."""
    with open_store(str(tmp_path / "small.kgl")) as store:
        store.restore(small_elements)
    monkeypatch.setenv("KG_STORE", str(tmp_path / "small.kgl"))


def test_a_leaderboard_on_a_terminal(small_graph: None, kg_on_terminal: Callable[..., str]) -> None:
    """A person sees the metric and its better end above the ranks, with number and paper."""
    shown = kg_on_terminal("ask", "what is the best method on GLUE?")

    assert shown.splitlines() == [
        "\x1b[2maccuracy, higher is better:\x1b[0m",
        "\x1b[1m1. FooTune\x1b[0m",
        "   91.5% accuracy, in Thrifty adapters for large models (2024)",
    ]


def test_a_claim_is_never_shown_without_its_sentence(
    small_graph: None, kg: Kg, kg_on_terminal: Callable[..., str]
) -> None:
    """Without its words a claim says nothing, neither to a person nor in a pipe."""
    shown, piped = kg_on_terminal("ask", "claims about LoRA"), kg("ask", "claims about LoRA").stdout.splitlines()

    assert "what speaks against LoRA:" in shown
    assert "“" in shown
    row = dict(zip(*(line.split("\t") for line in piped), strict=True))
    assert "91.5%" in row["sentence"]
    assert [row[c] for c in ("name", "value", "unit", "metric", "dataset", "comparator", "reason")] == [
        "FooTune", "91.5", "%", "accuracy", "GLUE", "LoRA", "better-rival",
    ]  # fmt: skip


def test_queries_lists_the_catalogue(kg: Kg) -> None:
    """Every query is listed with its parameters and the words in which it may be asked."""
    listed = json.loads(kg("queries", "--json").stdout)

    assert [(q["name"], q["title"], q["parameters"], q["questions"]) for q in listed] == [
        (q.name, q.title, [p.name for p in q.parameters], list(q.questions)) for q in catalogue()
    ]
    assert len(kg("queries").stdout.splitlines()) == len(listed) + 1


def test_queries_reads_well_on_a_terminal(kg_on_terminal: Callable[..., str]) -> None:
    """A person sees how each query is asked."""
    shown = kg_on_terminal("queries")

    assert "kg ask competitors --method NAME" in shown
    assert "kg ask leaderboard --dataset NAME | --method NAME | --thing NAME [--metric NAME | --system NAME]" in shown
    assert "which methods compete with {method}?" in shown


def test_papers_behind_answers_are_cited(kg: Kg, graph_anywhere: str) -> None:
    """`--cite` prints an entry for each paper that an answer or its reasons rest on, and nothing else."""
    question = ["ask", "Which methods compete with LoRA?"]
    printed = kg(*question, "--cite", "bibtex").stdout
    items = json.loads(kg(*question, "--cite", "csl-json").stdout)

    assert [item["title"] for item in items] == ["DoRA: weights with a direction", "Names that are hard to print"]
    assert printed.startswith("@misc{arxiv-2402.09353,\n  title = {{DoRA: weights with a direction}},\n")


def test_a_bibliography_is_no_page(kg: Kg, graph: str) -> None:
    """One form of output at a time."""
    for other in (["--json"], ["--html", "-"]):
        result = kg("ask", "Which methods compete with LoRA?", "--cite", "bibtex", *other)

        assert (result.exit_code, result.stdout) == (2, "")


def test_two_names_of_one_thing_are_no_pair(kg: Kg, graph: str) -> None:
    """What is asked about two things is not answered about one."""
    result = kg("ask", "path-between", "--thing", "LoRA", "--other", "method/lora")

    assert (result.exit_code, result.stderr.strip()) == (
        2,
        "kg: both names mean method/lora (LoRA): ask about two different things",
    )


def test_a_name_may_end_in_a_word_of_one_letter(kg: Kg, graph: str) -> None:
    """Only an article at the beginning is left out."""
    assert "'Gemma 9'" in kg("ask", "competitors", "--method", "Gemma 9").stderr
    assert kg("ask", "competitors", "--method", "the LoRA").exit_code == 0
