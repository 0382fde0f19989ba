"""The ontology against the enums, the context and the vocabularies it reuses."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, SDO

import kg.ontology
from kg.errors import OntologyError
from kg.model import ClaimKind, EdgeKind, EntityKind, NodeKind
from kg.names import rdf_name
from kg.ontology import NAMESPACE, may_join, signature, terms
from kg.rdf.terms import property_terms
from kg.resources import data_folder
from kg.store.schema import ENDS, label

ONTOLOGY = data_folder("ontology")
SHARED = Path(__file__).parents[3] / "shared" / "vocab"
GOLDEN = Path(__file__).parents[1] / "golden" / "rdf" / "small.nt"
IN_RDFLIB = {"dcat": DCAT, "dcterms": DCTERMS, "foaf": FOAF, "owl": OWL, "prov": PROV, "rdf": RDF, "rdfs": RDFS, "schema": SDO, "skos": SKOS}  # fmt: skip
SHARED_FILES = {"amo": "amo.ttl", "bibo": "bibo.owl", "cito": "cito.ttl", "fabio": "fabio.ttl", "mls": "mls.ttl", "oa": "oa.ttl"}  # fmt: skip


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    """The ontology as rdflib reads it, which is not what reads it in the product."""
    return rdflib.Graph().parse(ONTOLOGY / "kg.ttl")


@pytest.fixture(scope="module")
def context() -> dict[str, Any]:
    """The JSON-LD context."""
    found: dict[str, Any] = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return found


@pytest.fixture(scope="module")
def reused() -> list[dict[str, str]]:
    """The pinned list of the terms that other vocabularies lend us."""
    with (ONTOLOGY / "reused_terms.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _of_type(*types: str) -> set[str]:
    return {name for name, found in terms().items() if any(one.endswith(types) for one in found)}


def test_node_kinds_are_the_enum() -> None:
    """Each kind of node is a class, and each class is one or qualifies edges."""
    qualifying = {"Entity", "Statement", "Evidence", "Mention", "Authorship", "ClaimKind"}

    assert _of_type("owl#Class") == {kind.value for kind in NodeKind} | qualifying


def test_edge_kinds_are_the_enum(ontology: rdflib.Graph) -> None:
    """Each kind of edge, and nothing else, says what it may join."""
    assert {str(term).removeprefix(NAMESPACE) for term in ontology.subjects(URIRef(f"{NAMESPACE}from"))} == {
        rdf_name(kind) for kind in EdgeKind
    }


def test_claim_kinds_are_the_enum(ontology: rdflib.Graph) -> None:
    """Each kind of claim is there, and its notation is how claims name it."""
    kinds = list(ontology.subjects(RDF.type, URIRef(f"{NAMESPACE}ClaimKind")))

    assert {str(notation) for kind in kinds for notation in ontology.objects(kind, SKOS.notation)} == set(ClaimKind)
    assert _of_type("ontology#ClaimKind") == set(ClaimKind)


def test_entity_kinds_are_entities(ontology: rdflib.Graph) -> None:
    """The kinds of named things are the subclasses of Entity."""
    below = ontology.subjects(RDFS.subClassOf, URIRef(f"{NAMESPACE}Entity"))

    assert {str(term).removeprefix(NAMESPACE) for term in below} == set(EntityKind)


def test_the_context_has_the_same_terms(context: dict[str, Any]) -> None:
    """Every term of the ontology is in the context under its own name, and the context invents none."""
    own = {
        name: value["@id"]
        for name, value in context.items()
        if isinstance(value, dict) and value["@id"].startswith("kgo:")
    }

    assert own == {name: f"kgo:{name}" for name in terms()}


def test_the_context_types_values_as_the_ontology_does(ontology: rdflib.Graph, context: dict[str, Any]) -> None:
    """The datatype of a property is its range; a property between nodes holds IRIs."""
    expected = {}
    for name in terms():
        term = URIRef(NAMESPACE + name)
        if (term, RDF.type, OWL.DatatypeProperty) in ontology:
            kind = str(ontology.value(term, RDFS.range)).partition("#")[2]
            expected[name] = None if kind == "string" else f"xsd:{kind}"
        elif {(term, RDF.type, OWL.ObjectProperty), (term, RDF.type, OWL.AnnotationProperty)} & set(ontology):
            expected[name] = "@id"
        else:
            expected[name] = None

    assert {name: context[name].get("@type") for name in terms()} == expected


def test_the_context_makes_triples_of_json(context: dict[str, Any]) -> None:
    """JSON with the context embedded is the RDF of the export: names, numbers and edges."""
    record = {
        "@context": context, "@id": "id:method/footune", "@type": "Method", "prefLabel": "FooTune",
        "improvesOn": "id:method/lora", "p:improvesOn": {"@id": "id:statement/5", "confidence": "0.87", "rejected": False},
    }  # fmt: skip

    found = pyoxigraph.parse(json.dumps(record).encode(), pyoxigraph.RdfFormat.JSON_LD)

    expected = """
        PREFIX id: <https://w3id.org/paperkg/id/> PREFIX kgo: <https://w3id.org/paperkg/ontology#>
        <https://w3id.org/paperkg/id/method/footune> a kgo:Method ;
          <http://www.w3.org/2004/02/skos/core#prefLabel> "FooTune" ; kgo:improvesOn id:method\\/lora ;
          <https://w3id.org/paperkg/prop/improvesOn> id:statement\\/5 .
        id:statement\\/5 kgo:confidence 0.87 ; kgo:rejected false ."""
    turtle = pyoxigraph.parse(expected.encode(), pyoxigraph.RdfFormat.TURTLE)
    assert {quad.triple for quad in found} == {quad.triple for quad in turtle}


def test_every_term_is_explained(ontology: rdflib.Graph) -> None:
    """Every term has a label, a definition and the ontology that defines it."""
    wanted = (RDFS.label, SKOS.definition, RDFS.isDefinedBy)

    lacking = [name for name in terms() if not all(ontology.value(URIRef(NAMESPACE + name), one) for one in wanted)]

    assert lacking == []


def test_every_property_of_the_graph_has_a_term() -> None:
    """What a node or an edge may carry is in the ontology, or in a vocabulary it reuses."""
    of_nodes = {name for kind in NodeKind for names in property_terms(kind).values() for name in names}
    of_edges = {"headAs", "tailAs", "confidence", "count", "memory", "rejected", "written", "normal", "entityKind"}

    own = {name.removeprefix("kgo:") for name in of_nodes if name.startswith("kgo:")}

    assert (own | of_edges) - set(terms()) == set()


def test_an_export_uses_terms_of_the_ontology_only() -> None:
    """No triple has a predicate or class of ours that the ontology does not define."""
    golden = rdflib.Graph().parse(GOLDEN, format="nt")
    used = {str(term) for triple in golden for term in triple[1:] if str(term).startswith(NAMESPACE)}

    assert {term.removeprefix(NAMESPACE) for term in used} - set(terms()) == set()


def _reused_in(graph: rdflib.Graph, prefixes: dict[str, str]) -> set[str]:
    """The IRIs of other vocabularies in a graph's predicates and objects."""
    spaces = tuple(prefixes.values())
    found = (str(term) for triple in graph for term in triple[1:] if isinstance(term, URIRef))
    return {iri for iri in found if iri.startswith(spaces)}


