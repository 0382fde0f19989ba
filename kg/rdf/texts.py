"""The documents' texts, set aside on disk while the edges pass by: memory does not grow with the graph."""

from __future__ import annotations

import sqlite3
from types import TracebackType
from typing import Self

_PART = 1024
"""Code points a row: the words around a quote are read without the rest of a long text."""


class Texts:
    """Texts by id, in a temporary file that is gone when closed."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("")
        self._file.execute("CREATE TABLE parts (id TEXT, number INTEGER, text BLOB, PRIMARY KEY (id, number))")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, id: str, text: str) -> None:
        """Sets a text aside."""
        parts = (text[at : at + _PART].encode("utf-8", "surrogatepass") for at in range(0, len(text), _PART))
        rows = ((id, number, part) for number, part in enumerate(parts))
        self._file.executemany("INSERT OR REPLACE INTO parts VALUES (?, ?, ?)", rows)

    def around(self, id: str, start: int, end: int, *, width: int = 32) -> tuple[str, str]:
        """Up to `width` code points before and after a span; both empty where the text is unknown."""
        return self._span(id, max(0, start - width), start), self._span(id, end, end + width)

    def _span(self, id: str, first: int, last: int) -> str:
        """The code points from `first` on before `last`."""
        rows = self._file.execute(
            "SELECT text FROM parts WHERE id = ? AND number BETWEEN ? AND ? ORDER BY number",
            (id, first // _PART, last // _PART),
        )
        text = "".join(part.decode("utf-8", "surrogatepass") for (part,) in rows)
        return text[first % _PART : first % _PART + last - first]
