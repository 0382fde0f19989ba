"""The graph as triples, N-Triples and Turtle."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

import pyoxigraph
import pytest
import rdflib

from kg.errors import KgError, UsageError
from kg.model import Edge, EdgeKind, Element, Node, NodeKind
from kg.rdf import DEFAULT_BASE, to_rdflib, triples, write_ntriples, write_turtle

GOLDEN = Path(__file__).parents[2] / "golden" / "rdf"
FORMATS = {"nt": write_ntriples, "ttl": write_turtle}
PARSED_AS = {"nt": pyoxigraph.RdfFormat.N_TRIPLES, "ttl": pyoxigraph.RdfFormat.TURTLE}
Write = Callable[[Iterable[Element], IO[bytes], str], int]


def _bytes(elements: Iterable[Element], suffix: str, base: str = DEFAULT_BASE) -> bytes:
    stream = io.BytesIO()
    FORMATS[suffix](elements, stream, base)
    return stream.getvalue()


def _parsed(data: bytes, suffix: str) -> list[pyoxigraph.Triple]:
    return [quad.triple for quad in pyoxigraph.parse(data, PARSED_AS[suffix])]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_small_graph_is_written_as_the_golden_file_says(suffix: str, small_elements: tuple[Element, ...]) -> None:
    """Our RDF changes only knowingly: run this with KG_WRITE_GOLDEN=1, then look at the difference."""
    golden = GOLDEN / f"small.{suffix}"
    written = _bytes(small_elements, suffix)
    if os.environ.get("KG_WRITE_GOLDEN"):
        golden.write_bytes(written)

    assert written == golden.read_bytes()


@pytest.mark.parametrize("suffix", FORMATS)
def test_both_formats_hold_the_triples_and_none_twice(suffix: str, small_elements: tuple[Element, ...]) -> None:
    """A file holds exactly the triples of the graph; the writer returns their number."""
    stream = io.BytesIO()
    expected = list(triples(small_elements))

    count = FORMATS[suffix](small_elements, stream, DEFAULT_BASE)

    read = _parsed(stream.getvalue(), suffix)
    assert (count, len(read), set(read)) == (len(expected), len(expected), set(expected))
    assert len(set(expected)) == len(expected)


@pytest.mark.parametrize("suffix", FORMATS)
def test_rdflib_reads_the_same_graph(
    suffix: str, small_elements: tuple[Element, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second reader, which shares no code with the writer, finds the same triples in both files."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)

    read = rdflib.Graph().parse(data=_bytes(small_elements, suffix), format=suffix)

    assert set(read) == set(to_rdflib(small_elements))


def test_lines_are_sorted_and_distinct(small_elements: tuple[Element, ...]) -> None:
    """N-Triples are in the order of their bytes, each line once."""
    lines = _bytes(small_elements, "nt").splitlines()

    assert lines == sorted(set(lines))


@pytest.mark.parametrize("suffix", FORMATS)
def test_another_process_writes_the_same_bytes(suffix: str, small_elements: tuple[Element, ...]) -> None:
    """The same graph gives the same bytes, whatever the seed of Python's hashes."""
    code = (
        "import sys; from kg.export import EXPORTERS, Content, read_elements\n"
        f"EXPORTERS[{'nt' if suffix == 'nt' else 'turtle'!r}].write(Content(read_elements(sys.stdin.buffer)), sys.stdout.buffer)"
    )
    from kg.export import Content, write_jsonl

    backup = io.BytesIO()
    write_jsonl(Content(small_elements), backup)
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)}

    done = subprocess.run(
        [sys.executable, "-c", code], input=backup.getvalue(), capture_output=True, check=True, env=environment
    )

    assert done.stdout == _bytes(small_elements, suffix)


@pytest.mark.parametrize("suffix", FORMATS)
def test_any_text_survives(suffix: str, torture: str) -> None:
    """Text comes back as it was, save that U+FFFD stands for what no format of XML or UTF-8 can hold."""
    node = Node(NodeKind.PAPER, "paper/title-0123456789ab", {"title": torture, "year": 2024})
    expected = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", torture)

    read = _parsed(_bytes([node], suffix), suffix)

    titles = {str(triple.object.value) for triple in read if triple.predicate.value.endswith(("/title", "#label"))}
    assert titles == {expected}


