"""Mermaid and DOT."""

from __future__ import annotations

import html
import io
import json
import re
import subprocess
from collections.abc import Callable

import pytest

from kg.export import Content
from kg.export.pictures import write_dot, write_mermaid
from kg.model import Edge, EdgeKind, Element, Node, NodeKind

ODD = (
    'a "quoted" name',
    "back\\slash \\N \\",
    "x'}) DETACH DELETE n //",
    "`*markdown*` <b>x</b> &amp; #35; %% ; --> |x|",
    "lines\nand\ttabs\x1b[31m\u202e",
    "ε-greedy 🦙 [x](y) {z}",
    "end",
)
SHOWN = (*ODD[:4], "lines and tabs\ufffd[31m", *ODD[5:])


def _graph() -> tuple[Element, ...]:
    nodes = tuple(Node(NodeKind.METHOD, f"method/{at}", {"name": name}) for at, name in enumerate(ODD))
    stated = [
        Edge(EdgeKind.IMPROVES_ON, "method/0", "method/1", {"statement": "1"}),
        Edge(EdgeKind.IMPROVES_ON, "method/0", "method/1", {"statement": "2"}),
        Edge(EdgeKind.BUILDS_ON, "method/1", "method/2", {"statement": "3"}),
        Edge(EdgeKind.BUILDS_ON, "method/3", "method/4", {"statement": "4", "rejected": True}),
    ]
    return (*nodes, *stated)


def _written(write: Callable[[Content, io.BytesIO], int], elements: tuple[Element, ...]) -> str:
    stream = io.BytesIO()
    write(Content(elements), stream)
    return stream.getvalue().decode()


def test_graphviz_reads_the_same_names_and_lines(graphviz: str) -> None:
    """Whatever stands in a name, `dot` finds these nodes and lines, parallels as one, without what is rejected."""
    done = subprocess.run([graphviz, "-Tdot_json"], input=_written(write_dot, _graph()), capture_output=True, text=True, check=True)  # fmt: skip

    read = json.loads(done.stdout)
    assert done.stderr == ""
    assert {one["name"]: html.unescape(one["label"].replace("\\\\", "\\")) for one in read["objects"]} == {
        f"method/{at}": name for at, name in enumerate(SHOWN)
    }
    names = [one["name"] for one in read["objects"]]
    assert {(names[one["tail"]], one["label"], names[one["head"]]) for one in read["edges"]} == {
        ("method/0", "improves on (2)", "method/1"),
        ("method/1", "builds on", "method/2"),
    }


def test_mermaid_says_the_same() -> None:
    """Every line is a node or a line of the flowchart, and names are text: nothing in them is taken for markup."""
    first, *rest = _written(write_mermaid, _graph()).splitlines()

    nodes = dict(
        match.groups() for line in rest if (match := re.fullmatch(r'  (n\d+)\("([^"`<>&\\|()\[\]{}*]*)"\)', line))
    )
    lines = [line for line in rest if "-->" in line]
    assert first == "flowchart LR"
    assert len(nodes) + len(lines) == len(rest)
    read = [re.sub(r"#(\d+);", lambda found: chr(int(found[1])), name) for name in nodes.values()]
    assert read == list(SHOWN)
    assert lines == ['  n0 -->|"improves on (2)"| n1', '  n1 -->|"builds on"| n2']


@pytest.mark.parametrize("write", [write_dot, write_mermaid])
def test_every_kind_has_its_shape(
    write: Callable[[Content, io.BytesIO], int], small_elements: tuple[Element, ...], graphviz: str
) -> None:
    """All kinds of nodes and edges can be drawn; nothing leads to a node that is not drawn."""
    text = _written(write, small_elements)

    if write is write_dot:
        subprocess.run([graphviz, "-Tcanon"], input=text, capture_output=True, text=True, check=True)
    nodes = sum(isinstance(element, Node) for element in small_elements)
    drawn = [line for line in text.splitlines() if "->" not in line and line.startswith("  ")]
    assert len(drawn) == nodes + (2 if write is write_dot else 0)


def test_what_is_rejected_takes_its_lines_along() -> None:
    """A rejected claim is not drawn, and neither is what leads from it."""
    elements = (
        Node(NodeKind.CLAIM, "claim/1", {"kind": "result", "rejected": True}),
        Node(NodeKind.METHOD, "method/a", {"name": "A"}),
        Edge(EdgeKind.ABOUT, "claim/1", "method/a"),
    )

    assert _written(write_mermaid, elements) == 'flowchart LR\n  n0("A")\n'


def test_long_names_are_cut() -> None:
    """A name has sixty characters at most."""
    text = _written(write_mermaid, (Node(NodeKind.PAPER, "paper/acl-P19-1001", {"title": "a" * 99}),))

    assert text == f'flowchart LR\n  n0["{"a" * 59}#8230;"]\n'
