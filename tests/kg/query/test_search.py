"""Searching for words, on the bundled corpus and on names that are hard to read."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import kg
import loaders
from kg.demo import corpus
from kg.errors import NotFoundError, StoreError, UsageError
from kg.model import Document, Element, EntityKind, Extraction, Group, Mention
from kg.query.search import Hit, search
from kg.store import Store, open_store
from kg.store.cache import cache_folder

LORA = "method/lora"
FIRST = {
    "lora": LORA,
    "LORA": LORA,
    "Lo-RA": LORA,
    "lo ra": LORA,
    "LoRAA": LORA,
    "low rank adaptation": LORA,
    "low-rank adapation": LORA,
    "lowrank adaptation": LORA,
    "method/lora": LORA,
    "https://arxiv.org/abs/2106.09685v2": "paper/arxiv-2106.09685",
    "2106.09685": "paper/arxiv-2106.09685",
    "qlora": "method/qlora",
    "quantization": "method/quantization",
    "quantisation": "method/quantization",
    "quantizaton": "method/quantization",
    "post training quantization": "method/post-training-quantization",
    "Post-Training Quantisaton": "method/post-training-quantization",
    "finetuning": "task/fine-tuning",
    "fine tuning": "task/fine-tuning",
    "parameter efficent finetuning": "method/parameter-efficient-fine-tuning",
    "mixture of expert": "method/mixture-of-expert",
    "MoE": "method/mixture-of-expert",
    "flash attention": "method/flashattention",
    "flashatention": "method/flashattention",
    "state space model": "method/state-space",
    "llama2": "method/llama-2",
    "Llama-2-7b": "method/llama-2-7b",
    "transform": "method/transformer",
    "A100": "hardware/nvidia-a100",
    "h100 gpu": "hardware/nvidia-h100",
    "humaneval": "dataset/human-eval",
    "pass@1": "metric/pass-1-54b7c9",
    "prefix tuning of continuous promts": "paper/arxiv-2101.00190",
    "Intrinsic Dimensionality Expl": "paper/arxiv-2012.13255",
    "how few coordinates suffice": "paper/arxiv-2012.13255",
    "circular convolution": "method/circular-convolution",
}
"""What the first hit must be on the bundled corpus."""

ODD = {
    "BERT+MLP": "bert + MLP",
    "(2+1)D convolution": "(2+1)d convolutions",
    "ε-greedy": "epsilon-greedy",
    "C++": "c++",
    "🦙 Tuner": "🦙 tuner",
    "图神经网络": "神经网络",
    'quoted "AND" NEAR(x)': '"and" near(x',
    "col:umn^2 * -y": "column^2 * y",
}
"""Names that a query language might misread, and how a person may write them."""


class Naming:
    """An extractor that takes a document's whole abstract for the name of a method."""

    version = "naming-1"

    def __call__(self, documents: Sequence[Document]) -> list[Extraction]:
        return [self._extraction(document) for document in documents]

    def _extraction(self, document: Document) -> Extraction:
        start, name = document.title_end + 1, document.abstract
        group = Group(
            id="a", kind=EntityKind.METHOD, name=name, confidence=0.9, extractor="naming",
            mentions=(Mention(text=name, start=start, end=start + len(name)),),
        )  # fmt: skip
        return Extraction(groups=(group,) if name else (), extractor=self.version)


def _naming(title: str, name: str) -> Document:
    return Document.make(format="jsonl", key=title, source="odd.jsonl", title=title, abstract=name)


