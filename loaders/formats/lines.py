"""Clean text, and a byte stream as numbered lines in which damage is marked instead of raised."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import IO, NamedTuple

RECORD = 1 << 26
"""Bytes that one record may have: five hundred times a full paper, and a file without line ends cannot fill the memory."""

UNDECODED = re.compile("[\udc80-\udcff]")
"""What a byte that is not UTF-8 looks like in the text of a faulty line."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_KINDS = {
    "control character": re.compile(r"[\x00-\x1f]"),
    "lone surrogate": re.compile(r"[\ud800-\udfff]"),
    "noncharacter": re.compile(r"[\ufffe\uffff]"),
}


def clean(text: str) -> str:
    r"""The text with line ends as `\n` and U+FFFD for what XML 1.0 (section 2.2) forbids; idempotent.

    >>> clean("a\r\nb\rc\x00d\te")
    'a\nb\nc\ufffdd\te'
    """
    return _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def forbidden(text: str) -> str:
    """The characters of a text that `clean` replaces, in order."""
    return "".join(_FORBIDDEN.findall(text))


def replaced(characters: str) -> str:
    r"""Says how many of the characters of which kind `clean` has replaced; empty if there are none.

    >>> replaced("\x00\x07\ud800")
    '3 characters that no text may hold were replaced by U+FFFD: 2 control characters, 1 lone surrogate'
    """
    if not characters:
        return ""
    were = "was" if len(characters) == 1 else "were"
    counts = [(len(kind.findall(characters)), name) for name, kind in _KINDS.items()]
    told = ", ".join(_counted(count, name) for count, name in counts if count)
    return f"{_counted(len(characters), 'character')} that no text may hold {were} replaced by U+FFFD: {told}"


def _counted(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


class Line(NamedTuple):
    """A line without its end, counted from 1; `fault` says what is wrong with its bytes, or nothing."""

    number: int
    text: str
    fault: str = ""
    unclean: str = ""
    """What no text may hold, where it has been replaced."""
    goes_on: bool = False
    """Whether this is a piece of a line longer than the limit, of which the next is another piece."""

    def cleaned(self) -> Line:
        return self._replace(text=clean(self.text), unclean=forbidden(self.text))


def lines(stream: IO[bytes], *, limit: int = RECORD) -> Iterator[Line]:
    r"""Reads a stream as UTF-8 lines that end in `\n`, `\r\n` or `\r`; one that breaks off ends in a faulty line.

    A line of more than `limit` bytes comes in pieces.
    """
    offset, number = 0, 1
    try:
        for chunk in iter(lambda: _chunk(stream, limit), b""):
            goes_on = len(chunk) >= limit and not chunk.endswith(b"\n")
            body = chunk if goes_on else chunk.removesuffix(b"\n").removesuffix(b"\r")
            for at, piece in _pieces(body):
                yield _line(number, piece, offset + at, goes_on=goes_on and at + len(piece) == len(body))
                number += 1
            number -= goes_on
            offset += len(chunk)
    except (EOFError, OSError, zlib.error) as error:
        yield Line(number, "", f"the file breaks off here: {error}")


def _pieces(body: bytes) -> Iterator[tuple[int, bytes]]:
    r"""What stands between the `\r` of a line, with its place."""
    at = 0
    while (end := body.find(b"\r", at)) >= 0:
        yield at, body[at:end]
        at = end + 1
    yield at, body[at:]


def _chunk(stream: IO[bytes], limit: int) -> bytes:
    """The bytes up to the next line end, or a little more than `limit` that end with a whole character."""
    chunk = stream.readline(limit)
    if len(chunk) == limit and chunk.endswith(b"\r"):
        chunk += stream.read(1)
    return chunk + stream.read(_missing(chunk[-4:])) if len(chunk) >= limit else chunk


def _missing(end: bytes) -> int:
    """How many bytes the last character of a text lacks in UTF-8."""
    for back, byte in enumerate(reversed(end), start=1):
        if byte >= 0xC0:
            return max(0, (2 if byte < 0xE0 else 3 if byte < 0xF0 else 4) - back)
        if byte < 0x80:
            break
    return 0


def _line(number: int, piece: bytes, offset: int, *, goes_on: bool) -> Line:
    # Lone surrogates written as three bytes are decoded, so that `clean` treats them like all others.
    try:
        text = piece.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        text, fault = piece.decode("utf-8", "surrogateescape"), f"not UTF-8 at byte {offset + error.start}"
    else:
        fault = ""
    return Line(number, text if offset else text.removeprefix("\ufeff"), fault, goes_on=goes_on)
