"""What a user's SPARQL may not say: it reads this graph and nothing else."""

from __future__ import annotations

import re

from kg.errors import UsageError

_TOKEN = re.compile(
    r'''
    (?P<string> """(?:[^"\\]|\\.|"(?!""))*""" | \'\'\'(?:[^'\\]|\\.|'(?!\'\'))*\'\'\'
              | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*' )
  | (?P<iri> <[^<>"{}|^`\x00-\x20]*> )
  | (?P<comment> \#[^\r\n]* )
  | (?P<variable> [?$@][\w-]+ )
  | (?P<name> [\w.-]*:(?:[\w.:%-]|\\.)* )
  | (?P<escape> \\. )
  | (?P<word> \w+ )
    ''',
    re.VERBOSE | re.DOTALL,
)
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


def check_query(text: str) -> None:
    """Raises UsageError for a query that would write, or ask for other data than this graph."""
    tokens = [(found.lastgroup, found[0]) for found in _TOKEN.finditer(text)]
    for kind, token in tokens:
        if _may_hide(kind, token) and "service" in token.lower():
            raise UsageError("SERVICE is refused: a query reads this graph and asks no other server")
    words = [token.upper() for kind, token in tokens if kind == "word"]
    if "FROM" in words or any(kind == "name" and token.upper().startswith("FROM:") for kind, token in tokens):
        raise UsageError("FROM and FROM NAMED are refused: a query reads this graph alone")
    form = next((word for word in words if word not in ("PREFIX", "BASE")), "")
    if form and form not in _FORMS:
        raise UsageError(f"{form} is refused: a query is a SELECT, ASK, CONSTRUCT or DESCRIBE, and writes nothing")


def _may_hide(kind: str | None, token: str) -> bool:
    """Whether a parser that takes letters as they come may see a keyword in a token.

    It may in `1SERVICE`, `SERVICE:x`, and in `(1<2)SERVICE#>`, where what looks like an IRI is a comparison.
    """
    return kind in ("word", "name") or (kind == "iri" and ")" in token)
