"""Which things of the index answer a question best.

What is called so comes first, then what is so under another name, then what begins so, then what holds all the words,
then what holds some of them. Among these two BM25 decides as FTS5 computes it (Robertson and Zaragoza 2009), words in
names weighing more than in titles, and these more than in abstracts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from math import log
from typing import TYPE_CHECKING, NamedTuple

from kg.query.index import Thing, form
from kg.query.terms import Term, readings, telling
from kg.query.tokens import words

if TYPE_CHECKING:
    from sqlite3 import Connection

NAME, ALIAS, BEGINNING, ALL_WORDS, SOME_WORDS = 5, 4, 3, 2, 1
"""The whole part of a score; the rest tells the hits of one class apart."""

_HALF_POPULAR = 4
"""In so many papers an entity is half as popular as can be."""
_TITLE_PAPERS = 3
"""A title counts like the name of an entity in so many papers."""
_HALF_RELEVANT = 20.0
"""The BM25 of a rare word in a name, about."""
_LEAST_SHARE = 0.5
"""What holds less of the words than half of what the best holds is no answer."""
_LEAST_BEGINNING = 2
_DIGITS = 4
_LAST = chr(0x10FFFF)
_BY_NUMBER = "SELECT * FROM things WHERE number IN (SELECT value FROM json_each(?))"
_BY_ID = (
    "SELECT * FROM things WHERE id IN (SELECT value FROM json_each(?)) AND kind IN (SELECT value FROM json_each(?))"
)
_BY_FORM = (
    "SELECT DISTINCT things.* FROM forms JOIN things USING (number) WHERE form BETWEEN ? AND ? "
    "AND kind IN (SELECT value FROM json_each(?))"
)
_BY_WORDS = (
    "SELECT number, -bm25(words, 10, 8, 4, 1) * weight FROM words JOIN things ON number = words.rowid "
    "WHERE words MATCH ? AND kind IN (SELECT value FROM json_each(?))"
)
_HOLDING = "SELECT rowid FROM words WHERE words MATCH ?"
_SIZE = "SELECT count(*) FROM things"


class Question(NamedTuple):
    """What is searched for: its text, its words, the ids that the text names by the rules of identity, the kinds wanted."""

    text: str
    terms: tuple[Term, ...]
    meant: tuple[str, ...]
    kinds: tuple[str, ...]


def ranked(connection: Connection, question: Question, limit: int) -> list[tuple[float, Thing]]:
    """The best things for a question, with their scores."""
    scores: dict[int, float] = {}
    for number, score in (*_called(connection, question), *_holding(connection, question)):
        scores[number] = max(round(score, _DIGITS), scores.get(number, 0.0))
    least = sorted(scores.values(), reverse=True)[:limit][-1:]
    best = {number: score for number, score in scores.items() if score >= least[0]}
    found = [(best[number], thing) for number, thing in _things(connection, _BY_NUMBER, json.dumps(list(best)))]
    return sorted(found, key=lambda hit: (-hit[0], len(hit[1].name), hit[1].id))[:limit]


def _things(connection: Connection, text: str, *parameters: str) -> Iterator[tuple[int, Thing]]:
    for number, id, kind, name, aliases, *rest, _weight in connection.execute(text, parameters):
        yield number, Thing(id, kind, name, tuple(json.loads(aliases)), *rest)


def _called(connection: Connection, question: Question) -> Iterator[tuple[int, float]]:
    """What is called as the question says, or begins so."""
    kinds = json.dumps(question.kinds)
    asked = readings(question.text, question.terms) if question.terms else ()
    for number, thing in _things(connection, _BY_ID, json.dumps(question.meant), kinds):
        yield number, (_exact(thing, asked) if asked else NAME) + _popularity(thing)
    for own in asked:
        for number, thing in _things(connection, _BY_FORM, own, own, kinds):
            yield number, _exact(thing, (own,)) + _popularity(thing)
        if len(own) >= _LEAST_BEGINNING:
            for number, thing in _things(connection, _BY_FORM, own, own + _LAST, kinds):
                yield number, BEGINNING + (_popularity(thing) + _begins(thing, own)) / 2


def _exact(thing: Thing, asked: Sequence[str]) -> int:
    return NAME if form(thing.name) in asked else ALIAS


def _popularity(thing: Thing) -> float:
    """0 to 1: in how many papers an entity is."""
    papers = _TITLE_PAPERS if thing.papers is None else thing.papers
    return papers / (papers + _HALF_POPULAR)


def _begins(thing: Thing, asked: str) -> bool:
    """Whether the first words of a name are those asked for, not just the first letters."""
    return any(
        asked == "".join(own[:size]) for own in map(words, (thing.name, *thing.aliases)) for size in range(1, len(own))
    )


def _holding(connection: Connection, question: Question) -> Iterator[tuple[int, float]]:
    """What holds the words of the question, or enough of them."""
    asked = telling(question.terms)
    known = [_expression(term) for term in asked if term.phrases]
    if not known:
        return
    relevance = dict(connection.execute(_BY_WORDS, (" OR ".join(known), json.dumps(question.kinds))))
    shares = _shares(connection, known, len(asked) - len(known), relevance)
    least = _LEAST_SHARE * max(shares.values(), default=0.0)
    for number, share in shares.items():
        fraction = relevance[number] / (relevance[number] + _HALF_RELEVANT)
        if share > 1 - 1e-9:
            yield number, ALL_WORDS + fraction
        elif share >= least:
            yield number, SOME_WORDS + (9 * share + fraction) / 10


def _expression(term: Term) -> str:
    return f"({' OR '.join(phrase.expression() for phrase in term.phrases)})"


def _shares(
    connection: Connection, known: Sequence[str], unknown: int, wanted: Mapping[int, float]
) -> dict[int, float]:
    """How much of the words each thing holds, 0 to 1: the rarer a word, the more it counts, most if it stands nowhere."""
    size = connection.execute(_SIZE).fetchone()[0]
    holders = [{row[0] for row in connection.execute(_HOLDING, (text,))} for text in known]
    weights = [log(1 + size / (1 + len(numbers))) for numbers in holders]
    total = sum(weights) + unknown * log(1 + size)
    return {
        number: sum(weight for weight, numbers in zip(weights, holders, strict=True) if number in numbers) / total
        for number in wanted
    }
