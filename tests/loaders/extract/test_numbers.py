"""How numbers are read with sign, range, scale and unit."""

import pytest

from loaders.extract.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a gain of 3.2 points", [("3.2", 3.2, None, "points")]),
        ("3x to 7x faster", [("3x to 7", 3.0, 7.0, "x")]),
        ("saves 25%-40% of memory", [("25%-40", 25.0, 40.0, "%")]),
        (r"saves 25\%--40\% of memory", [(r"25\%--40", 25.0, 40.0, "%")]),
        ("rises from 86.2 to 88.4%", [("88.4", 88.4, None, "%")]),
        ("rises 86.2 → 88.4", [("88.4", 88.4, None, None)]),
        ("2,000 images", [("2,000", 2000.0, None, "images")]),
        ("1.5B parameters", [("1.5B", 1.5e9, None, "parameters")]),
        (r"$4.4\times$ less", [("4.4", 4.4, None, "x")]),
        ("a 10-fold cut", [("10", 10.0, None, "x")]),
        ("+2.1 points", [("+2.1", 2.1, None, "points")]),
        ("in 20 minutes", [("20", 20.0, None, "minutes")]),
        ("top-1 with ResNet50 and v2", []),
        ("the 1st of them", []),
        ("no number", []),
    ],
)
def test_numbers_carry_range_and_unit(text: str, expected: list[tuple[str, float, float | None, str | None]]) -> None:
    """A number keeps its words and place; digits inside names are no numbers; of "from a to b" only b counts."""
    found = find_numbers(text, 0, len(text))

    assert [(text[n.start : n.end], n.low, n.high, n.unit) for n in found] == expected
