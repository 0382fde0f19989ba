"""A small graph with everything that is hard to print, and a way to run `kg` on it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.model import Document, EdgeKind, EntityKind, Extraction, Group, Mention, Metadata, Relation
from kg.store import open_store

ROOT = Path(__file__).parents[3]
ODD_NAMES = (
    "BERT+MLP",
    "(2+1)D convolution",
    "ε-greedy",
    "C++",
    "x'}) DETACH DELETE n //",
    "🦙 Tuner",
    "red \x1b[31m net",
)

PAPERS = (
    (
        Metadata(arxiv="2106.09685", year=2021, authors=("Ada Byte", "Bo Node")),
        "LoRA: small matrices for large models",
        "LoRA trains two thin matrices in every layer. On GLUE the score of LoRA is 87.5.",
        ("LoRA",),
        {"LoRA": EntityKind.METHOD, "GLUE": EntityKind.DATASET},
        (("LoRA", EdgeKind.EVALUATED_ON, "GLUE", "On GLUE the score of LoRA is 87.5."),),
    ),
    (
        Metadata(arxiv="2402.09353", year=2024, summary_by="paperkg"),
        "DoRA: weights with a direction",
        "DoRA learns size and direction apart. DoRA beats LoRA on GLUE.",
        ("DoRA",),
        {"DoRA": EntityKind.METHOD, "LoRA": EntityKind.METHOD, "GLUE": EntityKind.DATASET},
        (
            ("DoRA", EdgeKind.IMPROVES_ON, "LoRA", "DoRA beats LoRA on GLUE."),
            ("DoRA", EdgeKind.EVALUATED_ON, "GLUE", "DoRA beats LoRA on GLUE."),
        ),
    ),
    (
        Metadata(year=2023),
        "Names that are hard to print",
        f"We compare {' and '.join(ODD_NAMES)} here.\tAll of them lose to LoRA.",
        (),
        {**dict.fromkeys(ODD_NAMES, EntityKind.METHOD), "LoRA": EntityKind.METHOD},
        tuple(("LoRA", EdgeKind.IMPROVES_ON, name, "All of them lose to LoRA.") for name in ODD_NAMES),
    ),
)
Said = tuple[Metadata, str, str, tuple[str, ...], dict[str, EntityKind], tuple[tuple[str, EdgeKind, str, str], ...]]


def _document(said: Said) -> Document:
    metadata, title, abstract, *_ = said
    return Document.make(
        format="jsonl", key=title, source="hand.jsonl", title=title, abstract=abstract, metadata=metadata
    )


class ByHand:
    """An extractor that knows the three papers by heart."""

    version = "by-hand-1"

    def __call__(self, documents: Sequence[Document]) -> list[Extraction]:
        """What the papers say."""
        said = {_document(paper).id: paper for paper in PAPERS}
        return [self._extraction(document.text, said[document.id]) for document in documents]

    def _extraction(self, text: str, said: Said) -> Extraction:
        *_, introduced, kinds, stated = said
        groups = tuple(
            Group(
                id=name,
                kind=kind,
                name=name,
                introduced=name in introduced,
                mentions=(Mention(text=name, start=text.index(name), end=text.index(name) + len(name)),),
                confidence=0.9,
                extractor=self.version,
            )
            for name, kind in kinds.items()
        )
        relations = tuple(
            Relation(
                head=head,
                kind=kind,
                tail=tail,
                start=text.index(evidence),
                end=text.index(evidence) + len(evidence),
                confidence=0.75,
                extractor=self.version,
            )
            for head, kind, tail, evidence in stated
        )
        return Extraction(groups=groups, relations=relations, extractor=self.version)


def fill(address: str) -> str:
    """Writes the three papers into a store; returns its address."""
    with open_store(address) as store:
        store.write([_document(paper) for paper in PAPERS], ByHand())
    return address


@pytest.fixture
def graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an embedded store with the three papers, named by KG_STORE."""
    address = fill(str(tmp_path / "three.kgl"))
    monkeypatch.setenv("KG_STORE", address)
    return address


@pytest.fixture
def graph_anywhere(address: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a store of each kind in turn with the three papers, named by KG_STORE."""
    monkeypatch.setenv("KG_STORE", fill(address))
    return address


@pytest.fixture
def odd_names() -> tuple[str, ...]:
    """Names that a shell, a query language or a terminal might misread."""
    return ODD_NAMES


Kg = Callable[..., Result]


@pytest.fixture
def kg() -> Kg:
    """Runs `kg` with arguments, as in a pipe; what is no SystemExit is our bug and raised."""

    def run(*arguments: str, input: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(cli, arguments, input=input, prog_name="kg")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def _everything(terminal: int) -> str:
    """What is written to a terminal until its last writer leaves."""
    parts = []
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux's way to say that the other side is closed
            part = b""
        if not part:
            return b"".join(parts).decode().replace("\r\n", "\n")
        parts.append(part)


@pytest.fixture
def kg_on_terminal() -> Callable[..., str]:
    """What `kg` with arguments shows a person: stdout and stderr on a terminal of 100 columns."""

    def run(*arguments: str) -> str:
        ours, theirs = pty.openpty()
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100", "TERM": "xterm"}
        command = [sys.executable, "-m", "kg", *arguments]
        with subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL, env=environment):
            os.close(theirs)
            shown = _everything(ours)
        os.close(ours)
        return shown

    return run
