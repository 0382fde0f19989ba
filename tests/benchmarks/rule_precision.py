"""Measures on annotated papers how often each rule is right, and writes `kg/lexicon/rule_precision.tsv`.

    python tests/benchmarks/rule_precision.py TEXTS=GOLD [TEXTS=GOLD ...]

TEXTS is a JSON array of {id, title, abstract}, GOLD the annotations of the same papers in the form that
`loaders.extract.gold_form` gives. The papers should be others than those to which the weights were fitted.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from kg.lexicon import FOLDER, lexicon, sorted_table
from kg.model import PAPER, ClaimDraft, Document, EntityKind, Extraction, Group
from kg.names import family, normal_form
from loaders.extract import extract, read_document, relations, scenes
from loaders.extract.grouping import Place, Thing
from loaders.extract.measured import measured
from loaders.extract.pairs import find_pairs

Paper = Mapping[str, Any]
Case = tuple[str, str, float, bool]
BANDS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def papers(arguments: list[str]) -> Iterator[tuple[Document, Paper]]:
    """The documents with their annotations."""
    for argument in arguments:
        texts, gold = (json.loads(Path(name).read_text(encoding="utf-8")) for name in argument.split("="))
        for text, annotated in zip(texts, gold, strict=True):
            make = {"format": "jsonl", "key": text["id"], "source": "gold", "title": text["title"]}
            yield Document.make(**make, abstract=text["abstract"]), annotated


def _forms(names: list[str], kind: EntityKind) -> set[str]:
    return {normal_form(name, family(kind)) for name in names}


def align(extraction: Extraction, gold: Paper) -> dict[str, str]:
    """The annotated entity that each group is, by a common name and family; what is introduced is "paper"."""
    taken: set[str] = set()
    found = {PAPER: PAPER}
    for group in extraction.groups:
        for entity in gold["entities"]:
            kind = EntityKind(entity["type"])
            names = _forms([entity["name"], *entity["aliases"]], kind)
            same = family(kind) == family(group.kind) and names & _forms([group.name, *group.aliases], group.kind)
            if same and entity["id"] not in taken:
                taken.add(entity["id"])
                found[group.id] = entity["id"]
                break
    return found


def name_cases(extraction: Extraction, same: Mapping[str, str]) -> Iterator[Case]:
    """Whether each group is an annotated thing."""
    for group in extraction.groups:
        yield "names", group.kind.value, group.confidence, group.id in same


def _as_head(id: str, groups: Mapping[str, Group], same: Mapping[str, str], new: set[str]) -> str:
    """A head as it is compared: the paper and what it introduces are one."""
    known = same.get(id)
    introduced = known in new or (known is None and groups[id].introduced)
    return PAPER if id == PAPER or introduced else known or f"unknown {id}"


def stated(gold: Paper) -> tuple[set[str], set[tuple[str, str, str]]]:
    """The introduced entities and the annotated relations, heads as compared."""
    new = {entity["id"] for entity in gold["entities"] if entity["introduced"]}
    return new, {(PAPER if r["head"] in new else r["head"], r["type"], r["tail"]) for r in gold["relations"]}


def relation_cases(extraction: Extraction, gold: Paper, same: Mapping[str, str]) -> Iterator[Case]:
    """Whether each relation is annotated."""
    groups = {group.id: group for group in extraction.groups}
    new, truth = stated(gold)
    for r in extraction.relations:
        key = (_as_head(r.head, groups, same, new), r.kind.value, same.get(r.tail, ""))
        yield "relations", r.kind.value, r.confidence, key in truth


def pattern_cases(document: Document, extraction: Extraction, gold: Paper, same: Mapping[str, str]) -> Iterator[Case]:
    """Whether what each pattern says of the paper is annotated."""
    reading = read_document(document)
    things = tuple(Thing(group, tuple(_places(reading.tokens, group))) for group in extraction.groups)
    kinds = {group.id: group.kind for group in extraction.groups}
    _, truth = stated(gold)
    for pair in find_pairs(scenes(reading, things), things):
        rules = {(f.rule, f.kind) for fired in pair.fired.values() for f in fired}
        for rule, kind in rules if pair.head == PAPER else ():
            if kinds[pair.tail] in relations.TAILS[kind]:
                yield f"pattern/{rule}", kind.value, 0.0, (PAPER, kind.value, same.get(pair.tail, "")) in truth


def _places(tokens: tuple[list[Any], ...], group: Group) -> Iterator[Place]:
    """The places of a group's mentions as tokens."""
    starts = {token.start: (number, at) for number, words in enumerate(tokens) for at, token in enumerate(words)}
    ends = {token.end: at for words in tokens for at, token in enumerate(words, start=1)}
    for mention in group.mentions:
        sentence, first = starts[mention.start]
        yield Place(sentence, first, ends[mention.end], mention.start, mention.end)


def _value(text: str | None) -> str | None:
    return "-".join(d.replace(",", "") for d in re.findall(r"\d[\d,]*(?:\.\d+)?", text)) if text else None


def _overlap(one: str, other: str) -> float:
    a, b = (Counter(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return sum((a & b).values()) / max(1, min(sum(a.values()), sum(b.values())))


def claim_cases(document: Document, extraction: Extraction, gold: Paper) -> Iterator[Case]:
    """Whether each claim has an annotated one of the same sentence, number and polarity."""
    left = list(gold["claims"])
    for claim in extraction.claims:
        found = next((c for c in left if _same_claim(document, claim, c)), None)
        if found:
            left.remove(found)
        yield claim.extractor, claim.kind.value, claim.confidence, found is not None


def _same_claim(document: Document, claim: ClaimDraft, gold: Paper) -> bool:
    evidence = document.text[claim.start : claim.end]
    values = _value(claim.value_text) == _value(gold["value"])
    return values and claim.polarity == gold["polarity"] and _overlap(evidence, gold["evidence"]) >= 0.6


def cases(documents: Iterator[tuple[Document, Paper]]) -> Iterator[Case]:
    """All that is found, with its probability and whether it is right."""
    for document, gold in documents:
        extraction = extract(document)
        same = align(extraction, gold)
        yield from name_cases(extraction, same)
        yield from relation_cases(extraction, gold, same)
        yield from pattern_cases(document, extraction, gold, same)
        yield from claim_cases(document, extraction, gold)


def rows(found: Iterator[Case], how: str) -> Iterator[str]:
    """A row for each rule, kind and band of probability."""
    counts: dict[tuple[str, str, float], list[int]] = defaultdict(lambda: [0, 0])
    for rule, kind, chance, right in found:
        band = counts[rule, kind, max(lower for lower in BANDS if lower <= chance)]
        band[0] += right
        band[1] += 1
    for (rule, kind, lower), (right, count) in counts.items():
        yield f"{rule}\t{kind}\t{lower}\t{right / count:.3f}\t{count}\t{how}"


def main(arguments: list[str]) -> None:
    """Measures with the table empty, so that what is found carries its bare probability, and writes the table."""
    cast("dict[str, bytes]", lexicon().contents)["rule_precision"] = b"rule\tkind\tfrom\tprecision\tcount\thow\n"
    measured.cache_clear()
    found = list(cases(papers(arguments)))
    how = f"{len(arguments)} files of annotated papers, none of them fitted to"
    table = "\n".join(["rule\tkind\tfrom\tprecision\tcount\thow", *rows(iter(found), how), ""])
    (FOLDER / "rule_precision.tsv").write_text(sorted_table(table), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
