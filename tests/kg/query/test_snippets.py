"""The part of a text that shows the words of a question."""

from __future__ import annotations

import pytest

from kg.query.snippets import occurrences, snippet
from kg.query.terms import Phrase, Term

FOX = Term("fox", ("fox",), (Phrase(("fox",)),))
LOW_RANK = Term("low-rank", ("low", "rank"), (Phrase(("low", "rank")), Phrase(("lowrank",))))
BEGUN = Term("jum", ("jum",), (Phrase(("jum",), open_ended=True),))
UNKNOWN = Term("x", ("x",), ())


def _shown(text: str, *terms: Term) -> tuple[str, list[str]]:
    """The snippet, and the words that stand in it."""
    shown, spans = snippet(text, occurrences(text, terms))
    return shown, [shown[start:end] for start, end in spans]


def test_a_short_text_is_shown_whole() -> None:
    """Each word is marked where it stands, in any spelling and wherever it begins so."""
    text = "A Low–Rank FOX jumps over lowrank foxes; lower ranks."

    assert _shown(text, FOX, LOW_RANK, BEGUN, UNKNOWN) == (text, ["Low–Rank", "FOX", "jumps", "lowrank"])


def test_words_that_touch_are_one() -> None:
    """Overlapping and adjacent occurrences are marked once."""
    assert snippet(
        "图神经网络", occurrences("图神经网络", [Term("", (), (Phrase(("图", "神")), Phrase(("神", "经"))))])
    ) == (
        "图神经网络",
        ((0, 3),),
    )


def test_of_a_long_text_the_part_with_most_words_is_shown() -> None:
    """The part begins and ends between words, and says that there is more."""
    text = "fox " + "and so on " * 50 + "a fox of low rank " + "and so on " * 50

    shown, marked = _shown(text, FOX, LOW_RANK)

    assert marked == ["fox", "low rank"]
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert 150 < len(shown) <= 202
    assert set(shown.strip("…").split()) == {"and", "so", "on", "a", "fox", "of", "low", "rank"}


@pytest.mark.parametrize("text", ["x" * 100_000, "fox" * 100_000, "图" * 100_000, " " * 100_000, "fox " * 100_000, ""])
def test_no_snippet_is_long(text: str) -> None:
    """Whatever a text holds, the part that is shown is short."""
    shown, _ = _shown(text, FOX, Term("", (), (Phrase(("x" * 64,)), Phrase(("图",)))))

    assert len(shown) <= 202
