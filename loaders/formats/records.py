"""A record of our own JSON form to a Document: what each field must be, and what is lost when it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from kg.model import Document, Metadata, Problem, Section
from kg.names import acl_key, arxiv_key, doi_key, title_form
from loaders.formats.lines import clean, forbidden, replaced

FORMAT = "jsonl"
_BODY = ("title", "abstract", "sections", "id")
YEARS = range(1500, 2101)
"""Years of publication that are believed."""


def documents(record: object, source: str, where: str) -> Iterator[Document | Problem]:
    """The document of a record and a problem for each field that is no good; only a problem if it names no text.

    Title, abstract, sections and id must be right, or the record is skipped; any other field is left out if wrong.
    """
    if not isinstance(record, Mapping):
        yield Problem(source=source, where=where, message="not a JSON object")
        return
    try:
        title, abstract, sections, key = _body(record)
    except ValueError as error:
        yield Problem(source=source, where=where, message=str(error))
        return
    fields: dict[str, Any] = {}
    for name, (target, check) in _FIELDS.items():
        try:
            fields[target] = None if _absent(record.get(name)) else check(record[name])
        except ValueError as error:
            yield Problem(source=source, where=where, message=f"{name} left out: {error}")
    if _absent(record.get("arxiv")):
        fields["arxiv"] = arxiv_id(key)
    unclean = replaced(_unclean([record.get(name) for name in (*_BODY, *_FIELDS)]))
    if unclean:
        yield Problem(source=source, where=where, message=unclean)
    metadata = Metadata(**{name: value for name, value in fields.items() if value is not None})
    yield Document.make(
        format=FORMAT,
        key=key or _paper_id(metadata) or title_form(title) or title,
        source=source,
        title=title,
        abstract=abstract,
        sections=sections,
        metadata=metadata,
    )


def _unclean(values: list[object]) -> str:
    """The characters that no text may hold in whatever strings the values contain."""
    found = ""
    # No recursion, as values may be nested more deeply than it may go.
    while values:
        value = values.pop()
        if isinstance(value, str):
            found += forbidden(value)
        elif isinstance(value, list | dict):
            values.extend(value.values() if isinstance(value, dict) else value)
    return found


def _absent(value: object) -> bool:
    return value is None or value == ""


def _body(record: Mapping[str, Any]) -> tuple[str, str, tuple[Section, ...], str]:
    title = _optional_text(record, "title")
    abstract = _optional_text(record, "abstract")
    sections = _sections(record.get("sections"))
    if not title.strip():
        raise ValueError("a record without title")
    if not abstract.strip() and not any(section.text.strip() for section in sections):
        raise ValueError(f"a record without abstract or sections: {title[:80]!r}")
    return title, abstract, sections, _key(record.get("id"))


def _optional_text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{name} is not a string")  # noqa: TRY004 - bad content, caught where it becomes a Problem
    return clean(value)


def _sections(value: object) -> tuple[Section, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
        raise ValueError("sections is not a list of objects with heading and text")
    return tuple(Section(heading=_optional_text(part, "heading"), text=_optional_text(part, "text")) for part in value)


def _key(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is not None and not isinstance(value, str):
        raise ValueError("id is not a string")
    return clean(value or "").strip()


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a string")  # noqa: TRY004
    return clean(value)


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("not a list of strings")  # noqa: TRY004
    return tuple(_text(item) for item in value)


def _year(value: object) -> int:
    text = value.strip() if isinstance(value, str) else str(value)
    if not (text.isascii() and text.isdigit() and len(text) == 4 and int(text) in YEARS):
        raise ValueError(f"{text[:40]!r} is no year between {YEARS[0]} and {YEARS[-1]}")
    return int(text)


def _identifier(name: str, key: Callable[[str], str | None]) -> Callable[[object], str]:
    def check(value: object) -> str:
        text = _text(value)
        found = key(text)
        if found is None:
            raise ValueError(f"{text[:80]!r} is no {name}")
        return unquote(found.partition("-")[2])

    return check


def arxiv_id(text: str) -> str | None:
    """The bare arXiv id, without version, in any spelling of one; None for anything else.

    >>> arxiv_id("arXiv:2106.09685v2"), arxiv_id("paper 7")
    ('2106.09685', None)
    """
    found = arxiv_key(text)
    return found.partition("-")[2] if found else None


_FIELDS: dict[str, tuple[str, Callable[[object], Any]]] = {
    "authors": ("authors", _texts),
    "year": ("year", _year),
    # The day of a listing says nothing about the year of publication.
    "date": ("listed", _text),
    "arxiv": ("arxiv", _identifier("arXiv id", arxiv_key)),
    "doi": ("doi", _identifier("DOI", doi_key)),
    "acl": ("acl", _identifier("ACL Anthology id", acl_key)),
    "venue": ("venue", _text),
    "url": ("url", _text),
    "summary_by": ("summary_by", _text),
}
"""Field of a record → field of Metadata, and what makes the one the other."""


def _paper_id(metadata: Metadata) -> str | None:
    """The id by which a record without one of its own is known."""
    return metadata.arxiv or metadata.doi or metadata.acl
