"""`kg decide`."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable
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
