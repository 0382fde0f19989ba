"""Documents to a store: batches, duplicates, reports."""

from __future__ import annotations

import itertools
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest

import loaders
from kg.errors import UsageError
from kg.model import Document, Extraction, Problem, Report
from loaders import load, read


class Silent:
    """An extractor that finds nothing."""

    version = "silent-1"

    def __call__(self, documents: Sequence[Document], /) -> Sequence[Extraction]:
        return [Extraction(extractor=self.version) for _ in documents]


@dataclass
class Shelf:
    """A store that keeps the last document of each id and remembers its batches."""

    documents: dict[str, Document] = field(default_factory=dict)
    batches: list[int] = field(default_factory=list)

    def write(self, documents: Sequence[Document], extract: Silent) -> Report:
        assert len(extract(documents)) == len(documents)
        new = frozenset(document.id for document in documents if document.id not in self.documents)
        self.documents |= {document.id: document for document in documents}
        self.batches.append(len(documents))
        return Report(documents=len(documents), new=new, nodes_added=len(new))


def write_records(file: Path, records: Sequence[dict[str, object]]) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return file


def record(id: str, abstract: str = "Some words.") -> dict[str, object]:
    return {"id": id, "title": f"Title {id}", "abstract": abstract}


def test_documents_are_written_in_batches_and_reports_add_up(tmp_path: Path) -> None:
    """Every batch is one write; progress is told after each how many documents it had."""
    file = write_records(tmp_path / "papers.jsonl", [record(str(number)) for number in range(5)])
    shelf, told = Shelf(), []

    report = load([file], shelf, extract=Silent(), batch=2, progress=told.append)

    assert (shelf.batches, told) == ([2, 2, 1], [2, 2, 1])
    assert report == Report(documents=5, new=frozenset(shelf.documents), nodes_added=5)


def test_problems_are_reported_in_reading_order(tmp_path: Path) -> None:
    """What could not be read stands in the report, and the rest is loaded."""
    file = write_records(tmp_path / "papers.jsonl", [{"title": "Bare"}, record("1"), record("2") | {"year": "x"}, {}])

    report = load(file, shelf := Shelf(), extract=Silent())

    assert len(shelf.documents) == 2
    assert report.problems == tuple(item for item in read(file) if isinstance(item, Problem))
    assert [problem.where for problem in report.problems] == ["line 1", "line 3", "line 4"]


def test_nothing_to_write_writes_nothing(tmp_path: Path) -> None:
    """A load without documents opens no transaction."""
    (tmp_path / "empty.txt").touch()

    report = load(tmp_path / "empty.txt", shelf := Shelf(), extract=Silent())

    assert shelf.batches == []
    assert report == Report(problems=(Problem(source="empty.txt", where="", message="an empty file"),))


@pytest.mark.parametrize("batch", [1, 2, 200])
@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_of_two_versions_of_a_record_the_same_stays_in_any_order(
    tmp_path: Path, order: tuple[int, ...], batch: int
) -> None:
    """The version with the smaller hash is kept, wherever it stands; the others are problems."""
    records = [record("1", "One."), record("1", "Two."), record("1", "Three."), record("2")]
    file = write_records(tmp_path / "papers.jsonl", [records[place] for place in order])

    report = load(file, shelf := Shelf(), extract=Silent(), batch=batch)

    smallest = min(
        (item for item in read(file) if isinstance(item, Document) and item.key == "1"), key=lambda d: d.sha256
    )
    assert shelf.documents[smallest.id] == smallest
    assert len(shelf.documents) == 2
    assert [(problem.source, problem.where) for problem in report.problems] == [("papers.jsonl", "1")] * 2
    assert all(problem.message.startswith("same record twice") for problem in report.problems)


def test_identical_content_twice_is_a_duplicate(tmp_path: Path) -> None:
    """The second copy is a problem and is not written."""
    file = write_records(tmp_path / "papers.jsonl", [record("1"), record("1")])

    report = load(file, shelf := Shelf(), extract=Silent(), batch=1)

    assert shelf.batches == [1]
    assert [str(problem) for problem in report.problems] == [
        "papers.jsonl: 1: duplicate of a record read before: 'Title 1'"
    ]


@pytest.mark.parametrize("batch", [1, 200])
def test_loading_again_writes_the_same_documents(tmp_path: Path, batch: int) -> None:
    """A record that stands twice is never written in both versions, so a second load has nothing new."""
    records = [record("1", word) for word in ("One.", "Two.", "Three.", "Four.")]
    files = [
        write_records(tmp_path / "a" / "papers.jsonl", records),
        write_records(tmp_path / "b" / "papers.jsonl", records[::-1]),
    ]
    shelf = Shelf()
    load(files, shelf, extract=Silent(), batch=batch)
    first = dict(shelf.documents)

    report = load(files, shelf, extract=Silent(), batch=batch)

    assert (shelf.documents, shelf.batches, report.documents) == (first, [1, 1], 1)


@pytest.mark.parametrize("way", ["standard input", "named pipe"])
def test_what_is_piped_in_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """A stream that can be read once only is loaded like a file."""
    content = "".join(json.dumps(record(str(number))) + "\n" for number in range(3)).encode()
    reading, writing = os.pipe()
    os.write(writing, content)
    os.close(writing)
    shelf = Shelf()

    with os.fdopen(reading, "rb") as pipe:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=pipe))
        path = "-" if way == "standard input" else f"/dev/fd/{reading}"
        report = load(path, shelf, extract=Silent())

    assert (report.documents, report.problems) == (3, ())


def test_one_paper_in_two_files_is_two_documents(tmp_path: Path) -> None:
    """Documents of different sources stand side by side, even with the same words."""
    files = [write_records(tmp_path / name, [record("1")]) for name in ("a.jsonl", "b.jsonl")]

    report = load(files, shelf := Shelf(), extract=Silent())

    assert len(shelf.documents) == 2
    assert report.problems == ()


def test_a_missing_path_writes_nothing(tmp_path: Path) -> None:
    """Paths are checked before the first write."""
    file = write_records(tmp_path / "papers.jsonl", [record("1")])
    shelf = Shelf()

    with pytest.raises(UsageError):
        load([file, tmp_path / "nowhere"], shelf, extract=Silent())

    assert shelf.batches == []


def test_the_function_stays_what_it_is_after_a_load(tmp_path: Path) -> None:
    """No module of the same name takes the place of `loaders.load`."""
    file = write_records(tmp_path / "papers.jsonl", [record("1")])

    reports = [loaders.load(file, Shelf(), extract=Silent()) for _ in range(2)]

    assert [report.documents for report in reports] == [1, 1]
