"""What a load costs, by its stages: `python tests/benchmarks/load_speed.py embedded|neo4j|ADDRESS PATH…`.

Loads the papers below the paths into a store, a new one or one that is there, then loads them again. Prints papers per second by the clock and
by this process's processor time (a server's own is not in it), the share of each stage, the seconds of the first and of
the last thousand papers by both and by stage (texts differ, so that what the graph's size costs is in the last two), what loading again costs, and the peak of this process's memory. `identify` is all that computes in this process what the graph shall
be, `write` all that a store's engine does, reading what stands included.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from measuring import address, peak_mb

from kg.model import Document, Extraction, Problem, Report
from kg.store import Row
from kg.store.graph import GraphStore
from kg.store.transaction import Connection, Outcome, Run
from loaders import read
from loaders.batches import write
from loaders.extract import EXTRACT

T = TypeVar("T")
_BATCH = 200
_THOUSAND = 1000 // _BATCH
_STAGES = ("read", "extract", "identify", "write")


class Clock:
    """Seconds that have passed in each stage."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def time(self, stage: str, work: Callable[[], T]) -> T:
        begin = time.perf_counter()
        try:
            return work()
        finally:
            self.seconds[stage] += time.perf_counter() - begin


class TimedConnection:
    """A connection that tells the engine's seconds from those of the work between its statements."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection, self._clock = connection, clock
        self.address = connection.address
        self.schema, self.table, self.settled = connection.schema, connection.table, connection.settled
        self.close = connection.close

    def read(self, text: str, parameters: Mapping[str, Any]) -> Sequence[Row]:
        return self._clock.time("write", lambda: self._connection.read(text, parameters))

    def transact(self, work: Callable[[Run], Outcome[T]]) -> T:
        """Counts what is not spent in statements as identifying, and the commit as writing."""
        own = Clock()

        def timed(run: Run) -> Outcome[T]:
            return own.time("work", lambda: work(lambda text, given: own.time("run", lambda: run(text, given))))

        value = own.time("whole", lambda: self._connection.transact(timed))
        identify = own.seconds["work"] - own.seconds["run"]
        self._clock.seconds["identify"] += identify
        self._clock.seconds["write"] += own.seconds["whole"] - identify
        return value


class TimedExtract:
    """The extractor, timed."""

    version = EXTRACT.version

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def __call__(self, documents: Sequence[Document], /) -> list[Extraction]:
        return self._clock.time("extract", lambda: EXTRACT(documents))


def _connect(where: str) -> Connection:
    if "://" in where:
        from kg.store.neo4j import connect_server

        return connect_server(where)
    from kg.store.embedded import connect_file

    return connect_file(where, write=True)


def main() -> None:
    """Loads twice and prints."""
    with address(sys.argv[1]) as where:
        clock = Clock()
        store = GraphStore(TimedConnection(_connect(where), clock), write=True)
        clock.seconds.clear()  # opening is no part of the load
        ends = [_now(clock)]
        processor = time.process_time()
        report = _load(sys.argv[2:], store, clock, ends)
        seconds, processor = time.perf_counter() - ends[0][0], time.process_time() - processor
        papers = len(report.new)
        _line(f"{papers:,} papers in {seconds:.1f} s: {papers / seconds:.1f} papers/s, peak {peak_mb():.0f} MB")
        _line(f"{processor:.1f} s of the processor: {papers / processor:.1f} papers/s")
        _line("  ".join(f"{stage} {clock.seconds[stage] / seconds:.0%}" for stage in _STAGES))
        _thousands(ends)
        begin = time.perf_counter()
        _load(sys.argv[2:], store, Clock(), [])
        again = time.perf_counter() - begin
        _line(f"loading again: {again:.1f} s, {seconds / again:.0f} times faster")
        store.close()


def _load(paths: Sequence[str], store: GraphStore, clock: Clock, ends: list[tuple[float, ...]]) -> Report:
    def documents() -> Iterable[Document | Problem]:
        return _timed(iter(read(paths)), clock)

    return write(documents, store, TimedExtract(clock), batch=_BATCH, progress=lambda _: ends.append(_now(clock)))


def _timed(items: Iterator[Document | Problem], clock: Clock) -> Iterator[Document | Problem]:
    while (item := clock.time("read", lambda: next(items, None))) is not None:
        yield item


def _now(clock: Clock) -> tuple[float, ...]:
    return time.perf_counter(), time.process_time(), *(clock.seconds[stage] for stage in _STAGES)


def _thousands(ends: Sequence[tuple[float, ...]]) -> None:
    """Compares the last whole batches of a thousand papers with the first."""
    if len(ends) < 2 * _THOUSAND + 2:
        return
    for at, of in enumerate(("by the clock", "of the processor", *(f"to {stage}" for stage in _STAGES))):
        first, last = ends[_THOUSAND][at] - ends[0][at], ends[-2][at] - ends[-2 - _THOUSAND][at]
        _line(f"the first thousand {first:.1f} s, the last {last:.1f} s {of}: {last / first:.2f} times")


def _line(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
