"""Clean text, and a byte stream as numbered lines in which damage is marked instead of raised."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import IO, NamedTuple

LINE_LIMIT = 1 << 26
"""Bytes after which a line is cut, so that a file without line ends cannot fill the memory."""

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

    def cleaned(self) -> Line:
        return self._replace(text=clean(self.text), unclean=forbidden(self.text))


def lines(stream: IO[bytes]) -> Iterator[Line]:
    r"""Reads a stream as UTF-8 lines that end in `\n`, `\r\n` or `\r`; one that breaks off ends in a faulty line."""
    offset, number = 0, 0
    try:
        for chunk in iter(lambda: stream.readline(LINE_LIMIT), b""):
            body = chunk.removesuffix(b"\n").removesuffix(b"\r")
            at = offset
            for piece in body.split(b"\r"):
                number += 1
                yield _line(number, piece, at)
                at += len(piece) + 1
            offset += len(chunk)
    except (EOFError, OSError, zlib.error) as error:
        yield Line(number + 1, "", f"the file breaks off here: {error}")


def _line(number: int, piece: bytes, offset: int) -> Line:
    # Lone surrogates written as three bytes are decoded, so that `clean` treats them like all others.
    try:
        text = piece.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        text, fault = piece.decode("utf-8", "surrogateescape"), f"not UTF-8 at byte {offset + error.start}"
    else:
        fault = ""
    return Line(number, text.removeprefix("\ufeff") if number == 1 else text, fault)
