"""`kg export` and `kg restore`: the whole graph out of a store and into another."""

from __future__ import annotations

import click

from kg.cli.options import Words, store_option


@click.command()
@click.option("--format", "name", required=True, type=click.Choice(["nt", "turtle", "jsonl"]), help="What to write.")
@click.option("--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write this file instead of stdout.")
@click.option("--base", type=Words(), metavar="IRI", help="What our IRIs begin with (nt, turtle).")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out edges of less confidence.")
@store_option
def export(name: str, output: str | None, base: str | None, min_confidence: float, address: str) -> None:
    """Write the whole graph to a file.

    As N-Triples (nt), Turtle, or the JSON Lines (jsonl) that `kg restore` reads.
    """
    raise NotImplementedError


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, allow_dash=True), metavar="FILE")
@store_option
def restore(path: str, address: str) -> None:
    """Read a backup into an empty store.

    FILE is what `kg export --format jsonl` wrote, compressed or not; - is stdin.
    """
    raise NotImplementedError
