"""The triples of a store in a folder that SPARQL can ask, built when the store has changed.

A folder is built beside and renamed, never changed afterwards. Builders of one store take turns by a lock on the
cache; who reads a folder holds a lock on it, and only folders that nobody holds are removed.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyoxigraph

from kg.errors import StoreError
from kg.model import Element
from kg.rdf.lines import ntriples
from kg.rdf.terms import DEFAULT_BASE, check_base
from kg.store import SERVER_SCHEMES, Store

_LAYOUT = 1  # raised when the same graph gives other triples
_TRIES = 3
_LOCK = "lock"
_FOLDER = re.compile("[0-9a-f]{16}")
_BUILDING = ".triples-in-building-"
_STATE = "MATCH (d:Document) RETURN count(d) AS documents, max(d.loaded) AS loaded"


@contextmanager
def dataset(store: Store, base: str = DEFAULT_BASE, cache: Path | None = None) -> Iterator[Path]:
    """A folder with the store's triples as of now, safe from removal while the context lasts; built if need be.

    Raises UsageError for a base that is no absolute IRI ending in a slash, and StoreError where the cache cannot be
    written or the store is written to all the time.
    """
    check_base(base)
    home = cache or cache_folder(store.address)
    with ExitStack() as held:
        try:
            home.mkdir(parents=True, exist_ok=True)
            with _locked(home / _LOCK, fcntl.LOCK_EX):
                current = _current(store, base, home)
                held.enter_context(_locked(current / _LOCK, fcntl.LOCK_SH))
                _remove_others(current)
        except OSError as error:
            raise StoreError(f"the SPARQL cache {home} cannot be used: {error.strerror or error}") from error
        yield current / "triples"


def cache_folder(address: str) -> Path:
    """Where the triples of a store are kept: beside its file, or for a server, or where one may not write, with the user."""
    beside = Path(f"{address}.sparql")
    place = beside if beside.exists() else beside.parent
    if not address.startswith(SERVER_SCHEMES) and os.access(place, os.W_OK):
        return beside
    whole = address if address.startswith(SERVER_SCHEMES) else str(beside.absolute())
    name = hashlib.sha256("\0".join([whole, os.environ.get("NEO4J_DATABASE", "")]).encode()).hexdigest()[:16]
    return _user_cache() / "paperkg" / "sparql" / name


def _user_cache() -> Path:
    if found := os.environ.get("XDG_CACHE_HOME"):
        return Path(found)
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")


def _current(store: Store, base: str, home: Path) -> Path:
    """The folder of the store's present state; a write while it is built makes it start again."""
    for _ in range(_TRIES):
        key = _key(store, base)
        folder = home / key
        if folder.is_dir():
            return folder
        building = _build(store.elements(), base, home)
        if _key(store, base) == key:
            return building.rename(folder)
    raise StoreError(f"{store.address} is written to all the time: ask SPARQL when the load has ended")


def _key(store: Store, base: str) -> str:
    """A name for what the triples depend on; time and number of the documents tell apart stores made anew."""
    state = store.ask(_STATE, {})
    parts = [_LAYOUT, pyoxigraph.__version__, base, store.generation(), state]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _build(elements: Iterable[Element], base: str, home: Path) -> Path:
    for abandoned in home.glob(f"{_BUILDING}*"):
        shutil.rmtree(abandoned)
    folder = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=home))
    (folder / _LOCK).touch()
    lines = folder / "triples.nt"
    with lines.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(ntriples(elements, base))
    target = pyoxigraph.Store(str(folder / "triples"))
    target.bulk_load(path=str(lines), format=pyoxigraph.RdfFormat.N_TRIPLES)
    target.flush()
    lines.unlink()
    return folder


def _remove_others(current: Path) -> None:
    for other in current.parent.iterdir():
        ours = _FOLDER.fullmatch(other.name) and (other / _LOCK).is_file()  # nothing else is ever removed
        if ours and other != current and not _is_held(other / _LOCK):
            shutil.rmtree(other)


def _is_held(lock: Path) -> bool:
    try:
        with _locked(lock, fcntl.LOCK_EX | fcntl.LOCK_NB):
            return False
    except BlockingIOError:
        return True


@contextmanager
def _locked(path: Path, how: int) -> Iterator[None]:
    with path.open("ab") as file:
        fcntl.flock(file, how)
        yield
