"""What a user's own Cypher may hold: reading clauses only.

Both stores refuse writes by themselves; but a Neo4j READ session still permits LOAD CSV (local files, addresses),
SHOW, TERMINATE and procedures, and kglite reads files too. So the text is checked before it is sent.
"""

from __future__ import annotations

import re

from kg.errors import UsageError

_REFUSED = frozenset(
    [
        "ALTER",
        "CALL",
        "CREATE",
        "DELETE",
        "DENY",
        "DETACH",
        "DROP",
        "ENABLE",
        "FOREACH",
        "GRANT",
        "INSERT",
        "LOAD",
        "MERGE",
        "REMOVE",
        "RENAME",
        "REVOKE",
        "SET",
        "SHOW",
        "START",
        "STOP",
        "TERMINATE",
        "USE",
    ]
)
_TOKEN = re.compile(
    r"""(?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?P<quoted>`(?:[^`]|``)*`)|(?P<comment>//[^\r\n]*|/\*.*?\*/)"""
    r"""|(?P<word>(?<![\w$:])(?<![A-Za-z_)\]}`]\.)[A-Za-z_]\w*)|(?P<other>.)""",
    re.DOTALL,
)


def check_reading(text: str) -> None:
    """Raises UsageError for text that does more than read, or that hides what it does."""
    if not text.strip():
        raise UsageError("no query given: try MATCH (m:Method) RETURN m.name AS name LIMIT 10")
    if "\\u" in text.lower():
        raise UsageError("a query may not hold \\u escapes: write the character itself")
    for token in _TOKEN.finditer(text.strip().rstrip(";")):
        if token.lastgroup == "word" and token[0].upper() in _REFUSED:
            raise UsageError(f"{token[0].upper()} is refused: kg cypher only reads (MATCH, WITH, UNWIND, RETURN)")
        if token.lastgroup == "other" and token[0] in ";'\"`":
            raise UsageError(f"one query at a time, with its quotes closed: {token[0]!r} at character {token.start()}")
