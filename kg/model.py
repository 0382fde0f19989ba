"""The values that travel from paper to answer: the vocabulary of all other rooms.

A `Document` is read, an `Extraction` is what its text says with names as written, a graph is `Node`s and `Edge`s.
Values are frozen; nothing here does I/O. Offsets count Unicode code points in `Document.text`; confidences lie in 0..1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

PAPER = "paper"
"""The head of a relation or the subject of a claim when the paper gives its contribution no name."""


class Value(BaseModel):
    """The common shape of our values: frozen, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class EntityKind(StrEnum):
    """The kinds of named things."""

    METHOD = "Method"
    MODEL = "Model"
    DATASET = "Dataset"
    HARDWARE = "Hardware"
    TASK = "Task"
    METRIC = "Metric"


class NodeKind(StrEnum):
    """The kinds of nodes; an entity kind is a node kind of the same value."""

    METHOD = "Method"
    MODEL = "Model"
    DATASET = "Dataset"
    HARDWARE = "Hardware"
    TASK = "Task"
    METRIC = "Metric"
    PAPER = "Paper"
    DOCUMENT = "Document"
    CLAIM = "Claim"
    AUTHOR = "Author"
    DECISION = "Decision"
    TOMBSTONE = "Tombstone"


class EdgeKind(StrEnum):
    """The kinds of edges, spelled as on the command line (`kg.names` has the other spellings)."""

    DESCRIBES = "describes"
    INTRODUCES = "introduces"
    MENTIONS = "mentions"
    IMPROVES_ON = "improves-on"
    COMPARED_WITH = "compared-with"
    BUILDS_ON = "builds-on"
    EVALUATED_ON = "evaluated-on"
    TRAINED_ON = "trained-on"
    RUNS_ON = "runs-on"
    ADDRESSES = "addresses"
    CITES = "cites"
    WRITTEN_BY = "written-by"
    STATED_IN = "stated-in"
    ABOUT = "about"
    AGAINST = "against"
    ON = "on"
    FOR = "for"
    MEASURED_BY = "measured-by"


RELATIONS = (
    EdgeKind.IMPROVES_ON,
    EdgeKind.COMPARED_WITH,
    EdgeKind.BUILDS_ON,
    EdgeKind.EVALUATED_ON,
    EdgeKind.TRAINED_ON,
    EdgeKind.RUNS_ON,
    EdgeKind.ADDRESSES,
)
"""The seven kinds that a text states between things."""


class ClaimKind(StrEnum):
    """What a claim asserts of its subject."""

    RESULT = "result"
    IMPROVEMENT = "improvement"
    EFFICIENCY = "efficiency"
    SOTA = "sota"
    PARITY = "parity"
    LIMITATION = "limitation"
    FINDING = "finding"


Polarity = Literal["+", "-", "0"]
Confidence = float


class Section(Value):
    """A part of a full text."""

    heading: str
    text: str


class Metadata(Value):
    """What a record says about its paper besides title and text.

    `listed` is a date as a listing prints it and says nothing about the year of publication; `year` does.
    `author_count` stands in for `authors` where a listing gives only a number.
    """

    authors: tuple[str, ...] = ()
    author_count: int | None = None
    organization: str | None = None
    upvotes: int | None = None
    year: int | None = None
    date: str | None = None
    listed: str | None = None
    venue: str | None = None
    arxiv: str | None = None
    doi: str | None = None
    acl: str | None = None
    url: str | None = None
    summary_by: str | None = None
    """Who wrote the text, where it is not the paper's own ("paperkg" in the demo corpus)."""

    def to_json(self) -> str:
        """The fields that are set, as JSON text with sorted keys."""
        import json

        return json.dumps(self.model_dump(exclude_defaults=True), sort_keys=True, ensure_ascii=False)


class Document(Value):
    """One record of one source; several may describe one paper.

    `text` is title, newline, abstract, then per section newline, heading, newline, text.
    `text[:title_end]` is the title and `text[title_end + 1:abstract_end]` the abstract.
    `key` is the record's own id where it has one, else its normalised title; `source` a base name, never a path.
    """

    id: str
    format: str
    key: str
    source: str
    text: str
    title_end: int = Field(ge=0)
    abstract_end: int = Field(ge=0)
    metadata: Metadata = Metadata()
    sha256: str

    @property
    def title(self) -> str:
        return self.text[: self.title_end]

    @property
    def abstract(self) -> str:
        return self.text[self.title_end + 1 : self.abstract_end]

    @staticmethod
    def make(
        *,
        format: str,
        key: str,
        source: str,
        title: str,
        abstract: str,
        sections: Sequence[Section] = (),
        metadata: Metadata | None = None,
    ) -> Document:
        """A document with its text, id and hash computed from the parts, which must already be clean."""
        metadata = metadata or Metadata()
        text = "\n".join([title, abstract, *(part for s in sections for part in (s.heading, s.text))])
        digest = hashlib.sha256("\0".join([format, key, text, metadata.to_json()]).encode()).hexdigest()
        identity = hashlib.sha256("\0".join([format, source, key]).encode()).hexdigest()[:16]
        return Document(
            id=f"document/{identity}",
            format=format,
            key=key,
            source=source,
            text=text,
            title_end=len(title),
            abstract_end=len(title) + 1 + len(abstract),
            metadata=metadata,
            sha256=digest,
        )


