"""The backup."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest

from kg.errors import FormatError
from kg.export import Content, read_elements, write_jsonl
from kg.model import Edge, EdgeKind, Element, Node, NodeKind

HEADER = b'{"paperkg": {"schema": 1}}\n'


def _written(elements: tuple[Element, ...]) -> bytes:
    stream = io.BytesIO()
    write_jsonl(Content(elements), stream)
    return stream.getvalue()


def test_a_backup_reads_back_as_what_it_was(small_elements: tuple[Element, ...]) -> None:
    """Every kind of node and edge survives, with the types of its properties."""
    assert tuple(read_elements(io.BytesIO(_written(small_elements)))) == small_elements


def test_a_line_is_an_element_with_sorted_keys() -> None:
    """The form is fixed: schema first, then a line an element, keys sorted, text as it is, their number last."""
    elements = (
        Node(NodeKind.METHOD, "method/footune", {"name": "FooTüne 🎉\u2028", "aliases": ("foo tuning",)}),
        Edge(EdgeKind.CITES, "paper/acl-P19-1001", "paper/acl-P19-1002"),
    )

    lines = _written(elements).decode().split("\n")

    assert lines == [
        '{"paperkg": {"schema": 1}}',
        '{"id": "method/footune", "node": "Method", "properties": {"aliases": ["foo tuning"], "name": "FooTüne 🎉\u2028"}}',
        '{"edge": "cites", "head": "paper/acl-P19-1001", "properties": {}, "tail": "paper/acl-P19-1002"}',
        '{"end": {"elements": 2}}',
        "",
    ]


def test_control_characters_survive_and_half_characters_do_not() -> None:
    """JSON holds any character but a lone surrogate, which UTF-8 cannot."""
    node = Node(NodeKind.PAPER, "paper/title-0123456789ab", {"title": 'a\x00\x0c\ud83d\ufffe"\\'})

    read = list(read_elements(io.BytesIO(_written((node,)))))

    assert read == [Node(NodeKind.PAPER, "paper/title-0123456789ab", {"title": 'a\x00\x0c\ufffd\ufffe"\\'})]


def _node_line(**changes: object) -> bytes:
    record = {"node": "Method", "id": "method/footune", "properties": {"name": "FooTune"}, **changes}
    return json.dumps({key: value for key, value in record.items() if value is not None}).encode() + b"\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "line 1 is missing: the file is empty"),
        (b"\x00\xff\x00", "line 1 is cut off or no JSON"),
        (b"[" * 100_000, "line 1 is cut off or no JSON"),
        (_node_line(), "line 1 does not say that this is a backup"),
        (b'{"paperkg": {"schema": 99}}\n', "line 1: this backup has schema 99, this release reads 1"),
        (HEADER + _node_line() + _node_line()[:-20], "line 3 is cut off or no JSON"),
        (HEADER + b"[]\n", "line 2 is no JSON object"),
        (HEADER + b"{}\n", "line 2 is no element of a backup"),
        (HEADER + _node_line(node="Robot"), "line 2 is no element of a backup: 'Robot' is not a valid NodeKind"),
        (HEADER + _node_line(id="paper/acl-P19-1001"), "is no id of a Method"),
        (HEADER + _node_line(id="footune"), "'footune' is no id of this graph"),
        (HEADER + _node_line(id=7), "line 2 is no element"),
        (HEADER + _node_line(extra=1), "it has extra, id, node, properties in place of id, node, properties"),
        (HEADER + _node_line(properties={"colour": "red"}), "unknown property 'colour'; there are: name, aliases"),
        (HEADER + _node_line(properties={"name": ["FooTune"]}), "name cannot be"),
        (HEADER + _node_line(properties={"aliases": "foo"}), "aliases cannot be 'foo'"),
        (HEADER + _node_line(properties={"name": None}), "name cannot be None"),
        (HEADER + _node_line(properties={"name": "\ud83d"}), "line 2 holds half of a character"),
        (
            HEADER + b'{"edge": "written-by", "head": "paper/acl-P19-1001", "tail": "author/a", "properties": {}}',
            "written-by without position",
        ),
    ],
)
def test_what_is_no_backup_is_refused_with_the_line(data: bytes, message: str) -> None:
    """A file that is empty, cut off, of another kind or schema, or that says what no graph of ours can, is one line."""
    with pytest.raises(FormatError) as caught:
        list(read_elements(io.BytesIO(data)))

    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda lines: lines[:-1], "is cut off: its last line"),
        (lambda lines: lines[:-2], "is cut off: its last line"),
        (lambda lines: [lines[0], *lines[2:]], "holds 1 elements, but says"),
        (lambda lines: [lines[0], lines[1], *lines[1:]], "holds 3 elements, but says"),
        (lambda lines: [*lines, lines[1]], "line 5 stands behind the end"),
    ],
)
def test_a_backup_that_is_not_whole_is_refused(change: Callable[[list[bytes]], list[bytes]], message: str) -> None:
    """A file that was cut at a line's end, or lost or doubled a line, is told from a whole one."""
    elements = (
        Node(NodeKind.METHOD, "method/footune", {"name": "FooTune"}),
        Node(NodeKind.METHOD, "method/lora", {"name": "LoRA"}),
    )
    lines = _written(elements).splitlines(keepends=True)

    with pytest.raises(FormatError, match=message):
        list(read_elements(change(lines)))
