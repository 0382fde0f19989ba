"""The contract of a store, on every store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from graph_of import graph

from kg.decision import Decision, DecisionKind
from kg.errors import NotFoundError, StoreError, UsageError
from kg.model import Document, Edge, EdgeKind, Element, Extract, Node, NodeKind, Report
from kg.store import BringingBack, Store, open_store
from kg.store.change import edge_key


def load(store: Store, documents: Sequence[Document], extract: Extract, size: int = 3) -> Report:
    return sum((store.write(documents[at : at + size], extract) for at in range(0, len(documents), size)), Report())


def edge(store: Store, kind: EdgeKind, head: str, tail: str) -> Edge:
    return next(e for e in store.elements() if isinstance(e, Edge) and (e.kind, e.head, e.tail) == (kind, head, tail))


def decision(what: str, about: str, **more: str) -> Decision:
    return Decision(
        what=DecisionKind(what), about=about, reason="it says so", by="ada", at="2026-01-02T03:04:05+00:00", **more
    )


def test_a_paper_becomes_nodes_and_edges_with_their_words(
    store: Store, paper: Callable[..., Document], extract: Extract
) -> None:
    """Every extracted edge quotes the document at its place."""
    document = paper(
        "FooTune", "paper introduces FooTune. FooTune improves-on LoRA.", arxiv="2401.00001", authors=("Ada B",)
    )

    report = store.write([document], extract)

    found = edge(store, EdgeKind.IMPROVES_ON, "method/footune", "method/lora")
    properties = dict(found.properties)
    assert report.new == {"paper/arxiv-2401.00001"}
    assert properties.pop("statement")
    assert properties == {
        "document": document.id, "paper": "paper/arxiv-2401.00001", "evidence": "FooTune improves-on LoRA.",
        "start_char": 34, "end_char": 59, "confidence": 0.8, "extractor": "plain", "head_as": "FooTune", "tail_as": "LoRA",
    }  # fmt: skip
    assert document.text[34:59] == "FooTune improves-on LoRA."


def test_loading_again_changes_nothing(store: Store, library: list[Document], extract: Extract) -> None:
    """Write is idempotent, the generation included."""
    load(store, library, extract)
    before, generation = graph(store), store.generation()

    again = load(store, library, extract)

    assert (again.new, again.changed, again.nodes_added, again.edges_added) == (frozenset(), frozenset(), 0, 0)
    assert len(again.same) == 7
    assert (graph(store), store.generation()) == (before, generation)


@pytest.mark.parametrize("seed", range(4))
def test_any_order_and_any_batches_give_one_graph(
    address: str, library: list[Document], extract: Extract, seed: int, tmp_path: object
) -> None:
    """The graph is a function of the documents, not of the order in which they came."""
    shuffled = Random(seed).sample(library, len(library))
    with open_store(f"{tmp_path}/in-order.kgl") as first:
        load(first, library, extract, size=len(library))
        expected = graph(first)

    with open_store(address) as second:
        load(second, shuffled, extract, size=1 + seed)
        assert graph(second) == expected
        assert second.check() == []


def test_the_report_counts_what_is_in_the_graph(store: Store, library: list[Document], extract: Extract) -> None:
    """Nodes and edges added less those removed are those that are there."""
    report = load(store, library, extract)

    elements = list(store.elements())
    assert report.nodes_added - report.nodes_removed == sum(isinstance(e, Node) for e in elements)
    assert report.edges_added - report.edges_removed == sum(isinstance(e, Edge) for e in elements)


def test_elements_come_sorted(store: Store, library: list[Document], extract: Extract) -> None:
    """Nodes by label and id, then edges by kind, head, tail and key."""
    load(store, library, extract)

    elements = list(store.elements())
    nodes = [e for e in elements if isinstance(e, Node)]
    edges = [e for e in elements if isinstance(e, Edge)]
    assert elements == [*nodes, *edges]
    assert all(edge_key(a) < edge_key(b) for a, b in pairwise(edges))  # type: ignore[operator]


def test_other_content_of_a_document_replaces_it(
    store: Store, paper: Callable[..., Document], extract: Extract
) -> None:
    """What only the earlier content said is gone."""
    store.write([paper("FooTune", "FooTune improves-on LoRA.")], extract)

    report = store.write([paper("FooTune", "FooTune improves-on QLoRA.")], extract)

    assert report.changed == {"paper/title-" + paper_key("FooTune")}
    assert [e.tail for e in store.elements() if isinstance(e, Edge) and e.kind is EdgeKind.IMPROVES_ON] == [
        "method/qlora"
    ]
    assert store.find("LoRA") == []
    assert store.check() == []


def paper_key(title: str) -> str:
    from kg.names import title_key

    return title_key(title).removeprefix("title-")


def test_a_paper_that_gains_an_id_keeps_its_statements(
    store: Store, paper: Callable[..., Document], extract: Extract
) -> None:
    """The id of the paper changes, those of its statements do not."""
    first = paper("FooTune", "FooTune improves-on LoRA.")
    store.write([first], extract)
    before = edge(store, EdgeKind.IMPROVES_ON, "method/footune", "method/lora").properties["statement"]

    report = store.write([paper("FooTune", "", source="b.jsonl", arxiv="2401.00001")], extract)

    after = edge(store, EdgeKind.IMPROVES_ON, "method/footune", "method/lora").properties
    assert (after["statement"], after["paper"]) == (before, "paper/arxiv-2401.00001")
    assert report.renamed == {"paper/title-" + paper_key("FooTune"): "paper/arxiv-2401.00001"}
    assert store.find("FooTune", ["paper"])[0].id == "paper/arxiv-2401.00001"


def test_remove_undoes_write(store: Store, library: list[Document], extract: Extract) -> None:
    """Removing a paper removes exactly what only it said, and leaves a Tombstone."""
    load(store, library[:2], extract)
    before = graph(store)
    store.write(library[5:6], extract)

    store.remove(["Nets"])

    left = [element for element in graph(store) if element[0] != NodeKind.TOMBSTONE]
    assert left == before
    assert store.check() == []


def test_a_removed_paper_stays_out_until_it_is_brought_back(
    store: Store, paper: Callable[..., Document], extract: Extract
) -> None:
    """Loading skips it and says so."""
    document = paper("FooTune", "FooTune improves-on LoRA.", arxiv="2401.00001")
    store.write([document], extract)
    before = graph(store)
    store.remove(["2401.00001"])

    skipped = store.write([document], extract)
    assert (skipped.documents, skipped.new, len(skipped.skipped), skipped.problems) == (1, frozenset(), 1, ())

    back = BringingBack(store).write([document], extract)
    assert back.new == {"paper/arxiv-2401.00001"}
    assert graph(store) == before


def test_removing_what_is_not_there_names_the_nearest(store: Store, library: list[Document], extract: Extract) -> None:
    """A paper that is not there is an error that helps."""
    load(store, library, extract)

    with pytest.raises(NotFoundError, match="Silent"):
        store.remove(["Silentt"])


def test_an_alias_joins_two_names_and_can_be_undone(store: Store, library: list[Document], extract: Extract) -> None:
    """A decision moves what one name says to another thing, also for papers that come later; undo moves it back."""
    load(store, library[:5], extract)
    before = graph(store)
    wish = decision("alias", "FooTune", family="method", target="method/bartune")

    store.decide(wish)

    assert store.find("FooTune", ["method"])[0].id == "method/bartune"
    assert edge(store, EdgeKind.IMPROVES_ON, "method/bartune", "method/lora").properties["head_as"] == "FooTune"
    assert store.check() == []
    store.undo(wish.id)
    assert graph(store) == before


def test_an_alias_does_not_rename_what_it_means(store: Store, library: list[Document], extract: Extract) -> None:
    """However many papers write the alias, the entity keeps a name of its own."""
    load(store, library, extract)

    store.decide(decision("alias", "LoRA", family="method", target="method/bartune"))

    assert [(m.id, m.name) for m in store.find("LoRA", ["method"])] == [("method/bartune", "BarTune")]
    assert store.check() == []


def test_decisions_hold_for_what_is_loaded_later(
    store: Store, library: list[Document], extract: Extract, tmp_path: object
) -> None:
    """Deciding before or after loading gives one graph."""
    wish = decision("alias", "baznet", family="method", target="method/lora")
    load(store, library[:2], extract)
    store.decide(wish)
    load(store, library, extract)

    with open_store(f"{tmp_path}/after.kgl") as after:
        load(after, library, extract)
        after.decide(wish)
        assert graph(store) == graph(after)
    assert store.check() == []


def test_a_rejected_statement_stays_rejected_over_reloads(
    store: Store, paper: Callable[..., Document], extract: Extract
) -> None:
    """The edge is marked, not deleted, and the mark outlives other content of the document."""
    store.write([paper("FooTune", "FooTune improves-on LoRA.")], extract)
    before = graph(store)
    wish = decision(
        "reject", str(edge(store, EdgeKind.IMPROVES_ON, "method/footune", "method/lora").properties["statement"])
    )

    store.decide(wish)
    store.write([paper("FooTune", "FooTune improves-on LoRA. FooTune runs-on A100.")], extract)

    assert edge(store, EdgeKind.IMPROVES_ON, "method/footune", "method/lora").properties["rejected"] is True
    store.write([paper("FooTune", "FooTune improves-on LoRA.")], extract)
    store.undo(wish.id)
    assert graph(store) == before


def test_a_claim_can_be_rejected(store: Store, library: list[Document], extract: Extract) -> None:
    """A claim's own id names it."""
    load(store, library, extract)
    claim = next(e.id for e in store.elements() if isinstance(e, Node) and e.kind is NodeKind.CLAIM)

    store.decide(decision("reject", claim))

    assert [e.properties.get("rejected") for e in store.elements() if isinstance(e, Node) and e.id == claim] == [True]
    assert store.check() == []


