"""Claims as answers: their order, and what is said of each."""

from __future__ import annotations

from typing import Any

from kg.query import fold, get_query


def row(id: str, reason: str, value: float | None = None, unit: str | None = None, **more: Any) -> dict[str, Any]:
    """A claim as the query gives it."""
    return {
        "answer_id": f"claim/{id}", "answer_name": "DoRA", "answer_kind": "Claim", "reason": reason, "via_id": "method/dora",
        "claim": "efficiency", "value": value, "value_max": None, "unit": unit, "metric": None, "dataset": None,
        "comparator": None, "paper_id": "paper/p", "paper_title": "P", "paper_year": None, "paper_by": None,
        "statement": f"claim/{id}", "sentence": f"{id} says so.", "confidence": 0.5,
    } | more  # fmt: skip


def test_claims_come_by_side_and_by_size() -> None:
    """For before against before neither; of one reason the numbers of the commonest unit first, largest first."""
    rows = [
        row("a", "finding", 900), row("b", "faster-rival"), row("c", "faster-rival", confidence=0.9),
        row("d", "faster-rival", 90, "%"), row("e", "faster-rival", 2, "x"), row("f", "faster-rival", 1, "x", value_max=3),
        row("g", "limitation"), row("h", "score", 1), row("i", "better"),
    ]  # fmt: skip

    answers = fold(get_query("claims-about"), rows, "LoRA")

    assert "".join(answer.id[-1] for answer in answers) == "ihgfedcba"
    assert [answer.heading for answer in answers] == [
        *["what speaks for LoRA"] * 2,
        *["what speaks against LoRA"] * 6,
        "what is said of LoRA neither for nor against it",
    ]


def test_a_claim_in_words() -> None:
    """Number, metric, dataset and comparator are named; what was asked about is not named again."""
    rows = [
        row("a", "faster-rival", 3, "x", metric="latency", dataset="GLUE", comparator="LoRA"),
        row("b", "equal", claim="parity", metric="accuracy", comparator="full tuning"),
        row("c", "limitation", claim="limitation", metric="memory", answer_name="LoRA", via_id="method/lora"),
        row("d", "limitation", 5, "GB", claim="limitation", metric="memory", comparator="Adam"),
        row("e", "better", via_id="paper/p", answer_name="P"),
        row("f", "state-of-the-art", 90, "%", claim="sota", dataset="GLUE", comparator="SOTA"),
    ]

    said = {a.id[-1]: (a.name, a.line) for a in fold(get_query("claims-about"), rows, "LoRA")}

    assert said == {
        "a": ("DoRA", "is said to be faster than LoRA: 3x latency, on GLUE"),
        "b": ("DoRA", "is said to be on par: accuracy, with full tuning"),
        "c": ("LoRA", "is said to fall short"),
        "d": ("DoRA", "is said to fall short: 5 GB memory, against Adam"),
        "e": ("unnamed method of P", "is said to be better"),
        "f": ("DoRA", "is said to be state of the art: 90%, on GLUE"),
    }


def test_what_several_documents_of_a_paper_say_alike_is_one_claim() -> None:
    """Same paper, same sentence, same claim: one answer with both ids, the surest first."""
    twice = [row("a", "better", sentence="S."), row("b", "better", sentence="S.", confidence=0.7)]
    elsewhere = row("c", "better", sentence="S.", paper_id="paper/q")

    both, other = fold(get_query("claims-about"), [*twice, elsewhere], "LoRA")

    assert (both.id, both.score, [s.statement for s in both.reasons[0].papers]) == (
        "claim/b",
        0.7,
        ["claim/b", "claim/a"],
    )
    assert other.id == "claim/c"
