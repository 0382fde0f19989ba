"""`kg load` and `kg remove`."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kg.cli.load import summary
from kg.model import Problem, Report

Kg = Callable[..., Result]

FIRST = {
    "id": "1",
    "title": "FooTune: thrifty adapters",
    "abstract": "FooTune outperforms LoRA on GLUE.",
    "arxiv": "2401.00001",
}
SECOND = {
    "id": "2",
    "title": "BarTune: thriftier adapters",
    "abstract": "BarTune outperforms FooTune on GLUE.",
    "arxiv": "2402.00002",
}


@pytest.fixture
def papers(tmp_path: Path) -> str:
    """A file with two papers."""
    return _written(tmp_path / "papers.jsonl", FIRST, SECOND)


def _written(path: Path, *records: object) -> str:
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return str(path)


def _counts(result: Result) -> str:
    """The part of the summary that counts documents and papers."""
    return result.stdout.split(";")[0]


def test_the_summary_is_one_line() -> None:
    """Papers, nodes, edges and problems stand in one line."""
    report = Report(
        documents=538,
        new=frozenset(f"paper/{n}" for n in range(515)),
        nodes_added=9021,
        edges_added=33410,
        problems=(Problem(source="a", where="b", message="c"),) * 2,
    )

    assert summary(report) == (
        "538 documents: 515 papers new, 0 changed, 0 same, 0 skipped; "
        "9,021 nodes and 33,410 edges added, 0 and 0 removed; 2 problems"
    )


def test_loading_twice_is_loading_once(kg: Kg, address: str, papers: str) -> None:
    """The second load of the same file changes nothing, in either store."""
    first, second = kg("load", papers, "--store", address), kg("load", papers, "--store", address)

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert _counts(first) == "2 documents: 2 papers new, 0 changed, 0 same, 0 skipped"
    assert second.stdout == (
        "2 documents: 0 papers new, 0 changed, 2 same, 0 skipped; 0 nodes and 0 edges added, 0 and 0 removed; 0 problems\n"
    )
    assert kg("check", "--store", address).exit_code == 0


def test_the_default_store_is_made_when_it_is_first_written(kg: Kg, papers: str, tmp_path: Path) -> None:
    """A person who names no store gets one in the data folder."""
    assert kg("load", papers).exit_code == 0

    assert (tmp_path / "data-home" / "paperkg" / "graph.kgl").exists()
    assert json.loads(kg("show", "FooTune", "--json").stdout)[0]["name"] == "FooTune"


def test_stdin_is_a_file_too(kg: Kg, graph: str) -> None:
    """`-` reads stdin, compressed or not, under the name that `--source` gives."""
    text = json.dumps(FIRST).encode()

    result = kg("load", "-", "--source", "mine.jsonl", input=gzip.compress(text))

    assert _counts(result) == "1 document: 1 paper new, 0 changed, 0 same, 0 skipped"
    query = "MATCH (d:Document {source: 'mine.jsonl'}) RETURN d.key AS key"
    assert kg("cypher", query).stdout == "key\n1\n"


def test_bad_records_cost_themselves(kg: Kg, tmp_path: Path) -> None:
    """What is bad is told on stderr with file and place, the rest loads, and only `--strict` makes it exit 1."""
    (tmp_path / "papers.jsonl").write_text(json.dumps(FIRST) + '\n{"id": "2", "title": \n')
    arguments = ("load", str(tmp_path / "papers.jsonl"), "--store", str(tmp_path / "x.kgl"))

    result, strict = kg(*arguments), kg(*arguments, "--strict")

    assert (result.exit_code, strict.exit_code) == (0, 1)
    assert _counts(result) == "1 document: 1 paper new, 0 changed, 0 same, 0 skipped"
    assert result.stdout.endswith("; 1 problem\n")
    assert result.stderr.startswith("papers.jsonl: ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe\x9c" * 100, b"no paper here", b'{"title": '])
def test_nothing_to_read_is_a_failure(kg: Kg, tmp_path: Path, content: bytes) -> None:
    """A file from which nothing could be read is a problem and exit 1."""
    (tmp_path / "odd").write_bytes(content)

    result = kg("load", str(tmp_path / "odd"), "--store", str(tmp_path / "x.kgl"))

    assert result.exit_code == 1
    assert _counts(result) == "0 documents: 0 papers new, 0 changed, 0 same, 0 skipped"
    assert result.stderr.startswith("odd: ")


def test_a_path_that_is_not_there_makes_no_store(kg: Kg, tmp_path: Path) -> None:
    """A wrong path is wrong usage, and nothing is created."""
    result = kg("load", str(tmp_path / "none"), "--store", str(tmp_path / "x.kgl"))

    assert result.exit_code == 2
    assert list(tmp_path.glob("x.kgl*")) == []


def test_removed_papers_stay_away_until_they_are_wanted(kg: Kg, address: str, papers: str) -> None:
    """`remove` takes a paper out, loading skips it and says so, `--restore-removed` brings it back."""
    kg("load", papers, "--store", address)
    before = kg("export", "--format", "nt", "--store", address).stdout

    removed = kg("remove", "https://arxiv.org/abs/2401.00001v3", "--store", address)
    shown = kg("show", "2401.00001", "--store", address)
    skipped = kg("load", papers, "--store", address)
    restored = kg("load", papers, "--store", address, "--restore-removed")

    assert removed.stdout.startswith("1 paper removed; ")
    assert (shown.exit_code, shown.stdout, "was removed" in shown.stderr) == (3, "", True)
    assert _counts(skipped) == "2 documents: 0 papers new, 0 changed, 1 same, 1 skipped"
    assert "--restore-removed" in skipped.stderr
    assert _counts(restored) == "2 documents: 1 paper new, 0 changed, 1 same, 0 skipped"
    assert len(kg("export", "--format", "nt", "--store", address).stdout) == len(before)


def test_a_person_sees_a_bar_and_a_line(papers: str, tmp_path: Path, kg_on_terminal: Callable[..., str]) -> None:
    """On a terminal the load ends with its summary."""
    shown = kg_on_terminal("load", papers, "--store", str(tmp_path / "x.kgl"))

    assert shown.rstrip().splitlines()[-1].endswith("0 problems")


def test_a_title_of_several_papers_removes_none(kg: Kg, tmp_path: Path) -> None:
    """Where a title stands for several papers their ids are named, and nothing is removed."""
    store = str(tmp_path / "x.kgl")
    kg("load", _written(tmp_path / "twins.jsonl", FIRST, {**SECOND, "title": FIRST["title"]}), "--store", store)

    result = kg("remove", FIRST["title"], "--store", store)

    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert "paper/arxiv-2401.00001" in result.stderr
    assert "paper/arxiv-2402.00002" in result.stderr
    assert kg("show", "2401.00001", "--store", store).exit_code == 0


def test_what_else_a_name_may_mean_is_told(kg: Kg, tmp_path: Path) -> None:
    """A title of several papers is shown as one of them, and stderr names the others."""
    store = str(tmp_path / "x.kgl")
    kg("load", _written(tmp_path / "twins.jsonl", FIRST, {**SECOND, "title": FIRST["title"]}), "--store", store)

    result = kg("show", FIRST["title"], "--store", store)

    assert result.exit_code == 0
    assert result.stderr == (
        f"taken as paper/arxiv-2401.00001 (Paper, {FIRST['title']}); "
        f"it may also mean paper/arxiv-2402.00002 (Paper, {FIRST['title']})\n"
    )