@pytest.mark.parametrize(
    "wish",
    [
        decision("reject", "no such statement"),
        decision("reject", "claim/0000"),
        decision("alias", "LoRA", family="method", target="method/nothing"),
        decision("alias", "LoRA", family="method", target="nothing"),
    ],
)
def test_a_decision_about_nothing_is_refused(
    store: Store, library: list[Document], extract: Extract, wish: Decision
) -> None:
    """Nothing is recorded that could never have an effect."""
    load(store, library, extract)
    before = graph(store)

    with pytest.raises(NotFoundError):
        store.decide(wish)
    assert graph(store) == before


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("LoRA", "method/lora"),
        ("lora", "method/lora"),
        ("method/lora", "method/lora"),
        ("low-rank adaptation", "method/lora"),
        ("GLUE benchmark", "dataset/glue"),
        ("NVIDIA A100", "hardware/nvidia-a100"),
        ("BERT+MLP", "method/bert-mlp-224c40"),
        ("C++", "method/c-e9d0ac"),
        ("ε-greedy", "method/greedy-0aa9e6"),
        ("2401.00001", "paper/arxiv-2401.00001"),
        ("https://doi.org/10.1000/x<1>", "paper/arxiv-2401.00001"),
        ("bar TUNE", "paper/arxiv-2401.00001"),
    ],
)
def test_words_lead_to_things(store: Store, library: list[Document], extract: Extract, words: str, id: str) -> None:
    """Any name, alias, title or id finds its node."""
    load(store, library, extract)

    assert id in [match.id for match in store.find(words)]


