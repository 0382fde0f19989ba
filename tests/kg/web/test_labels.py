"""Names that fit into a picture."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.web.labels import clipped, width, wrapped


@given(st.text(max_size=60), st.floats(2, 20), st.integers(1, 4))
def test_wrapped_lines_fit_and_say_the_beginning(name: str, room: float, lines: int) -> None:
    """There are as many lines as allowed at most, none wider than the room, and only the last may be cut."""
    found = wrapped(name, room, lines)

    assert 1 <= len(found) <= lines
    assert all(width(line) <= room + 2 for line in found)
    kept = "".join("".join(found).removesuffix("…").split())
    assert "".join(name.split()).startswith(kept)


@given(st.text(max_size=50), st.integers(1, 60))
def test_clipped_text_is_the_text_or_its_beginning(text: str, longest: int) -> None:
    """What fits stays as it is; what does not ends in an ellipsis and fits."""
    found = clipped(text, longest)

    assert len(found) <= longest
    assert found == text or (found.endswith("…") and text.startswith(found[:-1]))
