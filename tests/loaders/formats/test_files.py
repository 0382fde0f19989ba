"""Paths, directories, compression and encodings, and everything that is no text."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.model import Document, Problem
from loaders import read

Read = Callable[..., list[Document | Problem]]

RECORDS = [{"id": str(number), "title": f"Title {number}", "abstract": "Words, wörter, 𝔴."} for number in range(3)]
LINES = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS)
PAGE = "Daily Papers\n\nSparse Gates for Slow Readers\n\nReading models spend most of their time on idle words.\n"


def keys(found: list[Document | Problem]) -> list[str]:
    return [item.key if isinstance(item, Document) else str(item) for item in found]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "an empty file"),
        (b" \r\n\t\n", "an empty file"),
        (gzip.compress(b""), "an empty file"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF; convert it with GROBID or Docling first, and load what they write"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "a binary file"),
        (LINES.encode("utf-16-le"), "a binary file"),
        (b"\x00", "a binary file"),
        (b"just a note", "of no known format; there are: JSON Lines, JSON, listing page"),
        (b"\x1f\x8b\x08\x00nonsense", "cannot be read: "),
    ],
)  # fmt: skip
def test_a_file_that_is_no_paper_is_one_problem(read_bytes: Read, content: bytes, message: str) -> None:
    """The problem names the file and says what it is."""
    found = read_bytes(content, "odd.bin")

    assert len(found) == 1
    assert str(found[0]).startswith(f"odd.bin: {message}")


@pytest.mark.parametrize(
    "content",
    [
        LINES.encode(),
        LINES.encode("utf-8-sig"),
        LINES.encode("utf-16"),
        b"\xfe\xff" + LINES.encode("utf-16-be"),
        gzip.compress(LINES.encode()),
        gzip.compress(LINES.encode("utf-16")),
        LINES.replace("\n", "\r\n").encode(),
        LINES.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gzip", "gzip-utf-16", "crlf", "cr"],
)
def test_encoding_compression_and_line_ends_do_not_matter(read_bytes: Read, content: bytes) -> None:
    """A file is recognised by what it holds, whatever it is called; the documents are the same."""
    found = read_bytes(content, "anything")

    assert found == read_bytes(LINES, "anything")
    assert keys(found) == ["0", "1", "2"]


def test_half_characters_of_utf_16_are_told(read_bytes: Read) -> None:
    """A lone surrogate and a file that ends within a character are replaced, and a problem counts them."""
    record = json.dumps({"id": "0", "title": "Gates", "abstract": "They ? open."}).replace("?", "\ud800")
    content = b"\xff\xfe" + record.encode("utf-16-le", "surrogatepass")

    told, found = read_bytes(content, "half.jsonl")
    *_, last = read_bytes(content + b"\x0a", "half.jsonl")

    assert isinstance(told, Problem)
    assert told.message == "1 character that no text may hold was replaced by U+FFFD: 1 lone surrogate"
    assert isinstance(found, Document)
    assert found.abstract == "They \ufffd open."
    assert isinstance(last, Problem)


def test_a_truncated_gzip_file_keeps_what_stands_before_the_break(read_bytes: Read) -> None:
    """Records that can be read are read, and the break is a problem with its line."""
    many = "".join(
        json.dumps({"id": f"{n}", "title": os.urandom(40).hex(), "abstract": "Words."}) + "\n" for n in range(900)
    )
    content = gzip.compress(many.encode())

    found = read_bytes(content[: len(content) // 2], "cut.gz")

    assert len(found) > 300
    assert all(isinstance(item, Document) for item in found[:-1])
    assert isinstance(found[-1], Problem)
    assert "the file breaks off here" in found[-1].message


def test_directories_are_walked_in_order(tmp_path: Path) -> None:
    """All files below a directory are read, sorted by path; hidden ones are not."""
    for name in ("b.jsonl", "a/z.jsonl", "a/.hidden", ".git/x.jsonl"):
        file = tmp_path / "papers" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(RECORDS[0] | {"id": name}) + "\n")

    found = list(read([tmp_path / "papers"]))

    assert [(item.source, item.key) for item in found if isinstance(item, Document)] == [
        ("z.jsonl", "a/z.jsonl"),
        ("b.jsonl", "b.jsonl"),
    ]


def test_a_file_given_twice_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However a file is reached, by another spelling, a link or its directory, it is one file."""
    monkeypatch.chdir(tmp_path)
    Path("papers.jsonl").write_text(LINES, encoding="utf-8")
    Path("link.jsonl").symlink_to("papers.jsonl")

    found = list(read(["papers.jsonl", tmp_path / "papers.jsonl", "link.jsonl", "."]))

    assert keys(found) == ["0", "1", "2"]


