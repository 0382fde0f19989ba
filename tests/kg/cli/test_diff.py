"""`kg diff`."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Kg = Callable[..., Result]


def _table(result: Result) -> list[dict[str, str]]:
    head, *lines = [line.split("\t") for line in result.stdout.splitlines()]
    return [dict(zip(head, line, strict=True)) for line in lines]


@pytest.fixture
def backup(kg: Kg, graph_anywhere: str, tmp_path: Path) -> str:
    """A backup of the graph that KG_STORE names, which is in a store of each kind in turn."""
    path = str(tmp_path / "backup.jsonl.gz")
    kg("export", "--format", "jsonl", "--output", path)
    return path


@pytest.fixture
def restored(kg: Kg, backup: str, tmp_path: Path) -> str:
    """An embedded store with the same graph."""
    path = str(tmp_path / "restored.kgl")
    kg("restore", backup, "--store", path)
    return path


def test_equal_graphs_have_no_difference(kg: Kg, backup: str, restored: str, graph_anywhere: str) -> None:
    """Backups and stores of either kind are compared in any mix, and nothing is printed where nothing differs."""
    for arguments in ([backup, backup], [backup], [backup, restored], [restored, graph_anywhere], [restored, backup]):
        result = kg("diff", *arguments, "--exit-code", "--details")

        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no difference\n")
    assert kg("diff", backup, "--json").stdout == "[]\n"


def test_the_order_of_loading_is_no_difference(kg: Kg, address: str, tmp_path: Path) -> None:
    """The same papers, loaded in another order at another time, are the same graph."""
    papers = [
        {"id": str(at), "title": f"Paper {at}", "abstract": f"FooTune{at} outperforms LoRA on GLUE."} for at in range(4)
    ]
    other = str(tmp_path / "other.kgl")
    for store, ordered in ((address, papers), (other, papers[::-1])):
        text = "".join(json.dumps(paper) + "\n" for paper in ordered)
        kg("load", "-", "--source", "papers.jsonl", "--store", store, input=text)

    assert kg("diff", address, other).stderr == "no difference\n"


def test_the_summary_counts_by_kind(kg: Kg, backup: str) -> None:
    """What a decision and a removal did, a line for each kind that differs; `--exit-code` tells a script."""
    statement = next(r for r in _table(kg("show", "DoRA")) if r["property"] == "improves-on")["statement"]
    kg("decide", "reject", statement, "--reason", "wrong", "--by", "ada")
    kg("remove", "2106.09685")

    result = kg("diff", backup)

    rows = {row.pop("kind"): tuple(row.values()) for row in _table(result)}
    assert (result.exit_code, kg("diff", backup, "--exit-code").exit_code) == (0, 1)
    assert rows == {
        "Paper": ("0", "1", "0"),
        "Document": ("0", "1", "0"),
        "Author": ("0", "2", "0"),
        "Decision": ("1", "0", "0"),
        "Tombstone": ("1", "0", "0"),
        "describes": ("0", "1", "0"),
        "introduces": ("0", "1", "0"),
        "mentions": ("0", "2", "0"),
        "improves-on": ("0", "0", "1"),
        "evaluated-on": ("0", "1", "0"),
        "written-by": ("0", "2", "0"),
    }
    assert json.loads(kg("diff", backup, "--json").stdout)[0] == {"kind": "Paper", "added": 0, "gone": 1, "changed": 0}


def test_details_say_what_changed_in_which_paper(kg: Kg, backup: str) -> None:
    """`--details`, `--kind` and `--limit` show the differences one by one, in JSON with all values."""
    statement = next(r for r in _table(kg("show", "DoRA")) if r["property"] == "improves-on")["statement"]
    kg("decide", "reject", statement, "--reason", "wrong", "--by", "ada")
    expected = {
        "change": "changed",
        "kind": "improves-on",
        "subject": "method/dora",
        "object": "method/lora",
        "key": statement,
        "paper": "paper/arxiv-2402.09353",
        "title": "DoRA: weights with a direction",
        "what": "rejected: none → true",
    }

    assert _table(kg("diff", backup, "--kind", "Improves-On")) == [expected]
    assert _table(kg("diff", backup, "--details"))[1] == expected
    [found] = json.loads(kg("diff", backup, "--kind", "improves-on", "--json").stdout)
    assert found == {**expected, "changes": [{"name": "rejected", "old": None, "new": True}]}


def test_what_is_left_out_is_said(kg: Kg, backup: str) -> None:
    """Of each kind some are shown, and how to see all."""
    kg("remove", "2106.09685")

    result = kg("diff", backup, "--limit", "1")

    assert len(_table(result)) == len({row["kind"] for row in _table(result)})
    assert result.stderr == "of each kind 1 are shown; --limit 2 shows all\n"


def test_names_that_are_hard_to_print_are_printed(
    kg: Kg, graph: str, tmp_path: Path, kg_on_terminal: Callable[..., str]
) -> None:
    """Nothing in a name becomes a command to a terminal, a column or a line."""
    kg("export", "--format", "jsonl", "--output", str(tmp_path / "b.jsonl"))
    kg("remove", "Names that are hard to print")

    result, shown = (
        kg("diff", str(tmp_path / "b.jsonl"), "--details"),
        kg_on_terminal("diff", str(tmp_path / "b.jsonl"), "--details"),
    )

    assert "red \ufffd[31m net" in {row["what"] for row in _table(result)}
    assert "x'}) DETACH DELETE n //" in {row["what"] for row in _table(result)}
    assert "red \ufffd[31m net" in shown
    assert "\x1b[31m− method/" in shown
    assert "red \x1b[31m" not in shown


@pytest.mark.parametrize(
    ("content", "code"),
    [(b'{"paperkg": {"schema": 1}}\n', 1), (b'{"paperkg": {"schema": 99}}\n{"end": {"elements": 0}}\n', 1),
     (b"{}", 1), (b"\x1f\x8b", 1), (b"", 1), (b"hello", 1), (None, 3)],
)  # fmt: skip
def test_what_is_no_graph_is_one_line(kg: Kg, graph: str, tmp_path: Path, content: bytes | None, code: int) -> None:
    """A file that is neither a whole backup nor a store is an error that names it; one that is not there exits 3."""
    path = tmp_path / "other"
    if content is not None:
        path.write_bytes(content)

    result = kg("diff", graph, str(path))

    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (code, "", 1)
    assert str(path) in result.stderr


def test_a_backup_that_is_not_sorted_is_refused(kg: Kg, graph: str, tmp_path: Path) -> None:
    """A file whose lines were moved is no basis for a comparison."""
    kg("export", "--format", "jsonl", "--output", str(tmp_path / "b.jsonl.gz"))
    head, *lines, end = gzip.decompress((tmp_path / "b.jsonl.gz").read_bytes()).splitlines(keepends=True)
    (tmp_path / "moved.jsonl").write_bytes(b"".join([head, *lines[::-1], end]))

    result = kg("diff", str(tmp_path / "moved.jsonl"), graph)

    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (1, "", 1)
    assert "A is not sorted as a backup is, from element 2 on" in result.stderr
