"""From a person's words to a query and a name, and from a name to a thing in the graph.

A question form becomes a pattern: each of its words also matches its other inflections and what `words.tsv` lists for
it (`^` may precede a question, `$` follow it, `-` stand between words); the placeholder takes any text at all.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from rapidfuzz import fuzz, process

from kg.errors import NotFoundError
from kg.names import FAMILIES
from kg.query.catalogue import Query, catalogue
from kg.store import Match, Store

REASON = "reason"
"""The parameter that narrows a query's answers to one of its reasons."""
YEAR = "year"
"""The placeholder that takes four digits, the year of the stating papers."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}('s)?")
_ENDING = re.compile(r"(?:ing|ed|es|e|s)$")
_QUOTES = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "„": "“", "«": "»", "‹": "›"}
_QUOTED = "|".join(f"{opening}[^{closing}]+{closing}" for opening, closing in _QUOTES.items())
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_SHORT_IS = re.compile(r"^(what|who|where|which)['’]s\b", re.IGNORECASE)
_LEAST_STEM = 3
_OPTIONAL = frozenset({"which", "the", "both"})


def match(words: str) -> tuple[Query, dict[str, str]]:
    """The first of the readings of a question; raises NotFoundError as they do."""
    return matches(words)[0]


def matches(words: str) -> list[tuple[Query, dict[str, str]]]:
    """The queries that a question may ask, each with the names in it as raw words, and `reason` where it asks for one.

    There may be several, since only the graph tells what kind of thing a name names: those come first that leave less
    to the names, then those that are asked in words of their own. Raises NotFoundError with the nearest question forms
    if there is none.
    """
    readings = _readings(words)
    forms = [(query, form) for query in catalogue() for form in query.forms]
    found = [(query, form, names) for query, form in forms if (names := _names_in(form.words, readings)) is not None]
    if not found:
        nearest = ", ".join(map(repr, nearest_forms(words)))
        raise NotFoundError(f"no such question as {_short(words)!r}; nearest: {nearest}")
    found.sort(key=lambda reading: _rank(reading[1].words, readings[-1]))
    return [
        (query, {name: unquoted(text) for name, text in names.items()} | ({REASON: form.reason} if form.reason else {}))
        for query, form, names in found
    ]


def nearest_forms(words: str, *, count: int = 3) -> tuple[str, ...]:
    """The question forms most like some words, one a query."""
    forms = {_PLACEHOLDER.sub("", text).strip("? "): text for query in catalogue() for text in query.questions}
    owner = {text: query.name for query in catalogue() for text in query.questions}
    found = process.extract(_short(words).casefold(), list(forms), scorer=fuzz.token_set_ratio, limit=None)
    best: dict[str, str] = {}
    for form, _, _ in found:
        best.setdefault(owner[forms[form]], forms[form])
    return tuple(best.values())[:count]


def resolve(store: Store, words: str, families: Sequence[str]) -> tuple[Match, tuple[Match, ...]]:
    """The thing that words mean: the one with most papers, and the others that they could mean.

    Raises NotFoundError with the nearest names.
    """
    for text in dict.fromkeys([words.strip(), _ARTICLE.sub("", words.strip(), count=1)]):
        found = store.find(text, families)
        if found:
            return found[0], tuple(found[1:])
    raise NotFoundError(_unknown(store, words, families))


def unquoted(text: str) -> str:
    """Words without the quotes around them.

    >>> unquoted('“low-rank adaptation”'), unquoted("'") , unquoted("C++")
    ('low-rank adaptation', "'", 'C++')
    """
    text = text.strip()
    paired = len(text) > 2 and _QUOTES.get(text[0]) == text[-1]
    return text[1:-1].strip() or text if paired else text


def _unknown(store: Store, words: str, families: Sequence[str]) -> str:
    elsewhere = store.find(words, [name for name in (*FAMILIES, "paper") if name not in families])
    if elsewhere:
        return f"{_short(words)!r} is a {elsewhere[0].kind}; asked for is a name of family {' or '.join(families)}"
    near = store.nearest(words, families)
    return f"nothing is called {_short(words)!r}" + (
        f"; nearest: {', '.join(near)}" if near else "; the graph has no such names"
    )


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 100 else f"{line[:99]}…"


def _rank(form: str, question: str) -> tuple[int, bool, int, int]:
    """Where the reading by a form stands: those of most words first, then with a year, of fewest names, most literal."""
    asked, parts = question.casefold().split(), form.rstrip("?").split()
    own = [_stem(part).casefold() for part in parts if not _PLACEHOLDER.match(part)]
    strange = [word for word in own if not any(part.startswith(word) for part in asked)]
    return -len(parts), f"{{{YEAR}}}" not in form, -len(own), len(strange)


def _readings(words: str) -> tuple[str, ...]:
    """A question as it stands, and without the words that may come before and after it."""
    readings = [_whole(" ".join(words.split()).rstrip("?!. "))]
    lead, tail = _edge("^", "(?:{}),? (.+)"), _edge("$", "(.+?),? (?:{})")
    while found := lead.fullmatch(readings[-1]):
        readings.append(_whole(found[1]))
    ends = [found[1] for reading in readings if (found := tail.fullmatch(reading))]
    return (*ends, *readings)


def _whole(question: str) -> str:
    return _SHORT_IS.sub(r"\1 is", question)


@cache
def _edge(place: str, pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.format(_alternatives(_also()[place])), re.IGNORECASE)


def _names_in(form: str, readings: Sequence[str]) -> dict[str, str] | None:
    """What stands at a form's placeholder in the first reading that has the form."""
    for reading in readings:
        if _may_have(form, reading.casefold()):
            found = _pattern(form).fullmatch(reading)
            if found:
                return found.groupdict()
    return None


