"""What `import kg` offers to Python programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
import loaders

PAPER = {
    "id": "1",
    "title": "FooTune: thrifty adapters",
    "abstract": "FooTune outperforms LoRA on GLUE.",
    "arxiv": "2401.00001",
}


def test_from_papers_to_answers_and_graphs(tmp_path: Path) -> None:
    """A store is opened, loaded, asked, and handed over to networkx and rdflib."""
    (tmp_path / "papers.jsonl").write_text(json.dumps(PAPER))

    with kg.open_store(str(tmp_path / "graph.kgl")) as store:
        loaders.load([tmp_path / "papers.jsonl"], store)
        answers = kg.ask(store, "Which methods compete with LoRA?").answers
        network, graph = kg.to_networkx(store), kg.to_rdflib(store)

    assert [answer.name for answer in answers] == ["FooTune"]
    assert network.has_edge("method/footune", "method/lora")
    assert len(graph) > 50


def test_an_unknown_name_says_what_there_is() -> None:
    """A misspelt part of the API is an AttributeError that names the parts."""
    with pytest.raises(AttributeError, match=r"no attribute 'opn'; it has: ask, open_store, search, to_networkx"):
        kg.opn  # noqa: B018


def test_the_version_is_that_of_the_package() -> None:
    """The version is never empty."""
    assert kg.version()
