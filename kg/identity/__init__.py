"""Which thing a name means: names as written -> entities, documents -> papers, one paper's documents -> its part of the graph.

Pure: the same records, lexicon and decisions give the same graph, whatever the order in which they came.
"""

from kg.identity.decisions import Decisions
from kg.identity.entities import Things, name_form
from kg.identity.fragment import Fragment, Record, fragment
from kg.identity.papers import PaperGroup, document_keys, has_tombstone, join
from kg.identity.votes import Votes, entity_node

__all__ = [
    "Decisions",
    "Fragment",
    "PaperGroup",
    "Record",
    "Things",
    "Votes",
    "document_keys",
    "entity_node",
    "fragment",
    "has_tombstone",
    "join",
    "name_form",
]
