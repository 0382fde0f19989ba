"""Sorting lines in bounded memory."""

from __future__ import annotations

import random
import tracemalloc

import pytest

from kg.rdf.sorting import sorted_lines


@pytest.mark.parametrize("chunk_bytes", [1, 50, 500, 1_000_000])
def test_lines_come_sorted_and_once(chunk_bytes: int) -> None:
    """However often lines are put aside, and more often than files may be open, they come sorted and each once."""
    shuffled = [f"{number % 150:03d}\n".encode() for number in random.Random(1).sample(range(300), 300)]

    assert list(sorted_lines(shuffled, chunk_bytes=chunk_bytes)) == [
        f"{number:03d}\n".encode() for number in range(150)
    ]


def test_memory_stays_within_the_chunk() -> None:
    """Twenty thousand lines of 100 bytes take little more memory than one chunk of them."""
    lines = (f"{number * 7919 % 20_000:099d}\n".encode() for number in range(20_000))

    tracemalloc.start()
    count = sum(1 for _ in sorted_lines(lines, chunk_bytes=300_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 20_000
    assert peak < 1_000_000
