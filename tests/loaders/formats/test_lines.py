"""Cleaning, and byte streams as lines."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.formats.lines import Line, clean, lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("tab\tstays", "tab\tstays"),
        ("nul\x00 bell\x07 feed\x0c", "nul\ufffd bell\ufffd feed\ufffd"),
        ("half \ud83d of \ude00", "half \ufffd of \ufffd"),
        ("\ufffe\uffff", "\ufffd\ufffd"),
        ("𝔸 مرحبا \u0085\u2028\u00a0\x7f", "𝔸 مرحبا \u0085\u2028\u00a0\x7f"),
    ],
)
def test_clean_changes_line_ends_and_what_xml_forbids(text: str, expected: str) -> None:
    """Nothing but line ends, lone surrogates and forbidden control characters is touched."""
    found = clean(text)

    assert found == expected


@given(st.text(st.characters(exclude_categories=())))
def test_clean_is_idempotent_and_encodable(text: str) -> None:
    """What is clean stays as it is and can be written as UTF-8."""
    once = clean(text)

    assert clean(once) == once
    assert once.encode().decode() == once


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", []),
        (b"a\nb", [Line(1, "a"), Line(2, "b")]),
        (b"\xef\xbb\xbfa\r\n\r\nb\r\n", [Line(1, "a"), Line(2, ""), Line(3, "b")]),
        (b"old\rmac\r", [Line(1, "old"), Line(2, "mac")]),
        (b"ok\r\nb\xe4d\nok", [Line(1, "ok"), Line(2, "b\udce4d", "not UTF-8 at byte 5"), Line(3, "ok")]),
        (b"\xed\xa0\x80", [Line(1, "\ud800")]),
    ],
)
def test_lines_end_in_any_way_and_carry_their_fault(content: bytes, expected: list[Line]) -> None:
    """A line that is not UTF-8 says at which byte of the file, and costs no other line."""
    found = list(lines(io.BytesIO(content)))

    assert found == expected


@given(st.binary())
def test_lines_never_raises(content: bytes) -> None:
    """Any bytes are lines."""
    found = list(lines(io.BytesIO(content)))

    assert [line.number for line in found] == list(range(1, len(found) + 1))


@given(st.lists(st.sampled_from(["a", "ß", "€", "🦙", "\n", "\r\n", "\ra"])).map("".join), st.integers(1, 6))
def test_the_pieces_of_a_long_line_are_the_line(text: str, limit: int) -> None:
    """A line longer than the limit comes in pieces of whole characters, all with its number."""
    whole: list[str] = []
    for line in lines(io.BytesIO(text.encode()), limit=limit):
        whole[line.number - 1 :] = ["".join(whole[line.number - 1 :]) + line.text]

    assert whole == [line.text for line in lines(io.BytesIO(text.encode()))]