def test_evidence_is_cut_at_code_points() -> None:
    """What stands around the evidence is counted in code points, astral ones too, and no more than 32."""
    text = "🎉" * 40 + "the words" + "é" * 3
    properties = {
        "statement": "5", "document": "document/1", "paper": "paper/acl-P19-1001", "evidence": "the words",
        "start_char": 40, "end_char": 49, "confidence": 0.5, "extractor": "x-1", "head_as": "A", "tail_as": "B",
    }  # fmt: skip
    elements = [
        Node(NodeKind.DOCUMENT, "document/1", {"text": text}),
        Edge(EdgeKind.IMPROVES_ON, "method/a", "method/b", properties),
    ]

    quote = [one for one in triples(elements) if one.subject.value.endswith("#quote")]

    words = {one.predicate.value.partition("#")[2]: one.object.value for one in quote if "oa#" in one.predicate.value}
    assert words == {"exact": "the words", "prefix": "🎉" * 32, "suffix": "ééé"}


def _stated(statement: str, *, rejected: bool) -> Edge:
    properties = {
        "statement": statement, "document": "document/1", "paper": "paper/acl-P19-1001", "evidence": "w",
        "start_char": 0, "end_char": 1, "confidence": 0.5, "extractor": "x-1", "head_as": "A", "tail_as": "B",
        **({"rejected": True} if rejected else {}),
    }  # fmt: skip
    return Edge(EdgeKind.IMPROVES_ON, "method/a", "method/b", properties)


@pytest.mark.parametrize(("rejected", "direct"), [((False, False), 1), ((True, False), 1), ((True, True), 0)])
def test_a_direct_edge_stands_while_one_statement_does(rejected: tuple[bool, bool], direct: int) -> None:
    """Several statements of one edge give one direct edge, and none once all are rejected."""
    edges = [_stated(str(number), rejected=value) for number, value in enumerate(rejected)]

    found = [one for one in triples(edges) if one.predicate.value == f"{DEFAULT_BASE}ontology#improvesOn"]

    assert len(found) == direct


@pytest.mark.parametrize("suffix", FORMATS)
def test_under_another_base_nothing_of_ours_is_left(suffix: str, small_elements: tuple[Element, ...]) -> None:
    """The base is a configuration value: all our IRIs move with it."""
    base = "http://localhost:8000/graph/"

    written = _bytes(small_elements, suffix, base)

    assert DEFAULT_BASE.encode() not in written
    assert written.replace(base.encode(), DEFAULT_BASE.encode()) != written


@pytest.mark.parametrize("base", ["", "kg", "http://example.org/kg", "http://example.org/a b/"])
def test_a_base_that_is_no_iri_with_a_slash_is_refused(base: str) -> None:
    """A base is an absolute IRI that ends in a slash."""
    with pytest.raises(UsageError, match="the base"):
        write_ntriples([], io.BytesIO(), base)


def test_an_id_that_makes_no_iri_is_refused() -> None:
    """An id with a broken percent sign is an error with the id in it, never a broken file."""
    with pytest.raises(KgError, match="paper/doi-10%zz"):
        list(triples([Node(NodeKind.PAPER, "paper/doi-10%zz", {"title": "x"})]))


@pytest.mark.parametrize("name", ["nt", "turtle"])
def test_memory_does_not_grow_with_the_graph(name: str) -> None:
    """Two hundred thousand triples are written in the memory that a million take (the benchmark prints both)."""
    benchmark = Path(__file__).parents[2] / "benchmarks" / "rdf_export.py"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

    done = subprocess.run(
        [sys.executable, benchmark, name, "1750"], capture_output=True, text=True, check=True, env=environment
    )

    found = re.search(r"([\d,]+) written .* peak (\d+) MB", done.stdout)
    assert found, done.stdout
    assert int(found[1].replace(",", "")) > 200_000
    assert int(found[2]) < 150
