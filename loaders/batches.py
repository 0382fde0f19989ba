"""Documents to a store in batches, no document twice.

Of two documents with one id the one with the smaller hash stays, whichever comes first. Which one that is must be
known before the first write, or loading again would write both in turn; so the files are read twice, which takes a
small part of the time that extraction takes. Only ids and hashes are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from kg.model import Document, Extract, Problem, Progress, Report, Writer, total


def write(
    read: Callable[[], Iterable[Document | Problem]],
    store: Writer,
    extract: Extract,
    *,
    batch: int = 200,
    progress: Progress | None = None,
) -> Report:
    """Writes what `read` gives each time it is called, and adds up what that changed.

    Problems of reading come first, in reading order, then those of the store.
    """
    chosen, problems = _choice(read())
    documents = _once(read(), chosen)
    reports = []
    while waiting := tuple(islice(documents, batch)):
        reports.append(store.write(waiting, extract))
        if progress:
            progress(len(waiting))
    report = total(reports)
    return replace(report, problems=(*problems, *report.problems))


def _choice(items: Iterable[Document | Problem]) -> tuple[dict[str, str], list[Problem]]:
    """The hash that stays for each id, and all problems, records that stand twice among them."""
    chosen: dict[str, str] = {}
    problems: list[Problem] = []
    for item in items:
        if isinstance(item, Problem):
            problems.append(item)
            continue
        known = chosen.get(item.id)
        if known is not None:
            problems.append(_twice(item, known))
        chosen[item.id] = min(known or item.sha256, item.sha256)
    return chosen, problems


def _once(items: Iterable[Document | Problem], chosen: dict[str, str]) -> Iterator[Document]:
    """The documents that stay, each at its first place; takes them out of `chosen`."""
    for item in items:
        if isinstance(item, Document) and chosen.get(item.id) == item.sha256:
            del chosen[item.id]
            yield item


def _twice(document: Document, known: str) -> Problem:
    """The problem that a document has an id which was read before, with the hash `known`."""
    if document.sha256 == known:
        message = f"duplicate of a record read before: {document.title[:80]!r}"
    else:
        kept, dropped = sorted([document.sha256, known])
        message = f"same record twice, {document.title[:80]!r}: sha256 {kept[:12]} stays, {dropped[:12]} is left out"
    return Problem(source=document.source, where=document.key[:80], message=message)
