"""Where the words of a question stand in a text, and the part of the text that shows most of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.query.terms import Phrase, Term
from kg.query.tokens import tokens

Span = tuple[int, int]
"""Where something begins and ends, in code points."""

_WIDTH = 200
"""Characters of a snippet: about two lines of a terminal."""
_BEFORE = 60
"""Characters before the first word shown, at most."""
_OCCURRENCES = 200
"""Occurrences of words, from the beginning of a text, among which the best part is looked for."""


class Occurrence(NamedTuple):
    """A word of the question in a text; `term` is its number."""

    start: int
    end: int
    term: int


def occurrences(text: str, terms: Sequence[Term]) -> list[Occurrence]:
    """Where the terms stand in a text, in its order."""
    found = list(tokens(text))
    forms = [token.text for token in found]
    return [
        Occurrence(found[at].start, found[at + len(phrase.words) - 1].end, number)
        for at in range(len(found))
        for number, term in enumerate(terms)
        for phrase in term.phrases
        if _stands(forms, at, phrase)
    ]


def _stands(forms: Sequence[str], at: int, phrase: Phrase) -> bool:
    *before, last = phrase.words
    end = at + len(before)
    if end >= len(forms) or list(forms[at:end]) != before:
        return False
    return forms[end].startswith(last) if phrase.open_ended else forms[end] == last


def snippet(text: str, found: Sequence[Occurrence]) -> tuple[str, tuple[Span, ...]]:
    """The part of a text that shows most of the words, cut between words, and where they stand in it."""
    start, end = _window(text, found[:_OCCURRENCES])
    lead, tail = "…" if start else "", "…" if end < len(text) else ""
    shift = len(lead) - start
    spans = [(one.start + shift, one.end + shift) for one in found if start <= one.start and one.end <= end]
    return f"{lead}{text[start:end]}{tail}", _joined(spans)


def _window(text: str, found: Sequence[Occurrence]) -> Span:
    """Where the part to be shown begins and ends: at spaces, unless a word is longer than it may be."""
    if len(text) <= _WIDTH:
        return 0, len(text)
    best = max(found, key=lambda first: (_shown(found, first), -first.start), default=Occurrence(0, 0, 0))
    start = max(0, min(best.start - _BEFORE, len(text) - _WIDTH))
    if start:
        start = text.find(" ", start, best.start) + 1 or best.start
    end = min(start + _WIDTH, len(text))
    if end < len(text):
        end = max(text.rfind(" ", best.end, end), min(best.end, end))
    return start, end


def _shown(found: Sequence[Occurrence], first: Occurrence) -> int:
    """How many of the words a snippet shows that begins before one of them."""
    last = first.start + _WIDTH - _BEFORE
    return len({one.term for one in found if one.start >= first.start and one.end <= last})


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans that touch or overlap as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


__all__ = ["Occurrence", "Span", "occurrences", "snippet"]
