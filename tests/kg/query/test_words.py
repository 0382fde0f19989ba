"""Questions in words: what they ask, about whom, and what becomes of those that ask nothing known."""

from __future__ import annotations

import re

import pytest

from kg.errors import NotFoundError
from kg.query import REASON, catalogue, match, resolve
from kg.query.words import YEAR, nearest_forms, unquoted
from kg.store import Store

WORDINGS = [
    ("Which methods compete with LoRA?", "competitors", "LoRA", None),
    ('which methods compete with "low-rank adaptation"?', "competitors", "low-rank adaptation", None),
    ("What competes with BERT+MLP", "competitors", "BERT+MLP", None),
    ("WHICH MODELS COMPETE WITH C++?", "competitors", "C++", None),
    ("What are the competitors of ε-greedy?", "competitors", "ε-greedy", None),
    ("Which approaches are competing with (2+1)D convolution?", "competitors", "(2+1)D convolution", None),
    ("what are LoRA's competitors?", "competitors", "LoRA", None),
    ("What are LoRA’s rivals", "competitors", "LoRA", None),
    ("LoRA competitors", "competitors", "LoRA", None),
    ("list the competitors of LoRA", "competitors", "LoRA", None),
    ("Please list all rivals of Adam.", "competitors", "Adam", None),
    ("Can you tell me which methods compete with GaLore?", "competitors", "GaLore", None),
    ("what are the alternatives to the Transformer?", "competitors", "the Transformer", None),
    ("what can I use instead of Adam?", "competitors", "Adam", None),
    ('Which alternatives to "Stable Diffusion 3.5" are there?', "competitors", "Stable Diffusion 3.5", None),
    ("With which methods does QLoRA compete?", "competitors", "QLoRA", None),
    ("which other techniques rival LoRA?", "competitors", "LoRA", None),
    ("Who are the rivals of GPT-4?", "competitors", "GPT-4", None),
    ("What are the main competitors of LoRA?", "competitors", "LoRA", None),
    ("Name the competing methods of LoRA", "competitors", "LoRA", None),
    ("alternatives for FlashAttention-2", "competitors", "FlashAttention-2", None),
    ("Which methods compete with LoRA and QLoRA?", "competitors", "LoRA and QLoRA", None),
    ("What beats LoRA?", "improvements-on", "LoRA", "improves-on"),
    ("what's better than LoRA?", "improvements-on", "LoRA", "improves-on"),
    ("Which methods improve on LoRA?", "improvements-on", "LoRA", "improves-on"),
    ("Which methods improve upon LLaMA-2-7B?", "improvements-on", "LLaMA-2-7B", "improves-on"),
    ("which method outperforms ResNet-50", "improvements-on", "ResNet-50", "improves-on"),
    ("what outperforms GPT-4?", "improvements-on", "GPT-4", "improves-on"),
    ("Which models surpass BERT?", "improvements-on", "BERT", "improves-on"),
    ("What surpasses BERT?", "improvements-on", "BERT", "improves-on"),
    ("Which models perform better than T5?", "improvements-on", "T5", "improves-on"),
    ("what is LoRA outperformed by?", "improvements-on", "LoRA", "improves-on"),
    ("improvements over GaLore", "improvements-on", "GaLore", "improves-on"),
    ("what are the improvements on Adam?", "improvements-on", "Adam", None),
    ("What does LoRA beat?", "improvements-on", "LoRA", "improved-by"),
    ("what does 'QA-LoRA' improve on?", "improvements-on", "QA-LoRA", "improved-by"),
    ("Which methods does FRUGAL outperform?", "improvements-on", "FRUGAL", "improved-by"),
    ("Which methods are outperformed by LoRA?", "improvements-on", "LoRA", "improved-by"),
    ("What is worse than AdamW?", "improvements-on", "AdamW", "improved-by"),
    ("methods outperformed by DoRA", "improvements-on", "DoRA", "improved-by"),
    ("what is LoRA compared with?", "compared-with", "LoRA", None),
    ("What was LoRA compared to?", "compared-with", "LoRA", None),
    ("What has LoRA been compared against?", "compared-with", "LoRA", None),
    ("which methods have been compared with U-Net?", "compared-with", "U-Net", None),
    ("Which methods is “Vision Transformer” compared to?", "compared-with", "Vision Transformer", None),
    ("what is on par with GPT-3.5?", "compared-with", "GPT-3.5", None),
    ("comparisons with Mamba", "compared-with", "Mamba", None),
    ("How does Mamba compare to other models?", "compared-with", "Mamba", None),
    ("which paper introduces LoRA?", "introduced-by", "LoRA", None),
    ("Which paper introduced GLUE?", "introduced-by", "GLUE", None),
    ("Who proposed LoRA?", "introduced-by", "LoRA", None),
    ("who invented dropout?", "introduced-by", "dropout", None),
    ("Where was (2+1)D convolution introduced?", "introduced-by", "(2+1)D convolution", None),
    ("In which paper was RoBERTa first proposed?", "introduced-by", "RoBERTa", None),
    ('where does "The Pile" come from?', "introduced-by", "The Pile", None),
    ("What paper is C4 from?", "introduced-by", "C4", None),
    ("When was Adam proposed?", "introduced-by", "Adam", None),
    ("what is the paper that introduced ε-greedy?", "introduced-by", "ε-greedy", None),
    ("What's the original paper of LoRA?", "introduced-by", "LoRA", None),
    ("which papers use LoRA?", "papers-using", "LoRA", None),
    ("Which papers are using the NVIDIA A100?", "papers-using", "the NVIDIA A100", None),
    ("what papers used C++?", "papers-using", "C++", None),
    ('who uses "BERT+MLP"?', "papers-using", "BERT+MLP", None),
    ("papers using SQuAD 2.0", "papers-using", "SQuAD 2.0", None),
    ("In which papers is LoRA used?", "papers-using", "LoRA", None),
    ("Which articles apply LoRA?", "papers-using", "LoRA", None),
    ("Show me papers that use LoRA", "papers-using", "LoRA", None),
    ("Which papers build on LoRA?", "papers-using", "LoRA", None),
    ("What builds on LoRA?", "builds-on", "LoRA", "successor"),
    ("which models are based on 'LLaMA 2 7B'?", "builds-on", "LLaMA 2 7B", "successor"),
    ("What are the successors of BERT?", "builds-on", "BERT", "successor"),
    ("Variants of C++", "builds-on", "C++", "successor"),
    ("What does QLoRA build on?", "builds-on", "QLoRA", "predecessor"),
    ("on which methods is (2+1)D convolution based?", "builds-on", "(2+1)D convolution", "predecessor"),
    ("What is BERT+MLP derived from?", "builds-on", "BERT+MLP", "predecessor"),
    ("What does DoRA combine?", "builds-on", "DoRA", "predecessor"),
    ("What is the lineage of Mamba?", "builds-on", "Mamba", None),
    ("How are LoRA and GaLore connected?", "path-between", ("LoRA", "GaLore"), None),
    ("how is “mixture of experts” related to ε-greedy?", "path-between", ("mixture of experts", "ε-greedy"), None),
    (
        "What have 'Research and Development' and C++ to do with each other?",
        "path-between",
        ("Research and Development", "C++"),
        None,
    ),
    ("path from GPT-3.5 to A100", "path-between", ("GPT-3.5", "A100"), None),
    ("What is the connection between Adam and AdamW?", "path-between", ("Adam", "AdamW"), None),
    ("Which papers trained on Alpaca?", "papers-using", "Alpaca", "trained-on"),
    ("which models were trained on C4?", "papers-using", "C4", "trained-on"),
    ("which methods run on A100?", "papers-using", "A100", "runs-on"),
    ("what was evaluated on GLUE?", "evaluated-on", "GLUE", None),
    ("Which models are evaluated on MMLU?", "evaluated-on", "MMLU", None),
    ("Which methods have been tested on GSM8K?", "evaluated-on", "GSM8K", None),
    ("what was tested on The Pile", "evaluated-on", "The Pile", None),
    ("On what was LoRA evaluated?", "evaluated-on", "LoRA", None),
    ("what was LoRA evaluated on?", "evaluated-on", "LoRA", None),
    ("On which datasets was LoRA evaluated?", "evaluated-on", "LoRA", None),
    ("Which benchmarks is LoRA tested on?", "evaluated-on", "LoRA", None),
    ("which methods report results on ImageNet-1K?", "evaluated-on", "ImageNet-1K", None),
    ("What was evaluated on both GLUE?", "evaluated-on", "both GLUE", None),
    ("which datasets has LoRA been evaluated on?", "evaluated-on", "LoRA", None),
    ("Tell me, what beats LoRA please?", "improvements-on", "LoRA", "improves-on"),
    ("which techniques rival LoRA?", "competitors", "LoRA", None),
    ("Which strong competitors does LoRA have so far?", "competitors", "LoRA", None),
]
ODD_NAMES = (
    "LoRA",
    "C++",
    "BERT+MLP",
    "(2+1)D convolution",
    "ε-greedy",
    "mixture of experts",
    "A*",
    "GPT-3.5",
    "[CLS]",
    "x.y",
)


