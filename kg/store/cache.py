"""What is made of a store and kept until the store changes: the triples that SPARQL asks, the index of words.

A folder is built beside and renamed, never changed afterwards. Builders of one store take turns by a lock on the
cache; who reads a folder holds a lock on it, and only folders that nobody holds are removed.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from pathlib import Path

from kg.errors import StoreError, WrittenMeanwhileError
from kg.store import SERVER_SCHEMES, Store

Build = Callable[[Path], None]
"""Fills an empty folder with what is made of a store."""

_TRIES = 3
_LOCK = "lock"
_FOLDER = re.compile("[0-9a-f]{16}")
_BUILDING = ".in-building-"
_STATE = "MATCH (d:Document) RETURN count(d) AS documents, max(d.loaded) AS loaded"


class CacheError(StoreError):
    """Nothing can be kept: the folder is not ours to write, or the store is written to all the time."""


@contextmanager
def kept(store: Store, home: Path, *, of: Sequence[object], build: Build, tries: int = _TRIES) -> Iterator[Path]:
    """The folder that `build` filled from the store as it is now, safe from removal while the context lasts.

    `of` is what its content depends on besides the store. A write while it is built makes it start again, `tries`
    times at most.

    Raises CacheError after the last, and where `home` cannot be used.
    """
    with ExitStack() as held:
        try:
            home.mkdir(parents=True, exist_ok=True)
            with _locked(home / _LOCK, fcntl.LOCK_EX):
                current = _current(store, home, of, build, tries)
                held.enter_context(_locked(current / _LOCK, fcntl.LOCK_SH))
                _remove_others(current)
        except OSError as error:
            raise CacheError(f"the cache {home} cannot be used: {error.strerror or error}") from error
        yield current


def cache_folder(address: str, what: str) -> Path:
    """Where what is made of a store is kept: beside its file, or for a server, or where one may not write, with the user.

    Raises CacheError for a user without a home.
    """
    beside = Path(f"{address}.{what}")
    place = beside if beside.exists() else beside.parent
    if not address.startswith(SERVER_SCHEMES) and os.access(place, os.W_OK):
        return beside
    whole = address if address.startswith(SERVER_SCHEMES) else str(beside.absolute())
    name = hashlib.sha256("\0".join([whole, os.environ.get("NEO4J_DATABASE", "")]).encode()).hexdigest()[:16]
    return _user_cache() / "paperkg" / what / name


def _user_cache() -> Path:
    chosen = os.environ.get("XDG_CACHE_HOME")
    if chosen and Path(chosen).is_absolute():
        return Path(chosen)
    try:
        return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    except RuntimeError as error:
        raise CacheError("you have no home folder: set XDG_CACHE_HOME to where a cache may lie") from error


def _current(store: Store, home: Path, of: Sequence[object], build: Build, tries: int) -> Path:
    """The folder of the store's present state; when it was written to each time but the last, writers wait."""
    for left in reversed(range(tries)):
        with nullcontext() if left or tries == 1 else store.hold(), suppress(WrittenMeanwhileError):
            key = _key(store, of)
            folder = home / key
            if folder.is_dir():
                return folder
            building = _built(home, build)
            if _key(store, of) == key:
                return building.rename(folder)
            shutil.rmtree(building)
    raise CacheError(f"{store.address} is written to all the time: ask again when the load has ended")


def _key(store: Store, of: Sequence[object]) -> str:
    """A name for what the content depends on; time and number of the documents tell apart stores made anew."""
    parts = [*of, store.generation(), store.ask(_STATE, {})]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _built(home: Path, build: Build) -> Path:
    for abandoned in home.glob(f"{_BUILDING}*"):
        shutil.rmtree(abandoned)
    folder = home / f"{_BUILDING}{secrets.token_hex(8)}"
    folder.mkdir()  # whoever may read the store may read what is made of it
    (folder / _LOCK).touch()
    try:
        build(folder)
    except BaseException:
        shutil.rmtree(folder)
        raise
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
