"""Damage to a store's file or log is noticed with one line that says what to do, or changes nothing; a backup restores."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from commands import kg, told
from graph_of import graph
from undisturbed import Graph, Undisturbed, sound_graph

from kg.errors import DamagedStoreError
from kg.store import open_store
from loaders import load

FLIPS = 300


def _flipped(whole: bytes, random: Random) -> bytes:
    """The same bytes with one bit turned over."""
    place = random.randrange(len(whole))
    return whole[:place] + bytes([whole[place] ^ 1 << random.randrange(8)]) + whole[place + 1 :]


def _seen(path: Path) -> Graph | str:
    """The graph that a reader sees, or the one line that a reader is told."""
    try:
        return sound_graph(str(path))
    except DamagedStoreError as error:
        is_clear = len(str(error).splitlines()) == 1 and f"kg restore BACKUP --store {path}" in str(error)
        return "noticed" if is_clear else str(error)


def test_no_flipped_bit_goes_unnoticed(few: Undisturbed, tmp_path: Path) -> None:
    """Whatever bit of a file is turned over, a reader is told so or sees the same graph."""
    random, whole, path = Random(7), few.store.read_bytes(), tmp_path / "graph.kgl"

    for _ in range(FLIPS):
        path.write_bytes(_flipped(whole, random))

        assert _seen(path) in ("noticed", few.graph)


def test_no_shortened_file_goes_unnoticed(few: Undisturbed, tmp_path: Path) -> None:
    """A file that is cut anywhere, or emptied, is told of."""
    whole, path = few.store.read_bytes(), tmp_path / "graph.kgl"

    for length in (*range(12), *range(12, len(whole), len(whole) // 20), len(whole) - 1):
        path.write_bytes(whole[:length])

        assert _seen(path) == "noticed", length


@pytest.fixture
def killed(few: Undisturbed, papers: Callable[[range], str], tmp_path: Path) -> tuple[bytes, bytes, list[Graph]]:
    """A file and its log as a killed writer leaves them, and the graphs before and after each of its two commits."""
    path = tmp_path / "killed.kgl"
    shutil.copy(few.store, path)
    graphs = [few.graph]
    with open_store(str(path)) as store:
        for last in (9, 10):
            load([Path(papers(range(last - 1, last)))], store)
            graphs.append(graph(store))
        return path.read_bytes(), path.with_name("killed.kgl-wal").read_bytes(), graphs


def test_no_flipped_bit_of_a_log_goes_unnoticed(killed: tuple[bytes, bytes, list[Graph]], tmp_path: Path) -> None:
    """Damage to a killed writer's log is told of, unless it looks like a commit that was never finished."""
    file, whole, graphs = killed
    random, path = Random(7), tmp_path / "graph.kgl"

    for number in range(FLIPS // 5):
        home = path.parent / str(number)
        home.mkdir()
        (home / "graph.kgl").write_bytes(file)
        (home / "graph.kgl-wal").write_bytes(_flipped(whole, random))

        assert _seen(home / "graph.kgl") in ("noticed", *graphs)


def test_a_log_of_another_file_is_not_replayed(
    few: Undisturbed, killed: tuple[bytes, bytes, list[Graph]], papers: Callable[[range], str], tmp_path: Path
) -> None:
    """A log beside a file on which it does not rest is told of, and both are kept."""
    path, log = tmp_path / "graph.kgl", tmp_path / "graph.kgl-wal"
    assert kg("load", papers(range(3)), "--store", str(path)).returncode == 0
    log.write_bytes(killed[1])
    before = path.read_bytes()

    assert _seen(path) == "noticed"
    assert (path.read_bytes(), log.read_bytes()) == (before, killed[1])


@pytest.mark.parametrize(
    "command", [("check",), ("stats",), ("ask", "competitors", "--method", "LoRA"), ("load", "{papers}")]
)
def test_what_a_person_reads_of_damage(few: Undisturbed, tmp_path: Path, command: tuple[str, ...]) -> None:
    """Every command says in one line that the file is damaged and what to do; none changes it."""
    path = tmp_path / "graph.kgl"
    path.write_bytes(few.store.read_bytes()[:-100])

    code, line = told(kg(*(word.format(papers=few.papers) for word in command), "--store", str(path)))

    assert (code, f"kg restore BACKUP --store {path}" in line) == (1, True)
    assert path.read_bytes() == few.store.read_bytes()[:-100]


@pytest.mark.parametrize("length", [0, 1000])
def test_a_backup_takes_the_place_of_a_damaged_file(few: Undisturbed, tmp_path: Path, length: int) -> None:
    """`kg restore` brings the same graph back, and keeps what was there under another name."""
    path = tmp_path / "graph.kgl"
    path.write_bytes(few.store.read_bytes()[:length])

    code, line = told(kg("restore", few.backup, "--store", str(path)))

    kept = path.with_name("graph.kgl.damaged-1")
    assert (code, line) == (0, f"{path} is damaged and is now {kept}")
    assert sound_graph(str(path)) == few.graph
    assert kept.read_bytes() == few.store.read_bytes()[:length]
