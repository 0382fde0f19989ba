"""A disk that is full, or that may not be written, costs one line: what was there stays, and a rerun ends as it should."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import kg, told
from undisturbed import Undisturbed, sound_graph

SIZE = 24 << 20
LEFT = (0, 64 << 10, 1 << 20)
"""Bytes that a full disk has left: from none to nearly enough for a load."""


def _mount(*words: str) -> None:
    done = subprocess.run(["mount", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no file system of its own can be mounted here: {done.stderr.strip()}")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    if not shutil.which("mount"):
        pytest.skip("no mount here")
    folder = tmp_path / "disk"
    folder.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder))
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill(disk: Path, left: int) -> Path:
    """A file that leaves so many bytes on a disk."""
    filling = disk / "filling"
    state = os.statvfs(disk)
    filling.write_bytes(bytes(max(0, state.f_bavail * state.f_frsize - left)))
    return filling


@pytest.mark.parametrize("left", LEFT)
def test_a_full_disk_costs_a_line(many: Undisturbed, few: Undisturbed, disk: Path, left: int) -> None:
    """A load that finds no room is one line; readers see a whole graph; with room it ends in the same graph."""
    path = disk / "graph.kgl"
    shutil.copy(few.store, path)
    filling = _fill(disk, left)

    done = kg("load", many.papers, "--store", str(path))

    assert done.returncode == 1
    assert f"no room is left for {path}" in told(done)[1]
    sound_graph(str(path))
    filling.unlink()
    sound_graph(str(path))
    assert kg("load", many.papers, "--store", str(path)).returncode == 0
    assert sound_graph(str(path)) == many.graph


def test_a_first_load_without_room_can_be_run_again(few: Undisturbed, disk: Path) -> None:
    """A store that could not be made leaves nothing that is in the way of the next load."""
    path = disk / "graph.kgl"
    filling = _fill(disk, 0)

    code, line = told(kg("load", few.papers, "--store", str(path)))

    assert (code, f"no room is left for {path}" in line) == (1, True)
    filling.unlink()
    assert kg("load", few.papers, "--store", str(path)).returncode == 0
    assert sound_graph(str(path)) == few.graph


def test_an_export_without_room_leaves_no_file(few: Undisturbed, disk: Path) -> None:
    """An export that does not fit is one line, on a disk and on stdout, and the old file stays."""
    output = disk / "out.jsonl"
    output.write_text("the old file\n")
    _fill(disk, 4 << 10)
    words = ("export", "--format", "jsonl", "--store", str(few.store))

    code, line = told(kg(*words, "--output", str(output)))
    to_full = told(kg(*words, "--output", "/dev/full"))

    assert (code, line) == (1, f"kg: {output} cannot be written: No space left on device")
    assert to_full == (1, "kg: /dev/full cannot be written: No space left on device")
    assert {path.name for path in disk.iterdir()} == {"out.jsonl", "filling"}
    assert output.read_text() == "the old file\n"


@pytest.fixture
def locked(few: Undisturbed, disk: Path) -> Path:
    """A store on a disk that nobody may write, root neither."""
    shutil.copy(few.store, disk / "graph.kgl")
    _mount("-o", "remount,ro", str(disk))
    return disk / "graph.kgl"


def test_a_store_that_may_only_be_read(few: Undisturbed, locked: Path) -> None:
    """What reads works without leave to write; what writes says in one line that it may not."""
    for words in (("check",), ("stats",), ("ask", "competitors", "--method", "LoRA")):
        assert kg(*words, "--store", str(locked)).returncode == 0, words
    for words in (("load", few.papers), ("remove", "2401.00003"), ("restore", few.backup)):
        code, line = told(kg(*words, "--store", str(locked)))

        assert (code, line) == (1, f"kg: cannot use {locked} as a store: Read-only file system")
    new = locked.with_name("new.kgl")
    assert told(kg("load", few.papers, "--store", str(new)))[0] == 1
    assert sound_graph(str(locked)) == few.graph


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
@pytest.mark.parametrize("rights", [0o000, 0o500])
def test_a_folder_without_rights(few: Undisturbed, tmp_path: Path, rights: int) -> None:
    """A folder in which nothing may be made is one line."""
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(rights)

    code, line = told(kg("load", few.papers, "--store", str(folder / "graph.kgl")))

    assert (code, "Permission denied" in line) == (1, True)
    folder.chmod(0o700)