def test_most_papers_come_first_and_unknown_words_find_nothing(
    store: Store, library: list[Document], extract: Extract
) -> None:
    """find() ranks by papers; nearest() helps where it finds nothing."""
    load(store, library, extract)

    assert store.find("no such thing") == []
    assert store.find("") == []
    assert "FooTune" in store.nearest("FoTune")


def test_kind_and_best_name_are_voted_on(store: Store, paper: Callable[..., Document], extract: Extract) -> None:
    """The name in most papers wins; another vote may change it."""
    store.write(
        [
            paper("One", "Quux improves-on LoRA."),
            paper("Two", "quux improves-on LoRA."),
            paper("Three", "quux improves-on LoRA."),
        ],
        extract,
    )

    node = next(e for e in store.elements() if isinstance(e, Node) and e.id == "method/quux")
    assert (node.kind, dict(node.properties)) == (NodeKind.METHOD, {"name": "quux", "aliases": ("Quux",)})


def test_a_backup_restores_the_same_graph(
    store: Store, library: list[Document], extract: Extract, tmp_path: object
) -> None:
    """Elements out of one store and into another of either kind are the same graph."""
    with open_store(f"{tmp_path}/origin.kgl") as origin:
        load(origin, library, extract)
        origin.decide(decision("alias", "FooTune", family="method", target="method/bartune"))
        origin.remove(["Silent"])
        backup = list(origin.elements())

    store.restore(backup)

    assert list(store.elements()) == backup
    assert store.check() == []
    assert store.find("FooTune", ["method"])[0].id == "method/bartune"


