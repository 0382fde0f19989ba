"""Laws of extraction on any text: evidence is verbatim, ids join up, the same text gives the same extraction."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.lexicon import lexicon
from kg.model import PAPER, Document, EdgeKind, EntityKind, Extraction
from loaders.extract import EXTRACT, extract, gold_form

_WORDS = st.sampled_from(
    [
        "we",
        "propose",
        "LoRA",
        "GaLore",
        ",",
        ".",
        "(",
        ")",
        "QLoRA",
        "outperforms",
        "BERT",
        "on",
        "GLUE",
        "by",
        "3.2",
        "%",
        "and",
        "8",
        "A100",
        "GPUs",
        "x",
        "for",
        "machine",
        "translation",
        "\n",
        "$",
        "\\%",
        "“",
        "”",
        "½",
        "𝔘",
        "ß",
        "İ",
        "ﬁ",
        "é",
        "\u202e",
        "comparable",
        "to",
        "based",
        "trained",
        ":",
        "-",
        "–",
        "3x-7x",
        "from",
        "1",
        "to",
        "2",
        "unlike",
    ]
)
_TEXTS = st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=60).map(" ".join))


def paper(title: str, abstract: str) -> Document:
    return Document.make(format="jsonl", key="k", source="s", title=title.replace("\n", " "), abstract=abstract)


def _spans(document: Document, extraction: Extraction) -> bool:
    mentions = all(document.text[m.start : m.end] == m.text for g in extraction.groups for m in g.mentions)
    names = all({g.name, *g.aliases} == {m.text for m in g.mentions} for g in extraction.groups)
    evidence = all(0 <= x.start < x.end <= len(document.text) for x in (*extraction.relations, *extraction.claims))
    values = all(
        document.text[c.value_start : c.value_end] == c.value_text
        for c in extraction.claims
        if c.value_start is not None
    )
    return mentions and names and evidence and values


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_TEXTS, _TEXTS)
def test_evidence_is_verbatim_on_any_text(title: str, abstract: str) -> None:
    """Every mention, value and evidence stands in the text where its offsets say, whatever the text is."""
    document = paper(title, abstract)

    extraction = extract(document)

    assert _spans(document, extraction)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_TEXTS)
def test_ends_are_groups_of_the_right_kinds_and_confidences_are_probabilities(abstract: str) -> None:
    """Heads, tails, subjects and comparators are groups of the same extraction; confidences lie in 0..1."""
    extraction = extract(paper("GaLore: a title", abstract))

    kinds = {group.id: group.kind for group in extraction.groups}
    ends = {r.head for r in extraction.relations} | {c.subject for c in extraction.claims}
    others = {x for c in extraction.claims for x in (c.comparator, c.dataset, c.task) if x}
    assert ends - {PAPER} <= set(kinds)
    assert others <= set(kinds)
    assert all(r.head != r.tail for r in extraction.relations)
    assert all(kinds[r.tail] is EntityKind.DATASET for r in extraction.relations if r.kind is EdgeKind.EVALUATED_ON)
    assert all(
        0 <= x.confidence <= 1 for part in (extraction.groups, extraction.relations, extraction.claims) for x in part
    )


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_TEXTS)
def test_the_same_text_gives_the_same_extraction(abstract: str) -> None:
    """Extraction is a function of the document."""
    document = paper("Title", abstract)

    assert extract(document) == extract(document) == EXTRACT([document])[0]


@pytest.mark.parametrize("name", ["X\ufffd", "X\ufffdRank", "\ufffd"])
def test_a_sentence_with_a_torn_name_is_said_of_nothing_else(name: str) -> None:
    """What a sentence says of a name that lost a character is no edge and no claim of another thing."""
    extraction = extract(paper("GaLore: Tuning", f"We propose GaLore. {name} outperforms LoRA on GLUE by 3%."))

    assert [r.kind for r in extraction.relations] == [EdgeKind.INTRODUCES]
    assert extraction.claims == ()
    assert not any("Rank" in group.name for group in extraction.groups)


@pytest.mark.parametrize(
    ("abstract", "name"),
    [
        ("We propose 😀Net, a network. 😀Net outperforms ResNet-50 on ImageNet.", "😀Net"),
        ("We present 🦙LLaMA, a model. 🦙LLaMA outperforms GPT-3 on MMLU.", "🦙LLaMA"),
        ("We propose ZorbNet. R(2+1)D outperforms C3D on Kinetics.", "R(2+1)D"),
    ],
)
def test_names_with_pictures_and_sums_are_whole(abstract: str, name: str) -> None:
    """A picture and a sum in brackets are part of the name they touch."""
    extraction = extract(paper("A title", abstract))

    assert name in {group.name for group in extraction.groups}


def test_no_name_begins_inside_a_number() -> None:
    """The digits after a comma of thousands begin no name."""
    extraction = extract(
        paper("A title", "We use a 10,000-sample Monte Carlo estimate and a 1,000-fold compact encoding.")
    )

    assert not any(group.name.startswith("000") or group.name.endswith("10") for group in extraction.groups)


def test_the_version_stands_in_every_extraction() -> None:
    """An extraction names the extractor and the lexicon it was made with."""
    extraction = extract(paper("Title", "We propose ZorbNet."))

    assert extraction.extractor == EXTRACT.version
    assert EXTRACT.version == f"names-2,introduced-1,relations-2,claims-2+{lexicon().version}"


def test_the_gold_form_keeps_the_id_it_was_given() -> None:
    """The annotation form has the given id, ids that join up, and evidence that stands in the text."""
    document = paper("ZorbNet: Small Nets", "We propose ZorbNet. ZorbNet outperforms BERT on GLUE by 3.2 points.")

    form = gold_form("my id", document, extract(document))

    ids = {entity["id"] for entity in form["entities"]}
    assert form["id"] == "my id"
    assert {r["head"] for r in form["relations"]} | {r["tail"] for r in form["relations"]} <= ids | {PAPER}
    assert all(r["evidence"] in document.text for r in form["relations"])
    assert [c["value"] for c in form["claims"] if c["value"]] == ["3.2"]
