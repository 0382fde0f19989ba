"""How text is cut into words."""

import pytest

from loaders.extract.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPT-3.5 wins", ["GPT-3.5", "wins"]),
        ("C++ code", ["C++", "code"]),
        ("BERT's head", ["BERT", "'s", "head"]),
        ("a LoRA-based tuner", ["a", "LoRA", "-based", "tuner"]),
        ("well-based tuner", ["well-based", "tuner"]),
        ("on A/B (x)", ["on", "A", "/", "B", "(", "x", ")"]),
        ("86.2% better", ["86.2", "%", "better"]),
        ("10,000-sample sets, 5,6", ["10,000-sample", "sets", ",", "5", ",", "6"]),
        ("a (2+1)D net (2+1)", ["a", "(2+1)D", "net", "(", "2+1", ")"]),
        ("😀Net 😀", ["😀Net", "😀"]),
        ("日本語 text", ["日本語", "text"]),
    ],
)
def test_words_keep_inner_signs_and_lose_suffixes(text: str, expected: list[str]) -> None:
    """A word keeps hyphens, dots and plus signs inside; possessives and suffixes of names stand apart."""
    found = tokenize(text, 0, len(text))

    assert [token.text for token in found] == expected
    assert all(text[token.start : token.end] == token.text for token in found)
