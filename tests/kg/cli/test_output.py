"""Rows for people, pipes and programs."""

from __future__ import annotations

import json

import pytest

from kg.cli.output import cell, one_line, print_rows, printable, to_json

STEERING = "a\x1b]0;title\x07b\x9b31mc\x7fd\u202ee"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (0.87, "0.87"),
        (3, "3"),
        ("a\tb\nc\r\nd", "a b c d"),
        (STEERING, "a\ufffd]0;title\ufffdb\ufffd31mc\ufffdd\ufffde"),
        (["a", None, 1], "a, , 1"),
        ({"a": "\t"}, '{"a": "\\t"}'),
        ("[bold]x[/bold]", "[bold]x[/bold]"),
    ],
)
def test_cells_are_one_plain_line(value: object, text: str) -> None:
    """A cell holds no tab, no line end and nothing that steers a terminal."""
    assert cell(value) == text


def test_json_escapes_what_steers_a_terminal_and_keeps_it() -> None:
    """JSON gives programs the very text, and terminals nothing to obey."""
    value = {"text": f"{STEERING}\ud800", "ünicode": "🦙"}

    text = to_json(value)

    assert json.loads(text) == value
    assert printable(text.replace("\n", "")) == text.replace("\n", "")
    assert "🦙" in text


def test_rows_in_a_pipe_are_tsv(capsys: pytest.CaptureFixture[str]) -> None:
    """A line of headers, then a line for each row, cells parted by tabs."""
    print_rows(["a", "b"], [[1, "x\ty"], [None, 0.5]])

    assert capsys.readouterr().out == "a\tb\n1\tx y\n\t0.5\n"


def test_rows_as_json_are_objects(capsys: pytest.CaptureFixture[str]) -> None:
    """A list of objects whose keys are the columns."""
    print_rows(["a", "b"], [[1, "x\ty"]], as_json=True)

    assert json.loads(capsys.readouterr().out) == [{"a": 1, "b": "x\ty"}]


def test_no_rows_print_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing found is nothing printed, an empty list as JSON."""
    print_rows(["a"], [])
    print_rows(["a"], [], as_json=True)

    assert capsys.readouterr().out == "[]\n"


def test_messages_stay_on_one_line() -> None:
    """A message of any length and content is one line of bounded length."""
    line = one_line("x\n" * 100_000)

    assert "\n" not in line
    assert len(line) == 1000
