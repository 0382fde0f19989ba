"""A neighbourhood as a picture: one thing in the middle, others around it, and what is said between them.

What is drawn is chosen here and placed in `kg.web.layout`, twice: for a wide screen and for a phone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.web.layout import Drawing, drawings
from kg.web.measures import Spot, Tie
from kg.web.tints import tints

MOST = 40
"""Things around the middle; more could not be told apart."""


@dataclass(frozen=True)
class Entry:
    """A line of the legend."""

    kind: str
    text: str
    derived: bool


@dataclass(frozen=True)
class Picture:
    """A neighbourhood drawn for each kind of screen, what its lines mean, the same in words, and how much is left out.

    `tints` are the numbers of the colours of kinds.
    """

    name: str
    tints: Mapping[str, int]
    drawings: tuple[Drawing, ...]
    legend: tuple[Entry, ...]
    words: tuple[str, ...]
    drawn: int
    left_out: int


def picture(name: str, spots: Sequence[Spot], ties: Sequence[Tie]) -> Picture | None:
    """The picture of a thing and the spots around it, most important first; None where nothing is around it.

    An end of a tie that is no spot is the thing in the middle. Ties of spots that are left out are left out too.
    """
    chosen = _chosen(spots, ties)
    left_out = {spot.id for spot in spots} - {spot.id for spot in chosen}
    drawn = [tie for tie in ties if tie.head != tie.tail and left_out.isdisjoint((tie.head, tie.tail))]
    joined = {end for tie in drawn for end in (tie.head, tie.tail)}
    chosen = tuple(spot for spot in chosen if spot.id in joined)
    if not chosen:
        return None
    return Picture(
        name=name,
        tints=tints(tie.kind for tie in ties),
        drawings=drawings(name, chosen, drawn),
        legend=tuple(dict.fromkeys(Entry(tie.kind, tie.legend, tie.derived) for tie in drawn)),
        words=tuple(dict.fromkeys(tie.words for tie in drawn)),
        drawn=len(chosen),
        left_out=len({spot.id for spot in spots}) - len(chosen),
    )


def _chosen(spots: Sequence[Spot], ties: Sequence[Tie]) -> tuple[Spot, ...]:
    """As many spots of each group as there is room for, those of one group together."""
    groups: dict[tuple[str, bool], list[Spot]] = {}
    for spot in spots:
        first = next((tie for tie in ties if spot.id in (tie.head, tie.tail)), None)
        if first:
            groups.setdefault((first.label, first.head == spot.id), []).append(spot)
    sizes = _shares([len(group) for group in groups.values()], MOST)
    return tuple(spot for group, size in zip(groups.values(), sizes, strict=True) for spot in group[:size])


def _shares(sizes: Sequence[int], room: int) -> list[int]:
    """How many each group may have, so that small ones are whole and large ones equal.

    >>> _shares([2, 30, 30], 40), _shares([1, 2], 40)
    ([2, 19, 19], [1, 2])
    """
    shares = [0] * len(sizes)
    while room > 0 and any(share < size for share, size in zip(shares, sizes, strict=True)):
        for at, size in enumerate(sizes):
            if shares[at] < size and room > 0:
                shares[at], room = shares[at] + 1, room - 1
    return shares
