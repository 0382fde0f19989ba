"""kill -9 at any moment of a load: whole documents stay, every law holds, and running it again ends in the same graph."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from graph_of import graph

from kg.store import Store, open_store

ROUNDS = int(os.environ.get("KG_KILLS", "3"))
"""Kills per store; `KG_KILLS=100 pytest tests/faults` is the long form."""
_SENTENCES = (
    "We propose Foo{n}, a tuning method that outperforms LoRA by {n}.5% on GLUE.",
    "Foo{n} builds on Foo{before} and needs {n} GB of memory on a single NVIDIA A100 GPU.",
    "Experiments on SQuAD show that Foo{n} is on par with full fine-tuning, while Bar{n} is slower than QLoRA.",
)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A file of 500 papers that name each other's methods."""
    path = tmp_path / "papers.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for n in range(500):
            text = " ".join(s.format(n=n, before=max(0, n - 1)) for s in _SENTENCES)
            file.write(
                json.dumps({"id": f"2401.{n:05d}", "title": f"Foo{n}: Tuning number {n}", "abstract": text}) + "\n"
            )
    return path


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "kg", *words]


def _documents(store: Store) -> int:
    return sum(1 for row in store.ask("MATCH (d:Document) RETURN d.id AS id", {}) if row["id"])


def test_a_load_that_is_killed_can_be_run_again(address: str, papers: Path, tmp_path: Path) -> None:
    """Whenever it dies, what is there is whole, and the rerun makes the graph that an undisturbed load makes."""
    subprocess.run(
        _command("load", str(papers), "--store", str(tmp_path / "whole.kgl")), check=True, capture_output=True
    )
    with open_store(str(tmp_path / "whole.kgl"), write=False) as whole:
        expected = graph(whole)
    random = Random(7)
    seen = []

    for _ in range(ROUNDS):
        process = subprocess.Popen(
            _command("load", str(papers), "--store", address), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=random.uniform(0.4, 4))
        process.kill()
        process.wait()
        with open_store(address, write=False) as reader:
            assert reader.check() == []
            seen.append(_documents(reader))

    subprocess.run(_command("load", str(papers), "--store", address), check=True, capture_output=True)
    with open_store(address, write=False) as again:
        assert graph(again) == expected
    assert seen == sorted(seen)  # what was committed is never lost