def test_reused_terms_are_the_pinned_list(
    ontology: rdflib.Graph, context: dict[str, Any], reused: list[dict[str, str]]
) -> None:
    """What ontology, context and export use of other vocabularies is listed, and nothing is listed for nothing."""
    bound = {prefix: str(space) for prefix, space in ontology.namespaces()}
    spaces = {row["vocabulary"]: bound.get(row["vocabulary"], context.get(row["vocabulary"])) for row in reused}
    lent = {value["@id"] for value in context.values() if isinstance(value, dict)}
    in_context = {
        context[name.partition(":")[0]] + name.partition(":")[2] for name in lent if not name.startswith("kgo:")
    }

    used = _reused_in(ontology, spaces) | _reused_in(rdflib.Graph().parse(GOLDEN, format="nt"), spaces) | in_context

    assert used == {row["iri"] for row in reused}
    assert [row["iri"] for row in reused] == [spaces[row["vocabulary"]] + row["term"] for row in reused]


def test_pinned_terms_of_common_vocabularies_exist(reused: list[dict[str, str]]) -> None:
    """A pinned term of a vocabulary that rdflib knows is one of its terms."""
    unknown = [
        row["iri"] for row in reused
        if row["vocabulary"] in IN_RDFLIB and row["term"] not in IN_RDFLIB[row["vocabulary"]].__annotations__
    ]  # fmt: skip

    assert unknown == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="the vocabularies are not beside the repository")
