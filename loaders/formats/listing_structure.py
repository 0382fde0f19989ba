"""Which lines of a listing page are titles and which abstracts: the reading that explains the whole page best.

A page repeats one shape of entry. Each shape is a small grammar over roles; a line's look makes a role cheap or dear,
and the cheapest path through all lines (Viterbi 1967) tells the roles. The shape whose path is cheapest is the page's.
A second pass charges for blank lines where this page has none, and the reverse, which tells paragraphs from titles.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from loaders.formats.listing_lines import Facts, Item, first_text


class Role(StrEnum):
    """What an item is on its page."""

    START = "start"
    NOISE = "noise"
    DAY = "day of the page"
    ORPHAN = "text without title"
    TITLE = "title"
    ABSTRACT = "abstract"
    PARAGRAPH = "further paragraph"
    ORGANIZATION = "organization"
    LEAD = "metadata before the title, of an entry that has others"
    FACTS = "metadata"
    STRAY = "metadata of no entry"
    TAIL = "noise at the end"


S, N, D, X, T, A, C, G, L, M, V, Z = Role


class Shape(NamedTuple):
    """Where an entry's metadata stand: what each role costs after each other, and what it costs to end with one."""

    follow: Mapping[Role, Mapping[Role, float]]
    end: Mapping[Role, float]
    ahead: bool
    """Whether metadata stand before the title they belong to."""


# Costs, in the unit of `prose`: tuned on pages rendered from some 9,000 real entries in many layouts.
_PARAGRAPH = 3.0  # an abstract goes on
_FURTHER = 2.0  # and goes on again
_BROKEN = 8.0  # a title without abstract, text without title
_CUT = 5.0  # text without title at the head of a page
_STRAY = 4.0  # metadata of no entry
_UNTOLD = 2.0  # an entry without metadata on a page that gives them
_GAP = 3.0  # blank lines where the page has none there, or the reverse
_SHORT = 3.0  # an abstract of one sentence
_NAME = 1.5  # a title where an organization's name is usual
_NEVER = 1e9
_SENTENCE = 120
_LONG = 80  # characters that no organization's name has


def _shape(entry: Mapping[Role, Mapping[Role, float]], end: Mapping[Role, float], *, ahead: bool = False) -> Shape:
    """A shape from its regular course; broken entries and both ends of the page are the same for all."""
    broken = {T: _BROKEN, X: _BROKEN, V: _STRAY}
    first = {N: 0.0, D: 0.0, X: _CUT, V: _STRAY, T: 0.0, **entry[S]}
    text = {C: _PARAGRAPH, Z: 0.0}
    more = {C: _FURTHER, Z: 0.0}
    follow: dict[Role, Mapping[Role, float]] = {
        S: first,
        N: first,
        D: first,
        T: {**broken, V: _BROKEN, **entry[T]},
        A: {**broken, **text, **entry[A]},
        C: {**broken, **more, **entry[A]},
        X: {**broken, Z: 0.0, **entry[A], X: 1.0},
        G: {M: 0.0},
        L: {**broken, T: 0.0},
        M: {**broken, Z: 0.0, **entry[M]},
        V: {**broken, T: 0.0, Z: 0.0},
        Z: {Z: 0.0},
    }
    return Shape(follow, {T: 1.0, G: _STRAY, L: _STRAY, **end}, ahead)


def shapes(untold: float) -> tuple[Shape, ...]:
    """The shapes of a page; `untold` is what an entry without metadata costs on it. Of equals the first is taken."""
    after = {S: {G: _STRAY}, T: {A: 0.0}, A: {G: 0.0, M: 0.0, T: untold}, M: {T: 0.0}}
    before = {S: {G: 0.0, M: 0.0, T: untold}, T: {A: 0.0}, A: {G: 0.0, M: 0.0, T: untold}, M: {T: 0.0}}
    between = {S: {}, T: {G: 0.0, M: 0.0, A: untold}, A: {T: 0.0}, M: {A: 0.0}}
    around = {S: {L: 0.0}, T: {A: 0.0}, A: {G: 0.0, M: 0.0, L: untold, T: 2 * untold}, M: {L: 0.0, T: untold}}
    # A page that is cut in its last abstract is as good as any: of shapes that explain it the first is taken.
    cut = {A: 0.0, C: 0.0}
    return (
        _shape(after, cut),
        _shape(before, {M: _STRAY}, ahead=True),
        _shape(between, {M: _STRAY}),
        _shape(around, cut),
    )


def prose(text: str) -> float:
    """How much a line looks like a paragraph (above 0) or like a title (below 0)."""
    length = len(text)
    if length > 350:
        return 12.0
    score = 6.0 if length > 230 else max(-3.0, min(3.0, (length - 130) / 30))
    score += 4.0 if text.endswith((".", "。", ".”", '."', ".)")) else 0.0 if text.endswith(("?", "!")) else -2.0
    score += 2.0 if re.search(r"[a-z)\]][.!?] +[A-Z]", text) else 0.0
    score += 4.0 if "://" in text else 0.0
    words = re.findall(r"[^\W\d_]{4,}", text)[1:]
    capitals = sum(word[0].isupper() for word in words) / len(words) if words else 0.5
    return score + 4 * (0.5 - capitals)


