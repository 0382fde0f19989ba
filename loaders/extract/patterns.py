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
    """A sentence with the ids of the things that begin at and cover its tokens."""

    tokens: Sequence[Token]
    begins: Mapping[int, tuple[str, int]]
    covered: Mapping[int, str]


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, tuple[Rule, ...]]:
    found: dict[str, tuple[Rule, ...]] = {}
    for row in lexicon().rows("cues_relations"):
        rule = Rule(row["rule"], EdgeKind(row["kind"]), row["direction"])
        found[row["phrase"]] = (*found.get(row["phrase"], ()), rule)
    return found


def _phrases(line: Line) -> Iterator[tuple[int, int, str]]:
    """The phrases of the table in a sentence, the longest at each place, as first token, end and words."""
    rules = _rules()
    lower = [token.lower for token in line.tokens]
    for first in range(len(lower)):
        if first in line.covered:
            continue
        for end in range(min(len(lower), first + 5), first, -1):
            phrase = " ".join(lower[first:end])
            if phrase in rules:
                yield first, end, phrase
                break


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
        if lower in _BREAKS or (not found and lower in (",", "(", ")")):
            break
        joined = lower in _JOINTS
        if found and not joined and quiet == 0 and lower not in words("after names"):
            break
        quiet += not joined or not found
        at += 1
    return list(dict.fromkeys(found))


def _subject(line: Line, at: int) -> str:
    """The thing that token `at` says something of, or "paper"."""
    fallback = ""
    for back in range(at - 1, max(-1, at - 40), -1):
        lower = line.tokens[back].lower
        if lower in words("paper"):
            return PAPER
        if back in line.covered and (back - 1 not in line.covered or line.covered[back - 1] != line.covered[back]):
            before = line.tokens[back - 1].lower if back else ""
            if before not in words("prepositions"):
                return line.covered[back]
            fallback = fallback or line.covered[back]
        if lower in (";", ":"):
            break
    return fallback or PAPER


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
                if head != tail and tail != PAPER:
                    yield Fired(head, rule.kind, tail, rule.name, phrase, first)
