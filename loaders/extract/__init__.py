"""Text to things, relations and claims: `extract(document)` is pure, `EXTRACT` is what a store is handed.

The line: a document is read into sentences and tokens; candidates for names are weighed and grouped into things; those
that the paper introduces are marked; pairs of things are weighed for relations; numbers and sentences for claims. What
is found names the rule that found it (`names/lexicon`, `relations/outperforms`, `numbers`), and its confidence is how
often that rule was right on annotated papers. The version of all rules is that of the lexicon, where their tables lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.lexicon import lexicon
from kg.model import Document, Extraction
from loaders.extract.claims import find_claims
from loaders.extract.gold import gold_form
from loaders.extract.grouping import group_spots
from loaders.extract.introduced import mark_introduced
from loaders.extract.introductions import find_introductions
from loaders.extract.pairs import scenes
from loaders.extract.reading import read_document
from loaders.extract.relations import find_relations
from loaders.extract.spotting import find_spots

RULES = "rules-1"


def extract(document: Document) -> Extraction:
    """What a document says, names as written. A document longer than `sentences.READ` characters is read that far."""
    reading = read_document(document)
    things = mark_introduced(reading, group_spots(reading, find_spots(reading)))
    found_scenes = scenes(reading, things)
    relations = find_relations(reading, found_scenes, things)
    claims = find_claims(reading, found_scenes, things, relations)
    return Extraction(
        groups=tuple(thing.group for thing in things),
        relations=(*find_introductions(reading, things), *relations),
        claims=claims,
        extractor=EXTRACT.version,
    )


@dataclass(frozen=True)
class Rules:
    """The extractor made of the rules; its version changes with the lexicon, where all its tables lie."""

    name: str = RULES

    @property
    def version(self) -> str:
        return f"{self.name}+{lexicon().version}"

    def __call__(self, documents: Sequence[Document], /) -> list[Extraction]:
        """The extractions of documents, in their order."""
        return [extract(document) for document in documents]


EXTRACT = Rules()

__all__ = ["EXTRACT", "extract", "gold_form"]
