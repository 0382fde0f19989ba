"""What a person's words mean in a store: the best match, the others named on stderr, or the nearest names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.cli.output import say
from kg.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from kg.store import Match, Store


def get_match(store: Store, words: str, families: Sequence[str] = ()) -> Match:
    """What has most papers of all that the words may mean; tells the others on stderr.

    Raises NotFoundError with the nearest names.
    """
    from kg.names import FAMILIES
    from kg.query import resolve
    from kg.query.describe import is_removed

    try:
        match, others = resolve(store, words, families or (*FAMILIES, "paper"))
    except NotFoundError as error:
        if is_removed(store, words):
            raise NotFoundError("this paper was removed; kg load --restore-removed brings it back") from error
        raise
    say_others(match, others)
    return match


def say_others(match: Match, others: Sequence[Match]) -> None:
    """Tells on stderr what else the words could have meant, and when a decision leads them elsewhere."""
    if match.instead_of:
        say(f"{match.instead_of} is {_named(match)} by decision: kg identity why tells it")
    if others:
        say(f"taken as {_named(match)}; it may also mean {', '.join(map(_named, others))}")


def get_paper_id(store: Store, words: str) -> str:
    """The id of the one paper that the words mean.

    Raises NotFoundError for none, and UsageError where a title stands for several.
    """
    from kg.query import resolve

    match, others = resolve(store, words, ("paper",))
    if others:
        raise UsageError(f"several papers: {', '.join(map(_named, (match, *others)))}; say which by its id")
    return match.id


def _named(match: Match) -> str:
    return f"{match.id} ({match.kind}, {match.name})"
