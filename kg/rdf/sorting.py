"""Lines of any number in sorted order without duplicates, in bounded memory: an external merge sort."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO

_CHUNK_BYTES = 24_000_000
_LINE_BYTES = 41  # what Python adds to the bytes of a line, with its place in a list
_RUNS_MAX = 64  # open files at a time


def sorted_lines(lines: Iterable[bytes], *, chunk_bytes: int = _CHUNK_BYTES) -> Iterator[bytes]:
    """The distinct lines in the order of their bytes, each with its line end.

    What exceeds `chunk_bytes` waits in temporary files, which are gone when the iterator is closed.
    """
    with ExitStack() as files:
        runs: list[IO[bytes]] = []
        chunk: list[bytes] = []
        size = 0
        for line in lines:
            chunk.append(line)
            size += len(line) + _LINE_BYTES
            if size >= chunk_bytes:
                chunk.sort()
                runs.append(_spill(chunk, files))
                chunk, size = [], 0
                runs = [_spill(_merge(runs), files)] if len(runs) == _RUNS_MAX else runs
        chunk.sort()
        yield from _distinct(heapq.merge(*runs, chunk) if runs else chunk)


def _merge(runs: list[IO[bytes]]) -> Iterator[bytes]:
    yield from _distinct(heapq.merge(*runs))
    for run in runs:
        run.close()


def _spill(lines: Iterable[bytes], files: ExitStack) -> IO[bytes]:
    run = files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 (the stack closes it)
    run.writelines(lines)
    run.seek(0)
    return run


def _distinct(lines: Iterable[bytes]) -> Iterator[bytes]:
    before = None
    for line in lines:
        if line != before:
            yield line
        before = line
