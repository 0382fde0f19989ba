"""From a person's words to a query and a name, and from a name to a thing in the graph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from kg.errors import NotFoundError
from kg.names import FAMILIES
from kg.query.catalogue import Query, catalogue
from kg.query.forms import PLACEHOLDER, QUOTES, names_in, rank, readings, wordings
from kg.store import Match, Store

REASON = "reason"
"""The parameter that narrows a query's answers to one of its reasons."""

_MOST = 1_000
"""Characters of a question: with two long titles it has 600, and every form is tried on all of them."""
_LONGEST = 50
"""Words of a question that are compared with forms at most."""
_NAMED = "kg ask competitors --method NAME"
_ARTICLES = re.compile(r"\A(?:(?:the|an?|one|single)\s+)+", re.IGNORECASE)


def match(words: str) -> tuple[Query, dict[str, str]]:
    """The first of the readings of a question; raises NotFoundError as they do."""
    return matches(words)[0]


def matches(words: str) -> list[tuple[Query, dict[str, str]]]:
    """The queries that a question may ask, each with the names in it as raw words, and `reason` where it asks for one.

    There may be several, since only the graph tells what kind of thing a name names: those come first that leave less
    to the names, then those that are asked in words of their own. Raises NotFoundError with the nearest question forms
    if there is none, and for what is too long to be a question.
    """
    if is_too_long(words):
        raise NotFoundError(f"{shortened(words)!r} is longer than {_MOST:,} characters; name the query, as in {_NAMED}")
    asked = readings(words)
    found = [
        (rank(wording, asked), query, form, names)
        for query in catalogue()
        for form in query.forms
        for wording in wordings(form.words)
        if (names := names_in(wording, asked)) is not None
    ]
    if not found:
        nearest = ", ".join(map(repr, nearest_forms(words)))
        raise NotFoundError(f"no such question as {shortened(words)!r}; nearest: {nearest}")
    found.sort(key=lambda reading: reading[0])
    return [
        (query, {name: unquoted(text) for name, text in names.items()} | ({REASON: form.reason} if form.reason else {}))
        for _, query, form, names in found
    ]


def is_too_long(words: str) -> bool:
    """Whether words are no question for their length alone."""
    return len(" ".join(words.split())) > _MOST


def nearest_forms(words: str, *, count: int = 3) -> tuple[str, ...]:
    """The question forms most like some words, one a query: by what the words say, then by their letters."""
    from kg.query.likeness import likeness  # only a question that is not understood pays for it

    asked, line = words.rstrip("?!. ").split()[:_LONGEST], shortened(words).casefold()
    forms = [(query.name, text) for query in catalogue() for text in query.questions]
    spelt = {text: fuzz.token_set_ratio(line, PLACEHOLDER.sub("", text).strip("? ")) for _, text in forms}
    best: dict[str, str] = {}
    for name, text in sorted(forms, key=lambda form: (-likeness(form[1], asked), -spelt[form[1]])):
        best.setdefault(name, text)
    return tuple(best.values())[:count]


def resolve(store: Store, words: str, families: Sequence[str]) -> tuple[Match, tuple[Match, ...]]:
    """The thing that words mean: the one with most papers, and the others that they could mean.

    Raises NotFoundError with the nearest names.
    """
    for text in dict.fromkeys([words.strip(), _ARTICLES.sub("", words.strip(), count=1)]):
        found = store.find(text, families)
        if found:
            return found[0], tuple(found[1:])
    raise NotFoundError(_unknown(store, text, families))


def unquoted(text: str) -> str:
    """Words without the quotes around them.

    >>> unquoted('“low-rank adaptation”'), unquoted("'") , unquoted("C++")
    ('low-rank adaptation', "'", 'C++')
    """
    text = text.strip()
    paired = len(text) > 2 and QUOTES.get(text[0]) == text[-1]
    return text[1:-1].strip() or text if paired else text


def _unknown(store: Store, words: str, families: Sequence[str]) -> str:
    elsewhere = store.find(words, [name for name in (*FAMILIES, "paper") if name not in families])
    if elsewhere:
        return f"{shortened(words)!r} is a {elsewhere[0].kind}; asked for is a name of family {' or '.join(families)}"
    near = store.nearest(words, families)
    return f"nothing is called {shortened(words)!r}" + (
        f"; nearest: {', '.join(near)}" if near else f"; the graph {lack(store)}"
    )


def lack(store: Store) -> str:
    """What a graph is that knows a name not, in words that follow "the graph"."""
    return "has no such names" if store.generation() else "is empty: load papers first, with kg load"


def shortened(words: str) -> str:
    """Words on one line of bounded length, for a message."""
    line = " ".join(words.split())
    return line if len(line) <= 100 else f"{line[:99]}…"


__all__ = ["REASON", "is_too_long", "lack", "match", "matches", "nearest_forms", "resolve", "shortened", "unquoted"]
