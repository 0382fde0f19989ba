"""An extraction in the form in which papers are annotated by hand."""

from __future__ import annotations

import re
from typing import Any

from kg.model import PAPER, RELATIONS, ClaimDraft, Document, EntityKind, Extraction, Relation

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


def gold_form(document_id: str, document: Document, extraction: Extraction) -> dict[str, Any]:
    """The annotation form of a paper: entities, relations and claims with ids `e1`, `e2`, …; metrics and
    introductions are left out, since entities say themselves that they are introduced."""
    kept = [group for group in extraction.groups if group.kind is not EntityKind.METRIC]
    ids = {group.id: f"e{number}" for number, group in enumerate(kept, start=1)} | {PAPER: PAPER}
    entities = [
        {"id": ids[g.id], "type": g.kind.value, "name": g.name, "aliases": list(g.aliases), "introduced": g.introduced}
        for g in kept
    ]
    stated = [r for r in extraction.relations if r.kind in RELATIONS and r.head in ids and r.tail in ids]
    relations = [_relation(r, ids, document) for r in stated]
    claims = [_claim(claim, ids, document) for claim in extraction.claims if claim.subject in ids]
    return {"id": document_id, "entities": entities, "relations": relations, "claims": claims}


def value_of(text: str) -> str:
    """A number as annotations write it: digits alone, a range with a hyphen."""
    return "-".join(part.replace(",", "") for part in _DIGITS.findall(text))


def _relation(relation: Relation, ids: dict[str, str], document: Document) -> dict[str, Any]:
    evidence = document.text[relation.start : relation.end]
    return {"head": ids[relation.head], "type": relation.kind.value, "tail": ids[relation.tail], "evidence": evidence}


def _claim(claim: ClaimDraft, ids: dict[str, str], document: Document) -> dict[str, Any]:
    comparator = ids.get(claim.comparator or "") or claim.comparator_text
    return {
        "subject": ids[claim.subject],
        "comparator": comparator,
        "dataset": ids.get(claim.dataset or ""),
        "task": ids.get(claim.task or ""),
        "metric": claim.metric_text,
        "value": value_of(claim.value_text) if claim.value_text else None,
        "unit": claim.unit,
        "kind": claim.kind.value,
        "polarity": claim.polarity,
        "evidence": document.text[claim.start : claim.end],
    }
