"""CSV for `neo4j-admin database import full`: a file of nodes and one of edges, with typed headers.

Of a whole graph they hold the names and the mark of a store too, so that `kg` takes the imported database for its own.
Texts have quotes always, so that an empty one is told from none. Members of lists, and labels, are parted by U+001F:
the ids of papers may hold every character that is usual there. The form: Neo4j Operations Manual, "CSV header format".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from kg.export.columns import REAL, TEXT, TRUTH, WHOLE, Column, edge_columns, node_columns, value
from kg.export.content import Content
from kg.export.files import encodable
from kg.model import Element, Node, Property
from kg.names import cypher_type
from kg.store.rows import Naming
from kg.store.schema import ENTITY_KINDS, SCHEMA_VERSION, label

OPTIONS = "--array-delimiter=U+001F --multiline-fields=true"
"""What the import must be told."""
_BETWEEN = "\x1f"
_TYPES = {TEXT: "string", WHOLE: "long", REAL: "double", TRUTH: "boolean"}
_META = (Column("schema", WHOLE), Column("generation", WHOLE), Column("bare", TRUTH))


def write_csv(content: Content, nodes: IO[bytes], edges: IO[bytes]) -> int:
    """Writes the two files, nodes and edges in the order of the elements, names after; returns how many elements."""
    node_fields, edge_fields = (*node_columns(), *_META), edge_columns()
    nodes.write(_line(["id:ID", ":LABEL", *map(_head, node_fields)]))
    edges.write(_line([":START_ID", ":END_ID", ":TYPE", *map(_head, edge_fields)]))
    count = 0
    for element in content.elements:
        if isinstance(element, Node):
            nodes.write(_line([_cell(element.id), _cell(_labels(element)), *_cells(element, node_fields)]))
        else:
            ends = map(_cell, (element.head, element.tail, cypher_type(element.kind)))
            edges.write(_line([*ends, *_cells(element, edge_fields)]))
        count += 1
    _write_names(content.names, nodes, edges, node_fields)
    if content.whole:
        meta = {"schema": SCHEMA_VERSION, "generation": 1, "bare": True}
        nodes.write(_line([_cell("meta/store"), _cell("Meta"), *(_cell(meta.get(c.name)) for c in node_fields)]))
    return count


def _write_names(names: Iterable[Naming], nodes: IO[bytes], edges: IO[bytes], fields: tuple[Column, ...]) -> None:
    """Writes each name once, and what it leads to."""
    written: set[str] = set()
    for name in names:
        if name.name_id not in written:
            own = {"text": name.text, "family": name.family}
            nodes.write(_line([_cell(name.name_id), _cell("Name"), *(_cell(own.get(c.name)) for c in fields)]))
            written.add(name.name_id)
        edges.write(_line(map(_cell, (name.name_id, name.id, "NAMES"))))


def _head(column: Column) -> str:
    return f"{column.name}:{_TYPES[column.type]}{'[]' if column.many else ''}"


def _labels(node: Node) -> tuple[str, ...]:
    return (label(node.kind), node.kind.value) if node.kind in ENTITY_KINDS else (node.kind.value,)


def _cells(element: Element, columns: Iterable[Column]) -> Iterator[str]:
    return (_cell(value(element, column)) for column in columns)


def _cell(value: Property | None) -> str:
    """A value as a field; nothing for None.

    >>> _cell('a "b" c'), _cell(None), _cell(True), _cell(0.5)
    ('"a ""b"" c"', '', 'true', '0.5')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    text = value if isinstance(value, str) else _BETWEEN.join(one.replace(_BETWEEN, "\ufffd") for one in value)
    return '"' + text.replace('"', '""') + '"'


def _line(cells: Iterable[str]) -> bytes:
    return encodable(",".join(cells) + "\n").encode()
