"""Annotated papers as a network learns them: where the mentions and the claims of each stand among its words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.model import Document
from loaders.extract.gold import value_of
from loaders.extract.reading import Reading, read_document
from loaders.extract.trained.text import Span, Words, occurrences, words_of

Paper = Mapping[str, Any]


def read_papers(folder: Path, part: str) -> list[tuple[Paper, Paper]]:
    """Texts and annotations of a part ("dev" or "more"), paper by paper in the order of files."""
    texts = "texts" if part == "dev" else f"{part}_texts"
    found = []
    for path in sorted((folder / part).glob("*.json"), key=lambda p: (len(p.name), p.name)):
        by_id = {text["id"]: text for text in json.loads((folder / texts / path.name).read_text(encoding="utf-8"))}
        found += [(by_id[paper["id"]], paper) for paper in json.loads(path.read_text(encoding="utf-8"))]
    return found


def document_of(text: Paper) -> Document:
    """The document of a text."""
    return Document.make(format="gold", key=text["id"], source="gold", title=text["title"], abstract=text["abstract"])


def mentions_of(words: Words, entities: Sequence[Paper]) -> dict[Span, str]:
    """The mentions of the entities, each with the entity's id; of those that overlap the longest, then the first, stays."""
    found = [
        (span, entity["id"]) for entity in entities for span in occurrences(words, [entity["name"], *entity["aliases"]])
    ]
    taken: set[int] = set()
    kept = {}
    for span, id in sorted(set(found), key=lambda f: (f[0][0] - f[0][1], f[0][0])):
        if not any(place in taken for place in range(*span)):
            taken.update(range(*span))
            kept[span] = id
    return kept


@dataclass(frozen=True)
class Row:
    """A claim: its sentence, the index of its number among the words or None, and its sides as entity ids.

    `comparator` is an id, "literal" or "none"; `subject` an id or "paper"; `dataset` an id or "none".
    """

    sentence: int
    number: int | None
    polarity: str
    kind: str
    subject: str
    comparator: str
    dataset: str


def lines_of(reading: Reading, evidence: str) -> list[int]:
    """The sentences that hold some evidence; none where it does not stand in the text."""
    start = reading.text.find(evidence)
    end = start + len(evidence)
    return [line for line, s in enumerate(reading.sentences) if s.start < end and s.end > start >= 0]


def rows_of(words: Words, paper: Paper) -> list[Row]:
    """The claims of an annotated paper, those left out whose sentence or number is not found."""
    ids = {e["id"] for e in paper["entities"]}
    new = {e["id"] for e in paper["entities"] if e["introduced"]}
    found: list[Row] = []
    for claim in paper["claims"]:
        inside = lines_of(words.reading, claim["evidence"])
        if not inside:
            continue
        number, sentence = None, inside[0]
        if claim["value"]:
            wanted = value_of(str(claim["value"]).replace(" to ", "-"))
            fits = [
                word
                for word, n in words.numbers.items()
                if words.sentence[word] in inside and value_of(words.reading.text[n.start : n.end]) == wanted
            ]
            used = {row.number for row in found if row.polarity == claim["polarity"]}
            number = next((word for word in fits if word not in used), fits[0] if fits else None)
            if number is None:
                continue
            sentence = words.sentence[number]
        comparator = claim["comparator"]
        found.append(
            Row(
                sentence,
                number,
                claim["polarity"],
                claim["kind"],
                "paper" if claim["subject"] in new else claim["subject"],
                "none" if not comparator else comparator if comparator in ids else "literal",
                claim["dataset"] or "none",
            )
        )
    return found


def read(text: Paper) -> Words:
    """The words of a text."""
    return words_of(read_document(document_of(text)))
