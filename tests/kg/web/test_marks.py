"""Marks in a text, and how much of it is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.query.places import Text
from kg.web.excerpts import Excerpt, excerpts
from kg.web.marks import Span, runs

SPANS = st.lists(
    st.builds(Span, st.integers(0, 40), st.integers(0, 40), st.integers(0, 3), st.sampled_from(["", "a", "b"]))
)


def _words(found: Excerpt) -> str:
    return "".join(piece.text for run in found.runs for piece in run.pieces)


@given(st.text(max_size=40), SPANS)
def test_marks_may_overlap(text: str, spans: list[Span]) -> None:
    """The pieces joined are the text, and each place bears the marks whose span holds it."""
    found = runs(text, 0, len(text), spans)

    letters = [(letter, run.numbers) for run in found for piece in run.pieces for letter in piece.text]
    assert letters == [
        (letter, tuple(sorted({s.number for s in spans if s.number and s.start <= at < s.end})))
        for at, letter in enumerate(text)
    ]


def test_a_mark_begins_once() -> None:
    """The number of a sentence stands where the sentence begins, although another cuts it."""
    found = runs("one two three", 0, 13, [Span(0, 13, 1), Span(4, 7, 2)])

    assert [(run.numbers, run.beginning) for run in found] == [((1,), (1,)), ((1, 2), (2,)), ((1,), ())]


def test_of_names_within_names_the_longest_counts() -> None:
    """A name in a longer one is not marked for itself."""
    found = runs("QLoRA", 0, 5, [Span(0, 5, target="method/qlora"), Span(1, 5, target="method/lora")])

    assert [(piece.text, piece.target) for run in found for piece in run.pieces] == [
        ("Q", "method/qlora"),
        ("LoRA", "method/qlora"),
    ]


def _text(abstract: str, section: str = "") -> Text:
    whole = f"A title\n{abstract}" + (f"\nMethod\n{section}" if section else "")
    return Text("document/1", "paper/1", whole, 7, 8 + len(abstract), None)


def test_an_abstract_is_shown_whole() -> None:
    """The words around a sentence of the abstract are the abstract."""
    text = _text("We try. It works. We rest.")

    (found,) = excerpts(text, [Span(16, 25, 1)])

    assert (_words(found), found.cut_before, found.cut_after) == ("We try. It works. We rest.", False, False)
    assert [_words(Excerpt((run,), False, False)) for run in found.runs if run.numbers] == ["It works."]


def test_a_title_that_says_something_is_shown_too() -> None:
    """Evidence in the title brings the title."""
    (found,) = excerpts(_text("We try."), [Span(0, 7, 1)])

    assert _words(found) == "A title\nWe try."


def test_of_a_section_the_words_around_are_shown() -> None:
    """A sentence outside the abstract comes with what is near it in its paragraph, cut between words."""
    section = f"{'before ' * 200}It works. {'after ' * 200}end"
    text = _text("We try.", section)
    start = text.text.index("It works.")

    (found,) = excerpts(text, [Span(start, start + 9, 1)])

    assert (found.cut_before, found.cut_after) == (True, True)
    assert set(_words(found).split()) == {"before", "It", "works.", "after"}
    assert 900 < len(_words(found)) < 1100


def test_without_evidence_a_long_abstract_is_cut() -> None:
    """An abstract of any length is shown from its beginning, up to 6,000 characters."""
    (found,) = excerpts(_text("word " * 5000), [])

    assert (len(_words(found)), found.cut_after) == (6000, True)
