"""From paths to byte streams: directories walked, gzip and UTF-16 undone, everything seekable."""

from __future__ import annotations

import codecs
import gzip
import os
import re
import shutil
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, NamedTuple, cast

from kg.errors import UsageError
from kg.model import Document, Problem
from loaders.formats.lines import clean

STDIN = "-"
_GZIP = b"\x1f\x8b"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHUNK = 1 << 16
_IN_MEMORY = 1 << 24
_HEAD = 1 << 16
_PDF = "a PDF; convert it with GROBID or Docling first, and load what they write"
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BINARY = 0.01
"""Share of control characters above which a file is no text."""

Read = Callable[[IO[bytes], str], Iterator[Document | Problem]]


class File(NamedTuple):
    """A file to read, under the base name by which documents and problems call it; no path is standard input."""

    name: str
    path: Path | None


def find(paths: Iterable[str | os.PathLike[str]], source: str | None = None) -> list[File | Problem]:
    """The files that paths name, each once, directories walked in sorted order; `source` names standard input.

    Raises UsageError for a path that does not exist.
    """
    found: dict[Path | None, File | Problem] = {}
    for given in paths:
        path = os.fspath(given)
        if path == STDIN:
            found.setdefault(None, File(clean(source or "stdin"), None))
            continue
        for file in _below(Path(path)):
            key = file.path.resolve() if isinstance(file, File) and file.path else Path(path).resolve()
            found.setdefault(key, file)
    return list(found.values())


def _below(path: Path) -> list[File | Problem]:
    if not path.exists():
        raise UsageError(f"no file or directory {str(path)!r}; name a file, a directory, or - for standard input")
    if not path.is_dir():
        return [File(clean(path.name), path)]
    files = sorted(
        Path(folder, name)
        for folder, subfolders, names in _walk(path)
        for name in names
        if not name.startswith(".") and Path(folder, name).is_file()
    )
    empty = Problem(source=clean(path.resolve().name), where="", message="a directory without files")
    return [File(clean(file.name), file) for file in files] or [empty]


def _walk(path: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    for folder, subfolders, names in os.walk(path):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        yield folder, subfolders, names


@contextmanager
def settled(files: Iterable[File | Problem]) -> Iterator[list[File | Problem]]:
    """Copies what is piped in to disk for a while, so that all files can be read more than once."""
    with tempfile.TemporaryDirectory() as folder:
        yield [_settled(file, Path(folder, str(number))) for number, file in enumerate(files)]


def _settled(file: File | Problem, copy: Path) -> File | Problem:
    if isinstance(file, Problem) or (file.path and file.path.is_file()):
        return file
    try:
        with copy.open("wb") as target, _raw(file) as raw:
            shutil.copyfileobj(raw, target)
    except OSError as error:
        return _unreadable(file, error)
    return File(file.name, copy)


@contextmanager
def _raw(file: File) -> Iterator[IO[bytes]]:
    if file.path is None:
        yield sys.stdin.buffer
    else:
        with file.path.open("rb") as raw:
            yield raw


@contextmanager
def opened(file: File) -> Iterator[IO[bytes]]:
    """Opens a file for reading from its first byte: unzipped, UTF-16 as UTF-8, seekable."""
    with ExitStack() as stack:
        raw = stack.enter_context(_raw(file))
        stream = raw if raw.seekable() else stack.enter_context(_copy(raw, bytes))
        if _starts(stream, _GZIP):
            stream = stack.enter_context(cast("IO[bytes]", gzip.GzipFile(fileobj=stream, mode="rb")))
        if _starts(stream, *_UTF16):
            stream = stack.enter_context(_copy(stream, _utf16_to_utf8()))
        yield stream


def _starts(stream: IO[bytes], *magic: bytes) -> bool:
    head = stream.read(2)
    stream.seek(0)
    return head in magic


def _utf16_to_utf8() -> Callable[[bytes], bytes]:
    # Lone surrogates are kept, so that the reader replaces and tells them; half a character at the end becomes one.
    decoder = codecs.getincrementaldecoder("utf-16")("surrogatepass")

    def change(chunk: bytes) -> bytes:
        half = "\ud800" if not chunk and decoder.getstate()[0] else ""
        return (decoder.decode(chunk) + half).encode("utf-8", "surrogatepass")

    return change


def _copy(stream: IO[bytes], change: Callable[[bytes], bytes]) -> IO[bytes]:
    """A seekable copy in memory, or on disk if it is large."""
    copy = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115 - the caller closes it
    for chunk in iter(lambda: stream.read(_CHUNK), b""):
        copy.write(change(chunk))
    copy.write(change(b""))
    copy.seek(0)
    return copy


def read_file(file: File, recognised: Callable[[str], Read | str]) -> Iterator[Document | Problem]:
    """Reads a file with the reader that is recognised by its beginning; what hinders it becomes a problem."""
    try:
        with opened(file) as stream:
            head = _head(stream)
            read = _hindrance(head) or recognised(head.decode("utf-8", "replace").removeprefix("\ufeff"))
            if isinstance(read, str):
                yield Problem(source=file.name, where="", message=read)
            else:
                yield from read(stream, file.name)
    except (OSError, EOFError, zlib.error) as error:
        yield _unreadable(file, error)


def _unreadable(file: File, error: Exception) -> Problem:
    reason = getattr(error, "strerror", None) or str(error)
    return Problem(source=file.name, where="", message=f"cannot be read: {reason}")


def _head(stream: IO[bytes]) -> bytes:
    """The first lines of a stream, which is set back; of one that breaks off what stands before the break."""
    parts: list[bytes] = []
    size = 0
    try:
        while size < _HEAD and (part := stream.readline(_HEAD)):
            parts.append(part)
            size += len(part)
    except (EOFError, zlib.error):
        if not parts:
            raise
    stream.seek(0)
    return b"".join(parts)


def _hindrance(head: bytes) -> str:
    """Why no reader need be tried, or nothing."""
    if not head.strip():
        return "an empty file"
    if head.lstrip().startswith(b"%PDF-"):
        return _PDF
    if len(_CONTROL.findall(head)) > _BINARY * len(head):
        return "a binary file"
    return ""