@pytest.fixture
def odd(store: Store) -> Store:
    """A store of each kind with a paper for each odd name."""
    store.write([_naming(f"Paper {at}: 关于图的综述" if at else "Lone", name) for at, name in enumerate(ODD)], Naming())
    return store


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An embedded store with the bundled corpus."""
    with open_store(str(tmp_path_factory.mktemp("demo") / "demo.kgl")) as store:
        loaders.load([corpus()], store)
        yield store


@pytest.fixture(scope="module")
def elements(demo: Store) -> tuple[Element, ...]:
    """The graph of the bundled corpus."""
    return tuple(demo.elements())


@pytest.mark.parametrize(("words", "id"), FIRST.items(), ids=FIRST)
def test_what_is_meant_comes_first(demo: Store, words: str, id: str) -> None:
    """Names, aliases, ids, titles, other spellings, mistakes and beginnings lead to the thing that is meant."""
    assert search(demo, words).hits[0].id == id


def test_every_store_finds_the_same(store: Store, elements: tuple[Element, ...], demo: Store) -> None:
    """Ids, order, scores and snippets are those of the same graph in another store."""
    store.restore(elements)

    found = {words: search(store, words, limit=50) for words in FIRST}

    assert found == {words: search(demo, words, limit=50) for words in FIRST}


def test_a_hit_says_where_its_words_stand(demo: Store) -> None:
    """Kind, name, number of papers, score, and the alias in which the words stand."""
    hit = search(demo, "low rank adaptation", kinds=["Method"]).hits[0]

    assert hit.papers
    assert hit.papers > 50
    assert hit == Hit(
        id=LORA, kind="Method", name="LoRA", papers=hit.papers, year=None, score=hit.score, where="alias",
        snippet="Low Rank Adaptation", matches=((0, 3), (4, 8), (9, 19)),
    )  # fmt: skip


def test_a_snippet_shows_the_words(demo: Store) -> None:
    """A paper has its year; of a long abstract the part with the words is shown, cut between words."""
    hit = search(demo, "topics not seen continuous vectors").hits[0]

    assert (hit.id, hit.year, hit.papers, hit.where) == ("paper/arxiv-2101.00190", 2021, None, "abstract")
    assert {hit.snippet[start:end] for start, end in hit.matches} == {"topics", "not", "seen"}
    assert hit.snippet.startswith("…")
    assert 150 < len(hit.snippet) < 210


def test_exact_names_come_before_beginnings_and_these_before_words(demo: Store) -> None:
    """The whole part of a score is the class of the hit, and hits come by score."""
    hits = search(demo, "quantization", limit=50).hits

    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert [int(score) for score in scores[:2]] == [5, 3]
    assert hits[1].name.startswith("Quantization")
    assert {int(score) for score in scores} == {5, 3, 2}


def test_what_holds_all_words_comes_before_what_holds_some(demo: Store) -> None:
    """A rare word that is missing counts more than a frequent one."""
    hits = search(demo, "memory of optimizer states").hits

    assert int(hits[0].score) == 2
    assert [int(hit.score) for hit in hits] == sorted((int(hit.score) for hit in hits), reverse=True)


def test_kinds_narrow_and_limit_bounds(demo: Store) -> None:
    """Only the kinds asked for are found, so many at most, in the order that they have among all."""
    every = search(demo, "quantization", limit=1000).hits
    papers = search(demo, "quantization", kinds=["Paper", "Task"], limit=1000).hits

    assert {hit.kind for hit in papers} == {"Paper", "Task"}
    assert papers == tuple(hit for hit in every if hit.kind in ("Paper", "Task"))
    assert search(demo, "quantization", limit=3).hits == every[:3]


def test_it_is_said_how_words_were_understood(demo: Store) -> None:
    """Corrected words and words that stand nowhere are named as they were written."""
    found = search(demo, "Quantizaton of xyzzyqq GPT-77 models")

    assert (found.corrected, found.unknown) == ((("Quantizaton", "quantization"),), ("xyzzyqq", "GPT-77"))
    assert int(found.hits[0].score) == 1


def test_what_is_nowhere_gets_the_nearest_names(demo: Store) -> None:
    """Words that find nothing are an error that names what is spelled alike."""
    with pytest.raises(NotFoundError, match=r"^nothing holds 'loooora'; nearest: .*LoRA"):
        search(demo, "loooora")
    with pytest.raises(NotFoundError, match=r"^no Metric holds 'lora'"):
        search(demo, "lora", kinds=["Metric"])


def test_a_kind_that_is_none_is_refused(demo: Store) -> None:
    """An unknown kind, or a limit that allows nothing, is wrong usage that says what there is."""
    with pytest.raises(UsageError, match=r"no kind 'Robot' to search for; there are: Method, .*Paper"):
        search(demo, "lora", kinds=["Robot"])
    with pytest.raises(UsageError, match="limit is 0"):
        search(demo, "lora", limit=0)


def test_it_is_part_of_the_api(demo: Store) -> None:
    """`kg.search` is this search."""
    assert kg.search(demo, "lora", limit=1).hits[0].id == LORA


def test_small_words_are_sorted() -> None:
    """The table holds each word once, in order: sort -u kg/query/small_words.tsv mends it."""
    head, *small = Path(str(kg.query.__file__)).with_name("small_words.tsv").read_text().splitlines()

    assert (head, small) == ("word", sorted(set(small)))


def test_odd_names_are_found(odd: Store) -> None:
    """Signs, brackets, quotes, pictures and scripts without spaces are words like any other, in each store."""
    found = {name: search(odd, words, kinds=["Method"]).hits[0].name for name, words in ODD.items()}

    assert found == {name: name for name in ODD}


def test_parts_of_a_text_without_spaces_are_found(odd: Store) -> None:
    """What stands within a Chinese title is found, and so is a name of which only most stands there."""
    assert search(odd, "图的综述", kinds=["Paper"]).hits[0].where == "title"
    assert search(odd, "图神经网络模型").hits[0].name == "图神经网络"


@pytest.mark.parametrize(
    "words",
    [
        "a" * 100_000, "a " * 50_000, "a-" * 50_000, "图" * 100_000, "🫠" * 500, '"', "'; DROP TABLE words", "*", "^", "-x",
        "NOT", "x OR", "NEAR(a b)", "name : x", "{a b}", "\\", "\x00", "\ud800", "%s", "\u202eabc", "", " ", "+ + +", "()",
    ],
)  # fmt: skip
def test_no_words_are_syntax(demo: Store, words: str) -> None:
    """Whatever is asked for is found or not; nothing is read as a query, and nothing takes long."""
    try:
        said = search(demo, words).hits[0].snippet
    except NotFoundError as error:
        said = str(error)

    assert 0 < len(said) < 1000
    assert "\n" not in said


class Changing:
    """A store to which somebody else writes whenever it is read; it does the rest itself."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._writes = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def ask(self, text: str, parameters: Any) -> Any:
        self._writes += 1
        self._store.write([_naming(f"Note {self._writes}", "")], Naming())
        return self._store.ask(text, parameters)


