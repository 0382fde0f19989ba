"""Rows into answers: score, order, words."""

from __future__ import annotations

from typing import Any

import pytest

from kg.errors import NotFoundError, UsageError
from kg.query import ask, fold, get_query, parameter_names
from kg.store import Store


def row(
    answer: str, reason: str, paper: str, confidence: float, *, via: str = "", statement: str = ""
) -> dict[str, Any]:
    return {
        "answer_id": answer, "answer_name": answer.split("/")[1].title(), "answer_kind": "Method", "reason": reason,
        "via_id": via, "via_name": via.rsplit("/", maxsplit=1)[-1].title(), "paper_id": f"paper/{paper}", "paper_title": paper.title(),
        "paper_year": None, "paper_by": None, "statement": statement or f"{answer}{reason}{paper}{via}",
        "sentence": f"{paper} says so.", "confidence": confidence,
    }  # fmt: skip


def test_no_rows_are_no_answers() -> None:
    """Nothing found is an empty tuple."""
    assert fold(get_query("competitors"), [], "X") == ()


def test_direct_rivals_come_first_by_combined_confidence() -> None:
    """1 − Π(1 − c), c the best per paper; several sentences of one paper do not add up."""
    rows = [
        row("method/one", "improves-on", "p", 0.9),
        row("method/two", "compared-with", "p", 0.6),
        row("method/two", "improves-on", "q", 0.8),
        row("method/two", "improves-on", "q", 0.5, statement="again"),
        row("method/three", "same-rivals", "p", 1.0, via="method/two"),
    ]

    answers = fold(get_query("competitors"), rows, "X")

    assert [(a.name, a.score, a.direct) for a in answers] == [
        ("Two", 0.92, True),
        ("One", 0.9, True),
        ("Three", 1.0, False),
    ]


def test_indirect_rivals_come_by_count_and_tier() -> None:
    """Shared rivals before shared task and data; in each the number of things shared, then of papers, then the name."""
    rows = [
        row("method/b", "same-task", "p", 0.9, via="task/t"), row("method/b", "same-data", "p", 0.9, via="dataset/d"),
        row("method/a", "same-rivals", "p", 0.9, via="method/v"),
        row("method/d", "same-rivals", "p", 0.1, via="method/v"), row("method/d", "same-rivals", "p", 0.1, via="method/w"),
        row("method/c", "same-rivals", "p", 0.9, via="method/v"), row("method/c", "same-rivals", "q", 0.9, via="method/v"),
    ]  # fmt: skip

    answers = fold(get_query("competitors"), rows, "X")

    assert [(a.name, a.score) for a in answers] == [("D", 2.0), ("C", 1.0), ("A", 1.0), ("B", 2.0)]
    assert answers[0].line == "shares rivals with X (V, W), in 1 paper"
    assert (
        answers[3].line
        == "is made for the same task as X (T), in 1 paper; is evaluated on the same data as X (D), in 1 paper"
    )


def test_counted_answers_come_by_papers() -> None:
    """Where a query counts, the number of papers goes before how sure they are, within a tier."""
    rows = [
        row("method/sure", "addresses", "p", 0.99),
        row("method/often", "addresses", "p", 0.4), row("method/often", "addresses", "q", 0.4),
        row("method/unsure", "addresses", "p", 0.5),
        row("task/t", "addressed-with", "p", 0.9, via="method/v"), row("task/t", "addressed-with", "q", 0.9, via="method/v"),
        row("task/t", "addressed-with", "r", 0.9, via="method/w"),
    ]  # fmt: skip

    answers = fold(get_query("methods-for-task"), rows, "X")

    assert [(a.name, a.score, a.direct, a.line) for a in answers] == [
        ("Often", 2.0, True, "addresses X, in 2 papers"),
        ("Sure", 1.0, True, "addresses X, in 1 paper"),
        ("Unsure", 1.0, True, "addresses X, in 1 paper"),
        ("T", 3.0, False, "is addressed by what builds on X (V, W), in 3 papers"),
    ]


def test_what_the_store_has_counted_is_not_counted_again() -> None:
    """A row may stand for many papers; those of two reasons may be the same, so the store counts them together too."""
    counted = {"papers": 7, "papers_of_reason": 6}
    evaluated = row("dataset/d", "evaluated-on", "p", 0.9) | counted
    trained = row("dataset/d", "trained-on", "q", 0.8) | counted | {"papers_of_reason": 3}

    [both] = fold(get_query("most-used-datasets"), [evaluated, trained], "")
    [one] = fold(get_query("most-used-datasets"), [trained], "")

    assert (both.score, both.details) == (7.0, {"papers": 7})
    assert both.line == "is used for evaluation, in 6 papers; is used for training, in 3 papers"
    assert (one.score, one.line) == (3.0, "is used for training, in 3 papers")


