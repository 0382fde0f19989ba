"""Short forms and what they stand for, by the letters (Schwartz and Hearst, A simple algorithm for identifying
abbreviation definitions in biomedical text, PSB 2003).

Read are `long form (SF)`, `SF (long form)`, `long form, or SF,` and a title that opens `SF: long form`. A bracket is
followed for at most `REACH` tokens, so the work is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from loaders.extract.tokens import Token, is_word

REACH = 14
_LONGEST_SHORT_FORM = 14
_PART = re.compile(r"[^\W_]+")
_SMALL = frozenset({"of", "for", "and", "the", "in", "on", "to", "with", "a", "by", "via", "from"})


class Acronym(NamedTuple):
    """A short form and its long form, each with its place in the text."""

    short_start: int
    short_end: int
    long_start: int
    long_end: int


def is_short_form(text: str) -> bool:
    """Whether a word may be a short form: 2 to 14 characters, a capital among them, a letter or digit first."""
    bare = text[:-1] if text.endswith("s") else text
    return (
        2 <= len(text) <= _LONGEST_SHORT_FORM
        and text[0].isalnum()
        and any(c.isupper() for c in bare)
        and not bare[1:].islower()
    )


def _initials_start(letters: Sequence[str], long: str) -> int | None:
    """Where the last words begin whose initials are the letters; small words between them do not count."""
    parts = list(_PART.finditer(long))
    at, need = len(parts), len(letters)
    while at and need:
        at -= 1
        if parts[at][0][0] == letters[need - 1]:
            need -= 1
        elif parts[at][0] not in _SMALL or need == len(letters):
            return None
    return parts[at].start() if parts and not need else None


def long_form_start(short: str, long: str) -> int | None:
    """The offset in `long` at which the long form of `short` begins; None where the letters do not match.

    The initials of the last words are tried first; else the letters of the short form are sought from the right, and
    the first of them must begin a word.
    """
    letters = [c.casefold() for c in short if c.isalnum()]
    text = long.casefold()
    if len(text) != len(long):
        return None
    if (at := _initials_start(letters, text)) is not None:
        return at
    at = len(text)
    for index in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and (text[at] != letters[index] or (index == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
    return at


def _fits(short: str, long: str) -> bool:
    """Whether a long form is more than the short form again: longer, and of several words or parts."""
    parts = [part for part in long.replace("-", " ").split() if part]
    return len(long) > len(short) + 2 and len(parts) > 1 and len(parts) <= min(len(short) + 5, 2 * len(short))


def _before(text: str, tokens: Sequence[Token], at: int, short: Token) -> Acronym | None:
    """The long form that ends before token `at`, for a short form after it."""
    bare = short.text[:-1] if short.text.endswith("s") and short.text[:-1].isupper() else short.text
    first = max(0, at - min(len(bare) + 5, 2 * len(bare), REACH))
    for back in range(at - 1, first - 1, -1):
        if not (is_word(tokens[back]) or tokens[back].text in "-–'’&/,"):
            first = back + 1
            break
    if first >= at or not is_word(tokens[at - 1]):
        return None
    begin = tokens[first].start
    offset = long_form_start(bare, text[begin : tokens[at - 1].end])
    if offset is None or not _fits(bare, text[begin + offset : tokens[at - 1].end]):
        return None
    return Acronym(short.start, short.end, begin + offset, tokens[at - 1].end)


def _after(text: str, tokens: Sequence[Token], short: Token, first: int, end: int) -> Acronym | None:
    """The long form in `tokens[first:end]`, for a short form before it."""
    begin = tokens[first].start
    letters = short.text[:-1] if short.text.endswith("s") else short.text
    last = min(end, first + REACH)
    for stop in range(last, first, -1):
        long = text[begin : tokens[stop - 1].end]
        if is_word(tokens[stop - 1]) and _fits(letters, long) and long_form_start(letters, long) == 0:
            return Acronym(short.start, short.end, begin, tokens[stop - 1].end)
    return None


def _shortest_after(text: str, tokens: Sequence[Token], short: Token, first: int) -> Acronym | None:
    """As `_after` with the end open: the words whose initials fit, else the shortest run of words that fits."""
    begin = tokens[first].start
    letters = [c.casefold() for c in short.text if c.isalnum()]
    shortest = None
    for stop in range(first + 1, min(len(tokens), first + REACH) + 1):
        if not (is_word(tokens[stop - 1]) or tokens[stop - 1].text in "-–&"):
            break
        long = text[begin : tokens[stop - 1].end]
        found = Acronym(short.start, short.end, begin, tokens[stop - 1].end)
        if _fits(short.text, long) and _initials_start(letters, long.casefold()) == 0:
            return found
        if not shortest and _fits(short.text, long) and long_form_start(short.text, long) == 0:
            shortest = found
    return shortest


def _bracket_end(tokens: Sequence[Token], at: int) -> int | None:
    for index in range(at + 1, min(len(tokens), at + REACH)):
        if tokens[index].text in "()":
            return index if tokens[index].text == ")" else None
    return None


def find_acronyms(text: str, tokens: Sequence[Token], *, title: bool) -> Iterator[Acronym]:
    """The acronyms that a sentence's tokens define; `title` says that it is the title."""
    for at, token in enumerate(tokens):
        if token.text == "(":
            found = _in_bracket(text, tokens, at)
        elif token.lower == "or" and 1 < at < len(tokens) - 1 and tokens[at - 1].text == ",":
            found = _before(text, tokens, at - 1, tokens[at + 1]) if is_short_form(tokens[at + 1].text) else None
        else:
            found = _spelled_out(text, tokens) if title and at == 1 else None
        if found:
            yield found


def _in_bracket(text: str, tokens: Sequence[Token], at: int) -> Acronym | None:
    """The acronym that the bracket at a token defines with the words before it."""
    end = _bracket_end(tokens, at) if at else None
    inner = [token for token in tokens[at + 1 : end] if is_word(token)] if end else []
    if not end or not inner:
        return None
    if is_short_form(inner[0].text) and (end == at + 2 or tokens[at + 2].text in ",;"):
        return _before(text, tokens, at, inner[0])
    if len(inner) > 1 and is_short_form(tokens[at - 1].text) and is_word(tokens[at + 1]):
        return _after(text, tokens, tokens[at - 1], at + 1, end)
    return None


def _spelled_out(text: str, tokens: Sequence[Token]) -> Acronym | None:
    """The acronym of a title `SF: long form`."""
    if len(tokens) > 2 and tokens[1].text in ":-–—" and is_short_form(tokens[0].text) and is_word(tokens[2]):
        return _shortest_after(text, tokens, tokens[0], 2)
    return None
