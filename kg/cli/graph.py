"""`kg cypher`, `kg sparql`, `kg check`: the graph as it is, in a language of the person's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import Blank, json_option, opened, store_option
from kg.cli.output import counted, print_rows, say

if TYPE_CHECKING:
    from kg.store import Table

_limit = click.option(
    "--limit", type=click.IntRange(1), default=1000, show_default=True, help="Print this many rows at most."
)
_timeout = click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=60.0,
    show_default=True,
    help="Give up after so many seconds.",
)


@click.command()
@click.argument("text", type=Blank(), metavar="QUERY")
@_limit
@_timeout
@json_option
@store_option
def cypher(text: str, limit: int, timeout: float, as_json: bool, address: str) -> None:
    """Print the rows of a read-only Cypher query.

    Such as: kg cypher 'MATCH (n:Entity) RETURN n.name AS name'
    """
    with opened(address) as store:
        _print(store.cypher(text, limit=limit, timeout=timeout), limit, as_json)


@click.command()
@click.argument("text", type=Blank(), metavar="QUERY")
@_limit
@_timeout
@json_option
@store_option
def sparql(text: str, limit: int, timeout: float, as_json: bool, address: str) -> None:
    """Print the rows of a SPARQL query over the RDF.

    The prefixes of the graph need no declaration. Such as: kg sparql 'SELECT ?name { ?m a kgo:Method ; rdfs:label ?name }'
    """
    from kg import rdf

    with opened(address) as store:
        _print(rdf.sparql(store, text, limit=limit, timeout=timeout), limit, as_json)


def _print(table: Table, limit: int, as_json: bool) -> None:
    print_rows(table.columns, table.rows, as_json=as_json)
    if table.truncated:
        say(f"there are more than {limit:,} rows; --limit prints more")


@click.command()
@json_option
@store_option
def check(as_json: bool, address: str) -> None:
    """Check every law of the graph.

    Prints each law that does not hold, and then exits 1.
    """
    with opened(address) as store:
        broken = store.check()
    print_rows(["broken"], [[line] for line in broken], as_json=as_json)
    say(f"{counted(len(broken), 'law')} broken" if broken else "every law holds")
    if broken:
        raise click.exceptions.Exit(1)
