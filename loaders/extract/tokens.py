"""The words of a document with their places.

A word keeps its inner hyphens, dots and signs (`GPT-3.5`, `C++`, `10,000`), the brackets of `(2+1)D` and a picture
before it (`🦙LLaMA`); a possessive ending and a suffix that is no part of a name (`LoRA-based`) stand apart. Every other visible character is a token of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.names import normal_form
from loaders.extract.cues import words

_PICTURE = r"[\u2600-\u27bf\U0001f000-\U0001faff]"
_LETTERS = r"[^\W_]{1,200}+"
_JOINT = r"(?:[-‐‑–.@&+]|['’](?!s\b)|(?<=\d),(?=\d{3}(?!\d)))"
_TOKEN = re.compile(
    rf"{_PICTURE}{{0,9}}\ufe0f?(?:[A-Za-z]?\(\d\+\d\)(?=[A-Z]))?{_LETTERS}(?:{_JOINT}{_LETTERS})*+(?:\+{{1,2}}(?!\w))?"
    r"|['’]s\b|[^\w\s]|_"
)
_SUFFIXES = words("suffixes")


class Token(NamedTuple):
    """`text` stands at `start:end` of the document."""

    text: str
    start: int
    end: int
    lower: str


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`."""
    found = []
    for match in _TOKEN.finditer(text, start, end):
        word, first, last = match[0], match.start(), match.end()
        head, dash, suffix = word.rpartition("-")
        if dash and suffix.lower() in _SUFFIXES and any(c.isupper() for c in head):
            found.append(Token(head, first, first + len(head), head.lower()))
            found.append(Token(word[len(head) :], first + len(head), last, word[len(head) :].lower()))
        else:
            found.append(Token(word, first, last, word.lower()))
    return found


@lru_cache(maxsize=100_000)
def normal_words(word: str) -> tuple[str, ...]:
    """The words of a token's normal form, none of them dropped as a head word.

    >>> normal_words("ResNet-50")
    ('resnet', '50')
    """
    return tuple(normal_form(word, "metric").split())


def is_word(token: Token) -> bool:
    """Whether a token has letters or digits of its own; a sign and the ending `'s` have not."""
    return token.text[0].isalnum() or (len(token.text) > 1 and token.text[-1].isalnum() and token.text[0] not in "'’-")
