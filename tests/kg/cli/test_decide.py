"""`kg decide`."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result

Kg = Callable[..., Result]


def _edges(kg: Kg, name: str) -> list[tuple[str, str, str]]:
    rows: list[dict[str, Any]] = json.loads(kg("show", name, "--json").stdout)
    return [(r["subject"], r["property"], r["object"]) for r in rows if r["paper_id"]]


def _statement(kg: Kg) -> str:
    rows = json.loads(kg("show", "DoRA", "--json").stdout)
    return next(str(r["statement"]) for r in rows if r["property"] == "improves-on")


def test_a_rejected_statement_is_gone_until_it_is_undone(kg: Kg, graph_anywhere: str) -> None:
    """`reject` takes an edge out of every answer, `undo` brings it back, and `list` says who and why."""
    before, statement = _edges(kg, "DoRA"), _statement(kg)

    rejected = kg("decide", "reject", statement, "--reason", "the sentence says otherwise", "--by", "ada")
    without = _edges(kg, "DoRA")
    decisions = json.loads(kg("decide", "list", "--json").stdout)
    undone = kg("decide", "undo", decisions[0]["id"])

    assert (rejected.exit_code, undone.exit_code) == (0, 0)
    assert without == [edge for edge in before if edge[1] != "improves-on"]
    assert [{k: d[k] for k in ("what", "about", "reason", "by")} for d in decisions] == [
        {"what": "reject", "about": statement, "reason": "the sentence says otherwise", "by": "ada"}
    ]
    assert _edges(kg, "DoRA") == before
    assert kg("decide", "list").stdout == ""


def test_an_alias_joins_two_names(kg: Kg, graph_anywhere: str) -> None:
    """What papers call by the name becomes the entity."""
    result = kg("decide", "alias", "DoRA", "--as", "LoRA", "--reason", "one method")

    assert result.exit_code == 0
    assert json.loads(kg("show", "DoRA", "--json").stdout)[0]["subject"] == "method/lora"
    assert json.loads(kg("decide", "list", "--json").stdout)[0]["by"] == getpass.getuser()


def test_odd_names_can_be_decided_upon(kg: Kg, graph: str, odd_names: tuple[str, ...]) -> None:
    """A decision takes any name as it is written."""
    for name in odd_names:
        result = kg("decide", "alias", "--as", "LoRA", "--reason", 'a test; it\'s "quoted"', "--", name)

        assert result.exit_code == 0
        assert json.loads(kg("show", "--json", "--", name).stdout)[0]["subject"] == "method/lora"


def test_all_that_is_decided_of_odd_names_can_be_undone(kg: Kg, graph: str, odd_names: tuple[str, ...]) -> None:
    """Names with signs, quotes and letters of all alphabets can be merged, split, bound and told why; all of it goes."""
    nodes = ("export", "--format", "jsonl", "--kind", "Method", "--kind", "Dataset")
    before = kg(*nodes).stdout
    for name in odd_names:
        for wish in (
            ("kind", "--as", "Dataset"),
            ("merge", "--into", "LoRA"),
            ("split", "--papers", "Names that are hard to print"),
            ("sense", "--as", "LoRA", "--papers", "Names that are hard to print"),
        ):
            decided = kg("decide", *wish, "--reason", "a test", "--", name)
            why = kg("identity", "why", "--json", "--", name)
            undone = kg("decide", "undo", decided.stdout.partition(" ")[0])

            assert (decided.exit_code, why.exit_code, undone.exit_code) == (0, 0, 0)
            assert "a test" in json.loads(why.stdout)[0]["steps"][-1]
    assert kg(*nodes).stdout == before
    assert kg("check").exit_code == 0


def test_papers_are_named_with_commas_or_one_by_one(kg: Kg, graph: str) -> None:
    """A title that has commas is one paper; other words between commas are a paper each."""
    together = _decided(
        kg, "split", "method/lora", "--papers", "2402.09353,2106.09685", "--introduced-by", "2402.09353"
    )
    papers = [d["papers"] for d in json.loads(kg("decide", "list", "--json").stdout)]

    again = kg("decide", "split", "method/lora", "--paper", "2402.09353", "--paper", "2106.09685", "--introduced-by", "2402.09353", "--reason", "a test")  # fmt: skip

    assert papers == [["arxiv-2106.09685", "arxiv-2402.09353"]]
    assert again.stdout.partition(" ")[0] == together


def test_a_decision_needs_a_reason(kg: Kg, graph: str) -> None:
    """Without a reason, or with an empty one, nothing is decided."""
    assert kg("decide", "reject", _statement(kg)).exit_code == 2
    assert kg("decide", "reject", _statement(kg), "--reason", " ").exit_code == 2
    assert kg("decide", "list").stdout == ""


def test_an_alias_of_something_unknown_gets_the_nearest(kg: Kg, graph: str) -> None:
    """An unknown target is exit 3 and names what looks like it."""
    result = kg("decide", "alias", "DoRA", "--as", "LoRAA", "--reason", "one method")

    assert result.exit_code == 3
    assert "LoRA" in result.stderr.split(";")[1]


def _decided(kg: Kg, *words: str) -> str:
    """The id of a decision that is made."""
    result = kg("decide", *words, "--reason", "a test", "--by", "ada")
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout.partition(" ")[0]


def _subject(kg: Kg, name: str) -> tuple[str, str]:
    row = json.loads(kg("show", name, "--json").stdout)[0]
    return row["subject"], row["object"]


def test_a_merged_id_leads_on_in_every_command(kg: Kg, graph_anywhere: str) -> None:
    """Whoever asks for the old id or name gets the new thing and is told why; undone, all is as before."""
    before = kg("show", "DoRA", "--json").stdout, kg("show", "LoRA", "--json").stdout
    decision = _decided(kg, "merge", "DoRA", "--into", "LoRA")

    shown, asked = kg("show", "method/dora", "--json"), kg("ask", "competitors", "--method", "DoRA")
    why = kg("identity", "why", "DoRA", "--json")

    assert json.loads(shown.stdout)[0]["subject"] == "method/lora"
    assert "method/dora is method/lora (Method, LoRA) by decision" in shown.stderr
    assert "by decision" in asked.stderr
    assert "LoRA" in asked.stdout
    assert {chain["id"] for chain in json.loads(why.stdout)} == {"method/lora"}
    assert all(decision in chain["steps"][-1] and "a test" in chain["steps"][-1] for chain in json.loads(why.stdout))
    assert kg("decide", "undo", decision).exit_code == 0
    assert (kg("show", "DoRA", "--json").stdout, kg("show", "LoRA", "--json").stdout) == before


def test_a_name_may_be_another_thing_in_some_papers(kg: Kg, graph_anywhere: str) -> None:
    """A split makes a thing that is named after a paper; a sense lets a name mean a known thing there."""
    _decided(kg, "split", "LoRA", "--paper", "2402.09353")
    split = json.loads(kg("identity", "why", "method/lora:arxiv-2402.09353", "--json").stdout)
    _decided(kg, "sense", "LoRA", "--as", "DoRA", "--paper", "2402.09353")
    sense = json.loads(kg("identity", "why", "DoRA", "--json").stdout)

    assert {(chain["written"], *chain["papers"]) for chain in split} == {("LoRA", "paper/arxiv-2402.09353")}
    assert _subject(kg, "LoRA") == ("method/lora", "Method")
    assert kg("show", "method/lora:arxiv-2402.09353").exit_code == 3
    assert "paper/arxiv-2402.09353" in {paper for chain in sense for paper in chain["papers"]}
    assert kg("check").exit_code == 0


def test_a_kind_may_be_decided(kg: Kg, graph: str) -> None:
    """Within a family the id stays, in another it begins otherwise and the old one leads there."""
    _decided(kg, "kind", "DoRA", "--as", "model")
    assert _subject(kg, "DoRA") == ("method/dora", "Model")

    _decided(kg, "kind", "DoRA", "--as", "Dataset")

    assert _subject(kg, "method/dora") == ("dataset/dora", "Dataset")
    assert [d["kind"] for d in json.loads(kg("decide", "list", "--json").stdout)] == ["Dataset"]


def test_the_log_keeps_what_was_undone(kg: Kg, graph: str, tmp_path: Path) -> None:
    """Who decided and who undid it, when and why, is known ever after, also from a backup."""
    decision = _decided(kg, "alias", "DoRA", "--as", "LoRA")
    kg("decide", "undo", decision, "--reason", "they differ", "--by", "bob")

    log = json.loads(kg("decide", "log", "--json").stdout)
    kg("export", "--format", "jsonl", "--output", str(tmp_path / "b.jsonl"))
    kg("restore", str(tmp_path / "b.jsonl"), "--store", str(tmp_path / "b.kgl"))

    said = [(d["what"], d["about"], d["by"], d["reason"], d["undone_by"], d["undone_reason"]) for d in log]
    assert said == [("alias", "DoRA", "ada", "a test", "bob", "they differ")]
    assert json.loads(kg("decide", "log", "--json", "--store", str(tmp_path / "b.kgl")).stdout) == log
    assert kg("decide", "list").stdout == ""
    again = kg("decide", "undo", log[0]["id"])
    assert (again.exit_code, "undone already" in again.stderr) == (3, True)


def test_what_cannot_be_decided_says_why(kg: Kg, graph: str) -> None:
    """A ring, a thing of another family, a paper that does not speak of it: one line each, and nothing changes."""
    before = kg("export", "--format", "jsonl").stdout
    wishes = (
        ("merge", "DoRA", "--into", "DoRA"),
        ("merge", "DoRA", "--into", "paper/arxiv-2402.09353"),
        ("split", "DoRA", "--paper", "2106.09685"),
        ("sense", "DoRA", "--as", "LoRA", "--paper", "2106.09685"),
        ("kind", "DoRA", "--as", "Method"),
    )
    for wish in wishes:
        result = kg("decide", *wish, "--reason", "a test")
        assert result.exit_code in (2, 3)
        assert len(result.stderr.splitlines()) == 1

    assert kg("export", "--format", "jsonl").stdout == before


def test_a_name_of_a_known_thing_is_not_moved_alone(kg: Kg, graph: str) -> None:
    """An alias of what the lexicon knows under another name would move all its names, so it is refused."""
    result = kg("decide", "alias", "low-rank adaptation", "--as", "DoRA", "--reason", "a test")

    assert (result.exit_code, "a name of method/lora in the lexicon" in result.stderr) == (2, True)


def test_an_alias_that_no_paper_writes_says_so(kg: Kg, graph: str) -> None:
    """A misspelt name is recorded for later loads, and told."""
    result = kg("decide", "alias", "DoRAA", "--as", "DoRA", "--reason", "a test")

    assert (result.exit_code, "no paper writes 'DoRAA' yet" in result.stderr) == (0, True)
