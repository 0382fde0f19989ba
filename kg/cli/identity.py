"""`kg identity`: why a name means what it means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from kg.cli.names import get_match
from kg.cli.options import Words, joined, json_option, opened, store_option
from kg.cli.output import Prose, counted, on_terminal, print_json, print_lines, print_rows

if TYPE_CHECKING:
    from kg.query.why import Chain

_PAPERS = 3


@click.group()
@store_option
def identity(address: str) -> None:
    """Tell which thing a name means, and why."""


@identity.command()
@click.argument("words", nargs=-1, required=True, type=Words(), metavar="NAME|ID")
@json_option
@store_option
def why(words: tuple[str, ...], as_json: bool, address: str) -> None:
    """Tell why a NAME means what it means, or for an ID why its names do.

    The chain leads from the name as papers write it over its normal form, the lexicon and decisions to the id, with
    the papers in which it does. Of a thing of many papers the first 500 are read.
    """
    from kg.names import FAMILIES
    from kg.query.why import chains

    text = joined(words)
    with opened(address) as store:
        found = chains(store, get_match(store, text, FAMILIES).id, text)
    if as_json:
        print_json(
            [{"written": c.written, "id": c.id, "steps": list(c.steps), "papers": list(c.papers)} for c in found]
        )
    elif on_terminal():
        print_lines(_prose(found))
    else:
        print_rows(
            ("written", "id", "steps", "papers"), [(c.written, c.id, " → ".join(c.steps), c.papers) for c in found]
        )


def _prose(found: Sequence[Chain]) -> Iterator[Prose]:
    for chain in found:
        yield 0, "", [(f"“{chain.written}”", "bold"), (" means ", ""), (chain.id, "bold")]
        yield from ((2, "", step) for step in chain.steps)
        yield 4, "dim", _where(chain.papers)


def _where(papers: Sequence[str]) -> str:
    if not papers:
        return "no paper writes this name"
    more = f" and {len(papers) - _PAPERS:,} more" if len(papers) > _PAPERS else ""
    return f"in {counted(len(papers), 'paper')}: {', '.join(papers[:_PAPERS])}{more}"
