"""Questions in words: what they ask, about whom, and what becomes of those that ask nothing known."""

from __future__ import annotations

import re

import pytest

from kg.errors import NotFoundError
from kg.query import REASON, Form, Query, catalogue, match, matches, resolve
from kg.query.forms import YEAR
from kg.query.words import nearest_forms, unquoted
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
    ("which papers were run on A100s?", "papers-using", "A100s", "runs-on"),
    ("which models were trained on C4?", "trained-on", "C4", None),
    ("which methods run on A100?", "hardware-of", "A100", None),
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
    ("Which methods are there for question answering?", "methods-for-task", "question answering", None),
    ("what is the commonest approach to “machine translation”?", "methods-for-task", "machine translation", None),
    ("Which models tackle text-to-image generation?", "methods-for-task", "text-to-image generation", None),
    ("speech recognition models", "methods-for-task", "speech recognition", None),
    ("what can I use for 3D reconstruction?", "methods-for-task", "3D reconstruction", None),
    ("What is LoRA used for?", "methods-for-task", "LoRA", None),
    ("Which tasks does BERT+MLP address?", "methods-for-task", "BERT+MLP", None),
    ("For which tasks is 'C++' used?", "methods-for-task", "C++", None),
    ("Which datasets are there for question answering?", "datasets-for-task", "question answering", None),
    ("benchmarks for visual question answering", "datasets-for-task", "visual question answering", None),
    ("which corpora can I use for NER?", "datasets-for-task", "NER", None),
    ("object detection datasets", "datasets-for-task", "object detection", None),
    ("Which tasks is SQuAD 2.0 for?", "datasets-for-task", "SQuAD 2.0", None),
    ('what does "GLUE" measure?', "datasets-for-task", "GLUE", None),
    ("On which hardware was LoRA run?", "hardware-of", "LoRA", None),
    ("On what GPUs was GaLore trained?", "hardware-of", "GaLore", None),
    ("What GPU does QLoRA need?", "hardware-of", "QLoRA", None),
    ("Which GPUs were used for LLaMA-2-7B?", "hardware-of", "LLaMA-2-7B", None),
    ("how many GPUs does 'ZeRO-Infinity' need?", "hardware-of", "ZeRO-Infinity", None),
    ("what was run on an NVIDIA A100?", "hardware-of", "an NVIDIA A100", None),
    ("what fits on an RTX 4090?", "hardware-of", "an RTX 4090", None),
    ("Which models were trained on TPUs?", "hardware-of", "TPUs", None),
    ("what was trained on The Pile?", "trained-on", "The Pile", None),
    ("Which models were pre-trained on C4?", "trained-on", "C4", None),
    ("On which datasets was T5 trained?", "trained-on", "T5", None),
    ("what was GPT-3 trained on", "trained-on", "GPT-3", None),
    ("which datasets were used to train (2+1)D convolution?", "trained-on", "(2+1)D convolution", None),
    ("training data of CLIP", "trained-on", "CLIP", None),
    ("summarization datasets?", "datasets-for-task", "summarization", None),
    ("GPUs for GPT-3", "hardware-of", "GPT-3", None),
    ("LoRA use cases", "methods-for-task", "LoRA", None),
    ("popular NLP benchmarks", "most-used-datasets", "NLP", None),
    ("CIFAR-10 trained models", "trained-on", "CIFAR-10", None),
    ("what ran on V100s", "hardware-of", "V100s", None),
    ("ImageNet: used for what?", "datasets-for-task", "ImageNet", None),
    ("hey, what do folks usually use for continual learning?", "methods-for-task", "continual learning", None),
    ("I'd like to know what sort of GPUs they used to train ZeRO-Infinity", "hardware-of", "ZeRO-Infinity", None),
    ("so what's a good dataset for sentiment analysis?", "datasets-for-task", "sentiment analysis", None),
    (
        "Which datasets are most commonly employed in machine translation?",
        "most-used-datasets",
        "machine translation",
        None,
    ),
    ("What kit does MegaScale require?", "hardware-of", "MegaScale", None),
    ("Upon which corpora was BERT trained?", "trained-on", "BERT", None),
    ("Which techniques have been put forward for federated learning?", "methods-for-task", "federated learning", None),
    ("Which method exist for the image segmentation?", "methods-for-task", "the image segmentation", None),
    ("What are datasets for make text classification?", "datasets-for-task", "text classification", None),
    ("The GLUE benchmark is for which tasks?", "datasets-for-task", "GLUE benchmark", None),
    ("With which GPU can I train LLaMA?", "hardware-of", "LLaMA", None),
]
WORDINGS_OF_MORE: list[tuple[str, str, dict[str, str]]] = [
    ("What are the most used datasets?", "most-used-datasets", {}),
    ("which benchmarks are most popular?", "most-used-datasets", {}),
    ("most popular benchmarks for image classification", "most-used-datasets", {"task": "image classification"}),
    ("Which datasets were used most in 2023?", "most-used-datasets", {"year": "2023"}),
    ("most common datasets of 2022", "most-used-datasets", {"year": "2022"}),
    ("which datasets are used most for ASR in 2024?", "most-used-datasets", {"task": "ASR", "year": "2024"}),
    ("Methods of 2021 for question answering", "methods-for-task", {"task": "question answering", "year": "2021"}),
    ("methods for NER from 2019", "methods-for-task", {"task": "NER", "year": "2019"}),
    ("which approaches from 2020 tackle NER?", "methods-for-task", {"task": "NER", "year": "2020"}),
    ("what was evaluated on both GLUE and SQuAD 2.0?", "evaluated-on", {"dataset": "GLUE", "other": "SQuAD 2.0"}),
    ('Which models were tested on "COCO" and "LVIS"?', "evaluated-on", {"dataset": "COCO", "other": "LVIS"}),
    ("Was LoRA evaluated on GLUE?", "evaluated-on", {"method": "LoRA", "other": "GLUE"}),
    ("Does QLoRA use LoRA?", "papers-using", {"paper": "QLoRA", "thing": "LoRA"}),
    ("does 2305.14314 build on LoRA?", "papers-using", {"paper": "2305.14314", "thing": "LoRA", "reason": "builds-on"}),
    ("did 'Attention is all you need' train on WMT 2014?", "papers-using",
     {"paper": "Attention is all you need", "thing": "WMT 2014", "reason": "trained-on"}),
    ("top datasets 2023", "most-used-datasets", {"year": "2023"}),
    ("any idea which datasets everybody uses these days?", "most-used-datasets", {}),
    ("do you happen to know whether QLoRA uses LoRA?", "papers-using", {"paper": "QLoRA", "thing": "LoRA"}),
    ("Were any models assessed on CIFAR-10 and also on CIFAR-100?", "evaluated-on", {"dataset": "CIFAR-10", "other": "CIFAR-100"}),
    ("Which is the most using dataset in 2022?", "most-used-datasets", {"year": "2022"}),
    ("Please tell methods of speech recognition from year 2021", "methods-for-task", {"task": "speech recognition", "year": "2021"}),
]  # fmt: skip
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
    found, given = understood(words, query)

    narrow = given.pop(REASON, None)
    names = (name,) if isinstance(name, str) else name
    assert (found.name, tuple(given.values()), narrow) == (query, names, reason)


