"""Where sentences end, and that their places are those of the document."""

import pytest

from kg.model import Document, Section
from loaders.extract.sentences import LONGEST, READ, split_sentences


def document(title: str, abstract: str, *sections: Section) -> Document:
    return Document.make(format="jsonl", key="k", source="s", title=title, abstract=abstract, sections=sections)


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("One thing. Another thing.", ["One thing.", "Another thing."]),
        (
            "We test small nets, e.g. MiniNet, twice. It works!",
            ["We test small nets, e.g. MiniNet, twice.", "It works!"],
        ),
        ("Smith et al. Measured it. We agree.", ["Smith et al. Measured it.", "We agree."]),
        ("It gains 3.5 points vs. BaseNet. Good.", ["It gains 3.5 points vs. BaseNet.", "Good."]),
        ('They said "yes." Then we left.', ['They said "yes."', "Then we left."]),
        ("Is it fast? It is... 3 times.", ["Is it fast?", "It is...", "3 times."]),
        ("Version v1.5 is out", ["Version v1.5 is out"]),
        ("", []),
        ("   ", []),
    ],
)
def test_sentences_end_at_stops_but_not_after_abbreviations(abstract: str, expected: list[str]) -> None:
    """A stop ends a sentence unless an abbreviation or a small letter says otherwise."""
    paper = document("T", abstract)

    found = [paper.text[s.start : s.end] for s in split_sentences(paper) if s.part == "abstract"]

    assert found == expected


def test_parts_are_read_apart() -> None:
    """Title, abstract, headings and paragraphs never share a sentence."""
    paper = document("Title", "First words", Section(heading="Method", text="We do it.\nThen again"))

    found = [(paper.text[s.start : s.end], s.part) for s in split_sentences(paper)]

    assert found == [
        ("Title", "title"),
        ("First words", "abstract"),
        ("Method", "section"),
        ("We do it.", "section"),
        ("Then again", "section"),
    ]


def test_long_sentences_are_cut_and_long_documents_are_read_in_part() -> None:
    """No sentence is longer than LONGEST, and nothing after READ characters is read."""
    paper = document("T", "word " * (READ // 4))

    found = split_sentences(paper)

    assert max(s.end - s.start for s in found) <= LONGEST
    assert found[-1].end <= READ
