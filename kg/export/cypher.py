"""A Cypher script that makes the graph in an empty Neo4j database: a statement a line, texts as literals.

Of a whole graph it makes constraints, names and the mark of a store too, which comes last: a script that stopped half
way leaves no database that `kg` would take for whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import IO

from kg.export.content import Content
from kg.model import Edge, Node, Property
from kg.names import cypher_type
from kg.store import cypher
from kg.store.rows import Naming
from kg.store.schema import ENTITY_KINDS, SCHEMA_VERSION, label, label_of

_ROWS = 200
_CHARACTERS = 100_000
"""What a statement holds at most: a server plans every one anew."""
_ESCAPED = re.compile("[\\\\'\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_META = f"CREATE (m:Meta {{id: 'meta/store', schema: {SCHEMA_VERSION}, generation: 1}})"


def write_cypher(content: Content, stream: IO[bytes]) -> int:
    """Writes the script, nodes before edges; returns how many elements."""
    count = 0

    def counted() -> Iterator[tuple[str, str]]:
        nonlocal count
        for element in content.elements:
            count += 1
            yield _node(element) if isinstance(element, Node) else _edge(element)

    begin, end = (cypher.schema(), [_META]) if content.whole else ((), ())
    for statement in chain(begin, _statements(counted()), _statements(_names(content.names)), end):
        stream.write(f"{statement};\n".encode())
    return count


def _statements(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Statements that each carry out one clause for many rows; rows of nodes, which come first, are done before edges."""
    waiting: defaultdict[str, list[str]] = defaultdict(list)
    sizes: defaultdict[str, int] = defaultdict(int)
    making_nodes = True
    for clause, row in rows:
        if making_nodes and not clause.startswith("CREATE (n"):
            making_nodes = False
            yield from (_statement(done, waiting.pop(done)) for done in sorted(waiting))
            sizes.clear()
        waiting[clause].append(row)
        sizes[clause] += len(row)
        if len(waiting[clause]) == _ROWS or sizes[clause] > _CHARACTERS:
            del sizes[clause]
            yield _statement(clause, waiting.pop(clause))
    yield from (_statement(clause, left) for clause, left in sorted(waiting.items()))


def _statement(clause: str, rows: Iterable[str]) -> str:
    return f"UNWIND [{', '.join(rows)}] AS row {clause}"


def _node(node: Node) -> tuple[str, str]:
    labels = f"{label(node.kind)}:{node.kind.value}" if node.kind in ENTITY_KINDS else node.kind.value
    return f"CREATE (n:{labels}) SET n = row", _map({"id": node.id, **node.properties})


def _edge(edge: Edge) -> tuple[str, str]:
    ends = label_of(edge.head), label_of(edge.tail)
    return _joining(cypher_type(edge.kind), *ends), _row(edge.head, edge.tail, edge.properties)


def _names(names: Iterable[Naming]) -> Iterator[tuple[str, str]]:
    """Each name once, then what it leads to."""
    links: list[tuple[str, str]] = []
    written: set[str] = set()
    for name in names:
        if name.name_id not in written:
            own = {"id": name.name_id, "text": name.text, "family": name.family}
            yield "CREATE (n:Name) SET n = row", _map(own)
            written.add(name.name_id)
        links.append((name.name_id, name.id))
    for name_id, id in links:
        yield _joining("NAMES", "Name", label_of(id)), _row(name_id, id, {})


def _joining(type: str, head: str, tail: str) -> str:
    return f"MATCH (a:{head} {{id: row.head}}) MATCH (b:{tail} {{id: row.tail}}) CREATE (a)-[r:{type}]->(b) SET r = row.own"


def _row(head: str, tail: str, properties: Mapping[str, Property]) -> str:
    return f"{{head: {_literal(head)}, tail: {_literal(tail)}, own: {_map(properties)}}}"


def _map(properties: Mapping[str, Property]) -> str:
    return f"{{{', '.join(f'{name}: {_literal(value)}' for name, value in properties.items())}}}"


def _literal(value: Property) -> str:
    """A value as a literal on one line; what could end a text, or steer a reader, is written by its number.

    >>> _literal("x'}) DETACH DELETE n //"), _literal(True), _literal(("a", "b"))
    ("'x\\\\'}) DETACH DELETE n //'", 'true', "['a', 'b']")
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(_literal, value))}]"
    return f"'{_ESCAPED.sub(_escape, value)}'"


def _escape(found: re.Match[str]) -> str:
    number = ord(found[0])
    return _ESCAPES.get(found[0]) or f"\\u{0xFFFD if 0xD800 <= number <= 0xDFFF else number:04x}"
