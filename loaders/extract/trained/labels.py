"""The labels that the trained reader gives, in the order of its outputs."""

from __future__ import annotations

from kg.model import EdgeKind
from loaders.extract.relations import HEADS, TAILS

KINDS = ("Method", "Model", "Dataset", "Hardware", "Task")
NONE = len(KINDS)
"""The place after the kinds: no thing at all."""
PAPER_KIND = len(KINDS)
"""The kind of the paper as the head of a relation."""
TAGS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BI"))
RELATIONS = ("improves-on", "compared-with", "builds-on", "evaluated-on", "trained-on", "runs-on", "addresses")
CLAIM_KINDS = ("result", "improvement", "efficiency", "sota", "parity", "limitation", "finding")
POLARITIES = ("+", "-", "0")
NAMED = (0, 1, 2)
"""The kinds that a relation of rivalry or descent may have at its ends: method, model, dataset."""
DATASET = 2


def allows(relation: str, head: int, tail: int) -> bool:
    """Whether a relation may hold between two kinds; the head may be the paper."""
    kind = EdgeKind(relation)
    return (head == PAPER_KIND or KINDS[head] in HEADS[kind]) and KINDS[tail] in TAILS[kind]
