"""The labels that the trained reader gives, in the order of its outputs."""

from __future__ import annotations

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

_TAILS = {
    "improves-on": NAMED,
    "compared-with": (0, 1),
    "builds-on": NAMED,
    "evaluated-on": (DATASET,),
    "trained-on": (DATASET,),
    "runs-on": (3,),
    "addresses": (4,),
}
_WITH_DATASETS = frozenset({"improves-on", "builds-on", "addresses"})


def allows(relation: str, head: int, tail: int) -> bool:
    """Whether a relation may hold between two kinds; the head may be the paper."""
    heads = (*NAMED, PAPER_KIND) if relation in _WITH_DATASETS else (0, 1, PAPER_KIND)
    return head in heads and tail in _TAILS[relation]
