"""What the tests of RDF share: a store that only lends its elements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from kg.model import Element


class LendingStore:
    """As much of a store as the cache of triples asks of it; `write` changes what it holds."""

    def __init__(self, address: str, elements: Sequence[Element]) -> None:
        self.address = address
        self._elements = tuple(elements)
        self._generation = 1
        self.reads = 0

    def write(self, elements: Sequence[Element]) -> None:
        self._elements = tuple(elements)
        self._generation += 1

    def generation(self) -> int:
        return self._generation

    def ask(self, text: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [{"documents": 1, "loaded": "2026-01-02T03:04:05Z"}]

    def hold(self) -> AbstractContextManager[None]:
        return nullcontext()

    def elements(self) -> Iterator[Element]:
        self.reads += 1
        return iter(self._elements)


@pytest.fixture
def lend(tmp_path: Path) -> Callable[[Sequence[Element]], LendingStore]:
    """A function that makes a store of elements, its address a file in a folder of the test."""
    return lambda elements: LendingStore(str(tmp_path / "graph.kgl"), elements)


TORTURE = {
    "quotes": "a \"quoted\" 'thing' \\ and \\n no line end",
    "controls": "page\x0cend \x00 \x1b \x85 \x7f",
    "lines": "one\ntwo\r\nthree\u2028four\ttab",
    "surrogate": "half \ud83d of a pair",
    "astral": "𝔐etric 🎉 and e\u0301",
    "right to left": "\u202eשלום\u202c עולם",
    "noncharacter": "\ufffe \uffff",
    "markup": "<b>&amp;</b> {\\theta} $\\epsilon$",
    "names": "BERT+MLP, C++, C#",
    "empty": "",
}


@pytest.fixture(params=TORTURE.values(), ids=TORTURE.keys())
def torture(request: pytest.FixtureRequest) -> str:
    """A text that breaks careless writers."""
    return str(request.param)