def _cost(item: Item, role: Role, following: Item | None) -> float:
    """How badly an item looks its role."""
    text = item.line.text
    if item.day:
        return 0.0 if role is D else _NEVER
    if item.facts is not None:
        return _facts_cost(item.facts, role)
    if role in {T, A, C, X}:
        weight = prose(text)
        name = following is not None and following.facts is not None and following.facts.dotted
        odd = _NAME if role is T and name else _SHORT if role is A and len(text) < _SENTENCE else 0.0
        return max(0.0, weight if role is T else -weight) + odd + (_STRAY if item.edge else 0.0)
    if role is G:
        return _organization_cost(text, following)
    if role in {N, Z}:
        words = len(text.split())
        return 0.0 if item.edge else 2.0 if words <= 3 and len(text) <= 30 else 4.0 if len(text) <= 60 else _NEVER
    return _NEVER


def _facts_cost(facts: Facts, role: Role) -> float:
    idle = facts.is_empty or facts.is_number
    possible = {
        D: facts.is_plain_date,
        L: facts.is_number or facts.submitted,
        M: True,
        V: True,
        N: idle,
        Z: idle,
    }
    if not possible.get(role):
        return _NEVER
    return 1.0 if role is N else 0.0


def _organization_cost(text: str, following: Item | None) -> float:
    facts = following.facts if following else None
    if facts is None or facts.organization or len(text) > _LONG or text.endswith("."):
        return _NEVER
    return (0.5 if facts.dotted else 1.5) + (3.0 if facts.authors is not None else 0.0)


class Reading(NamedTuple):
    """The role of each item of a page, and whether metadata stand before the title they belong to."""

    roles: Sequence[Role]
    ahead: bool


def reading(items: Sequence[Item]) -> Reading:
    """The reading of a page by the shape that explains it best."""
    tells = any(item.facts and not item.facts.is_empty for item in items[first_text(items) :])
    costs = [
        {role: cost for role in Role if (cost := _cost(item, role, following)) < _NEVER}
        for item, following in zip(items, [*items, None][1:], strict=True)
    ]
    lean = _lean(items)
    _, found, shape = min(
        (
            (cost + (_GAP if lean is not None and lean != shape.ahead else 0.0), path, shape)
            for shape in shapes(_UNTOLD if tells else 0.0)
            for cost, path in [_path(items, costs, shape, {})]
        ),
        key=lambda found: found[0],
    )
    return Reading(_path(items, costs, shape, _usual_gaps(items, found))[1], shape.ahead)


def _lean(items: Sequence[Item]) -> bool | None:
    """Whether metadata mostly stand nearer to what follows them than to what precedes; None if neither is usual."""
    between = [
        item.gap - after.gap
        for before, item, after in zip(items, items[1:], items[2:], strict=False)
        # What stands right before may be an organization, which belongs to the metadata.
        if item.facts and len(before.line.text) > _LONG and not before.facts and not after.facts
    ]
    nearer = sum(gap > 0 for gap in between) - sum(gap < 0 for gap in between)
    return nearer > 0 if 2 * abs(nearer) > len(between) else None


Gaps = Mapping[tuple[Role, Role], int]


def _usual_gaps(items: Sequence[Item], found: Sequence[Role]) -> Gaps:
    """How many blank lines this page puts between what, as far as that is seen twice."""
    pairs = Counter((before, after, item.gap) for before, after, item in zip(found, found[1:], items[1:], strict=False))
    usual: dict[tuple[Role, Role], int] = {}
    for (before, after, gap), count in pairs.most_common():
        if count > 1 and {before, after} <= {T, A, M}:
            usual.setdefault((before, after), gap)
    return usual | {(C, after): gap for (before, after), gap in usual.items() if before is A}


def _path(
    items: Sequence[Item], costs: Sequence[Mapping[Role, float]], shape: Shape, gaps: Gaps
) -> tuple[float, list[Role]]:
    """The cheapest path through a shape, and its cost."""
    best: dict[Role, float] = {S: 0.0}
    steps: list[dict[Role, Role]] = []
    for item, looks in zip(items, costs, strict=True):
        reached: dict[Role, float] = {}
        step: dict[Role, Role] = {}
        for before, so_far in best.items():
            for after, toll in shape.follow[before].items():
                if after in looks:
                    unusual = _GAP if gaps.get((before, after), item.gap) != item.gap else 0.0
                    cost = so_far + toll + looks[after] + unusual
                    if cost < reached.get(after, _NEVER):
                        reached[after], step[after] = cost, before
        best = reached
        steps.append(step)
    last = min(best, key=lambda role: best[role] + shape.end.get(role, 0.0))
    path = [last]
    for step in reversed(steps):
        path.append(step[path[-1]])
    return best[last] + shape.end.get(last, 0.0), path[-2::-1]
