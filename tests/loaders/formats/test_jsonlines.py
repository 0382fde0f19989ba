"""Our own JSON form, line by line and as an array."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document, Metadata, Problem, Section
from loaders.formats import jsonlines
from loaders.formats.files import Read
from loaders.formats.lines import RECORD as LONGEST

RECORD = {"title": "Thrifty Adapters", "abstract": "They save memory."}


def read_one(record: object) -> list[Document | Problem]:
    return list(jsonlines.read_lines(io.BytesIO(json.dumps(record).encode()), "papers.jsonl"))


def document(key: str = "thriftyadapters", **metadata: Any) -> Document:
    return Document.make(
        format="jsonl",
        key=key,
        source="papers.jsonl",
        title="Thrifty Adapters",
        abstract="They save memory.",
        metadata=Metadata(**metadata),
    )


def problem(message: str, where: str = "line 1") -> Problem:
    return Problem(source="papers.jsonl", where=where, message=message)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, document()),
        ({"id": "a/b 7"}, document("a/b 7")),
        ({"id": 7}, document("7")),
        ({"id": ""}, document()),
        ({"mood": ["glad"], "source": "elsewhere", "venue": None}, document()),
        ({"date": "2026-05-05"}, document(listed="2026-05-05")),
        ({"year": 2021}, document(year=2021)),
        ({"year": " 2021 "}, document(year=2021)),
        ({"arxiv": "https://arxiv.org/abs/2401.00001v3"}, document("2401.00001", arxiv="2401.00001")),
        ({"id": "arXiv:2401.00001v3"}, document("arXiv:2401.00001v3", arxiv="2401.00001")),
        ({"id": "2401.00001", "arxiv": "2401.00002"}, document("2401.00001", arxiv="2401.00002")),
        ({"doi": "doi:10.1000/A<1>"}, document("10.1000/a<1>", doi="10.1000/a<1>")),
        ({"acl": "https://aclanthology.org/P19-1001/"}, document("P19-1001", acl="P19-1001")),
        ({"venue": "ACL", "url": "https://example.org", "summary_by": "paperkg"},
         document(venue="ACL", url="https://example.org", summary_by="paperkg")),
    ],
)  # fmt: skip
def test_fields_become_metadata(more: dict[str, Any], expected: Document) -> None:
    """Each field of a record has its place; ids are stored bare, whatever their spelling."""
    found = read_one(RECORD | more)

    assert found == [expected]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"arxiv": "soon"}, "arxiv left out: 'soon' is no arXiv id"),
        ({"doi": "11.5"}, "doi left out: '11.5' is no DOI"),
        ({"acl": "P19"}, "acl left out: 'P19' is no ACL Anthology id"),
        ({"year": 20210}, "year left out: '20210' is no year between 1500 and 2100"),
        ({"year": -5}, "year left out: '-5' is no year between 1500 and 2100"),
        ({"year": True}, "year left out: 'True' is no year between 1500 and 2100"),
        ({"year": "last"}, "year left out: 'last' is no year between 1500 and 2100"),
        ({"authors": "Ada Example"}, "authors left out: not a list of strings"),
        ({"authors": [1]}, "authors left out: not a string"),
        ({"venue": {"name": "ACL"}}, "venue left out: not a string"),
    ],
)
def test_a_bad_field_costs_that_field(more: dict[str, Any], message: str) -> None:
    """The record still loads, without the field, and a problem says which."""
    found = read_one(RECORD | more)

    assert found == [problem(message), document()]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"authors": ["Ada\x07", "B\ud800"]}, "2 characters {} were {}: 1 control character, 1 lone surrogate"),
        ({"sections": [{"heading": "1\x00", "text": "\x0b\udc80"}]}, "3 characters {} were {}: 2 control characters, 1 lone surrogate"),
        ({"venue": "\uffff"}, "1 character {} was {}: 1 noncharacter"),
        ({"venue": "\U0001f600 \ufffd \t\r\n", "mood": "\x00"}, ""),
    ],
)  # fmt: skip
def test_replaced_characters_are_told(more: dict[str, Any], told: str) -> None:
    """A record loads without what no text may hold, and a problem says how much of which kind that was."""
    kinds = told.format("that no text may hold", "replaced by U+FFFD")

    *problems, found = read_one(RECORD | more)

    assert isinstance(found, Document)
    assert problems == ([problem(kinds)] if told else [])


@pytest.mark.parametrize("reader", [jsonlines.read_lines, jsonlines.read_values])
def test_surrogates_written_as_bytes_are_told(reader: Read) -> None:
    """Three bytes that would make half a character are replaced as one."""
    content = json.dumps(RECORD).encode().replace(b"save", b"\xed\xb2\x80ve")

    told, found = reader(io.BytesIO(content), "papers.jsonl")

    message = "1 character that no text may hold was replaced by U+FFFD: 1 lone surrogate"
    assert isinstance(told, Problem)
    assert told.message == message
    assert isinstance(found, Document)
    assert found.abstract == "They \ufffdve memory."


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ([1, 2], "not a JSON object"),
        ({"abstract": "No title here."}, "a record without title"),
        ({"title": " ", "abstract": "No title here."}, "a record without title"),
        ({"title": "Bare"}, "a record without abstract or sections: 'Bare'"),
        ({"title": "Bare", "abstract": "\n", "sections": []}, "a record without abstract or sections: 'Bare'"),
        ({"title": 3, "abstract": "x"}, "title is not a string"),
        ({"title": "Bare", "abstract": ["x"]}, "abstract is not a string"),
        (RECORD | {"id": 1.5}, "id is not a string"),
        (RECORD | {"id": True}, "id is not a string"),
        (RECORD | {"sections": "x"}, "sections is not a list of objects with heading and text"),
        (RECORD | {"sections": [{"heading": 1}]}, "heading is not a string"),
    ],
)
def test_a_record_without_sound_text_is_a_problem(record: object, message: str) -> None:
    """Without title, text or a sound id there is no document."""
    found = read_one(record)

    assert found == [problem(message)]


def test_sections_follow_the_abstract() -> None:
    """A full text is title, abstract and each section's heading and text, a line end between them."""
    parts = [{"heading": "1 Start", "text": "It\r\nbegins."}, {"heading": "2 End", "text": "It ends."}]

    found = read_one({"title": "Whole", "sections": parts})

    expected = Document.make(
        format="jsonl",
        key="whole",
        source="papers.jsonl",
        title="Whole",
        abstract="",
        sections=(Section(heading="1 Start", text="It\nbegins."), Section(heading="2 End", text="It ends.")),
    )
    assert found == [expected]


