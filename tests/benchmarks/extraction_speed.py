"""Measures that extraction takes time in proportion to its text: `python tests/benchmarks/extraction_speed.py`.

Each hostile text is read once and at double length; the ratio should be about 2 and not above 3.
"""

from __future__ import annotations

import sys
import time

from kg.model import Document
from loaders.extract import extract

TEXTS = {
    "sentences": ("We propose FooNet and beat BarNet on BazSet by 3 points. ", 800),
    "brackets": ("(", 40_000),
    "short forms with open brackets": ("FOO ( ", 10_000),
    "stops": (".", 40_000),
    "one word": ("aB1", 20_000),
    "numbers": ("1-2 3% 4x ", 6_000),
    "hyphens": ("a-", 40_000),
    "one name": ("LoRA ", 12_000),
    "line ends": ("a\n", 40_000),
}


def seconds(text: str) -> float:
    """The processor time that an abstract takes."""
    document = Document.make(format="jsonl", key="k", source="s", title="T", abstract=text)
    begin = time.process_time()
    extract(document)
    return time.process_time() - begin


def names(count: int) -> str:
    return "We outperform " + ", ".join(f"Net{number}X" for number in range(count))


def main() -> None:
    """Prints seconds for each text, for double the text, and the ratio."""
    seconds("We propose FooNet.")
    pairs = {name: (unit * count, unit * count * 2) for name, (unit, count) in TEXTS.items()}
    pairs["different names"] = (names(6_000), names(12_000))
    for name, (once, twice) in pairs.items():
        one, two = seconds(once), seconds(twice)
        sys.stdout.write(f"{name:32} {one:7.2f} s {two:7.2f} s  ratio {two / one:.1f}\n")


if __name__ == "__main__":
    main()
