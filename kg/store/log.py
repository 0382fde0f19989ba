"""The files beside an embedded store: the log of commits that its file lacks, and what damage and killed writers leave.

A log holds only what changed since the file was last saved, so it means something beside that very file alone. Each
commit therefore says on which file it rests (`fingerprint`); kglite itself would replay it on any.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from glob import escape
from pathlib import Path

_EMPTY = 5
"""Bytes of a log without commits: its magic."""
_FRAME_HEAD = 8
"""Bytes before each commit in a log: its length and its checksum, four bytes each, little-endian."""
_MAGIC, _LOG_MAGIC = b"RGF", b"KWAL"
_READ = 1 << 16
NO_FILE = "no file"
"""On what the commits of a store rest that was never saved."""


def place(address: str) -> Path:
    """The file that an address means; of a link the file it leads to, or saving would put a file in its place."""
    path = Path(address).expanduser()
    return path.resolve() if path.is_symlink() else path


def log_of(path: Path) -> Path:
    """The log of a store's file."""
    return path.with_name(f"{path.name}-wal")


def holds_commits(path: Path) -> bool:
    """Whether a log holds more than its magic."""
    log = log_of(path)
    return log.exists() and log.stat().st_size > _EMPTY


def begins_as_store(path: Path) -> bool:
    """Whether a file is, or could once have been, a store: it begins as one, or is empty."""
    with path.open("rb") as file:
        return _MAGIC.startswith(file.read(len(_MAGIC)))


def is_log(path: Path) -> bool:
    """Whether the log of a file is one."""
    with log_of(path).open("rb") as file:
        return file.read(len(_LOG_MAGIC)) == _LOG_MAGIC


def fingerprint(path: Path) -> str:
    """What tells a saved file from any other: its beginning holds the checksums of all its parts."""
    try:
        with path.open("rb") as file:
            return hashlib.sha256(file.read(_READ)).hexdigest()[:16]
    except FileNotFoundError:
        return NO_FILE


@contextmanager
def in_turn(path: Path) -> Iterator[None]:
    """Lets those who find a killed writer's log in one after the other: the first replays it, the others find it done."""
    try:
        file = log_of(path).open("rb")
    except OSError:  # there is none, or it is not for us to read
        yield
        return
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def recovering(path: Path) -> Iterator[list[Path]]:
    """Gives the logs that kglite sets aside as damaged meanwhile.

    The torn end of a log, a commit that a killed writer never finished, is deleted: nobody was told that it was made.
    """
    damaged: list[Path] = []
    before = set(_set_aside(path))
    with quiet():
        yield damaged
    for left in sorted(set(_set_aside(path)) - before):
        if ".torn-" in left.name and not _is_whole(left):
            left.unlink()
        else:
            damaged.append(left)


def _set_aside(path: Path) -> Iterator[Path]:
    for what in ("quarantine", "torn"):
        yield from path.parent.glob(f"{escape(log_of(path).name)}.{what}-*")


def _is_whole(tail: Path) -> bool:
    """Whether the end that was cut off a log is a commit of full length: then it was damaged later, not torn."""
    with tail.open("rb") as file:
        head = file.read(_FRAME_HEAD)
    return len(head) == _FRAME_HEAD and tail.stat().st_size >= _FRAME_HEAD + int.from_bytes(head[:4], "little")


@contextmanager
def quiet() -> Iterator[None]:
    """Keeps off the person's screen what kglite warns of and prints by itself about a log."""
    with warnings.catch_warnings(), ExitStack() as files:
        warnings.simplefilter("ignore")
        sys.stderr.flush()
        try:
            kept = os.dup(2)
        except OSError:  # stderr is closed already
            yield
            return
        files.callback(os.close, kept)
        files.callback(os.dup2, kept, 2)
        nowhere = files.enter_context(Path(os.devnull).open("w"))
        os.dup2(nowhere.fileno(), 2)
        yield


def set_aside(path: Path) -> Path:
    """Moves a damaged file and its log out of the way; returns where the file is now."""
    number = 1
    while (kept := path.with_name(f"{path.name}.damaged-{number}")).exists() or log_of(kept).exists():
        number += 1
    for old, new in ((path, kept), (log_of(path), log_of(kept))):
        if old.exists():
            old.rename(new)
    return kept
