"""Searching the names, titles and abstracts of a graph for words: typos, other spellings and beginnings are understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import NotFoundError, UsageError
from kg.model import EntityKind, NodeKind, Value
from kg.names import acl_key, arxiv_key, doi_key, family
from kg.query.index import Thing, index
from kg.query.ranking import ALIAS, Question, ranked
from kg.query.snippets import Occurrence, Span, occurrences, snippet
from kg.query.terms import Term, telling, terms
from kg.query.words import lack, shortened
from kg.store import Store
from kg.store.schema import is_id

KINDS = (*(kind.value for kind in EntityKind), NodeKind.PAPER.value)
"""The kinds of what can be found."""

_PAPER = "paper"
_LONGEST = 1000
"""Characters of a question that count."""


class Hit(Value):
    """A thing that a search found.

    `papers` is how many papers mention an entity, `year` that of a paper. `where` says in which text the words stand
    ("name", "alias", "title" or "abstract"); `matches` where they stand in `snippet`, the part of it that shows
    them. The whole part of `score`: 5 called so, 4 an alias, 3 begins so, 2 holds all the words, 1 some of them.
    """

    id: str
    kind: str
    name: str
    papers: int | None
    year: int | None
    score: float
    where: str
    snippet: str
    matches: tuple[Span, ...]


@dataclass(frozen=True)
class Found:
    """The hits of a search, best first, the words that were taken for others, and those that stand nowhere."""

    hits: tuple[Hit, ...]
    corrected: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]


def search(store: Store, words: str, *, kinds: Sequence[str] = (), limit: int = 10) -> Found:
    """The entities and papers that words find, of some kinds of `KINDS` or of any, best first.

    Raises NotFoundError with the nearest names where there are none, UsageError for an unknown kind.
    """
    _check(kinds, limit)
    text = words.strip()[:_LONGEST]
    meant = tuple(match.id for match in store.find(text))
    with index(store) as connection:
        asked = () if _is_address(text, meant) else terms(connection, text)
        best = ranked(connection, Question(text, asked, meant, tuple(kinds) or KINDS), limit)
    if not best:
        raise NotFoundError(_nothing(store, text, kinds))
    told = telling(asked)
    is_called_so = best[0][0] >= ALIAS
    return Found(
        hits=tuple(_hit(thing, score, told) for score, thing in best),
        corrected=tuple((term.written, term.phrases[0].words[0]) for term in told if term.corrected),
        unknown=() if is_called_so else tuple(term.written for term in told if not term.phrases),
    )


def _check(kinds: Sequence[str], limit: int) -> None:
    unknown = sorted(set(kinds) - set(KINDS))
    if unknown:
        raise UsageError(f"no kind {unknown[0]!r} to search for; there are: {', '.join(KINDS)}")
    if limit < 1:
        raise UsageError(f"limit is {limit}; it is 1 or more")


def _is_address(text: str, meant: Sequence[str]) -> bool:
    """Whether a text is an id of some kind: then its parts are no words."""
    return (is_id(text) and bool(meant)) or any(key(text) for key in (arxiv_key, doi_key, acl_key))


def _nothing(store: Store, text: str, kinds: Sequence[str]) -> str:
    families = [_PAPER if kind == NodeKind.PAPER else family(EntityKind(kind)) for kind in kinds]
    near = store.nearest(text, list(dict.fromkeys(families)))
    where = f"no {' or '.join(kinds)} holds" if kinds else "nothing holds"
    return f"{where} {shortened(text)!r}" + (f"; nearest: {', '.join(near)}" if near else f"; the graph {lack(store)}")


def _hit(thing: Thing, score: float, told: Sequence[Term]) -> Hit:
    where, text, found = _best_text(thing, told)
    shown, matches = snippet(text, found)
    return Hit(
        id=thing.id, kind=thing.kind, name=thing.name, papers=thing.papers, year=thing.year, score=score,
        where=where, snippet=shown, matches=matches,
    )  # fmt: skip


def _best_text(thing: Thing, told: Sequence[Term]) -> tuple[str, str, list[Occurrence]]:
    """The text of a thing in which most of the words stand, the first of equals."""
    if thing.kind == NodeKind.PAPER:
        texts = [("title", thing.name), ("abstract", thing.abstract)]
    else:
        texts = [("name", thing.name), *(("alias", alias) for alias in thing.aliases)]
    found = [(where, text, occurrences(text, told)) for where, text in texts]
    return max(found, key=lambda text: len({one.term for one in text[2]}))
