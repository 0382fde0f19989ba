"""Patterns of relations: a phrase of `cues_relations.tsv` with what stands before and after it.

The objects of a phrase are the first name within `REACH` tokens after it and those joined to that name by commas, `and`
or `or`; its subject is the nearest name before it that follows no preposition, else a word for the paper itself.
A phrase of direction `forward` relates subject to objects, `backward` objects to subject, `object` the subject or the
paper to the objects. At most `MOST` objects of a phrase are read, so that a list of thousands stays linear.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kg.lexicon import lexicon
from kg.model import PAPER, EdgeKind
from loaders.extract.cues import words
from loaders.extract.tokens import Token

REACH = 7
MOST = 24
_JOINTS = frozenset({",", "and", "or", "/", "&", "as", "well", "both", "the", "(", ")", "also", "even"})
_BREAKS = frozenset({";", ":", "—", "but", "while", "whereas", "which", "that"})


class Rule(NamedTuple):
    """A row of the table of phrases."""

    name: str
    kind: EdgeKind
    direction: str


class Fired(NamedTuple):
    """A pattern that was found: head and tail are ids of groups or "paper", `at` is the token of its phrase."""

    head: str
    kind: EdgeKind
    tail: str
    rule: str
    phrase: str
    at: int


@dataclass(frozen=True)
class Line:
    """A sentence with the ids of the things that begin at and cover its tokens; `own` are those the paper introduces."""

    tokens: Sequence[Token]
    begins: Mapping[int, tuple[str, int]]
    covered: Mapping[int, str]
    own: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, tuple[Rule, ...]]:
    found: dict[str, tuple[Rule, ...]] = {}
    for row in lexicon().rows("cues_relations"):
        rule = Rule(row["rule"], EdgeKind(row["kind"]), row["direction"])
        found[row["phrase"]] = (*found.get(row["phrase"], ()), rule)
    return found


@lru_cache(maxsize=1)
def _reach() -> Mapping[str, int]:
    """How many words the longest phrase has that begins with a word."""
    found: dict[str, int] = {}
    for phrase in _rules():
        words_of = phrase.split()
        found[words_of[0]] = max(found.get(words_of[0], 0), len(words_of))
    return found


def _phrases(line: Line) -> Iterator[tuple[int, int, str]]:
    """The phrases of the table in a sentence, the longest at each place, as first token, end and words."""
    rules = _rules()
    reach = _reach()
    lower = [token.lower for token in line.tokens]
    until = 0
    for first, word in enumerate(lower):
        if first in line.covered or first < until:
            continue
        for end in range(min(len(lower), first + reach.get(word, 0)), first, -1):
            phrase = " ".join(lower[first:end])
            if phrase in rules:
                yield first, end, phrase
                until = end if word in words("being") else until
                break


def _lists(line: Line, at: int) -> bool:
    """Whether the word at a token announces names: ", such as", "(e.g."."""
    return at < len(line.tokens) and line.tokens[at].lower in words("listing")


def _objects(line: Line, at: int) -> list[str]:
    """The things after token `at`: the first within reach, and those joined to it."""
    found: list[str] = []
    quiet = 0
    while at < len(line.tokens) and quiet <= (REACH if not found else 3) and len(found) < MOST:
        lower = line.tokens[at].lower
        if at in line.begins:
            thing, at = line.begins[at]
            found.append(thing)
            quiet = 0
            continue
        if lower in _BREAKS or (not found and lower in (",", "(", ")") and not _lists(line, at + 1)):
            break
        joined = lower in _JOINTS
        if found and not joined and quiet == 0 and lower not in words("after names"):
            break
        quiet += not joined or not found
        at += 1
    return list(dict.fromkeys(found))


def _subject(line: Line, at: int) -> str:
    """The thing that token `at` says something of, or "paper".

    A thing just before it (adverbs do not count) is the subject. Else the paper is, where a word for it, a pronoun or
    something it introduces stands before, or the phrase is a participle; else the nearest thing after no preposition.
    """
    near = at - 1
    while (
        near >= 0
        and at - near <= 3
        and (line.tokens[near].lower in words("adverbs") or line.tokens[near].lower.endswith("ly"))
    ):
        near -= 1
    start = max(0, at - 40)
    if near >= 0 and near in line.covered:
        first = near
        while first > 0 and line.covered.get(first - 1) == line.covered[near]:
            first -= 1
        if first == 0 or line.tokens[first - 1].lower not in words("prepositions"):
            return line.covered[near]
    if line.tokens[at].lower.endswith("ing"):
        return PAPER
    for back in range(at - 1, start - 1, -1):
        if line.covered.get(back) in line.own or line.tokens[back].lower in words("paper"):
            return PAPER
        if line.tokens[back].lower in (";", ":"):
            break
    return _bare(line, start, at) or PAPER


def _bare(line: Line, start: int, at: int) -> str | None:
    """The nearest thing before a token that follows no preposition."""
    for back in range(at - 1, start - 1, -1):
        thing = line.covered.get(back)
        if thing and line.covered.get(back - 1) != thing:
            before = line.tokens[back - 1].lower if back else ""
            if before not in words("prepositions"):
                return thing
    return None


def find_patterns(line: Line) -> Iterator[Fired]:
    """The patterns in a sentence."""
    rules = _rules()
    for first, end, phrase in _phrases(line):
        objects = _objects(line, end)
        if not objects:
            continue
        subject = _subject(line, first)
        for rule in rules[phrase]:
            for thing in objects:
                head, tail = (thing, subject) if rule.direction == "backward" else (subject, thing)
                if tail not in (head, PAPER):
                    yield Fired(head, rule.kind, tail, rule.name, phrase, first)
