"""The lines of a picture: curves between two ends, thicker where it is surer, with arrow heads."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

from kg.web.measures import Measure, Tie, number

_DOT = 5.0
_THINNEST, _THICKER = 1.0, 2.6
_HEAD, _HEAD_GROWS = 6.0, 1.4
_WIDEST = 150.0
"""Degrees of the round middle that the lines of one side may take."""
_BETWEEN = 13.0
"""Degrees from one line to the next, at most."""
_FIRST, _NEXT, _ALL = 5.0, 8.0, 38.0
"""From the middle of a band to its first port, from one port to the next at most, and from the first to the last."""

_BESIDE = 16.0
"""How much lower the bends of a line are than those of the one beside it."""

Point = tuple[float, float]


@dataclass(frozen=True)
class End:
    """Where a line may end, and on which side of the picture; `out` points from a port of the middle to the outside."""

    x: float
    y: float
    side: int
    lower: bool
    out: Point | None = None


@dataclass(frozen=True)
class Line:
    """A drawn tie: its path, how thick it is, and its arrow head ("" for none)."""

    tie: Tie
    path: str
    width: str
    head: str


def port(measure: Measure, middle: float, place: tuple[int, bool], rank: int, count: int) -> End:
    """Where on the outline of the middle a line ends that is number `rank` from above, of `count` on its side."""
    side, lower = place
    x = measure.width / 2
    if measure.band:
        far = count - 1 - rank if lower else rank
        down = 1.0 if lower else -1.0
        away = _FIRST + far * min(_NEXT, _ALL / count)
        return End(x + side * away, middle + down * measure.middle[1] / 2, side, lower, (0.0, down))
    angle = radians(((rank + 0.5) / count - 0.5) * min(_WIDEST, _BETWEEN * count))
    out = (side * cos(angle), sin(angle))
    radius = measure.middle[0] / 2
    return End(x + radius * out[0], middle + radius * out[1], side, lower, out)


def line(measure: Measure, tie: Tie, head: End, tail: End, *, beside: int = 0) -> Line:
    """A tie as a curve from its head to its tail, an arrow at the tail unless it is derived; `beside` so many others."""
    thick = _THINNEST + _THICKER * tie.confidence
    size = 0.0 if tie.derived else _HEAD + _HEAD_GROWS * thick
    start, tip = _edge(head), _edge(tail)
    way = _way(tail)
    end = (tip[0] + way[0] * size, tip[1] + way[1] * size)
    bends = [(x, y + _BESIDE * beside) for x, y in _bends(measure, (start, head), (end, tail))]
    path = f"M{_at(start)}C{_at(bends[0])} {_at(bends[1])} {_at(end)}"
    return Line(tie, path, number(thick), _arrow(tip, way, size) if size else "")


def _way(end: End) -> Point:
    """The direction in which a line leaves an end: out of the middle, or from a dot inwards."""
    return end.out or (-float(end.side), 0.0)


def _edge(end: End) -> Point:
    """Where a line meets an end: the outline of the middle, or just beside a dot."""
    return (end.x, end.y) if end.out else (end.x - end.side * _DOT, end.y)


def _bends(measure: Measure, *ends: tuple[Point, End]) -> tuple[Point, Point]:
    """The two points towards which a curve leaves its ends; to a band it goes round a corner."""
    (first, head), (second, tail) = ends
    if measure.band and (head.out or tail.out):
        corner = (first[0], second[1]) if head.out else (second[0], first[1])
        return corner, corner
    away = 0.45 * max(abs(first[0] - second[0]), measure.bend)
    near, far = ((x + _way(end)[0] * away, y + _way(end)[1] * away) for (x, y), end in ends)
    return near, far


def _arrow(tip: Point, way: Point, size: float) -> str:
    """The corners of an arrow head: the line comes along `way` turned round."""
    (x, y), (over, down), half = tip, way, size * 0.42
    back = (x + over * size, y + down * size)
    left, right = (back[0] - down * half, back[1] + over * half), (back[0] + down * half, back[1] - over * half)
    return f"{_at(tip)} {_at(left)} {_at(right)}"


def _at(point: Point) -> str:
    return f"{number(point[0])},{number(point[1])}"
