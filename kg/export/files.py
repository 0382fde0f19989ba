"""Files that are whole or not there: written beside and renamed, compressed where the name ends in .gz; and read back."""

from __future__ import annotations

import fcntl
import gzip
import os
import re
import secrets
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from glob import escape
from io import BufferedReader
from pathlib import Path
from typing import IO, cast

from kg.errors import FormatError, StoreError, UsageError

_GZIP = b"\x1f\x8b"
SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, which UTF-8 cannot hold."""


def encodable(text: str) -> str:
    """The text with U+FFFD for half characters."""
    return SURROGATE.sub("\ufffd", text)


def write_whole(path: Path | None, write: Callable[[IO[bytes]], int]) -> int:
    """Writes a file with what `write` puts into the stream, or standard output for None; returns what `write` returns.

    A write that fails leaves what was there before. Raises StoreError where the file cannot be written.
    """
    if path is None:
        count = write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return count
    try:
        with _replacing(path) as raw, _packed(raw, path) as stream:
            return write(stream)
    except OSError as error:
        if error.strerror is None:  # not of the system
            raise
        raise StoreError(f"{path} cannot be written: {error.strerror}") from error


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """A stream into a new file that takes the place of the old one at the end; a device or pipe is written as it is."""
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield stream
        return
    _clear(path)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)  # which falls with the process
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _clear(path: Path) -> None:
    """Deletes what killed exports to a file left beside it: that nobody holds a lock on."""
    for beside in path.parent.glob(f".{escape(path.name)}.{'[0-9a-f]' * 8}"):
        with suppress(OSError), beside.open("ab") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            beside.unlink()


@contextmanager
def _packed(stream: IO[bytes], path: Path) -> Iterator[IO[bytes]]:
    """The stream, or one that compresses into it without name and time, so that the same graph gives the same bytes."""
    if path.suffix != ".gz":
        yield stream
        return
    with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as packed:
        yield cast("IO[bytes]", packed)


def read_lines(path: Path | None) -> Iterator[bytes]:
    """The lines of a file, or of standard input for None, unpacked where they are compressed with gzip.

    Raises UsageError for a file that cannot be read, FormatError for one that is cut off.
    """
    try:
        with ExitStack() as files:
            raw = cast("BufferedReader", files.enter_context(path.open("rb")) if path else sys.stdin.buffer)
            yield from gzip.GzipFile(fileobj=raw) if raw.peek(2)[:2] == _GZIP else raw
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise FormatError(f"the compressed file is cut off or damaged: {error}") from error
    except OSError as error:
        raise UsageError(f"{path or 'standard input'} cannot be read: {error.strerror or error}") from error
