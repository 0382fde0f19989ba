"""Two languages, one answer: every query on every store and in SPARQL, over one small hand-made graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.model import Edge, EdgeKind, Element, Node, NodeKind
from kg.query import Query, ask, catalogue, get_query, rows
from kg.rdf.asking import ask_sparql
from kg.rdf.cache import dataset
from kg.store import Store

SAMPLE = Path(__file__).parents[1] / "samples" / "queries.jsonl"
NO_FILTER: dict[str, Any] = {"other": None, "min_confidence": 0.0, "year": None}
ALDER, CEDAR, DOGWOOD, OAK = "method/alder", "method/cedar", "method/dogwood", "method/oak"
POND, BENCH = "dataset/pond", "hardware/bench-9000"
P1, P2, P3 = "paper/arxiv-2001.00001", "paper/arxiv-2101.00002", "paper/arxiv-2201.00003"
P4, P5 = "paper/doi-10.1000/a%28b%29c", "paper/acl-2022.tree-main.5"
P6, P8, P9 = "paper/arxiv-2301.00006", "paper/arxiv-2303.00008", "paper/arxiv-2304.00009"
P10, P11, P14 = "paper/title-92797ed27126", "paper/arxiv-2305.00011", "paper/arxiv-2309.00014"
P15, P16 = "paper/arxiv-2401.00014", "paper/arxiv-2309.00015"
ACCURACY, ERROR = "metric/accuracy", "metric/error-rate"
SPRUCE, TULIP, REED, MARSH, LATHE = "method/spruce", "method/tulip", "dataset/reed", "dataset/marsh", "hardware/lathe-x"
BARK, RINGS, SORTING = "task/bark-reading", "task/ring-counting", "task/leaf-sorting"

# (query, what it is about, what else) -> reason, answer, via, paper, confidence: in the order of the rows, statements being hashes
EXPECTED: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {
    ("competitors", ALDER): [
        ("compared-with", DOGWOOD, "", P3, 0.7),
        ("compared-with", "method/ivy-37617b", "", P8, 0.55),
        ("compared-with", "method/larch-f8e369", "", P8, 0.5),
        ("compared-with", "method/maple-twin", "", P8, 0.5),
        ("improved-by", "method/birch", "", P1, 0.9),
        ("improved-by", CEDAR, "", P5, 0.75),
        ("improved-by", "method/elm-7b", "", P5, 0.7),
        ("improves-on", CEDAR, "", P2, 0.5),
        ("improves-on", CEDAR, "", P2, 0.9),
        ("improves-on", CEDAR, "", P3, 0.6),
        ("improves-on", P4, "", P4, 0.8),
        ("same-data", OAK, POND, P6, 0.7),
        ("same-rivals", "method/gorse", DOGWOOD, P3, 0.65),
        ("same-rivals", "method/hazel", CEDAR, P3, 0.6),
        ("same-rivals", "method/hazel", DOGWOOD, P3, 0.6),
        ("same-rivals", "method/juniper", P4, P4, 0.8),
        ("same-task", OAK, "task/leaf-sorting", P6, 0.7),
    ],
    ("improvements-on", ALDER): [
        ("improved-by", "method/birch", "", P1, 0.9),
        ("improved-by", CEDAR, "", P5, 0.75),
        ("improved-by", "method/elm-7b", "", P5, 0.7),
        ("improves-on", CEDAR, "", P2, 0.5),
        ("improves-on", CEDAR, "", P2, 0.9),
        ("improves-on", CEDAR, "", P3, 0.6),
        ("improves-on", P1, "", P1, 0.3),
        ("improves-on", P4, "", P4, 0.8),
    ],
    ("improvements-on", POND): [("improves-on", "dataset/puddle", "", P9, 0.8)],
    ("compared-with", ALDER): [
        ("compared-with", DOGWOOD, "", P3, 0.7),
        ("compared-with", "method/ivy-37617b", "", P8, 0.55),
        ("compared-with", "method/larch-f8e369", "", P8, 0.5),
        ("compared-with", "method/maple-twin", "", P8, 0.5),
    ],
    ("builds-on", CEDAR): [
        ("predecessor", ALDER, "", P2, 0.85),
        ("predecessor", "method/fir", ALDER, P1, 0.8),
    ],
    ("builds-on", ALDER): [
        ("predecessor", "method/fir", "", P1, 0.8),
        ("successor", CEDAR, "", P2, 0.85),
        ("successor", "method/ivy-37617b", "", P8, 0.8),
        ("successor", P10, "", P10, 0.6),
    ],
    ("path-between", "method/gorse", ALDER): [
        ("compared-with", ALDER, DOGWOOD, P3, 0.7),
        ("compared-with", DOGWOOD, "method/gorse", P3, 0.65),
    ],
    ("path-between", ALDER, OAK): [
        ("addresses", "task/leaf-sorting", ALDER, P1, 0.8),
        ("addresses", OAK, "task/leaf-sorting", P6, 0.7),
        ("evaluated-on", POND, ALDER, P1, 0.9),
        ("evaluated-on", OAK, POND, P6, 0.7),
    ],
    ("claims-about", ALDER): [
        ("better-rival", "claim/gain-cedar", CEDAR, P14, 0.8),
        ("equal", "claim/par-alder", ALDER, P14, 0.6),
        ("faster-rival", "claim/fast-birch", "method/birch", P14, 0.6),
        ("faster-rival", "claim/fast-cedar", CEDAR, P14, 0.9),
        ("finding", "claim/keeps-alder", ALDER, P14, 0.5),
        ("leaner-rival", "claim/lean-cedar", CEDAR, P14, 0.9),
        ("limitation", "claim/small-alder", ALDER, P14, 0.7),
        ("more-efficient", "claim/sends-alder", ALDER, P14, 0.8),
        ("worse-rival", "claim/loss-dogwood", DOGWOOD, P14, 0.8),
    ],
    ("claims-about", DOGWOOD): [
        ("equal-rival", "claim/par-alder", ALDER, P14, 0.6),
        ("limitation", "claim/loss-dogwood", DOGWOOD, P14, 0.8),
    ],
    ("claims-about", "method/hazel"): [
        ("better", "claim/self-hazel", "method/hazel", P14, 0.4),
        ("state-of-the-art", "claim/sota-hazel", "method/hazel", P14, 0.9),
    ],
    ("claims-about", P14): [
        ("finding", "claim/size-paper", P14, P14, 0.6),
        ("limitation", "claim/swims-paper", P14, P14, 0.7),
        ("score", "claim/hours-paper", P14, P14, 0.7),
    ],
    ("claims-about", BENCH): [("limitation", "claim/heat-bench", BENCH, P14, 0.7)],
    ("leaderboard", POND): [
        ("score-on", "method/birch", ACCURACY, P14, 0.5),
        ("score-on", CEDAR, ACCURACY, P14, 0.9),
        ("score-on", CEDAR, ERROR, P14, 0.7),
        ("score-on", "method/elm-7b", ACCURACY, P14, 0.9),
        ("score-on", OAK, ACCURACY, P14, 0.8),
        ("score-on", OAK, ERROR, P14, 0.9),
        ("score-on", P14, "metric/training-time", P14, 0.7),
    ],
    ("leaderboard", POND, ERROR): [("score-on", CEDAR, ERROR, P14, 0.7), ("score-on", OAK, ERROR, P14, 0.9)],
    ("leaderboard", POND, OAK): [("score-on", OAK, ACCURACY, P14, 0.8), ("score-on", OAK, ERROR, P14, 0.9)],
    ("leaderboard", "dataset/lake-qa", ACCURACY): [
        ("score-on", CEDAR, ACCURACY, P14, 0.8),
        ("score-on", OAK, "metric/leaf-accuracy", P14, 0.8),
    ],
    ("leaderboard", "dataset/lake-qa", "metric/leaf-accuracy"): [
        ("score-on", OAK, "metric/leaf-accuracy", P14, 0.8),
    ],
    ("leaderboard", CEDAR): [
        ("score-of", "dataset/lake-qa", ACCURACY, P14, 0.8),
        ("score-of", POND, ACCURACY, P14, 0.9),
        ("score-of", POND, ERROR, P14, 0.7),
    ],
    ("limitations-of", P14): [("limitation", "claim/swims-paper", P14, P14, 0.7)],
    ("limitations-of", ALDER): [("limitation", "claim/small-alder", ALDER, P14, 0.7)],
    ("limitations-of", "method/yew"): [("own-work", "claim/swims-paper", P14, P14, 0.7)],
    ("introduced-by", CEDAR): [("introduces", P2, "", P2, 0.95), ("introduces", P11, "", P11, 0.4)],
    ("papers-using", ALDER): [
        ("builds-on", P2, CEDAR, P2, 0.85),
        ("builds-on", P8, "method/ivy-37617b", P8, 0.8),
        ("builds-on", P10, "", P10, 0.6),
    ],
    ("papers-using", BENCH): [("runs-on", P6, OAK, P6, 0.9), ("runs-on", P10, "", P10, 0.9)],
    ("evaluated-on", POND): [
        ("evaluated-on", ALDER, "", P1, 0.9),
        ("evaluated-on", CEDAR, "", P2, 0.7),
        ("evaluated-on", "method/elm-7b", "", P9, 0.8),
        ("evaluated-on", "method/fir", "", P6, 0.7),
        ("evaluated-on", OAK, "", P6, 0.7),
        ("evaluated-on", "method/sloe", "", P6, 0.9),
        ("evaluated-on", P10, "", P10, 0.7),
    ],
    ("evaluated-on", OAK): [("evaluation-of", "dataset/lake-qa", "", P6, 0.7), ("evaluation-of", POND, "", P6, 0.7)],
    ("evaluated-on", OAK, POND): [("evaluation-of", POND, "", P6, 0.7)],
    ("evaluated-on", REED, MARSH): [
        ("evaluated-on", SPRUCE, "", P15, 0.8),
        ("evaluated-on", SPRUCE, "", P15, 0.8),
        ("evaluated-on-other", SPRUCE, "", P15, 0.8),
    ],
    ("papers-using", BENCH, P10): [("runs-on", P10, "", P10, 0.9)],
    ("papers-using", ALDER, CEDAR): [("builds-on", P2, CEDAR, P2, 0.85)],
    ("methods-for-task", BARK): [
        ("addresses", SPRUCE, "", P15, 0.8),
        ("addresses", TULIP, "", P16, 0.5),
        ("addresses", P15, "", P15, 0.6),
    ],
    ("methods-for-task", SPRUCE): [
        ("addressed-by", BARK, "", P15, 0.8),
        ("addressed-by-paper", BARK, "", P15, 0.6),
        ("addressed-with", BARK, TULIP, P16, 0.5),
        ("addressed-with", RINGS, TULIP, P16, 0.8),
    ],
    ("methods-for-task", P15): [
        ("addressed-by", BARK, "", P15, 0.6),
        ("addressed-by-introduced", BARK, SPRUCE, P15, 0.8),
    ],
    ("datasets-for-task", BARK): [
        ("evaluates", MARSH, SPRUCE, P15, 0.8),
        ("evaluates", REED, SPRUCE, P15, 0.8),
        ("evaluates", REED, SPRUCE, P15, 0.8),
        ("evaluates", REED, TULIP, P16, 0.7),
        ("made-for", REED, "", P15, 0.9),
    ],
    ("datasets-for-task", REED): [
        ("evaluated-by", BARK, SPRUCE, P15, 0.8),
        ("evaluated-by", BARK, TULIP, P16, 0.5),
        ("evaluated-by", RINGS, TULIP, P16, 0.8),
        ("task-of", BARK, "", P15, 0.9),
    ],
    ("hardware-of", SPRUCE): [("device-of", LATHE, "", P15, 0.8), ("device-of-paper", LATHE, "", P15, 0.7)],
    ("hardware-of", P15): [("device-of", LATHE, "", P15, 0.7), ("device-of-introduced", LATHE, SPRUCE, P15, 0.8)],
    ("hardware-of", LATHE): [("runs-on", SPRUCE, "", P15, 0.8), ("runs-on", P15, "", P15, 0.7)],
    ("trained-on", REED): [("trained-on", TULIP, "", P16, 0.65), ("trained-on", P15, "", P15, 0.6)],
    ("trained-on", SPRUCE): [("data-of", MARSH, "", P15, 0.75), ("data-of-paper", REED, "", P15, 0.6)],
    ("trained-on", P15): [("data-of", REED, "", P15, 0.6), ("data-of-introduced", MARSH, SPRUCE, P15, 0.75)],
    ("most-used-datasets", None): [
        ("evaluated-on", "dataset/lake-qa", "", P6, 0.7),
        ("evaluated-on", MARSH, "", P15, 0.8),
        ("evaluated-on", POND, "", P1, 0.9),
        ("evaluated-on", REED, "", P15, 0.8),
        ("trained-on", MARSH, "", P15, 0.75),
        ("trained-on", POND, "", P10, 0.7),
        ("trained-on", "dataset/puddle", "", P9, 0.8),
        ("trained-on", REED, "", P16, 0.65),
    ],
    ("most-used-datasets", SORTING): [
        ("evaluated-on", "dataset/lake-qa", "", P6, 0.7),
        ("evaluated-on", POND, "", P1, 0.9),
    ],
}


def _element(line: str) -> Element:
    given = json.loads(line)
    properties = {key: tuple(v) if isinstance(v, list) else v for key, v in given["properties"].items()}
    if "head" in given:
        return Edge(EdgeKind(given["kind"]), given["head"], given["tail"], properties)
    return Node(NodeKind(given["kind"]), given["id"], properties)


def _elements() -> list[Element]:
    return [_element(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]


def _given(id: str | None, other: str | None = None) -> dict[str, Any]:
    """The parameters of a question about one thing or two, without filters."""
    return {**NO_FILTER, "id": id, "other": other}


def _things(query: Query) -> list[tuple[str | None, str | None]]:
    """All that a query can be asked about, of the thirty willows one; what else only from among a few: pairs are many."""
    expected = [(*things, None)[:2] for name, *things in EXPECTED if name == query.name]
    if query.needs("other"):
        return expected + [(id, other) for id in ("method/hazel", OAK, CEDAR, BENCH) for other in (ALDER, POND)]
    ids = [e.id for e in _elements() if isinstance(e, Node) and ("willow" not in e.id or e.id.endswith("-1"))]
    first = [*_of_families(query, "id", ids), *([] if query.needs("id") else [None])]
    return expected + [
        (id, other) for id in first for other in (None, *_of_families(query, "other", [POND, CEDAR, P10]))
    ]


def _of_families(query: Query, slot: str, ids: list[str]) -> list[str]:
    families = {family for p in query.parameters if p.binds == slot for family in p.families}
    return [id for id in ids if id.partition("/")[0] in families]


def _brief(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    rows = [tuple(row[c] for c in ("reason", "answer_id", "via_id", "paper_id", "confidence")) for row in found]
    return sorted(rows)  # statements order rows of one answer, and those are hashes


@pytest.fixture
def wood(store: Store) -> Store:
    """A store of each kind with the small graph in it."""
    store.restore(_elements())
    return store


def test_rows_are_as_expected(wood: Store) -> None:
    """Each query gives the rows that a person reads off the small graph."""
    expected = {key: sorted(value) for key, value in EXPECTED.items()}

    found = {asked: _brief(rows(wood, get_query(asked[0]), _given(*asked[1:]))) for asked in EXPECTED}

    assert found == expected


def test_every_query_has_an_expected_answer() -> None:
    """No query of the catalogue is without expected rows."""
    assert {name for name, *_ in EXPECTED} == {query.name for query in catalogue()}


def test_both_languages_give_the_same_rows(wood: Store, tmp_path: Path) -> None:
    """Cypher and SPARQL agree on every query, about everything, with and without filters, in value and order."""
    filters = [{}, {"min_confidence": 0.6, "year": 2023}]
    asked = [
        (query, _given(*things) | given) for query in catalogue() for things in _things(query) for given in filters
    ]

    with dataset(wood, cache=tmp_path) as folder:
        different = [
            (query.name, given)
            for query, given in asked
            if rows(wood, query, given) != ask_sparql(folder, query.sparql, given)
        ]

    assert different == []


def test_rows_have_the_columns_and_the_order_of_the_header(wood: Store, tmp_path: Path) -> None:
    """What the header says of a query holds in both languages."""
    with dataset(wood, cache=tmp_path) as folder:
        for name, *things in EXPECTED:
            query, given = get_query(name), _given(*things)
            for found in (rows(wood, query, given), ask_sparql(folder, query.sparql, given)):
                assert {tuple(row) for row in found} == {query.columns}
                assert _keys(query, found) == sorted(set(_keys(query, found)))
                assert {row["reason"] for row in found} <= set(query.reasons)


def _keys(query: Query, found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in query.order) for row in found]


def test_indirect_rivals_are_bounded(wood: Store) -> None:
    """Of thirty that share one rival only twenty are named: the first by id."""
    found = rows(wood, get_query("competitors"), {"id": DOGWOOD, **NO_FILTER})

    willows = [row["answer_id"] for row in found if row["reason"] == "same-rivals" and "willow" in row["answer_id"]]
    assert len({row["answer_id"] for row in found if row["reason"] == "same-rivals"}) == 20
    assert willows == sorted(willows)


def test_a_question_is_answered_with_its_sentences(wood: Store) -> None:
    """A question in words gives answers in order, their reasons in words, and the sentences that say so."""
    result = ask(wood, "Which methods compete with “alder”?", limit=3)

    assert result.things["id"].match.id == ALDER
    assert [(answer.name, answer.direct, answer.score) for answer in result.answers] == [
        ("Cedar", True, 0.99),
        ("Birch", True, 0.9),
        ("unnamed method of Without a name, but better", True, 0.8),
    ]
    assert (
        result.answers[0].line
        == "is said to improve on Alder, in 2 papers; is said to be improved on by Alder, in 1 paper"
    )
    first = result.answers[0].reasons[0].papers[0]
    assert (first.paper_id, first.sentence, first.by) == (P2, "Cedar outperforms Alder on Pond.", "paperkg")


def test_a_leaderboard_is_a_table_for_each_metric(wood: Store) -> None:
    """Per metric the best comes first, be it the highest or the lowest, 0.93 being more than 91.5 %."""
    result = ask(wood, "what is the state of the art on Pond?")

    assert [(a.heading, a.name, a.line.split(",")[0]) for a in result.answers] == [
        ("accuracy, higher is better", "Elm-7B", "95% accuracy"),
        ("accuracy, higher is better", "Oak", "0.93 accuracy"),
        ("accuracy, higher is better", "Cedar", "91.5% accuracy"),
        ("accuracy, higher is better", "Birch", "88 accuracy"),
        ("error rate, lower is better", "Cedar", "3–5% error rate"),
        ("error rate, lower is better", "Oak", "4.2% error rate"),
        ("training time in hours, lower is better", "unnamed method of Numbers from the wood", "3 hours training time (2023)"),
    ]  # fmt: skip
    assert [a.name for a in ask(wood, "best error rate on Pond?").answers] == ["Cedar", "Oak"]
    assert [a.line for a in ask(wood, "how good is Oak on Lake QA?").answers] == [
        "77% leaf accuracy, in Numbers from the wood (2023)"
    ]


def test_claims_may_be_asked_for_by_side(wood: Store) -> None:
    """What speaks for a thing, what against it and what is faster are questions of one query."""
    against = ask(wood, "what speaks against Alder?").answers
    faster = ask(wood, "which speed-ups are claimed over Alder?").answers
    merits = ask(wood, "claims-about", parameters={"thing": "Alder", "reason": "for"}).answers

    assert [a.id for a in against] == [
        "claim/small-alder", "claim/gain-cedar", "claim/fast-cedar", "claim/fast-birch", "claim/lean-cedar",
    ]  # fmt: skip
    assert [(a.name, a.line) for a in faster] == [
        ("Cedar", "is said to be faster than Alder: 4–6x faster"),
        ("Birch", "is said to be faster than Alder: 1.5x"),
    ]
    assert [(a.name, a.line) for a in merits] == [
        ("Alder", "is said to be more efficient: 10x communication"),
        ("Dogwood", "is said to fall short of Alder: 2 points"),
    ]


def test_a_question_may_ask_for_one_direction(wood: Store) -> None:
    """What beats a thing and what it beats are two questions of one query."""
    above = ask(wood, "what beats Alder?").answers
    below = ask(wood, "what does Alder beat?").answers

    assert [answer.id for answer in above] == [CEDAR, P4, P1]
    assert [answer.id for answer in below] == ["method/birch", CEDAR, "method/elm-7b"]


def test_things_are_connected_by_all_shortest_paths(wood: Store) -> None:
    """Four edges are found, step by step, with what is stated at each; what takes five is not."""
    found = ask(wood, "how are Hazel and “Bench 9000” connected?").answers

    assert [(path.name, path.score) for path in found] == [
        ("Hazel – Cedar – Alder – unnamed method of Using what there is – Bench 9000", 0.32076),
        ("Hazel – Cedar – Pond – Oak – Bench 9000", 0.2646),
        ("Hazel – Cedar – Pond – unnamed method of Using what there is – Bench 9000", 0.2646),
        ("Hazel – Dogwood – Alder – unnamed method of Using what there is – Bench 9000", 0.2268),
    ]
    assert found[3].line == (
        "Hazel is compared with Dogwood; Alder is compared with Dogwood; "
        "unnamed method of Using what there is builds on Alder; unnamed method of Using what there is runs on Bench 9000"
    )
    assert ask(wood, "how are Willow 1 and Bench 9000 connected?").answers == ()


@pytest.mark.parametrize(
    ("words", "query", "answers"),
    [
        ("what is Spruce used for?", "methods-for-task", ["bark reading", "ring counting"]),
        ("what is Reed used for?", "datasets-for-task", ["bark reading", "ring counting"]),
        ("which methods were trained on Reed?", "trained-on", ["Tulip", "unnamed method of Spruce at home"]),
        ("which methods were trained on a Lathe X?", "hardware-of", ["Spruce", "unnamed method of Spruce at home"]),
        ("can you give me everything that has been trained on Puddle?", "trained-on", ["Elm-7B"]),
        ("most popular datasets for bark reading", "most-used-datasets", ["Reed", "Marsh"]),
        ("which datasets were used most in 2020?", "most-used-datasets", ["Pond"]),
        ("what was evaluated on both Pond and Lake QA?", "evaluated-on", ["Oak"]),
        ("was Oak evaluated on Lake QA?", "evaluated-on", ["Lake QA"]),
        ("does Cedar use Alder?", "papers-using", ["Cedar grows faster"]),
        ("does 2001.00001 use Cedar?", "papers-using", []),
    ],
)
def test_the_kinds_of_the_names_decide_what_a_question_asks(
    wood: Store, words: str, query: str, answers: list[str]
) -> None:
    """The same words ask one thing of a dataset and another of a method: the graph knows which a name is."""
    result = ask(wood, words)

    assert (result.query.name, [answer.name for answer in result.answers]) == (query, answers)


def test_devices_are_counted_as_stated(wood: Store) -> None:
    """An answer about hardware says how many devices there were and of how much memory, the surest first."""
    [answer] = ask(wood, "on which hardware was Spruce run?").answers

    assert answer.line == (
        "Spruce runs on it, in 1 paper; the paper that introduces Spruce runs on it, in 1 paper: "
        "8 × Lathe X; 2 × Lathe X, 24 GB"
    )
    assert (answer.name, answer.details) == ("Lathe X", {"count": 8, "memory": None})


def test_a_year_in_a_question_narrows_it(wood: Store) -> None:
    """Papers of other years do not count."""
    result = ask(wood, "methods of 2023 for bark reading")

    assert [(answer.name, answer.score) for answer in result.answers] == [("Tulip", 1.0)]
