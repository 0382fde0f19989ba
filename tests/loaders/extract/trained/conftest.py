"""A reader with random weights: what it says is nonsense, how it goes about it is what is tested."""

from __future__ import annotations

import numpy as np
import pytest
import tokenizers

from kg.model import Document, Section
from loaders.extract.reading import read_document
from loaders.extract.trained.choosing import LEAST
from loaders.extract.trained.heads import Heads
from loaders.extract.trained.labels import CLAIM_KINDS, KINDS, RELATIONS, TAGS
from loaders.extract.trained.read import Read, Reader
from loaders.extract.trained.text import Window

WIDTH = 48
_LOW, _SIZE = 16, 32
_LINEAR = {
    "tags": (len(TAGS), WIDTH), "pool": (WIDTH, 3 * WIDTH), "same_left": (_LOW, WIDTH), "paper": (WIDTH, 3 * WIDTH),
    "ask_head": (_SIZE, WIDTH), "ask_tail": (_SIZE, WIDTH), "look.key": (_SIZE, WIDTH), "look.value": (_SIZE, WIDTH),
    "look_bias": (4, 6), "as_head": (_SIZE, WIDTH), "as_tail": (_SIZE, WIDTH), "as_seen": (_SIZE, _SIZE), "of_pair": (_SIZE, 4),
    "low_head": (8, WIDTH + _SIZE), "low_tail": (8, WIDTH + _SIZE), "claim_query": (_SIZE, WIDTH),
    "claim_look.key": (_SIZE, WIDTH), "claim_look.value": (_SIZE, WIDTH), "claim_bias": (4, 4), "sentence": (1, WIDTH),
    "anchor_number": (_SIZE, WIDTH + _SIZE), "anchor_sentence": (_SIZE, 2 * WIDTH + _SIZE), "candidates": (_SIZE, WIDTH),
    "feature": (_SIZE, 7),
}  # fmt: skip
_LAYERS = {
    "kind": (WIDTH, len(KINDS) + 1), "new": (2 * WIDTH, 1), "same": (2 * _LOW + 6, 1), "relation": (_SIZE, len(RELATIONS)),
    "number_side": (_SIZE, 4), "sentence_side": (_SIZE, 3), "claim_kind": (_SIZE, len(CLAIM_KINDS)), "row": (_SIZE, 1),
}  # fmt: skip
_TABLES = {"of_kinds": (30, _SIZE), "side": (3, _SIZE), "special": (3, _SIZE), "role": (3, _SIZE)}


def random_heads(seed: int) -> Heads:
    """Heads of the right shapes."""
    rng = np.random.default_rng(seed)
    weights = {}
    linear = dict(_LINEAR)
    for name, (inputs, outputs) in _LAYERS.items():
        linear |= {f"{name}.0": (24, inputs), f"{name}.3": (outputs, 24)}
    for name, (outputs, inputs) in linear.items():
        weights[f"{name}.weight"] = rng.normal(0, 2 / inputs**0.5, (outputs, inputs))
        weights[f"{name}.bias"] = rng.normal(0, 0.3, outputs)
    weights |= {f"{name}.weight": rng.normal(0, 0.5, shape) for name, shape in _TABLES.items()}
    weights |= {
        "bilinear.weight": rng.normal(0, 0.3, (len(RELATIONS), 8, 8)),
        "bilinear.bias": np.zeros(len(RELATIONS)),
    }
    return Heads(weights)


def _letters() -> tokenizers.Tokenizer:
    """A tokenizer that takes words apart into letters."""
    pieces = [chr(code) for code in range(33, 127)]
    vocabulary = {"[UNK]": 100} | {p: 200 + i for i, p in enumerate([*pieces, *(f"##{p}" for p in pieces)])}
    made = tokenizers.Tokenizer(
        tokenizers.models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=1_000)
    )
    made.pre_tokenizer = tokenizers.pre_tokenizers.WhitespaceSplit()
    return made


def encode(window: Window) -> np.ndarray:
    """Rows that tell subwords, shapes and places apart."""
    at = np.arange(len(window.ids))
    seeds = window.ids * 31 + window.shapes * 7 + window.listed * 3
    return np.sin(seeds[:, None] * (1 + np.arange(WIDTH))[None] * 0.37 + at[:, None] * 0.01).astype(np.float32)


def _document(title: str, abstract: str, *sections: str) -> Document:
    """A document of these texts."""
    return Document.make(
        format="test", key=title, source="test", title=title, abstract=abstract,
        sections=[Section(heading=f"Part {number}", text=text) for number, text in enumerate(sections)],
    )  # fmt: skip


@pytest.fixture(scope="session")
def reader() -> Reader:
    """A reader with random weights that believes readily."""
    return Reader(encode, _letters(), random_heads(3), {**LEAST, "entity": 0.3})


@pytest.fixture(scope="session")
def read(reader: Reader):
    """What the reader makes of a title, an abstract and sections."""

    def of(title: str, abstract: str, *sections: str) -> Read:
        return reader.read(read_document(_document(title, abstract, *sections)))

    return of


@pytest.fixture(scope="session")
def letters() -> tokenizers.Tokenizer:
    """A tokenizer that takes words apart into letters."""
    return _letters()


@pytest.fixture(scope="session")
def document():
    """Makes a document of a title, an abstract and sections."""
    return _document
