"""Documents to a store in batches, no document twice.

Of two documents with one id the one with the smaller hash stays, whichever comes first; so the order of files does
not matter. Only ids and hashes are kept, so memory grows by some hundred bytes a document.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.model import Document, Extract, Problem, Progress, Report, Writer


def write(
    documents: Iterable[Document | Problem],
    store: Writer,
    extract: Extract,
    *,
    batch: int = 200,
    progress: Progress | None = None,
) -> Report:
    """Writes the documents and adds up what that changed; problems stand in reading order, then those of the store."""
    report, problems = Report(), []
    waiting: dict[str, Document] = {}
    hashes: dict[str, str] = {}
    for document in documents:
        if isinstance(document, Problem):
            problems.append(document)
            continue
        known = hashes.get(document.id)
        if known is not None:
            problems.append(_twice(document, known))
        if known is None or document.sha256 < known:
            hashes[document.id] = document.sha256
            waiting[document.id] = document
        if len(waiting) >= batch:
            report += _written(waiting, store, extract, progress)
            waiting = {}
    report += _written(waiting, store, extract, progress)
    return replace(report, problems=(*problems, *report.problems))


def _written(waiting: dict[str, Document], store: Writer, extract: Extract, progress: Progress | None) -> Report:
    if not waiting:
        return Report()
    report = store.write(tuple(waiting.values()), extract)
    if progress:
        progress(len(waiting))
    return report


def _twice(document: Document, known: str) -> Problem:
    """The problem that a document has an id which was read before, with the hash `known`."""
    if document.sha256 == known:
        message = f"duplicate of a record read before: {document.title[:80]!r}"
    else:
        kept, dropped = sorted([document.sha256, known])
        message = f"same record twice with different content: {kept[:12]} stays, {dropped[:12]} is left out"
    return Problem(source=document.source, where=document.key[:80], message=message)
