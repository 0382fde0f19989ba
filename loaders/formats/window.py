"""The stretch of a JSON text in which its next record stands: it grows ahead and is forgotten behind."""

from __future__ import annotations

import json
import re
from typing import IO, Any

from loaders.formats.lines import RECORD, UNDECODED, lines

# Raw control characters are no reason to lose a record: cleaning replaces them.
DECODER = json.JSONDecoder(strict=False)
_PIECE = 1 << 20
_USUAL = 1 << 14
"""Characters that are decoded first: an error costs as many, since its lines are counted."""
_BETWEEN = re.compile(r"[\s,]*")
_NEXT = re.compile(r"\}\s*(?:,\s*)?(?=\{)")
_ESCAPE = 16
"""Characters that stand between the place of an error and the end of a text, if the text was cut there."""


class Window:
    """A text that is read from its beginning on; memory grows with its longest record, not with the text."""

    def __init__(self, stream: IO[bytes], *, piece: int = _PIECE) -> None:
        self._lines = lines(stream, limit=piece)
        self._piece = piece
        self._text, self._at, self._ended, self._joint = "", 0, False, ""
        self._line, self._counted = 1, 0
        self._faults: dict[int, str] = {}
        self.break_off = ""
        """Why the text ends before its end, once that is known."""

    @property
    def line(self) -> int:
        """The number of the line up to which the text has been read."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _forget(self) -> None:
        line = self.line
        self._faults = {number: fault for number, fault in self._faults.items() if number >= line}
        self._text, self._at, self._counted = self._text[self._at :], 0, 0

    def _grow(self) -> bool:
        """Reads on, at least as much again as is still held; False where there is no more, or a record is too long."""
        if self._ended or len(self._text) - self._at > RECORD:
            return False
        self._forget()
        parts, size, wanted = [self._text], 0, max(self._piece, len(self._text))
        while size < wanted and (line := next(self._lines, None)):
            parts += [self._joint, line.text]
            size += len(line.text) + 1
            self._joint = "" if line.goes_on else "\n"
            if line.fault:
                self._faults[line.number] = line.fault
                self.break_off = "" if line.text else line.fault
        self._ended = size < wanted
        self._text = "".join(parts)
        return True

    def sign(self) -> str:
        """The next character that is neither space nor comma; nothing at the end."""
        while True:
            between = _BETWEEN.match(self._text, self._at)
            self._at = between.end() if between else self._at
            if self._at < len(self._text) or not self._grow():
                return self._text[self._at : self._at + 1]

    def skip(self) -> None:
        """Reads over one character."""
        self._at += 1

    def decode(self) -> tuple[Any, str]:
        """The value that stands here, which is read over, and what is wrong with its bytes, or nothing.

        Raises ValueError for a broken value, with what is wrong with it and in which line.
        """
        size = min(_USUAL, self._piece)
        while True:
            text = self._text[self._at : self._at + size]
            try:
                value, length = DECODER.raw_decode(text)
            except json.JSONDecodeError as error:
                is_cut = error.msg.startswith("Unterminated") or error.pos > len(text) - _ESCAPE
                if not (is_cut and self._has_more(size)):
                    raise ValueError(f"{error.msg}, line {self.line + error.lineno - 1}") from None
            except RecursionError:
                raise ValueError("it is nested too deeply") from None
            else:
                # The digits of a number may go on.
                if length < len(text) or not self._has_more(size):
                    break
            size *= 2
        fault = self._fault(self._at, self._at + length)
        self._at += length
        return value, fault

    def _has_more(self, size: int) -> bool:
        """Whether more than so many characters from here on can be had."""
        return self._at + size < len(self._text) or self._grow()

    def _fault(self, start: int, end: int) -> str:
        """What is wrong with the bytes of a stretch, or nothing."""
        line, at = self.line, start
        for damage in UNDECODED.finditer(self._text, start, end) if self._faults else ():
            line, at = line + self._text.count("\n", at, damage.start()), damage.start()
            if line in self._faults:
                return self._faults[line]
        return ""

    def find_next(self) -> bool:
        """Reads up to the next object that follows another; False where there is none, and all has been read."""
        while not (found := _NEXT.search(self._text, self._at)):
            brace = self._text.rfind("}", self._at)
            self._at = len(self._text) if brace < 0 else brace
            if not self._grow():
                self._at = len(self._text)
                return False
        self._at = found.end()
        return True
