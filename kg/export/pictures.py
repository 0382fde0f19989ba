"""Mermaid and DOT: what lies around something, as a picture in a page of Markdown or by Graphviz.

What several papers state between two things is one line, with the number of statements if there are several. What was
rejected is not drawn. The languages: https://mermaid.js.org/syntax/flowchart.html, https://graphviz.org/doc/info/lang.html.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import IO

from kg.export.content import Content
from kg.model import Element, Node, NodeKind
from kg.query.lines import node_name
from kg.rdf.literals import clean

_LONG = 60
"""Characters of a name that are drawn."""
_SPACES = re.compile(r"\s+")
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_PLAIN = re.compile(r"[^\w .,:+/-]")
_BOX = ("rounded", "(", ")")
_SHAPES = {
    NodeKind.METHOD: _BOX,
    NodeKind.MODEL: ("rounded,bold", "([", "])"),
    NodeKind.DATASET: ("dashed", "[(", ")]"),
    NodeKind.PAPER: ("solid", "[", "]"),
}
"""The style of a kind of node in DOT, and the brackets that give it its shape in Mermaid; boxes for the others."""

Lines = Counter[tuple[str, str, str]]


def write_mermaid(content: Content, stream: IO[bytes]) -> int:
    """Writes a flowchart; returns how many nodes and lines it has."""
    nodes, lines = _drawn(content)
    number = {node.id: f"n{at}" for at, node in enumerate(nodes)}

    def text() -> Iterator[str]:
        yield "flowchart LR\n"
        for node in nodes:
            _, begin, end = _SHAPES.get(node.kind, _BOX)
            yield f'  {number[node.id]}{begin}"{_entities(_short(node))}"{end}\n'
        for (head, kind, tail), count in lines.items():
            yield f'  {number[head]} -->|"{_label(kind, count)}"| {number[tail]}\n'

    stream.write("".join(text()).encode())
    return len(nodes) + len(lines)


def write_dot(content: Content, stream: IO[bytes]) -> int:
    """Writes a directed graph, whose nodes are named by their ids; returns how many nodes and lines it has."""
    nodes, lines = _drawn(content)

    def text() -> Iterator[str]:
        yield 'digraph paperkg {\n  graph [charset="UTF-8", rankdir=LR];\n  node [shape=box];\n'
        for node in nodes:
            style, *_ = _SHAPES.get(node.kind, _BOX)
            yield f'  {_quoted(node.id)} [label={_quoted(_short(node).replace("&", "&amp;"))}, style="{style}", class="{node.kind}"];\n'
        for (head, kind, tail), count in lines.items():
            yield f'  {_quoted(head)} -> {_quoted(tail)} [label="{_label(kind, count)}", class="{kind}"];\n'
        yield "}\n"

    stream.write("".join(text()).encode())
    return len(nodes) + len(lines)


def _drawn(content: Content) -> tuple[list[Node], Lines]:
    """The nodes and, for each kind of edge between two of them, how many state it."""
    nodes: dict[str, Node] = {}
    lines: Lines = Counter()
    for element in content.elements:
        if _is_rejected(element):
            continue
        if isinstance(element, Node):
            nodes[element.id] = element
        elif element.head in nodes and element.tail in nodes:
            lines[element.head, element.kind.value, element.tail] += 1
    return list(nodes.values()), lines


def _is_rejected(element: Element) -> bool:
    return bool(element.properties.get("rejected"))


def _short(node: Node) -> str:
    """The name of a node on one line of bounded length."""
    name = _SPACES.sub(" ", _STEERING.sub(" ", clean(node_name(node)))).strip()
    return name if len(name) <= _LONG else f"{name[: _LONG - 1]}…"


def _label(kind: str, count: int) -> str:
    words = kind.replace("-", " ")
    return words if count == 1 else f"{words} ({count})"


def _entities(text: str) -> str:
    """A text between quotes in Mermaid, which takes what is written there for HTML and Markdown.

    >>> _entities('a "b" #1 <i>')
    'a #34;b#34; #35;1 #60;i#62;'
    """
    return _PLAIN.sub(lambda found: f"#{ord(found[0])};", text)


def _quoted(text: str) -> str:
    """A text as a quoted string of DOT, in whose labels a backslash begins what stands for something else.

    >>> print(_quoted('a "b" \\\\N'))
    "a \\"b\\" \\\\N"
    """
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
