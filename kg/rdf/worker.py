"""A program that answers one SPARQL query and can be killed: pyoxigraph cannot stop a query once it runs.

The argument is a folder of triples; standard input is one JSON object with `query`, `prefixes` and `limit`. Standard
output is JSON lines: the columns, then the rows, then an object that says how it ended. A cell is null, [text] for a
name, or [text, datatype] for a literal. It imports nothing of ours, so that it starts at once.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pyoxigraph

_MEMORY_BYTES = 4 << 30


def main() -> None:
    """Answers the query on standard input."""
    _limit_memory()
    request = json.load(sys.stdin)
    try:
        store = pyoxigraph.Store.read_only(sys.argv[1])
        columns, rows = _answer(store.query(request["query"], prefixes=request["prefixes"]))
        _say(columns)
        for row in islice(rows, request["limit"]):
            _say([_cell(term) for term in row])
        _say({"truncated": next(rows, None) is not None})
    except SyntaxError as error:
        _say({"syntax": str(error)})
    except (OSError, ValueError, RuntimeError) as error:
        _say({"error": str(error)})


def _limit_memory() -> None:
    """A query that would take the machine's memory ends itself instead, where the system can see to that."""
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    own = _MEMORY_BYTES if most == resource.RLIM_INFINITY else min(_MEMORY_BYTES, most)
    resource.setrlimit(resource.RLIMIT_AS, (own, most))


def _answer(result: Any) -> tuple[list[str], Iterator[Iterable[Any]]]:
    if isinstance(result, pyoxigraph.QueryBoolean):
        return ["answer"], iter([[pyoxigraph.Literal(bool(result))]])
    if isinstance(result, pyoxigraph.QueryTriples):
        return ["subject", "predicate", "object"], iter(result)
    return [variable.value for variable in result.variables], iter(result)


def _cell(term: Any) -> list[str] | None:
    if term is None:
        return None
    if isinstance(term, pyoxigraph.Literal):
        return [term.value, term.datatype.value]
    return [term.value if isinstance(term, pyoxigraph.NamedNode) else str(term)]


def _say(value: Any) -> None:
    sys.stdout.write(json.dumps(value) + "\n")


if __name__ == "__main__":
    main()
