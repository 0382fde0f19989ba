"""`kg decide`: what people decide about the graph, with who, when and why, kept over every load and undone at will."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from kg.cli.options import Blank, json_option, opened, store_option
from kg.cli.output import changes, print_rows, records

if TYPE_CHECKING:
    from kg.decision import Decision

_COLUMNS = ("id", "what", "about", "family", "target", "reason", "by", "at")
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


def _record(decision: Decision, address: str) -> None:
    with opened(address, write=True) as store:
        report = store.decide(decision)
    click.echo(f"{decision.id} recorded; {changes(report)}")


@click.group()
@store_option
def decide(address: str) -> None:
    """Decide what a name means, or what is wrong."""


@decide.command()
@click.argument("name", type=Blank())
@click.option("--as", "entity", required=True, type=Blank(), metavar="ENTITY", help="What it means: a name or an id.")
@_reason
@_by
@store_option
def alias(name: str, entity: str, reason: str, by: str, address: str) -> None:
    """Let NAME, as papers write it, mean ENTITY everywhere."""
    from kg.cli.names import get_match
    from kg.decision import Decision, DecisionKind
    from kg.names import FAMILIES

    with opened(address, write=True) as store:
        target = get_match(store, entity, FAMILIES).id
        decision = Decision(
            what=DecisionKind.ALIAS,
            about=name,
            family=target.partition("/")[0],
            target=target,
            reason=reason,
            by=by,
            at=_now(),
        )
        report = store.decide(decision)
    click.echo(f"{decision.id} recorded; {changes(report)}")


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

    _record(Decision(what=DecisionKind.REJECT, about=about, reason=reason, by=by, at=_now()), address)


@decide.command()
@click.argument("decision", type=Blank())
@store_option
def undo(decision: str, address: str) -> None:
    """Undo a DECISION, named by the id that `kg decide list` prints."""
    with opened(address, write=True) as store:
        report = store.undo(decision)
    click.echo(f"{decision} undone; {changes(report)}")


@decide.command("list")
@json_option
@store_option
def list_decisions(as_json: bool, address: str) -> None:
    """List all decisions."""
    from kg.query.describe import decisions

    with opened(address) as store:
        rows = decisions(store)
    print_rows(_COLUMNS, records(rows, _COLUMNS), as_json=as_json)