def _may_have(form: str, reading: str) -> bool:
    """Whether each word of a form, or one that stands for it, occurs at all: spares most of the patterns."""
    return all(any(word in reading for word in words) for words in _needed(form))


@cache
def _needed(form: str) -> tuple[tuple[str, ...], ...]:
    words = [word for word in form.rstrip("?").split() if word not in _OPTIONAL and not _PLACEHOLDER.match(word)]
    return tuple(tuple(form.casefold() for form in (_stem(word), *_also().get(word, ()))) for word in words)


@cache
def _also() -> Mapping[str, tuple[str, ...]]:
    """What may stand for a word, longest first."""
    table: dict[str, list[str]] = defaultdict(list)
    with Path(__file__).with_name("words.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            table[row["word"]].append(row["also"])
    return {word: tuple(sorted(phrases, key=lambda phrase: (-len(phrase), phrase))) for word, phrases in table.items()}


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """The regular expression of a question form."""
    parts = form.rstrip("?").split()
    gaps = [_gap(before, after) for before, after in pairwise(parts)]
    pieces = [_piece(part, alone=_is_between_names(parts, at)) for at, part in enumerate(parts)]
    return re.compile(_fillers() + "".join(map("".join, zip(pieces, [*gaps, ""], strict=True))), re.I)


def _is_between_names(parts: Sequence[str], at: int) -> bool:
    """Whether a word stands alone between two names: many a word that stood for it could be one of a name's own."""
    sides = [parts[at - 1], parts[at + 1]] if 0 < at < len(parts) - 1 else [""]
    return all(_PLACEHOLDER.match(side) for side in sides) and f"{{{YEAR}}}" not in sides


def _piece(part: str, *, alone: bool) -> str:
    """What one word of a form matches, if it stands alone only with words after it; "which" may be left out."""
    found = _PLACEHOLDER.fullmatch(part)
    if found:
        text = r"\d{4}" if found[1] == YEAR else f"{_QUOTED}|(?!by ).+?"
        return f"(?P<{found[1]}>{text})" + (r"['’]s?" if found[2] else "")
    also = [phrase for phrase in _also().get(part, ()) if not alone or phrase.startswith(f"{part} ")]
    word = "|".join([*map(re.escape, also), re.escape(part) if alone else _inflected(part)])  # "of using" before "of"
    return f"(?:(?:{word}) )?" if part in _OPTIONAL else f"(?:{word})"


def _gap(before: str, after: str) -> str:
    """The space between two words, in which words that say nothing may stand; after a name only a comma or colon may."""
    if _PLACEHOLDER.match(before):
        return "[,:]? "
    space = "" if before in _OPTIONAL else " "
    return space if _PLACEHOLDER.match(after) else space + _fillers()


@cache
def _fillers() -> str:
    return f"(?:(?:{_alternatives(_also()['-'])}) ){{0,2}}"


def _inflected(word: str) -> str:
    stem = _stem(word)
    return f"{re.escape(stem)}(?:ing|ed|es|e|s|d)?" if len(stem) >= _LEAST_STEM else re.escape(word)


def _stem(word: str) -> str:
    """A word without its ending, so that it is found in other numbers and tenses; short words have none."""
    stem = _ENDING.sub("", word)
    return stem if len(stem) >= _LEAST_STEM else word


def _alternatives(phrases: Iterable[str]) -> str:
    return "|".join(map(re.escape, phrases))


__all__ = ["REASON", "YEAR", "match", "matches", "nearest_forms", "resolve", "unquoted"]
