"""Which id the names of one thing lead to before anybody decided anything, and by which road.

An acronym gives the id, unless the lexicon lists it as ambiguous: then the long form does; without an acronym the
extractor's first name. Across papers only the lexicon's aliases join names. A device is known by maker and model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.hardware import parse_device
from kg.lexicon import Lexicon
from kg.names import entity_id, normal_form

_ACRONYM = re.compile(r"(?=(?:.*[A-Z]){2})\S{2,12}")
_SHOWN = 60
"""Characters of a name that are shown where it is quoted among other words."""


class Rule(StrEnum):
    """Why a name gives the id."""

    NAME = "own normal form"
    LEXICON = "lexicon"
    DEVICE = "device"


@dataclass(frozen=True, slots=True)
class Road:
    """The way from names to an id: the name of theirs that counts, its normal form, and the rule.

    `known_as` is the lexicon's name, `beside` the other name because of which this one counts: an acronym's long form,
    or an ambiguous acronym.
    """

    id: str
    rule: Rule
    name: str
    normal: str
    known_as: str = ""
    beside: str = ""

    @property
    def because(self) -> tuple[str, ...]:
        """The steps of the way in words."""
        if self.rule is Rule.DEVICE:
            return (f"{quoted(self.name)} names the device {quoted(self.normal)}: {self.id}",)
        steps = [f"{quoted(self.name)} has the normal form {quoted(self.normal)}, family {self.id.partition('/')[0]}"]
        if self.beside and _ACRONYM.fullmatch(self.name):
            steps.insert(0, f"the document gives {quoted(self.name)} as the acronym of {quoted(self.beside)}")
        elif self.beside:
            steps.insert(0, f"{quoted(self.beside)} means several things (lexicon), so {quoted(self.name)} counts")
        known = f"the lexicon knows it as {self.known_as}" if self.rule is Rule.LEXICON else "it gives the id"
        return (*steps, f"{known}: {self.id}")


def quoted(name: str) -> str:
    """A name in quotes; a long one is cut."""
    return f"“{name if len(name) <= _SHOWN else name[: _SHOWN - 1] + '…'}”"


def road(lexicon: Lexicon, own: str, names: Sequence[str]) -> Road:
    """The road of the names that a document uses for one thing of a family, the extractor's first name first."""
    if own == "hardware":
        normal = parse_device(names[0]).normal
        return Road(entity_id(normal, own), Rule.DEVICE, names[0], normal)
    chosen, beside = _acronym(lexicon, names)
    for name in dict.fromkeys((chosen or names[0], *names)):
        entry = lexicon.find(name, own)
        normal = normal_form(name, own)
        if entry and not lexicon.is_ambiguous(normal):
            id = entity_id(normal_form(entry.name, own), own)
            return Road(id, Rule.LEXICON, name, normal, entry.name, beside if name == chosen else "")
    name = chosen or names[0]
    normal = normal_form(name, own)
    return Road(entity_id(normal, own), Rule.NAME, name, normal, beside=beside)


def _acronym(lexicon: Lexicon, names: Sequence[str]) -> tuple[str, str]:
    """Where one name is an acronym of another: the one that gives the id, and the other; else nothing."""
    long = [name for name in names if not _ACRONYM.fullmatch(name)]
    short = [name for name in names if _ACRONYM.fullmatch(name)]
    if not long or not short:
        return "", ""
    clear = [name for name in short if not lexicon.is_ambiguous(normal_form(name, "method"))]
    return (clear[0], long[0]) if clear else (long[0], short[0])


def name_form(own: str, written: str) -> str:
    """The normal form by which an entity of a family can be asked for, from a name as written."""
    return parse_device(written).normal if own == "hardware" else normal_form(written, own)