def test_devices_with_their_number_and_memory() -> None:
    """Each number and memory is said once, the surest first; what is not stated is left out."""
    rows = [
        row("method/m", "runs-on", "p", 0.5) | {"count": 12288, "memory": None},
        row("method/m", "runs-on", "q", 0.9) | {"count": 8, "memory": 80.0},
        row("method/m", "runs-on", "r", 0.8) | {"count": 8, "memory": 80.0},
        row("method/n", "runs-on", "p", 0.4) | {"count": None, "memory": 0.5},
        row("method/o", "runs-on", "p", 0.3) | {"count": None, "memory": None},
    ]

    answers = fold(get_query("hardware-of"), rows, "A100")

    assert [(a.line, a.details) for a in answers] == [
        ("runs on A100, in 3 papers: 8 × A100, 80 GB; 12,288 × A100", {"count": 8, "memory": 80.0}),
        ("runs on A100, in 1 paper: A100, 0.5 GB", {"count": None, "memory": 0.5}),
        ("runs on A100, in 1 paper", {"count": None, "memory": None}),
    ]


def test_a_paper_without_a_name_for_its_method() -> None:
    """Where methods are asked for, a paper is its unnamed method; where papers are asked for, it is itself."""
    rival = row("paper/p", "improves-on", "p", 0.9) | {"answer_name": "A title"}
    maker = row("paper/p", "introduces", "p", 0.9) | {"answer_name": "A title"}

    assert fold(get_query("competitors"), [rival], "X")[0].name == "unnamed method of A title"
    assert fold(get_query("introduced-by"), [maker], "X")[0].name == "A title"


def test_names_with_braces_are_text() -> None:
    """A name never becomes a placeholder."""
    [answer] = fold(get_query("competitors"), [row("method/one", "improves-on", "p", 0.9)], "{x} {about}")

    assert answer.line == "is said to improve on {x} {about}, in 1 paper"


def test_an_answer_as_json() -> None:
    """Plain dicts and lists, the sentence with its paper inside its reason."""
    [answer] = fold(get_query("compared-with"), [row("method/one", "compared-with", "p", 0.5)], "X")

    assert answer.to_json() == {
        "name": "One", "id": "method/one", "kind": "Method", "score": 0.5, "direct": True,
        "line": "is compared with X, in 1 paper", "heading": "", "details": {},
        "reasons": [{"kind": "compared-with", "text": "is compared with X", "papers": [{
            "paper_id": "paper/p", "title": "P", "year": None, "sentence": "p says so.", "confidence": 0.5,
            "statement": "method/onecompared-withp", "by": None,
        }]}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "given", "error", "message"),
    [
        ("competitors", {}, UsageError, "competitors needs method"),
        ("competitors", {"hardware": "A100"}, UsageError, "competitors takes no hardware"),
        (
            "evaluated-on",
            {"dataset": "GLUE", "method": "LoRA"},
            UsageError,
            "evaluated-on takes one of: dataset .* or method",
        ),
        (
            "competitors",
            {"method": "LoRA", "reason": "beats"},
            UsageError,
            "no reason 'beats' in competitors; there are: named, alike, improves-on",
        ),
        (
            "claims-about",
            {"thing": "LoRA", "reason": "for,nonsense"},
            UsageError,
            "no reason 'nonsense' in claims-about",
        ),
        ("competitor", {"method": "LoRA"}, NotFoundError, "no query 'competitor'; there are: "),
    ],
)
def test_parameters_that_cannot_be(
    store: Store, words: str, given: dict[str, str], error: type[UsageError], message: str
) -> None:
    """What is missing, too much or unknown is said with what there is."""
    with pytest.raises(error, match=message):
        ask(store, words, parameters=given)


@pytest.mark.parametrize("wrong", [{"min_confidence": 1.5}, {"min_confidence": float("nan")}, {"limit": 0}])
def test_numbers_that_cannot_be(store: Store, wrong: dict[str, Any]) -> None:
    """A confidence lies in 0..1, a limit is positive."""
    with pytest.raises(UsageError, match=r"min_confidence is|limit is"):
        ask(store, "what beats LoRA?", **wrong)


def test_a_parameter_may_be_named_by_family_or_kind(store: Store, small_elements: tuple) -> None:
    """`model` is a method, `dataset` a thing that papers use."""
    store.restore(small_elements)

    rivals = ask(store, "competitors", parameters={"model": "low-rank adaptation"})
    users = ask(store, "papers-using", parameters={"dataset": "Alpaca"})

    assert [answer.name for answer in rivals.answers] == ["FooTune"]
    assert [answer.name for answer in users.answers] == ["Thrifty adapters for large models"]
    assert {"method", "model", "dataset", "thing", "reason"} <= set(parameter_names())


def test_a_rejected_statement_counts_no_more(store: Store, small_elements: tuple) -> None:
    """The small graph's comparison is rejected, so nothing is compared with LoRA."""
    store.restore(small_elements)

    assert ask(store, "what is LoRA compared with?").answers == ()