def test_pinned_terms_of_special_vocabularies_exist(reused: list[dict[str, str]]) -> None:
    """A pinned term of another vocabulary stands in that vocabulary's own file."""
    pinned = defaultdict(set)
    for row in reused:
        pinned[row["vocabulary"]].add(row["iri"])
    defined = {
        prefix: set(map(str, rdflib.Graph().parse(SHARED / name).subjects())) for prefix, name in SHARED_FILES.items()
    }
    fair4ml = (SHARED / "fair4ml.jsonld").read_text(encoding="utf-8")
    sssom = json.loads((SHARED / "sssom.context.jsonld").read_text(encoding="utf-8"))["@context"]
    defined["fair4ml"] = {iri for iri in pinned["fair4ml"] if f'"@id": "fair4ml:{iri.partition("#")[2]}"' in fair4ml}
    defined["sssom"] = {sssom["@vocab"] + name for name in sssom}

    assert set(pinned) == {*IN_RDFLIB, *defined}
    assert {prefix: pinned[prefix] - found for prefix, found in defined.items()} == {
        prefix: set() for prefix in defined
    }


def test_signatures_fit_the_labels_of_the_store() -> None:
    """What the ontology lets an edge join is what the store looks for at its ends."""
    labels = {kind: tuple({label(one) for one in end} for end in signature(kind)) for kind in EdgeKind}

    assert labels == {kind: (set(heads), set(tails)) for kind, (heads, tails) in ENDS.items()}


@pytest.mark.parametrize(
    ("kind", "head", "tail", "expected"),
    [
        (EdgeKind.IMPROVES_ON, NodeKind.PAPER, NodeKind.METHOD, True),
        (EdgeKind.IMPROVES_ON, NodeKind.METHOD, NodeKind.PAPER, False),
        (EdgeKind.COMPARED_WITH, NodeKind.DATASET, NodeKind.DATASET, False),
        (EdgeKind.BUILDS_ON, NodeKind.DATASET, NodeKind.DATASET, True),
        (EdgeKind.TRAINED_ON, NodeKind.MODEL, NodeKind.TASK, False),
        (EdgeKind.RUNS_ON, NodeKind.PAPER, NodeKind.HARDWARE, True),
        (EdgeKind.ADDRESSES, NodeKind.HARDWARE, NodeKind.TASK, False),
        (EdgeKind.INTRODUCES, NodeKind.PAPER, NodeKind.METRIC, True),
        (EdgeKind.ABOUT, NodeKind.CLAIM, NodeKind.PAPER, True),
        (EdgeKind.ON, NodeKind.CLAIM, NodeKind.MODEL, False),
    ],
)
def test_what_may_join_what(kind: EdgeKind, head: NodeKind, tail: NodeKind, expected: bool) -> None:
    """An edge joins the kinds of things that make sense of it."""
    assert may_join(kind, head, tail) is expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kgo:on a", "kg.ttl cannot be read"),
        ("", "does not say what may be joined by: describes, introduces"),
        (
            f"<{NAMESPACE}on> <{NAMESPACE}from> <{NAMESPACE}Robot> .",
            "Robot, which is no kind of node; there are: Method",
        ),
    ],
    ids=["syntax", "empty", "kind"],
)
def test_a_broken_ontology_costs_the_build(
    text: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An ontology that cannot be read, or does not know the kinds, is an error that says what is wrong with it."""
    (tmp_path / "kg.ttl").write_text(text)
    caches = (kg.ontology._signatures, kg.ontology._statements)
    with monkeypatch.context() as patched:
        patched.setattr(kg.ontology, "data_folder", lambda name: tmp_path)
        for cached in caches:
            cached.cache_clear()
        with pytest.raises(OntologyError, match=message):
            signature(EdgeKind.ON)
    for cached in caches:
        cached.cache_clear()

    assert may_join(EdgeKind.ON, NodeKind.CLAIM, NodeKind.DATASET)
