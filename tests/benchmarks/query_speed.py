"""How long every query of the catalogue takes on a large graph.

`python tests/benchmarks/query_speed.py ADDRESS [edges] [askings] [sparql askings]` fills an empty store with a made
graph (`made_graph.py`, a million edges unless told) and prints, for each query, the median and the 95th percentile of
the seconds that an answer takes, and how long it is on average: in Cypher the answers, in SPARQL their rows. The things asked about are
drawn as papers name them, so that the often named are asked about often. 0 askings leave a language out.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from made_graph import made_graph, papers_for

from kg.model import Edge, EdgeKind
from kg.query import Query, ask, catalogue
from kg.query.catalogue import SLOTS, Parameter
from kg.rdf.asking import ask_sparql
from kg.rdf.cache import dataset
from kg.store import Store, open_store

_SAMPLE = 1_000
"""Papers of whose names the things asked about are drawn: the first papers of a graph are the same at any size."""
_HIGH = 0.95

_Answer = Callable[[Query, dict[str, str]], int]
"""Answers a query of which is said what it is about; returns how many answers or rows there are."""


def main() -> None:
    """Fills the store where need be, asks and prints."""
    given = [int(argument) for argument in sys.argv[2:]]
    edges, askings, sparql_askings = (*given, *(1_000_000, 40, 20)[len(given) :])
    with open_store(sys.argv[1]) as store:
        _fill(store, papers_for(edges))
        if askings:
            _print("Cypher", askings, lambda query, said: len(ask(store, query.name, parameters=said).answers))
        if sparql_askings:
            begin = time.perf_counter()
            with dataset(store) as folder:
                sys.stdout.write(f"triples made in {time.perf_counter() - begin:.0f} s\n")
                _print("SPARQL", sparql_askings, lambda query, said: _ask_sparql(folder, query, said))


def _fill(store: Store, papers: int) -> None:
    if next(iter(store.elements()), None) is not None:
        return
    begin = time.perf_counter()
    report = store.restore(made_graph(papers))
    seconds = time.perf_counter() - begin
    sys.stdout.write(f"{report.nodes_added:,} nodes and {report.edges_added:,} edges restored in {seconds:.0f} s\n")


def _print(language: str, askings: int, answer: _Answer) -> None:
    sys.stdout.write(f"{language:20} {'p50':>8} {'p95':>8} {'rows':>8}   of {askings} askings\n")
    for query in catalogue():
        timed = [_timed(answer, query, said) for said in _asked(query, askings)]
        seconds, rows = sorted(each for each, _ in timed), sum(count for _, count in timed) / len(timed)
        median, high = seconds[len(seconds) // 2], seconds[round(_HIGH * (len(seconds) - 1))]
        sys.stdout.write(f"{query.name:20} {median:8.3f} {high:8.3f} {rows:8.1f}\n")
        sys.stdout.flush()


def _timed(answer: _Answer, query: Query, said: dict[str, str]) -> tuple[float, int]:
    """The seconds that an answer takes, and its length."""
    begin = time.perf_counter()
    rows = answer(query, said)
    return time.perf_counter() - begin, rows


def _ask_sparql(folder: Path, query: Query, said: dict[str, str]) -> int:
    slots = {parameter.name: parameter.binds for parameter in query.parameters}
    ids = dict.fromkeys(SLOTS) | {slots[name]: id for name, id in said.items()}
    return len(ask_sparql(folder, query.sparql, {**ids, "min_confidence": 0.0, "year": None}))


def _asked(query: Query, askings: int) -> list[dict[str, str]]:
    """What is said of a query, each time of other things: one of the family for each slot that it must have."""
    random, named = Random(query.name), _named()
    slots = {p.binds: p for p in reversed(query.parameters) if p.required}
    return [_different(slots.values(), named, random) for _ in range(askings)]


def _different(parameters: Iterable[Parameter], named: dict[str, list[str]], random: Random) -> dict[str, str]:
    """A thing for each parameter, no two the same."""
    said: dict[str, str] = {}
    for parameter in parameters:
        id = random.choice(named[random.choice(_families(parameter))])
        while id in said.values():
            id = random.choice(named[random.choice(_families(parameter))])
        said[parameter.name] = id
    return said


def _families(parameter: Parameter) -> list[str]:
    """What a parameter may be of; papers are not drawn."""
    return [family for family in parameter.families if family != "paper"]


def _named() -> dict[str, list[str]]:
    """The ids that papers name, by family, as often as they do."""
    found: dict[str, list[str]] = defaultdict(list)
    for element in made_graph(_SAMPLE):
        if isinstance(element, Edge) and element.kind is EdgeKind.MENTIONS:
            found[element.tail.partition("/")[0]].append(element.tail)
    return found


if __name__ == "__main__":
    main()