@pytest.mark.parametrize(("words", "query", "name", "reason"), WORDINGS)
def test_wordings(words: str, query: str, name: str | tuple[str, ...], reason: str | None) -> None:
    """A natural wording leads to its query, with the name or names as they were written."""
    found, given = match(words)

    narrow = given.pop(REASON, None)
    names = (name,) if isinstance(name, str) else name
    assert (found.name, tuple(given.values()), narrow) == (query, names, reason)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_every_form_finds_its_own_query(name: str) -> None:
    """A question form with a name in it asks for its own query, and for that name."""
    wrong = [
        form.words
        for query in catalogue()
        for form in query.forms
        if _asked(form.words, name) != (query.name, {name} if "{" in form.words else set(), form.reason)
    ]

    assert wrong == []


def _asked(form: str, name: str) -> tuple[str, set[str], str | None]:
    query, given = match(re.sub(r"\{\w+\}", lambda _: name, form.replace("{year}", "2024")))
    reason = given.pop(REASON, None)
    given.pop(YEAR, None)
    return query.name, set(given.values()), reason


@pytest.mark.parametrize("words", ["What is the meaning of life?", "hello there", "", "???", "compete with"])
def test_an_unknown_question_gets_the_nearest(words: str) -> None:
    """What cannot be asked is answered with question forms, on one line."""
    with pytest.raises(NotFoundError, match=r"no such question as .*; nearest: .*\{") as raised:
        match(words)

    assert "\n" not in str(raised.value)


