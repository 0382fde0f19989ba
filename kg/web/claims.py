"""What stands in the columns of a table of claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.model import EdgeKind
from kg.query.places import Claim
from kg.web.labels import clipped

_LONGEST = 120


def cells(claim: Claim) -> Mapping[str, str]:
    """The texts of a claim by column, "" for what it does not say."""
    return {name: clipped(cell(claim), _LONGEST) for name, cell in COLUMNS.items()}


def _role(claim: Claim, kind: EdgeKind) -> str:
    """The name of what plays a role in a claim."""
    return claim.roles[kind][1] if kind in claim.roles else ""


def _value(claim: Claim) -> str:
    """A claim's number as it is written, else as it was read, with its unit."""
    number, unit = (claim.properties.get(name, "") for name in ("value_text", "unit"))
    number = number or claim.properties.get("value", "")
    text = f"{number:.10g}" if isinstance(number, float) else str(number)
    return text if str(unit) in text else f"{text} {unit}"


COLUMNS: dict[str, Callable[[Claim], str]] = {
    "Claim": lambda claim: str(claim.properties["kind"]),
    "Subject": lambda claim: _role(claim, EdgeKind.ABOUT),
    "Metric": lambda claim: str(claim.properties.get("metric_text") or _role(claim, EdgeKind.MEASURED_BY)),
    "Value": _value,
    "Against": lambda claim: _role(claim, EdgeKind.AGAINST) or str(claim.properties.get("comparator_text", "")),
    "Dataset": lambda claim: _role(claim, EdgeKind.ON),
    "Task": lambda claim: _role(claim, EdgeKind.FOR),
}
"""The columns, and what stands in each."""
