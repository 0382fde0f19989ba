"""Papers whose loading takes long enough to be disturbed."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

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
        path = folder / f"papers-{numbers.start}-{numbers.stop}.jsonl"
        path.write_text("".join(map(_paper, numbers)), encoding="utf-8")
        return str(path)

    return write