def test_nearest_forms_are_of_different_queries() -> None:
    """The forms named are the nearest first, and one a query."""
    forms = nearest_forms("who competes LoRA")

    assert len(forms) == 3
    assert "compete" in forms[0]


def test_a_long_question_is_cut_in_the_message() -> None:
    """A page of text is refused in one line of bounded length."""
    with pytest.raises(NotFoundError) as raised:
        match("which methods " * 2000)

    assert len(str(raised.value)) < 500


@pytest.mark.parametrize(("text", "bare"), [
    ('"LoRA"', "LoRA"), ("“ε-greedy”", "ε-greedy"), ("«C++»", "C++"), ("'", "'"), ('""', '""'), ("`a` b", "`a` b"),
])  # fmt: skip
def test_quotes_around_a_name_are_dropped(text: str, bare: str) -> None:
    """Only a pair of quotes around something is dropped."""
    assert unquoted(text) == bare


def test_resolve_drops_an_article(store: Store, small_elements: tuple) -> None:
    """ "the LoRA" means LoRA, and an alias or an id means its thing."""
    store.restore(small_elements)

    chosen = {resolve(store, words, ["method"])[0].id for words in ("the LoRA", "lora", "method/lora", " LoRA ")}

    assert chosen == {"method/lora"}


def test_resolve_says_what_else_there_is(store: Store, small_elements: tuple) -> None:
    """An unknown name gets the nearest, a name of another family is told so."""
    store.restore(small_elements)

    with pytest.raises(NotFoundError, match="nothing is called 'LoRQ'; nearest: LoRA"):
        resolve(store, "LoRQ", ["method"])
    with pytest.raises(NotFoundError, match="'GLUE' is a Dataset; asked for is a name of family method"):
        resolve(store, "GLUE", ["method"])


def test_resolve_in_an_empty_store(store: Store) -> None:
    """A graph without names says that it has none."""
    with pytest.raises(NotFoundError, match="nothing is called 'LoRA'; the graph has no such names"):
        resolve(store, "LoRA", ["method"])
