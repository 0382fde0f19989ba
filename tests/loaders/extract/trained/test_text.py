"""Windows, tags and features of the trained reader."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.extract.reading import read_document
from loaders.extract.trained.features import Nodes, alike, pairs_of
from loaders.extract.trained.labels import KINDS, RELATIONS, TAGS, allows
from loaders.extract.trained.tagging import best_tags, leaning_spans, span_chances, spans_of
from loaders.extract.trained.text import SUBWORDS, windows, words_of


@settings(deadline=None)
@given(st.lists(st.sampled_from(["LoRA", "a", "GPT-4", "x" * 700, "wordwordword", "3.5%", "(2+1)D"]), max_size=400))
def test_windows_cover_each_word_once(letters, document, words: list[str]) -> None:
    """Every word is spoken for by one window, in order, and no window is longer than the encoder takes."""
    found = words_of(read_document(document("Title", " ".join(words))))
    kept = []
    for window in windows(found, letters):
        assert len(window.ids) <= SUBWORDS + 2
        assert len(window.ids) == len(window.shapes) == len(window.listed) == len(window.owner)
        assert window.owner.max() == window.end - window.first
        assert window.first <= window.keep[0] < window.keep[1] <= window.end
        kept += range(*window.keep)
    assert kept == list(range(len(found.tokens)))


@settings(deadline=None)
@given(st.integers(1, 30), st.integers(0, 10_000))
def test_tags_are_always_allowed(length: int, seed: int) -> None:
    """An inner word follows a word of its own kind, whatever the scores; leaning finds more, never less."""
    scores = np.random.default_rng(seed).normal(0, 3, (length, len(TAGS))).astype(np.float32)
    tags = [TAGS[tag] for tag in best_tags(scores)]
    for before, after in zip(["O", *tags], tags, strict=False):
        assert after[0] != "I" or before[2:] == after[2:]
    assert leaning_spans(scores, [0.0]) <= leaning_spans(scores, [0.0, 2.0])


def test_spans_of_tags() -> None:
    """A new beginning ends the span before it."""
    tags = [TAGS.index(tag) for tag in ("O", "B-Method", "I-Method", "B-Model", "O", "B-Task")]
    assert spans_of(tags) == [(1, 3), (3, 4), (5, 6)]


def test_the_least_sure_word_of_a_span_counts() -> None:
    """A span of which one word is no dataset is none."""
    chances = np.zeros((2, len(TAGS)), dtype=np.float32)
    chances[0, TAGS.index("B-Dataset")] = 0.9
    chances[1, TAGS.index("I-Dataset")] = 0.2
    found = span_chances(chances, [(0, 2)])
    assert found[KINDS.index("Dataset")] == pytest.approx(0.2)
    assert found[-1] == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("one", "other", "marks"),
    [
        ("LoRA", "low-rank adaptation", {0}),
        ("ResNet", "ResNet-50", {1, 5}),
        ("GAN", "generative adversarial network", {2}),
        ("image captioning", "video captioning", {4}),
        ("Adam", "BERT", set()),
    ],
)
def test_how_names_are_alike(one: str, other: str, marks: set[int]) -> None:
    """Acronym, part, initials, last and first word: each says its own, in either order."""
    for a, b in ((one, other), (other, one)):
        found = alike(a, b, frozenset({("lora", "low-rank adaptation")}))
        assert {at for at, value in enumerate(found) if at != 3 and value} == marks


def test_what_relations_allow() -> None:
    """Heads and tails are those of the annotation's guidelines; 5 is the paper."""
    allowed = {(r, h, t) for r in RELATIONS for h in range(6) for t in range(5) if allows(r, h, t)}
    assert ("runs-on", 5, KINDS.index("Hardware")) in allowed
    assert ("evaluated-on", KINDS.index("Dataset"), KINDS.index("Dataset")) not in allowed
    assert ("addresses", KINDS.index("Dataset"), KINDS.index("Task")) in allowed
    assert not {h for _, h, _ in allowed} & {KINDS.index("Hardware"), KINDS.index("Task")}


def test_what_is_new_is_the_paper_in_pairs(document) -> None:
    """The paper speaks for what it introduces, which is no head of its own but may be a tail; a dataset may improve on another."""
    words = words_of(read_document(document("FOO", "We present FOO. FOO beats BAR on BAZ.")))
    at = {token.text: place for place, token in reversed(list(enumerate(words.tokens)))}
    nodes = Nodes(
        [[], *([(at[name], at[name] + 1)] for name in ("FOO", "BAR", "BAZ"))],
        [-1, 0, 0, 2],
        [False, True, False, False],
    )
    pairs = pairs_of(words, nodes)
    assert pairs is not None
    assert set(map(tuple, pairs.ends.tolist())) == {(0, 1), (0, 2), (0, 3), (2, 1), (2, 3), (3, 1), (3, 2)}
    assert pairs.near.shape == (7, len(words.tokens), 6)
    assert pairs.allowed.shape == (7, len(RELATIONS))
