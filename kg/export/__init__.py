"""The graph, or a part of it, in formats that other programs read: one row in EXPORTERS a format.

Every exporter takes a `Content` and binary streams, and returns how many triples or elements it wrote. The same graph
gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from kg.errors import FormatError, UsageError
from kg.export.citations import cited_of, read_cited, write_bibtex, write_csl
from kg.export.content import Content, content_of
from kg.export.csv import write_csv
from kg.export.cypher import write_cypher
from kg.export.files import read_lines, write_whole
from kg.export.graphs import write_gexf, write_graphml
from kg.export.jsonl import read_elements, write_jsonl
from kg.export.parquet import write_parquet
from kg.export.pictures import write_dot, write_mermaid
from kg.export.selection import Selection
from kg.model import RELATIONS, EdgeKind, Element, Kind
from kg.rdf import write_ntriples, write_turtle


class Format(NamedTuple):
    """A format: the usual suffix of its files, what writes it, and the names of its files where one is not enough.

    `kinds` are what it holds unless others are asked for; a picture is only drawn `around` something; a bibliography
    `cites` the papers behind what is chosen.
    """

    suffix: str
    write: Callable[..., int]
    parts: tuple[str, ...] = ()
    kinds: frozenset[Kind] = frozenset()
    around: bool = False
    cites: bool = False


_STATED: frozenset[Kind] = frozenset({EdgeKind.INTRODUCES, *RELATIONS})

EXPORTERS: dict[str, Format] = {
    "nt": Format(".nt", lambda content, stream: write_ntriples(content.elements, stream, content.base)),
    "turtle": Format(".ttl", lambda content, stream: write_turtle(content.elements, stream, content.base)),
    "jsonl": Format(".jsonl", write_jsonl),
    "graphml": Format(".graphml", write_graphml),
    "gexf": Format(".gexf", write_gexf),
    "csv": Format(".csv", write_csv, parts=("nodes", "edges")),
    "cypher": Format(".cypher", write_cypher),
    "parquet": Format(".parquet", write_parquet, parts=("nodes", "edges")),
    "mermaid": Format(".mmd", write_mermaid, kinds=_STATED, around=True),
    "dot": Format(".dot", write_dot, kinds=_STATED, around=True),
    "bibtex": Format(".bib", write_bibtex, cites=True),
    "csl-json": Format(".json", write_csl, cites=True),
}
"""All formats by name; `write` takes the content and a stream for each file."""


def write_file(path: Path | None, format: str, content: Content) -> int:
    """Writes content to a file in a format of EXPORTERS, or to standard output for None; returns how much it wrote.

    A file is written beside and renamed, and compressed if its name ends in .gz; a failed export leaves no file. A
    format of several files makes `graph-nodes.csv` and `graph-edges.csv` of `graph.csv`.

    Raises StoreError for a file that cannot be written, UsageError for a base that is no absolute IRI ending in a
    slash, and for several files on standard output.
    """
    found = EXPORTERS[format]
    if not found.parts:
        return write_whole(path, lambda stream: found.write(content, stream))
    if path is None:
        raise UsageError(f"{format} is {len(found.parts)} files: name them with --output FILE{found.suffix}")
    first, second = (path.with_name(part_name(path.name, part, found.suffix)) for part in found.parts)
    return write_whole(first, lambda one: write_whole(second, lambda other: found.write(content, one, other)))


def part_name(name: str, part: str, suffix: str) -> str:
    """The name of a file of a format that takes several.

    >>> part_name("graph.csv.gz", "nodes", ".csv"), part_name("graph", "edges", ".csv")
    ('graph-nodes.csv.gz', 'graph-edges.csv')
    """
    packed = ".gz" if name.endswith(".gz") else ""
    return f"{name.removesuffix(packed).removesuffix(suffix)}-{part}{suffix}{packed}"


def read_file(path: Path | None, *, parts: bool = False) -> Iterator[Element]:
    """The elements of a backup, compressed or not, or those on standard input for None.

    Raises FormatError for a file that is no backup or is cut off, or, unless `parts` are welcome, holds only a part of
    a graph; UsageError for one that cannot be read.
    """
    try:
        yield from read_elements(read_lines(path), parts=parts)
    except FormatError as error:
        raise FormatError(f"{path or 'standard input'}: {error}") from error


__all__ = [
    "EXPORTERS", "Content", "Format", "Selection", "cited_of", "content_of", "part_name", "read_cited", "read_elements", "read_file",
    "write_file", "write_jsonl",
]  # fmt: skip
