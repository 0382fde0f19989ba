"""`kg export` and `kg restore`."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Kg = Callable[..., Result]


@pytest.mark.parametrize("format", ["nt", "turtle", "jsonl"])
def test_a_file_and_stdout_get_the_same_bytes(kg: Kg, graph_anywhere: str, tmp_path: Path, format: str) -> None:
    """`--output` writes what stdout gets, compressed where the name says so, and twice the same."""
    plain, packed = tmp_path / "out", tmp_path / "out.gz"

    printed = kg("export", "--format", format).stdout_bytes
    results = [kg("export", "--format", format, "--output", str(path)) for path in (plain, packed)]

    assert [(r.exit_code, r.stdout) for r in results] == [(0, ""), (0, "")]
    assert printed == plain.read_bytes() == gzip.decompress(packed.read_bytes())
    assert len(printed) > 1000


def test_a_backup_restores_the_same_graph(kg: Kg, graph_anywhere: str, tmp_path: Path) -> None:
    """What one store wrote another reads, and then writes the same."""
    backup, other = tmp_path / "backup.jsonl.gz", str(tmp_path / "other.kgl")
    kg("export", "--format", "jsonl", "--output", str(backup))

    result = kg("restore", str(backup), "--store", other)

    assert result.exit_code == 0
    assert kg("export", "--format", "jsonl", "--store", other).stdout_bytes == gzip.decompress(backup.read_bytes())
    assert kg("check", "--store", other).exit_code == 0


@pytest.mark.parametrize(
    "part", [["--about", "LoRA"], ["--kind", "Method"], ["--min-confidence", "0.8"], ["--no-text"]], ids=lambda p: p[0]
)
def test_a_part_is_not_restored(kg: Kg, graph: str, tmp_path: Path, part: list[str]) -> None:
    """A file of what lies around a thing, of a kind, without texts … is one line to `kg restore` and leaves no store."""
    kg("export", "--format", "jsonl", *part, "--output", str(tmp_path / "part.jsonl"))

    result = kg("restore", str(tmp_path / "part.jsonl"), "--store", str(tmp_path / "other.kgl"))

    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "part of a graph, which cannot be restored" in result.stderr
    assert not (tmp_path / "other.kgl").exists()


def test_parts_are_compared(kg: Kg, graph: str, tmp_path: Path) -> None:
    """`kg diff` takes parts, too."""
    kg("export", "--format", "jsonl", "--no-text", "--output", str(tmp_path / "part.jsonl"))

    result = kg("diff", str(tmp_path / "part.jsonl"), graph, "--exit-code")

    assert result.exit_code == 1
    assert [line.split("\t")[0] for line in result.stdout.splitlines()] == ["kind", "Paper", "Document"]


def test_what_lies_around_a_thing_is_exported(kg: Kg, graph_anywhere: str) -> None:
    """`--about` takes a name or any id, `--depth` steps, `--kind` what is followed."""

    def nodes(*options: str) -> set[str]:
        lines = kg("export", "--format", "jsonl", *options).stdout.splitlines()
        return {record["id"] for record in map(json.loads, lines) if "node" in record}

    assert nodes("--about", "DoRA", "--kind", "improves-on") == {"method/dora", "method/lora"}
    assert nodes("--about", "method/dora", "--depth", "0") == {"method/dora"}
    authors = nodes("--about", "2106.09685", "--kind", "Author") - {"paper/arxiv-2106.09685"}
    assert [nodes("--about", id) for id in authors] == [{id, "paper/arxiv-2106.09685"} for id in authors]
    assert len(authors) == 2


def test_a_store_in_use_is_not_restored_into(kg: Kg, graph: str, tmp_path: Path) -> None:
    """A restore never mixes with what is there."""
    kg("export", "--format", "jsonl", "--output", str(tmp_path / "b.jsonl"))

    result = kg("restore", str(tmp_path / "b.jsonl"))

    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (1, "", 1)


def test_a_damaged_backup_leaves_nothing(kg: Kg, graph: str, tmp_path: Path) -> None:
    """A file that is cut off, or is no backup, is exit 1 and leaves the store as it was."""
    kg("export", "--format", "jsonl", "--output", str(tmp_path / "b.jsonl"))
    whole = (tmp_path / "b.jsonl").read_bytes()
    other = str(tmp_path / "other.kgl")

    for damaged in (whole[:-20], b"", b"hello\n", whole.splitlines(keepends=True)[0] + b"{}\n"):
        (tmp_path / "bad").write_bytes(damaged)
        result = kg("restore", str(tmp_path / "bad"), "--store", other)

        assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (1, "", 1)
    assert kg("restore", str(tmp_path / "b.jsonl"), "--store", other).exit_code == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_leave_to_write(kg: Kg, graph: str, tmp_path: Path) -> None:
    """A file that cannot be written is one line."""
    tmp_path.chmod(0o500)

    assert kg("export", "--format", "nt", "--output", str(tmp_path / "out.nt")).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--format", "nt", "--output", "no-such-folder/out.nt"], 1),
        (["--format", "nt", "--base", "nonsense", "--output", "out.nt"], 2),
        (["--format", "docx", "--output", "out.docx"], 2),
        (["--format", "nt", "--depth", "2", "--output", "out.nt"], 2),
        (["--format", "nt", "--kind", "robot", "--output", "out.nt"], 2),
        (["--format", "nt", "--about", "nothing of that name", "--output", "out.nt"], 3),
        (["--output", "out.nt"], 2),
    ],
)
def test_a_failed_export_leaves_no_file(
    kg: Kg, graph: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int
) -> None:
    """What cannot be exported or written leaves nothing behind."""
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.rglob("*"))

    result = kg("export", *arguments)

    assert (result.exit_code, result.stdout) == (code, "")
    assert set(tmp_path.rglob("*")) == before


def test_only_what_is_sure_enough_is_exported(kg: Kg, graph: str) -> None:
    """`--min-confidence` leaves out edges of less confidence, and nothing else."""
    all_triples = kg("export", "--format", "nt").stdout
    sure = kg("export", "--format", "nt", "--min-confidence", "0.8").stdout

    assert "ontology#improvesOn" in all_triples
    assert "/id/method/dora> <https://w3id.org/paperkg/ontology#improvesOn>" not in sure
    assert set(sure.splitlines()) < set(all_triples.splitlines())
    assert "DoRA: weights with a direction" in sure


def test_the_base_is_the_users(kg: Kg, graph: str) -> None:
    """`--base` stands at the beginning of our IRIs."""
    text = kg("export", "--format", "nt", "--base", "https://example.org/kg/").stdout

    assert "<https://example.org/kg/id/method/lora>" in text
    assert "w3id.org/paperkg" not in text
