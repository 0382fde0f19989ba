"""What every test may ask for: a store of either kind, a real Neo4j server, and a real browser.

`KG_REQUIRE=embedded,neo4j,browser,graphviz,parquet` names what must be there: a test that cannot have it then fails instead of being
skipped.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType

import neo4j
import pytest
from browser import Browser, MissingError
from browser import browser as running_browser
from neo4j_server import Neo4jServer, UnavailableError, cache_folder
from neo4j_server import neo4j_server as running_server

from kg.model import Edge, EdgeKind, Element, Node, NodeKind, Property
from kg.names import cypher_type
from kg.store import Store, open_store
from kg.store.schema import EDGE_KEY, label

STORES = ("embedded", "neo4j")
REQUIRABLE = (*STORES, "browser", "graphviz", "parquet")
CACHE = cache_folder()  # before a test points XDG_CACHE_HOME elsewhere
OF_THE_USER = ("KG_STORE", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE")


def _required() -> frozenset[str]:
    return frozenset(os.environ.get("KG_REQUIRE", "").replace(",", " ").split())


def pytest_configure(config: pytest.Config) -> None:
    """Refuses a KG_REQUIRE that names what nothing asks for."""
    unknown = _required() - set(REQUIRABLE)
    if unknown:
        raise pytest.UsageError(f"KG_REQUIRE names {', '.join(sorted(unknown))}; there are: {', '.join(REQUIRABLE)}")


@pytest.fixture(autouse=True)
def _nothing_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keeps the store and the credentials of the person who runs the tests out of them."""
    for name in OF_THE_USER:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data-home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache-home"))


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Neo4jServer]:
    """A real Neo4j server with `address`, `username`, `password`, `restart()`, `kill()` and `start()`."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_server(CACHE))
        except UnavailableError as reason:
            if "neo4j" in _required():
                pytest.fail(f"KG_REQUIRE names neo4j, but: {reason}")
            pytest.skip(str(reason))
        yield server


@pytest.fixture(scope="session")
def neo4j_driver(neo4j_server: Neo4jServer) -> Iterator[neo4j.Driver]:
    """A driver of our own to look into the server past the store."""
    with neo4j.GraphDatabase.driver(
        neo4j_server.address,
        auth=(neo4j_server.username, neo4j_server.password),
        liveness_check_timeout=0,  # some tests start the server again
    ) as driver:
        yield driver


@pytest.fixture
def neo4j_address(neo4j_server: Neo4jServer, neo4j_driver: neo4j.Driver, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a Neo4j database without nodes, its credentials in the environment."""
    with neo4j_driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()
    monkeypatch.setenv("NEO4J_USERNAME", neo4j_server.username)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    return neo4j_server.address


