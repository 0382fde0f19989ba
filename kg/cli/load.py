"""`kg load` and `kg remove`: papers into the graph and out of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kg.cli.options import Blank, Words, opened, store_option
from kg.cli.output import changes, counted, say

if TYPE_CHECKING:
    from kg.model import Progress, Report


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=True), metavar="PATHS…")
@click.option("--strict", is_flag=True, help="Exit 1 if anything in the files is bad.")
@click.option("--source", type=Blank(), metavar="NAME", help="The name to remember for what comes from stdin.")
@click.option("--restore-removed", is_flag=True, help="Load papers again that were removed with `kg remove`.")
@click.option("--adopt", is_flag=True, help="Use a server database that holds other data, which stays as it is.")
@store_option
def load(
    paths: tuple[str, ...], strict: bool, source: str | None, restore_removed: bool, adopt: bool, address: str
) -> None:
    """Read papers into the graph.

    PATHS are files, folders, or - for stdin. The format is recognised by content. Loading the same files again changes nothing.
    """
    import loaders
    from kg.store import BringingBack

    with opened(address, write=True, adopt=adopt, create=True) as store, _progress() as progress:
        writer = BringingBack(store) if restore_removed else store
        report = loaders.load(paths, writer, progress=progress, source=source)
    for problem in report.problems:
        say(str(problem))
    if report.skipped:
        say(
            f"skipped: {counted(len(report.skipped), 'document')} of removed papers; --restore-removed brings them back"
        )
    click.echo(summary(report))
    if not report.documents or (strict and report.problems):
        raise click.exceptions.Exit(1)


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A bar on stderr for a person who watches, nothing otherwise."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("documents", total=None)
        yield lambda written: bar.advance(task, written)


def summary(report: Report) -> str:
    """What a load changed, in one line."""
    papers = f"{counted(len(report.new), 'paper')} new, {len(report.changed):,} changed, {len(report.same):,} same"
    return (
        f"{counted(report.documents, 'document')}: {papers}, {len(report.skipped):,} skipped; {changes(report)}; "
        f"{counted(len(report.problems), 'problem')}"
    )


@click.command()
@click.argument("papers", nargs=-1, required=True, type=Words(), metavar="PAPER…")
@store_option
def remove(papers: tuple[str, ...], address: str) -> None:
    """Remove papers with all that only they said.

    A PAPER is an id or a title. Later loads skip a removed paper; `kg load --restore-removed` brings it back.
    """
    from kg.cli.names import get_paper_id

    with opened(address, write=True) as store:
        ids = list(dict.fromkeys(get_paper_id(store, words) for words in papers))
        report = store.remove(ids)
    click.echo(f"{counted(len(ids), 'paper')} removed; {changes(report)}")
