"""Papers whose loading takes long enough to be disturbed, and the graph that they make undisturbed."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from undisturbed import Undisturbed, undisturbed

_SENTENCES = (
    "We propose Foo{n}, a tuning method that outperforms LoRA by {n}.5% on GLUE.",
    "Foo{n} builds on Foo{before} and needs {n} GB of memory on a single NVIDIA A100 GPU.",
    "Experiments on SQuAD show that Foo{n} is on par with full fine-tuning, while Bar{n} is slower than QLoRA.",
)


def _paper(n: int) -> str:
    text = " ".join(sentence.format(n=n, before=max(0, n - 1)) for sentence in _SENTENCES)
    return json.dumps({"id": f"2401.{n:05d}", "title": f"Foo{n}: Tuning number {n}", "abstract": text}) + "\n"


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Callable[[range], str]:
    """A function that writes a file of papers with these numbers, which name each other's methods."""
    folder = tmp_path_factory.mktemp("papers")

    def write(numbers: range) -> str:
        path = folder / f"{numbers.start}-{numbers.stop}" / "papers.jsonl"  # the name is part of a document's id
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(map(_paper, numbers)), encoding="utf-8")
        return str(path)

    return write


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory, papers: Callable[[range], str]) -> Undisturbed:
    """Eight papers, for what is done hundreds of times."""
    return undisturbed(tmp_path_factory.mktemp("few"), papers(range(8)))


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory, papers: Callable[[range], str]) -> Undisturbed:
    """A hundred papers, whose loading takes several transactions."""
    return undisturbed(tmp_path_factory.mktemp("many"), papers(range(100)))
