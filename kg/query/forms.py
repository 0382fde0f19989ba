"""Question forms as patterns: whether a question has a form, and what stands in it where the names are.

Each word of a form also matches its other inflections and what `words.tsv` lists for it (`^` may precede a question, `$`
follow it, `-` stand between words); a placeholder takes any text at all.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

YEAR = "year"
"""The placeholder that takes four digits, the year of the stating papers."""
IS_YEAR = re.compile(r"(?:19|20)\d\d")
PLACEHOLDER = re.compile(r"\{(\w+)\}('s|-based)?")
QUOTES = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "„": "“", "«": "»", "‹": "›"}
"""What opens a quoted name, and what closes it."""

_ENDING = re.compile(r"(?:ing|ed|es|e|s)$")
QUOTED = "|".join(f"{opening}[^{closing}]+{closing}" for opening, closing in QUOTES.items())
"""A name in quotes, as a regular expression."""
_LEAST_STEM = 3
_OPTIONAL = frozenset({"which", "the", "both"})
_OTHERWISE = (
    (re.compile(r"^(what|who|where|which)['’]s\b", re.IGNORECASE), r"\1 is"),
    (re.compile(r"^(?:do|does|did|has|have) any(?:thing|one|body)\b", re.IGNORECASE), "what"),
    (re.compile(r"^(is|are|was|were) any(?:thing|one|body)\b", re.IGNORECASE), r"what \1"),
    (re.compile(r"^(?:do|does|did|has|have) any\b", re.IGNORECASE), "which"),
)
"""How a question begins, and how the forms put it."""


def readings(words: str) -> tuple[str, ...]:
    """A question as it stands, and without the words that may come before and after it; the barest one is the last."""
    found = [_put_otherwise(" ".join(words.split()).rstrip("?!. "))]
    lead, tail = _edge("^", "(?:{}),? (.+)"), _edge("$", "(.+?),? (?:{})")
    while shorter := lead.fullmatch(found[-1]):
        found.append(_put_otherwise(shorter[1]))
    ends = [shorter[1] for reading in found if (shorter := tail.fullmatch(reading))]
    return (*ends, *found)


@cache
def wordings(form: str) -> tuple[str, ...]:
    """A form, and the same with "which methods" for "what" or the other way, since who asks for one means the other."""
    swapped = (
        form.replace("which methods", "what") if "which methods" in form else form.replace("what", "which methods")
    )
    return (form,) if swapped == form else (form, swapped)


def names_in(form: str, asked: Sequence[str]) -> dict[str, str] | None:
    """What stands at a form's placeholders in the first reading that has the form; no year is the name of a thing."""
    for reading in asked:
        if _may_have(form, reading.casefold()):
            found = _pattern(form, _occurring(reading.casefold())).fullmatch(reading)
            if found and not any(name != YEAR and IS_YEAR.fullmatch(text) for name, text in found.groupdict().items()):
                return found.groupdict()
    return None


def rank(form: str, asked: Sequence[str]) -> tuple[int, bool, int, int]:
    """Where the reading by a form stands: those of most words first, then with a year, of fewest names, most literal."""
    said, parts = asked[-1].casefold().split(), form.rstrip("?").split()
    own = [stem(part).casefold() for part in parts if not PLACEHOLDER.match(part)]
    strange = [word for word in own if not any(part.startswith(word) for part in said)]
    return -len(parts), f"{{{YEAR}}}" not in form, sum(part.endswith("}") for part in parts), len(strange)


def _put_otherwise(question: str) -> str:
    for pattern, replacement in _OTHERWISE:
        question = pattern.sub(replacement, question)
    return question


@cache
def _edge(place: str, pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.format(_alternatives(synonyms()[place])), re.IGNORECASE)


def _may_have(form: str, reading: str) -> bool:
    """Whether each word of a form, or one that stands for it, occurs at all: spares most of the patterns."""
    return all(_has(reading, word) for word in _needed(form))


