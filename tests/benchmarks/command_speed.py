"""How long whole commands take, from the shell and back: `python tests/benchmarks/command_speed.py STORE`.

Each is run eleven times, in turn; the first run, which warms the caches, does not count. Prints the median and the
slowest of the seconds, and the median of the processor's seconds.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time

_RUNS = 11
COMMANDS = (
    ("--help",),
    ("--version",),
    ("queries",),
    ("ask", "Which methods compete with LoRA?"),
    ("ask", "What are the best methods on ImageNet?"),
    ("show", "LoRA"),
    ("search", "low-rank adapation"),
    ("stats",),
)


def _run(words: tuple[str, ...], store: str) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "kg", *words], check=True, capture_output=True, env={**os.environ, "KG_STORE": store}
    )
    seconds = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Runs and prints."""
    timed = [[_run(words, sys.argv[1]) for words in COMMANDS] for _ in range(_RUNS)][1:]
    for at, words in enumerate(COMMANDS):
        seconds, processor = zip(*(each[at] for each in timed), strict=True)
        sys.stdout.write(
            f"kg {' '.join(words):42} {statistics.median(seconds):.2f} s, at most {max(seconds):.2f}; "
            f"processor {statistics.median(processor):.2f} s\n"
        )


if __name__ == "__main__":
    main()
