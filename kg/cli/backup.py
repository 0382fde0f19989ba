"""`kg export` and `kg restore`: the graph, or a part of it, out of a store, and the whole into another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.names import get_match
from kg.cli.options import Blank, OneOf, Words, opened, store_option
from kg.cli.output import changes, say
from kg.errors import DamagedStoreError, StoreError, UsageError, WrittenMeanwhileError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from kg.export import Selection
    from kg.model import Kind
    from kg.store import Store


_IMPORTED = "csv"


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


def _kinds() -> list[str]:
    from kg.model import EdgeKind, NodeKind

    return [kind.value for kind in (*NodeKind, *EdgeKind)]


@dataclass(frozen=True)
class Part:
    """The part of the graph that a person asked for, in the person's words."""

    about: str | None
    depth: int | None
    kinds: tuple[str, ...]
    least: float
    texts: bool


def part_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options that choose a part of the graph, together as the argument `part`."""

    @wraps(command)
    def run(*, about: str | None, depth: int | None, kinds: tuple[str, ...], min_confidence: float, no_text: bool, **others: Any) -> None:  # fmt: skip
        if depth is not None and not about:
            raise UsageError("--depth goes with --about NAME")
        command(part=Part(about, depth, kinds, min_confidence, texts=not no_text), **others)

    options = (
        click.option("--about", type=Blank(), metavar="NAME", help="Only what lies around a thing: its name, alias, title or id."),
        click.option("--depth", type=click.IntRange(0), help="Steps along edges, either way, from NAME.  [default: 1]"),
        click.option("--kind", "kinds", multiple=True, type=OneOf("kind", _kinds), metavar="KIND", help="Only nodes (Method …) or edges (improves-on …) of a kind; edges bring their ends. May be repeated."),
        click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out what is less sure."),
        click.option("--no-text", is_flag=True, help="Leave out abstracts, texts and extractions of documents; abstracts are the copyright of others."),
    )  # fmt: skip
    return reduce(lambda found, option: option(found), reversed(options), run)


@click.command()
@click.option("--format", "format", required=True, type=Format(), metavar="FORMAT", help="One of those above.")
@click.option("--output", type=click.Path(dir_okay=False), default="-", metavar="FILE", help="Write FILE, not stdout.")
@part_options
@click.option("--base", type=Words(), metavar="IRI", help="What our IRIs begin with (nt, turtle).")
@store_option
def export(format: str, output: str, part: Part, base: str | None, address: str) -> None:
    """Write the graph, or a part of it, to a file.

    \b
    FORMAT is
      jsonl             the backup that kg restore reads
      nt, turtle        RDF
      graphml, gexf     for Gephi, yEd, networkx and the like
      csv               two files for neo4j-admin database import full
      cypher            a script for an empty Neo4j database
      parquet           two files for pandas, DuckDB and the like
      mermaid, dot      a picture of what is stated around NAME
      bibtex, csl-json  the papers, for a bibliography

    A FILE that ends in .gz is compressed; a failed export leaves no file. A part of a graph cannot be restored.
    """
    from kg.export import EXPORTERS, cited_of, content_of, write_file
    from kg.rdf import DEFAULT_BASE

    if EXPORTERS[format].around and not part.about:
        raise UsageError(f"{format} is a picture: say of what with --about NAME")
    path = _path(output)

    def write(store: Store) -> None:
        selection = _selection(store, part, EXPORTERS[format].kinds)
        cites = EXPORTERS[format].cites
        write_file(
            path, format, cited_of(store, selection) if cites else content_of(store, selection, base or DEFAULT_BASE)
        )

    with opened(address) as store:
        _write_undisturbed(store, write, waits=path is not None)
    if format == _IMPORTED:
        _say_how_to_import(Path(output))


def _write_undisturbed(store: Store, write: Callable[[Store], None], *, waits: bool) -> None:
    """Writes what is read from a store; where that was written to meanwhile once more, for which writers wait."""
    try:
        write(store)
    except WrittenMeanwhileError as error:
        if not waits:
            raise StoreError(f"{error}, or with --output FILE, for which writers wait") from error
        with store.hold():
            write(store)


def _say_how_to_import(path: Path) -> None:
    """Tells on stderr how Neo4j takes the files, whose form needs options."""
    from kg.export import EXPORTERS, part_name
    from kg.export.csv import OPTIONS

    nodes, edges = (
        path.with_name(part_name(path.name, p, EXPORTERS[_IMPORTED].suffix)) for p in EXPORTERS[_IMPORTED].parts
    )
    say(f"neo4j-admin database import full neo4j --nodes={nodes} --relationships={edges} {OPTIONS}")


def _selection(store: Store, part: Part, default: frozenset[Kind]) -> Selection:
    """The part that is asked for; kinds are the default ones where none are named."""
    from kg.export import Selection
    from kg.store.schema import EVERY

    around = frozenset({_thing(store, part.about)} if part.about else ())
    kinds = frozenset(kind for kind in EVERY if kind.value in part.kinds) or default
    return Selection(around, 1 if part.depth is None else part.depth, kinds, part.least, part.texts)


def _thing(store: Store, words: str) -> str:
    """The id of what words mean, which may be the id of any node."""
    from kg.query.describe import has_node

    return words if has_node(store, words) else get_match(store, words).id


def _vacated(address: str) -> Store:
    """The store to restore into; a file that cannot be read as one is moved aside, of which the person is told."""
    from kg.store import set_aside

    try:
        return opened(address, write=True, create=True)
    except DamagedStoreError:
        kept = set_aside(address)
    say(f"{address} is damaged and is now {kept}")
    return opened(address, write=True, create=True)


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, allow_dash=True), metavar="FILE")
@store_option
def restore(path: str, address: str) -> None:
    """Read a backup into an empty store.

    FILE is what `kg export --format jsonl` wrote, compressed or not; - is stdin. A store that is damaged is moved
    aside.
    """
    from kg.export import read_file

    if path != "-":
        for _ in read_file(_path(path)):  # a file that is not whole is refused before anything is written
            pass
    with _vacated(address) as store:
        report = store.restore(read_file(_path(path)))
    click.echo(f"restored: {changes(report)}")
