"""The documents' texts, set aside on disk while the edges pass by: memory does not grow with the graph."""

from __future__ import annotations

import sqlite3
from types import TracebackType
from typing import Self

_WIDTH = 4  # bytes of a code point in UTF-32, in which an offset is an address
_ENCODING = "utf-32-le"


class Texts:
    """Texts by id, in a temporary file that is gone when closed."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("")
        self._file.execute("CREATE TABLE texts (id TEXT PRIMARY KEY, text BLOB)")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, id: str, text: str) -> None:
        """Sets a text aside."""
        self._file.execute("INSERT OR REPLACE INTO texts VALUES (?, ?)", (id, text.encode(_ENCODING, "surrogatepass")))

    def around(self, id: str, start: int, end: int, *, width: int = 32) -> tuple[str, str]:
        """Up to `width` code points before and after a span; both empty where the text is unknown."""
        first = max(0, start - width)
        row = self._file.execute(
            "SELECT substr(text, ?, ?), substr(text, ?, ?) FROM texts WHERE id = ?",
            (_WIDTH * first + 1, _WIDTH * (start - first), _WIDTH * end + 1, _WIDTH * width, id),
        ).fetchone()
        before, after = ((part or b"").decode(_ENCODING, "surrogatepass") for part in row or (b"", b""))
        return before, after  # SQLite gives NULL for a part of an empty text
