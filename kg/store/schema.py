"""The shape of the graph in a store: labels, properties and keys. The closed lists from which all Cypher text is built."""

from __future__ import annotations

from kg.errors import StoreError
from kg.model import RELATIONS, EdgeKind, EntityKind, Kind, NodeKind
from kg.names import FAMILIES

SCHEMA_VERSION = 1

ENTITY_KINDS = tuple(NodeKind(kind.value) for kind in EntityKind)
EVERY: frozenset[Kind] = frozenset((*NodeKind, *EdgeKind))


def label(kind: NodeKind) -> str:
    """The label that keys a node: entities share `Entity` and carry their kind as a second label."""
    return "Entity" if kind in ENTITY_KINDS else kind.value


_LABEL_OF_PREFIX = {
    **dict.fromkeys(FAMILIES, "Entity"),
    **{kind.value.lower(): kind.value for kind in NodeKind if kind not in ENTITY_KINDS},
}


def label_of(id: str) -> str:
    """The label that keys the node of an id; raises StoreError for an id that is none of ours."""
    found = _LABEL_OF_PREFIX.get(id.partition("/")[0])
    if found is None:
        raise StoreError(f"{id!r} is no id of this graph: one begins with {', '.join(_LABEL_OF_PREFIX)} and a slash")
    return found


def is_id(text: str) -> bool:
    """Whether a text has the form of an id of this graph."""
    prefix, slash, rest = text.partition("/")
    return prefix in _LABEL_OF_PREFIX and bool(slash and rest)


def prefixes(label: str) -> tuple[str, ...]:
    """What the ids of a label begin with: a node of the label without it is not ours."""
    if label == "Name":
        return ("name/",)
    return tuple(f"{prefix}/" for prefix, own in _LABEL_OF_PREFIX.items() if own == label)


_ENTITY = ("name", "aliases")
NODE_PROPERTIES: dict[str, tuple[str, ...]] = {
    "Entity": _ENTITY,
    "Paper": ("title", "abstract", "year", "listed", "venue", "doi", "arxiv", "acl", "url", "also", "organization",
              "author_count", "upvotes", "summary_by"),
    "Document": ("format", "key", "source", "text", "title_end", "abstract_end", "metadata", "extraction", "sha256",
                 "extractor", "loaded"),
    "Claim": ("kind", "polarity", "metric_text", "value", "value_max", "value_text", "unit", "comparator_text",
              "evidence", "start_char", "end_char", "value_start_char", "value_end_char", "confidence", "extractor",
              "paper", "document", "rejected"),
    "Author": ("name", "orcid"),
    "Decision": ("what", "about", "family", "target", "kind", "papers", "reason", "by", "at", "undone_by", "undone_at",
                 "undone_reason"),
    "Tombstone": ("also",),
}  # fmt: skip
"""What a node of each label may carry besides `id`; lists are `aliases`, `also` and `papers`, the rest scalars."""

_EXTRACTED = ("statement", "document", "paper", "evidence", "start_char", "end_char", "confidence", "extractor",
              "head_as", "tail_as", "rejected")  # fmt: skip
EDGE_PROPERTIES: dict[EdgeKind, tuple[str, ...]] = {
    EdgeKind.DESCRIBES: (),
    EdgeKind.INTRODUCES: _EXTRACTED,
    EdgeKind.MENTIONS: ("written", "normal", "kind", "document", "start_char", "end_char", "confidence", "extractor",
                        "borrowed"),
    **dict.fromkeys(RELATIONS, _EXTRACTED),
    EdgeKind.RUNS_ON: (*_EXTRACTED, "count", "memory"),
    EdgeKind.CITES: (),
    EdgeKind.WRITTEN_BY: ("position",),
    **dict.fromkeys((EdgeKind.STATED_IN, EdgeKind.ABOUT, EdgeKind.AGAINST, EdgeKind.ON, EdgeKind.FOR, EdgeKind.MEASURED_BY), ()),
}  # fmt: skip
"""What an edge of each kind may carry."""

EDGE_KEY: dict[EdgeKind, str | None] = {
    kind: "written" if kind is EdgeKind.MENTIONS else "position" if kind is EdgeKind.WRITTEN_BY
    else "statement" if "statement" in properties else None
    for kind, properties in EDGE_PROPERTIES.items()
}  # fmt: skip
"""The property that tells parallel edges of one kind apart; None where there is one edge per pair of ends."""

_ANY_ENTITY = ("Entity",)
ENDS: dict[EdgeKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    EdgeKind.DESCRIBES: (("Document",), ("Paper",)),
    EdgeKind.INTRODUCES: (("Paper",), _ANY_ENTITY),
    EdgeKind.MENTIONS: (("Paper",), _ANY_ENTITY),
    **dict.fromkeys(RELATIONS, (("Entity", "Paper"), _ANY_ENTITY)),
    EdgeKind.CITES: (("Paper",), ("Paper",)),
    EdgeKind.WRITTEN_BY: (("Paper",), ("Author",)),
    EdgeKind.STATED_IN: (("Claim",), ("Paper",)),
    EdgeKind.ABOUT: (("Claim",), ("Entity", "Paper")),
    EdgeKind.AGAINST: (("Claim",), _ANY_ENTITY),
    EdgeKind.ON: (("Claim",), _ANY_ENTITY),
    EdgeKind.FOR: (("Claim",), _ANY_ENTITY),
    EdgeKind.MEASURED_BY: (("Claim",), _ANY_ENTITY),
}
"""The labels that each end of an edge may have (which entity kinds may join is the ontology's to say)."""
