"""The words of a text as the index of words has them."""

from __future__ import annotations

import pytest

from kg.query.tokens import tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ResNet50", ["resnet", "50"]),
        ("LLaMA-2-7B", ["llama", "2", "7", "b"]),
        ("Adapters for GPUs, boss", ["adapter", "for", "gpu", "boss"]),
        ("C++ / C#", ["c", "+", "+", "c", "#"]),
        ("naïve nai\u0308ve NAÏVE", ["naive", "naive", "naive"]),
        ("ε-greedy $\\epsilon$-greedy epsilon greedy", ["epsilon", "greedy"] * 3),
        ("\\textbf{fast} λ", ["fast", "lambda"]),
        ("αβ", ["αβ"]),
        ("Ａ１００ ①", ["a", "100", "1"]),
        ("3.5 10,000", ["3.5", "10", "000"]),
        ("图神经网络 GNN", ["图", "神", "经", "网", "络", "gnn"]),
        ("ガン", ["カ", "ン"]),
        ("🦙 Tuner 👩\u200d🔬", ["🦙", "tuner", "👩", "🔬"]),
        ("\ud800 \x00 – … '", []),
        ("OR AND NEAR(", ["or", "and", "near"]),
    ],
)
def test_words_have_one_form(text: str, expected: list[str]) -> None:
    """Case, accents, widths and number fall away; signs and pictures stay; scripts without spaces part."""
    assert words(text) == expected


def test_tokens_say_where_their_words_stand() -> None:
    """Each word leads back to the characters that it came from."""
    text = "The naïve ε-greedy rule of 图 in Ａ１００s"

    assert [(token.text, text[token.start : token.end]) for token in tokens(text)] == [
        ("the", "The"),
        ("naive", "naïve"),
        ("epsilon", "ε"),
        ("greedy", "greedy"),
        ("rule", "rule"),
        ("of", "of"),
        ("图", "图"),
        ("in", "in"),
        ("a", "Ａ"),
        ("100", "１００"),
        ("s", "s"),
    ]


def test_a_word_has_an_end() -> None:
    """Of a word without end the beginning counts."""
    assert words("a" * 100_000) == ["a" * 64]
