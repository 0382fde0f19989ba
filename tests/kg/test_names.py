"""The rule of each function in `kg.names`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.model import EdgeKind
from kg.names import (
    FAMILIES,
    acl_key,
    arxiv_key,
    arxiv_year,
    cypher_type,
    doi_key,
    edge_kind,
    entity_id,
    from_iri,
    name_id,
    normal_form,
    paper_keys,
    rdf_name,
    slug,
    title_form,
    title_key,
    to_iri,
)

NAMES = st.text(max_size=60)


@pytest.mark.parametrize(
    ("one", "other", "family"),
    [
        ("ResNet50", "ResNet-50", "method"),
        ("ResNet-50 models", "resnet 50", "method"),
        ("LoRAs", "LoRA", "method"),
        ("the $\\epsilon$-greedy".removeprefix("the "), "ε-greedy", "method"),
        ("\\textsc{AIEV-Instruct}", "AIEV-Instruct", "method"),
        ("BT<sup>2</sup>", "BT²", "method"),
        ("BT$^2$", "BT²", "method"),
        ("ImageNet dataset", "ImageNet", "dataset"),
        ("GLUE benchmark datasets", "GLUE", "dataset"),
        ("A100 GPUs", "A100", "hardware"),
        ("machine translation task", "Machine Translation", "task"),
        ("Adam’s", "Adam", "method"),
    ],
)
def test_spellings_of_one_name_have_one_form(one: str, other: str, family: str) -> None:
    """Case, hyphens, markup, plural and the head word of the kind do not tell names apart."""
    assert normal_form(one, family) == normal_form(other, family)


@pytest.mark.parametrize(
    ("one", "other"),
    [("BERT+MLP", "BERT MLP"), ("C++", "C"), ("C#", "C"), ("A*", "A"), ("LLaMA-7B", "LLaMA-13B"), ("Qwen2.5", "Qwen2"), ("pass@1", "pass 1"), ("GPT-3.5", "GPT-35"), ("R&D", "RD"), ("ε-greedy", "greedy")],
)  # fmt: skip
def test_different_names_have_different_forms(one: str, other: str) -> None:
    """Signs that carry meaning and numbers are kept."""
    assert normal_form(one, "method") != normal_form(other, "method")


@given(NAMES, st.sampled_from(FAMILIES))
def test_normal_form_is_idempotent(name: str, family: str) -> None:
    """The form of a form is itself."""
    form = normal_form(name, family)

    assert normal_form(form, family) == form


@given(NAMES, st.sampled_from(FAMILIES))
def test_ids_are_ascii_and_bounded(name: str, family: str) -> None:
    """An id can stand in any address, however odd the name."""
    form = normal_form(name, family)

    for id in (entity_id(form, family), name_id(form, family)):
        assert id.isascii()
        assert id.isprintable()
        assert " " not in id
        assert len(id) < 120


@pytest.mark.parametrize(
    ("name", "id"),
    [("LoRA", "method/lora"), ("ResNet-50", "method/resnet-50"), ("LLaMA-2-7B", "method/llama-2-7b"), ("GPT-4o", "method/gpt-4o"), ("Qwen2.5", "method/qwen-2.5"), ("C++", "method/c-e9d0ac"), ("3D GAN", "method/3d-gan")],
)  # fmt: skip
def test_ids_are_readable(name: str, id: str) -> None:
    """The slug is the normal form; six digits of its hash follow where it lost a sign."""
    assert entity_id(normal_form(name, "method"), "method") == id


def test_long_names_are_cut_and_told_apart() -> None:
    """Two names of 100,000 letters that differ in the last have two ids."""
    one, other = slug("x" * 100_000), slug("x" * 99_999 + "y")

    assert one != other
    assert len(one) < 90


@given(st.lists(st.sampled_from(["a", "ab", "7", "100", "x", "2.5"]), min_size=1, max_size=6))
def test_gluing_letters_to_numbers_loses_nothing(words: list[str]) -> None:
    """Two normal forms have one slug only if they are equal."""
    form = normal_form(" ".join(words), "metric")

    assert normal_form(slug(form).replace("-", " "), "metric") == form


@pytest.mark.parametrize(
    "text",
    [
        "2106.09685",
        "arXiv:2106.09685v2",
        "https://arxiv.org/abs/2106.09685",
        "http://arxiv.org/pdf/2106.09685v1.pdf",
        "arxiv-2106.09685",
    ],
)
def test_an_arxiv_id_has_many_spellings(text: str) -> None:
    """All give one key, without the version."""
    assert arxiv_key(text) == "arxiv-2106.09685"


def test_other_ids_have_keys_too() -> None:
    """DOI in lower case with what an id cannot hold encoded; ACL ids old and new; nothing for anything else."""
    assert doi_key("https://doi.org/10.1002/(SICI)1<1::AID>3.0.CO;2-X") == "doi-10.1002/(sici)1%3C1::aid%3E3.0.co;2-x"
    assert (acl_key("P19-1001"), acl_key("https://aclanthology.org/2020.acl-main.207/")) == (
        "acl-P19-1001",
        "acl-2020.acl-main.207",
    )
    assert (arxiv_key("LoRA"), doi_key("11.1/x"), acl_key("LoRA")) == (None, None, None)


@pytest.mark.parametrize(
    ("key", "year"),
    [
        ("arxiv-2106.09685", 2021),
        ("arxiv-cs/0112017", 2001),
        ("arxiv-hep-th/9901001", 1999),
        ("arxiv-0704.0001", 2007),
        ("title-0123", None),
    ],
)
def test_an_arxiv_id_tells_the_year(key: str, year: int | None) -> None:
    """Its first two digits are the year."""
    assert arxiv_year(key) == year


def test_a_title_is_known_by_its_words_alone() -> None:
    """Case, punctuation and width do not tell titles apart."""
    assert (
        title_form("LoRA: Low-Rank  Adaptation!")
        == title_form("ＬｏＲＡ low rank adaptation")
        == "loralowrankadaptation"
    )
    assert title_key("A b") == title_key("a-B")


def test_words_for_a_paper_give_all_keys_they_may_mean() -> None:
    """An id is taken as such, with or without its prefix; everything may be a title too."""
    assert paper_keys("paper/arxiv-2106.09685") == ("arxiv-2106.09685",)
    assert paper_keys("2106.09685v3")[0] == "arxiv-2106.09685"
    assert paper_keys("LoRA") == (title_key("LoRA"),)
    assert paper_keys("?!") == ()


@given(st.text(alphabet=st.characters(codec="ascii", min_codepoint=33), min_size=1, max_size=30))
def test_iris_lead_back_to_ids(rest: str) -> None:
    """An id survives as an IRI under any base."""
    id = "paper/doi-" + (doi_key("10.1000/" + rest) or "doi-10.1000/x").removeprefix("doi-")

    assert from_iri(to_iri(id, "https://example.org/kg/"), "https://example.org/kg/") == id


def test_an_iri_of_another_base_is_refused() -> None:
    """It is not ours to interpret."""
    with pytest.raises(UsageError, match="is not under"):
        from_iri("https://example.com/id/method/lora", "https://example.org/")


@pytest.mark.parametrize("kind", EdgeKind)
def test_an_edge_kind_has_three_spellings(kind: EdgeKind) -> None:
    """Each of them leads back to the kind."""
    assert {edge_kind(spelling) for spelling in (kind.value, cypher_type(kind), rdf_name(kind))} == {kind}


def test_an_unknown_edge_kind_names_those_there_are() -> None:
    """The message is the help."""
    with pytest.raises(UsageError, match="no edge kind 'beats'; there are: describes, "):
        edge_kind("beats")
