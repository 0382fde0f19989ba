"""A JSON text read in a window of any size."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.formats.window import Window

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
)


def read(text: str, *, piece: int) -> list[object]:
    """All values of a text, None for a broken one, with its first lines where it is broken."""
    window = Window(io.BytesIO(text.encode()), piece=piece)
    found: list[object] = []
    while window.sign():
        try:
            found.append(window.decode()[0])
        except ValueError as error:
            found.append(str(error))
            window.find_next()
    return found


@settings(max_examples=30, deadline=None)
@given(
    st.lists(VALUES, min_size=1, max_size=5), st.sampled_from((" ", ",\n", "\n\n  ")), st.integers(4, 40), st.booleans()
)
def test_what_is_read_does_not_depend_on_the_window(
    values: list[object], between: str, piece: int, ascii: bool
) -> None:
    """Values that stand across the end of a piece are whole."""
    text = between.join(json.dumps(value, ensure_ascii=ascii) for value in values)

    found = read(text, piece=piece)

    assert found == values


@pytest.mark.parametrize("piece", [4, 7, 64, 1 << 20])
def test_a_broken_value_names_its_line_and_costs_itself(piece: int) -> None:
    """Reading goes on at the next object, wherever pieces end."""
    text = '{"a": 1},\n\n{"b":\n "c" "d"}' + " " * 100 + ',\n{"e": 2}\n{"f": [}\n'

    found = read(text, piece=piece)

    assert found == [
        {"a": 1},
        "Expecting ',' delimiter, line 4",
        {"e": 2},
        "Expecting value, line 6",
    ]


def test_spaces_after_a_broken_value_cost_no_more_each() -> None:
    """A long run of spaces is read over once."""
    text = '{"a" 1}' + " " * 1_000_000 + "x"

    found = read(text, piece=1 << 20)

    assert found == ["Expecting ':' delimiter, line 1"]
