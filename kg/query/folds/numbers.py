"""Numbers of claims in words, and which of them may be put in an order."""

from __future__ import annotations

from kg.store import Row

_CLOSE = frozenset({"%", "x"})


def number_text(row: Row) -> str:
    """The number of a claim with its unit, "" for none.

    >>> number_text({"value": 3.0, "value_max": 7.5, "unit": "x"}), number_text({"value": 12.8e9, "value_max": None, "unit": "tokens"})
    ('3–7.5x', '12,800,000,000 tokens')
    """
    if row["value"] is None:
        return ""
    text = "–".join(f"{end:,.15g}" for end in ends(row))
    unit = row["unit"] or ""
    return f"{text}{unit}" if unit in _CLOSE else f"{text} {unit}".rstrip()


def ends(row: Row) -> list[float]:
    """The number of a claim, or both ends of its range."""
    return [end for end in (row["value"], row["value_max"]) if end is not None]


def words(*parts: str | None) -> str:
    """The parts that there are, as one text."""
    return " ".join(part for part in parts if part)
