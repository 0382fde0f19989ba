"""Saved "Daily Papers" listing pages: entries of title, abstract and a few facts, between the furniture of the page.

People save such pages in many ways: with or without blank lines, metadata before or after the abstract, cut at either
end. `listing_lines` tells furniture and metadata by their words, `listing_structure` titles from abstracts by what
repeats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import IO

from kg.model import Document, Metadata, Problem
from kg.names import title_form
from loaders.formats.lines import Line, clean, lines, replaced
from loaders.formats.listing_lines import NOTHING, Facts, Item, items, place, plain
from loaders.formats.listing_structure import Role, prose, reading

FORMAT = "listing"
PAGE_LINES = 50_000
"""Lines of a page that are read: a page is held whole, and the longest saved one had 776."""
_SHORT = 120
_MARK = re.compile(r"(?:[-–—•*·∙‣◦●○▪■+]|\(?\d{1,4}[.)])\s+")
_OTHER_MARKUP = re.compile(r"^(?:#{1,6} |```|%|\\(?:documentclass|begin|section|label)\b)", re.M)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as its page has it: a title, an abstract, either of which may be missing, and facts."""

    place: int
    title: str = ""
    abstract: str = ""
    facts: Facts = NOTHING
    fault: str = ""
    unclean: str = ""


def recognises(head: str) -> bool:
    """Whether a text is such a page: it says so, it gives metadata of entries, or titles and abstracts alternate."""
    text = clean(head)
    if text.lstrip()[:1] in {"", "<", "{", "["} or _OTHER_MARKUP.search(text):
        return False
    page = [Line(number, words) for number, words in enumerate(text.split("\n"), start=1)]
    if any(place(line.text) == "sign" for line in page):
        return True
    found = _entries(items(page))
    sound = [entry for entry in found if entry.abstract and entry.title and prose(entry.title) < prose(entry.abstract)]
    long = [entry for entry in sound if len(entry.abstract.partition("\n")[0]) > _SHORT]
    told = any(entry.facts.authors is not None for entry in sound) or any(entry.facts.listed for entry in long)
    return told or (len(long) > 1 and 2 * len(long) >= len(found))


def read(stream: IO[bytes], source: str) -> Iterator[Document | Problem]:
    """Reads the entries of a page; one that is cut or damaged is a problem."""
    page = [line.cleaned() for line in islice(lines(stream), PAGE_LINES + 1)]
    ending = _ending(page)
    found = _entries(items(page[:PAGE_LINES]))
    for entry in found:
        document = _document(entry, source)
        if isinstance(document, Document) and entry.unclean:
            yield Problem(source=source, where=f"line {entry.place}", message=replaced(entry.unclean))
        yield document
    if ending:
        yield Problem(source=source, where=f"line {page[-1].number}", message=ending)
    if not found:
        yield Problem(source=source, where="", message="a listing page without papers")


def _ending(page: Sequence[Line]) -> str:
    """What is wrong with the end of a page, or nothing."""
    if len(page) > PAGE_LINES:
        return f"a page of more than {PAGE_LINES:,} lines: it is read no further"
    return page[-1].fault if page and not page[-1].text else ""


def _entries(pieces: Sequence[Item]) -> list[Entry]:
    """The entries of a page, whole or not, with the metadata that belong to each."""
    page = reading(pieces)
    found: list[Entry] = []
    texts: list[list[Item]] = []
    ahead = NOTHING
    for item, role in zip(pieces, page.roles, strict=True):
        told = _told(item, role)
        if told and (page.ahead or role is Role.LEAD):
            ahead = ahead.joined(told)
        elif told and found:
            found[-1] = replace(found[-1], facts=found[-1].facts.joined(told))
        elif role is Role.TITLE or (role is Role.ORPHAN and not (found and not found[-1].title)):
            found.append(_begun(item, role, ahead))
            texts.append([item] if role is Role.ORPHAN else [])
            ahead = NOTHING
        elif role in {Role.ABSTRACT, Role.PARAGRAPH, Role.ORPHAN}:
            texts[-1].append(item)
    return _unmarked([_with_text(entry, own) for entry, own in zip(found, texts, strict=True)])


def _unmarked(found: list[Entry]) -> list[Entry]:
    """The entries without the bullets or running numbers before their titles, if all have them."""
    marks = [_MARK.match(entry.title) for entry in found if entry.title]
    if not all(marks) or not _is_list([mark[0] for mark in marks if mark]):
        return found
    return [replace(entry, title=_MARK.sub("", entry.title)) for entry in found]


def _is_list(marks: Sequence[str]) -> bool:
    """Whether marks are one bullet throughout, or count."""
    alike = len({re.sub(r"[\d\s]", "", mark) for mark in marks}) == 1
    numbers = [int(digits[0]) for mark in marks if (digits := re.search(r"\d+", mark))]
    counts = len(numbers) > 1 and all(after == before + 1 for before, after in pairwise(numbers))
    return alike and (counts or not numbers)


def _told(item: Item, role: Role) -> Facts | None:
    """What an item says of an entry; None for an item that says nothing of the kind."""
    if role is Role.ORGANIZATION:
        return Facts(organization=plain(item.line.text).strip("·•*- "))
    return item.facts if role in {Role.FACTS, Role.LEAD} else None


def _begun(item: Item, role: Role, facts: Facts) -> Entry:
    entry = Entry(place=item.line.number, facts=facts)
    if role is Role.ORPHAN:
        return entry
    return replace(entry, title=item.line.text.strip(), fault=item.line.fault, unclean=item.line.unclean)


def _with_text(entry: Entry, paragraphs: Sequence[Item]) -> Entry:
    """The entry with its paragraphs, as far from each other as in the page."""
    texts = ["\n" * (item.gap + 1) + item.line.text.strip() for item in paragraphs]
    faults = (item.line.fault for item in paragraphs if item.line.fault)
    return replace(
        entry,
        abstract="".join(texts).lstrip("\n"),
        fault=entry.fault or next(faults, ""),
        unclean=entry.unclean + "".join(item.line.unclean for item in paragraphs),
    )


def _document(entry: Entry, source: str) -> Document | Problem:
    title, abstract = entry.title, entry.abstract
    missing = "text without a title" if not title else f"{title[:80]!r} without an abstract" if not abstract else ""
    if entry.fault or missing:
        return Problem(source=source, where=f"line {entry.place}", message=entry.fault or missing)
    facts = entry.facts
    metadata = Metadata(
        author_count=facts.authors, organization=facts.organization, upvotes=facts.upvotes, listed=facts.listed
    )
    key = title_form(title) or title
    return Document.make(format=FORMAT, key=key, source=source, title=title, abstract=abstract, metadata=metadata)
