"""The demo corpus is well formed, ours in its words, and true to its sources where those are at hand."""

import gzip
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kg.demo import corpus

SHARED = Path(__file__).parents[2].parent / "shared" / "corpus"
RUN = 9
ALLOWED = {"id", "title", "abstract", "authors", "year", "arxiv", "venue", "url", "summary_by"}

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpus is not beside the checkout")


def papers() -> list[dict[str, Any]]:
    return [json.loads(line) for line in corpus().read_text(encoding="utf-8").splitlines()]


def listed_records() -> dict[str, dict[str, str]]:
    with gzip.open(SHARED / "daily_papers.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {record["arxiv"]: record for record in map(json.loads, lines)}


def page_lines() -> list[str]:
    pages = sorted(SHARED.glob("*.txt"))
    lines = [line.strip() for page in pages for line in page.read_text(encoding="utf-8").splitlines()]
    return [line.removeprefix("Subscribe") for line in lines if line]


def sources() -> dict[str, str]:
    """By arXiv id, title and abstract of the papers whose source is in the shared corpus."""
    records = listed_records()
    abstracts = dict(pairwise(page_lines()))
    return {
        paper["arxiv"]: f"{paper['title']} {abstracts[paper['title']]}"
        for paper in papers()
        if paper["title"] in abstracts
    } | {
        paper["arxiv"]: f"{records[paper['arxiv']]['title']} {records[paper['arxiv']]['abstract']}"
        for paper in papers()
        if paper["arxiv"] in records
    }


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)*", text)


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?])\s+(?=\S)", text)


def test_there_are_papers_enough_in_the_order_of_their_ids() -> None:
    """At least sixty papers, one a line, each id once, sorted."""
    ids = [paper["id"] for paper in papers()]

    assert len(ids) >= 60
    assert ids == sorted(set(ids))


def test_every_line_has_the_form() -> None:
    """A line names an arXiv paper, its year and address, and says that the text is our summary."""
    for paper in papers():
        assert set(paper) <= ALLOWED
        assert re.fullmatch(r"\d{4}\.\d{5}", paper["id"])
        assert paper["arxiv"] == paper["id"]
        assert paper["year"] == 2000 + int(paper["id"][:2])
        assert paper["url"] == f"https://arxiv.org/abs/{paper['id']}"
        assert paper["summary_by"] == "paperkg"
        assert paper["title"] == " ".join(paper["title"].split())
        assert paper["abstract"] == " ".join(paper["abstract"].split())


def test_a_summary_has_three_to_six_sentences() -> None:
    """Summaries are as long as a short abstract."""
    lengths = {paper["id"]: len(sentences(paper["abstract"])) for paper in papers()}

    assert {key: length for key, length in lengths.items() if not 3 <= length <= 6} == {}


def test_many_papers_compare_with_lora() -> None:
    """The question of the demo has a rich answer: at least fifteen papers compare something with LoRA in one sentence."""
    comparison = re.compile(r"\b(outperforms|improves on|compared with|comparable to|on par with|than)\b[^.]*?\bLoRA\b")
    comparing = [paper["id"] for paper in papers() if any(map(comparison.search, sentences(paper["abstract"])))]

    assert len(comparing) >= 15


@needs_shared
def test_titles_stand_as_in_the_source() -> None:
    """A paper listed with its arXiv id in the shared corpus has the same title here."""
    records = listed_records()
    ours = {paper["arxiv"]: paper["title"] for paper in papers() if paper["arxiv"] in records}

    assert len(ours) >= 50
    assert ours == {arxiv: records[arxiv]["title"] for arxiv in ours}


@needs_shared
def test_every_number_stands_in_the_source() -> None:
    """No number is invented: each occurs in the paper's own title or abstract."""
    source = sources()
    invented = {
        paper["id"]: sorted(set(numbers(paper["abstract"])) - set(numbers(source[paper["id"]])))
        for paper in papers()
        if paper["id"] in source
    }

    assert len(source) >= 85
    assert {key: value for key, value in invented.items() if value} == {}


@needs_shared
def test_the_words_are_ours() -> None:
    """No run of nine words stands in any text of the shared corpus."""
    ours = {run: paper["id"] for paper in papers() for run in runs(paper["abstract"])}
    theirs = [record["abstract"] for record in listed_records().values()] + page_lines()

    shared = {(ours[run], " ".join(run)) for text in theirs for run in runs(text) & ours.keys()}

    assert shared == set()
