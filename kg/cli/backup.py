"""`kg export` and `kg restore`: the whole graph out of a store and into another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import Words, opened, store_option
from kg.cli.output import changes
from kg.errors import UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from kg.model import Element

_BACKUP = "jsonl"


class Format(Words):
    """A format of `kg.export.EXPORTERS`."""

    name = "format"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> str:
        """The format's name, if there is such a format."""
        from kg.export import EXPORTERS

        if value not in EXPORTERS:
            self.fail(f"no format {value!r}; there are: {', '.join(EXPORTERS)}", parameter, context)
        return str(value)

    def shell_complete(
        self, context: click.Context, parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """The formats whose name begins so."""
        from click.shell_completion import CompletionItem

        from kg.export import EXPORTERS

        return [CompletionItem(name) for name in EXPORTERS if name.startswith(incomplete)]


def _path(name: str) -> Path | None:
    """The file of a name; None for `-`, which is a standard stream."""
    return None if name == "-" else Path(name)


@click.command()
@click.option("--format", "format", required=True, type=Format(), metavar="FORMAT", help="nt, turtle or jsonl.")
@click.option("--output", type=click.Path(dir_okay=False), default="-", metavar="FILE", help="Write FILE, not stdout.")
@click.option("--base", type=Words(), metavar="IRI", help="What our IRIs begin with (nt, turtle).")
@click.option("--min-confidence", type=click.FloatRange(0, 1), help="Leave out what is less sure (nt, turtle).")
@store_option
def export(format: str, output: str, base: str | None, min_confidence: float | None, address: str) -> None:
    """Write the whole graph to a file.

    As N-Triples (nt), Turtle, or the JSON Lines (jsonl) that `kg restore` reads. A FILE that ends in .gz is
    compressed; a failed export leaves no file.
    """
    from kg.export import write_file
    from kg.rdf import DEFAULT_BASE

    if format == _BACKUP and min_confidence:
        raise UsageError("a backup is whole: --min-confidence goes with nt and turtle")
    with opened(address) as store:
        write_file(_path(output), format, _sure(store.elements(), min_confidence or 0.0), base or DEFAULT_BASE)


def _sure(elements: Iterable[Element], least: float) -> Iterator[Element]:
    """The elements without the edges and claims of less confidence; nodes come before edges."""
    from kg.model import Node

    left_out: set[str] = set()
    for element in elements:
        confidence = element.properties.get("confidence")
        if isinstance(confidence, float) and confidence < least:
            left_out |= {element.id} if isinstance(element, Node) else set()
        elif isinstance(element, Node) or left_out.isdisjoint((element.head, element.tail)):
            yield element


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, allow_dash=True), metavar="FILE")
@store_option
def restore(path: str, address: str) -> None:
    """Read a backup into an empty store.

    FILE is what `kg export --format jsonl` wrote, compressed or not; - is stdin.
    """
    from kg.export import read_file

    if path != "-":
        for _ in read_file(_path(path)):  # a file that is not whole is refused before anything is written
            pass
    with opened(address, write=True, create=True) as store:
        report = store.restore(read_file(_path(path)))
    click.echo(f"restored: {changes(report)}")
