"""The names that our RDF uses: prefixes, and which term stands for which property of a node.

Prefixes have their home in `ontology/context.jsonld`; the base is an argument everywhere, and nothing breaks under
another one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from pyoxigraph import NamedNode

from kg.errors import KgError, UsageError
from kg.model import NodeKind
from kg.names import to_iri
from kg.ontology import NAMESPACE
from kg.resources import data_folder
from kg.store.schema import NODE_PROPERTIES, label

DEFAULT_BASE = NAMESPACE.removesuffix("ontology#")
"""Where our IRIs begin unless a base is given; the ontology and the context are written under it."""

_NODE_TERMS: dict[str, dict[str, tuple[str, ...]]] = {
    "Entity": {"name": ("skos:prefLabel", "rdfs:label"), "aliases": ("skos:altLabel",)},
    "Paper": {
        "title": ("dcterms:title", "rdfs:label"),
        "abstract": ("dcterms:abstract",),
        "doi": ("bibo:doi",),
        "arxiv": ("fabio:hasArXivId",),
        "url": ("schema:url",),
        "also": ("dcterms:identifier",),
    },
    "Author": {"name": ("foaf:name", "rdfs:label")},
    "Claim": {"evidence": ("kgo:quote",)},
    "Decision": {"about": ("kgo:concerns",), "kind": ("kgo:entityKind",)},
}
"""The properties that other vocabularies have a term for, or whose name an edge has taken; the first term is read back."""

LIST_PROPERTIES = frozenset({"aliases", "also", "papers"})
"""The properties of nodes that are lists of texts."""

ID_PROPERTIES = frozenset({"paper", "document", "target"})
"""The properties of nodes whose value is the id of a node: in RDF it is that node."""


@lru_cache
def prefixes(base: str = DEFAULT_BASE) -> Mapping[str, str]:
    """The prefixes of our RDF under a base.

    Raises UsageError for a base that is no absolute IRI ending in a slash.
    """
    check_base(base)
    text = (data_folder("ontology") / "context.jsonld").read_text(encoding="utf-8")
    context = json.loads(text)["@context"]
    spaces = {name: value for name, value in context.items() if isinstance(value, str) and value[-1] in "/#"}
    return MappingProxyType({name: value.replace(DEFAULT_BASE, base) for name, value in spaces.items()})


def check_base(base: str) -> None:
    """Raises UsageError for a base that is no absolute IRI ending in a slash."""
    try:
        NamedNode(base)
    except ValueError:
        raise UsageError(f"the base {base!r} is no absolute IRI") from None
    if not base.endswith("/"):
        raise UsageError(f"the base {base!r} does not end in a slash")


@lru_cache(maxsize=1024)
def term(name: str, base: str) -> str:
    """The term that a prefixed name such as `skos:prefLabel` stands for, as N-Triples text."""
    prefix, _, local = name.partition(":")
    return str(NamedNode(prefixes(base)[prefix] + local))


def node_name(id: str, base: str) -> str:
    """The name in RDF of the node with an id, as N-Triples text.

    Raises KgError for an id that makes no IRI.
    """
    try:
        return str(NamedNode(to_iri(id, base)))
    except ValueError:
        raise KgError(f"the id {id!r} makes no IRI under {base}") from None


def camel_case(property: str) -> str:
    """`startChar` for start_char."""
    first, *rest = property.split("_")
    return first + "".join(word.capitalize() for word in rest)


def property_terms(kind: NodeKind) -> Mapping[str, tuple[str, ...]]:
    """The terms, as prefixed names, of each property that a node of a kind may have."""
    known = _NODE_TERMS.get(label(kind), {})
    return {name: known.get(name, (f"kgo:{camel_case(name)}",)) for name in NODE_PROPERTIES[label(kind)]}