def test_a_damaged_line_costs_that_line() -> None:
    """Broken JSON, foreign bytes and raw control characters do not keep the others from being read."""
    good = json.dumps(RECORD).encode()
    content = b"\n".join([b"", b'{"title": "Cut', good, b'{"title": "\xe4"}', good.replace(b"save", b"s\x01ve"), good])

    found = list(jsonlines.read_lines(io.BytesIO(content), "papers.jsonl"))

    whole = [item for item in found if isinstance(item, Document)]
    assert [str(item) for item in found if isinstance(item, Problem)] == [
        "papers.jsonl: line 2: broken or truncated JSON: Unterminated string starting at: line 1 column 11 (char 10)",
        f"papers.jsonl: line 4: not UTF-8 at byte {content.index(0xE4)}",
        "papers.jsonl: line 5: 1 character that no text may hold was replaced by U+FFFD: 1 control character",
    ]
    assert [item.abstract for item in whole] == ["They save memory.", "They s\ufffdve memory.", "They save memory."]


def test_deep_nesting_is_a_problem() -> None:
    """A line of a hundred thousand brackets is bad content, no crash."""
    content = b'{"title": ' + b"[" * 100_000

    (found,) = jsonlines.read_lines(io.BytesIO(content), "papers.jsonl")

    assert isinstance(found, Problem)


