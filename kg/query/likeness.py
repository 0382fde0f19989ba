"""How alike a question and a question form are, by their words alone.

Words say the same that have one stem, or that `words.tsv` lists for each other. A word counts the more the fewer queries
have it; what no form has speaks against each of them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from kg.query.catalogue import catalogue
from kg.query.forms import PLACEHOLDER, stem, synonyms
from kg.query.terms import small_words

_UNKNOWN = 1.5
"""What a word of a question counts that no form has."""
_ALIKE = 0.8
"""How much a word counts that says the same as a form's word; none counts more than it would as a form's own."""
_LONGEST = 4
_LITTLE = 0.5
"""What a small word counts at most."""
_NOUNS = frozenset(map(stem, ("datasets", "hardware", "methods", "metrics", "papers", "tasks")))
"""The sorts of things that are asked for."""
_OTHER = 0.7
"""By what a form is less alike that asks for another sort of thing."""
_NOUN = 1.5
"""What a word for one of them counts at least."""


def likeness(form: str, words: Sequence[str]) -> float:
    """The harmonic mean of how much of a form's words a question has, and of the question's words the form: 0..1.

    It is less where the form asks for one sort of thing and the question for another.
    """
    own, asked = _keys(form), _said(words)
    found: dict[str, float] = defaultdict(float)
    said = meant = 0.0
    for keys in asked:
        hits = {key: weight for key, weight in keys.items() if key in own}
        said += max((hits or keys).values(), default=_UNKNOWN)
        meant += max(hits.values(), default=0.0)
        for key, weight in hits.items():
            found[key] = max(found[key], weight)
    whole = sum(_weights()[key] for key in own)
    covered = sum(found.values())
    wanted = {key for keys in asked for key in keys} & _NOUNS
    other = _OTHER if wanted and own & _NOUNS and not wanted & own else 1.0
    return other * 2 * covered * meant / (covered * said + meant * whole) if covered else 0.0


def is_cue(words: str) -> bool:
    """Whether words say what is asked, and so name nothing."""
    return words.casefold() in _phrases() or stem(words.casefold()) in _weights()


@cache
def _keys(form: str) -> frozenset[str]:
    """The stems of a form's own words."""
    return frozenset(stem(part.casefold()) for part in form.rstrip("?").split() if not PLACEHOLDER.match(part))


@cache
def _weights() -> Mapping[str, float]:
    """How much each stem of the forms tells, by the number of queries that have it."""
    having: dict[str, set[str]] = defaultdict(set)
    for query in catalogue():
        for form in query.forms:
            for key in _keys(form.words):
                having[key].add(query.name)
    telling = {key: math.log((len(catalogue()) + 1) / len(names)) for key, names in having.items()}
    little = {key: min(telling[key], _LITTLE) for key in telling if key in small_words()}
    return telling | little | {key: max(telling[key], _NOUN) for key in _NOUNS}


@cache
def _phrases() -> Mapping[str, frozenset[str]]:
    """The stems of the forms' words that each word or phrase of the table may stand for; none for what says nothing."""
    found: dict[str, set[str]] = defaultdict(set)
    for word, phrases in synonyms().items():
        for phrase in map(str.casefold, phrases):
            for spelt in {phrase, phrase if " " in phrase else stem(phrase)}:
                found[spelt] |= {stem(word.casefold())} & _weights().keys()
    return {phrase: frozenset(keys) for phrase, keys in found.items()}


def _said(words: Sequence[str]) -> list[Mapping[str, float]]:
    """What each word or phrase of a question may say; what says nothing is left out."""
    found: list[Mapping[str, float]] = []
    at = 0
    while at < len(words):
        size = next((n for n in range(_LONGEST, 1, -1) if " ".join(words[at : at + n]).casefold() in _phrases()), 1)
        text = " ".join(words[at : at + size]).casefold()
        keys = _meanings(text)
        if keys or not (text in small_words() or text in _phrases()):
            found.append(keys)
        at += size
    return found


@cache
def _meanings(text: str) -> Mapping[str, float]:
    """The stems of the forms' words that a word or phrase may stand for, with how much that counts."""
    weights, own = _weights(), stem(text)
    alike = _phrases().get(text, _phrases().get(own, ()))
    found = {key: _ALIKE * min(weights[key], weights.get(own, weights[key])) for key in alike}
    return found | ({own: weights[own]} if own in weights else {})


__all__ = ["is_cue", "likeness"]
