"""Runs of words that may be names, and the cues that say whether they are, and of what kind.

A candidate is up to `LONGEST` tokens without stop words (`of` and `&` may stand inside), or a name that the lexicon or
the table of terms lists. Its cues are its words, its shape, its neighbours and where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from loaders.extract.cues import stop_words, words
from loaders.extract.tokens import Token, is_word, normal_words

LONGEST = 6
_INSIDE = frozenset({"of", "&", "+"})


@lru_cache(maxsize=50_000)
def shape(text: str) -> str:
    """The kinds of characters in a word, runs as one: `Qwen-7B` → `Aa-9A`."""
    found = ""
    for char in text[:40]:
        kind = "A" if char.isupper() else "a" if char.isalpha() else "9" if char.isdigit() else char
        if not found.endswith(kind):
            found += kind
    return found


def is_content(token: Token) -> bool:
    return is_word(token) and (
        token.lower not in stop_words() or (len(token.text) > 1 and token.text[1:] != token.lower[1:])
    )


def candidates(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The pairs (first, end) of tokens that may be a name."""
    content = [is_content(token) for token in tokens]
    for first, token in enumerate(tokens):
        if not content[first]:
            continue
        for end in range(first + 1, min(len(tokens), first + LONGEST) + 1):
            if content[end - 1]:
                if not tokens[end - 1].text.isdigit() or end - first > 1:
                    yield first, end
            elif tokens[end - 1].lower not in _INSIDE:
                break


@lru_cache(maxsize=50_000)
def inner_cues(text: str) -> tuple[str, ...]:
    """The cues of a word wherever it stands in a candidate."""
    lower = text.lower()
    return ("w=" + lower, *(f"p={part}" for part in lower.split("-") if part != lower))


@lru_cache(maxsize=50_000)
def first_cues(text: str) -> tuple[str, ...]:
    lower = text.lower()
    cues = ["f=" + lower, "fs=" + shape(text)]
    if text != lower:
        cues += ["f3=" + lower[:3], "f4=" + lower[:4]]
    return tuple(cues)


@lru_cache(maxsize=50_000)
def last_cues(text: str) -> tuple[str, ...]:
    lower = text.lower()
    parts = normal_words(text)
    cues = ["l=" + lower, "ls=" + shape(text), "ln=" + (parts[-1] if parts else ""), "l3=" + lower[-3:]]
    if text != lower:
        cues += ["u3=" + lower[-3:], "u4=" + lower[-4:]]
    else:
        cues += ["l4=" + lower[-4:]]
    return tuple(cues)


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].lower if 0 <= at < len(tokens) else "^"


def left_cues(tokens: Sequence[Token], first: int) -> list[str]:
    """The cues before a candidate."""
    one, two, three = (_word(tokens, first - back) for back in (1, 2, 3))
    cues = [f"a={one}", f"aa={two} {one}", f"a2={two}", f"a3={three}"]
    at = first
    while (
        at > 0
        and first - at < 12
        and (tokens[at - 1].text in ",()" or tokens[at - 1].lower in ("and", "or") or is_content(tokens[at - 1]))
    ):
        at -= 1
    cues.append(f"head={_word(tokens, at - 2)} {_word(tokens, at - 1)}")
    cues.append(f"head1={_word(tokens, at - 1)}")
    window = {token.lower for token in tokens[max(0, first - 6) : first]}
    if window & words("introducing"):
        cues.append("introducing")
        if one in ("a", "an", ",", "the") or two in words("introducing") or one in words("introducing"):
            cues.append("introducing near")
    return cues


def right_cues(tokens: Sequence[Token], end: int) -> list[str]:
    """The cues after a candidate."""
    one, two = _word(tokens, end), _word(tokens, end + 1)
    cues = [f"b={one}", f"bb={one} {two}", f"b2={two}"]
    ahead = end
    while (
        ahead < len(tokens)
        and ahead < end + 8
        and (tokens[ahead].text in ",()" or tokens[ahead].lower in ("and", "or") or is_content(tokens[ahead]))
    ):
        ahead += 1
    if ahead > end:
        cues.append(f"tail={_word(tokens, ahead - 1)}")
    return cues


def whole_cues(tokens: Sequence[Token], first: int, end: int, part: str) -> list[str]:
    """The cues of a candidate as a whole."""
    inside = tokens[first:end]
    capitals = sum(token.text[0].isupper() for token in inside)
    mixed = sum(token.text[1:] != token.lower[1:] for token in inside)
    digits = sum(any(c.isdigit() for c in token.text) for token in inside)
    length = end - first
    cues = [
        f"n={length}",
        f"cap={capitals}/{length}",
        f"mix={min(mixed, 2)}",
        f"dig={min(digits, 2)} {min(mixed, 1)}",
        f"part={part}",
    ]
    if length == 1:
        cues += [f"one={shape(inside[0].text)}", f"one={inside[0].lower}", f"one {part} {shape(inside[0].text)}"]
    if part == "title":
        cues.append(f"title {first == 0} {tokens[end].text if end < len(tokens) else '$'}")
        cues.append(f"titlecap {capitals == length} {length}")
    else:
        cues.append(f"start {first == 0} {capitals == length} {mixed > 0}")
    return cues
