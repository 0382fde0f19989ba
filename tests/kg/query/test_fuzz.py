"""Whatever is asked, the answer is an answer or one line that says what is wrong.

`KG_FUZZ=20000 pytest tests/kg/query/test_fuzz.py` is the long form.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.query import Result, ask, catalogue
from kg.store import Store, open_store
from loaders import load

EXAMPLES = int(os.environ.get("KG_FUZZ", "150"))
NAMES = (
    "LoRA", "low-rank adaptation", "C++", "(2+1)D convolution", "BERT+MLP", "ε-greedy", "GLUE", "NVIDIA A100", "GPT-4",
    "x'}) DETACH DELETE n //", "🦙", "", " ", "“LoRA”", '"', "{method}", "{", "$id", "\u202e", "2106.09685", "method/lora", "?",
)  # fmt: skip
WORDS = ("which", "methods", "compete", "with", "and", "or", "by", "on", "of", "the", "in", "2024", "claims", "?", ",")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The bundled corpus."""
    store = open_store(str(tmp_path_factory.mktemp("fuzz") / "demo.kgl"))
    load(Path(__file__).parents[3] / "kg" / "demo" / "papers.jsonl", store)
    return store


def _asked(store: Store, words: str) -> Result | str:
    try:
        return ask(store, words, limit=3)
    except KgError as error:
        return str(error)


_forms = st.sampled_from([form.words for query in catalogue() for form in query.forms])
_names = st.one_of(st.sampled_from(NAMES), st.text(max_size=12))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(form=_forms, names=st.lists(_names, min_size=4, max_size=4))
def test_a_known_question_about_anything_has_an_answer(small: Store, form: str, names: list[str]) -> None:
    """Any text may stand where a name is expected."""
    words = form
    while "{" in words and "}" in words and names:
        start, end = words.index("{"), words.index("}")
        if end < start:
            break
        words = words[:start] + names.pop().replace("{", "(").replace("}", ")") + words[end + 1 :]

    answer = _asked(small, words)

    assert isinstance(answer, Result) or (answer and "\n" not in answer)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.lists(st.one_of(st.sampled_from(WORDS), _names), max_size=14))
def test_any_words_are_a_question(small: Store, words: list[str]) -> None:
    """What is no question is told so in one line."""
    answer = _asked(small, " ".join(words))

    assert isinstance(answer, Result) or (answer and "\n" not in answer)