def test_a_backup_that_does_not_note_which_names_decisions_lead_on_restores_the_same_graph(
    store: Store, library: list[Document], extract: Extract, tmp_path: Path
) -> None:
    """Early releases wrote such backups: what decisions concern is computed anew."""
    with open_store(f"{tmp_path}/origin.kgl") as origin:
        load(origin, library, extract)
        origin.decide(decision("alias", "FooTune", family="method", target="method/bartune"))
        origin.decide(decision("alias", "GLUE", family="dataset", target="dataset/squad"))
        backup = list(origin.elements())

    store.restore(_without_borrowed(element) for element in backup)

    assert any("borrowed" in element.properties for element in backup)
    assert list(store.elements()) == backup
    assert store.check() == []


def _without_borrowed(element: Element) -> Element:
    return replace(element, properties={k: v for k, v in element.properties.items() if k != "borrowed"})


def test_a_restore_needs_an_empty_store(store: Store, library: list[Document], extract: Extract) -> None:
    """Nothing is mixed into a graph that is there."""
    load(store, library, extract)

    with pytest.raises(StoreError, match="empty"):
        store.restore(list(store.elements()))


def test_a_restore_that_was_cut_short_can_be_run_again(
    address: str, library: list[Document], extract: Extract, tmp_path: object, open_again: Callable[..., Store]
) -> None:
    """Until then the store says what to do, and takes no load."""
    with open_store(f"{tmp_path}/origin.kgl") as origin:
        load(origin, library, extract)
        backup = list(origin.elements())
    with open_store(address) as store, pytest.raises(ZeroDivisionError):
        store.restore(element if at < 40 else 1 / 0 for at, element in enumerate(backup))  # type: ignore[misc]

    with pytest.raises(StoreError, match="kg restore again"):
        open_again(write=False)
    store = open_again()
    with pytest.raises(StoreError, match="kg restore again"):
        store.write(library, extract)
    store.restore(backup)
    assert list(store.elements()) == backup


def test_a_failed_write_leaves_nothing(store: Store, library: list[Document], extract: Extract) -> None:
    """A batch is written whole or not at all."""
    load(store, library[:3], extract)
    before, generation = graph(store), store.generation()

    class Breaks:
        version = "breaks-1"

        def __call__(self, documents: Sequence[Document], /) -> list[object]:
            return [*extract(documents[:-1]), extract(documents[-1:])[0].model_copy(update={"claims": (None,)})]

    with pytest.raises(AttributeError):
        store.write(library, Breaks())  # type: ignore[arg-type]
    assert (graph(store), store.generation()) == (before, generation)


@pytest.mark.parametrize(
    "text",
    ["CREATE (n:X {id: 'x'})", "MATCH (n) DETACH DELETE n", "MATCH (n) SET n.name = 'x'", "CALL db.labels()",
     "LOAD CSV FROM 'file:///x' AS row RETURN row", "SHOW DATABASES", "TERMINATE TRANSACTION 'x'", "", "RETURN 'a",
     "RETURN 1; RETURN 2", "UNWIND [1] AS q //\rCALL db.labels() YIELD label RETURN label", "RETURN '\\u0027'", "MERGE (n:X {id: 'x'}) RETURN n", "MATCH (n) REMOVE n.name"],
)  # fmt: skip
def test_a_users_cypher_only_reads(store: Store, library: list[Document], extract: Extract, text: str) -> None:
    """Everything that writes, calls or loads is refused, and changes nothing."""
    load(store, library[:2], extract)
    before = graph(store)

    with pytest.raises(UsageError):
        store.cypher(text)
    assert graph(store) == before


