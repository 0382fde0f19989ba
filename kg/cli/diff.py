"""`kg diff`: what came, went and changed from one graph to another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import OneOf, Words, json_option, opened, store_option
from kg.cli.output import Prose, on_terminal, print_json, print_lines, print_rows, say
from kg.errors import NotFoundError

if TYPE_CHECKING:
    from kg.export.comparison import Comparison, Detail, Side
    from kg.model import Element, Kind

_CHANGES = ("added", "gone", "changed")
_SUMMARY = ("kind", *_CHANGES)
_COLUMNS = ("change", "kind", "subject", "object", "key", "paper", "title", "what")
_SIGNS = {"added": ("+", "green"), "gone": ("−", "red"), "changed": ("~", "yellow")}
_SHOWN = 10
_BACKUP_BEGINS = (b"\x1f\x8b", b"{")
"""The first bytes of a backup: of a compressed file, or of JSON."""


def _kinds() -> Sequence[str]:
    from kg.export.comparison import KINDS

    return [kind.value for kind in KINDS]


@click.command()
@click.argument("old", type=Words(), metavar="A")
@click.argument("new", type=Words(), metavar="[B]", required=False)
@click.option("--details", is_flag=True, help="Show what came, went and changed, not only how much.")
@click.option("--kind", "kinds", multiple=True, type=OneOf("kind", _kinds), metavar="KIND", help="Only Method … Claim, improves-on … cites; in detail.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), help=f"Details of each kind. Default: {_SHOWN}.")
@click.option("--exit-code", is_flag=True, help="Exit 1 if there is a difference.")
@json_option
@store_option
def diff(
    old: str,
    new: str | None,
    details: bool,
    kinds: tuple[str, ...],
    limit: int | None,
    exit_code: bool,
    as_json: bool,
    address: str,
) -> None:
    """Say how two graphs differ.

    A and B are backups (kg export --format jsonl) or stores, in any mix; without B the store is compared with A. What
    only B has was added, what only A has is gone. When documents were loaded is no difference.
    """
    from kg.export.comparison import KINDS, compare

    shown = (limit or _SHOWN) if details or kinds or limit else 0
    wanted = [kind for kind in KINDS if not kinds or kind.value in kinds]
    with ExitStack() as stores:
        sides = [_side(name, stores) for name in (old, new or address)]
        found = compare(*sides, kinds=wanted, limit=shown)
    _print(found, shown, as_json)
    if exit_code and found.counts:
        raise click.exceptions.Exit(1)


def _side(name: str, stores: ExitStack) -> Side:
    """A backup or a store, opened until the stack ends.

    Raises NotFoundError where there is neither.
    """
    from kg.export import read_file
    from kg.store import is_there

    path = Path(name).expanduser()
    if _is_backup(name, path):

        def of_backup(kinds: Collection[Kind]) -> Iterator[Element]:
            return (element for element in read_file(path, parts=True) if element.kind in kinds)

        return of_backup
    if not is_there(name):
        raise NotFoundError(f"there is no backup and no store at {name}")
    return stores.enter_context(opened(name)).elements


def _is_backup(name: str, path: Path) -> bool:
    if "://" in name or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return file.read(2).startswith(_BACKUP_BEGINS)
    except OSError:
        return True  # who reads it will say why it cannot be read


def _print(found: Comparison, shown: int, as_json: bool) -> None:
    if not found.counts:
        say("no difference")
    counts = [(kind.value, *(changes.get(change, 0) for change in _CHANGES)) for kind, changes in found.counts.items()]
    left = max((sum(changes.values()) for changes in found.counts.values()), default=0)
    if shown and as_json:
        print_json([_object(detail) for detail in found.details])
    elif shown and not on_terminal():
        print_rows(_COLUMNS, [[getattr(detail, column) for column in _COLUMNS] for detail in found.details])
    else:
        print_rows(_SUMMARY, counts, as_json=as_json)
        print_lines(_prose(found.details))
    if shown and left > shown:
        say(f"of each kind {shown:,} are shown; --limit {left} shows all")


def _object(detail: Detail) -> dict[str, object]:
    """A detail for programs, with the values of what changed in full."""
    changes = [change._asdict() for change in detail.changes]
    return {**{column: getattr(detail, column) for column in _COLUMNS}, "changes": changes}


def _prose(details: Sequence[Detail]) -> Iterator[Prose]:
    """Details for a person, by kind."""
    for kind, alike in groupby(details, key=lambda detail: detail.kind):
        yield 0, "bold", kind
        for detail in alike:
            yield from _detail_prose(detail)
        yield 0, "", ""


def _detail_prose(detail: Detail) -> Iterator[Prose]:
    from kg.export.difference import in_short

    sign, style = _SIGNS[detail.change]
    name = f"{detail.subject} → {detail.object}" if detail.object else detail.subject
    yield 2, style, f"{sign} {name}"
    lines = [in_short(change) for change in detail.changes] or [detail.what]
    yield from ((6, "", line) for line in lines if line)
    where = (detail.title, detail.paper, detail.key)
    told = [str(part) for part in where if part and part not in (detail.subject, detail.what)]
    if told:
        yield 6, "dim", " · ".join(told)
