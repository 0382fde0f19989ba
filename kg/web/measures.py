"""What a picture is made of before anything has a place, and the sizes for each kind of screen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Spot:
    """A thing around the middle, and where it is explained on the page; a faint one is less near."""

    id: str
    name: str
    href: str
    faint: bool = False


@dataclass(frozen=True)
class Tie:
    """What is said between two things, from head to tail; what is derived has no direction.

    `kind` decides the colour, `legend` is what the colour means, `words` are all that the line says, as a sentence.
    """

    head: str
    tail: str
    kind: str
    legend: str
    words: str
    confidence: float
    derived: bool = False

    @property
    def label(self) -> str:
        """The kind in words."""
        return self.kind.replace("-", " ")


@dataclass(frozen=True)
class Measure:
    """Sizes of a picture. `letters` is a letter's height; rooms for names are in ems, the rest in units of the picture.

    `reach` is from the middle to the columns, less by up to `bow` at their ends. A middle that is a `band` lies `gap`
    away from the upper and lower parts of the columns, else it is round and lies between them. Lines between things of
    one side bend as if these were `bend` apart.
    """

    name: str
    width: float
    letters: float
    room: float
    lines: int
    reach: float
    bow: float
    bend: float
    middle: tuple[float, float]
    middle_room: float
    middle_lines: int
    band: bool
    gap: float = 0.0


# Rooms leave a tenth to spare for DejaVu Sans, the widest letters that a system without any of a page's choice may have.
MEASURES = (
    Measure("wide", 960, 14, 14.6, 2, 240, 70, 90, (120.0, 120.0), 7.0, 4, band=False),
    Measure("narrow", 360, 14, 8.1, 3, 46, 0, 40, (230.0, 52.0), 15.0, 2, band=True, gap=26),
)


def number(value: float) -> str:
    """A number of the picture as text, to a tenth of its unit.

    >>> number(12.0), number(0.05 + 0.1)
    ('12', '0.2')
    """
    return f"{round(value, 1) + 0.0:g}"
