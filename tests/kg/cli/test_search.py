"""`kg search` (what is found: tests/kg/query/test_search.py)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Kg = Callable[..., Result]


def test_hits_are_rows(kg: Kg, graph_anywhere: str) -> None:
    """A hit a line, the same columns and values from every store."""
    result = kg("search", "dora", "direction", "--limit", "1")

    head, hit = [line.split("\t") for line in result.stdout.splitlines()]
    found = dict(zip(head, hit, strict=True))
    assert found.pop("score").startswith("2.")
    assert found == {
        "id": "paper/arxiv-2402.09353",
        "kind": "Paper",
        "name": "DoRA: weights with a direction",
        "papers": "",
        "year": "2024",
        "where": "title",
        "snippet": "DoRA: weights with a direction",
    }


def test_json_says_where_the_words_stand(kg: Kg, graph: str) -> None:
    """A hit is an object with the columns as keys, and the places of the words in its snippet."""
    [hit] = json.loads(kg("search", "lora", "--limit", "1", "--json").stdout)

    assert hit == {
        "id": "method/lora",
        "kind": "Method",
        "name": "LoRA",
        "papers": 3,
        "year": None,
        "score": hit["score"],
        "where": "name",
        "snippet": "LoRA",
        "matches": [[0, 4]],
    }


def test_odd_names_are_found(kg: Kg, graph_anywhere: str, odd_names: tuple[str, ...]) -> None:
    """No name is read as a query, an option or markup."""
    found = {name: json.loads(kg("search", "--json", "--", name).stdout)[0]["name"] for name in odd_names}

    assert found == {name: name for name in odd_names}


def test_how_words_were_understood_goes_to_stderr(kg: Kg, graph: str) -> None:
    """Corrections and unknown words are talk, hits are data."""
    result = kg("search", "smal", "xyzzyqq", "matrices")

    assert result.stderr == "'smal' stands nowhere; taken as 'small'\nstands nowhere: 'xyzzyqq'\n"
    assert "LoRA: small matrices" in result.stdout


def test_what_stands_nowhere_is_exit_3(kg: Kg, graph: str) -> None:
    """One line with the nearest names."""
    result = kg("search", "LoooRA")

    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("kg: nothing holds 'LoooRA'; nearest: ")


@pytest.mark.parametrize("kind", ["paper", "Paper"])
def test_kinds_are_taken_in_any_case(kg: Kg, graph: str, kind: str) -> None:
    """`--kind` narrows; several add up; an unknown one is wrong usage that lists them."""
    rows = kg("search", "lora", "--kind", kind, "--kind", "Metric").stdout.splitlines()[1:]

    assert {row.split("\t")[1] for row in rows} == {"Paper"}
    assert "there are: Method, Model" in kg("search", "lora", "--kind", "robot").stderr


def test_the_terminal_shows_hits_with_their_words_in_bold(graph: str, kg_on_terminal: Callable[..., str]) -> None:
    """A person sees the name, what it is, and the part of the text with the words; nothing steers the terminal."""
    shown = kg_on_terminal("search", "red", "net", "thin")

    assert "1. red \ufffd[31m net" in shown
    assert "Method · method/red-31m-net" in shown
    assert "LoRA trains two \x1b[1mthin\x1b[0m matrices" in shown


def test_the_index_lies_beside_the_store(kg: Kg, graph: str) -> None:
    """A search leaves its index in a folder that is named after the store, and nothing else."""
    before = set(Path(graph).parent.iterdir())

    kg("search", "lora")

    assert {path.name for path in set(Path(graph).parent.iterdir()) - before} == {"three.kgl.search"}