def test_a_single_path_need_not_stand_in_a_list(tmp_path: Path) -> None:
    """`read("papers.jsonl")` means that file."""
    file = tmp_path / "papers.jsonl"
    file.write_text(LINES, encoding="utf-8")

    found = list(read(str(file)))

    assert keys(found) == ["0", "1", "2"]


def test_a_missing_path_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    """The operator mistyped: nothing is half-read."""
    (tmp_path / "papers.jsonl").write_text(LINES, encoding="utf-8")

    with pytest.raises(UsageError, match="no file or directory"):
        read([tmp_path / "papers.jsonl", tmp_path / "nowhere.jsonl"])


def test_a_directory_without_files_is_a_problem(tmp_path: Path) -> None:
    """An empty directory is told, not passed over."""
    (tmp_path / "empty").mkdir()

    found = list(read([tmp_path / "empty"]))

    assert found == [Problem(source="empty", where="", message="a directory without files")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_a_problem(tmp_path: Path) -> None:
    """Missing rights cost that file."""
    file = tmp_path / "secret.jsonl"
    file.write_text(LINES, encoding="utf-8")
    file.chmod(0)

    found = list(read([file]))

    assert found == [Problem(source="secret.jsonl", where="", message="cannot be read: Permission denied")]


def test_a_bad_file_does_not_keep_the_others_from_being_read(tmp_path: Path) -> None:
    """Problems and documents come in the order of the files."""
    for name, content in (
        ("1.txt", b""),
        ("2.txt", PAGE.encode()),
        ("3.pdf", b"%PDF-1.4"),
        ("4.jsonl", LINES.encode()),
    ):
        (tmp_path / name).write_bytes(content)

    found = list(read([tmp_path]))

    assert keys(found)[0] == "1.txt: an empty file"
    assert [item.source for item in found] == ["1.txt", "2.txt", "3.pdf", "4.jsonl", "4.jsonl", "4.jsonl"]


class Pipe(io.RawIOBase):
    """Bytes that can be read once, as a pipe's."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.rest = content

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self.rest[: min(len(buffer), 7)]
        self.rest = self.rest[len(part) :]
        buffer[: len(part)] = part
        return len(part)


@pytest.mark.parametrize(("source", "name"), [(None, "stdin"), ("mine.jsonl", "mine.jsonl")])
@pytest.mark.parametrize("content", [LINES.encode(), gzip.compress(LINES.encode())], ids=["plain", "gzip"])
def test_standard_input_is_read_once_under_the_name_given(
    monkeypatch: pytest.MonkeyPatch, content: bytes, source: str | None, name: str
) -> None:
    """`-` reads what is piped in, compressed or not."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BufferedReader(Pipe(content))))

    found = list(read(["-", "-"], source=source))

    assert [(item.source, item.key) for item in found if isinstance(item, Document)] == [
        (name, "0"),
        (name, "1"),
        (name, "2"),
    ]


BEGINNINGS = [
    b"",
    b"\x1f\x8b\x08\x00",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"[",
    b"{",
    b"Daily Papers\n",
    b"%PDF-",
]


@given(st.builds(bytes.__add__, st.sampled_from(BEGINNINGS), st.binary(max_size=300)), st.booleans())
@settings(max_examples=200, deadline=None)
def test_no_file_makes_reading_raise(content: bytes, packed: bool) -> None:
    """Whatever a file holds, reading it gives documents or problems that can be written as UTF-8."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "any")
        file.write_bytes(gzip.compress(content) if packed else content)

        found = list(read(file))

    assert found
    assert all(item.model_dump_json().encode() for item in found)
