"""A document cut up for the extractors: sentences with their tokens, and the acronyms it defines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.model import Document
from loaders.extract.acronyms import Acronym, find_acronyms
from loaders.extract.sentences import Sentence, split_sentences
from loaders.extract.tokens import Token, tokenize


@dataclass(frozen=True)
class Reading:
    """What all extractors look at; `tokens[i]` are the words of `sentences[i]`."""

    document: Document
    sentences: tuple[Sentence, ...]
    tokens: tuple[list[Token], ...]
    acronyms: tuple[Acronym, ...]

    @property
    def text(self) -> str:
        return self.document.text

    @cached_property
    def expansions(self) -> Mapping[str, str]:
        """The long form of each short form, as written."""
        return {self.text[a.short_start : a.short_end]: self.text[a.long_start : a.long_end] for a in self.acronyms}

    @cached_property
    def long_forms(self) -> frozenset[str]:
        """The long forms as written."""
        return frozenset(self.expansions.values())


def read_document(document: Document) -> Reading:
    """The reading of a document."""
    sentences = split_sentences(document)
    tokens = tuple(tokenize(document.text, s.start, s.end) for s in sentences)
    acronyms = tuple(
        acronym
        for sentence, words in zip(sentences, tokens, strict=True)
        for acronym in find_acronyms(document.text, words, title=sentence.part == "title")
    )
    return Reading(document, sentences, tokens, acronyms)
