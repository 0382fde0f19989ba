"""Which sentence is quoted for an edge: each case is a title, an abstract, an edge and words that its evidence holds."""

import pytest

from kg.model import Document, Relation
from loaders.extract import extract
from loaders.extract.measured import measured

BACKGROUND = "Many tuning methods such as LoRA have become popular. "
CASES = [
    (BACKGROUND + "We propose ZorbNet, a method for tuning. ZorbNet outperforms LoRA by 3 points.", "outperforms"),
    (BACKGROUND + "However, LoRA suffers from slow convergence. We propose ZorbNet, a method for tuning.", "suffers"),
    (BACKGROUND + "However, they suffer from slow convergence. To address this, we propose ZorbNet.", "they suffer"),
    (BACKGROUND + "They are simple. We propose ZorbNet. Our ZorbNet outperforms existing methods.", "existing methods"),
    (BACKGROUND + "We propose ZorbNet. It needs 40% less memory than LoRA, whose ranks are fixed.", "less memory"),
]


def edge(abstract: str) -> tuple[Document, Relation]:
    """The improves-on edge to LoRA of a paper that proposes ZorbNet."""
    document = Document.make(format="jsonl", key="k", source="s", title="ZorbNet: Tuning Again", abstract=abstract)
    extraction = extract(document)
    names = {group.id: group.name for group in extraction.groups}
    found = [r for r in extraction.relations if r.kind.value == "improves-on" and names[r.tail] == "LoRA"]
    assert len(found) == 1
    return document, found[0]


@pytest.mark.parametrize(("abstract", "words"), CASES)
def test_evidence_states_the_edge(abstract: str, words: str) -> None:
    """The quoted sentence is the one that states the win or the shortcoming, not the background."""
    document, found = edge(abstract)

    assert words in document.text[found.start : found.end]


def test_an_edge_that_no_sentence_states_is_believed_less() -> None:
    """The confidence without such a sentence was measured, and is below what the weights of cues claim."""
    bands = measured()["relations/unsaid", "improves-on"]

    assert bands[0][1] < 0.5
