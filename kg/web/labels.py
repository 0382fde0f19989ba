"""Names that fit into a picture: how wide a text is without a browser, where it breaks, and where it is cut.

Widths are estimates on the safe side in ems (1 em is the size of the letters), since each machine has its own letters.
"""

from __future__ import annotations

import re
import unicodedata

_NARROW = frozenset("iljtfrI.,:;'|!()[]`-/ ")
_BROAD = frozenset("mwMW@%&—…")
_WIDE = frozenset("WF")
_BREAK = re.compile(r"(?<=[\s/_-])")
LONGEST = 300
"""Characters of a name that a page shows; none that means something is as long."""


def clipped(name: str, longest: int = LONGEST) -> str:
    """A name of bounded length, with an ellipsis for what is left out.

    >>> clipped("a" * 1000, 5), clipped("LoRA", 5)
    ('aaaa…', 'LoRA')
    """
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def width(text: str) -> float:
    """About how wide a text is, in ems."""
    return sum(map(_width, text))


def _width(letter: str) -> float:
    if letter in _NARROW:
        return 0.38
    if letter in _BROAD:
        return 1.0
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in _WIDE:
        return 1.3
    return 0.72 if letter.isupper() or ord(letter) > 0x24F else 0.59


def wrapped(name: str, room: float, lines: int) -> tuple[str, ...]:
    """A name broken into at most so many lines of `room` ems, at spaces and hyphens where it has some.

    >>> wrapped("full parameter training", 9, 2), wrapped("full parameter training", 5, 2)
    (('full parameter', 'training'), ('full', 'parame…'))
    """
    words = [word for word in _BREAK.split(" ".join(clipped(name).split())) if word]
    found: list[str] = []
    while words and len(found) < lines:
        line, words = _line(words, room)
        found.append(line)
    if words:
        found[-1] = _cut(found[-1] + "…", room)
    return tuple(line.strip() for line in found) or ("",)


def _line(words: list[str], room: float) -> tuple[str, list[str]]:
    """As many words as fit, at least a part of the first, and what is left."""
    taken = ""
    for at, word in enumerate(words):
        if width((taken + word).rstrip()) > room:
            return (taken, words[at:]) if taken else _part(words, room)
        taken += word
    return taken, []


def _part(words: list[str], room: float) -> tuple[str, list[str]]:
    """The beginning of a word that is too long for any line, and what is left."""
    size = max(1, len(_cut(words[0], room)) - 1)
    return words[0][:size], [words[0][size:], *words[1:]]


def _cut(text: str, room: float) -> str:
    """A text that ends in an ellipsis where it is too wide."""
    if width(text) <= room:
        return text
    kept = text.rstrip("…")
    while kept and width(f"{kept}…") > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
