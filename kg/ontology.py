"""The ontology, read once: its terms, and which kinds of nodes an edge of each kind may join.

`ontology/kg.ttl` is the one home of both. It is read with pyoxigraph, which imports in a tenth of rdflib's time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import pyoxigraph

from kg.errors import OntologyError
from kg.model import EdgeKind, NodeKind
from kg.names import rdf_name
from kg.resources import data_folder

NAMESPACE = "https://w3id.org/paperkg/ontology#"
"""Where the ontology's terms are written; an export under another base writes them under that one."""

Ends = tuple[frozenset[NodeKind], frozenset[NodeKind]]


def may_join(kind: EdgeKind, head: NodeKind, tail: NodeKind) -> bool:
    """Whether an edge of a kind may lead from a node of one kind to a node of another.

    >>> may_join(EdgeKind.RUNS_ON, NodeKind.MODEL, NodeKind.HARDWARE)
    True
    >>> may_join(EdgeKind.RUNS_ON, NodeKind.MODEL, NodeKind.DATASET)
    False
    """
    heads, tails = _signatures()[kind]
    return head in heads and tail in tails


def signature(kind: EdgeKind) -> Ends:
    """The kinds of nodes that may be the head, and those that may be the tail, of an edge of a kind.

    Raises OntologyError if the ontology is broken.
    """
    return _signatures()[kind]


def terms() -> Mapping[str, frozenset[str]]:
    """The names of the ontology's own terms without namespace, each with the IRIs of its types.

    Raises OntologyError if the ontology is broken.
    """
    types: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in _statements():
        if subject.startswith(NAMESPACE) and predicate == "http://www.w3.org/1999/02/22-rdf-syntax-ns#type":
            types[subject.removeprefix(NAMESPACE)].add(value)
    return {name: frozenset(found) for name, found in types.items()}


@cache
def value_types() -> Mapping[str, str]:
    """The types that the ontology's properties of numbers, texts and truths have, by name: `integer` for startChar.

    Raises OntologyError if the ontology is broken.
    """
    schema = "http://www.w3.org/2001/XMLSchema#"
    return {
        subject.removeprefix(NAMESPACE): value.removeprefix(schema)
        for subject, predicate, value in _statements()
        if predicate == "http://www.w3.org/2000/01/rdf-schema#range" and value.startswith(schema)
    }


@cache
def _signatures() -> Mapping[EdgeKind, Ends]:
    ends: dict[tuple[str, str], set[NodeKind]] = defaultdict(set)
    for subject, predicate, value in _statements():
        if predicate in (f"{NAMESPACE}from", f"{NAMESPACE}to"):
            ends[subject.removeprefix(NAMESPACE), predicate.removeprefix(NAMESPACE)].add(_node_kind(value))
    names = {kind: rdf_name(kind) for kind in EdgeKind}
    missing = [name for name in names.values() if not (ends[name, "from"] and ends[name, "to"])]
    if missing:
        raise OntologyError(f"kg.ttl does not say what may be joined by: {', '.join(missing)}")
    return {kind: (frozenset(ends[name, "from"]), frozenset(ends[name, "to"])) for kind, name in names.items()}


def _node_kind(iri: str) -> NodeKind:
    try:
        return NodeKind(iri.removeprefix(NAMESPACE))
    except ValueError:
        raise OntologyError(f"kg.ttl joins {iri}, which is no kind of node; there are: {', '.join(NodeKind)}") from None


@cache
def _statements() -> tuple[tuple[str, str, str], ...]:
    """Subject, predicate and object of each triple, IRIs and literals as bare text."""
    path = data_folder("ontology") / "kg.ttl"
    try:
        quads = list(pyoxigraph.parse(path.read_bytes(), pyoxigraph.RdfFormat.TURTLE))
    except (OSError, SyntaxError) as error:
        raise OntologyError(f"{path.name} cannot be read: {error}") from error
    return tuple((_text(quad.subject), _text(quad.predicate), _text(quad.object)) for quad in quads)


def _text(value: object) -> str:
    return value.value if isinstance(value, pyoxigraph.NamedNode | pyoxigraph.Literal) else str(value)
