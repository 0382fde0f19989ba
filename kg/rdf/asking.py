"""SPARQL over a folder of triples: a user's own queries in a process that can be killed, the catalogue's in ours."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyoxigraph

from kg.errors import OntologyError, StoreError, UsageError
from kg.rdf import worker
from kg.rdf.cache import dataset
from kg.rdf.guard import check_query
from kg.rdf.literals import clean, python_value
from kg.rdf.terms import DEFAULT_BASE, node_name, prefixes
from kg.store import Row, Store, Table
from kg.store.schema import is_id

_POSITION = re.compile(r"error at (\d+):(\d+): ")
_VALUES = re.compile(r"(VALUES\s*(?:\([^()]*\)|[?$]\w+)\s*\{)\s*\$parameters\s*\}", re.IGNORECASE)


def sparql(
    store: Store,
    text: str,
    *,
    base: str = DEFAULT_BASE,
    limit: int = 1000,
    timeout: float = 60,
    cache: Path | None = None,
) -> Table:
    """The rows of a user's own query over a store, whose triples are cached and built anew when it has changed.

    `timeout` bounds the query, not the building. Raises what `select` and `dataset` raise.
    """
    check_query(text)
    with dataset(store, base, cache) as folder:
        return select(folder, text, base=base, limit=limit, timeout=timeout)


def select(folder: Path, text: str, *, base: str = DEFAULT_BASE, limit: int = 1000, timeout: float = 60) -> Table:
    """The rows of a user's own query; ASK gives one row, CONSTRUCT and DESCRIBE give triples.

    The prefixes of the context need no declaration. Names come back as whole IRIs.

    Raises UsageError for a query that cannot be parsed, that would write or that asks for other data (SERVICE, FROM),
    StoreError for one that ran longer than `timeout` seconds or took too much memory.
    """
    check_query(text)
    request = json.dumps({"query": text, "prefixes": dict(prefixes(base)), "limit": limit})
    command = [sys.executable, "-P", str(Path(worker.__file__)), str(folder)]
    try:
        done = subprocess.run(command, input=request, capture_output=True, text=True, timeout=timeout, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise StoreError(f"the query was stopped after {timeout:g} s: narrow it, or allow it more time") from None
    lines = [json.loads(line) for line in done.stdout.splitlines()] if done.returncode == 0 else [{}]
    _check_end(done.returncode, lines[-1])
    return _table(lines)


def ask_sparql(folder: Path, text: str, parameters: Mapping[str, Any], *, base: str = DEFAULT_BASE) -> list[Row]:
    """The rows of a query of the catalogue, `$parameters` in its VALUES replaced by the parameters named before it.

    Raises OntologyError for a query that is broken, UsageError for a parameter without a value.
    """
    try:
        store = pyoxigraph.Store.read_only(str(folder))
        solutions = store.query(bind(text.replace(DEFAULT_BASE, base), parameters, base), prefixes=dict(prefixes(base)))
    except SyntaxError as error:
        raise OntologyError(f"a query of the catalogue is broken: {error}") from error
    except OSError as error:
        raise StoreError(f"the SPARQL cache {folder} cannot be read: {error}") from error
    if not isinstance(solutions, pyoxigraph.QuerySolutions):
        raise OntologyError("a query of the catalogue is no SELECT")
    names = [variable.value for variable in solutions.variables]
    return [dict(zip(names, map(_value, solution), strict=True)) for solution in solutions]


def bind(text: str, parameters: Mapping[str, Any], base: str = DEFAULT_BASE) -> str:
    """The query with the terms that the parameters stand for: an id is its node, None is UNDEF, the rest are literals.

    Raises UsageError for a parameter without a value, OntologyError for a `$parameters` outside VALUES.

    >>> bind("SELECT * { VALUES (?id ?year) { $parameters } }", {"id": "method/lora", "year": None})
    'SELECT * { VALUES (?id ?year) { (<https://w3id.org/paperkg/id/method/lora> UNDEF) } }'
    """

    def row(found: re.Match[str]) -> str:
        names = re.findall(r"[?$](\w+)", found[1])
        missing = [name for name in names if name not in parameters]
        if missing:
            raise UsageError(f"the query needs a value for: {', '.join(missing)}")
        terms = " ".join(_term(parameters[name], base) for name in names)
        return f"{found[1]} ({terms}) }}" if "(" in found[1] else f"{found[1]} {terms} }}"

    bound, count = _VALUES.subn(row, text)
    if text.count("$parameters") != count:
        raise OntologyError("a query of the catalogue has $parameters outside VALUES (…) { … }")
    return bound


def _term(value: Any, base: str) -> str:
    """A term as pyoxigraph itself writes it: text of users never becomes syntax."""
    if value is None:
        return "UNDEF"
    if isinstance(value, str):
        return node_name(value, base) if is_id(value) else str(pyoxigraph.Literal(clean(value)))
    return str(pyoxigraph.Literal(value))


def _value(term: Any) -> Any:
    if isinstance(term, pyoxigraph.Literal):
        return python_value(term.value, term.datatype.value)
    return None if term is None else term.value


def _table(lines: list[Any]) -> Table:
    columns, *rows, end = lines
    cells = tuple(tuple(None if cell is None else python_value(*cell) for cell in row) for row in rows)
    return Table(columns=tuple(columns), rows=cells, truncated=bool(end["truncated"]))


def _check_end(code: int, end: Mapping[str, str]) -> None:
    if code != 0:
        raise StoreError("the query broke off: it took too much memory, or it is nested too deep")
    if "syntax" in end:
        raise UsageError(_syntax_message(end["syntax"]))
    if "error" in end:
        raise StoreError(f"the query broke off: {end['error']}")


def _syntax_message(error: str) -> str:
    """Where a query cannot be parsed, in one line; what the parser would have liked there misleads more than it helps."""
    found = _POSITION.match(error)
    if not found:
        return f"the query cannot be parsed: {' '.join(error.split())[:200]}"
    what = ": the prefix is not declared" if "Prefix not found" in error else ""
    return f"the query cannot be parsed at line {found[1]}, column {found[2]}{what}"
