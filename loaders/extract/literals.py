"""Metrics and comparators that are words rather than names: "accuracy", "baselines", "state-of-the-art methods"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.lexicon import lexicon
from kg.model import EntityKind
from loaders.extract.terms import key
from loaders.extract.tokens import Token, normal_words

_LONGEST = 6
Forms = frozenset[tuple[str, ...]]


class Literal(NamedTuple):
    """Words at `start:end` and the form they stand for."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _metrics() -> Forms:
    entries = [entry for entry in lexicon().entries if entry.kind is EntityKind.METRIC]
    return frozenset(key(form) for entry in entries for form in entry.forms)


@lru_cache(maxsize=1)
def _comparators() -> Forms:
    found = set()
    for row in lexicon().rows("literal_comparators"):
        found |= {key(form) for form in (row["comparator"], *row["variants"].split("|")) if form}
    return frozenset(found)


def _find(tokens: Sequence[Token], forms: Forms) -> tuple[Literal, ...]:
    """The longest listed runs of tokens, left to right."""
    found = []
    at = 0
    firsts = _firsts(forms)
    while at < len(tokens):
        begin = normal_words(tokens[at].text)
        if not begin or begin[0] not in firsts:
            at += 1
            continue
        best = 0
        so_far: tuple[str, ...] = ()
        for end in range(at, min(len(tokens), at + _LONGEST)):
            so_far = (*so_far, *normal_words(tokens[end].text))
            best = end + 1 if so_far in forms else best
        if best:
            run = tokens[at:best]
            found.append(Literal(" ".join(token.text for token in run), run[0].start, run[-1].end))
        at = best or at + 1
    return tuple(found)


@lru_cache(maxsize=4)
def _firsts(forms: Forms) -> frozenset[str]:
    return frozenset(form[0] for form in forms)


def find_metrics(tokens: Sequence[Token]) -> tuple[Literal, ...]:
    """The lexicon's metrics in a sentence."""
    return _find(tokens, _metrics())


def find_literals(tokens: Sequence[Token]) -> tuple[Literal, ...]:
    """The listed literal comparators in a sentence."""
    return _find(tokens, _comparators())
