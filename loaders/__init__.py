"""From files to the graph: read documents, extract what they say, hand both to a store.

`READERS` tries the formats in order; a new format is one module in `loaders/formats`, one row here, one sample and
one golden file.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import IO, NamedTuple

from kg.model import Document, Extract, Problem, Progress, Report, Writer
from loaders.batches import write
from loaders.formats import jsonlines, listing
from loaders.formats.files import File, find, read_file, settled


class Reader(NamedTuple):
    """A format: whether the beginning of a text is of it, and what its documents are."""

    name: str
    recognises: Callable[[str], bool]
    read: Callable[[IO[bytes], str], Iterator[Document | Problem]]


READERS = (
    Reader("JSON Lines", jsonlines.recognises_lines, jsonlines.read_lines),
    Reader("JSON", jsonlines.recognises_values, jsonlines.read_values),
    Reader("listing page", listing.recognises, listing.read),
)
"""All formats, in the order of trial."""

PathLike = str | os.PathLike[str]


def read(paths: PathLike | Iterable[PathLike], *, source: str | None = None) -> Iterator[Document | Problem]:
    """Reads all documents below paths, each file by its content; `-` is standard input, which `source` names.

    Raises UsageError for a path that does not exist, before anything is read.
    """
    return _read(_found(paths, source))


def _found(paths: PathLike | Iterable[PathLike], source: str | None) -> list[File | Problem]:
    return find([paths] if isinstance(paths, str | os.PathLike) else paths, source)


def _read(files: Iterable[File | Problem]) -> Iterator[Document | Problem]:
    for file in files:
        if isinstance(file, Problem):
            yield file
        else:
            yield from read_file(file, _recognised)


def _recognised(head: str) -> Callable[[IO[bytes], str], Iterator[Document | Problem]] | str:
    """The reader of a text that begins so, or what to say if there is none."""
    found = next((reader.read for reader in READERS if reader.recognises(head)), None)
    return found or f"of no known format; there are: {', '.join(reader.name for reader in READERS)}"


def load(
    paths: PathLike | Iterable[PathLike],
    store: Writer,
    *,
    extract: Extract | None = None,
    batch: int = 200,
    progress: Progress | None = None,
    source: str | None = None,
) -> Report:
    """Reads all documents below paths and writes them to a store with what they say, a batch a transaction.

    Raises UsageError for a path that does not exist, before anything is written.
    """
    if extract is None:
        from loaders.extract import EXTRACT

        extract = EXTRACT
    with settled(_found(paths, source)) as files:
        return write(lambda: _read(files), store, extract, batch=batch, progress=progress)


__all__ = ["READERS", "Reader", "load", "read"]
