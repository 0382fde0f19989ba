"""From a person's words to the nodes they may mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from kg.identity import Things, name_form
from kg.names import FAMILIES, name_id, normal_form, paper_keys
from kg.store import Match, cypher, rows
from kg.store.schema import is_id
from kg.store.transaction import Run

_LIKE = 60
"""Of 100: names that are less alike are noise, not help."""
_LONGEST = 200
"""Characters of a question's name that are compared with the names in the graph."""


def find(run: Run, named: Things, words: str, families: Sequence[str] = ()) -> list[Match]:
    """The entities and papers that words may mean, most papers first."""
    wanted = tuple(families) or (*FAMILIES, "paper")
    text = words.strip()
    if not text:
        return []
    if is_id(text) and text.split("/")[0] in wanted and (exact := _matches(run, [text])):
        return exact
    ids: set[str] = set()
    for own in wanted:
        ids |= _papers(run, text) if own == "paper" else _entities(run, named, text, own)
    return _matches(run, sorted(ids))


def _entities(run: Run, named: Things, text: str, own: str) -> set[str]:
    names = [name_id(name_form(own, text), own)]
    written = {row["id"] for row in run(cypher.NAMED_ENTITIES, {"ids": names})}
    return written | {named.named(own, (text,)).id}


def _papers(run: Run, text: str) -> set[str]:
    names = [name_id(key, "paper") for key in paper_keys(text)]
    return {row["id"] for row in run(cypher.NAMED_PAPERS, {"ids": names})}


def _matches(run: Run, ids: Sequence[str]) -> list[Match]:
    counts = {row["id"]: row["papers"] for row in run(cypher.PAPER_COUNTS, {"ids": list(ids)})}
    found = [
        Match(
            n.id, n.kind.value, str(n.properties.get("name") or n.properties.get("title") or n.id), counts.get(n.id, 0)
        )
        for n in rows.nodes(run, ids)
    ]
    return sorted(found, key=lambda m: (-m.papers, m.id))


def nearest(run: Run, words: str, families: Sequence[str] = (), count: int = 5) -> list[str]:
    """The names in the graph that are spelled most like the words, each entity once."""
    wanted = tuple(families) or FAMILIES
    known: dict[str, str] = {row["text"]: row["name"] for row in run(cypher.ALL_NAMES, {"families": list(wanted)})}
    if "paper" in wanted:
        known |= {normal_form(row["title"], "task"): row["title"] for row in run(cypher.ALL_TITLES, {})}
    query = normal_form(words[:_LONGEST], "task")
    found = process.extract(query, sorted(known), scorer=fuzz.WRatio, limit=4 * count, score_cutoff=_LIKE)
    return _first(count, (known[text] for text, _, _ in found))


def _first(count: int, names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))[:count]