def _names(store: Any, words: str) -> list[str]:
    return [hit.name for hit in search(store, words, kinds=["Method"]).hits]


def _kept(address: str) -> list[Path]:
    return [path for path in cache_folder(address, "search").glob("*") if path.is_dir()]


def test_what_was_written_since_is_found(store: Store) -> None:
    """The index follows the graph, and only the one in use is kept."""
    store.write([_naming("One", "FooTune")], Naming())
    before = _names(store, "footun")
    store.write([_naming("Two", "FooTuner")], Naming())

    assert (before, _names(store, "footun")) == (["FooTune"], ["FooTune", "FooTuner"])
    assert len(_kept(store.address)) == 1


def test_an_empty_graph_finds_nothing(store: Store) -> None:
    """Before anything was loaded, nothing is found."""
    with pytest.raises(
        NotFoundError, match="nothing holds 'lora'; the graph is empty: load papers first, with kg load"
    ):
        search(store, "lora")


def test_a_store_that_is_being_written_is_searched_all_the_same(store: Store) -> None:
    """While another process loads, a search finds what was there, and keeps nothing."""
    store.write([_naming("One", "FooTune")], Naming())

    assert _names(Changing(store), "footune") == ["FooTune"]
    assert _kept(store.address) == []


def test_a_cache_that_cannot_be_written_is_done_without(store: Store) -> None:
    """Where no index can be kept, the search makes one for itself."""
    store.write([_naming("One", "FooTune")], Naming())
    blocked = cache_folder(store.address, "search")
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("not a folder")

    assert _names(store, "footune") == ["FooTune"]
    assert blocked.read_text() == "not a folder"


def test_a_store_opened_for_reading_is_searched(store: Store, open_again: Callable[..., Store]) -> None:
    """Searching writes nothing into the store."""
    store.write([_naming("One", "FooTune")], Naming())
    store.close()
    reader = open_again(write=False)
    generation = reader.generation()

    assert (_names(reader, "footune"), reader.generation()) == (["FooTune"], generation)


def test_a_damaged_index_is_one_line(demo: Store) -> None:
    """An index that is no database any more is an error that says what to delete."""
    search(demo, "lora")
    [folder] = _kept(demo.address)
    whole = (folder / "words.sqlite").read_bytes()
    (folder / "words.sqlite").write_bytes(b"not a database" * 1000)

    with pytest.raises(StoreError, match=r"^the index \S*words.sqlite cannot be used: .*; delete it$"):
        search(demo, "lora")
    (folder / "words.sqlite").write_bytes(whole)


WITHOUT = {
    "sqlite3": "raise ImportError('no _sqlite3')",
    "FTS5": (
        "class DatabaseError(Exception): pass\n"
        "class connect:\n"
        "    def __init__(self, *_, **__): pass\n"
        "    def execute(self, text): return self\n"
        "    def fetchall(self): return []\n"
        "    def close(self): pass\n"
    ),
}


@pytest.mark.parametrize("lacking", WITHOUT)
def test_a_python_that_cannot_search_says_so(lacking: str, demo: Store, tmp_path: Path) -> None:
    """Without sqlite3, or without its full-text search, one line says what is missing."""
    (tmp_path / "sqlite3.py").write_text(WITHOUT[lacking])
    script = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\nimport kg.cli\nkg.cli.main(['search', 'lora'])"
    environment = {**os.environ, "KG_STORE": str(tmp_path / "empty.kgl"), "PYTHONPATH": os.pathsep.join(sys.path)}

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=False)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1].startswith("kg: this Python")
    assert lacking in done.stderr.splitlines()[-1]
