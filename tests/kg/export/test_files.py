"""Exports to files, and backups from them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import FormatError, StoreError, UsageError
from kg.export import EXPORTERS, Content, read_file, write_file
from kg.model import Element, Node, NodeKind


@pytest.fixture(params=EXPORTERS)
def format(request: pytest.FixtureRequest) -> str:
    """Each format in turn, those that can be written here."""
    if request.param == "parquet":
        request.getfixturevalue("parquet")
    return str(request.param)


def _breaking() -> Iterator[Element]:
    yield Node(NodeKind.METHOD, "method/footune", {"name": "FooTune"})
    raise ConnectionError("the server went away")


@pytest.mark.parametrize("packed", ["", ".gz"])
def test_an_export_is_the_same_bytes_each_time(
    format: str, packed: str, small_elements: tuple[Element, ...], tmp_path: Path
) -> None:
    """Every format gives the same bytes again, compressed too, and leaves nothing else behind."""
    folders = [tmp_path / name for name in ("one", "other")]
    name = f"graph{EXPORTERS[format].suffix}{packed}"

    counts = []
    for folder in folders:
        folder.mkdir()
        counts.append(write_file(folder / name, format, Content(small_elements)))

    assert counts[0] == counts[1] > 0
    one, other = ({file.name: file.read_bytes() for file in folder.iterdir()} for folder in folders)
    assert one == other
    assert len(one) == max(1, len(EXPORTERS[format].parts))
    assert b"" not in one.values()


@pytest.mark.parametrize("packed", ["", ".gz"])
def test_a_backup_is_read_back_from_its_file(packed: str, small_elements: tuple[Element, ...], tmp_path: Path) -> None:
    """What was compressed is recognised by content."""
    path = tmp_path / f"backup.jsonl{packed}"
    write_file(path, "jsonl", Content(small_elements))
    renamed = path.rename(tmp_path / "backup")

    assert tuple(read_file(renamed)) == small_elements


@pytest.mark.parametrize("name", ["graph.out", "graph.out.gz"])
def test_a_failed_export_leaves_no_file(format: str, name: str, tmp_path: Path) -> None:
    """When the store vanishes in the middle, no file is left."""
    with pytest.raises(ConnectionError):
        write_file(tmp_path / name, format, Content(_breaking()))

    assert list(tmp_path.iterdir()) == []


def test_a_failed_export_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    """An older export is replaced by a whole one or not at all."""
    path = tmp_path / "graph.nt"
    path.write_text("older\n")

    with pytest.raises(ConnectionError):
        write_file(path, "nt", Content(_breaking()))

    assert [(found.name, found.read_text()) for found in tmp_path.iterdir()] == [("graph.nt", "older\n")]


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    """A file that cannot be written is an error that names it."""
    with pytest.raises(StoreError, match=r"nowhere.*No such file or directory"):
        write_file(tmp_path / "nowhere" / "graph.nt", "nt", Content([]))


def test_a_device_is_written_and_stays_one() -> None:
    """What is no file is not replaced by one."""
    write_file(Path(os.devnull), "nt", Content([]))

    assert not Path(os.devnull).is_file()


def test_without_a_file_the_export_goes_to_standard_output(tmp_path: Path) -> None:
    """Data goes to standard output as bytes, and nothing else does."""
    code = (
        "from kg.export import Content, write_file; from kg.model import Node, NodeKind\n"
        "write_file(None, 'nt', Content([Node(NodeKind.METRIC, 'metric/f1', {'name': 'F₁'})]))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "ascii"}

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment, cwd=tmp_path)

    assert done.stdout.decode().splitlines()[-1] == (
        '<https://w3id.org/paperkg/id/metric/f1> <http://www.w3.org/2004/02/skos/core#prefLabel> "F₁" .'
    )


def test_a_backup_that_was_cut_off_is_refused(small_elements: tuple[Element, ...], tmp_path: Path) -> None:
    """A compressed backup without its end is an error that names the file."""
    path = tmp_path / "backup.jsonl.gz"
    write_file(path, "jsonl", Content(small_elements))
    path.write_bytes(path.read_bytes()[:-40])

    with pytest.raises(FormatError, match=r"backup\.jsonl\.gz: the compressed file is cut off"):
        list(read_file(path))


def test_a_file_that_is_only_called_compressed_is_read(tmp_path: Path) -> None:
    """The name says nothing about the content."""
    path = tmp_path / "backup.gz"
    path.write_bytes(b'{"paperkg": {"schema": 1}}\n{"end": {"elements": 0}}\n')

    assert list(read_file(path)) == []


def test_a_backup_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    """A file that cannot be read is an error that names it."""
    with pytest.raises(UsageError, match=r"absent\.jsonl cannot be read"):
        list(read_file(tmp_path / "absent.jsonl"))


def test_a_part_of_a_graph_is_no_backup(small_elements: tuple[Element, ...], tmp_path: Path) -> None:
    """What says that it is a part is read only by those who take parts."""
    path = tmp_path / "part.jsonl"
    write_file(path, "jsonl", Content(small_elements, whole=False))

    assert tuple(read_file(path, parts=True)) == small_elements
    with pytest.raises(FormatError, match=r"part\.jsonl: this is a part of a graph, which cannot be restored"):
        list(read_file(path))
