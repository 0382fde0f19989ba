"""Which documents describe one paper, and what that paper's id and properties are.

Documents that share an id are of one paper. Then a title joins the groups that bear it, unless two of them have ids
that conflict (two arXiv ids, say); then each keeps to itself, and a document without ids keeps its `title-` paper.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.lexicon import lexicon
from kg.model import Document, Metadata, Property
from kg.names import acl_key, arxiv_key, arxiv_year, doi_key, title_key

T = TypeVar("T")
_SCHEMES = ("arxiv-", "doi-", "acl-")
_FORMAT_RANK = {"listing": 1}
"""A listing says less of a paper than its own record does; formats that are not named here come first."""


@dataclass(frozen=True)
class PaperGroup:
    """The documents of one paper, in the order in which they are asked for a property."""

    id: str
    documents: tuple[Document, ...]
    also: tuple[str, ...]


def document_ids(metadata: Metadata) -> tuple[str, ...]:
    """The keys of a record's ids: arXiv, DOI, ACL."""
    found = (
        arxiv_key(metadata.arxiv) if metadata.arxiv else None,
        doi_key(metadata.doi) if metadata.doi else None,
        acl_key(metadata.acl) if metadata.acl else None,
    )
    return tuple(key for key in found if key)


def document_title_key(document: Document) -> str | None:
    """The key of a document's title; None where the title is empty or too generic to tell papers apart."""
    return None if lexicon().is_generic_title(document.title) else title_key(document.title)


def document_keys(document: Document) -> tuple[str, ...]:
    """All by which a document may meet another of its paper."""
    title = document_title_key(document)
    return (*document_ids(document.metadata), *((title,) if title else ()))


class _Sets:
    """Disjoint sets of numbers (union-find with path halving)."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, item: int) -> int:
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def union(self, items: Sequence[int]) -> None:
        for item in items[1:]:
            self._parent[self.root(item)] = self.root(items[0])

    def members(self) -> list[list[int]]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for item in range(len(self._parent)):
            found[self.root(item)].append(item)
        return list(found.values())


def _conflict(groups: Iterable[frozenset[str]]) -> bool:
    """Whether two of the groups each have ids of one scheme and none of them in common."""
    for scheme in _SCHEMES:
        sets = [own for ids in groups if (own := {key for key in ids if key.startswith(scheme)})]
        if any(a.isdisjoint(b) for at, a in enumerate(sets) for b in sets[:at]):
            return True
    return False


def _holders(keys: Sequence[Iterable[str]]) -> list[list[int]]:
    """For each key that several positions hold, those positions."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for at, own in enumerate(keys):
        for key in own:
            found[key].append(at)
    return [positions for positions in found.values() if len(positions) > 1]


def _groups_by_id(documents: Sequence[Document], titles: Sequence[str | None]) -> list[list[int]]:
    """Positions of documents that share an id; those without ids by their title."""
    own = [document_ids(d.metadata) for d in documents]
    sets = _Sets(len(documents))
    for positions in _holders([ids or ((title,) if title else ()) for ids, title in zip(own, titles, strict=True)]):
        sets.union(positions)
    return sets.members()


def join(documents: Iterable[Document]) -> tuple[PaperGroup, ...]:
    """The papers of documents, sorted by id; give all documents that share a key with one of them."""
    ordered = sorted(documents, key=lambda d: d.id)
    titles = [document_title_key(d) for d in ordered]
    groups = _groups_by_id(ordered, titles)
    ids = [frozenset(key for at in group for key in document_ids(ordered[at].metadata)) for group in groups]
    sets = _Sets(len(groups))
    for bearers in _holders([{title for at in group if (title := titles[at])} for group in groups]):
        if not _conflict(ids[at] for at in bearers):
            sets.union(bearers)
    parts: list[list[int]] = []
    for joined in sets.members():
        # A chain of titles may tie together ids that conflict though no single title does.
        parts += [[at] for at in joined] if _conflict(ids[at] for at in joined) else [joined]
    papers = [_paper([ordered[at] for g in part for at in groups[g]]) for part in parts]
    return tuple(sorted(papers, key=lambda paper: paper.id))


def _paper(documents: list[Document]) -> PaperGroup:
    keys = {key for d in documents for key in document_ids(d.metadata)}
    titles = {title for d in documents if (title := document_title_key(d))}
    ranked = [key for scheme in _SCHEMES for key in sorted(keys) if key.startswith(scheme)]
    best = [*ranked, *sorted(titles), _own_key(documents)][0]
    order = sorted(documents, key=lambda d: (_FORMAT_RANK.get(d.format, 0), d.id))
    return PaperGroup(f"paper/{best}", tuple(order), tuple(sorted({best, *keys, *titles})))


def _own_key(documents: Sequence[Document]) -> str:
    """The key of a paper that has neither id nor telling title: it is known by its document alone."""
    return f"title-{hashlib.sha256(min(d.id for d in documents).encode()).hexdigest()[:12]}"


def paper_properties(group: PaperGroup) -> dict[str, Property]:
    """What is known of a paper: each property from the first of its documents that has it."""
    records = [d.metadata for d in group.documents]
    ids = {scheme: [key for key in group.also if key.startswith(scheme)] for scheme in _SCHEMES}
    year = _first(m.year for m in records) or _first(arxiv_year(key) for key in ids["arxiv-"])
    found: dict[str, Property | None] = {
        "title": _first(d.title for d in group.documents) or group.id,
        "abstract": _first(d.abstract for d in group.documents),
        "year": year,
        "also": group.also,
        "doi": _first(m.doi for m in records),
        "arxiv": _first(key.removeprefix("arxiv-") for key in ids["arxiv-"]),
        "acl": _first(key.removeprefix("acl-") for key in ids["acl-"]),
    }
    for name in ("listed", "venue", "url", "organization", "author_count", "upvotes", "summary_by"):
        found[name] = _first(getattr(m, name) for m in records)
    return {name: value for name, value in found.items() if value not in (None, "")}


def paper_authors(group: PaperGroup) -> tuple[str, ...]:
    """The authors as the first document that names them lists them."""
    return _first(d.metadata.authors for d in group.documents) or ()


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value not in (None, "", ())), None)


def has_tombstone(document: Document, tombstones: Iterable[Sequence[str]]) -> bool:
    """Whether a document is of a removed paper: it shares an id, or the title where no ids speak against it."""
    ids = frozenset(document_ids(document.metadata))
    title = document_title_key(document)
    graves = map(frozenset, tombstones)
    return any(ids & known or (title in known and not _conflict([ids, known])) for known in graves)
