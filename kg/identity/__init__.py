"""Which thing a name means: names as written -> entities, documents -> papers, one paper's documents -> its part of the graph.

Pure: the same records, lexicon and decisions give the same graph, whatever the order in which they came.
"""

from kg.identity.decisions import BINDINGS, MOVES, OF_NAMES, Decisions, source
from kg.identity.entities import Thing, Things, said
from kg.identity.fragment import Fragment, Named, Record, fragment, stated_by, things_in
from kg.identity.papers import PaperGroup, document_keys, has_tombstone, join
from kg.identity.roads import Rule, name_form, quoted
from kg.identity.votes import Votes, entity_node

__all__ = [
    "BINDINGS",
    "MOVES",
    "OF_NAMES",
    "Decisions",
    "Fragment",
    "Named",
    "PaperGroup",
    "Record",
    "Rule",
    "Thing",
    "Things",
    "Votes",
    "document_keys",
    "entity_node",
    "fragment",
    "has_tombstone",
    "join",
    "name_form",
    "quoted",
    "said",
    "source",
    "stated_by",
    "things_in",
]
