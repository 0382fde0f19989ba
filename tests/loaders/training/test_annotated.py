"""How annotated papers become what a network learns."""

from __future__ import annotations

from loaders.training.annotated import mentions_of, read


def test_the_longer_of_two_names_wins() -> None:
    """Mentions of two entities never overlap: the longer name wins."""
    words = read(
        {"id": "1", "title": "LoRA+", "abstract": "LoRA+ is more than LoRA. Low-rank adaptation (LoRA) is cheap."}
    )
    found = mentions_of(words, [
        {"id": "e1", "name": "LoRA", "aliases": ["low-rank adaptation"]},
        {"id": "e2", "name": "LoRA+", "aliases": []},
    ])  # fmt: skip
    assert [(words.text(span), id) for span, id in sorted(found.items())] == [
        ("LoRA+", "e2"), ("LoRA+", "e2"), ("LoRA", "e1"), ("Low-rank adaptation", "e1"), ("LoRA", "e1"),
    ]  # fmt: skip
