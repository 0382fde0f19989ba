"""Samples: the first window of a text, with what is to be learned of it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

from loaders.extract.spans import candidates as runs
from loaders.extract.spans import frame
from loaders.extract.trained.labels import KINDS, TAGS
from loaders.extract.trained.names import known_spans
from loaders.extract.trained.text import Span, Window, Words, units_of, windows
from loaders.training.annotated import Paper, Row, mentions_of, read, rows_of


@dataclass
class Sample:
    """An annotated text: its words in the window, tags, mentions, units with the entity of each, and what is no name."""

    words: Words
    window: Window
    paper: Paper
    tags: list[int]
    mentions: dict[Span, str]
    units: list[tuple[str, list[Span]]]
    negatives: list[tuple[int, list[Span]]]
    rows: list[Row]


@lru_cache(maxsize=1)
def tokenizer(path: Path) -> Tokenizer:
    """The tokenizer of a file, without limits of its own."""
    found = Tokenizer.from_file(str(path))
    found.no_truncation()
    found.no_padding()
    return found


def sample_of(text: Paper, paper: Paper, vocabulary: Path) -> Sample:
    """The sample of an annotated text."""
    every = read(text)
    window = next(windows(every, tokenizer(vocabulary)))
    words = Words(every.reading, every.tokens[: window.end], every.sentence[: window.end])
    kinds = {entity["id"]: KINDS.index(entity["type"]) for entity in paper["entities"]}
    mentions = mentions_of(words, paper["entities"])
    tags = [0] * len(words.tokens)
    for (first, end), id in mentions.items():
        tags[first:end] = [TAGS.index(f"I-{KINDS[kinds[id]]}")] * (end - first)
        tags[first] = TAGS.index(f"B-{KINDS[kinds[id]]}")
    units = [
        (id, own) for id in kinds for own in units_of(words, [s for s, of in mentions.items() if of == id]).values()
    ]
    known = known_spans(words)
    listed = [(known[own[0]], own) for own in units_of(words, known).values()]
    negatives = [(kind, own) for kind, own in listed if not any(span in mentions for span in own)]
    return Sample(words, window, paper, tags, mentions, units, negatives, rows_of(words, paper))


def near_misses(sample: Sample, rng: random.Random, most: int) -> list[list[Span]]:
    """Spans of one word more or fewer than a mention's, and runs of words that name nothing."""
    count = len(sample.words.tokens)
    found = [[s] for s in _runs(sample.words, rng, most) if s not in sample.mentions]
    for first, end in rng.sample(sorted(sample.mentions), min(most, len(sample.mentions))):
        span = rng.choice([(first - 1, end), (first, end + 1), (first + 1, end), (first, end - 1)])
        if 0 <= span[0] < span[1] <= count and span not in sample.mentions:
            found.append([span])
    return found


def _runs(words: Words, rng: random.Random, most: int) -> list[Span]:
    """Some runs of content words."""
    found, before, count = [], 0, len(words.tokens)
    for tokens in words.reading.tokens:
        found += [(before + first, before + end) for first, end in runs(frame(tokens)) if before + end <= count]
        before += len(tokens)
    return rng.sample(found, min(most, len(found)))
