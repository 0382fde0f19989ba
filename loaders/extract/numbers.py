r"""Numbers in a sentence with sign, range and unit: "3x to 7x", "25%-40%", "from 86.2 to 88.4", LaTeX `\%`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kg.lexicon import lexicon

_SIGN = r"[+\-−±]?"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:\s?(?:K|M|B|T|k|thousand|million|billion|trillion)(?![\w]))?"
_NUMBER = re.compile(rf"(?<![\w.,\\^_])(?<![A-Za-z]-)(?:{_SIGN}(?={_DIGITS}))(?P<digits>{_DIGITS})(?P<scale>{_SCALE})")
_JOIN = re.compile(r"\s*(?:\\?%|\\times|[x×X]|-?fold)?\$?\s*(?:-{1,2}|–|—|−|~|to)\s*\$?(?=[+\d])")
_SECOND = re.compile(rf"\+?(?P<digits>{_DIGITS})(?P<scale>{_SCALE})")
_ARROW = re.compile(r"\s*(?:\\?%)?\$?\s*(?:→|->|-->|\\to|\\rightarrow|⟶)\s*\$?(?=\d)")
_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "b": 1e9, "billion": 1e9, "t": 1e12, "trillion": 1e12}
_FROM = re.compile(r"\bfrom\s+(?:about\s+|around\s+|approximately\s+)?\$?$", re.I)


class Number(NamedTuple):
    """A number or range at `start:end`; `unit_end` is where its unit ends, `low` and `high` are its values."""

    start: int
    end: int
    unit_end: int
    low: float
    high: float | None
    scale: str
    unit: str | None


@lru_cache(maxsize=1)
def _unit_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    units = {row["word"]: row["unit"] for row in lexicon().rows("units")}
    choices = "|".join(re.escape(word) for word in sorted(units, key=len, reverse=True))
    return re.compile(rf"[\s~-]{{0,2}}\$?\s?({choices})(?![A-Za-z])"), units


def _value(digits: str, scale: str) -> float:
    return float(digits.replace(",", "")[:300]) * _SCALES.get(scale.strip().lower(), 1.0)


def find_numbers(text: str, start: int, end: int) -> Iterator[Number]:
    """The numbers in `text[start:end]`; of "from a to b" and "a → b" only b."""
    pattern, units = _unit_pattern()
    at = start
    while found := _NUMBER.search(text, at, end):
        at = found.end()
        low, high, first, scale = _value(found["digits"], found["scale"]), None, found.start(), found["scale"].strip()
        joined = _JOIN.match(text, at, end)
        arrow = _ARROW.match(text, at, end)
        second = _SECOND.match(text, joined.end(), end) if joined else None
        if arrow and (target := _SECOND.match(text, arrow.end(), end)):
            first, at, low, scale = (
                target.start(),
                target.end(),
                _value(target["digits"], target["scale"]),
                target["scale"].strip(),
            )
        elif second and _FROM.search(text[max(start, found.start() - 24) : found.start()]):
            first, at, low, scale = (
                second.start(),
                second.end(),
                _value(second["digits"], second["scale"]),
                second["scale"].strip(),
            )
        elif second:
            high, at = _value(second["digits"], second["scale"]), second.end()
        unit = pattern.match(text, at, end)
        if text[at : at + 1].isalpha() and not (unit and unit.start() == at):
            continue
        yield Number(first, at, unit.end() if unit else at, low, high, scale, units[unit[1]] if unit else None)
        at = max(at, unit.end()) if unit else at
