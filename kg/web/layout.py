"""Where everything in a picture goes. Nothing is random: the same neighbourhood gives the same picture.

The things around stand in columns left and right of the middle, one below the other, so that no two names meet,
whatever they are. On a wide screen the columns are bowed around the middle; on a phone they stand above and below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from kg.web.curves import End, Line, line, port
from kg.web.labels import wrapped
from kg.web.measures import MEASURES, Measure, Spot, Tie, number

_LINE = 17.0
"""Height of a line of letters."""
_SPACE = 9.0
"""Between one name and the next: with a line of letters, more than the 24 that a finger needs."""
_CAPTION = 25.0
_CAPTION_LETTERS = 12.0
_ARROW = 1.7
"""Ems that a caption's arrow takes."""
_MARGIN = 12.0
_BESIDE = 11.0
"""From the middle of a dot to its name."""
_BASE = 4.8
"""From the middle of a line of letters down to its base."""


@dataclass(frozen=True)
class Words:
    """A line of letters and where its base line begins, ends or is centred."""

    x: str
    y: str
    text: str


@dataclass(frozen=True)
class Dot:
    """A thing with its name, left or right of the dot, and the box that a pointer finds: x, y, width, height."""

    spot: Spot
    side: str
    x: str
    y: str
    lines: tuple[Words, ...]
    box: tuple[str, str, str, str]


@dataclass(frozen=True)
class Caption:
    """What the lines to the things below it say, with an arrow for their direction."""

    words: Words
    side: str
    kind: str