@pytest.fixture(params=STORES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store: a file that is not there yet, or a Neo4j database without nodes."""
    return str(tmp_path / "graph.kgl") if request.param == "embedded" else request.getfixturevalue("neo4j_address")


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An open, empty, writable store, of each kind in turn."""
    with open_store(address) as opened:
        yield opened


@pytest.fixture
def open_again(address: str) -> Iterator[Callable[..., Store]]:
    """A function that opens the store of `address` once more, with the options of `open_store`; all close at the end.

    An embedded store has one writer: close `store` first.
    """
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(open_store(address, **options))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser without a network, and without what the last test left."""
    with ExitStack() as stack:
        try:
            yield stack.enter_context(running_browser())
        except MissingError as reason:
            if "browser" in _required():
                pytest.fail(f"KG_REQUIRE names browser, but: {reason}")
            pytest.skip(str(reason))


@pytest.fixture(scope="session")
def graphviz() -> str:
    """The program `dot` of Graphviz."""
    found = shutil.which("dot")
    if not found and "graphviz" in _required():
        pytest.fail("KG_REQUIRE names graphviz, but there is no program dot")
    if not found:
        pytest.skip("no program dot here; it comes with Graphviz")
    return found


@pytest.fixture(scope="session")
def parquet() -> ModuleType:
    """The module `pyarrow.parquet`."""
    if "parquet" in _required():
        return importlib.import_module("pyarrow.parquet")
    found: ModuleType = pytest.importorskip("pyarrow.parquet", reason="no pyarrow here: pip install '.[parquet]'")
    return found


SMALL_TEXT = (
    "Thrifty adapters for large models\n"
    "We present FooTune, which beats LoRA on GLUE and runs on 8 NVIDIA A100 devices. "
    "FooTune extends LoRA, tunes the LLaMA model on Alpaca, and reaches 91.5% accuracy on question answering."
)
SMALL_DOCUMENT = "document/00aa11bb22cc33dd"
SMALL_PAPER = "paper/arxiv-2401.00001"
SMALL_EXTRACTOR = "rules-1+lexicon-0a1b2c3d"
SMALL_NODES = (
    Node(NodeKind.AUTHOR, "author/ada-example", {"name": "Ada Example", "orcid": "0000-0002-1825-0097"}),
    Node(NodeKind.CLAIM, "claim/5eed5eed5eed5eed", {
        "kind": "result", "polarity": "+", "metric_text": "accuracy", "value": 91.5, "value_text": "91.5%", "unit": "%",
        "evidence": SMALL_TEXT[114:], "start_char": 114, "end_char": 218, "value_start_char": 181, "value_end_char": 186,
        "confidence": 0.6, "extractor": SMALL_EXTRACTOR, "paper": SMALL_PAPER, "document": SMALL_DOCUMENT,
    }),
    Node(NodeKind.DECISION, "decision/alias-0123456789ab", {
        "what": "alias", "about": "foo tuning", "family": "method", "target": "method/footune",
        "reason": "the paper's own page says so", "by": "ada", "at": "2026-01-02T03:04:05Z",
    }),
    Node(NodeKind.DOCUMENT, SMALL_DOCUMENT, {
        "format": "jsonlines", "key": "2401.00001", "source": "small.jsonl", "text": SMALL_TEXT, "title_end": 33,
        "abstract_end": 218, "metadata": '{"year": 2024}', "extraction": "{}", "sha256": "ab" * 32,
        "extractor": SMALL_EXTRACTOR, "loaded": "2026-01-02T03:04:05Z",
    }),
    Node(NodeKind.DATASET, "dataset/alpaca", {"name": "Alpaca"}),
    Node(NodeKind.DATASET, "dataset/glue", {"name": "GLUE"}),
    Node(NodeKind.HARDWARE, "hardware/nvidia-a100", {"name": "NVIDIA A100"}),
    Node(NodeKind.METHOD, "method/footune", {"name": "FooTune", "aliases": ("foo tuning", "frugal tuning")}),
    Node(NodeKind.MODEL, "method/llama", {"name": "LLaMA"}),
    Node(NodeKind.METHOD, "method/lora", {"name": "LoRA", "aliases": ("low-rank adaptation",)}),
    Node(NodeKind.METRIC, "metric/accuracy", {"name": "accuracy"}),
    Node(NodeKind.TASK, "task/question-answering", {"name": "question answering"}),
    Node(NodeKind.PAPER, "paper/arxiv-2106.09685", {"title": "Low-rank adaptation", "also": ("arxiv-2106.09685",)}),
    Node(NodeKind.PAPER, SMALL_PAPER, {
        "title": SMALL_TEXT[:33], "abstract": SMALL_TEXT[34:], "year": 2024, "listed": "2024-01-03", "venue": "ACL",
        "doi": "10.1000/foo<1>", "arxiv": "2401.00001", "acl": "2024.acl-long.1", "organization": "Example Lab",
        "url": "https://example.org/foo tune", "also": ("acl-2024.acl-long.1", "arxiv-2401.00001"), "author_count": 1,
        "upvotes": 7, "summary_by": "paperkg",
    }),
    Node(NodeKind.TOMBSTONE, "tombstone/arxiv-2301.00009", {"also": ("arxiv-2301.00009",)}),
)  # fmt: skip


def _small_statement(kind: EdgeKind, head: str, tail: str, *, sentence: int, **more: Property) -> Edge:
    """An extracted edge whose evidence is the first or second sentence of the small text."""
    start, end = ((34, 113), (114, 218))[sentence]
    names = {node.id: str(node.properties.get("name", "paper")) for node in SMALL_NODES}
    properties = {
        "statement": hashlib.sha256(f"{head} {kind} {tail}".encode()).hexdigest()[:16], "document": SMALL_DOCUMENT,
        "paper": SMALL_PAPER, "evidence": SMALL_TEXT[start:end], "start_char": start, "end_char": end,
        "confidence": 0.87, "extractor": SMALL_EXTRACTOR, "head_as": names[head], "tail_as": names[tail], **more,
    }  # fmt: skip
    return Edge(kind, head, tail, properties)


def _small_mention(entity: str, kind: str, written: str) -> Edge:
    start = SMALL_TEXT.index(written)
    properties = {
        "written": written, "normal": written.casefold(), "kind": kind, "document": SMALL_DOCUMENT, "start_char": start,
        "end_char": start + len(written), "confidence": 1.0, "extractor": SMALL_EXTRACTOR,
    }  # fmt: skip
    return Edge(EdgeKind.MENTIONS, SMALL_PAPER, entity, properties)


SMALL_EDGES = (
    Edge(EdgeKind.DESCRIBES, SMALL_DOCUMENT, SMALL_PAPER),
    Edge(EdgeKind.CITES, SMALL_PAPER, "paper/arxiv-2106.09685"),
    Edge(EdgeKind.WRITTEN_BY, SMALL_PAPER, "author/ada-example", {"position": 1}),
    Edge(EdgeKind.STATED_IN, "claim/5eed5eed5eed5eed", SMALL_PAPER),
    Edge(EdgeKind.ABOUT, "claim/5eed5eed5eed5eed", "method/footune"),
    Edge(EdgeKind.AGAINST, "claim/5eed5eed5eed5eed", "method/lora"),
    Edge(EdgeKind.ON, "claim/5eed5eed5eed5eed", "dataset/glue"),
    Edge(EdgeKind.FOR, "claim/5eed5eed5eed5eed", "task/question-answering"),
    Edge(EdgeKind.MEASURED_BY, "claim/5eed5eed5eed5eed", "metric/accuracy"),
    _small_mention("method/footune", "Method", "FooTune"),
    _small_mention("method/lora", "Method", "LoRA"),
    _small_mention("method/llama", "Model", "LLaMA"),
    _small_mention("method/llama", "Model", "LLaMA model"),
    _small_statement(EdgeKind.INTRODUCES, SMALL_PAPER, "method/footune", sentence=0),
    _small_statement(EdgeKind.IMPROVES_ON, "method/footune", "method/lora", sentence=0),
    _small_statement(EdgeKind.COMPARED_WITH, "method/footune", "method/lora", sentence=0, rejected=True),
    _small_statement(EdgeKind.BUILDS_ON, "method/footune", "method/lora", sentence=1),
    _small_statement(EdgeKind.EVALUATED_ON, "method/footune", "dataset/glue", sentence=0),
    _small_statement(EdgeKind.TRAINED_ON, SMALL_PAPER, "dataset/alpaca", sentence=1),
    _small_statement(EdgeKind.RUNS_ON, "method/footune", "hardware/nvidia-a100", sentence=0, count=8, memory=80.0),
    _small_statement(EdgeKind.ADDRESSES, "method/footune", "task/question-answering", sentence=1),
)


@pytest.fixture(scope="session")
def small_elements() -> tuple[Element, ...]:
    """A graph of our own words with every kind of node and edge, in the order of `Store.elements`."""
    nodes = sorted(SMALL_NODES, key=lambda node: (label(node.kind), node.id))
    edges = sorted(
        SMALL_EDGES,
        key=lambda edge: (
            cypher_type(edge.kind),
            edge.head,
            edge.tail,
            edge.properties.get(EDGE_KEY[edge.kind] or "", ""),
        ),
    )
    return (*nodes, *edges)