def read_array(content: str | bytes) -> list[Document | Problem]:
    raw = content.encode() if isinstance(content, str) else content
    return list(jsonlines.read_values(io.BytesIO(raw), "papers.jsonl"))


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("wrap", ["{}", "[{}]", "\n [ {} ] \n"])
def test_an_array_or_a_single_object_is_read(indent: int | None, wrap: str) -> None:
    """The same records in an array, pretty-printed or not, are the same documents."""
    found = read_array(wrap.replace("{}", json.dumps(RECORD, indent=indent)))

    assert found == [document()]


def test_a_truncated_array_keeps_its_whole_records() -> None:
    """What stands before the break is read; the break is one problem, wherever it is."""
    text = json.dumps([RECORD, RECORD | {"id": "two"}])
    comma = text.index("}, ") + 2

    inside, between = read_array(text[:-9]), read_array(text[:comma])

    assert inside[0] == document()
    assert [item.where for item in inside[1:] if isinstance(item, Problem)] == ["record 2"]
    assert between == [document(), problem("truncated JSON: the array has no end")]


def test_a_damaged_last_record_does_not_hide_the_end_of_its_array() -> None:
    """Whether an array has an end is not asked where its last record broke off."""
    found = read_array(f'[{json.dumps(RECORD)}, {{"title": oops}}]')

    assert [item.where for item in found if isinstance(item, Problem)] == ["record 2"]


def test_a_damaged_record_of_an_array_costs_that_record() -> None:
    """Reading goes on with the next record."""
    one, two = json.dumps(RECORD | {"id": "1"}), json.dumps(RECORD | {"id": "2"})

    found = read_array(f'[{one}, {{"title": oops}}, {two}]')

    assert [item.key for item in found if isinstance(item, Document)] == ["1", "2"]
    assert [item.where for item in found if isinstance(item, Problem)] == ["record 2"]


def test_foreign_bytes_in_an_array_cost_their_record() -> None:
    """The problem names the byte, counted from the beginning of the file."""
    good = json.dumps(RECORD).encode()
    content = b"[" + good + b',\n{"title": "M\xfcll", "abstract": "x"},\n' + good + b"]"

    found = read_array(content)

    assert found == [document(), problem(f"not UTF-8 at byte {content.index(0xFC)}", "record 2"), document()]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", None),
        ("[", "truncated JSON: the array has no end"),
        ("[] and more", "text after the last record"),
    ],
)
def test_the_end_of_an_array_is_checked(text: str, message: str | None) -> None:
    """An array ends with its bracket and nothing after it."""
    found = read_array(text)

    assert found == ([problem(message)] if message else [problem("no records in this file", "")])


@pytest.mark.parametrize(
    ("head", "is_lines", "is_values"),
    [
        ('{"title": "A"}\n{"title": "B"}\n', True, True),
        ('{"title": "A"}', True, True),
        ('{"title": "A\n{"title": "B"}', True, True),
        ('{"title": "cut off by the end of what was looked at', True, True),
        ('{\n "title": "A"\n}', False, True),
        (' [{"title": "A"}]', False, True),
        ("A title", False, False),
        ("", False, False),
    ],
)
def test_lines_and_other_json_are_told_apart(head: str, is_lines: bool, is_values: bool) -> None:
    """JSON Lines begin with an object on one line; an array or an object over several lines is other JSON."""
    found = (jsonlines.recognises_lines(head), jsonlines.recognises_values(head))

    assert found == (is_lines, is_values)


@given(st.binary() | st.text().map(str.encode) | st.from_regex(rb'[\[{"}\],:a\\ \n0-9]{0,60}', fullmatch=True))
def test_no_bytes_make_the_readers_raise(content: bytes) -> None:
    """Bad content is problems."""
    found = [*jsonlines.read_lines(io.BytesIO(content), "x"), *jsonlines.read_values(io.BytesIO(content), "x")]

    assert all(isinstance(item, Document | Problem) for item in found)


def test_a_line_longer_than_any_record_costs_itself() -> None:
    """What is too long is told once and not held, and the next line is read."""
    content = b'{"title": "' + b"x" * (2 * LONGEST) + b'"}\n' + json.dumps(RECORD).encode()

    found = list(jsonlines.read_lines(io.BytesIO(content), "papers.jsonl"))

    assert found == [problem("longer than 67,108,864 bytes: no record is"), document()]
