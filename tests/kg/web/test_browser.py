"""Pages in a real browser: what it shows, asks for, and lets people do with a keyboard, on a phone, in the dark, on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browser import Browser

from kg import query
from kg.store import Store
from kg.web import sources_of

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
QUESTION = "Which methods compete with LoRA?"
UNFOLD = "for (const details of document.querySelectorAll('details')) details.open = true;"
SHOWN = "const shown = (e) => e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true});"
CONTRAST = """
const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
const light = (c) => c.slice(0, 3).map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
const ground = (e) => {
  if (e.closest('.middle')) return rgb(getComputedStyle(e.closest('svg').querySelector('rect.middle')).fill);
  for (; e; e = e.parentElement) {
    const color = rgb(getComputedStyle(e).backgroundColor);
    if (color.length === 3 || color[3] > 0) return color;
  }
  return [255, 255, 255];
};
const weak = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const e = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !shown(e) || e.closest('script, title')) continue;
  const style = getComputedStyle(e);
  const ink = rgb(e.namespaceURI.endsWith('svg') ? style.fill : style.color);
  const [high, low] = [light(ink), light(ground(e))].sort((a, b) => b - a);
  const ratio = (high + 0.05) / (low + 0.05);
  if (ratio < 4.5) weak.push([walker.currentNode.data.trim().slice(0, 40), ink, ground(e), ratio]);
}
return weak;
"""
BOXES = """
const drawing = [...document.querySelectorAll('svg.drawing')].find(shown);
const box = (e) => { const b = e.getBBox(); return [b.x, b.y, b.x + b.width, b.y + b.height]; };
const names = [...drawing.querySelectorAll('a.spot')].map((spot) => [...spot.querySelectorAll('text, circle')].map(box)
  .reduce((a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]));
