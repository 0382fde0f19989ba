"""Text to things, relations and claims: `extract(document)` is pure, `EXTRACT` is what a store is handed.

A document is read into sentences and tokens; then each row of `EXTRACTORS` adds what it finds to what is found already.
Patterns and tables of weights, both in the lexicon, decide; everything found names the rule that found it, and its
confidence is the precision that this rule had on annotated papers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.lexicon import lexicon
from kg.model import ClaimDraft, Document, Extraction, Relation
from loaders.extract.claims import find_claims
from loaders.extract.gold import gold_form
from loaders.extract.grouping import Thing, group_spots
from loaders.extract.introduced import mark_introduced
from loaders.extract.introductions import find_introductions
from loaders.extract.pairs import Scene, scenes
from loaders.extract.reading import Reading, read_document
from loaders.extract.relations import find_relations
from loaders.extract.spotting import find_spots


@dataclass(frozen=True)
class Findings:
    """What is found in a document so far; `scenes` are the sentences that hold one of the things."""

    reading: Reading
    things: tuple[Thing, ...] = ()
    scenes: tuple[Scene, ...] = ()
    relations: tuple[Relation, ...] = ()
    claims: tuple[ClaimDraft, ...] = ()


def _names(found: Findings) -> Findings:
    return replace(found, things=tuple(group_spots(found.reading, find_spots(found.reading))))


def _introduced(found: Findings) -> Findings:
    things = mark_introduced(found.reading, found.things)
    introductions = find_introductions(found.reading, things)
    return replace(
        found,
        things=things,
        scenes=tuple(scenes(found.reading, things)),
        relations=(*found.relations, *introductions),
    )


def _relations(found: Findings) -> Findings:
    return replace(found, relations=(*found.relations, *find_relations(found.reading, found.scenes, found.things)))


def _claims(found: Findings) -> Findings:
    return replace(found, claims=find_claims(found.reading, found.scenes, found.things, found.relations))


class Extractor(NamedTuple):
    """A stage: `add` returns what was found with what it finds itself; its version grows when it finds other things."""

    name: str
    version: int
    add: Callable[[Findings], Findings]


EXTRACTORS = (
    Extractor("names", 2, _names),
    Extractor("introduced", 1, _introduced),
    Extractor("relations", 2, _relations),
    Extractor("claims", 2, _claims),
)
"""All extractors, in their order: each may use what those before it found."""


def extract(document: Document) -> Extraction:
    """What a document says, names as written. A document longer than `sentences.READ` characters is read that far."""
    found = Findings(read_document(document))
    for extractor in EXTRACTORS:
        found = extractor.add(found)
    return Extraction(
        groups=tuple(thing.group for thing in found.things),
        relations=found.relations,
        claims=found.claims,
        extractor=EXTRACT.version,
    )


@dataclass(frozen=True)
class Extractors:
    """The extractors as one, for a store; the version changes with any of them and with the lexicon."""

    @property
    def version(self) -> str:
        stages = ",".join(f"{extractor.name}-{extractor.version}" for extractor in EXTRACTORS)
        return f"{stages}+{lexicon().version}"

    def __call__(self, documents: Sequence[Document], /) -> list[Extraction]:
        """The extractions of documents, in their order."""
        return [extract(document) for document in documents]


EXTRACT = Extractors()

__all__ = ["EXTRACT", "EXTRACTORS", "Extractor", "Findings", "extract", "gold_form"]
