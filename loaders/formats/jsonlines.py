"""Our own JSON form, a record a line, or records in one array: the way in for anything already parsed.

Memory grows with the longest record, not with the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from kg.model import Document, Problem
from loaders.formats.lines import RECORD, lines
from loaders.formats.records import documents
from loaders.formats.window import DECODER, Window


def recognises_lines(head: str) -> bool:
    """Whether a text begins with an object on its first line, whole or damaged, and goes on with others."""
    first, second = [*[line.strip() for line in head.split("\n") if line.strip()][:2], "", ""][:2]
    return first.startswith("{") and (not second or second.startswith("{") or _is_json(first))


def recognises_values(head: str) -> bool:
    """Whether a text begins as a JSON array or object does."""
    return head.lstrip()[:1] in {"[", "{"}


def _is_json(text: str) -> bool:
    try:
        DECODER.decode(text)
    except (ValueError, RecursionError):
        return False
    return True


def read_lines(stream: IO[bytes], source: str) -> Iterator[Document | Problem]:
    """Reads a record a line; a line that is no record costs that line."""
    too_long = 0
    for line in lines(stream):
        where = f"line {line.number}"
        if line.goes_on and line.number != too_long:
            yield Problem(source=source, where=where, message=f"longer than {RECORD:,} bytes: no record is")
            too_long = line.number
        elif line.number == too_long:
            continue
        elif line.fault:
            yield Problem(source=source, where=where, message=line.fault)
        elif line.text.strip():
            try:
                value = DECODER.decode(line.text)
            except (ValueError, RecursionError) as error:
                yield _broken(error, source, where)
            else:
                yield from documents(value, source, where)


def read_values(stream: IO[bytes], source: str) -> Iterator[Document | Problem]:
    """Reads the records of one array, or objects one after another; a damaged one costs itself."""
    window = Window(stream)
    is_array = window.sign() == "["
    if is_array:
        window.skip()
    number, is_lost = 0, False
    while window.sign() not in {"", "]"}:
        number += 1
        where = f"record {number}"
        try:
            value, fault = window.decode()
        except ValueError as error:
            yield _broken(error, source, where)
            is_lost = not window.find_next()
        else:
            found = [Problem(source=source, where=where, message=fault)] if fault else None
            yield from found or documents(value, source, where)
    ending = _ending(window, is_array, is_lost=is_lost)
    if ending:
        yield Problem(source=source, where=f"line {window.line}", message=ending)
    elif number == 0:
        yield Problem(source=source, where="", message="no records in this file")


def _broken(error: Exception, source: str, where: str) -> Problem:
    return Problem(source=source, where=where, message=f"broken or truncated JSON: {error}")


def _ending(window: Window, is_array: bool, *, is_lost: bool) -> str:
    """What is wrong with what follows the last record, or nothing."""
    if window.break_off:
        return window.break_off
    if window.sign() == "":
        return "truncated JSON: the array has no end" if is_array and not is_lost else ""
    if is_array:
        window.skip()
    return "text after the last record" if window.sign() else ""
