"""Which entity a group of names means."""

import pytest

from kg.decision import Decision, DecisionKind
from kg.identity import Things, Votes, entity_node
from kg.lexicon import lexicon
from kg.model import EntityKind, Group, Mention, Node, NodeKind


def things(*recorded: Decision) -> Things:
    return Things(lexicon(), recorded)


def alias(about: str, target: str) -> Decision:
    return Decision(what=DecisionKind.ALIAS, about=about, family="method", target=target, reason="r", by="ada", at="2026-01-02")  # fmt: skip


def group(kind: EntityKind, *names: str) -> Group:
    mentions = (Mention(text=names[0], start=0, end=len(names[0])),)
    return Group(id="e1", kind=kind, name=names[0], aliases=names[1:], mentions=mentions, confidence=1, extractor="x")


@pytest.mark.parametrize(
    ("kind", "names", "id"),
    [
        (EntityKind.METHOD, ("LoRA", "Low-Rank Adaptation"), "method/lora"),
        (EntityKind.METHOD, ("low-rank adaptation",), "method/lora"),
        (EntityKind.METHOD, ("Frobnicated Quux Tuning", "FQT"), "method/fqt"),
        (EntityKind.METHOD, ("Frobnicated Quux Tuning",), "method/frobnicated-quux-tuning"),
        (EntityKind.METHOD, ("MLM", "masked language modeling"), "method/masked-language-modeling"),
        (EntityKind.METHOD, ("MLM",), "method/mlm"),
        (EntityKind.HARDWARE, ("8 NVIDIA A100-SXM4-80GB GPUs",), "hardware/nvidia-a100"),
        (EntityKind.HARDWARE, ("A100s",), "hardware/nvidia-a100"),
        (EntityKind.DATASET, ("FrobBench dataset",), "dataset/frobbench"),
    ],
)
def test_names_mean_things(kind: EntityKind, names: tuple[str, ...], id: str) -> None:
    """The lexicon first, then a clear acronym, then the extractor's first name; devices by maker and model."""
    assert things().of(group(kind, *names)).id == id


def test_an_alias_is_followed_to_its_end_and_rings_end_too() -> None:
    """An alias of an alias means the last; decisions that turn in a ring do not hang."""
    chain = things(alias("Aaa", "method/bbb"), alias("Bbb", "method/ccc"))
    ring = things(alias("Aaa", "method/bbb"), alias("Bbb", "method/aaa"))

    assert chain.named("method", ("AAA",)).id == "method/ccc"
    assert chain.named("method", ("AAA",)).before == "method/aaa"
    assert ring.named("method", ("aaa",)).id == "method/bbb"


def test_the_choice_can_be_explained() -> None:
    """The chain from the words to the node, in words."""
    assert things().named("method", ("Low-Rank Adaptation",)).because == (
        "“Low-Rank Adaptation” has the normal form “low rank adaptation”, family method",
        "the lexicon knows it as LoRA: method/lora",
    )
    assert things(alias("Aaa", "method/lora")).named("method", ("Aaa",)).because == (
        "“Aaa” has the normal form “aaa”, family method",
        "it gives the id: method/aaa",
        "ada decided on 2026-01-02 that “Aaa” means method/lora: r (" + alias("Aaa", "x").id + ")",
    )


@pytest.mark.parametrize(
    ("votes", "known", "node"),
    [
        (Votes({"a": 1, "b": 2}, {"Model": 2, "Method": 1}), None, Node(NodeKind.MODEL, "method/x", {"name": "b", "aliases": ("a",)})),
        (Votes({"b": 1, "a": 1}, {"Model": 1, "Method": 1}), None, Node(NodeKind.METHOD, "method/x", {"name": "a", "aliases": ("b",)})),
        (Votes({"a": 1}, {"Model": 5}), EntityKind.METHOD, Node(NodeKind.METHOD, "method/x", {"name": "a"})),
        (Votes(), None, None),
    ],
)  # fmt: skip
def test_papers_vote_on_name_and_kind(votes: Votes, known: EntityKind | None, node: Node | None) -> None:
    """Most papers win, then code-point order; a tie of kinds is Method; the lexicon overrules; no vote, no entity."""
    assert entity_node("method/x", votes, known) == node
