"""Names that a shell, a query language, a file format or a terminal might misread, through every command."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import Result

from kg.cli import COMMANDS
from kg.export import EXPORTERS
from kg.model import Document, EdgeKind, EntityKind, Extraction, Group, Mention, Relation
from kg.store import open_store

Kg = Callable[..., Result]
NAMES = (
    "BERT+MLP", "(2+1)D convolution", "ε-greedy", "C++", "x'}) DETACH DELETE n //", 'x"}) RETURN 1 //', "back\\slash\\",
    "new\nline", "tab\tnet", "\u202ereversed", "red \x1b[31m net", "🦙 Tuner", "--json", "$id {method} %s", "<b>bold</b> &amp;", "`tick`",
    "L" * 100_000,
)  # fmt: skip
STEERING = ("\x1b", "\u202e")


class Comparing:
    """An extractor that finds all the names, each better than LoRA."""

    version = "odd-1"

    def __call__(self, documents: Sequence[Document]) -> list[Extraction]:
        """The same for every document."""
        return [self._extraction(document.text) for document in documents]

    def _extraction(self, text: str) -> Extraction:
        groups = tuple(
            Group(id=name, kind=EntityKind.METHOD, name=name, confidence=0.9, extractor=self.version,
                  mentions=(Mention(text=name, start=text.index(name), end=text.index(name) + len(name)),))
            for name in (*NAMES, "LoRA")
        )  # fmt: skip
        relations = tuple(
            Relation(head=name, kind=EdgeKind.IMPROVES_ON, tail="LoRA", start=0, end=len(text), confidence=0.9, extractor=self.version)
            for name in NAMES
        )  # fmt: skip
        return Extraction(groups=groups, relations=relations, extractor=self.version)


@pytest.fixture
def odd(address: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a store of each kind in turn with the names, named by KG_STORE."""
    document = Document.make(
        format="jsonl", key="1", source="odd.jsonl", title="Odd", abstract=f"{' | '.join(NAMES)} | LoRA"
    )
    with open_store(address) as store:
        store.write([document], Comparing())
    monkeypatch.setenv("KG_STORE", address)
    return address


def _file(name: str, folder: Path) -> str:
    path = folder / "odd.jsonl"
    path.write_text(json.dumps({"id": "2", "title": name, "abstract": f"We compare {name} with LoRA on GLUE."}))
    return str(path)


def _exports(name: str, folder: Path) -> Iterator[list[str]]:
    there = [format for format in EXPORTERS if format != "parquet" or find_spec("pyarrow")]
    for format in (format for format in there if EXPORTERS[format].around or name == NAMES[0]):
        about = ["--about", name] if EXPORTERS[format].around else []
        yield ["export", "--format", format, f"--output={folder / 'odd'}.{format}", *about]


def _once(name: str, *commands: Sequence[str]) -> Sequence[Sequence[str]]:
    """Commands that take no name: they find all of them in the graph."""
    return commands if name == NAMES[0] else ()


def _backup(name: str, folder: Path) -> Sequence[Sequence[str]]:
    backup = str(folder / "all.jsonl")
    return _once(
        name,
        ["export", "--format", "jsonl", "--output", backup],
        ["diff", backup, "--details", "--exit-code"],
        ["restore", backup, "--store", str(folder / "restored.kgl")],
        ["diff", backup, str(folder / "restored.kgl"), "--exit-code"],
    )


def _literal(name: str) -> str:
    """A text as Cypher and SPARQL write it."""
    return json.dumps(name, ensure_ascii=False).replace("\\u001b", "\x1b")


USES: dict[str, Callable[[str, Path], Sequence[Sequence[str]]]] = {
    "load": lambda name, folder: [["load", _file(name, folder)]],
    "ask": lambda name, folder: [
        ["ask", "competitors", f"--method={name}", "--evidence"],
        ["ask", "competitors", f"--method={name}", "--html", str(folder / "ask.html")],
    ],
    "queries": lambda name, folder: _once(name, ["queries"]),
    "search": lambda name, folder: [["search", "--", name]],
    "show": lambda name, folder: [["show", "--", name], ["show", "--html", str(folder / "show.html"), "--", name]],
    "stats": lambda name, folder: _once(name, ["stats"]),
    "cypher": lambda name, folder: [["cypher", f"MATCH (n:Entity) WHERE n.name = {_literal(name)} RETURN n.name AS name"]],
    "sparql": lambda name, folder: [["sparql", f"SELECT ?n {{ ?n rdfs:label {_literal(name)} }}"]],
    "check": lambda name, folder: _once(name, ["check"]),
    "decide": lambda name, folder: [["decide", "alias", "--as", "LoRA", "--reason", name, "--by", name, "--", name], ["decide", "list"], ["decide", "log"]],
    "identity": lambda name, folder: [["identity", "why", "--", name]],
    "remove": lambda name, folder: [["load", _file(name, folder)], ["remove", "--", name]],
    "export": lambda name, folder: list(_exports(name, folder)),
    "restore": _backup,
    "diff": _backup,
    "extract": lambda name, folder: [["extract", _file(name, folder)]],
    "completion": lambda name, folder: _once(name, ["completion", "bash"]),
}  # fmt: skip
"""What is done with a name by each command."""


def test_every_command_is_given_the_names() -> None:
    """A new command is used with odd names, too."""
    assert set(USES) == set(COMMANDS)


@pytest.mark.parametrize("command", USES)
def test_no_name_is_misread(kg: Kg, odd: str, command: str, tmp_path: Path) -> None:
    """Every command takes every name, prints nothing that steers a terminal, and leaves a graph that holds all laws."""
    for name in NAMES:
        for arguments in USES[command](name, tmp_path):
            result = kg(*arguments)

            assert (result.exit_code, arguments[0], name[:40]) == (0, arguments[0], name[:40]), result.stderr
            assert not any(sign in result.stdout + result.stderr for sign in STEERING)
    assert kg("check").exit_code == 0
