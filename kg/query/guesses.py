"""A question that has no form: what it may ask, by the things of the graph that it names and by the rest of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from kg.names import FAMILIES
from kg.query.catalogue import Form, Query, catalogue
from kg.query.forms import IS_YEAR, PLACEHOLDER, QUOTED, YEAR
from kg.query.likeness import is_cue, likeness
from kg.query.terms import small_words
from kg.query.words import is_too_long, unquoted
from kg.store import Store

_LEAST = 0.5
"""How alike a form must be to be taken for what was asked."""
_TOKEN = re.compile(rf"{QUOTED}|[^\s]+")
_LONGEST = 8
"""Words of a name at most."""
_MOST = 40
"""Words of a question at most."""


@dataclass(frozen=True)
class Guess:
    """What a question may ask: a form of a query, with the names that stand in it, and how alike the words are."""

    query: Query
    form: Form
    names: Mapping[str, str]
    likeness: float

    @property
    def words(self) -> str:
        """The question as it was understood."""
        asked = PLACEHOLDER.sub(lambda found: self.names[found[1]] + (found[2] or ""), self.form.words)
        return f"{asked} ({self.names[YEAR]})" if YEAR in self.names else asked


@dataclass(frozen=True)
class _Name:
    """Words of a question that name something, the families of what they may name, and whether they look like a name."""

    text: str
    families: frozenset[str]
    sure: bool


def guess(store: Store, words: str) -> Guess | None:
    """What a question asks most probably; None where no form is like it, or what looks like a name is not known.

    Words that look like any others (small letters, no quotes) are taken for no names if nothing asks about all of them.
    """
    tokens = [found for token in _TOKEN.findall(words) if (found := token.strip(",;:?!.-–—"))]
    if len(tokens) > _MOST:
        return None
    if is_too_long(words):
        return None
    names, rest = _names(store, tokens)
    if any(_may_name(token, named=bool(names)) for token in rest if token != tokens[0]):
        return None
    sure = [name for name in names if name.sure]
    unsure = [word for name in names if not name.sure for word in name.text.split()]
    for given, others in [(names, rest), (sure, [*rest, *unsure])]:
        found = max(_guesses(given, others), key=lambda guess: guess.likeness, default=None)
        if found and found.likeness >= _LEAST:
            return found
    return None


def _may_name(token: str, *, named: bool) -> bool:
    """Whether a word looks like a name that the graph lacks; where nothing else is named, any word may that says nothing."""
    written = token != token.lower() or not (named or IS_YEAR.fullmatch(token))
    return written and token.casefold() not in small_words() and not is_cue(token)


def _names(store: Store, tokens: Sequence[str]) -> tuple[list[_Name], list[str]]:
    """The names in a question, the longest ones first to be taken, and the words that are left; both in order."""
    taken: dict[int, _Name | None] = {}
    for size in range(min(_LONGEST, len(tokens)), 0, -1):
        for at in range(len(tokens) - size + 1):
            if not any(place in taken for place in range(at, at + size)):
                name = _name(store, tokens[at : at + size])
                if name:
                    taken |= {at: name} | dict.fromkeys(range(at + 1, at + size))
    names = [name for _, name in sorted(taken.items()) if name]
    return names, [token for at, token in enumerate(tokens) if at not in taken]


def _name(store: Store, tokens: Sequence[str]) -> _Name | None:
    """What words name, if they may be a name: they neither begin nor end with a small word, nor say what is asked."""
    written = " ".join(tokens)
    text = unquoted(written)
    if text == written and (tokens[0] in small_words() or tokens[-1] in small_words() or is_cue(text)):
        return None
    families = frozenset(match.id.partition("/")[0] for match in store.find(text, (*FAMILIES, "paper")))
    return _Name(text, families, text != written or text != text.lower()) if families else None


def _guesses(names: Sequence[_Name], rest: Sequence[str]) -> Iterator[Guess]:
    """Each form that takes just these names, with the year if one is named: it narrows the answers of any query."""
    years = [token for token in rest if IS_YEAR.fullmatch(token)]
    narrow = {YEAR: years[0]} if years else {}
    said = [token for token in rest if token not in years]
    for query in catalogue():
        for form in query.forms:
            filled = _filled(query, form, names)
            if filled is not None:
                yield Guess(query, form, filled | narrow, likeness(form.words, said))


def _filled(query: Query, form: Form, names: Sequence[_Name]) -> dict[str, str] | None:
    """The names in a form's places, in the order in which they stand if that may be; None where they do not fit."""
    slots = [found[1] for found in PLACEHOLDER.finditer(form.words)]
    if len(slots) != len(names) or YEAR in slots:
        return None
    families = {parameter.name: set(parameter.families) for parameter in query.parameters}
    for order in permutations(names):
        if all(families[slot] & name.families for slot, name in zip(slots, order, strict=True)):
            return {slot: name.text for slot, name in zip(slots, order, strict=True)}
    return None


__all__ = ["Guess", "guess"]
