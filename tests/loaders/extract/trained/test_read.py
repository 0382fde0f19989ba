"""Laws of the trained reader that hold whatever its weights are."""

from __future__ import annotations

import json

import pytest

from kg.model import RELATIONS, EntityKind
from loaders.extract.trained.choosing import LEAST, annotation

ABSTRACT = (
    "We present FOO, a low-rank adapter for large models. FOO improves on LoRA by 3.2 points on GLUE and is 2x faster. "
    "Compared with QLoRA on 8 A100 GPUs, low-rank adaptation (LoRA) needs 25%-40% more memory. Code is public."
)
PARTS = [
    f"Section {n} trains FOO-{n} on ImageNet and compares it with BAR. It gains {n}.5 points over LoRA."
    for n in range(40)
]
ODD = [
    "",
    "Word",
    "a" * 100_000,
    "(" * 20_000,
    "今天天气很好。我们提出一种方法。",
    r"$\alpha_{i}^{2} \times \mathcal{L}$",
    "\x00\x07\ufffd",
    "| a | b |\n|---|---|\n| 1 | 2 |",
]


def test_it_reads_something(read) -> None:
    """With these weights and thresholds there are things, relations and claims to look at in the other tests."""
    found = read("FOO: better adapters", ABSTRACT)
    assert found.things
    assert found.stated
    assert found.asserted


def test_places_of_things_never_overlap(read) -> None:
    """A word belongs to one thing at most."""
    found = read("FOO: better adapters", ABSTRACT)
    words = [at for thing in found.things for span in thing.spans for at in range(*span)]
    assert len(words) == len(set(words))


def test_chances_are_probabilities(read) -> None:
    """Kinds and none sum to one; everything else lies between 0 and 1."""
    found = read("FOO: better adapters", ABSTRACT)
    for thing in found.things:
        assert sum(thing.chances) == pytest.approx(1, abs=1e-4)
    assert all(0 <= one.chance <= 1 for one in (*found.stated, *found.asserted))


def test_kinds_of_ends_are_those_that_a_relation_allows(read) -> None:
    """Nothing runs on a dataset, and what a paper introduces is no head beside it."""
    found = read("FOO: better adapters", ABSTRACT, *PARTS)
    tails = {"evaluated-on": {2}, "trained-on": {2}, "runs-on": {3}, "addresses": {4}}
    for one in found.stated:
        assert found.things[one.tail - 1].kind in tails.get(one.kind, {0, 1, 2})
        assert one.head not in found.new


def test_a_long_text_is_read_to_its_end_with_one_set_of_things(read) -> None:
    """Windows cover all words; a name far apart is one thing; no claim of the overlap is read twice."""
    found = read("FOO: better adapters", ABSTRACT, *PARTS)
    last = len(found.words.reading.sentences) - 1
    assert max(one.sentence for one in found.asserted) == last
    forms = [found.words.text(thing.spans[0]).casefold() for thing in found.things]
    assert len(forms) == len(set(forms))
    claims = [(one.sentence, one.number, one.polarity) for one in found.asserted]
    assert len(claims) == len(set(claims))
    pairs = [(one.head, one.kind, one.tail) for one in found.stated]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_are_read_sensibly(read, reader, text: str) -> None:
    """No crash, and what comes of it can be written down."""
    for title, abstract in (("", text), (text, ""), ("FOO", text)):
        json.dumps(annotation("x", read(title, abstract), reader.least))


def test_the_annotation_holds_only_what_stands_in_the_text(read, reader) -> None:
    """Names, evidence and ends of relations and claims are those of the document."""
    found = read("FOO: better adapters", ABSTRACT)
    paper = annotation("x", found, {**reader.least, **dict.fromkeys([kind.value for kind in RELATIONS], 0.2)})
    text, ids = found.words.reading.text, {"paper", *(entity["id"] for entity in paper["entities"])}
    assert all(name in text for entity in paper["entities"] for name in (entity["name"], *entity["aliases"]))
    assert {entity["type"] for entity in paper["entities"]} <= {kind.value for kind in EntityKind}
    assert all(row["evidence"] in text for row in (*paper["relations"], *paper["claims"]))
    assert all({row["head"], row["tail"]} <= ids for row in paper["relations"])
    assert all(row["subject"] in ids for row in paper["claims"])


def test_higher_thresholds_believe_less(read) -> None:
    """What is believed with more doubt is part of what is believed with less."""
    found = read("FOO: better adapters", ABSTRACT)
    little, much = (
        annotation("x", found, {**LEAST, **dict.fromkeys([k.value for k in RELATIONS], t)}) for t in (0.7, 0.2)
    )
    keys = [{(r["head"], r["type"], r["tail"]) for r in paper["relations"]} for paper in (little, much)]
    assert keys[0] <= keys[1]
    assert len(keys[0]) < len(keys[1])
