"""Listing pages in many layouts: what is rendered reads back, and nothing of the page itself gets in."""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Metadata, Problem
from kg.names import title_form
from loaders.formats import listing
from loaders.formats.listing_lines import Facts, facts, place, unglued

LONG = (
    "Reading models spend most of their time on words that change nothing. We put a gate before every layer that lets "
    "such words pass untouched, and train it together with the reader. On three collections of letters the gated "
    "reader is 2.5x faster at the same accuracy, and on a fourth it is slower. We say why."
)
ENTRIES = (
    ("Sparse Gates for Slow Readers", LONG),
    ("Who Needs a Warm-Up?", "We ask whether a slow start helps small networks. It does where the batch is large."),
    ("Grokking", "gates-mini is a model of two layers that learns sums late and then at once. " + LONG),
    ("We do not need labels.", "Labels cost money. " + LONG),
    ("iGate: Small Steps, Large Batches, and Nothing Else!", LONG.replace("gate", "door")),
    ("A Note on Pruning", "Pruning works, and here is a short account of what it costs."),
)
FACTS = (
    Metadata(author_count=4, listed="May 2", upvotes=3),
    Metadata(author_count=1, listed="Nov 17, 2024"),
    Metadata(organization="Paper Mill Paper", listed="Jun 9", upvotes=12),
    Metadata(author_count=23, listed="Aug 12, 2023"),
    Metadata(organization="Gate Institute", listed="Feb 3"),
    Metadata(author_count=2, listed="Sep 14", upvotes=148),
)
HEADS = {
    "none": (),
    "short": ("Get trending papers in your email inbox once a day!", "Subscribe"),
    "full": (
        "new", "Get trending papers in your email inbox!", "Subscribe", "Daily Papers",
        "byAK and the research community", "Mar 12",
    ),
}  # fmt: skip
FOOTS = {
    "none": (),
    "pages": ("Previous", "1", "2", "3", "Next"),
    "site": ("Company", "TOS", "Privacy", "About", "Careers", "© The Site 2026"),
}


@dataclass(frozen=True)
class Layout:
    """How a page is saved: where metadata stand and how, and how many blank lines part what."""

    position: str = "after"
    bullet: str = "  • "
    on_one_line: bool = False
    own_upvotes: bool = False
    inner: int = 1
    outer: int = 1
    head: str = "full"
    foot: str = "none"
    ending: str = "\n"


def told(metadata: Metadata, layout: Layout) -> list[str]:
    """The lines that tell an entry's metadata."""
    who = metadata.organization or f"{layout.bullet}{metadata.author_count} authors"
    upvotes = "" if metadata.upvotes is None else str(metadata.upvotes)
    day = metadata.listed or ""
    if not layout.own_upvotes:
        day, upvotes = f"{day} {upvotes}".strip(), ""
    said = [f"{who} · {day}"] if layout.on_one_line else [who, "·", day]
    return [*said, upvotes] if upvotes else said


def render(layout: Layout, entries: tuple[tuple[str, str], ...] = ENTRIES) -> bytes:
    inner, outer = "\n" * (layout.inner + 1), "\n" * (layout.outer + 1)
    blocks = []
    for (title, abstract), metadata in zip(entries, itertools.cycle(FACTS), strict=False):
        said = "\n".join(told(metadata, layout))
        parts = {
            "none": (title, abstract),
            "before": (said, title, abstract),
            "between": (title, said, abstract),
            "after": (title, abstract, said),
        }[layout.position]
        blocks.append(inner.join(parts))
    return outer.join([*HEADS[layout.head], *blocks, *FOOTS[layout.foot]]).replace("\n", layout.ending).encode()


def document(title: str, abstract: str, metadata: Metadata | None = None) -> Document:
    return Document.make(
        format="listing",
        key=title_form(title),
        source="page.txt",
        title=title,
        abstract=abstract,
        metadata=metadata,
    )


def expected(layout: Layout, entries: tuple[tuple[str, str], ...] = ENTRIES) -> list[Document]:
    said = itertools.repeat(None) if layout.position == "none" else itertools.cycle(FACTS)
    return [document(*entry, metadata) for entry, metadata in zip(entries, said, strict=False)]


def read(content: bytes | str) -> list[Document | Problem]:
    return list(listing.read(io.BytesIO(content if isinstance(content, bytes) else content.encode()), "page.txt"))