class Problem(Value):
    """Bad content: which file, where in it, what is wrong. It costs that record, never the load."""

    source: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.source}: {self.where}: {self.message}" if self.where else f"{self.source}: {self.message}"


class Mention(Value):
    """An occurrence of a name: `document.text[start:end] == text`."""

    text: str
    start: int
    end: int


class Group(Value):
    """The mentions in one document that mean one thing.

    `name` is the fullest proper surface form and `aliases` the others; each occurs literally in the text.
    """

    id: str
    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    introduced: bool = False
    mentions: tuple[Mention, ...] = Field(min_length=1)
    confidence: Confidence
    extractor: str


class Relation(Value):
    """An edge as the text states it: head is a group's id or "paper"; `text[start:end]` is the evidence.

    `count` and `memory` (GB) belong to runs-on: how many devices, and how much memory each has.
    """

    head: str
    kind: EdgeKind
    tail: str
    start: int
    end: int
    confidence: Confidence
    extractor: str
    count: int | None = None
    memory: float | None = None


class ClaimDraft(Value):
    """A claim as the text states it; `subject`, `comparator`, `dataset`, `task` are ids of groups (or "paper").

    `value_text` stands at `text[value_start:value_end]`; `value` and `value_max` are its numbers.
    """

    kind: ClaimKind
    polarity: Polarity
    subject: str
    comparator: str | None = None
    comparator_text: str | None = None
    dataset: str | None = None
    task: str | None = None
    metric_text: str | None = None
    value: float | None = None
    value_max: float | None = None
    value_text: str | None = None
    value_start: int | None = None
    value_end: int | None = None
    unit: str | None = None
    start: int
    end: int
    confidence: Confidence
    extractor: str


class Extraction(Value):
    """What one document says, names as written. `extractor` names every extractor with its version."""

    groups: tuple[Group, ...] = ()
    relations: tuple[Relation, ...] = ()
    claims: tuple[ClaimDraft, ...] = ()
    extractor: str


Scalar = str | int | float | bool
Property = Scalar | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the graph; `properties` holds neither the id nor anything that is absent."""

    kind: NodeKind
    id: str
    properties: Mapping[str, Property] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge of the graph between two ids; what tells it from its parallels is in `kg.store.schema.EDGE_KEY`."""

    kind: EdgeKind
    head: str
    tail: str
    properties: Mapping[str, Property] = field(default_factory=dict)


Element = Node | Edge
Kind = NodeKind | EdgeKind


@dataclass(frozen=True)
class Report:
    """What a write changed. Papers are ids, so that reports of batches add up to one of the whole load.

    `decision` is the id of the decision that it recorded.
    """

    documents: int = 0
    new: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    same: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)
    nodes_added: int = 0
    nodes_removed: int = 0
    edges_added: int = 0
    edges_removed: int = 0
    problems: tuple[Problem, ...] = ()
    decision: str = ""

    def __add__(self, later: Report) -> Report:
        new = frozenset(later.renamed.get(p, p) for p in self.new) | later.new
        changed = (frozenset(later.renamed.get(p, p) for p in self.changed) | later.changed) - new
        same = (frozenset(later.renamed.get(p, p) for p in self.same) | later.same) - new - changed
        return Report(
            documents=self.documents + later.documents,
            new=new,
            changed=changed,
            same=same,
            skipped=self.skipped | later.skipped,
            renamed={**self.renamed, **later.renamed},
            nodes_added=self.nodes_added + later.nodes_added,
            nodes_removed=self.nodes_removed + later.nodes_removed,
            edges_added=self.edges_added + later.edges_added,
            edges_removed=self.edges_removed + later.edges_removed,
            problems=self.problems + later.problems,
            decision=later.decision or self.decision,
        )


def total(reports: Sequence[Report]) -> Report:
    """The sum of reports in their order, added pair by pair so that the cost stays near linear."""
    while len(reports) > 1:
        pairs = [reports[at : at + 2] for at in range(0, len(reports), 2)]
        reports = [sum(pair[1:], pair[0]) for pair in pairs]
    return reports[0] if reports else Report()


class Extract(Protocol):
    """What turns documents into extractions: pure, and named with its version."""

    @property
    def version(self) -> str: ...

    def __call__(self, documents: Sequence[Document], /) -> Sequence[Extraction]: ...


class Writer(Protocol):
    """All that a loader knows of a store."""

    def write(self, documents: Sequence[Document], extract: Extract) -> Report:
        """Adds the documents in one transaction; those it already has, from the same extractor, are not extracted."""
        ...


Progress = Callable[[int], None]
"""Told after each batch how many documents were written since the last call."""
