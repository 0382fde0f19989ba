"""Rows into answers of other shapes: lineages and paths."""

from __future__ import annotations

from typing import Any

from kg.query import FOLDS, catalogue, fold, get_query


def row(via: str, answer: str, *, paper: str = "p", confidence: float = 0.5, **more: Any) -> dict[str, Any]:
    return {
        "answer_id": f"method/{answer}", "answer_name": answer.upper(), "answer_kind": "Method",
        "via_id": via and f"method/{via}", "via_name": via.upper(), "paper_id": f"paper/{paper}", "paper_title": paper,
        "paper_year": None, "paper_by": None, "statement": f"{via}{answer}{paper}", "sentence": f"{via} {answer}.",
        "confidence": confidence, **more,
    }  # fmt: skip


def lineage(*rows: dict[str, Any]) -> list[tuple[str, float, Any, str]]:
    answers = fold(get_query("builds-on"), [{"reason": "successor", **own} for own in rows], "X")
    return [(answer.name, answer.score, answer.details["steps"], answer.line) for answer in answers]


def test_every_query_has_a_shape_and_every_shape_a_query() -> None:
    """The table of shapes holds what the catalogue names, and nothing else."""
    assert {query.shape for query in catalogue()} == set(FOLDS)


def test_each_thing_of_a_lineage_stands_at_its_fewest_steps() -> None:
    """A thing that is reached in one step and in two is one step away; its score is its surest way's."""
    found = lineage(
        row("", "a", confidence=0.8), row("", "b", confidence=0.5), row("a", "b"), row("b", "c"), row("a", "c")
    )

    assert found == [
        ("A", 0.8, 1, "builds on X, in 1 paper"),
        ("B", 0.5, 1, "builds on X, in 1 paper"),
        ("C", 0.4, 2, "builds on X in 2 steps, by way of A, B, in 1 paper"),
    ]


def test_a_lineage_goes_round_no_circle() -> None:
    """Things that build on each other are reached once."""
    assert [name for name, *_ in lineage(row("", "a"), row("a", "b"), row("b", "a"))] == ["A", "B"]


def test_a_lineage_has_no_gaps() -> None:
    """Rows that no other rows lead to are left out: their way did not pass the filters."""
    assert lineage(row("a", "b"), row("b", "c")) == []


def test_a_lineage_ends_after_five_steps() -> None:
    """What is six steps away is no answer."""
    chain = [row("", "a"), *(row(via, answer) for via, answer in zip("abcdef", "bcdefg", strict=True))]

    assert [steps for _, _, steps, _ in lineage(*chain)] == [1, 2, 3, 4, 5]


def test_both_directions_of_a_lineage_stand_apart() -> None:
    """What a thing builds on comes before what builds on it."""
    rows = [{"reason": "successor", **row("", "a")}, {"reason": "predecessor", **row("", "b")}]

    assert [(a.name, a.line) for a in fold(get_query("builds-on"), rows, "X")] == [
        ("B", "X builds on it, in 1 paper"),
        ("A", "builds on X, in 1 paper"),
    ]


def step(length: int, step: int, via: str, answer: str, *, forward: bool = True, **more: Any) -> dict[str, Any]:
    return row(via, answer, length=length, step=step, forward=forward, **{"reason": "builds-on", **more})


def test_only_the_shortest_paths_are_answers() -> None:
    """A path of three edges is none where there is one of two; a chain that breaks off is no path."""
    rows = [
        step(2, 1, "x", "a"), step(2, 2, "a", "y", forward=False), step(2, 1, "x", "b"),
        step(3, 1, "x", "c"), step(3, 2, "c", "d"), step(3, 3, "d", "y"),
    ]  # fmt: skip

    found = fold(get_query("path-between"), rows, "X", "Y")

    assert [(a.name, a.line, a.score, a.details) for a in found] == [
        ("X – A – Y", "X builds on A; Y builds on A", 0.25, {"length": 2})
    ]


def test_a_step_says_all_that_is_stated_there() -> None:
    """Kinds and directions are reasons of their own, papers that say the same are one."""
    rows = [
        step(1, 1, "x", "y"), step(1, 1, "x", "y", paper="q", confidence=0.9), step(1, 1, "x", "y", forward=False),
        step(1, 1, "x", "y", reason="improves-on", paper="q"),
    ]  # fmt: skip

    [path] = fold(get_query("path-between"), rows, "X", "Y")

    assert [(reason.text, len(reason.papers)) for reason in path.reasons] == [
        ("X is said to improve on Y", 1),
        ("X builds on Y", 2),
        ("Y builds on X", 1),
    ]
    assert path.score == 0.95
