"""Whatever a file holds, reading and extracting it ends in documents and problems, and every span quotes its text.

`KG_FUZZ=20000 pytest tests/loaders/test_fuzz.py` is the long form.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Document, Extraction, Problem
from loaders import read
from loaders.extract import extract

EXAMPLES = int(os.environ.get("KG_FUZZ", "60"))
SAMPLES = sorted(
    path
    for path in (Path(__file__).parents[1] / "samples").iterdir()
    if path.name != "queries.jsonl" and path.is_file()
)
PIECES = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1f\x8b\x08", b"\xed\xa0\x80", b"\xf0\x9f\xa6\x99", b"\r", b"\r\n", b"\n\n\n",
    b"{", b"}", b"[" * 5_000, b'{"a":' * 3_000, b'"', b"\\", b"\\ud800", b"NaN", b"1e999", b"null", b"-" * 400, b"(" * 400,
    b"e\xcc\x81\xcc\x81", b"\xe2\x80\xae", b"LoRA outperforms BERT by 3.5% on GLUE. ", b"x'}) DETACH DELETE n //", b"$$\\alpha$$",
)  # fmt: skip

_cuts = st.tuples(st.just("cut"), st.floats(0, 1), st.floats(0, 0.3))
_doubles = st.tuples(st.just("double"), st.floats(0, 1), st.floats(0, 0.2))
_flips = st.tuples(st.just("flip"), st.floats(0, 1), st.integers(1, 255))
_inserts = st.tuples(st.just("insert"), st.floats(0, 1), st.sampled_from(PIECES))
CHANGES = st.lists(st.one_of(_cuts, _doubles, _flips, _inserts), max_size=8)


def _changed(data: bytes, changes: list[tuple[str, float, object]]) -> bytes:
    """Bytes of which pieces were cut, doubled, flipped or put in, at places given as parts of the whole."""
    for what, where, how in changes:
        at = int(where * len(data))
        if what == "insert" and isinstance(how, bytes):
            data = data[:at] + how + data[at:]
        elif what == "flip" and isinstance(how, int):
            data = data[:at] + bytes(byte ^ how for byte in data[at : at + 1]) + data[at + 1 :]
        elif isinstance(how, float):
            end = at + int(how * len(data))
            data = data[:at] + (data[at:end] * 2 if what == "double" else b"") + data[end:]
    return data


def _check(document: Document, found: Extraction) -> None:
    text = document.text
    assert all(text[m.start : m.end] == m.text for group in found.groups for m in group.mentions)
    assert all(0 <= r.start < r.end <= len(text) for r in found.relations)
    assert all(0 <= c.start < c.end <= len(text) for c in found.claims)
    assert all(0 <= one.confidence <= 1 for one in (*found.groups, *found.relations, *found.claims))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes=CHANGES)
def test_a_damaged_file_is_documents_and_problems(
    sample: Path, tmp_path: Path, changes: list[tuple[str, float, object]]
) -> None:
    """A file that is cut, doubled, flipped or mixed with others costs records, never the reader."""
    path = tmp_path / sample.name
    path.write_bytes(_changed(sample.read_bytes(), changes))

    items = list(read(path))

    assert all(isinstance(item, Document | Problem) for item in items)
    for document in [item for item in items if isinstance(item, Document)][:3]:
        _check(document, extract(document))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(pieces=st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=40)), max_size=12))
def test_any_bytes_are_a_file(tmp_path: Path, pieces: list[bytes]) -> None:
    """What is no format at all is one problem that names what could be read."""
    path = tmp_path / "any"
    path.write_bytes(b"".join(pieces))

    assert all(isinstance(item, Document | Problem) for item in read(path))
