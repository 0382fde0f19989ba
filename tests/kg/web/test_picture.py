"""The picture of a neighbourhood, before a browser draws it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.web.layout import Drawing
from kg.web.measures import Spot, Tie
from kg.web.picture import MOST, picture


def _ties(count: int, kind: str = "improves-on") -> tuple[list[Spot], list[Tie]]:
    spots = [Spot(f"method/{kind}-{at}", f"Net {at}", f"#answer-{at}") for at in range(count)]
    return spots, [Tie(spot.id, "", kind, kind, f"{spot.name} {kind} LoRA", 0.5) for spot in spots]


def _numbers(texts: Sequence[str]) -> list[float]:
    return [float(text) for text in texts]


def _boxes(drawing: Drawing) -> list[tuple[float, float, float, float]]:
    boxes = [_numbers(dot.box) for dot in drawing.dots]
    return [(x, y, x + wide, y + high) for x, y, wide, high in boxes]


def test_every_number_of_things_has_its_places() -> None:
    """From one thing to the most that are drawn, the boxes of names lie inside and apart, on both screens."""
    for count in range(1, MOST + 1):
        found = picture("LoRA", *_ties(count))

        assert found
        for drawing in found.drawings:
            boxes = _boxes(drawing)
            assert len(boxes) == count
            assert all(x >= 0 and y >= 0 and right <= float(drawing.width) and bottom <= float(drawing.height)
                       for x, y, right, bottom in boxes)  # fmt: skip
            assert not [
                (a, b) for at, a in enumerate(boxes) for b in boxes[at + 1 :]
                if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
            ]  # fmt: skip


def test_arrow_heads_are_told_apart() -> None:
    """Of the most lines that a picture has, no two end at the same place of the middle."""
    found = picture("LoRA", *_ties(MOST))

    assert found
    tips = [[line.head.split()[0] for line in drawing.lines] for drawing in found.drawings]
    assert [len(set(own)) for own in tips] == [MOST, MOST]


def test_where_there_is_no_room_each_group_has_its_share() -> None:
    """Small groups are drawn whole, and what is left out is counted."""
    many, few = _ties(90), _ties(3, "builds-on")

    found = picture("LoRA", [*many[0], *few[0]], [*many[1], *few[1]])

    assert found
    assert (found.drawn, found.left_out) == (MOST, 53)
    assert sum(dot.spot.id.startswith("method/builds-on") for dot in found.drawings[0].dots) == 3


def test_lines_lead_from_head_to_tail_and_are_thicker_where_surer() -> None:
    """An edge into the middle, one out of it, and a derived line without an arrow head."""
    spots = [Spot(f"method/{name}", name, "#x") for name in ("a", "b", "c")]
    ties = [
        Tie("method/a", "", "improves-on", "improves on", "a improves on LoRA", 0.9),
        Tie("", "method/b", "builds-on", "builds on", "LoRA builds on b", 0.1),
        Tie("method/c", "", "same-rivals", "shares rivals", "c shares rivals", 0.5, derived=True),
    ]

    found = picture("LoRA", spots, ties)

    assert found
    lines = {line.tie.kind: line for line in found.drawings[0].lines}
    assert float(lines["improves-on"].width) > float(lines["builds-on"].width)
    assert [bool(lines[tie.kind].head) for tie in ties] == [True, True, False]
    assert [caption.words.text for caption in found.drawings[0].captions] == [
        "improves on →",
        "→ builds on",
        "same rivals",
    ]
    assert found.words == ("a improves on LoRA", "LoRA builds on b", "c shares rivals")
    assert len(set(found.tints.values())) == 3


def test_the_same_neighbourhood_is_the_same_picture() -> None:
    """Nothing in a picture is random."""
    assert picture("LoRA", *_ties(17)) == picture("LoRA", *_ties(17))


def test_nothing_around_is_no_picture() -> None:
    """A thing alone is not drawn."""
    assert picture("LoRA", [], []) is None


def test_what_only_leads_to_what_is_left_out_is_left_out() -> None:
    """Of a chain longer than the picture, no name stands without a line."""
    spots = [Spot(f"method/{at}", f"Net {at}", "#x") for at in range(60)]
    ties = [Tie(f"method/{at}", f"method/{at + 1}", "builds-on", "builds on", f"{at}", 0.5) for at in range(0, 60, 2)]

    found = picture("LoRA", spots, ties)

    assert found
    ends = {end for line in found.drawings[0].lines for end in (line.tie.head, line.tie.tail)}
    assert {dot.spot.id for dot in found.drawings[0].dots} == ends
    assert found.drawn + found.left_out == 60


def test_a_line_from_a_thing_to_itself_is_not_drawn() -> None:
    """It would have no length."""
    assert (
        picture("LoRA", [Spot("a", "a", "#a")], [Tie("a", "a", "builds-on", "builds on", "a builds on a", 0.5)]) is None
    )
