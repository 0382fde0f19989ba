"""The lines of a listing page, each by itself: furniture, metadata of an entry, or text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from loaders.formats.lines import Line

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = rf"{_MONTH} \d{{1,2}}(?:, ?\d{{4}})?|\d{{1,2}} {_MONTH}(?:,? \d{{4}})?|\d{{4}}-\d\d-\d\d|(?:about |over |almost )?\d+ (?:minute|hour|day|week|month|year)s? ago|[Yy]esterday|[Tt]oday"
_NUMBER = r"\d[\d,]*(?:\.\d+)?[kK]?"
_FACTS = (
    re.compile(r"\+?(?P<authors>\d+) authors?", re.I),
    re.compile(
        rf"(?:Published(?: on)? |Submitted(?: on)? |on )?(?P<date>{_DATE})(?: (?P<upvotes>{_NUMBER}))?(?: {_NUMBER})?"
    ),
    re.compile(rf"(?P<upvotes>{_NUMBER})(?: upvotes?)?(?: {_NUMBER}(?: comments?)?)?", re.I),
    re.compile(rf"upvotes? ?:? ?(?P<upvotes>{_NUMBER}|-)?", re.I),
    re.compile(rf"(?:{_NUMBER}|no) comments?|comments?", re.I),
    re.compile(r"(?P<submitted>submitted by):?(?: \S.{0,60})?", re.I),
    re.compile(r"[-–—]"),
)
_SEPARATOR = re.compile(r"\s*[·•∙⋅‧]\s*")
_INVISIBLE = "\u200b\u200e\u200f\ufeff"
_ORGANIZATION_LIMIT = 80


@dataclass(frozen=True, slots=True)
class Facts:
    """What metadata lines say of an entry, as printed."""

    listed: str | None = None
    upvotes: int | None = None
    authors: int | None = None
    organization: str | None = None
    dotted: bool = False
    """Whether a separator stands first, as it does after an organization on a line of its own."""
    submitted: bool = False

    @property
    def is_plain_date(self) -> bool:
        """Whether this may be the day of the whole page."""
        return self.listed is not None and self == Facts(listed=self.listed)

    @property
    def is_empty(self) -> bool:
        """Whether this is a mere separator, or a count that is not kept."""
        return replace(self, dotted=False) == NOTHING

    @property
    def is_number(self) -> bool:
        return self.upvotes is not None and self == Facts(upvotes=self.upvotes)

    def joined(self, later: Facts) -> Facts:
        """Both together; what was said first stands, so that a number after the upvotes counts comments."""
        return Facts(
            listed=self.listed or later.listed,
            upvotes=self.upvotes if self.upvotes is not None else later.upvotes,
            authors=self.authors if self.authors is not None else later.authors,
            organization=self.organization or later.organization,
            dotted=self.dotted,
            submitted=self.submitted or later.submitted,
        )


NOTHING = Facts()


@cache
def furniture() -> dict[str, str]:
    """Phrases of the page itself and where they stand: `sign` (only such pages have it), `line`, `edge`, `start`."""
    with Path(__file__).with_name("furniture.tsv").open(encoding="utf-8", newline="") as file:
        return {row["phrase"].casefold(): row["place"] for row in csv.DictReader(file, delimiter="\t")}


def plain(text: str) -> str:
    """A line without outer space and invisible marks, its inner space single and plain."""
    return " ".join(text.strip(_INVISIBLE).split())


def place(text: str) -> str:
    """The place of a line that is furniture as a whole; empty for any other line."""
    words = plain(text).casefold()
    if words in furniture():
        return furniture()[words]
    return next(("line" for phrase, kind in furniture().items() if kind == "start" and words.startswith(phrase)), "")


def unglued(text: str) -> str:
    """A line without the furniture that a page without line breaks put right before it.

    >>> unglued("SubscribeSparse Gates"), unglued("Subscribers Stay Longer")
    ('Sparse Gates', 'Subscribers Stay Longer')
    """
    rest = text.strip()
    for phrase, kind in sorted(furniture().items(), key=lambda row: -len(row[0])):
        tail = rest[len(phrase) :].lstrip()
        if kind in {"sign", "line"} and rest.casefold().startswith(phrase) and tail and not tail[0].islower():
            return unglued(tail)
    return rest


def facts(text: str) -> Facts | None:
    """What a metadata line says; None for a line that is none."""
    words = plain(text)
    parts = [part for part in _SEPARATOR.split(words) if part]
    known = [_fact(part) for part in parts]
    others = [part for part, fact in zip(parts, known, strict=True) if fact is None]
    if not words or len(others) > 1 or (others and (len(parts) == 1 or not _is_organization(others[0]))):
        return None
    total = Facts(organization=others[0] if others else None, dotted=words[0] in "·∙⋅‧" and not others)
    for fact in known:
        total = total.joined(fact) if fact else total
    return total


def _is_organization(text: str) -> bool:
    return len(text) <= _ORGANIZATION_LIMIT and not text.endswith((".", ":", "?", "!"))


def _fact(part: str) -> Facts | None:
    found = next((match for pattern in _FACTS if (match := pattern.fullmatch(part))), None)
    if found is None:
        return None
    said = found.groupdict()
    return Facts(
        listed=said.get("date"),
        upvotes=_count(said.get("upvotes")),
        authors=_count(said.get("authors")),
        submitted=bool(said.get("submitted")),
    )


def _count(text: str | None) -> int | None:
    if text is None or text == "-":
        return None
    number = text.replace(",", "").lower()
    return round(float(number[:-1]) * 1000) if number.endswith("k") else round(float(number))


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of the page: a line of text, or the metadata lines that stand together (`facts`).

    `gap` counts the blank lines before it; `edge` marks what is furniture at either end of a page.
    """

    line: Line
    gap: int
    facts: Facts | None = None
    edge: bool = False


def items(page: Sequence[Line]) -> list[Item]:
    """The pieces of a page in order, furniture left out."""
    single = list(_single(page))
    leads = _numbers_lead(single)
    found: list[Item] = []
    for item in single:
        last = found[-1].facts if found else None
        if last and item.facts and not _begins_another(last, item.facts, leads=leads):
            found[-1] = replace(found[-1], facts=last.joined(item.facts))
        else:
            found.append(item)
    return found


def _numbers_lead(single: Sequence[Item]) -> bool:
    """Whether upvotes on a line of their own stand before the title they belong to, not after the date."""
    text = next((place for place, item in enumerate(single) if item.facts is None), 0)
    told = [item.facts for item in single if item.facts is not None]
    return any(item.facts and item.facts.is_number for item in single[:text]) and not told[-1].is_number


def _begins_another(before: Facts, after: Facts, *, leads: bool) -> bool:
    """Whether metadata that follows metadata belongs to the next entry."""
    repeats = (before.listed and after.listed) or (before.authors is not None and after.authors is not None)
    number = leads and after.is_number and (before.listed or before.authors is not None)
    return bool(repeats or after.submitted or number)


def _single(page: Sequence[Line]) -> Iterator[Item]:
    gap, first, named = 0, True, False
    for line in page:
        if not plain(line.text):
            gap += 1
            continue
        kind = place(line.text)
        if kind not in {"sign", "line"}:
            said = facts(line.text)
            if named and said is None and " " not in plain(line.text):
                # "Submitted by" alone: who it was stands on the next line.
                named = False
                continue
            text = unglued(line.text) if first and said is None else line.text
            first = first and said is not None
            yield Item(line._replace(text=text), gap, said, edge=kind == "edge")
            named = plain(line.text).casefold().rstrip(":").endswith("submitted by")
        gap = 0
