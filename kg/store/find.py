"""From a person's words to the nodes they may mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from kg.identity import Things, name_form
from kg.names import FAMILIES, family_of, name_id, normal_form, paper_keys
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
    if is_id(text) and (meant := _of_id(run, named, text, wanted)):
        return meant
    led: dict[str, str] = {}
    ids: set[str] = set()
    for own in wanted:
        if own == "paper":
            ids |= _papers(run, text)
        else:
            thing = named.named(own, (text,))
            ids |= {thing.id, *_written(run, text, own)}
            led[thing.id] = thing.id if thing.id == thing.before else led.get(thing.id, thing.before)
    return [_instead(m, led.get(m.id, m.id)) for m in _matches(run, sorted(ids)) if family_of(m.id) in wanted]


def _of_id(run: Run, named: Things, id: str, wanted: Sequence[str]) -> list[Match]:
    """The node of an id; of an entity that is no more what it was merged into or split into."""
    exact = _matches(run, [id]) if family_of(id) in wanted else []
    if exact or family_of(id) not in FAMILIES:
        return exact
    decided = named.decisions
    next_ids = [d.target for d in decided.follow(id)[-1:] or decided.bindings.get(id, ())]
    ends = {([next_id, *(d.target for d in decided.follow(next_id))])[-1] for next_id in next_ids}
    return [_instead(m, id) for m in _matches(run, sorted(ends)) if family_of(m.id) in wanted]


def _instead(match: Match, id: str) -> Match:
    return match if match.id == id else replace(match, instead_of=id)


def _written(run: Run, text: str, own: str) -> set[str]:
    names = [name_id(name_form(own, text), own)]
    return {row["id"] for row in run(cypher.NAMED_ENTITIES, {"ids": names})}


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