def test_a_users_cypher_gives_rows_and_says_when_they_were_cut(
    store: Store, library: list[Document], extract: Extract
) -> None:
    """Columns as named, rows up to the limit."""
    load(store, library, extract)

    table = store.cypher("MATCH (n:Entity) WHERE n.name <> 'CALL me; SET' RETURN n.id AS id ORDER BY id", limit=2)

    assert (table.columns, table.rows, table.truncated) == (("id",), (("dataset/glue",), ("dataset/squad",)), True)
    assert store.cypher("MATCH (n:Nothing) RETURN n.id AS id").rows == ()


def test_a_query_that_runs_too_long_is_stopped(store: Store, library: list[Document], extract: Extract) -> None:
    """The time limit holds."""
    load(store, library, extract)

    with pytest.raises(StoreError, match="too long"):
        store.cypher(
            "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a + b = -1 RETURN count(*) AS c",
            timeout=0.5,
        )


def test_a_reader_of_an_empty_store_finds_nothing(open_again: Callable[..., Store]) -> None:
    """A store that nobody wrote to reads as an empty graph."""
    store = open_again(write=False)

    assert (list(store.elements()), store.find("LoRA"), store.nearest("LoRA"), store.check(), store.generation()) == (
        [],
        [],
        [],
        [],
        0,
    )


def test_what_is_not_ours_is_refused_or_left_alone(
    neo4j_address: str, neo4j_driver: object, library: list[Document], extract: Extract
) -> None:
    """Somebody else's nodes are refused without adopt, and never listed, changed or deleted with it."""
    with neo4j_driver.session() as session:  # type: ignore[attr-defined]
        session.run("CREATE (:Paper {headline: 'mine'})-[:CITES]->(:Paper {id: 7}), (:Tombstone {id: 't1'})").consume()
    with pytest.raises(StoreError, match="--adopt"):
        open_store(neo4j_address)

    with open_store(neo4j_address, adopt=True) as store:
        load(store, library, extract)
        with neo4j_driver.session() as session:  # type: ignore[attr-defined]
            session.run(
                "MATCH (p:Paper {headline: 'mine'}) MATCH (e:Entity {id: 'method/lora'}) "
                "CREATE (p)-[:MENTIONS {written: 'x'}]->(e)-[:COMPARED_WITH {statement: 's'}]->(p)"
            ).consume()
        store.write(library[:1], extract)
        assert "FooTune" in store.nearest("FoTune", ["method", "paper"])
        assert all(
            e.id.startswith("paper/") for e in store.elements() if isinstance(e, Node) and e.kind is NodeKind.PAPER
        )
        assert store.check() == []
    with neo4j_driver.session() as session:  # type: ignore[attr-defined]
        assert session.run("MATCH (a:Paper {headline: 'mine'})-[:CITES]->(b:Paper) RETURN b.id AS id").data() == [
            {"id": 7}
        ]


def test_another_schema_version_is_refused(neo4j_address: str, neo4j_driver: object) -> None:
    """The message says which version stands there."""
    with neo4j_driver.session() as session:  # type: ignore[attr-defined]
        session.run("CREATE (:Meta {id: 'meta/store', schema: 99, generation: 1})").consume()

    with pytest.raises(StoreError, match="schema version 99"):
        open_store(neo4j_address)


