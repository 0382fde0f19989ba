"""GraphML and GEXF, for Gephi, yEd and what else draws graphs: streaming, the same bytes for the same graph.

Both declare the type of each attribute before the first node, and only those that are there: nodes and edges are set
aside on disk until it is known which these are. Lists are joined with semicolons. networkx's own writers hold the graph
twice in memory, and put the day of writing into GEXF.

GraphML: Brandes et al., Graph Markup Language (http://graphml.graphdrawing.org); GEXF 1.3 (https://gexf.net).
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from kg.export.columns import REAL, TEXT, TRUTH, WHOLE, Column, edge_columns, node_columns, value
from kg.export.content import Content
from kg.export.networkx import RENAMED
from kg.model import Edge, Element, Node, Property
from kg.query.lines import node_name
from kg.rdf.literals import clean
from kg.store.change import edge_key

_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation'
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_TYPES = {TEXT: "string", WHOLE: "long", REAL: "double", TRUTH: "boolean"}
_NO_TOKEN = re.compile(r"[^A-Za-z0-9.-]")


class Attribute(NamedTuple):
    """An attribute of a node or edge as both formats write it."""

    name: str
    type: str
    text: str


def write_graphml(content: Content, stream: IO[bytes]) -> int:
    """Writes GraphML; returns how many elements.

    Ids of nodes must be name tokens there: `method/lora` is `method:lora`, and has its own id as the attribute `id`.
    """
    declared: set[tuple[str, str, str]] = set()
    with TemporaryFile() as body:
        count = 0
        for element in content.elements:
            own = _attributes(element)
            scope = "node" if isinstance(element, Node) else "edge"
            own = [Attribute("id", "string", element.id), *own] if isinstance(element, Node) else own
            declared |= {(scope, a.name, a.type) for a in own}
            body.write(_graphml_line(element, scope, own).encode())
            count += 1
        space = "http://graphml.graphdrawing.org/xmlns"
        where = f'{_XSI}="{space} {space}/1.0/graphml.xsd"'
        keys = (
            f'  <key id="{scope}.{name}" for="{scope}" attr.name="{name}" attr.type="{type}"/>\n'
            for scope, name, type in sorted(declared)
        )
        head = (
            f'{_XML}<graphml xmlns="{space}" {where}>\n{"".join(keys)}  <graph id="paperkg" edgedefault="directed">\n'
        )
        _join(stream, head, [body], "  </graph>\n</graphml>\n")
    return count


def write_gexf(content: Content, stream: IO[bytes]) -> int:
    """Writes GEXF 1.3; returns how many elements. An edge's kind stands in its `kind`, which keeps parallels apart."""
    declared: set[tuple[str, str, str]] = set()
    with TemporaryFile() as nodes, TemporaryFile() as edges:
        count = 0
        for element in content.elements:
            own = _attributes(element)
            scope, body = ("node", nodes) if isinstance(element, Node) else ("edge", edges)
            declared |= {(scope, a.name, a.type) for a in own}
            body.write(_gexf_line(element, own).encode())
            count += 1
        edges_begin = b"    </nodes>\n    <edges>\n"
        nodes.write(edges_begin)
        space = "http://gexf.net/1.3"
        head = (
            f'{_XML}<gexf xmlns="{space}" {_XSI}="{space} {space}/gexf.xsd" version="1.3">\n'
            '  <meta><creator>paperkg</creator></meta>\n  <graph defaultedgetype="directed" mode="static">\n'
            f"{''.join(_gexf_declarations(declared))}    <nodes>\n"
        )
        _join(stream, head, [nodes, edges], "    </edges>\n  </graph>\n</gexf>\n")
    return count


def _gexf_declarations(declared: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    for scope in ("node", "edge"):
        yield f'    <attributes class="{scope}">\n'
        for own, name, type in sorted(declared):
            if own == scope:
                yield f'      <attribute id="{name}" title="{name}" type="{type}"/>\n'
        yield "    </attributes>\n"


def _join(stream: IO[bytes], head: str, bodies: Iterable[IO[bytes]], tail: str) -> None:
    stream.write(head.encode())
    for body in bodies:
        body.seek(0)
        shutil.copyfileobj(body, stream)
    stream.write(tail.encode())


def _graphml_line(element: Element, scope: str, own: Iterable[Attribute]) -> str:
    if isinstance(element, Node):
        tag = f'<node id="{_token(element.id)}">'
    else:
        ends = f'source="{_token(element.head)}" target="{_token(element.tail)}"'
        tag = f'<edge id="{_edge_id(element)}" {ends}>'
    data = (f'<data key="{scope}.{a.name}">{escape(a.text, {chr(13): "&#13;"})}</data>' for a in own)
    return f"    {tag}{''.join(data)}</{scope}>\n"


def _gexf_line(element: Element, own: Iterable[Attribute]) -> str:
    if isinstance(element, Node):
        name, tag = "node", f"<node id={quoteattr(element.id)} label={quoteattr(clean(node_name(element)))}>"
    else:
        ends = f"source={quoteattr(element.head)} target={quoteattr(element.tail)}"
        name, tag = "edge", f'<edge id="{_edge_id(element)}" {ends} kind="{element.kind}" label="{element.kind}">'
    values = (f'<attvalue for="{a.name}" value={quoteattr(a.text)}/>' for a in own)
    return f"      {tag}<attvalues>{''.join(values)}</attvalues></{name}>\n"


def _attributes(element: Element) -> list[Attribute]:
    """The label, the kind and the properties of an element."""
    label = node_name(element) if isinstance(element, Node) else element.kind.value
    columns = node_columns() if isinstance(element, Node) else edge_columns()
    found = ((column, value(element, column)) for column in columns if column.name in element.properties)
    own = [Attribute(_name(element, c), _TYPES[c.type], _text(v)) for c, v in found if v is not None]
    return [Attribute("label", "string", clean(label)), Attribute("kind", "string", element.kind.value), *own]


def _name(element: Element, column: Column) -> str:
    return RENAMED[element.kind] if column.name == "kind" else column.name


def _text(value: Property) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return clean("; ".join(value) if isinstance(value, tuple) else str(value))


def _token(id: str) -> str:
    """An id as a name token of XML: a slash becomes a colon, what a token cannot hold an underscore and its number.

    >>> _token("method/lora"), _token("paper/doi-10.1000/a_b;c")
    ('method:lora', 'paper:doi-10.1000:a_5fb_3bc')
    """
    return _NO_TOKEN.sub(lambda found: ":" if found[0] == "/" else f"_{ord(found[0]):02x}", id)


def _edge_id(edge: Edge) -> str:
    """What tells an edge from all others, as a name token."""
    key = "\0".join(map(str, edge_key(edge)))
    return f"e{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
