"""Which colour a kind has: one fixed number for each kind of edge, the others take what a page leaves free.

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
    own = list(dict.fromkeys(kinds))
    taken = {_FIXED[kind] for kind in own if kind in _FIXED}
    free = [at for at in (*range(len(_FIXED) + 1, TINTS), *_FIXED.values()) if at not in taken]
    others = [kind for kind in own if kind not in _FIXED and kind not in _PLAIN]
    found = {**_FIXED, **dict(zip(others, free, strict=False))}
    return {kind: found.get(kind, PLAIN) for kind in own}
