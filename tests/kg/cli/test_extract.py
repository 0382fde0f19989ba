"""`kg extract`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Kg = Callable[..., Result]

PAPERS = [
    {
        "id": "x-1",
        "title": "FooTune: thrifty adapters",
        "abstract": "We propose FooTune. FooTune outperforms LoRA on GLUE.",
        "pile": 3,
    },
    {"id": 7, "title": "Nothing much", "abstract": "It rained all day."},
]


@pytest.mark.parametrize("text", [json.dumps(PAPERS), "".join(json.dumps(paper) + "\n" for paper in PAPERS)])
def test_papers_keep_their_ids(kg: Kg, tmp_path: Path, text: str) -> None:
    """JSON Lines and a JSON array give one object a paper, in order, with the id that the paper had."""
    (tmp_path / "papers").write_text(text)

    result = kg("extract", str(tmp_path / "papers"), "--json")

    first, second = json.loads(result.stdout)
    assert (result.exit_code, first["id"], second["id"]) == (0, "x-1", "7")
    assert [list(paper) for paper in (first, second)] == [["id", "entities", "relations", "claims"]] * 2
    names = {entity["id"]: entity["name"] for entity in first["entities"]}
    relations = {(names.get(r["head"]), r["type"], names[r["tail"]]): r["evidence"] for r in first["relations"]}
    assert relations["FooTune", "improves-on", "LoRA"] == "FooTune outperforms LoRA on GLUE."


def test_a_table_names_what_relations_join(kg: Kg, tmp_path: Path) -> None:
    """Without `--json` each entity, relation and claim is a row."""
    (tmp_path / "papers").write_text(json.dumps(PAPERS))

    rows = [line.split("\t") for line in kg("extract", str(tmp_path / "papers")).stdout.splitlines()]

    assert rows[0] == ["id", "what", "type", "head", "tail", "evidence"]
    assert ["x-1", "introduced", "Method", "FooTune", "", ""] in rows
    assert ["x-1", "relation", "improves-on", "FooTune", "LoRA", "FooTune outperforms LoRA on GLUE."] in rows


def test_a_bad_record_is_told_and_left_out(kg: Kg, tmp_path: Path) -> None:
    """Problems go to stderr; nothing read at all is exit 1 and still a list."""
    (tmp_path / "half").write_text(json.dumps(PAPERS[0]) + "\n{\n")
    (tmp_path / "none").write_text("")

    half, none = (kg("extract", str(tmp_path / name), "--json") for name in ("half", "none"))

    assert (half.exit_code, len(json.loads(half.stdout)), half.stderr[:6]) == (0, 1, "half: ")
    assert (none.exit_code, json.loads(none.stdout), none.stderr[:6]) == (1, [], "none: ")


def test_extracting_needs_no_store(kg: Kg, tmp_path: Path) -> None:
    """No graph is made."""
    (tmp_path / "papers").write_text(json.dumps(PAPERS))

    kg("extract", str(tmp_path / "papers"), "--json", "--store", str(tmp_path / "x.kgl"))

    assert [path.name for path in tmp_path.iterdir()] == ["papers"]