const others = [...drawing.querySelectorAll('text.caption'), ...drawing.querySelectorAll('rect.middle')].map(box);
const {width, height} = drawing.viewBox.baseVal;
return {boxes: [...names, ...others], count: names.length, width, height, scale: drawing.getBoundingClientRect().width / width};
"""


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_for_nothing_and_nothing_goes_wrong(browser: Browser, pages: dict[str, Path], page: str) -> None:
    """The one request is the page itself, the console stays silent, and its own script is the only one that runs."""
    browser.open(pages[page])
    browser.run(UNFOLD)

    assert browser.requests() == [pages[page].as_uri()]
    assert browser.messages() == []
    found = browser.run(
        "return ['script', 'img', 'link', 'iframe', 'style'].map((n) => document.querySelectorAll(n).length)"
    )
    assert found == [1, 0, 0, 0, 1]


def test_the_table_has_the_answers_in_their_order(browser: Browser, pages: dict[str, Path], demo_store: Store) -> None:
    """Each answer is a row with its name, its reasons and its score."""
    answers = query.ask(demo_store, QUESTION).answers

    browser.open(pages["demo answers"])
    rows = browser.run(
        "return [...document.querySelectorAll('.answers tbody.item')].map((row) =>"
        " ['.title bdi', '.why bdi', '.score .number'].map((s) => row.querySelector(s).textContent))"
    )

    assert rows == [[a.name, a.line, f"{a.score:.2f}" if a.direct else f"{a.score:g}"] for a in answers]


def test_a_row_unfolds_by_keyboard_to_the_sentence(browser: Browser, pages: dict[str, Path], demo_store: Store) -> None:
    """Enter on the quote opens the abstract, in which exactly the sentence is marked."""
    first = query.ask(demo_store, QUESTION).answers[0]
    browser.open(pages["demo answers"])
    browser.run("document.querySelector('#answer-1 summary').focus()")
    folded = browser.run(f"{SHOWN} return shown(document.querySelector('#answer-1 .card'))")

    browser.press("\ue007")

    assert (folded, browser.run(f"{SHOWN} return shown(document.querySelector('#answer-1 .card'))")) == (False, True)
    marks = browser.run("return [...document.querySelectorAll('#answer-1 mark')].map((mark) => mark.textContent)")
    assert set(marks) == {source.sentence for source in sources_of(first)}
    words = browser.run("return document.querySelector('#answer-1 .words').textContent")
    assert len(words) > len(marks[0])


@pytest.mark.parametrize("page", ["hard answers", "demo paper"])
def test_everything_is_reached_by_tab_and_shows_it(browser: Browser, pages: dict[str, Path], page: str) -> None:
    """Tab goes through every link, field and fold once, and what has the focus has an outline."""
    browser.open(pages[page])
    every = browser.run(
        f"{SHOWN} const all = [...document.querySelectorAll('a[href], summary, input, button')].filter(shown);"
        "all.forEach((e, at) => e.dataset.at = at); return all.length"
    )

    met = []
    for _ in range(every):
        browser.press("\ue004")
        met.append(
            browser.run(
                "const e = document.activeElement, mark = e.querySelector(':scope > rect') || e;"
                "const style = getComputedStyle(mark);"
                "return [Number(e.dataset.at), mark === e ? style.outlineStyle !== 'none' : style.stroke !== 'none']"
            )
        )

    assert met == [[at, True] for at in range(every)]


@pytest.mark.parametrize("page", PAGES)
def test_a_phone_scrolls_down_only(browser: Browser, pages: dict[str, Path], page: str) -> None:
    """At 360 pixels nothing is wider than the screen, folded or not."""
    browser.open(pages[page], width=360)
    folded = browser.run("return document.documentElement.scrollWidth")
    browser.run(UNFOLD)

    assert (folded, browser.run("return document.documentElement.scrollWidth")) == (360, 360)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("page", [page for page in PAGES if page != "no answers"])
def test_names_in_a_picture_keep_apart(browser: Browser, pages: dict[str, Path], page: str, width: int) -> None:
    """No name, caption or middle lies on another, all lie inside, and letters are at least 11 pixels high."""
    browser.open(pages[page], width=width)

    found = browser.run(SHOWN + BOXES)

    boxes = found["boxes"]
    meeting = [(a, b) for at, a in enumerate(boxes) for b in boxes[at + 1 :] if _meet(a, b)]
    outside = [b for b in boxes if b[0] < 0 or b[1] < 0 or b[2] > found["width"] or b[3] > found["height"]]
    assert (meeting, outside) == ([], [])
    assert found["count"] > 0
    assert 14 * found["scale"] >= 11


def _meet(a: list[float], b: list[float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_letters_stand_out_from_their_ground(browser: Browser, pages: dict[str, Path], page: str, dark: bool) -> None:
    """Every text has a contrast of at least 4.5 (WCAG 2.2, 1.4.3), in the colours that the browser computes."""
    browser.open(pages[page], dark=dark)
    browser.run(UNFOLD)

    assert browser.run(SHOWN + CONTRAST) == []


def test_a_dark_screen_gets_a_dark_page(browser: Browser, pages: dict[str, Path]) -> None:
    """Page, text and lines change with the colour scheme; paper stays light."""
    look = "const of = (s, p) => getComputedStyle(document.querySelector(s))[p];"
    look += (
        "return [of('body', 'backgroundColor'), of('body', 'color'), of('.line path', 'stroke'), of('mark', 'color')]"
    )

    seen = {}
    for name, options in {"light": {}, "dark": {"dark": True}, "paper": {"dark": True, "media": "print"}}.items():
        browser.open(pages["demo answers"], **options)
        seen[name] = browser.run(look)

    assert all(light != dark for light, dark in zip(seen["light"], seen["dark"], strict=True))
    assert seen["paper"][:3] == seen["light"][:3]


@pytest.mark.parametrize("page", ["demo answers", "demo thing"])
def test_without_scripts_the_page_is_whole(browser: Browser, pages: dict[str, Path], page: str) -> None:
    """Rows are there, folds open, and the form that could not work is not shown."""
    browser.open(pages[page], scripts=False)
    browser.click("tbody.item summary")

    rows, form, card = browser.run(
        f"{SHOWN} const rows = [...document.querySelectorAll('tbody.item')];"
        "return [rows.every(shown), shown(document.querySelector('form')), shown(document.querySelector('.card'))]"
    )
    assert (rows, form, card) == (True, False, True)


def _shown_rows(browser: Browser) -> Any:
    return browser.run(
        f"{SHOWN} return [[...document.querySelectorAll('tbody.item')].filter(shown).map((row) => row.id),"
        "document.querySelector('.shown').textContent]"
    )


def test_rows_are_narrowed_by_words(browser: Browser, pages: dict[str, Path]) -> None:
    """Typed words leave the rows that hold all of them, evidence included; the picture fades the others."""
    browser.open(pages["demo answers"])
    browser.click("input[type=search]")

    browser.press(*"singular PiSSA")

    ids, said = _shown_rows(browser)
    every = browser.run("return document.querySelectorAll('tbody.item').length")
    assert 0 < len(ids) < every
    assert said == f"{len(ids)} of {every} answers"
    kept = browser.run(
        f"{SHOWN} return [...document.querySelectorAll('.wide .spot:not(.out)')].map((s) => s.getAttribute('href').slice(1))"
    )
    assert set(kept) <= set(ids)


def test_rows_are_narrowed_to_the_direct_and_the_sure(
    browser: Browser, pages: dict[str, Path], demo_store: Store
) -> None:
    """The two other fields leave what they say."""
    answers = query.ask(demo_store, QUESTION).answers
    browser.open(pages["demo answers"])

    browser.click("input[type=checkbox]")
    direct = _shown_rows(browser)[0]
    browser.run(
        "const f = document.querySelector('[name=least]'); f.value = 0.6; f.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    sure = _shown_rows(browser)[0]

    assert direct == [f"answer-{at}" for at, a in enumerate(answers, start=1) if a.direct]
    best = {f"answer-{at}": max(s.confidence for s in sources_of(a)) for at, a in enumerate(answers, start=1)}
    assert sure == [id for id in direct if best[id] >= 0.6]


def test_a_name_in_the_picture_leads_to_its_unfolded_row(browser: Browser, pages: dict[str, Path]) -> None:
    """The link goes to the row and opens it; so does an address that ends in it."""
    browser.open(pages["demo answers"])

    browser.click("a.spot[href='#answer-2']")

    assert browser.run("return [location.hash, document.querySelector('#answer-2 details').open]") == [
        "#answer-2",
        True,
    ]


def test_paper_shows_each_sentence_and_what_was_unfolded(
    browser: Browser, pages: dict[str, Path], demo_store: Store
) -> None:
    """In print a folded row has its sentence in full, an unfolded one the abstract; what only a screen can do is left out."""
    answers = query.ask(demo_store, QUESTION).answers
    browser.open(pages["demo answers"], media="print")
    browser.run("document.querySelector('#answer-1 details').open = true")

    cards, quotes, aside = browser.run(
        f"{SHOWN} const all = (s) => [...document.querySelectorAll(s)];"
        "return [all('tbody.item .card').map(shown),"
        "all('summary q').map((q) => [q.textContent, q.scrollHeight > q.clientHeight + 2]),"
        "['nav', 'form', '.aloud'].map((s) => getComputedStyle(document.querySelector(s)).display)]"
    )
    assert cards == [True, *[False] * (len(cards) - 1)]
    assert [words for words, _ in quotes] == [answer.reasons[0].papers[0].sentence for answer in answers]
    assert not any(cut for _, cut in quotes[1:])
    assert aside == ["none"] * 3


def test_marks_on_the_page_of_a_paper_are_its_sentences(browser: Browser, pages: dict[str, Path]) -> None:
    """The abstract holds each sentence of the tables below it as a mark, and names what it mentions."""
    browser.open(pages["demo paper"])

    marks, sentences, names = browser.run(
        "const text = (s) => [...document.querySelectorAll(s)].map((e) => e.textContent);"
        "return [text('#words mark'), text('#said mark'), text('#words .name')]"
    )
    assert set(sentences) == set(marks)
    assert {"PiSSA", "LoRA", "GSM8K"} <= set(names)
