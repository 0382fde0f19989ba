"""`kg decide`: what people decide about the graph, with who, when and why, kept over every load and undone at will."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from kg.cli.names import get_match, get_paper_id
from kg.cli.options import Blank, OneOf, Words, json_option, opened, store_option
from kg.cli.output import changes, print_rows, records, say

if TYPE_CHECKING:
    from kg.decision import Decision
    from kg.model import Report
    from kg.store import Store

_COLUMNS = ("id", "what", "about", "family", "target", "kind", "papers", "reason", "by", "at")
_UNDONE = ("stood_as", "undone_by", "undone_at", "undone_reason")
_reason = click.option("--reason", required=True, type=Blank(), metavar="TEXT", help="Why; kept with the decision.")


def _login() -> str:
    """The login name of the person at work; "unknown" where the system has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"


_by = click.option("--by", default=_login, type=Blank(), metavar="NAME", help="Who decides. Default: your login name.")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _record(store: Store, decision: Decision) -> Report:
    report = store.decide(decision)
    click.echo(f"{report.decision} recorded; {changes(report)}")
    return report


def _entity(store: Store, words: str) -> str:
    """The id that words mean; one that leads on by decision, which is said, stays: it may be decided anew."""
    from kg.names import FAMILIES
    from kg.store.schema import is_id

    match = get_match(store, words, FAMILIES)
    return words if is_id(words) else match.id


def _keys(store: Store, papers: Sequence[str]) -> tuple[str, ...]:
    """The keys of papers that are named one by one, or several at once with commas where no paper has the whole name."""
    named = [one for words in papers for one in _each(store, words)]
    return tuple(get_paper_id(store, words).removeprefix("paper/") for words in named)


def _each(store: Store, words: str) -> list[str]:
    parts = [part.strip() for part in words.split(",")]
    return [part for part in parts if part] if len(parts) > 1 and not store.find(words, ("paper",)) else [words]


def _kinds() -> Sequence[str]:
    from kg.model import EntityKind

    return [kind.value for kind in EntityKind]


@click.group()
@store_option
def decide(address: str) -> None:
    """Decide what a name means, or what is wrong.

    A decision is kept with who made it, when and why; it holds for what is loaded later, too, and can be undone.
    """


@decide.command()
@click.argument("name", type=Blank())
@click.option("--as", "entity", required=True, type=Blank(), metavar="ENTITY", help="What it means: a name or an id.")
@_reason
@_by
@store_option
def alias(name: str, entity: str, reason: str, by: str, address: str) -> None:
    """Let NAME, as papers write it, mean ENTITY everywhere."""
    from kg.decision import Decision, DecisionKind
    from kg.names import FAMILIES, family_of

    with opened(address, write=True) as store:
        target = get_match(store, entity, FAMILIES).id
        own = family_of(target)
        report = _record(store, Decision(
            what=DecisionKind.ALIAS, about=name, family=own, target=target, reason=reason, by=by, at=_now(),
        ))  # fmt: skip
    if not (report.edges_added or report.edges_removed):
        say(f"no paper writes {name!r} yet; it holds for what will be loaded")


@decide.command()
@click.argument("entity", type=Blank())
@click.option("--into", required=True, type=Blank(), metavar="ENTITY", help="The thing that it is: a name or an id.")
@_reason
@_by
@store_option
def merge(entity: str, into: str, reason: str, by: str, address: str) -> None:
    """Let ENTITY, under all its names, be another one; its id leads there."""
    from kg.decision import Decision, DecisionKind

    with opened(address, write=True) as store:
        about, target = _entity(store, entity), _entity(store, into)
        _record(store, Decision(what=DecisionKind.MERGE, about=about, target=target, reason=reason, by=by, at=_now()))


@decide.command()
@click.argument("entity", type=Blank())
@click.option("--papers", "--paper", "papers", multiple=True, required=True, type=Blank(), metavar="PAPER,…",
              help="Papers in which it is another thing; several with commas, or the option again.")  # fmt: skip
@click.option("--introduced-by", "first", type=Blank(), metavar="PAPER",
              help="The paper that names the new thing. Default: the first of them that introduces it.")  # fmt: skip
