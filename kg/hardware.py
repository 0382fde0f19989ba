"""The device model in words such as "8 × NVIDIA A100-SXM4-80GB": maker, count, memory and form factor parsed off."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from kg.lexicon import Entry, lexicon
from kg.names import normal_form

FAMILY = "hardware"
_LONGEST = 300
"""Characters that may name a device; longer words hold more than one, or none."""
_GIGABYTES = {"t": 1000.0, "g": 1.0, "m": 0.001}
_AMOUNT = r"(?P<amount>\d+(?:\.\d+)?)[\s~-]*(?P<unit>[TGM])(?:i?B|b)?\b"
_HOST_MEMORY = re.compile(rf"{_AMOUNT}\s*(?:of\s+)?(?:host|system|CPU|main|DDR\w*)\b(?:\s*(?:memory|RAM))?", re.I)
_MEMORY = re.compile(rf"(?<![\w.]){_AMOUNT}", re.I)
_DURATION = re.compile(r"^\d[\d.,]*[KM]?\s+(?=.*\b(?:hour|day)s?\b)|[\s-](?:hour|day)s?\b", re.I)
_ASIDE = re.compile(r"\(([^()]*)\)")
_ASIDE_COUNT = re.compile(r"^\s*[x×]?\s*(?P<digits>\d+)\s*(?:[x×]|(?:GPU|card|chip|device)s?)?\s*(?:,|$)", re.I)
_CLOCK = re.compile(r"@?\s*\d+(?:\.\d+)?\s*[GM]Hz\b", re.I)
_BEFORE_CLASS = r"-(?=gpu|cpu|npu|node|card|chip|device|machine)"
_DIGITS = rf"(?P<digits>\d[\d,]*)(?:\s*(?:[x×*]|times)\s*|\s+|{_BEFORE_CLASS})(?=\S)"
_TRAILING = re.compile(r"(?:(?<=\d)|\s+)[x×*]\s*(?P<digits>\d+)$", re.I)
_SLICE = re.compile(r"\b(TPU[\s-]*v\d+[ep]?)-(?P<digits>\d+)\b", re.I)
_PLURAL = re.compile(r"(?<=[A-Za-z]\d)s\b|(?<=\d\d)s\b|(?<=[A-Z][A-Z])s\b")


@dataclass(frozen=True, slots=True)
class Device:
    """A device model as its name, the normal form for its id, how many of them, and gigabytes of memory in each."""

    name: str
    normal: str
    count: int | None = None
    memory: float | None = None


@lru_cache(maxsize=50_000)
def parse_device(text: str) -> Device:
    """The device that words mean; what the lexicon does not know keeps its words minus count, memory, form factor.

    >>> parse_device("8 × NVIDIA A100-SXM4-80GB")
    Device(name='NVIDIA A100', normal='nvidia a 100', count=8, memory=80.0)
    >>> parse_device("two consumer GPUs").name
    'consumer GPU'
    """
    if len(text) > _LONGEST:
        return Device(text, normal_form(text, FAMILY))
    name, count, memory = text, None, None
    while True:
        rest, more, each = _parse(name)
        count = more if count is None else count * (more or 1)
        memory = memory if memory is not None else each
        if rest == name:
            return Device(name, normal_form(name, FAMILY), count, memory)
        name = rest


def _clean(text: str) -> str:
    plain = _DURATION.sub("", unicodedata.normalize("NFKC", text).replace("\\times", "×").replace("$", " ").strip())
    return " ".join(re.sub(r"[()\[\]{},;:~]+(?!\d{3})|_", " ", plain).split())


def _parse(text: str) -> tuple[str, int | None, float | None]:
    """One pass: the name, the count and the memory that the words show from outside."""
    text, aside = _split_aside(text)
    rest, memory = _take_memory(text) if _known(text) is None else (text, None)
    rest, count = _take_count(rest)
    name = _name(rest)
    if not name:
        return text, None, None
    more, each = _read_aside(aside)
    return name, count * (more or 1) if count else more, memory or each


def _split_aside(text: str) -> tuple[str, str]:
    """The words, clean, and those in brackets, which tell of the device but do not name it."""
    words = _clean(_ASIDE.sub(" ", text))
    return (words, " ".join(_ASIDE.findall(text))) if words else (_clean(text), "")


def _read_aside(aside: str) -> tuple[int | None, float | None]:
    """The count and the memory in brackets."""
    count = _ASIDE_COUNT.search(aside)
    return int(count["digits"]) if count else None, _memory(aside)


def _known(text: str) -> Entry | None:
    return lexicon().find(_PLURAL.sub("", text), FAMILY)


def _take_memory(text: str) -> tuple[str, float | None]:
    bare = _CLOCK.sub(" ", _HOST_MEMORY.sub(" ", text))
    rest = _squeeze(_MEMORY.sub(" ", bare, count=1))
    return (rest, _memory(bare)) if rest else (text, None)


def _memory(text: str) -> float | None:
    """The first amount of memory, in gigabytes."""
    found = _MEMORY.search(text)
    return float(found["amount"]) * _GIGABYTES[found["unit"].lower()] if found else None


def _squeeze(text: str) -> str:
    return " ".join(word.strip("-/") for word in text.split() if word.strip("-/"))


def _take_count(text: str) -> tuple[str, int | None]:
    """The words without the counts in front and behind, and the product of these."""
    count: int | None = None
    while _known(text) is None:
        found = _leading().match(text) or _TRAILING.search(text) or _SLICE.search(text)
        if not found:
            break
        groups = found.groupdict()
        text = _SLICE.sub(r"\1", text) if found.re is _SLICE else (text[: found.start()] + text[found.end() :])
        number = (_numbers().get((groups.get("word") or "").lower()) or groups["digits"]).replace(",", "")
        count = (count or 1) * int(number) if number.isdecimal() else count
    return text, count


def _name(text: str) -> str:
    """The canonical name by the lexicon, trying the words with less and less beside them; else maker and words."""
    words = _words(_PLURAL.sub("", text))
    steps = _narrowing(words)
    for kept in [*steps, *_heads(words)]:
        entry = _known(" ".join(kept)) or _known_to(kept)
        if entry:
            return entry.name
    return _made(next((kept for kept in reversed(steps) if _is_specific(kept)), words))


def _heads(words: list[str]) -> list[list[str]]:
    """A model with a digit without the plain words behind it, less and less: RTX 5090 of "RTX 5090 desktop edition"."""
    plain = next((n for n, word in enumerate(reversed(words)) if not word.isalpha() or not word.islower()), len(words))
    heads = [words[: len(words) - n] for n in range(1, plain + 1)]
    return [head for head in heads if re.search(r"\d", " ".join(head))]


def _is_specific(words: list[str]) -> bool:
    """Whether the words still say what thing it is: a class (GPU), a model (with a digit) or a name (with a capital)."""
    return any(word != word.lower() or re.search(r"\d", word) or _roles().get(word) == "class" for word in words)


def _known_to(words: list[str]) -> Entry | None:
    """The entry that the words after the maker's name mean, if it is of this maker."""
    maker = _makers().get(words[0].lower()) if words else None
    entry = _known(" ".join(words[1:])) if maker else None
    return entry if entry and entry.maker == maker else None


