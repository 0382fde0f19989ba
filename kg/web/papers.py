"""What a page says of a paper beside its words: who wrote it, when, and where it is found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from kg.model import Node
from kg.query.places import Backing
from kg.web.labels import clipped

_SHOWN_AUTHORS = 6
_AUTHOR = 80
_ADDRESS = 60


@dataclass(frozen=True)
class Link:
    """An address of a paper elsewhere, and what it is called."""

    text: str
    address: str


def links(paper: Node | None) -> tuple[Link, ...]:
    """Where a paper is found: arXiv, DOI, ACL Anthology, else its own address if that is one of the web."""
    p = paper.properties if paper else {}
    known = [
        ("arXiv", "https://arxiv.org/abs/", p.get("arxiv")),
        ("doi", "https://doi.org/", p.get("doi")),
        ("ACL", "https://aclanthology.org/", p.get("acl")),
    ]
    found = tuple(Link(f"{name}:{key}", base + quote(str(key), safe="/:.()")) for name, base, key in known if key)
    own = str(p.get("url", ""))
    return found or ((Link(clipped(own, _ADDRESS), own),) if _is_web(own) else ())


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def authors(paper: str, backing: Backing) -> str:
    """Who wrote a paper, the first of them by name."""
    names = backing.authors.get(paper, ())
    shown = ", ".join(clipped(name, _AUTHOR) for name in names[:_SHOWN_AUTHORS])
    return f"{shown} and {len(names) - _SHOWN_AUTHORS} more" if len(names) > _SHOWN_AUTHORS else shown


def years(years: Iterable[int | None]) -> str:
    """The first and the last of some years, those that are known.

    >>> years([2024, None, 2021]), years([2024]), years([])
    ('2021–2024', '2024', '')
    """
    known = sorted({year for year in years if year is not None})
    return "–".join(dict.fromkeys(map(str, (*known[:1], *known[-1:]))))
