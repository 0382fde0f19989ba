"""Several processes on one store: a server takes turns, a file has one writer, and readers see whole graphs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from commands import end, kg, start, told
from undisturbed import Undisturbed, sound_graph

from kg.export import read_file
from kg.store import open_store


@pytest.mark.parametrize("loaders", [2, 4])
def test_loaders_on_one_server_make_one_graph(
    many: Undisturbed, papers: Callable[[range], str], neo4j_address: str, loaders: int
) -> None:
    """Loads at the same time, with papers in common, end in the graph of one load."""
    step = 100 // loaders
    files = [papers(range(max(0, first - 10), first + step)) for first in range(0, 100, step)]

    done = [end(one) for one in [start("load", file, "--store", neo4j_address) for file in files]]

    assert [(one.returncode, one.stderr) for one in done] == [(0, "")] * loaders
    assert sound_graph(neo4j_address) == many.graph


def test_a_file_has_one_writer(few: Undisturbed, tmp_path: Path) -> None:
    """Who comes second is told so in one line, and finds room when the first has ended."""
    address = str(tmp_path / "graph.kgl")

    with open_store(address):
        second = told(kg("load", few.papers, "--store", address))

    wait = "wait until it ends, or use another --store"
    assert second == (1, f"kg: {address} is being written by another process: {wait}")
    assert kg("load", few.papers, "--store", address).returncode == 0
    assert sound_graph(address) == few.graph


def test_readers_beside_a_load(many: Undisturbed, address: str, tmp_path: Path) -> None:
    """While a load writes, checks are clean, answers come, and a backup is of one state."""
    output = tmp_path / "beside.jsonl"
    commands = (
        ("check",),
        ("ask", "competitors", "--method", "LoRA"),
        ("export", "--format", "jsonl", "--output", str(output)),
    )
    assert kg("load", many.papers, "--store", address).returncode == 0
    assert kg("remove", "2401.00007", "--store", address).returncode == 0
    load = start("load", many.papers, "--restore-removed", "--store", address)

    done = [end(one) for one in [start(*words, "--store", address) for words in commands]]

    assert [one.returncode for one in done] == [0] * len(commands)
    assert end(load).returncode == 0
    assert len(list(read_file(output))) > 100
    assert sound_graph(address) == many.graph