@pytest.mark.parametrize(("words", "query", "given"), WORDINGS_OF_MORE)
def test_wordings_with_more_or_less_than_a_name(words: str, query: str, given: dict[str, str]) -> None:
    """A question may name two things, a year, or nothing at all."""
    found, said = understood(words, query)

    assert (found.name, said) == (query, given)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_every_form_finds_its_own_query(name: str) -> None:
    """A question form with names in it asks for its own query, and for those names."""
    forms = [(query, form) for query in catalogue() for form in query.forms]

    wrong = [
        form.words for query, form in forms if understood(_filled(form, name), query.name) != _meant(query, form, name)
    ]

    assert wrong == []


def understood(words: str, query: str) -> tuple[Query, dict[str, str]]:
    """The first reading about the kinds of things that a query is about: which kind a name is, only a graph can tell."""
    found = matches(words)
    families = [_families(q, given) for q, given in found if q.name == query]
    return next((q, given) for q, given in found if not families or _families(q, given) & families[0])


def _families(query: Query, given: dict[str, str]) -> set[tuple[str, str]]:
    """The slots that are filled with the families of names that may stand there; that it is empty where none is."""
    found: set[tuple[str, str]] = {
        (p.binds, family) for p in query.parameters if p.name in given for family in p.families
    }
    return found or {("", "")}


def _filled(form: Form, name: str) -> str:
    return re.sub(r"\{\w+\}", lambda found: "2023" if found[0] == "{year}" else name, form.words)


def _meant(query: Query, form: Form, name: str) -> tuple[Query, dict[str, str]]:
    names = {found: "2023" if found == YEAR else name for found in re.findall(r"\{(\w+)\}", form.words)}
    return query, names | ({REASON: form.reason} if form.reason else {})


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
        match("which hats " * 2000)

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
    with pytest.raises(
        NotFoundError, match="nothing is called 'LoRA'; the graph is empty: load papers first, with kg load"
    ):
        resolve(store, "LoRA", ["method"])


@pytest.mark.parametrize("words", ["which methods compete with " + "foo bar " * 12_500, "please tell me " * 7_000])
def test_what_is_longer_than_a_question_is_told_so(words: str) -> None:
    """A text that forms and names would be tried on for minutes is refused, and the way to ask about a long name told."""
    with pytest.raises(NotFoundError, match="…' is longer than 1,000 characters; name the query, as in kg ask"):
        match(words)
