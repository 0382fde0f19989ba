"""kill -9 at any moment of any command that writes: every law holds, and running it again ends in the same graph."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from subprocess import Popen, TimeoutExpired

import neo4j
import pytest
from click.testing import CliRunner
from commands import end, kg, start, told
from graph_of import plain

from kg.cli import cli
from kg.errors import StoreError
from kg.model import Edge, EdgeKind, Element, Node, NodeKind
from kg.store import open_store

ROUNDS = int(os.environ.get("KG_KILLS", "0"))
"""Kills per store; `KG_KILLS=100 pytest -s tests/faults/test_kill.py` is the long form, 0 the short one."""
PAPERS, HALF = (120, 60) if ROUNDS else (30, 15)
SHORT = {"embedded": 6, "neo4j": 2}
OWN_FILES = {"graph.kgl", "graph.kgl-wal", "graph.kgl.lock", "graph.kgl.lock-owner"}
CUT_SHORT = "was cut short: run kg restore again"
Plain = list[tuple[object, ...]]


@dataclass(frozen=True)
class Step:
    """A command and the state of the graph that it is given; words in braces are filled in from that graph."""

    name: str
    given: str
    words: tuple[str, ...]


STEPS = (
    Step("first load", "nothing", ("load", "{papers}")),
    Step("alias", "whole", ("decide", "alias", "Foo5", "--as", "Foo6", "--reason", "they are one")),
    Step("restore", "nothing", ("restore", "{backup}")),
    Step("load", "half", ("load", "{papers}")),
    Step("remove", "whole", ("remove", "2401.00007", "2401.00020")),
    Step("export", "whole", ("export", "--format", "jsonl", "--output", "{export}")),
    Step("reject", "whole", ("decide", "reject", "{statement}", "--reason", "it does not say so")),
    Step("undo", "whole", ("decide", "undo", "{decision}")),
    Step("merge", "whole", ("decide", "merge", "method/foo-3", "--into", "method/foo-4", "--reason", "renamed")),
    Step("split", "whole", ("decide", "split", "method/lora", "--paper", "2401.00003", "--reason", "another LoRA")),
    Step("sense", "whole", ("decide", "sense", "Foo8", "--as", "Bar8", "--paper", "2401.00008", "--reason", "slip")),
    Step("kind", "whole", ("decide", "kind", "method/foo-9", "--as", "Dataset", "--reason", "it is data")),
)
"""Every command that writes; a new one, or a new kind of decision, is a row."""


@dataclass(frozen=True)
class Bench:
    """The states that steps begin with, what the words in braces mean, and how long a step takes undisturbed."""

    folder: Path
    states: dict[str, tuple[Element, ...]]
    words: dict[str, str]
    expected: dict[str, Plain]
    seconds: dict[str, float]

    def command(self, step: Step, address: str) -> list[str]:
        return [*(word.format(**self.words) for word in step.words), "--store", address]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, papers: Callable[[range], str]) -> Bench:
    """Three states of a graph, and what every step makes of its own when nobody disturbs it."""
    folder = tmp_path_factory.mktemp("bench")
    states: dict[str, tuple[Element, ...]] = {"nothing": ()}
    for name, count in (("half", HALF), ("whole", PAPERS)):
        address = str(folder / f"{name}.kgl")
        for words in (("load", papers(range(count))), ("decide", "alias", "Foo1", "--as", "Foo2", "--reason", "twins")):
            _undisturbed([*words, "--store", address])
        states[name] = _elements(address)
    backup = str(folder / "backup.jsonl.gz")
    _undisturbed(["export", "--format", "jsonl", "--output", backup, "--store", str(folder / "whole.kgl")])
    edges = [e for e in states["whole"] if isinstance(e, Edge) and e.kind is EdgeKind.IMPROVES_ON]
    words = {
        "papers": papers(range(PAPERS)),
        "backup": backup,
        "export": str(folder / "export" / "out.jsonl"),
        "statement": str(edges[0].properties["statement"]),
        "decision": next(e.id for e in states["whole"] if isinstance(e, Node) and e.kind is NodeKind.DECISION),
    }
    (folder / "export").mkdir()
    found = Bench(folder, states, words, {}, {})
    began = time.monotonic()
    kg("--version")
    to_start = time.monotonic() - began
    for step in STEPS:
        address = str(folder / f"after {step.name}.kgl")
        if step.given != "nothing":
            shutil.copy(folder / f"{step.given}.kgl", address)
        found.seconds[step.name] = to_start + _undisturbed(found.command(step, address))
        found.expected[step.name] = _timeless(_elements(address))
    return found


def _undisturbed(words: Sequence[str]) -> float:
    """Runs `kg` here; returns the seconds that it took."""
    began = time.monotonic()
    assert CliRunner().invoke(cli, words).exit_code == 0, words
    return time.monotonic() - began


def _elements(address: str) -> tuple[Element, ...]:
    with open_store(address, write=False) as store:
        return tuple(store.elements())


def _timeless(elements: Iterable[Element]) -> Plain:
    """The graph without what tells the time, which is in the ids of undone decisions too."""
    return [_without_time(*rest, properties=properties) for *rest, properties in map(plain, elements)]


def _without_time(kind: object, *ids: object, properties: Mapping[str, object]) -> tuple[object, ...]:
    names = ("undone",) if "undone_at" in properties else ids
    return (kind, *names, {name: value for name, value in properties.items() if name not in ("at", "undone_at")})


Prepare = Callable[[str], None]


@pytest.fixture
def prepare(address: str, bench: Bench, request: pytest.FixtureRequest) -> Prepare:
    """A function that puts the store into a state; the state of nothing has no schema either."""
    if "://" not in address:
        return lambda name: _put_file(Path(address), bench.folder / f"{name}.kgl")
    driver: neo4j.Driver = request.getfixturevalue("neo4j_driver")

    def put(name: str) -> None:
        _empty(driver)
        if bench.states[name]:
            with open_store(address) as store:
                store.restore(bench.states[name])

    return put


def _put_file(path: Path, state: Path) -> None:
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
    if state.exists():
        shutil.copy(state, path)


def _empty(driver: neo4j.Driver) -> None:
    with driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()
        for what in ("CONSTRAINT", "INDEX"):
            names = [row["name"] for row in session.run(f"SHOW {what} YIELD name, type WHERE type <> 'LOOKUP'")]
            for name in names:
                session.run(f"DROP {what} {name} IF EXISTS").consume()


def _kill(process: Popen[str], seconds: float, moment: Callable[[], bool]) -> bool:
    """Kills a process once its moment has come, or after so many seconds; whether it still ran."""
    until = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < until and not moment():
        with suppress(TimeoutExpired):
            process.wait(0.001)
    process.kill()
    return end(process).returncode != 0


def _files(address: str) -> set[str]:
    """What lies beside an embedded store."""
    path = Path(address)
    return set() if "://" in address else {found.name for found in path.parent.glob(f"*{path.name}*")}


def _read(address: str, step: Step) -> Plain | None:
    """The graph that a reader sees, every law checked; None for a restore that was cut, which says so."""
    try:
        with open_store(address, write=False) as store:
            assert store.check() == []
            return _timeless(store.elements())
    except StoreError as error:
        if step.name == "restore" and CUT_SHORT in str(error):
            return None
        raise


def _round(step: Step, address: str, bench: Bench, prepare: Prepare, random: Random) -> str:
    """Kills a step once, reads, runs it again; returns what the kill met."""
    prepare(step.given)
    export = Path(bench.words["export"])
    export.unlink(missing_ok=True)
    saving = random.random() < 0.25
    moment = (lambda: any(".tmp." in name for name in _files(address))) if saving else (lambda: False)
    seconds = bench.seconds[step.name] * (3 if saving else random.uniform(0.1, 1.1))
    ran = _kill(start(*bench.command(step, address)), seconds, moment)
    met = "in save()" if any(".tmp." in name for name in _files(address)) else "at work" if ran else "after its end"

    if random.random() < 0.3:  # a reader that is killed, perhaps while it replays; then two at once
        _kill(start("check", "--store", address), random.uniform(0.2, 1.2), lambda: False)
        readers = [start("stats", "--store", address) for _ in range(2)]
        assert all(end(reader).returncode == 0 or step.name == "restore" for reader in readers)
    seen = _read(address, step)
    if step.name not in ("first load", "load", "restore"):  # which take several transactions
        assert seen in (_timeless(bench.states[step.given]), bench.expected[step.name])
    if step.name == "export" and export.exists():
        assert export.read_bytes().count(b"\n") == len(bench.states["whole"]) + 2

    began = time.monotonic()
    again = kg(*bench.command(step, address))
    bench.seconds[step.name] = time.monotonic() - began
    if again.returncode:  # it was done before it died, and what is removed or restored is not so twice
        assert (seen, told(again)[0] in (1, 3)) == (bench.expected[step.name], True)
    assert _read(address, step) == bench.expected[step.name]
    assert _files(address) <= OWN_FILES
    assert {path.name for path in export.parent.iterdir()} <= {export.name}
    return met


def test_whatever_is_killed_can_be_run_again(address: str, bench: Bench, prepare: Prepare) -> None:
    """Whenever a command dies, readers see a whole graph, and the rerun makes the graph that it makes undisturbed."""
    random = Random(int(os.environ.get("KG_SEED", "7")))

    for number in range(ROUNDS or SHORT["neo4j" if "://" in address else "embedded"]):
        step = STEPS[number * 5 % len(STEPS)]  # so that the short form meets different kinds
        met = _round(step, address, bench, prepare, random)
        print(f"{number + 1} {step.name}: killed {met}", flush=True)