@dataclass(frozen=True)
class Drawing:
    """A picture with all its places; the middle is a box with round corners: x, y, width, height, radius."""

    name: str
    width: str
    height: str
    middle: tuple[str, str, str, str, str]
    title: tuple[Words, ...]
    lines: tuple[Line, ...]
    captions: tuple[Caption, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class _Slot:
    """A spot with the lines of its name, or, without one, the caption over those that follow."""

    spot: Spot | None
    lines: tuple[str, ...]
    tie: Tie
    leaving: bool

    @property
    def height(self) -> float:
        return _LINE * len(self.lines) + _SPACE if self.spot else _CAPTION


@dataclass(frozen=True)
class _Column:
    """Slots one below the other: side is -1 for left and 1 for right, `lower` says whether it stands below a band."""

    side: int
    lower: bool
    slots: tuple[_Slot, ...]

    @property
    def height(self) -> float:
        return sum(slot.height for slot in self.slots)


def drawings(name: str, spots: Sequence[Spot], ties: Sequence[Tie]) -> tuple[Drawing, ...]:
    """The picture of a thing in the middle, spots around it and ties between them, for each kind of screen.

    An end of a tie that is no spot is the thing in the middle. Each spot has a tie.
    """
    return tuple(_drawing(measure, name, spots, ties) for measure in MEASURES)


def _drawing(measure: Measure, name: str, spots: Sequence[Spot], ties: Sequence[Tie]) -> Drawing:
    columns = _columns(measure, spots, ties)
    height, middle = _heights(measure, columns)
    placed = [each for column in columns for each in _placed(measure, column, middle, height)]
    ends = {slot.spot.id: end for slot, end in placed if slot.spot}
    x, (wide, high) = measure.width / 2, measure.middle
    title = wrapped(name, measure.middle_room, measure.middle_lines)
    return Drawing(
        name=measure.name,
        width=number(measure.width),
        height=number(height),
        middle=(number(x - wide / 2), number(middle - high / 2), number(wide), number(high), number(high / 2)),
        title=tuple(_words(title, x, middle)),
        lines=tuple(_lines(measure, ties, ends, middle)),
        captions=tuple(_caption(measure, slot, end) for slot, end in placed if not slot.spot),
        dots=tuple(_dot(measure, slot, slot.spot, end) for slot, end in placed if slot.spot),
    )


def _columns(measure: Measure, spots: Sequence[Spot], ties: Sequence[Tie]) -> tuple[_Column, ...]:
    """The spots in columns of about the same height, each with a caption where the lines begin to say something else."""
    slots = [_slot(measure, spot, ties) for spot in spots]
    places = [(side, lower) for side in (-1, 1) for lower in ((False, True) if measure.band else (False,))]
    total = sum(slot.height for slot in slots)
    before = accumulate((slot.height for slot in slots), initial=0.0)
    parts: dict[int, list[_Slot]] = {at: [] for at in range(len(places))}
    for slot, top in zip(slots, before, strict=False):
        parts[int((top + slot.height / 2) * len(places) / total)].append(slot)
    return tuple(_Column(*place, tuple(_captioned(parts[at]))) for at, place in enumerate(places))


def _slot(measure: Measure, spot: Spot, ties: Sequence[Tie]) -> _Slot:
    tie = next(tie for tie in ties if spot.id in (tie.head, tie.tail))
    return _Slot(spot, wrapped(spot.name, measure.room, measure.lines), tie, leaving=tie.head == spot.id)


def _captioned(slots: Iterable[_Slot]) -> Iterator[_Slot]:
    before = None
    for slot in slots:
        if before != (slot.tie.label, slot.leaving):
            before = slot.tie.label, slot.leaving
            yield _Slot(None, (), slot.tie, slot.leaving)
        yield slot


def _heights(measure: Measure, columns: Sequence[_Column]) -> tuple[float, float]:
    """The height of the picture, and how far down its middle is."""
    upper = max(column.height for column in columns if not column.lower)
    if not measure.band:
        height = max(upper, measure.middle[1]) + 2 * _MARGIN
        return height, height / 2
    lower = max(column.height for column in columns if column.lower)
    gap = measure.middle[1] + 2 * measure.gap
    return upper + gap + lower + 2 * _MARGIN, _MARGIN + upper + gap / 2


def _placed(measure: Measure, column: _Column, middle: float, height: float) -> Iterator[tuple[_Slot, End]]:
    """The slots of a column and where each is; columns are nearer to the middle at their ends."""
    top = middle - column.height / 2
    if measure.band:
        gap = measure.middle[1] / 2 + measure.gap
        top = middle + gap if column.lower else middle - gap - column.height
    for slot in column.slots:
        y = top + slot.height / 2
        away = measure.reach - measure.bow * (2 * (y - middle) / height) ** 2
        yield slot, End(measure.width / 2 + column.side * away, y, column.side, column.lower)
        top += slot.height


def _lines(measure: Measure, ties: Sequence[Tie], ends: Mapping[str, End], middle: float) -> Iterator[Line]:
    """The lines, the most important last, so that it lies on top; those between the same two things side by side."""
    ports = _ports(measure, ties, ends, middle)
    beside: Counter[frozenset[str]] = Counter()
    for at, tie in reversed(list(enumerate(ties))):
        pair = frozenset((tie.head, tie.tail))
        head, tail = (ends[id] if id in ends else ports[at] for id in (tie.head, tie.tail))
        yield line(measure, tie, head, tail, beside=beside[pair] if at not in ports else 0)
        beside[pair] += 1


def _ports(measure: Measure, ties: Sequence[Tie], ends: Mapping[str, End], middle: float) -> dict[int, End]:
    """Where each tie that ends in the middle does so, each at a place of its own, so that arrow heads are told apart."""
    columns: dict[tuple[int, bool], list[tuple[float, int]]] = {}
    for at, tie in enumerate(ties):
        found = [ends[id] for id in (tie.head, tie.tail) if id in ends]
        if len(found) == 1:
            columns.setdefault((found[0].side, found[0].lower), []).append((found[0].y, at))
    return {
        at: port(measure, middle, place, rank, len(column))
        for place, column in columns.items()
        for rank, (_, at) in enumerate(sorted(column))
    }


def _words(lines: Sequence[str], x: float, y: float) -> Iterator[Words]:
    """Lines of letters one below the other, centred around y."""
    first = y - _LINE * (len(lines) - 1) / 2 + _BASE
    for at, text in enumerate(lines):
        yield Words(number(x), number(first + at * _LINE), text)


def _caption(measure: Measure, slot: _Slot, end: End) -> Caption:
    label = wrapped(slot.tie.label, measure.room * measure.letters / _CAPTION_LETTERS - _ARROW, 1)[0]
    inward = slot.leaving == (end.side < 0)
    arrow = "" if slot.tie.derived else "→" if inward else "←"
    text = f"{label} {arrow}" if end.side < 0 else f"{arrow} {label}"
    (words,) = _words([text.strip()], end.x + end.side * _BESIDE, end.y + 3)
    return Caption(words, _side(end), slot.tie.kind)


def _dot(measure: Measure, slot: _Slot, spot: Spot, end: End) -> Dot:
    x, high = end.x + end.side * _BESIDE, slot.height - 2
    wide = measure.room * measure.letters + 2 * _BESIDE
    left = max(1.0, end.x + _BESIDE - wide) if end.side < 0 else end.x - _BESIDE
    box = (number(left), number(end.y - high / 2), number(min(wide, measure.width - left - 1)), number(high))
    return Dot(spot, _side(end), number(end.x), number(end.y), tuple(_words(slot.lines, x, end.y)), box)


def _side(end: End) -> str:
    return "left" if end.side < 0 else "right"