def _words(text: str) -> list[str]:
    """The words, with hyphens opened where a word to drop follows (A100-PCIE)."""
    roles = _roles()
    words: list[str] = []
    for word in text.split():
        first, *last = word.split("-")
        opened = word.lower() not in roles and first and any(part.lower() in roles for part in last)
        words += [part for part in (first, *last) if part] if opened else [word]
    return words


def _narrowing(words: list[str]) -> list[list[str]]:
    """The words whole, then without form factors, heads, adjectives, class words and brands, in this order."""
    roles, steps = _roles(), [words]
    for role in ("form", "head", "adjective", "class", "brand"):
        kept = [word for word in steps[-1] if roles.get(word.lower()) != role]
        steps.append(kept or steps[-1])
    return steps


def _made(words: list[str]) -> str:
    """The words with their maker in front, once, where a word of them tells it."""
    makers = _makers()
    maker = next((makers[word.lower()] for word in words if word.lower() in makers), None)
    if maker is None:
        return " ".join(words)
    rest = [word for word in words if word.lower() != maker.lower()]
    return " ".join([maker, *rest])


@lru_cache(maxsize=1)
def _numbers() -> dict[str, str]:
    return {row["word"]: row["number"] for row in lexicon().rows("numbers")}


@lru_cache(maxsize=1)
def _leading() -> re.Pattern[str]:
    words = "|".join(sorted(_numbers(), key=len, reverse=True))
    return re.compile(rf"{_DIGITS}|(?P<word>{words})(?:\s+of)?(?:\s+|{_BEFORE_CLASS})(?=\S)", re.I)


@lru_cache(maxsize=1)
def _roles() -> dict[str, str]:
    brands = {row["word"].lower(): "brand" for row in lexicon().rows("makers") if row["role"] == "brand"}
    return {row["word"].lower(): row["role"] for row in lexicon().rows("device_words")} | brands


@lru_cache(maxsize=1)
def _makers() -> dict[str, str]:
    return {row["word"].lower(): row["maker"] for row in lexicon().rows("makers")}
