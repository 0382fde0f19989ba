"""Leaderboards: which numbers stand in one table, and in which order."""

from __future__ import annotations

from typing import Any

import pytest

from kg.query import fold, get_query


def row(
    answer: str, value: float, unit: str | None = "%", metric: str | None = "accuracy", **more: Any
) -> dict[str, Any]:
    """A result on a dataset as the query gives it."""
    return {
        "answer_id": f"method/{answer}", "answer_name": answer.upper(), "answer_kind": "Method", "reason": "score-on",
        "via_id": f"metric/{metric}" if metric else "", "claim": "result", "value": value, "value_max": None,
        "unit": unit, "metric": metric, "paper_id": f"paper/{answer}", "paper_title": f"All of {answer}",
        "paper_year": 2024, "paper_by": None, "statement": f"claim/{answer}-{value}", "sentence": f"{answer} wins.",
        "confidence": 0.5,
    } | more  # fmt: skip


def ranked(*rows: dict[str, Any]) -> list[tuple[str, str]]:
    """Headings and names in order."""
    return [(answer.heading.split(",")[0], answer.name) for answer in fold(get_query("leaderboard"), rows, "GLUE")]


@pytest.mark.parametrize(("rows", "order"), [
    ([row("a", 91.5), row("b", 0.93, None), row("c", 94, None), row("d", 1, None)], "DCBA"),
    ([row("a", 0.93, None, "AUC"), row("b", 0.95, None, "AUC"), row("c", 0.9, None, "AUC")], "BAC"),
    ([row("a", 93, "%", "AUC"), row("b", 0.95, None, "AUC")], "BA"),
    ([row("a", 30, None, "BLEU"), row("b", 0.4, None, "BLEU"), row("c", 20, None, "BLEU")], "ACB"),
    ([row("a", 73, None, "GenEval"), row("b", 0.9, None, "GenEval"), row("c", 0.7, None, "GenEval")], "BAC"),
    ([row("a", 0.9, None, "FID"), row("b", 0.8, None, "FID"), row("c", 3, None, "FID")], "BAC"),
    ([row("a", 12.1, None, "perplexity"), row("b", 9, None, "perplexity"), row("c", 0.9, None, "perplexity")], "CBA"),
    ([row("a", 70), row("b", 60, value_max=80), row("c", 75)], "BCA"),
    ([row("a", 4, metric="WER"), row("b", 3, value_max=5, metric="WER")], "BA"),
    ([row("a", 60, metric="blind word error rate"), row("b", 50, metric="blind word error rate")], "BA"),
    ([row("a", 5, confidence=0.6), row("b", 5), row("c", 5, confidence=0.7)], "CAB"),
])  # fmt: skip
def test_numbers_of_a_metric_are_ordered_by_what_they_mean(rows: list[dict[str, Any]], order: str) -> None:
    """Shares are compared in per cent, a range stands at its better end, less is better where the metric says so."""
    assert "".join(name for _, name in ranked(*rows)) == order


def test_tables_with_most_answers_come_first_and_sizes_last() -> None:
    """A metric is a table, as is each of its units; numbers of no metric and sizes stand at the end."""
    rows = [
        *(row(name, 1000, None, "parameters") for name in "abc"),
        *(row(name, 7, None, None) for name in "abc"),
        row("a", 80), row("b", 70),
        row("a", 3, "ms", "latency"), row("b", 1, "s", "latency"), row("c", 2, None, "latency"),
        row("a", 30, "dB", "PSNR"), row("b", 31, None, "PSNR"),
        row("a", 5, "zorks", "zorkiness"),
    ]  # fmt: skip

    assert ranked(*rows) == [
        ("PSNR", "B"), ("PSNR", "A"),
        ("accuracy", "A"), ("accuracy", "B"),
        ("latency", "C"), ("latency", "A"),
        ("latency in s", "B"), ("zorkiness in zorks", "A"),
        ("metric not named", "A"), ("metric not named", "B"), ("metric not named", "C"),
        ("parameters", "A"), ("parameters", "B"), ("parameters", "C"),
    ]  # fmt: skip


def test_the_metric_that_was_asked_for_comes_first() -> None:
    """Its kin may have more answers."""
    rows = [row("a", 80), row("b", 70, metric="top-1 accuracy"), row("c", 60, metric="top-1 accuracy")]

    answers = fold(get_query("leaderboard"), rows, "GLUE", "accuracy")

    assert [answer.name for answer in answers] == ["A", "B", "C"]


def test_a_number_that_two_papers_report_is_one_answer() -> None:
    """The same thing with the same number is one row, however many say so; another number of it is another row."""
    same = [row("a", 80), row("a", 80, paper_id="paper/p", statement="claim/p", confidence=0.8), row("a", 81)]

    high, low = fold(get_query("leaderboard"), same, "GLUE")

    assert (high.line, low.line) == ("81% accuracy, in All of a (2024)", "80% accuracy, in 2 papers")
    assert (low.score, low.details["value"], low.reasons[0].text) == (0.9, 80, "80% accuracy on GLUE")
    assert [source.paper_id for source in low.reasons[0].papers] == ["paper/p", "paper/a"]


def test_a_paper_is_its_unnamed_method() -> None:
    """The title of a paper that is the answer is not said twice."""
    own = row("p", 1.5, "points", "zorkiness", answer_id="paper/p", answer_name="All of p", paper_year=None)

    [answer] = fold(get_query("leaderboard"), [own], "GLUE")

    assert (answer.name, answer.line) == ("unnamed method of All of p", "1.5 points zorkiness")
    assert answer.heading == "zorkiness, highest first (whether that is better is not known)"
