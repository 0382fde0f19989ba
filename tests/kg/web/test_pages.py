"""Pages as text: valid, closed to everything from outside, the same for the same graph, and honest about whose words."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import html5lib
import pytest

from kg import query
from kg.query.places import Backing
from kg.store import Store
from kg.web import answers_page
from kg.web.papers import links

PAGES = (
    "demo answers",
    "demo thing",
    "demo paper",
    "hard answers",
    "hard thing",
    "hard paper",
    "many answers",
    "no answers",
)
SVG, HTML = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xhtml}"
NOTHING = Backing({}, {}, {}, {}, {}, {})
NAMES = {"paper": "2106.09685", "metric": "accuracy", "task": "language modeling", "hardware": "A100", "dataset": "GSM8K",
         "method": "LoRA"}  # fmt: skip
QUESTION = "Which methods compete with LoRA?"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_valid_and_in_order(pages: dict[str, Path], page: str) -> None:
    """A strict parser accepts it; one h1, headings without gaps, one of each landmark, ids once, links that lead somewhere."""
    document = html5lib.HTMLParser(strict=True).parse(pages[page].read_text(encoding="utf-8"))

    levels = [
        int(e.tag[-1]) for e in document.iter() if isinstance(e.tag, str) and re.fullmatch(f"{HTML}h[1-6]", e.tag)
    ]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [len(list(document.iter(HTML + tag))) for tag in ("main", "nav", "title")] == [1, 1, 1]
    ids = [e.get("id") for e in document.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    hrefs = {e.get("href") for e in document.iter() if e.get("href")}
    assert {href[1:] for href in hrefs if href.startswith("#")} <= set(ids)
    assert all(href.startswith(("#", "https://")) for href in hrefs)


@pytest.mark.parametrize("page", PAGES)
def test_rows_are_as_wide_as_their_tables(pages: dict[str, Path], page: str) -> None:
    """Every row has a cell for each heading, or one that spans them all."""
    document = html5lib.parse(pages[page].read_text(encoding="utf-8"))

    for table in document.iter(HTML + "table"):
        widths = {sum(int(cell.get("colspan", 1)) for cell in row) for row in table.iter(HTML + "tr")}
        assert len(widths) == 1


@pytest.mark.parametrize("page", PAGES)
def test_a_page_allows_its_own_style_and_script_only(pages: dict[str, Path], page: str) -> None:
    """The policy names the hashes of what is inside and forbids all else; nothing carries a handler or a style of its own."""
    text = pages[page].read_text(encoding="utf-8")
    document = html5lib.parse(text)

    policy = next(e.get("content") for e in document.iter(HTML + "meta") if e.get("http-equiv"))
    (style,), (script,) = ([e.text for e in document.iter(HTML + tag)] for tag in ("style", "script"))
    hashes = [base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in (style, script)]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in style
    assert "@import" not in style
    names = {name for e in document.iter() for name in e.attrib}
    assert not [name for name in names if name.startswith("on") or name in {"style", "src", "srcset"}]


@pytest.mark.parametrize("page", ["hard answers", "hard thing", "hard paper"])
def test_names_that_are_attacks_are_text(pages: dict[str, Path], page: str) -> None:
    """No name becomes an element, and control characters that HTML forbids are replaced."""
    text = pages[page].read_text(encoding="utf-8")

    tags = {e.tag for e in html5lib.parse(text).iter() if isinstance(e.tag, str)}
    assert tags.isdisjoint({HTML + "img", HTML + "b", SVG + "script"})
    assert "red \ufffd[31m net" in text
    assert "{{ 7 * 7 }}" in text


def test_the_title_is_the_question(demo_store: Store) -> None:
    """A person's own words, or a form of the query where it was asked by name."""
    result = query.ask(demo_store, "competitors", parameters={"method": "low-rank adaptation"})

    asked = [answers_page(result, words, NOTHING) for words in ("competitors", "Who rivals  LoRA?")]

    assert [re.search("<title>(.*?)</title>", page)[1] for page in asked] == [QUESTION, "Who rivals LoRA?"]  # type: ignore[index]


