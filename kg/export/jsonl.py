"""The backup: the schema in the first line, a line an element, their number in the last line, which tells a whole file
from one that was cut; any store reads back what any store wrote."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from kg.errors import FormatError, StoreError
from kg.export.content import Content
from kg.export.files import SURROGATE, encodable
from kg.model import Edge, EdgeKind, Element, Node, NodeKind, Property
from kg.rdf.terms import LIST_PROPERTIES
from kg.store.schema import EDGE_KEY, EDGE_PROPERTIES, NODE_PROPERTIES, SCHEMA_VERSION, label, label_of


def write_jsonl(content: Content, stream: IO[bytes]) -> int:
    """Writes a backup, or a part of the graph that says so, in the order of the elements, keys sorted; returns how many.

    A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD.
    """
    stream.write(_line({"paperkg": {"schema": SCHEMA_VERSION, **({} if content.whole else {"part": True})}}))
    count = 0
    for element in content.elements:
        stream.write(_line(_record(element)))
        count += 1
    stream.write(_line({"end": {"elements": count}}))
    return count


def read_elements(stream: Iterable[bytes], *, parts: bool = False) -> Iterator[Element]:
    """The elements of a backup, or with `parts` also of a part of a graph, line by line.

    Raises FormatError with the line's number for a file that is cut off, no backup, or of another schema version.
    """
    lines = enumerate(stream, start=1)
    _check_schema(_parsed(next(lines, (1, b""))[1], 1), parts)
    for number, line in lines:
        record = _parsed(line, number)
        if "end" in record:
            return _check_end(record, number - 2, next(lines, None))
        try:
            yield _edge(record) if "edge" in record else _node(record)
        except (AttributeError, KeyError, ValueError, TypeError, StoreError) as error:
            raise FormatError(f"line {number} is no element of a backup: {error}") from error
    raise FormatError("the backup is cut off: its last line, which counts the elements, is missing")


def _check_end(record: Mapping[str, Any], count: int, further: tuple[int, bytes] | None) -> None:
    if record["end"] != {"elements": count}:
        raise FormatError(f"the backup holds {count} elements, but says at its end: {json.dumps(record['end'])}")
    if further:
        raise FormatError(f"line {further[0]} stands behind the end of the backup")


def _record(element: Element) -> dict[str, Any]:
    properties = dict(element.properties)
    if isinstance(element, Node):
        return {"node": element.kind, "id": element.id, "properties": properties}
    return {"edge": element.kind, "head": element.head, "tail": element.tail, "properties": properties}


def _line(record: Mapping[str, Any]) -> bytes:
    text = json.dumps(record, sort_keys=True, ensure_ascii=False)
    return encodable(text).encode() + b"\n"


def _parsed(line: bytes, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        what = "is cut off or no JSON" if line else "is missing: the file is empty"
        raise FormatError(f"line {number} {what}; a backup comes from `kg export --format jsonl`") from None
    if not isinstance(record, dict):
        raise FormatError(f"line {number} is no JSON object; a backup comes from `kg export --format jsonl`")
    if b"\\u" in line and SURROGATE.search(json.dumps(record, ensure_ascii=False)):
        raise FormatError(f"line {number} holds half of a character: a surrogate without its partner")
    return record


def _check_schema(header: Mapping[str, Any], parts: bool) -> None:
    about = header.get("paperkg")
    if not isinstance(about, dict) or "schema" not in about:
        raise FormatError("line 1 does not say that this is a backup; one comes from `kg export --format jsonl`")
    if about["schema"] != SCHEMA_VERSION:
        raise FormatError(f"line 1: this backup has schema {about['schema']}, this release reads {SCHEMA_VERSION}")
    if about.get("part") and not parts:
        raise FormatError("this is a part of a graph, which cannot be restored: export without a selection")


def _node(record: Mapping[str, Any]) -> Node:
    _check_keys(record, {"node", "id", "properties"})
    kind, id = NodeKind(record["node"]), record["id"]
    if label_of(id) != label(kind):
        raise ValueError(f"{id!r} is no id of a {kind}")
    return Node(kind, id, _properties(record["properties"], NODE_PROPERTIES[label(kind)]))


def _edge(record: Mapping[str, Any]) -> Edge:
    _check_keys(record, {"edge", "head", "tail", "properties"})
    kind, head, tail = EdgeKind(record["edge"]), record["head"], record["tail"]
    label_of(head), label_of(tail)
    properties = _properties(record["properties"], EDGE_PROPERTIES[kind])
    if EDGE_KEY[kind] not in (None, *properties):
        raise ValueError(f"{kind} without {EDGE_KEY[kind]}")
    return Edge(kind, head, tail, properties)


def _check_keys(record: Mapping[str, Any], expected: set[str]) -> None:
    if set(record) != expected:
        raise ValueError(f"it has {', '.join(sorted(record))} in place of {', '.join(sorted(expected))}")


def _properties(values: Mapping[str, Any], known: tuple[str, ...]) -> dict[str, Property]:
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise ValueError(f"unknown property {unknown[0]!r}; there are: {', '.join(known) or 'none'}")
    return {name: _property(name, value) for name, value in values.items()}


def _property(name: str, value: Any) -> Property:
    if name in LIST_PROPERTIES and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if name not in LIST_PROPERTIES and isinstance(value, str | int | float):
        return value  # a bool is an int
    raise ValueError(f"{name} cannot be {value!r:.60}")
