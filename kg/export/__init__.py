"""The whole graph in formats that other programs read: one row in EXPORTERS a format.

Every exporter takes elements, a binary stream and the base of our IRIs, and returns how many triples or elements it
wrote. The same graph gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from kg.errors import FormatError
from kg.export.files import read_lines, write_whole
from kg.export.jsonl import read_elements, write_jsonl
from kg.model import Element
from kg.rdf import DEFAULT_BASE, write_ntriples, write_turtle

Exporter = Callable[[Iterable[Element], IO[bytes], str], int]

EXPORTERS: dict[str, tuple[str, Exporter]] = {
    "nt": (".nt", write_ntriples),
    "turtle": (".ttl", write_turtle),
    "jsonl": (".jsonl", write_jsonl),
}
"""The usual suffix of a file in each format, and the function that writes it."""


def write_file(path: Path | None, format: str, elements: Iterable[Element], base: str = DEFAULT_BASE) -> int:
    """Writes elements to a file in a format of EXPORTERS, or to standard output for None; returns how many it wrote.

    A file is written beside and renamed, and compressed if its name ends in .gz; a failed export leaves no file.

    Raises StoreError for a file that cannot be written, UsageError for a base that is no absolute IRI ending in a slash.
    """
    _, write = EXPORTERS[format]
    return write_whole(path, lambda stream: write(elements, stream, base))


def read_file(path: Path | None) -> Iterator[Element]:
    """The elements of a backup, compressed or not, or those on standard input for None.

    Raises FormatError for a file that is no backup or is cut off, UsageError for one that cannot be read.
    """
    try:
        yield from read_elements(read_lines(path))
    except FormatError as error:
        raise FormatError(f"{path or 'standard input'}: {error}") from error


__all__ = ["EXPORTERS", "Exporter", "read_elements", "read_file", "write_file", "write_jsonl"]