@pytest.mark.parametrize("name", [q.name for q in query.catalogue()])
def test_every_query_has_a_page(demo_store: Store, name: str) -> None:
    """Whatever a query answers, its page is valid and has each answer's name and line, without a store behind it."""
    known = query.get_query(name)
    slots: dict[str, tuple[str, str]] = {}
    for p in known.parameters:
        free = [NAMES[f] for f in p.families if f in NAMES and NAMES[f] not in {own for _, own in slots.values()}]
        slots[p.binds] = (p.name, free[-1]) if free else slots[p.binds]
    result = query.ask(demo_store, name, parameters=dict(slots.values()))

    page = answers_page(result, name, NOTHING)

    document = html5lib.HTMLParser(strict=True).parse(page)
    cells = {"".join(e.itertext()) for e in document.iter(HTML + "bdi")}
    assert {text for answer in result.answers for text in (answer.name, answer.line) if len(text) < 300} <= cells


def test_many_details_stand_below_the_reasons(demo_store: Store) -> None:
    """Up to three details have columns of their own; more are named in the row, so that the table stays a table."""
    result = query.ask(demo_store, "What is the best method on GSM8K?")

    page = answers_page(result, "", NOTHING)

    document = html5lib.parse(page)
    columns = ["".join(e.itertext()) for e in document.iter(HTML + "th") if e.get("scope") == "col"]
    assert columns == ["Rank", "Name", "Why", "Score", "Papers", "Years"]
    notes = ["".join(e.itertext()) for e in document.iter(HTML + "span") if e.get("class") == "details"]
    assert [
        f"value {answer.details['value']:g}" in " ".join(note.split())
        for note, answer in zip(notes, result.answers, strict=True)
    ] == [True] * len(notes)


def test_without_texts_only_sentences_are_left(
    demo_store: Store, with_and_without_texts: tuple[tuple[str, str], ...]
) -> None:
    """No abstract is on a page that may hold none, whether of a question, a thing or a paper; each sentence is."""
    abstracts = [row["text"] for row in demo_store.ask("MATCH (p:Paper) RETURN p.abstract AS text", {})]

    held = [
        [any(abstract in _text(page) for abstract in abstracts) for page in pair] for pair in with_and_without_texts
    ]

    assert held == [[True, False]] * 3
    assert all(_marks(page) <= _marks(bare) for page, bare in with_and_without_texts)


def _text(page: str) -> str:
    return "".join(html5lib.parse(re.sub("<sup>.*?</sup>", "", page)).itertext())


def _marks(page: str) -> set[str]:
    return {"".join(e.itertext()) for e in html5lib.parse(page).iter(HTML + "mark")}


def test_a_summary_says_whose_it_is(pages: dict[str, Path]) -> None:
    """Words that are not the paper's own are labelled, on every page that shows them."""
    for page in ("demo answers", "demo thing", "demo paper"):
        text = pages[page].read_text(encoding="utf-8")

        assert (
            text.count("Summary by <bdi>paperkg</bdi>") == len(re.findall('<(?:article|div) class="card">', text)) > 0
        )


def test_a_page_without_answers_says_so(pages: dict[str, Path]) -> None:
    """There is neither a table nor a picture, but a sentence."""
    text = pages["no answers"].read_text(encoding="utf-8")

    assert "The graph holds no answer to this question." in text
    assert "<table" not in text
    assert "<svg" not in text


def test_only_addresses_of_the_web_are_links() -> None:
    """A paper's own address is a link if it is one of the web, and is left aside where an id says better where it is."""
    known = {"arxiv": "2106.09685", "doi": "10.1/a b<c>", "acl": "P19-1001", "url": "https://example.org/"}

    found = [
        [(link.text, link.address) for link in links(SimpleNamespace(properties=properties))]  # type: ignore[arg-type]
        for properties in (
            known,
            {"url": "https://example.org/x"},
            {"url": "javascript:alert(1)"},
            {"url": "http://[x"},
            {},
        )
    ]

    assert found == [
        [
            ("arXiv:2106.09685", "https://arxiv.org/abs/2106.09685"),
            ("doi:10.1/a b<c>", "https://doi.org/10.1/a%20b%3Cc%3E"),
            ("ACL:P19-1001", "https://aclanthology.org/P19-1001"),
        ],
        [("https://example.org/x", "https://example.org/x")],
        [],
        [],
        [],
    ]
