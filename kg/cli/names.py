"""What a person's words mean in a store: the best match, the others named on stderr, or the nearest names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.cli.output import one_line, say
from kg.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from kg.store import Match, Store

_PAPER = ("paper",)
_NAMED_LENGTH = 80


def quoted(words: str) -> str:
    """Words in quotation marks, cut where they are long."""
    return repr(words if len(words) <= _NAMED_LENGTH else f"{words[: _NAMED_LENGTH - 1]}…")


def get_match(store: Store, words: str, families: Sequence[str] = ()) -> Match:
    """What has most papers of all that the words may mean; tells the others on stderr.

    Raises NotFoundError with the nearest names.
    """
    matches = _matches(store, words, families)
    if len(matches) > 1:
        others = ", ".join(f"{match.id} ({match.kind})" for match in matches[1:])
        say(f"{quoted(words)} taken as {matches[0].id} ({matches[0].kind}); it may also mean {others}")
    return matches[0]


def get_paper_id(store: Store, words: str) -> str:
    """The id of the one paper that the words mean.

    Raises NotFoundError for none, and UsageError where a title stands for several.
    """
    matches = _matches(store, words, _PAPER)
    if len(matches) > 1:
        raise UsageError(f"{quoted(words)} may mean {', '.join(match.id for match in matches)}; say which")
    return matches[0].id


def _matches(store: Store, words: str, families: Sequence[str]) -> list[Match]:
    matches = store.find(words, families)
    if not matches:
        raise NotFoundError(unknown(words, store.nearest(words, families), "paper" if families == _PAPER else "name"))
    return matches


def unknown(words: str, near: Sequence[str], what: str) -> str:
    """The message for words that mean nothing here."""
    there = f"the nearest: {', '.join(one_line(name) for name in near)}" if near else "the graph has nothing like it"
    return f"no {what} {quoted(words)}; {there}"
