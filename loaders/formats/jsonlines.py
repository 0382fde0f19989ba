"""Our own JSON form, a record a line, or records in one array: the way in for anything already parsed.

JSON Lines are read a line at a time, so memory does not grow with the file. Any other JSON text is held whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO

from kg.model import Document, Problem
from loaders.formats.lines import UNDECODED, Line, lines
from loaders.formats.records import documents

# Raw control characters are no reason to lose a record: cleaning replaces them.
_DECODER = json.JSONDecoder(strict=False)
_BETWEEN = re.compile(r"[\s,]*")
_NEXT_RECORD = re.compile(r"\}\s*,?\s*(?=\{)")


def recognises_lines(head: str) -> bool:
    """Whether a text begins with an object on its first line, whole or damaged, and goes on with others."""
    first, second = [*[line.strip() for line in head.split("\n") if line.strip()][:2], "", ""][:2]
    return first.startswith("{") and (not second or second.startswith("{") or _is_json(first))


def recognises_values(head: str) -> bool:
    """Whether a text begins as a JSON array or object does."""
    return head.lstrip()[:1] in {"[", "{"}


def _is_json(text: str) -> bool:
    try:
        _DECODER.decode(text)
    except (ValueError, RecursionError):
        return False
    return True


def read_lines(stream: IO[bytes], source: str) -> Iterator[Document | Problem]:
    """Reads a record a line; a line that is no record costs that line."""
    for line in lines(stream):
        where = f"line {line.number}"
        if line.fault:
            yield Problem(source=source, where=where, message=line.fault)
        elif line.text.strip():
            try:
                value = _DECODER.decode(line.text)
            except (ValueError, RecursionError) as error:
                yield _broken(error, source, where)
            else:
                yield from documents(value, source, where)


def read_values(stream: IO[bytes], source: str) -> Iterator[Document | Problem]:
    """Reads the records of one array, or objects one after another; a damaged one costs itself."""
    read = list(lines(stream))
    text = "\n".join(line.text for line in read)
    is_array = text.lstrip().startswith("[")
    position = text.find("[") + 1 if is_array else 0
    number, lost = 0, False
    while (position := _skip(text, position)) < len(text) and text[position] != "]":
        number += 1
        try:
            value, end = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            yield _broken(error, source, f"record {number}")
            following = _NEXT_RECORD.search(text, position)
            end = following.end() if following else len(text)
            lost = following is None
        else:
            fault = _fault(text, position, end, read)
            found = [Problem(source=source, where=f"record {number}", message=fault)] if fault else None
            yield from found or documents(value, source, f"record {number}")
        position = end
    ending = _ending(text[position:], is_array and not lost, read)
    if ending:
        yield Problem(source=source, where=f"line {len(read)}", message=ending)
    elif number == 0:
        yield Problem(source=source, where="", message="no records in this file")


def _skip(text: str, position: int) -> int:
    between = _BETWEEN.match(text, position)
    return between.end() if between else position


def _broken(error: Exception, source: str, where: str) -> Problem:
    return Problem(source=source, where=where, message=f"broken or truncated JSON: {error}")


def _fault(text: str, start: int, end: int, read: list[Line]) -> str:
    """What is wrong with the bytes of a record, or nothing."""
    damaged = (read[text.count("\n", 0, damage.start())] for damage in UNDECODED.finditer(text, start, end))
    return next((line.fault for line in damaged if line.fault), "")


def _ending(rest: str, is_array: bool, read: list[Line]) -> str:
    """What is wrong with what follows the last record, or nothing."""
    if read and read[-1].fault and not read[-1].text:
        return read[-1].fault
    if is_array and not rest:
        return "truncated JSON: the array has no end"
    return "text after the last record" if rest.removeprefix("]" if is_array else "").strip() else ""
