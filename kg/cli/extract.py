"""`kg extract`: what a paper's text says, without any graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from kg.cli.options import Blank, json_option, no_store_option
from kg.cli.output import print_json, print_rows, say

_COLUMNS = ("id", "what", "type", "head", "tail", "evidence")


@click.command()
@click.argument("path", type=click.Path(exists=True, allow_dash=True), metavar="FILE")
@click.option("--source", type=Blank(), metavar="NAME", help="The name to give to what comes from stdin.")
@json_option
@no_store_option
def extract(path: str, source: str | None, as_json: bool) -> None:
    """Print what papers state, without any graph.

    Entities, relations and claims of the papers in FILE. With --json a list with one object per paper, which keeps the id that the paper has in FILE.
    """
    import loaders
    from kg.model import Problem
    from loaders.extract import EXTRACT, gold_form

    papers: list[dict[str, Any]] = []
    problems = 0
    for document in loaders.read([path], source=source):
        if isinstance(document, Problem):
            problems += 1
            say(str(document))
        else:
            papers.append(dict(gold_form(document.key, document, EXTRACT([document])[0])))
    if as_json:
        print_json(papers)
    else:
        print_rows(_COLUMNS, [row for paper in papers for row in _rows(paper)])
    if not papers:
        raise click.exceptions.Exit(1)


def _rows(paper: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """A paper's extraction, a row for each entity, relation and claim."""
    names = {entity["id"]: entity["name"] for entity in paper["entities"]} | {"paper": "paper"}
    for entity in paper["entities"]:
        yield paper["id"], "introduced" if entity["introduced"] else "entity", entity["type"], entity["name"], "", ""
    for relation in paper["relations"]:
        head, tail = names.get(relation["head"]), names.get(relation["tail"])
        yield paper["id"], "relation", relation["type"], head, tail, relation["evidence"]
    for claim in paper["claims"]:
        against = names.get(claim["comparator"], claim["comparator"])
        yield paper["id"], "claim", claim["kind"], names.get(claim["subject"]), against, claim["evidence"]
