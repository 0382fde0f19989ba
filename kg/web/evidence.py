"""Evidence as a page shows it: a card for each paper, with what it is taken to say and the words around the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from kg.query.places import Backing, Text
from kg.web.excerpts import Excerpt, excerpts
from kg.web.labels import clipped
from kg.web.marks import Span, runs
from kg.web.papers import Link, authors, links

_QUOTED = 500
"""Code points of a sentence that a folded row shows; a screen shows two lines of them."""


class Source(Protocol):
    """A statement with its paper and its sentence, as answers and descriptions have it."""

    @property
    def paper_id(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def year(self) -> int | None: ...

    @property
    def by(self) -> str | None: ...

    @property
    def sentence(self) -> str: ...

    @property
    def confidence(self) -> float | None: ...

    @property
    def statement(self) -> str: ...


@dataclass(frozen=True)
class Saying:
    """What a sentence is taken to say, how surely, and the ids of the statements; `number` is that of the sentence."""

    what: str
    number: int
    confidence: float | None
    statements: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """What one paper says; without excerpts, only its sentences are shown, by number."""

    id: str
    title: str
    year: int | None
    authors: str
    links: tuple[Link, ...]
    by: str | None
    sayings: tuple[Saying, ...]
    sentences: tuple[str, ...]
    excerpts: tuple[Excerpt, ...]

    @property
    def size(self) -> int:
        """How many sentences there are."""
        return len(self.sentences)


Said = tuple[str, Source]
"""What a sentence is taken to say, in words, and the sentence with its paper."""


def cards(
    said: Iterable[Said], backing: Backing, *, texts: bool, names: Mapping[str, Sequence[Span]] | None = None
) -> tuple[Card, ...]:
    """A card for each paper and text of it, in the order in which they are first named.

    Documents of a paper that have the same words share a card. Without `texts` there are the sentences only. `names`
    are the spans of a document, by its id, that name things.
    """
    groups: dict[tuple[str, str], list[Said]] = {}
    for what, source in said:
        text = _text(source, backing)
        groups.setdefault((source.paper_id, text.text if text else ""), []).append((what, source))
    return tuple(_card(group, backing, texts, names or {}) for group in groups.values())


def silent_cards(
    paper: str, said: Iterable[Said], backing: Backing, names: Mapping[str, Sequence[Span]]
) -> tuple[Card, ...]:
    """A card for each text of a paper in which nothing of what is said stands."""
    heard = {text.text for _, source in said if (text := _text(source, backing))}
    texts = {text.text: text for text in backing.texts.values() if text.paper == paper and text.text not in heard}
    return tuple(
        replace(text_card(paper, ""), by=text.by, excerpts=excerpts(text, names.get(text.document, ())))
        for text in texts.values()
    )


def text_card(id: str, text: str) -> Card:
    """A card with a text in which nothing is marked."""
    whole = Excerpt(runs(text, 0, len(text), ()), cut_before=False, cut_after=False)
    return Card(id, "", None, "", (), None, (), (), (whole,))


def quoted(said: Sequence[Said]) -> str:
    """The first sentence, for a row that is folded."""
    return clipped(" ".join(said[0][1].sentence.split()), _QUOTED) if said else ""


def _text(source: Source, backing: Backing) -> Text | None:
    """The text that a sentence stands in, where it stands there word for word."""
    place = backing.places.get(source.statement)
    text = backing.texts.get(place.document) if place else None
    return text if text and place and text.text[place.start : place.end] == source.sentence else None


def _card(said: Sequence[Said], backing: Backing, texts: bool, names: Mapping[str, Sequence[Span]]) -> Card:
    first = said[0][1]
    text = _text(first, backing)
    numbers = _numbers([source for _, source in said], backing if text else None)
    return Card(
        id=first.paper_id,
        title=clipped(first.title),
        year=first.year,
        authors=authors(first.paper_id, backing),
        links=links(backing.papers.get(first.paper_id)),
        by=text.by if text else first.by,
        sayings=_sayings(said, numbers),
        sentences=tuple(numbers),
        excerpts=excerpts(text, [*_spans(said, backing, numbers), *names.get(text.document, ())])
        if text and texts
        else (),
    )


def _numbers(sources: Sequence[Source], backing: Backing | None) -> Mapping[str, int]:
    """The number of each sentence: in the order of the text where that is known, else as they come."""
    ordered = sorted(sources, key=lambda s: backing.places[s.statement].start) if backing else sources
    return {sentence: at for at, sentence in enumerate(dict.fromkeys(s.sentence for s in ordered), start=1)}


def _spans(said: Sequence[Said], backing: Backing, numbers: Mapping[str, int]) -> tuple[Span, ...]:
    places = {backing.places[source.statement]: source.sentence for _, source in said}
    return tuple(Span(place.start, place.end, numbers[sentence]) for place, sentence in places.items())


def _sayings(said: Iterable[Said], numbers: Mapping[str, int]) -> tuple[Saying, ...]:
    """What is said, that of several documents of a paper once."""
    groups: dict[tuple[str, int], list[Source]] = {}
    for what, source in said:
        groups.setdefault((what, numbers[source.sentence]), []).append(source)
    return tuple(_saying(what, number, alike) for (what, number), alike in groups.items())


def _saying(what: str, number: int, alike: Sequence[Source]) -> Saying:
    sure = [source.confidence for source in alike if source.confidence is not None]
    statements = dict.fromkeys(source.statement for source in alike if source.statement)
    return Saying(what, number, max(sure, default=None), tuple(statements))
