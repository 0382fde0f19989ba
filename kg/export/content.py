"""What an exporter is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.errors import WrittenMeanwhileError
from kg.export.selection import Selection, read_part
from kg.model import Element
from kg.rdf import DEFAULT_BASE
from kg.store import Store, rows
from kg.store.rows import Naming


@dataclass(frozen=True)
class Content:
    """Elements in the order of `Store.elements`, to be gone through once, and what else formats need to know.

    `names` are what leads from words to things, of the whole graph; a part has none. `base` begins our IRIs.
    """

    elements: Iterable[Element]
    names: Iterable[Naming] = ()
    whole: bool = True
    base: str = DEFAULT_BASE


def content_of(store: Store, selection: Selection, base: str = DEFAULT_BASE) -> Content:
    """The content of a store, read as it is written; WrittenMeanwhileError when somebody writes to the store meanwhile."""
    if not selection.is_whole:
        return Content(read_part(store, selection), whole=False, base=base)
    return Content(store.elements(), names=_names(store, store.generation()), base=base)


def _names(store: Store, generation: int) -> Iterator[Naming]:
    yield from rows.namings(store.ask)
    if store.generation() != generation:
        raise WrittenMeanwhileError(f"{store.address} was written to meanwhile: run this again")