@_reason
@_by
@store_option
def split(entity: str, papers: tuple[str, ...], first: str | None, reason: str, by: str, address: str) -> None:
    """Let ENTITY be a thing of its own in some papers.

    The new thing's id is that of ENTITY, a colon, and the id of the paper that introduces it.
    """
    from kg.decision import Decision, DecisionKind
    from kg.names import sense_id

    with opened(address, write=True) as store:
        about = _entity(store, entity)
        target = sense_id(about, _keys(store, [first])[0]) if first else ""
        _record(store, Decision(
            what=DecisionKind.SPLIT, about=about, target=target, papers=_keys(store, papers), reason=reason, by=by, at=_now(),
        ))  # fmt: skip


@decide.command()
@click.argument("name", type=Blank())
@click.option("--as", "entity", required=True, type=Blank(), metavar="ENTITY", help="What it means: a name or an id.")
@click.option("--papers", "--paper", "papers", multiple=True, required=True, type=Blank(), metavar="PAPER,…",
              help="Papers in which it means that; several with commas, or the option again.")  # fmt: skip
@_reason
@_by
@store_option
def sense(name: str, entity: str, papers: tuple[str, ...], reason: str, by: str, address: str) -> None:
    """Let NAME mean ENTITY in some papers."""
    from kg.decision import Decision, DecisionKind
    from kg.names import FAMILIES, family_of

    with opened(address, write=True) as store:
        target = get_match(store, entity, FAMILIES).id
        _record(store, Decision(
            what=DecisionKind.SENSE, about=name, family=family_of(target), target=target, papers=_keys(store, papers),
            reason=reason, by=by, at=_now(),
        ))  # fmt: skip


@decide.command()
@click.argument("entity", type=Blank())
@click.option("--as", "kind", required=True, type=OneOf("kind", _kinds), metavar="KIND",
              help="Method, Model, Dataset, Hardware, Task or Metric.")  # fmt: skip
@_reason
@_by
@store_option
def kind(entity: str, kind: str, reason: str, by: str, address: str) -> None:
    """Let ENTITY be of another kind; its id changes where the kind's ids begin otherwise."""
    from kg.decision import Decision, DecisionKind
    from kg.model import EntityKind

    with opened(address, write=True) as store:
        about = _entity(store, entity)
        _record(store, Decision(
            what=DecisionKind.KIND, about=about, kind=EntityKind(kind), reason=reason, by=by, at=_now(),
        ))  # fmt: skip


@decide.command()
@click.argument("about", type=Blank(), metavar="STATEMENT|CLAIM")
@_reason
@_by
@store_option
def reject(about: str, reason: str, by: str, address: str) -> None:
    """Reject a statement or a claim: no query counts it any more.

    `kg show` and `kg ask --evidence` print the ids of statements and claims.
    """
    from kg.decision import Decision, DecisionKind

    with opened(address, write=True) as store:
        _record(store, Decision(what=DecisionKind.REJECT, about=about, reason=reason, by=by, at=_now()))


@decide.command()
@click.argument("decision", type=Blank())
@click.option("--reason", default="", type=Words(), metavar="TEXT", help="Why; kept in the log.")
@_by
@store_option
def undo(decision: str, reason: str, by: str, address: str) -> None:
    """Undo a DECISION, named by the id that `kg decide list` prints; the log keeps it."""
    with opened(address, write=True) as store:
        report = store.undo(decision, by=by, reason=reason)
    click.echo(f"{decision} undone; {changes(report)}")


@decide.command("list")
@json_option
@store_option
def list_decisions(as_json: bool, address: str) -> None:
    """List the decisions that stand."""
    from kg.query.describe import decisions

    with opened(address) as store:
        rows = decisions(store)
    print_rows(_COLUMNS, records(rows, _COLUMNS), as_json=as_json)


@decide.command()
@json_option
@store_option
def log(as_json: bool, address: str) -> None:
    """List all decisions in the order of their times, with who undid which, when and why."""
    from kg.query.describe import decisions

    with opened(address) as store:
        rows = decisions(store, undone=True)
    print_rows((*_COLUMNS, *_UNDONE), records(rows, (*_COLUMNS, *_UNDONE)), as_json=as_json)
