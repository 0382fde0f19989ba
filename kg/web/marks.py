"""A text cut at the ends of what is marked in it, so that marks may overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise


@dataclass(frozen=True)
class Span:
    """A marked stretch of a text: evidence with its number, or, without one, a name with what it means."""

    start: int
    end: int
    number: int = 0
    target: str = ""


@dataclass(frozen=True)
class Piece:
    """Text that no mark begins or ends in; `target` is what it names, "" for nothing."""

    text: str
    target: str


@dataclass(frozen=True)
class Run:
    """Text that is all of the same evidence: its numbers, those that begin here, and its pieces."""

    numbers: tuple[int, ...]
    beginning: tuple[int, ...]
    pieces: tuple[Piece, ...]


def runs(text: str, start: int, end: int, spans: Sequence[Span]) -> tuple[Run, ...]:
    """`text[start:end]`, cut where a mark begins or ends; the pieces joined give the text again.

    >>> [(run.numbers, run.pieces[0].text) for run in runs("abcdef", 0, 6, [Span(1, 4, 1), Span(3, 5, 2)])]
    [((), 'a'), ((1,), 'bc'), ((1, 2), 'd'), ((2,), 'e'), ((), 'f')]
    """
    seen = [span for span in spans if span.start < end and span.end > start and span.start < span.end]
    cuts = sorted({start, end} | {min(max(at, start), end) for span in seen for at in (span.start, span.end)})
    parts = [(low, high, _numbers(seen, low), _target(seen, low)) for low, high in pairwise(cuts)]
    return tuple(_run(text, list(alike), seen, start) for _, alike in groupby(parts, key=lambda part: part[2]))


_Part = tuple[int, int, tuple[int, ...], str]


def _run(text: str, parts: Sequence[_Part], spans: Iterable[Span], start: int) -> Run:
    at, numbers = parts[0][0], parts[0][2]
    first = {span.number for span in spans if max(span.start, start) == at}
    return Run(
        numbers,
        tuple(number for number in numbers if number in first),
        tuple(Piece(text[low:high], target) for low, high, _, target in parts),
    )


def _numbers(spans: Iterable[Span], at: int) -> tuple[int, ...]:
    return tuple(sorted({span.number for span in spans if span.number and span.start <= at < span.end}))


def _target(spans: Iterable[Span], at: int) -> str:
    """What the name at a place means; of names within names the longest."""
    found = [span for span in spans if span.target and span.start <= at < span.end]
    return max(found, key=lambda span: (span.end - span.start, span.target)).target if found else ""
