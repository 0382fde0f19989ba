"""Which short forms stand for which long forms."""

import pytest

from loaders.extract.acronyms import find_acronyms
from loaders.extract.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We use sparse gate pruning (SGP) here.", [("SGP", "sparse gate pruning")]),
        ("We use SGP (sparse gate pruning) here.", [("SGP", "sparse gate pruning")]),
        ("We use tall quiet trees (TQTs) here.", [("TQTs", "tall quiet trees")]),
        ("A novel test-time adaptation (TTA) scheme.", [("TTA", "test-time adaptation")]),
        ("We call it Mixture of Quiet Experts, or MoQE, for short.", [("MoQE", "Mixture of Quiet Experts")]),
        ("It is LeafNet (see Section 3).", []),
        ("It gains much (p < 0.05) here.", []),
        ("Values (A) and (B) differ.", []),
        ("An empty bracket () is nothing.", []),
        ("The proximal leaf optimization (PLO; 2020) works.", [("PLO", "proximal leaf optimization")]),
    ],
)
def test_acronyms_are_found_in_both_directions(text: str, expected: list[tuple[str, str]]) -> None:
    """A bracket may hold the short form or the long one, in the plural too; other brackets define nothing."""
    found = find_acronyms(text, tokenize(text, 0, len(text)), title=False)

    assert [(text[a.short_start : a.short_end], text[a.long_start : a.long_end]) for a in found] == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("SQT: Small Quiet Trees for All", [("SQT", "Small Quiet Trees")]),
        ("SQT: A study of something else", []),
    ],
)
def test_a_title_may_spell_out_its_first_word(title: str, expected: list[tuple[str, str]]) -> None:
    """`SF: long form` in a title defines an acronym where the letters fit."""
    found = find_acronyms(title, tokenize(title, 0, len(title)), title=True)

    assert [(title[a.short_start : a.short_end], title[a.long_start : a.long_end]) for a in found] == expected
