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


def clean(text: str) -> str:
    r"""The text with line ends as `\n` and U+FFFD for what XML 1.0 (section 2.2) forbids; idempotent.

    >>> clean("a\r\nb\rc\x00d\te")
    'a\nb\nc\ufffdd\te'
    """
    return _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


class Line(NamedTuple):
    """A line without its end, counted from 1; `fault` says what is wrong with its bytes, or nothing."""

    number: int
    text: str
    fault: str = ""


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