LAYOUTS = st.builds(
    Layout,
    position=st.sampled_from(["none", "before", "between", "after"]),
    bullet=st.sampled_from(["  • ", "• ", "", "•\u00a0"]),
    on_one_line=st.booleans(),
    own_upvotes=st.booleans(),
    inner=st.integers(0, 1),
    outer=st.integers(0, 2),
    head=st.sampled_from(sorted(HEADS)),
    foot=st.sampled_from(sorted(FOOTS)),
    ending=st.sampled_from(["\n", "\r\n"]),
).filter(lambda layout: layout.inner <= layout.outer)


@given(LAYOUTS, st.permutations(ENTRIES))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_rendered_page_reads_back_in_every_layout(layout: Layout, entries: list[tuple[str, str]]) -> None:
    """Titles, abstracts and metadata come back as they were printed, wherever and however the page has them."""
    content = render(layout, tuple(entries))

    found = read(content)

    assert listing.recognises(content.decode())
    assert found == expected(layout, tuple(entries))


@given(LAYOUTS, st.data())
@settings(max_examples=50, deadline=None, derandomize=True)
def test_a_page_cut_at_either_end_keeps_its_whole_entries(layout: Layout, data: st.DataObject) -> None:
    """Only the first and the last entry of the piece may suffer, and what is not whole is no document of ours."""
    # A title that is a sentence can be told only by the company it keeps, of which a piece has too little.
    entries = (*ENTRIES[:3], *ENTRIES[4:])
    content = render(layout, entries).decode()
    start = data.draw(st.integers(0, len(content) // 3))
    piece = content[start : data.draw(st.integers(2 * len(content) // 3, len(content)))]

    found = {(item.title, item.abstract) for item in read(piece) if isinstance(item, Document)}

    lines = piece.split(layout.ending)
    whole = {(title, abstract) for title, abstract in entries[1:-1] if title in lines and abstract in lines}
    assert whole <= found
    assert len(found - set(entries)) <= 2


@given(st.binary() | st.lists(st.sampled_from([*HEADS["full"], "A Title", LONG, "·", "• 9 authors", "May 2 3", "7", "",
    "Submitted by", "ada", "Models", "Upvote", "Nov 1", "© x", "Lab"])).map(lambda lines: "\n".join(lines).encode()))  # fmt: skip
def test_no_bytes_make_the_reader_raise(content: bytes) -> None:
    """Whatever the page, something comes of it, and if it is a problem only."""
    found = read(content)

    assert found
    assert isinstance(listing.recognises(content.decode("utf-8", "replace")), bool)


def test_the_button_glued_to_the_first_title_is_left_out() -> None:
    """A page whose button and first title lost their line break has the title without the button."""
    head = "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\nSubscribe"

    found = read(head.encode() + render(Layout(position="none", head="none", inner=0, outer=0)))

    assert found == expected(Layout(position="none"))


@pytest.mark.parametrize("blank", ["\n", "\n\n"])
@pytest.mark.parametrize("paragraph", ["\n", "\n\n"])
@pytest.mark.parametrize("position", ["none", "after", "before"])
def test_an_abstract_may_have_several_paragraphs(position: str, paragraph: str, blank: str) -> None:
    """Paragraphs stand in the abstract as in the page, blank lines between them included."""
    long = paragraph.join([LONG, "The runs and the scripts are public.", "Code: https://example.org/gates"])
    entries = (ENTRIES[0], (ENTRIES[1][0], long), ENTRIES[2], (ENTRIES[3][0], long), *ENTRIES[4:])
    layout = Layout(position=position, inner=len(blank) - 1, outer=1)

    found = read(render(layout, entries))

    assert found == expected(layout, entries)


def test_upvotes_and_submitter_may_stand_before_the_title() -> None:
    """Where a number leads every entry it counts that entry's upvotes, not the one's before."""
    page = "\n\n".join(
        line
        for (title, abstract), metadata in zip(ENTRIES, FACTS, strict=True)
        for line in ("Submitted by\nada", str(metadata.upvotes or 9), title, abstract, "· 7 authors", "12 comments")
    )

    found = read(f"Daily Papers\n\nMar 12\n\n{page}\n")

    assert found == [
        document(*entry, Metadata(author_count=7, upvotes=metadata.upvotes or 9))
        for entry, metadata in zip(ENTRIES, FACTS, strict=True)
    ]


@pytest.mark.parametrize("head", sorted(HEADS))
@pytest.mark.parametrize("whole", range(1, len(ENTRIES)))
@pytest.mark.parametrize("ending", ["...", "", "\n\nPrevious\n1\nNext\n"])
@pytest.mark.parametrize("outer", [0, 1, 2])
def test_a_page_cut_in_its_last_abstract_keeps_all_metadata_where_they_belong(
    head: str, whole: int, ending: str, outer: int
) -> None:
    """Where metadata follow the abstract, a last entry that lacks them shifts no others, whatever day the page has."""
    layout = Layout(head=head, inner=min(outer, 1), outer=outer)
    (title, abstract), rest = ENTRIES[whole], ENTRIES[:whole]
    cut = abstract[: len(abstract) - 40] + ending.partition("\n")[0]
    parted = "\n" * (outer + 1)
    page = render(layout, rest).decode() + parted + title + "\n" * (layout.inner + 1) + cut + ending.removeprefix("...")

    found = read(page)

    assert found == [*expected(layout, rest), document(title, cut)]


@pytest.mark.parametrize(
    "start", [LONG[-150:] + "\n\n  • 4 authors\n·\nMay 2", LONG[-100:] + "\n\nMill\n·\nJun 9 12", "May 2"]
)
@pytest.mark.parametrize("end", [LONG[:200], LONG + "\n\n  • 4 auth", LONG + "\n\n  • 4 authors\n·\nMa"])
def test_a_page_cut_at_both_ends_keeps_all_metadata_where_they_belong(start: str, end: str) -> None:
    """Where nothing tells whether metadata precede or follow an entry, they follow it, as on the site's own page."""
    layout = Layout(head="none")
    page = f"{start}\n\n{render(layout, ENTRIES[1:]).decode()}\n\nA Last Title\n\n{end}\n"

    found = [item for item in read(page) if isinstance(item, Document)]

    assert found[:-1] == expected(layout, ENTRIES[1:])


@pytest.mark.parametrize("submitter", ["", "\n\nSubmitted by\nann"])
@pytest.mark.parametrize("day", ["", "Dec 12\n\n"])
@pytest.mark.parametrize("end", [" · Jun 9", " · Jun 9\n\nPrevious\n1\n2\nNext", "", None])
def test_upvotes_stand_before_the_submitter_and_the_title(submitter: str, day: str, end: str | None) -> None:
    """A number that leads every entry is its own, also if the submitter follows it, and the day above is no entry's."""
    facts = (Metadata(author_count=4, listed="May 2", upvotes=3), Metadata(author_count=1, listed="Jun 9", upvotes=12))
    blocks = [
        f"{said.upvotes}{submitter}\n\n{title}\n\n{abstract}\n\n{said.author_count} authors\n·\n{said.listed}"
        for (title, abstract), said in zip(ENTRIES, facts, strict=False)
    ]
    told = (None if end is None else 1, "Jun 9" if end else None)
    page = "\n\n".join(["Subscribe", day + blocks[0], blocks[1]])
    page = page[: page.rindex("1 authors")] + ("" if end is None else "1 author" + end)

    found = read(page)

    assert found == [
        document(*ENTRIES[0], facts[0]),
        document(*ENTRIES[1], Metadata(author_count=told[0], listed=told[1], upvotes=12)),
    ]


@pytest.mark.parametrize("head", ["Dec 12\n\n", "Dec 12\n\nDaily\nWeekly\nMonthly\n\n", "Daily\n\nDec 12\n\n"])
def test_the_day_above_upvotes_is_the_page_s_own(head: str) -> None:
    """A day above a page whose entries have upvotes and no day says nothing of the first entry."""
    page = head + "\n\n".join(f"{votes}\n\n{title}\n\n{abstract}" for votes, (title, abstract) in enumerate(ENTRIES))

    found = read(page)

    assert found == [document(*entry, Metadata(upvotes=votes)) for votes, entry in enumerate(ENTRIES)]


def test_a_day_above_the_first_title_is_the_entry_s_where_every_entry_has_one() -> None:
    """Where nothing but days are told before the titles, the first day is no page's."""
    days = ("May 2", "Jun 9", "Feb 3")
    page = "\n\n".join(f"{day}\n{title}\n{abstract}" for day, (title, abstract) in zip(days, ENTRIES, strict=False))

    found = read(page)

    assert found == [document(*entry, Metadata(listed=day)) for entry, day in zip(ENTRIES, days, strict=False)]


@pytest.mark.parametrize("links", ["GitHub 1.2k\narXiv Page", "GitHub\n123", "arXiv Page\n\nGitHub\n\n7", "Github"])
@pytest.mark.parametrize("votes", ["\n·\nUpvote\n12", ""])
def test_links_of_an_entry_and_their_numbers_are_furniture(links: str, votes: str) -> None:
    """How often a repository was starred is neither a title nor a count of upvotes."""
    said = f"4 authors\n·\nPublished on May 2{votes}\n{links}"
    page = "Subscribe\n\n" + "\n\n".join(f"{title}\n\n{abstract}\n\n{said}" for title, abstract in ENTRIES)

    found = read(page)

    metadata = Metadata(author_count=4, listed="May 2", upvotes=12 if votes else None)
    assert found == [document(*entry, metadata) for entry in ENTRIES]


def test_an_entry_without_metadata_takes_none_from_its_neighbours() -> None:
    """On a page that gives metadata an entry may have none."""
    lines = render(Layout()).decode().replace("  • 1 authors\n·\nNov 17, 2024\n\n", "")

    found = read(lines)

    assert [item.metadata for item in found if isinstance(item, Document)] == [FACTS[0], Metadata(), *FACTS[2:]]


def test_entries_that_are_not_whole_are_problems_with_their_line() -> None:
    """A title without abstract and text without a title are told, not dropped."""
    body = render(Layout(head="none")).decode()

    found = read(f"{LONG}\n\n{body}\n\nThe Last Title of a Page That Was Cut Off")

    assert found == [
        Problem(source="page.txt", where="line 1", message="text without a title"),
        *expected(Layout()),
        Problem(
            source="page.txt",
            where=f"line {3 + body.count(chr(10)) + 2}",
            message="'The Last Title of a Page That Was Cut Off' without an abstract",
        ),
    ]


def test_foreign_bytes_cost_their_entry() -> None:
    """An entry that is not UTF-8 is a problem that names the byte; the others load."""
    content = render(Layout(position="none")).replace(b"Grokking", b"Gr\xf6kking")

    found = read(content)

    assert [item for item in found if isinstance(item, Document)] == [
        entry for entry in expected(Layout(position="none")) if entry.title != "Grokking"
    ]
    assert [item.message for item in found if isinstance(item, Problem)] == [f"not UTF-8 at byte {content.index(0xF6)}"]


def test_replaced_characters_of_an_entry_are_told() -> None:
    """An entry loads without what no text may hold, and a problem says how much of which kind that was."""
    (title, abstract), second = ENTRIES[:2]
    page = f"{title}\x07\n{abstract} A\x00B\nC".encode() + b"\xed\xa0\x80." + "\n{}\n{}".format(*second).encode()

    found = read(b"Subscribe\n" + page)

    message = "3 characters that no text may hold were replaced by U+FFFD: 2 control characters, 1 lone surrogate"
    assert found == [
        Problem(source="page.txt", where="line 2", message=message),
        document(f"{title}\ufffd", f"{abstract} A\ufffdB\nC\ufffd."),
        document(*second),
    ]


@pytest.mark.parametrize(
    "marks", [["- "] * 6, ["• "] * 6, [f"{at}. " for at in range(1, 7)], [f"({at}) " for at in range(8, 14)]]
)
def test_the_marks_of_a_list_are_no_part_of_its_titles(marks: list[str]) -> None:
    """A bullet or a running number that all entries have is left out."""
    page = render(Layout(), tuple((mark + title, text) for mark, (title, text) in zip(marks, ENTRIES, strict=True)))

    found = read(page)

    assert found == expected(Layout())


@pytest.mark.parametrize("marks", [["- ", "", "- "], ["2. ", "1. ", "3. "], ["- ", "* ", "- "], ["1. ", "", "2. "]])
def test_a_mark_that_is_no_list_s_stays(marks: list[str]) -> None:
    """What only some titles begin with, or a number that does not count on, belongs to the title."""
    entries = tuple((mark + title, text) for mark, (title, text) in zip(marks, ENTRIES, strict=False))

    found = read(render(Layout(), entries))

    assert found == expected(Layout(), entries)


def test_a_page_without_papers_says_so() -> None:
    """Furniture alone is a problem."""
    found = read("\n".join([*HEADS["full"], *FOOTS["site"]]))

    assert found == [Problem(source="page.txt", where="", message="a listing page without papers")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A note to myself: buy milk.",
        "# Heading\n\nSome words.\n\n## Other\n\n- one\n- two\n",
        f"\\section{{Gates}}\n\n{LONG}\n\nDoors\n\n{LONG}",
        f"Some Words on Gates\n\n{LONG}\n\n# Doors\n\n{LONG}",
        "<html><body>Daily Papers</body></html>",
        "name\tvalue\nalpha\t1\nbeta\t2\n",
        f"{LONG}\n\n{LONG}\n\n{LONG}",
    ],
)
def test_other_texts_are_not_recognised(text: str) -> None:
    """A text is a listing page only if it says so or titles and abstracts alternate in it."""
    found = listing.recognises(text)

    assert not found


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("  • 9 authors", Facts(authors=9)),
        ("· 1 author", Facts(authors=1, dotted=True)),
        ("·", Facts(dotted=True)),
        ("May 2 3", Facts(listed="May 2", upvotes=3)),
        ("Nov 22, 2024 3", Facts(listed="Nov 22, 2024", upvotes=3)),
        ("Nov 22, 2024 1.2k 14", Facts(listed="Nov 22, 2024", upvotes=1200)),
        ("Published on Jun\u00a09", Facts(listed="Jun 9")),
        ("3 days ago", Facts(listed="3 days ago")),
        ("2024-05-02", Facts(listed="2024-05-02")),
        ("AQ-MedAI AQ · Nov 17 2", Facts(organization="AQ-MedAI AQ", listed="Nov 17", upvotes=2)),
        ("• 9 authors · May 2 · 7 comments", Facts(authors=9, listed="May 2")),
        ("Upvote 25", Facts(upvotes=25)),
        ("4 authors · May 2 · GitHub 123 · arXiv Page", Facts(authors=4, listed="May 2")),
        ("Upvote", Facts()),
        ("-", Facts()),
        ("Submitted by ada", Facts(submitted=True)),
        ("1,024", Facts(upvotes=1024)),
        ("May we prune in 2024?", None),
        ("Nine authors agree", None),
        ("Gates · Doors · Windows", None),
        ("May 2 is the day on which it all began. · 3", None),
        ("", None),
    ],
)
def test_metadata_lines_are_told_by_their_words(line: str, said: Facts | None) -> None:
    """Dates stay as printed, without the upvotes; a line with other words in it is no metadata."""
    found = facts(line)

    assert found == said


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("new", "line"),
        ("Subscribe", "line"),
        ("\u00a0Get trending papers in your email inbox once a day! ", "sign"),
        ("byAK and the research community", "sign"),
        ("Models", "edge"),
        ("© 2026 Whoever", "line"),
        ("arXiv Page", "line"),
        ("GitHub", "count"),
        ("GitHub 1.2k", "line"),
        ("GitHub Stars Are No Votes", ""),
        ("Copilot 2", ""),
        ("News for Subscribers", ""),
        ("Models That Last", ""),
    ],
)
def test_furniture_is_told_by_whole_phrases(line: str, where: str) -> None:
    """A title that begins like furniture is none."""
    found = place(line)

    assert found == where


def test_a_title_that_begins_like_furniture_stays_whole() -> None:
    """Only what is surely a button is cut off a title."""
    titles = ["New Gates for Old Readers", "Subscribers Stay Longer", "NewsGate: Reading the News"]

    found = [unglued(title) for title in titles]

    assert found == titles


def test_a_page_is_read_up_to_its_longest_length() -> None:
    """A page is held whole, so one that does not end is cut, which is told."""
    page = render(Layout()) + b"\n" * listing.PAGE_LINES

    found = read(page)

    assert found[:-1] == expected(Layout())
    assert found[-1] == Problem(
        source="page.txt", where="line 50001", message="a page of more than 50,000 lines: it is read no further"
    )