@cache
def _needed(form: str) -> tuple[str, ...]:
    return tuple(part for part in form.rstrip("?").split() if part not in _OPTIONAL and not PLACEHOLDER.match(part))


@lru_cache(maxsize=4096)
def _has(reading: str, word: str) -> bool:
    return any(spelt.casefold() in reading for spelt in (stem(word), *synonyms().get(word, ())))


@cache
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """What may stand for a word, longest first."""
    table: dict[str, list[str]] = defaultdict(list)
    with Path(__file__).with_name("words.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            table[row["word"]].append(row["also"])
    return {word: tuple(sorted(phrases, key=lambda phrase: (-len(phrase), phrase))) for word, phrases in table.items()}


@lru_cache(maxsize=64)
def _occurring(reading: str) -> Mapping[str, Sequence[str]]:
    """The synonyms that occur in a reading at all: a pattern of all of them takes longer to compile than to match."""
    return {word: [p for p in phrases if p.casefold() in reading] for word, phrases in synonyms().items()}


def _pattern(form: str, also: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """The regular expression of a question form; `also` says what may stand for its words."""
    parts = form.rstrip("?").split()
    fillers = f"(?:(?:{_alternatives(also['-'])}) ){{0,2}}" if also["-"] else ""
    gaps = [_gap(before, after, fillers) for before, after in pairwise(parts)]
    pieces = [_piece(part, also, alone=_is_between_names(parts, at)) for at, part in enumerate(parts)]
    return re.compile(fillers + "".join(map("".join, zip(pieces, [*gaps, ""], strict=True))), re.I)


def _is_between_names(parts: Sequence[str], at: int) -> bool:
    """Whether a word stands alone between two names: many a word that stood for it could be one of a name's own."""
    sides = [parts[at - 1], parts[at + 1]] if 0 < at < len(parts) - 1 else [""]
    return all(PLACEHOLDER.match(side) for side in sides) and f"{{{YEAR}}}" not in sides


def _piece(part: str, also: Mapping[str, Sequence[str]], *, alone: bool) -> str:
    """What one word of a form matches, if it stands alone only with words after it; "which" may be left out."""
    found = PLACEHOLDER.fullmatch(part)
    if found:
        text = r"\d{4}" if found[1] == YEAR else f"{QUOTED}|(?!by ).+?"
        return f"(?P<{found[1]}>{text})" + (r"['’]s?" if found[2] == "'s" else re.escape(found[2] or ""))
    phrases = [phrase for phrase in also.get(part, ()) if not alone or phrase.startswith(f"{part} ")]
    word = "|".join(
        [*map(re.escape, phrases), re.escape(part) if alone else _inflected(part)]
    )  # "of using" before "of"
    return f"(?:(?:{word}) )?" if part in _OPTIONAL else f"(?:{word})"


def _gap(before: str, after: str, fillers: str) -> str:
    """The space between two words, in which words that say nothing may stand; after a name only a comma or colon may."""
    if PLACEHOLDER.match(before):
        return "[,:]? "
    space = "" if before in _OPTIONAL else " "
    return space if PLACEHOLDER.match(after) else space + fillers


def _inflected(word: str) -> str:
    root = stem(word)
    return f"{re.escape(root)}(?:ing|ed|es|e|s|d)?" if len(root) >= _LEAST_STEM else re.escape(word)


def stem(word: str) -> str:
    """A word without its ending, so that it is found in other numbers and tenses; short words have none."""
    root = _ENDING.sub("", word)
    return root if len(root) >= _LEAST_STEM else word


def _alternatives(phrases: Iterable[str]) -> str:
    return "|".join(map(re.escape, phrases))


__all__ = [
    "IS_YEAR",
    "PLACEHOLDER",
    "QUOTED",
    "QUOTES",
    "YEAR",
    "names_in",
    "rank",
    "readings",
    "stem",
    "synonyms",
    "wordings",
]
