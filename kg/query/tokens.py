r"""The words of a text as the index of words has them: in one form whatever their case, accents and script.

Letters and digits part (`ResNet50` is `resnet 50`), `+ # * @ &` and pictures are words, and so is each character of a
script without spaces. A Greek letter is its name, so that ε, `$\epsilon$` and epsilon are one word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

SIGNS = "+#*@&"
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    r"\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # kana and Han
)
_ACCENTS = r"[\u0300-\u036f]"
_PICTURES = r"\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_TOKEN = re.compile(
    rf"\\[A-Za-z]+|\d+(?:\.\d+)*|[{_UNSPACED}]|(?:[^\W\d_{_UNSPACED}]++{_ACCENTS}*+)++|[{re.escape(SIGNS)}{_PICTURES}]"
)
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}]")
_GREEK = {letter: unicodedata.name(letter).split()[-1].lower() for letter in "αβγδεζηθικμνξοπρστυφχψω"} | {
    "λ": "lambda"
}
_LONGEST = 64
"""Characters of a word that count."""


class Token(NamedTuple):
    """A word in its form for the index; it is written at `start:end` of the text."""

    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in their order.

    >>> [token.text for token in tokens("QLoRA's ε-greedy (2+1)D Adapters, naïve 4-bit C++ 🦙")]
    ['qlora', 's', 'epsilon', 'greedy', '2', '+', '1', 'd', 'adapter', 'naive', '4', 'bit', 'c', '+', '+', '🦙']
    """
    for found in _TOKEN.finditer(text):
        for form in _forms(found[0]):
            yield Token(form, found.start(), found.end())


def words(text: str) -> list[str]:
    """The words of a text without their places."""
    return [form for found in _TOKEN.finditer(text) for form in _forms(found[0])]


def is_unspaced(word: str) -> bool:
    """Whether a word is a character of a script without spaces."""
    return bool(_UNSPACED_CHARACTER.match(word))


@lru_cache(maxsize=200_000)
def _forms(written: str) -> tuple[str, ...]:
    """The words that a run of characters stands for: one, or several for such as ㎏ or Ａ１００; none for a LaTeX command."""
    if written[0] == "\\":
        letter = written[1:].lower().removeprefix("var")
        return (letter,) if letter in _GREEK.values() else ()
    if written.isascii():
        return (_singular(written.lower()[:_LONGEST]),)
    plain = unicodedata.normalize("NFKC", written).casefold()
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    plain = unicodedata.normalize("NFKC", plain)
    return tuple(
        _singular(_GREEK.get(form, form)[:_LONGEST]) for form in (found[0] for found in _TOKEN.finditer(plain))
    )


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
