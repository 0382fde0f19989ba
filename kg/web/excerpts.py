"""How much of a text is shown around its evidence, and what is marked there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.query.places import Text
from kg.web.marks import Run, Span, runs

_LONGEST_ABSTRACT = 6000
"""Code points: a longer abstract is shown around its sentences only."""
_AROUND = 500
"""Code points before and after a sentence that is shown without its whole abstract."""


@dataclass(frozen=True)
class Excerpt:
    """Words of a paper with its evidence marked; whether something was cut off before and after."""

    runs: tuple[Run, ...]
    cut_before: bool
    cut_after: bool


def excerpts(text: Text, spans: Sequence[Span]) -> tuple[Excerpt, ...]:
    """The abstract, with the title where something stands in it; if that is not all, or too long, the words around each."""
    said = [span for span in spans if span.number]
    start = 0 if any(span.start < text.title_end for span in said) else text.title_end + 1
    end = text.abstract_end if said else min(text.abstract_end, start + _LONGEST_ABSTRACT)
    if all(span.end <= end for span in said) and end - start <= _LONGEST_ABSTRACT:
        return (_excerpt(text.text, start, end, spans),)
    around = sorted({_around(text.text, span) for span in said})
    return tuple(_excerpt(text.text, low, high, spans) for low, high in _joined(around))


def _around(text: str, span: Span) -> tuple[int, int]:
    """The lines that a span stands in, or so much of them as is near it, from word to word."""
    low = max(text.rfind("\n", 0, span.start) + 1, span.start - _AROUND)
    line = text.find("\n", span.end)
    high = min(len(text) if line < 0 else line, span.end + _AROUND)
    if low and text[low - 1] != "\n":
        low = max(text.find(" ", low, span.start) + 1, low)
    if high < len(text) and text[high] != "\n":
        space = text.rfind(" ", span.end, high)
        high = space if space > 0 else high
    return low, high


def _joined(around: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted stretches, those that touch joined."""
    found: list[tuple[int, int]] = []
    for low, high in around:
        if found and low <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], high)
        else:
            found.append((low, high))
    return found


def _excerpt(text: str, low: int, high: int, spans: Sequence[Span]) -> Excerpt:
    return Excerpt(
        runs(text, low, high, spans),
        cut_before=low > 0 and text[low - 1] != "\n",
        cut_after=high < len(text) and text[high] != "\n",
    )
