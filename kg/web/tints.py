"""Which colour a kind has: one fixed number for each kind of edge, the others take what is left.

The colours themselves stand in `templates/style.css`, for light and for dark pages, by these numbers.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import RELATIONS, EdgeKind

PLAIN = 0
"""For what is not a statement about two things, such as a mention."""
TINTS = 12
"""How many colours there are."""
_PLAIN = frozenset({EdgeKind.MENTIONS, EdgeKind.DESCRIBES, EdgeKind.WRITTEN_BY, EdgeKind.CITES})
_FIXED = {kind.value: at for at, kind in enumerate((*RELATIONS, EdgeKind.INTRODUCES), start=1)}


def tints(kinds: Iterable[str]) -> dict[str, int]:
    """The colour of each kind, told apart as far as there are colours.

    >>> tints(["improves-on", "same-rivals", "same-task", "mentions"])
    {'improves-on': 1, 'same-rivals': 9, 'same-task': 10, 'mentions': 0}
    """
    found: dict[str, int] = {}
    free = list(range(len(_FIXED) + 1, TINTS))
    for kind in dict.fromkeys(kinds):
        if kind in _FIXED:
            found[kind] = _FIXED[kind]
        elif kind in _PLAIN or not free:
            found[kind] = PLAIN
        else:
            found[kind] = free.pop(0)
    return found
