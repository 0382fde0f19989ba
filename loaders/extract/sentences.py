"""Where the sentences of a document lie.

Title, abstract and each paragraph of a section are read apart; a sentence never crosses them. A stop ends a sentence
when space and something other than a small letter follow and no abbreviation stands before it. A sentence longer than
`LONGEST` characters is cut at a space, so that all later work per sentence is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.model import Document

LONGEST = 1_500
READ = 200_000
"""How many characters of a document are read; a full paper has about 80,000."""

_STOP = re.compile(r"(?<![.!?。])(?:[.!?]++[\"'”’)\]]*+(?=\s)|。|\n\s*\n)")
_WORD_BEFORE = re.compile(r"[^\s(]*$")
_ABBREVIATIONS = frozenset(
    [
        "e.g",
        "i.e",
        "eg",
        "ie",
        "al",
        "vs",
        "cf",
        "fig",
        "figs",
        "eq",
        "eqs",
        "sec",
        "resp",
        "approx",
        "ca",
        "no",
        "dr",
        "prof",
        "mr",
        "mrs",
        "st",
        "incl",
        "w.r.t",
        "ref",
        "refs",
        "tab",
    ]
)


class Sentence(NamedTuple):
    """`text[start:end]` is one sentence; `part` says whether it is of the title, the abstract or a section."""

    start: int
    end: int
    part: str


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """The offsets at which a sentence in `text[start:end]` ends."""
    for stop in _STOP.finditer(text, start, end):
        after = text[stop.end() : stop.end() + 40].lstrip()[:1]
        before = _WORD_BEFORE.search(text[max(start, stop.start() - 12) : stop.start()])
        word = before[0].lower() if before else ""
        initial = len(word) == 1 and word.isalpha() and text[stop.start() - 1].isupper() and text[stop.start()] == "."
        if not after.islower() and word not in _ABBREVIATIONS and not initial:
            yield stop.end()
    yield end


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without outer space, in pieces of at most `LONGEST` characters."""
    while start < end:
        while start < end and text[start].isspace():
            start += 1
        stop = end
        if end - start > LONGEST:
            space = text.rfind(" ", start, start + LONGEST)
            stop = space if space > start else start + LONGEST
        last = stop
        while last > start and text[last - 1].isspace():
            last -= 1
        if last > start:
            yield start, last
        start = stop


def _blocks(document: Document) -> Iterator[tuple[int, int, str]]:
    yield 0, document.title_end, "title"
    yield document.title_end + 1, document.abstract_end, "abstract"
    start = document.abstract_end + 1
    limit = min(len(document.text), READ)
    while start < limit:
        end = document.text.find("\n", start, limit)
        end = limit if end < 0 else end
        yield start, end, "section"
        start = end + 1


def split_sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences of the first `READ` characters, in order."""
    found = []
    for start, end, part in _blocks(document):
        begin = start
        for stop in _ends(document.text, start, min(end, READ)):
            found += [Sentence(first, last, part) for first, last in _cut(document.text, begin, stop)]
            begin = stop
    return tuple(found)
