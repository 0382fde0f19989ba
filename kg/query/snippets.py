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
_PLACES = 200
"""Places of words, from the beginning of a text, among which the best part is looked for."""


class Place(NamedTuple):
    """A word of the question in a text; `term` is its number."""

    start: int
    end: int
    term: int


def places(text: str, terms: Sequence[Term]) -> list[Place]:
    """Where the terms stand in a text, in its order."""
    found = list(tokens(text))
    forms = [token.text for token in found]
    return [
        Place(found[at].start, found[at + len(phrase.words) - 1].end, number)
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


def snippet(text: str, found: Sequence[Place]) -> tuple[str, tuple[Span, ...]]:
    """The part of a text that shows most of the words, cut between words, and where they stand in it."""
    start, end = _window(text, found[:_PLACES])
    lead, tail = "…" if start else "", "…" if end < len(text) else ""
    shift = len(lead) - start
    spans = [(place.start + shift, place.end + shift) for place in found if start <= place.start and place.end <= end]
    return f"{lead}{text[start:end]}{tail}", _joined(spans)


def _window(text: str, found: Sequence[Place]) -> Span:
    """Where the part to be shown begins and ends: at spaces, unless a word is longer than it may be."""
    if len(text) <= _WIDTH:
        return 0, len(text)
    best = max(found, key=lambda first: (_shown(found, first), -first.start), default=Place(0, 0, 0))
    start = max(0, min(best.start - _BEFORE, len(text) - _WIDTH))
    if start:
        start = text.find(" ", start, best.start) + 1 or best.start
    end = min(start + _WIDTH, len(text))
    if end < len(text):
        end = max(text.rfind(" ", best.end, end), min(best.end, end))
    return start, end


def _shown(found: Sequence[Place], first: Place) -> int:
    """How many of the words a snippet shows that begins before a place."""
    last = first.start + _WIDTH - _BEFORE
    return len({place.term for place in found if place.start >= first.start and place.end <= last})


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans that touch or overlap as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


__all__ = ["Place", "Span", "places", "snippet"]
