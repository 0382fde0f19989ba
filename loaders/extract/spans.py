"""Runs of words that may be names, and the cues that say whether they are, and of what kind.

A candidate is up to `LONGEST` tokens without stop words (`of` and `&` may stand inside), or a name that the lexicon or
the table of terms lists. Its cues are its words, its shape, its neighbours and where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from loaders.extract.cues import stop_words, words
from loaders.extract.tokens import Token, is_word, normal_words

LONGEST = 6
_SUM = re.compile(r"\(\d\+\d\)")
_INSIDE = frozenset({"of", "&", "+"})
_LINKS = frozenset({",", "(", ")", "and", "or"})
_ARTICLES = frozenset({"a", "an", ",", "the"})


@lru_cache(maxsize=50_000)
def shape(text: str) -> str:
    """The kinds of characters in a word, runs as one: `Qwen-7B` → `Aa-9A`; `(2+1)D` looks like `3D`."""
    found = ""
    for char in _SUM.sub("9", text[:40]):
        kind = "A" if char.isupper() else "a" if char.isalpha() else "9" if char.isdigit() else char
        if not found.endswith(kind):
            found += kind
    return found


def is_content(token: Token) -> bool:
    return is_word(token) and (
        token.lower not in stop_words() or (len(token.text) > 1 and token.text[1:] != token.lower[1:])
    )


@dataclass(frozen=True)
class Frame:
    """A sentence's tokens with what the cues look up again and again: `opens[i]` is where the run of names and commas
    begins that ends before token i, `closes[i]` where the one ends that begins at token i."""

    tokens: Sequence[Token]
    lower: Sequence[str]
    content: Sequence[bool]
    opens: Sequence[int]
    closes: Sequence[int]

    def word(self, at: int) -> str:
        return self.lower[at] if 0 <= at < len(self.lower) else "^"


def frame(tokens: Sequence[Token]) -> Frame:
    """The frame of a sentence."""
    lower = [token.lower for token in tokens]
    content = [is_content(token) for token in tokens]
    linked = [content[at] or lower[at] in _LINKS for at in range(len(tokens))]
    opens = list(range(len(tokens) + 1))
    for at in range(1, len(tokens) + 1):
        opens[at] = opens[at - 1] if linked[at - 1] else at
    closes = list(range(len(tokens) + 1))
    for at in range(len(tokens) - 1, -1, -1):
        closes[at] = closes[at + 1] if linked[at] else at
    return Frame(tokens, lower, content, opens, closes)


def candidates(sentence: Frame) -> Iterator[tuple[int, int]]:
    """The pairs (first, end) of tokens that may be a name."""
    content, lower = sentence.content, sentence.lower
    for first in range(len(lower)):
        if not content[first]:
            continue
        for end in range(first + 1, min(len(lower), first + LONGEST) + 1):
            if content[end - 1]:
                if end - first > 1 or not lower[first].isdigit():
                    yield first, end
            elif lower[end - 1] not in _INSIDE:
                break


@lru_cache(maxsize=50_000)
def inner_cues(text: str) -> tuple[str, ...]:
    """The cues of a word wherever it stands in a candidate."""
    lower = text.lower()
    return ("w=" + lower, *(f"p={part}" for part in lower.split("-") if part != lower))


@lru_cache(maxsize=50_000)
def first_cues(text: str) -> tuple[str, ...]:
    lower = text.lower()
    cues = ["f=" + lower, "fs=" + shape(text)]
    if text != lower:
        cues += ["f3=" + lower[:3], "f4=" + lower[:4]]
    return tuple(cues)


@lru_cache(maxsize=50_000)
def last_cues(text: str) -> tuple[str, ...]:
    lower = text.lower()
    parts = normal_words(text)
    cues = ["l=" + lower, "ls=" + shape(text), "ln=" + (parts[-1] if parts else ""), "l3=" + lower[-3:]]
    if text != lower:
        cues += ["u3=" + lower[-3:], "u4=" + lower[-4:]]
    else:
        cues += ["l4=" + lower[-4:]]
    return tuple(cues)


def left_cues(sentence: Frame, first: int) -> list[str]:
    """The cues before a candidate."""
    one, two, three = (sentence.word(first - back) for back in (1, 2, 3))
    start = sentence.opens[first]
    head, before = sentence.word(start - 1), sentence.word(start - 2)
    cues = [f"a={one}", f"aa={two} {one}", f"a2={two}", f"a3={three}", f"head={before} {head}", f"head1={head}"]
    verbs = words("introducing")
    if not verbs.isdisjoint(sentence.lower[max(0, first - 6) : first]):
        cues.append("introducing")
        if one in _ARTICLES or two in verbs or one in verbs:
            cues.append("introducing near")
    return cues


def right_cues(sentence: Frame, end: int) -> list[str]:
    """The cues after a candidate."""
    one, two = sentence.word(end), sentence.word(end + 1)
    cues = [f"b={one}", f"bb={one} {two}", f"b2={two}"]
    if sentence.closes[end] > end:
        cues.append(f"tail={sentence.word(min(sentence.closes[end], end + 8) - 1)}")
    return cues


class Outline(NamedTuple):
    """What a candidate looks like as a whole; many candidates share one."""

    part: str
    length: int
    capitals: int
    mixed: int
    digits: int
    first: bool
    after: str
    only: str


def outline(tokens: Sequence[Token], first: int, end: int, part: str) -> Outline:
    """The outline of a candidate; `only` is its word if it is one, `after` the sign that follows it in a title."""
    capitals = mixed = digits = 0
    for token in tokens[first:end]:
        capital, inner, digit = _signs(token.text)
        capitals, mixed, digits = capitals + capital, mixed + inner, digits + digit
    after = "" if part != "title" else tokens[end].text if end < len(tokens) else "$"
    only = tokens[first].text if end == first + 1 else ""
    return Outline(part, end - first, capitals, mixed, digits, first == 0, after, only)


@lru_cache(maxsize=50_000)
def _signs(text: str) -> tuple[int, int, int]:
    """1 or 0 each for a capital in front, for capitals after it, for digits."""
    return text[0].isupper(), text[1:] != text[1:].lower(), any(c.isdigit() for c in text)


def whole_cues(whole: Outline) -> list[str]:
    """The cues of a candidate as a whole."""
    part, length, capitals, mixed, digits, first, after, only = whole
    few = min(mixed, 2)
    cues = [
        f"n={length}",
        f"cap={capitals}/{length}",
        f"mix={few}",
        f"dig={min(digits, 2)} {min(mixed, 1)}",
        f"part={part}",
    ]
    if only:
        cues += [f"one={shape(only)}", f"one={only.lower()}", f"one {part} {shape(only)}"]
    if part == "title":
        cues += [f"title {first} {after}", f"titlecap {capitals == length} {length}"]
    else:
        cues.append(f"start {first} {capitals == length} {mixed > 0}")
    return cues
