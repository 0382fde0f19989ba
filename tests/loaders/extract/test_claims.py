"""What small sentences claim: each case is a title, an abstract and claims that must be found in it."""

import pytest

from kg.model import Document
from loaders.extract import extract

Row = tuple[str, str, str | None, str | None]
CASES: list[tuple[str, str, list[Row]]] = [
    (
        "ZorbNet: Leaves",
        "We propose ZorbNet. ZorbNet outperforms ResNet-50 on ImageNet by 3.2%.",
        [("improvement", "+", "3.2", "%")],
    ),
    (
        "ZorbNet: Leaves",
        "We propose ZorbNet. ZorbNet achieves 81.4% top-1 accuracy on ImageNet.",
        [("result", "+", "81.4", "%")],
    ),
    (
        "ZorbNet: Leaves",
        "We propose ZorbNet. ZorbNet is 2.5x faster than ResNet-50.",
        [("efficiency", "+", "2.5", "x")],
    ),
    (
        "ZorbNet: Leaves",
        "We propose ZorbNet. It reduces memory usage by 25%-40% compared to Adam.",
        [("efficiency", "+", "25%-40", "%")],
    ),
    (
        "ZorbNet: Leaves",
        "We propose ZorbNet. It achieves a speedup of 3x to 7x over vLLM.",
        [("efficiency", "+", "3x to 7", "x")],
    ),
    (
        "ZorbNet: Leaves",
        "We propose ZorbNet. ZorbNet achieves state-of-the-art results on COCO.",
        [("sota", "+", None, None)],
    ),
    (
        "ZorbNet: Leaves",
        "We propose ZorbNet. Extensive experiments show that ZorbNet outperforms existing methods.",
        [("improvement", "+", None, None)],
    ),
    (
        "ZorbNet: Leaves",
        "We propose ZorbNet. ZorbNet achieves performance comparable to BERT with fewer parameters.",
        [("parity", "+", None, None)],
    ),
    (
        "ZorbNet: Leaves",
        "However, LoRA suffers from slow convergence. We propose ZorbNet.",
        [("limitation", "-", None, None)],
    ),
    (
        "LeafBench: A Benchmark",
        "We introduce LeafBench, which contains 12,000 images of leaves.",
        [("result", "0", "12,000", "images")],
    ),
    (
        "ZorbNet: Leaves",
        "We propose ZorbNet. ZorbNet surpasses LoRA by 1.5 points on GLUE and 2.4 points on SQuAD.",
        [("improvement", "+", "1.5", "points"), ("improvement", "+", "2.4", "points")],
    ),
]


@pytest.mark.parametrize(("title", "abstract", "expected"), CASES)
def test_sentences_make_claims(title: str, abstract: str, expected: list[Row]) -> None:
    """Every expected claim is found with its kind, polarity, number as written and unit."""
    document = Document.make(format="jsonl", key=title, source="s", title=title, abstract=abstract)

    found = {(c.kind.value, c.polarity, c.value_text, c.unit) for c in extract(document).claims}

    assert set(expected) <= found


def test_a_range_keeps_both_of_its_ends() -> None:
    """A range is one claim with its lower and upper number."""
    abstract = "We propose ZorbNet. It achieves a speedup of 3x to 7x over vLLM."
    document = Document.make(format="jsonl", key="k", source="s", title="ZorbNet: Leaves", abstract=abstract)

    found = [(c.value, c.value_max) for c in extract(document).claims if c.value_text]

    assert found == [(3.0, 7.0)]
