"""A document cut up for the extractors: sentences with their tokens, and the acronyms it defines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.model import Document
from loaders.extract.acronyms import Acronym, find_acronyms
from loaders.extract.sentences import Sentence, split_sentences
from loaders.extract.tokens import Token, tokenize

_LOST = "\ufffd"
_WORD = re.compile(r"\S+")
_AROUND = ".,;:!?()[]{}\"'"


def is_torn(word: str) -> bool:
    """Whether a word is a name of which a character was lost; a lost quotation mark or apostrophe tears no name.

    >>> [is_torn(word) for word in ("X\ufffd", "X\ufffdRank,", "\ufffdLoRA\ufffd", "LoRA\ufffds", "na\ufffdve")]
    [True, True, False, False, False]
    """
    bare = word.strip(_AROUND)
    inner = bare[1:-1] if len(bare) > 2 and bare[0] == bare[-1] == _LOST else bare
    inner = inner[:-2] if inner.endswith((_LOST + "s", _LOST + "t")) else inner
    return _LOST in inner and inner != inner.lower()


def _torn(text: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Where the torn names of a sentence stand; what is lost where it begins may have been a whole name."""
    if text.find(_LOST, sentence.start, sentence.end) >= 0:
        for word in _WORD.finditer(text, sentence.start, sentence.end):
            if is_torn(word[0]) or (word.start() == sentence.start and not word[0].strip(_LOST)):
                yield word.span()


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

    @cached_property
    def torn(self) -> Mapping[int, tuple[tuple[int, int], ...]]:
        """The sentences with torn names, and where these stand; of what such a sentence speaks is not known."""
        found = {number: tuple(_torn(self.text, sentence)) for number, sentence in enumerate(self.sentences)}
        return {number: spans for number, spans in found.items() if spans}


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