def test_an_entity_keeps_exactly_one_kind(store: Store, paper: Callable[..., Document], extract: Extract) -> None:
    """Another vote that changes only the aliases leaves the kind; one that changes it leaves no trace of the old."""
    for title, name in (
        ("One", "QuuxNet"),
        ("Two", "quuxNet"),
        ("Three", "quuxnet"),
        ("Four", "quux-net"),
        ("Five", "Quuxnet"),
    ):
        store.write([paper(title, f"{name} improves-on LoRA.")], extract)
        store.remove(["One"] if title == "Five" else [])

    rows = store.ask("MATCH (e:Entity) RETURN e.id AS id, labels(e) AS labels ORDER BY id", {})
    assert rows == [
        {"id": "method/lora", "labels": ["Entity", "Method"]},
        {"id": "method/quux-net", "labels": ["Entity", "Method"]},
        {"id": "method/quuxnet", "labels": ["Entity", "Method"]},
    ]


def test_an_id_means_that_paper_and_a_title_of_several_means_none(
    store: Store, paper: Callable[..., Document], extract: Extract
) -> None:
    """Removing by id removes that paper; a title that several bear is refused."""
    store.write([paper("Same", arxiv="2401.00001"), paper("Same", arxiv="2401.00002"), paper("Same")], extract)

    with pytest.raises(UsageError, match="several papers"):
        store.remove(["Same"])
    store.remove(["paper/title-" + paper_key("Same")])

    left = [e.id for e in store.elements() if isinstance(e, Node) and e.kind is NodeKind.PAPER]
    assert left == ["paper/arxiv-2401.00001", "paper/arxiv-2401.00002"]


def test_a_tombstone_does_not_keep_out_what_lives(
    store: Store, paper: Callable[..., Document], extract: Extract
) -> None:
    """A document that is in the store may change, whatever title was removed."""
    living = paper("Same", "FooTune improves-on LoRA.", source="living.jsonl")
    store.write([paper("Same", arxiv="2401.00001"), paper("Same", arxiv="2401.00002"), living], extract)
    store.remove(["2401.00001"])

    report = store.write([paper("Same", "FooTune improves-on QLoRA.", source="living.jsonl")], extract)

    assert (len(report.changed), report.skipped) == (1, frozenset())
    assert store.check() == []


def test_a_rejection_of_one_of_two_parallel_statements_can_be_undone(
    store: Store, paper: Callable[..., Document], extract: Extract
) -> None:
    """Where an alias makes two statements say the same, the other shows while one is rejected."""
    store.write([paper("FooTune", "FooTune improves-on LoRA. FooTune improves-on BarTune.")], extract)
    store.decide(decision("alias", "BarTune", family="method", target="method/lora"))
    before = graph(store)
    shown = str(edge(store, EdgeKind.IMPROVES_ON, "method/footune", "method/lora").properties["statement"])
    wish = decision("reject", shown)

    store.decide(wish)
    assert edge(store, EdgeKind.IMPROVES_ON, "method/footune", "method/lora").properties["statement"] != shown
    store.undo(wish.id)

    assert graph(store) == before
    assert store.check() == []


def test_a_later_alias_of_the_same_name_takes_the_place_of_the_earlier(
    store: Store, library: list[Document], extract: Extract
) -> None:
    """However the name is spelled, what was decided last holds."""
    load(store, library, extract)
    store.decide(decision("alias", "FooTune", family="method", target="method/lora"))

    store.decide(decision("alias", "FOOTUNE", family="method", target="method/bartune"))

    assert [m.id for m in store.find("FooTune", ["method"])] == ["method/bartune"]
    assert [element[2]["about"] for element in graph(store) if element[0] is NodeKind.DECISION] == ["FOOTUNE"]
    assert store.check() == []


@pytest.mark.parametrize("target", ["dataset/glue", "paper/arxiv-2401.00001", "author/ada-b-000000"])
def test_an_alias_means_a_thing_of_its_own_kind(
    store: Store, library: list[Document], extract: Extract, target: str
) -> None:
    """A method cannot be said to be a dataset, a paper or a person."""
    load(store, library, extract)
    before = graph(store)

    with pytest.raises(UsageError):
        store.decide(decision("alias", "FooTune", family="method", target=target))
    assert graph(store) == before


def test_numbers_that_no_store_holds_are_refused_in_one_line(store: Store) -> None:
    """64 bits are the most."""
    with pytest.raises(UsageError, match="64 bits"):
        store.ask("RETURN $x AS x", {"x": 2**70})
