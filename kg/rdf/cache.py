"""The triples of a store in a folder that SPARQL can ask, built when the store has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph

from kg.model import Element
from kg.rdf.lines import ntriples
from kg.rdf.terms import DEFAULT_BASE, check_base
from kg.store import Store
from kg.store.cache import cache_folder, kept

_LAYOUT = 1  # raised when the same graph gives other triples
WHAT = "sparql"
"""What the cache of triples is called."""


@contextmanager
def dataset(store: Store, base: str = DEFAULT_BASE, cache: Path | None = None) -> Iterator[Path]:
    """A folder with the store's triples as of now, safe from removal while the context lasts; built if need be.

    Raises UsageError for a base that is no absolute IRI ending in a slash, and StoreError where the cache cannot be
    written or the store is written to all the time.
    """
    check_base(base)
    home = cache or cache_folder(store.address, WHAT)

    def build(folder: Path) -> None:
        _build(store.elements(), base, folder)

    with kept(store, home, of=(_LAYOUT, pyoxigraph.__version__, base), build=build) as folder:
        yield folder / "triples"


def _build(elements: Iterable[Element], base: str, folder: Path) -> None:
    lines = folder / "triples.nt"
    with lines.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(ntriples(elements, base))
    target = pyoxigraph.Store(str(folder / "triples"))
    target.bulk_load(path=str(lines), format=pyoxigraph.RdfFormat.N_TRIPLES)
    target.flush()
    lines.unlink()
