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
_YEAR = r"(?:,? |,)(?:19|20)\d\d"
_DATE = rf"{_MONTH} \d{{1,2}}(?:{_YEAR})?|\d{{1,2}} {_MONTH}(?:{_YEAR})?|\d{{4}}-\d\d-\d\d|(?:about |over |almost )?\d+ (?:minute|hour|day|week|month|year)s? ago|[Yy]esterday|[Tt]oday"
_NUMBER = r"\d[\d,]{0,11}(?:\.\d{1,9})?[kK]?"
_FACTS = (
    re.compile(r"\+?(?P<authors>\d{1,6}) authors?", re.I),
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
_WORD = re.compile(r"\S{1,200}")
_INVISIBLE = "\u200b\u200e\u200f\ufeff"
_FACTS_LIMIT = 400
"""Characters that no metadata of an entry have on one line."""
_ORGANIZATION_LIMIT = 80
_TITLE_LIMIT = 200


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

    @property
    def tells_who(self) -> bool:
        """Whether authors or an organization are told, the latter perhaps on the line before."""
        return self.authors is not None or self.organization is not None or self.dotted

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
def _rows() -> tuple[tuple[str, str], ...]:
    with Path(__file__).with_name("furniture.tsv").open(encoding="utf-8", newline="") as file:
        return tuple((row["phrase"], row["place"]) for row in csv.DictReader(file, delimiter="\t"))


@cache
def _places() -> dict[str, str]:
    """Phrase → place: a `sign` tells the site, a `button` or `line` stands anywhere, an `edge` at either end only.

    A `start` is a line of furniture that goes on with other words, a `count` one that a number may follow.
    """
    return {phrase.casefold(): place for phrase, place in _rows()}


@cache
def _glued() -> tuple[str, ...]:
    """The phrases that may stand right before a title on its line, longest first."""
    return tuple(sorted((phrase for phrase, place in _rows() if place in {"sign", "button"}), key=len, reverse=True))


def plain(text: str) -> str:
    """A line without outer space and invisible marks, its inner space single and plain."""
    return " ".join(text.strip(_INVISIBLE).split())


def place(text: str) -> str:
    """Where a line of furniture stands: `sign`, `line`, `count` or `edge`; empty for any other line."""
    words = plain(text).casefold()
    known = _places().get(words)
    if known:
        return "line" if known in {"button", "start"} else known
    if _counted(words):
        return "line"
    return next(("line" for phrase, place in _places().items() if place == "start" and words.startswith(phrase)), "")


def _counted(words: str) -> bool:
    """Whether a line is a link with the number of what it leads to."""
    phrase, _, number = words.casefold().rpartition(" ")
    return _places().get(phrase) == "count" and re.fullmatch(_NUMBER, number) is not None


def unglued(text: str, *, surely: bool = False) -> str:
    """A line without the furniture that stands right before it, as where a button and a title lost their line break.

    Unless it is `surely` there, what follows must begin like a name, with a capital or a digit in its first word.

    >>> unglued("SubscribeSparse Gates"), unglued("SubscribeiGate: Small Gates"), unglued("Subscribers Stay Longer")
    ('Sparse Gates', 'iGate: Small Gates', 'Subscribers Stay Longer')
    """
    at, rest = 0, text.strip()
    while after := next((place for phrase in _glued() if (place := _name_after(phrase, rest, at, surely=surely))), 0):
        at, surely = after, False
    return rest[at:]


def _name_after(phrase: str, text: str, at: int, *, surely: bool) -> int:
    """Where a name begins after a phrase that stands at a place; 0 where none does."""
    word = _WORD.search(text, at + len(phrase)) if text.startswith(phrase, at) else None
    return word.start() if word and (surely or _is_name(word[0])) else 0


def _is_name(word: str) -> bool:
    return not word[0].islower() or any(sign.isupper() or sign.isdigit() for sign in word)


def facts(text: str) -> Facts | None:
    """What a metadata line says; None for a line that is none."""
    words = plain(text)
    if len(words) > _FACTS_LIMIT:
        return None
    parts = [part for part in _SEPARATOR.split(words) if part]
    known = [NOTHING if place(part) in {"line", "count"} else _fact(part) for part in parts]
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

    `gap` counts the blank lines before it; `edge` marks what is furniture at either end of a page, `day` the
    day of the whole page.
    """

    line: Line
    gap: int
    facts: Facts | None = None
    edge: bool = False
    day: bool = False


def items(page: Sequence[Line]) -> list[Item]:
    """The pieces of a page in order, furniture left out."""
    single = _with_day(list(_single(page)))
    leads = _numbers_lead(single)
    found: list[Item] = []
    for item in single:
        last = found[-1].facts if found and not found[-1].day else None
        if last and item.facts and not _begins_another(last, item.facts, leads):
            found[-1] = replace(found[-1], facts=last.joined(item.facts))
        else:
            found.append(item)
    return found


def first_text(pieces: Sequence[Item]) -> int:
    """Where a page begins to say something else than metadata and furniture."""
    return next((at for at, item in enumerate(pieces) if item.facts is None and not item.edge), len(pieces))


def _with_day(single: list[Item]) -> list[Item]:
    """The pieces, the day of the whole page marked if it stands above them."""
    start = first_text(single)
    lead = [item.facts for item in single[:start] if item.facts]
    if not (
        lead and lead[0].is_plain_date and _is_of_page(lead, [item.facts for item in single[start:] if item.facts])
    ):
        return single
    at = next(at for at, item in enumerate(single) if item.facts)
    return [*single[:at], replace(single[at], day=True), *single[at + 1 :]]


def _is_of_page(lead: Sequence[Facts], later: Sequence[Facts]) -> bool:
    """Whether the day that begins `lead`, which stands above the first title, is no entry's: entries tell more."""
    if not later or any(said.listed for said in lead[1:]):
        return any(said.listed for said in lead[1:])
    days = sum(said.listed is not None for said in later)
    known = sum(said.tells_who for said in later)
    voted = sum(said.upvotes is not None for said in later)
    return (
        not days
        or (2 * known >= days and not any(said.tells_who for said in lead))
        or (2 * voted >= days and len(lead) == 1)
        or (any(said.is_number for said in lead) and later[-1].listed is not None)
    )


def _numbers_lead(single: Sequence[Item]) -> bool:
    """Whether upvotes stand on a line of their own before the title they belong to, not after the date."""
    start = first_text(single)
    lead = [item.facts for item in single[:start] if item.facts and not item.day]
    # A page that begins with its day is not cut there, so that a number above the first title is no stray one.
    is_whole = any(item.day for item in single)
    text = max((at for at, item in enumerate(single) if item.facts is None and not item.edge), default=0)
    foot = next((at for at, item in enumerate(single) if item.edge and at > text), len(single))
    last = single[:foot][-1].facts if foot else None
    ends = last is not None and last.is_number
    return bool(lead) and lead[0].is_number and (is_whole or not ends) and _before_titles(single)


def _before_titles(single: Sequence[Item]) -> bool:
    """Whether the text that follows a number is mostly short, as titles are."""
    short: list[bool] = []
    number = False
    for item in single:
        if item.facts:
            number = number or item.facts.is_number
        elif number:
            short.append(len(item.line.text) <= _TITLE_LIMIT)
            number = False
    return 2 * sum(short) > len(short)


def _begins_another(before: Facts, after: Facts, numbers_lead: bool) -> bool:
    """Whether metadata that follows metadata belongs to the next entry."""
    repeats = (before.listed and after.listed) or (before.authors is not None and after.authors is not None)
    number = numbers_lead and after.is_number and (before.listed or before.authors is not None)
    submitted = after.submitted and not (numbers_lead and before.is_number)
    return bool(repeats or submitted or number)


def _single(page: Sequence[Line]) -> Iterator[Item]:
    """Every line for itself, furniture left out; the first text is freed of the furniture glued to it."""
    gap, seen, first, named, counted = 0, [], True, False, False
    for line in page:
        words = plain(line.text)
        kind = place(line.text) if words else ""
        if kind in {"sign", "line", "count"}:
            seen.append(words.casefold())
        elif words and not (counted and re.fullmatch(_NUMBER, words)):
            said = facts(line.text)
            # "Submitted by" alone: who it was stands on the next line.
            if not (named and said is None and " " not in words):
                glued = first and said is None and "subscribe" not in seen
                text = unglued(line.text, surely=bool(seen)) if glued else line.text
                first = first and said is not None
                yield Item(line._replace(text=text), gap, said, edge=kind == "edge")
            named = words.casefold().rstrip(":").endswith("submitted by")
        counted = kind == "count" if words else counted
        gap = 0 if words else gap + 1
