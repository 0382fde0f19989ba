"""The Cypher both stores speak, built from the closed lists of `kg.store.schema` only: no text here comes from input.

Every function gives a statement; parameters are named in its docstring. A pattern starts at a keyed node.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import RELATIONS, EdgeKind
from kg.names import cypher_type
from kg.store.schema import EDGE_KEY, EDGE_PROPERTIES, ENDS, NODE_PROPERTIES

KEYED_LABELS = (*NODE_PROPERTIES, "Name", "Meta")
EXTRACTED = (EdgeKind.INTRODUCES, *RELATIONS)
"""The kinds whose edges carry `statement` and `document`."""

RAISE_GENERATION = (
    "MERGE (m:Meta {id: 'meta/store'}) "
    "SET m.generation = coalesce(m.generation, 0) + 1, m.schema = coalesce(m.schema, $schema) "
    "RETURN m.generation AS generation, m.restoring AS restoring"
)
META = (
    "MATCH (m:Meta {id: 'meta/store'}) "
    "RETURN m.generation AS generation, m.schema AS schema, m.restoring AS restoring, m.bare AS bare"
)

HOLD = "MATCH (m:Meta {id: 'meta/store'}) SET m.generation = m.generation"
"""Takes the turn of writers, and changes nothing."""
SET_DRESSED = "MATCH (m:Meta {id: 'meta/store'}) SET m.bare = null"
SET_RESTORING = "MERGE (m:Meta {id: 'meta/store'}) SET m.restoring = $restoring"


def schema() -> Iterator[str]:
    """The constraints and indexes: a unique id per label, and the document of each extracted edge."""
    for label in KEYED_LABELS:
        yield f"CREATE CONSTRAINT kg_{label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
    for kind in EXTRACTED:
        name = cypher_type(kind)
        yield f"CREATE INDEX kg_{name.lower()}_document IF NOT EXISTS FOR ()-[r:{name}]-() ON (r.document)"


def _packed(*values: str) -> str:
    """Returns all rows as one list of lists: for a row each, the driver of a server takes more than twice as long."""
    return f"RETURN collect([{', '.join(values)}]) AS rows"


def _values(variable: str, properties: tuple[str, ...]) -> list[str]:
    return [f"{variable}.{name}" for name in properties]


def nodes(label: str) -> str:
    """Nodes of $ids, packed in the order of `node_columns`."""
    packed = _packed("n.id", "labels(n)", *_values("n", NODE_PROPERTIES[label]))
    return f"UNWIND $ids AS k MATCH (n:{label} {{id: k}}) {packed}"


def node_columns(label: str) -> tuple[str, ...]:
    """What a row of `nodes` holds."""
    return ("id", "labels", *NODE_PROPERTIES[label])


def ids(label: str) -> str:
    """The ids of all nodes of a label."""
    return f"MATCH (n:{label}) RETURN n.id AS id"


def heads(kind: EdgeKind, head: str) -> str:
    """The ids of the nodes of a label that edges of a kind leave."""
    return f"MATCH (a:{head})-[r:{cypher_type(kind)}]->() RETURN DISTINCT a.id AS id"


def _edge_return(kind: EdgeKind) -> str:
    return _packed("a.id", "b.id", *_values("r", EDGE_PROPERTIES[kind]))


def edge_columns(kind: EdgeKind) -> tuple[str, ...]:
    """What a row of edges of a kind holds."""
    return ("head_id", "tail_id", *EDGE_PROPERTIES[kind])


def edges_of_heads(kind: EdgeKind, head: str) -> str:
    """Edges of a kind that leave the nodes $ids of a label, packed in the order of `edge_columns`."""
    return f"UNWIND $ids AS k MATCH (a:{head} {{id: k}})-[r:{cypher_type(kind)}]->(b) {_edge_return(kind)}"


def edges_of_tails(kind: EdgeKind, tail: str) -> str:
    """Edges of a kind that reach the nodes $ids of a label, packed in the order of `edge_columns`."""
    return f"UNWIND $ids AS k MATCH (b:{tail} {{id: k}})<-[r:{cypher_type(kind)}]-(a) {_edge_return(kind)}"


def edges_of_documents(kind: EdgeKind) -> str:
    """Extracted edges of a kind that the documents $ids state, packed in the order of `edge_columns`."""
    return f"MATCH (a)-[r:{cypher_type(kind)}]->(b) WHERE r.document IN $ids {_edge_return(kind)}"


def neighbours(label: str, kinds: Iterable[EdgeKind]) -> str:
    """What edges of kinds that are at least as sure as $least join, either way, to the nodes $ids of a label."""
    types = "|".join(cypher_type(kind) for kind in kinds)
    return (
        f"UNWIND $ids AS k MATCH (n:{label} {{id: k}})-[r:{types}]-(m) WHERE coalesce(r.confidence, 1.0) >= $least "
        "RETURN DISTINCT m.id AS id, labels(m) AS labels, m.confidence AS confidence"
    )


def put_nodes(label: str) -> str:
    """Creates or changes nodes: $rows of {id, properties}."""
    return f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n += row.properties"


def set_kind(kind: str) -> str:
    """Gives the entities $ids a kind as second label."""
    return f"UNWIND $ids AS k MATCH (n:Entity {{id: k}}) SET n:{kind}"


def drop_kind(kind: str) -> str:
    """Takes a kind from the entities $ids."""
    return f"UNWIND $ids AS k MATCH (n:Entity {{id: k}}) REMOVE n:{kind}"


def delete_nodes(label: str) -> str:
    """Deletes the nodes $ids of a label with all their edges."""
    return f"UNWIND $ids AS k MATCH (n:{label} {{id: k}}) DETACH DELETE n"


def create_edges(kind: EdgeKind, head: str, tail: str) -> str:
    """Creates edges that are not there: $rows of {head, tail, properties}; returns how many found their ends."""
    return (
        f"UNWIND $rows AS row MATCH (a:{head} {{id: row.head}}) MATCH (b:{tail} {{id: row.tail}}) "
        f"CREATE (a)-[r:{cypher_type(kind)}]->(b) SET r += row.properties RETURN count(r) AS written"
    )


def delete_edges(kind: EdgeKind, head: str, tail: str) -> str:
    """Deletes edges: $rows of {head, tail, key}."""
    key = EDGE_KEY[kind]
    where = f"WHERE r.{key} = row.key " if key else ""
    return (
        f"UNWIND $rows AS row MATCH (a:{head} {{id: row.head}})-[r:{cypher_type(kind)}]->(b:{tail} {{id: row.tail}}) "
        f"{where}DELETE r"
    )


def delete_stated(kind: EdgeKind) -> str:
    """Deletes the extracted edges of a kind that $documents make as $statements.

    Thousands of edges may run side by side between two hubs: the index on documents finds one, its ends do not.
    """
    return (
        f"MATCH ()-[r:{cypher_type(kind)}]->() WHERE r.document IN $documents AND r.statement IN $statements DELETE r"
    )


KIND_VOTES = (
    "UNWIND $ids AS k MATCH (e:Entity {id: k})<-[m:MENTIONS]-(p:Paper) WHERE p.id STARTS WITH 'paper/' "
    "RETURN k AS id, m.kind AS kind, count(DISTINCT p.id) AS papers"
)
NAME_VOTES = (
    "UNWIND $ids AS k MATCH (e:Entity {id: k})<-[m:MENTIONS]-(p:Paper) WHERE p.id STARTS WITH 'paper/' "
    "RETURN k AS id, m.written AS written, m.normal AS normal, count(DISTINCT p.id) AS papers, "
    "min(CASE WHEN coalesce(m.borrowed, false) THEN 1 ELSE 0 END) AS only_decided"
)


def names_of(label: str) -> str:
    """The names that lead to the nodes $ids of a label."""
    return (
        f"UNWIND $ids AS k MATCH (n:{label} {{id: k}})<-[:NAMES]-(m:Name) "
        "RETURN m.id AS name_id, m.text AS text, m.family AS family, n.id AS id"
    )


PUT_NAMES = "UNWIND $rows AS row MERGE (n:Name {id: row.id}) SET n += row.properties"


def link_names(label: str) -> str:
    """Lets names lead to nodes of a label: $rows of {name_id, id}."""
    return (
        f"UNWIND $rows AS row MATCH (m:Name {{id: row.name_id}}) MATCH (n:{label} {{id: row.id}}) "
        "CREATE (m)-[r:NAMES]->(n) RETURN count(r) AS written"
    )


def unlink_names(label: str) -> str:
    """Ends that names lead to nodes of a label: $rows of {name_id, id}."""
    return f"UNWIND $rows AS row MATCH (m:Name {{id: row.name_id}})-[r:NAMES]->(n:{label} {{id: row.id}}) DELETE r"


DELETE_IDLE_NAMES = "UNWIND $ids AS k MATCH (m:Name {id: k}) WHERE NOT EXISTS { MATCH (m)-[:NAMES]->() } DELETE m"
NAMED_PAPERS = "UNWIND $ids AS k MATCH (m:Name {id: k})-[:NAMES]->(p:Paper) RETURN DISTINCT p.id AS id"
NAMED_ENTITIES = "UNWIND $ids AS k MATCH (m:Name {id: k})-[:NAMES]->(e:Entity) RETURN DISTINCT e.id AS id"
DOCUMENT_STATE = (
    "UNWIND $ids AS k MATCH (d:Document {id: k})-[:DESCRIBES]->(p:Paper) "
    "RETURN d.id AS id, d.sha256 AS sha256, d.extractor AS extractor, p.id AS paper"
)
TEXTS = (
    "UNWIND $ids AS k MATCH (p:Paper {id: k})<-[:DESCRIBES]-(d:Document) "
    "RETURN p.id AS paper, d.id AS document, d.text AS text, d.title_end AS title_end, d.abstract_end AS abstract_end, "
    "d.metadata AS metadata"
)
WRITTEN = (
    "UNWIND $ids AS k MATCH (e:Entity {id: k})<-[m:MENTIONS]-(p:Paper) WHERE p.id STARTS WITH 'paper/' "
    "RETURN k AS id, p.id AS paper, m.written AS written, coalesce(m.borrowed, false) AS borrowed"
)
BORROWED = "MATCH (p:Paper)-[m:MENTIONS]->(e:Entity) WHERE m.borrowed = true RETURN p.id AS id LIMIT 1"
PAPER_COUNTS = (
    "UNWIND $ids AS k MATCH (e:Entity {id: k})<-[:MENTIONS]-(p:Paper) RETURN k AS id, count(DISTINCT p.id) AS papers"
)
ALL_NAMES = "MATCH (m:Name)-[:NAMES]->(e:Entity) WHERE m.family IN $families RETURN m.text AS text, e.name AS name"
ALL_TITLES = "MATCH (p:Paper) WHERE p.id STARTS WITH 'paper/' RETURN p.id AS id, p.title AS title"
EXTRACTORS = "MATCH (d:Document) RETURN DISTINCT d.extractor AS extractor"
ANYTHING = "MATCH (n) RETURN n.id AS id LIMIT 1"


def stating() -> Iterator[str]:
    """For each extracted kind: the documents of the edges whose statement is $statement."""
    for kind in EXTRACTED:
        yield f"MATCH ()-[r:{cypher_type(kind)}]->() WHERE r.statement = $statement RETURN DISTINCT r.document AS document"


def ends(kind: EdgeKind) -> Iterator[tuple[str, str]]:
    """The pairs of labels that edges of a kind may join."""
    head_labels, tail_labels = ENDS[kind]
    return ((head, tail) for head in head_labels for tail in tail_labels)
