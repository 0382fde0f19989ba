"""Pages to look at: of the demo corpus, of a graph whose names are attacks, and of one with a hundred answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

import loaders
from kg import query
from kg.demo import corpus
from kg.model import (
    ClaimDraft,
    ClaimKind,
    Document,
    EdgeKind,
    EntityKind,
    Extraction,
    Group,
    Mention,
    Metadata,
    Relation,
)
from kg.query.describe import describe
from kg.query.places import Backing, read_backing, read_mentions
from kg.store import Store, open_store
from kg.web import answers_page, shown, sources_of, statements, thing_page

HARD_NAMES = (
    "x'}) DETACH DELETE n //", "<script>alert(1)</script>", '"><img src=x onerror=alert(2)>', "a" * 100_000, "W" * 90,
    "</title><script>alert(3)</script>", "</style><svg onload=alert(4)>", "javascript:alert(5)", "{{ 7 * 7 }}", "&lt;b&gt;",
    "طريقة التعلم العميق", "שיטה \u202eabc", "🦙🫠👩‍👩‍👧‍👦 Tuner", "red \x1b[31m net", "用于测试布局是否会被破坏的方法", "-->", "é" * 40,
)  # fmt: skip
HARD_TITLE = "<img src=x onerror=alert(6)> & \"two\" 'quotes'"


class ByHand:
    """An extractor for papers that say `NAME beats LoRA on GLUE.` of each of some names, and reach 91.5% with the last."""

    version = "by-hand-1"

    def __init__(self, names: Sequence[str]) -> None:
        """Looks for these names."""
        self._names = names

    def __call__(self, documents: Sequence[Document]) -> list[Extraction]:
        """What the papers say."""
        return [self._extraction(document.text) for document in documents]

    def _extraction(self, text: str) -> Extraction:
        names = [name for name in self._names if f"{name} beats LoRA" in text]
        kinds = {**dict.fromkeys((*names, "LoRA"), EntityKind.METHOD), "GLUE": EntityKind.DATASET}
        last = f"{names[-1]} beats LoRA on GLUE."
        claim = ClaimDraft(
            kind=ClaimKind.RESULT, polarity="+", subject=names[-1], comparator="LoRA", dataset="GLUE", value=91.5,
            value_text="91.5%", unit="%", confidence=0.6, extractor=self.version, **_span(text, last),
        )  # fmt: skip
        return Extraction(
            groups=tuple(self._group(text, name, kind) for name, kind in kinds.items()),
            relations=tuple(relation for name in names for relation in self._relations(text, name)),
            claims=(claim,),
            extractor=self.version,
        )

    def _group(self, text: str, name: str, kind: EntityKind) -> Group:
        mention = Mention(text=name, **_span(text, name))
        return Group(id=name, kind=kind, name=name, mentions=(mention,), confidence=0.9, extractor=self.version)

    def _relations(self, text: str, name: str) -> Iterator[Relation]:
        span = _span(text, f"{name} beats LoRA on GLUE.")
        for kind, tail in ((EdgeKind.IMPROVES_ON, "LoRA"), (EdgeKind.EVALUATED_ON, "GLUE")):
            yield Relation(head=name, kind=kind, tail=tail, confidence=0.75, extractor=self.version, **span)


def _span(text: str, words: str) -> dict[str, int]:
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def filled(store: Store, names: Sequence[str], title: str, *, year: int | None = None) -> Store:
    """A store with one paper in which each of the names beats LoRA."""
    abstract = "LoRA is older. " + " ".join(f"{name} beats LoRA on GLUE." for name in names)
    metadata = Metadata(year=year, url="javascript:alert(7)", authors=("<b>Ann</b>", '" onclick="alert(8)'))
    store.write(
        [
            Document.make(
                format="jsonl", key=title, source="hand.jsonl", title=title, abstract=abstract, metadata=metadata
            )
        ],
        ByHand(names),
    )
    return store


def backing_of(store: Store, result: query.Result) -> Backing:
    """What stands behind the answers to a question."""
    return read_backing(store, [(s.paper_id, s.statement) for a in result.answers for s in sources_of(a)])


def answers_of(store: Store, words: str, *, texts: bool = True) -> str:
    """The page of a question."""
    result = query.ask(store, words)
    return answers_page(result, words, backing_of(store, result), texts=texts)


def thing_of(store: Store, id: str, *, texts: bool = True, limit: int = 100) -> str:
    """The page of a thing."""
    found = describe(store, id)
    assert found
    backing = read_backing(store, statements(shown(found, limit)))
    mentioned = read_mentions(store, backing.texts.values()) if found.kind == "Paper" else ()
    return thing_page(found, backing, mentioned, texts=texts, limit=limit)


@pytest.fixture(scope="session")
def hard_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store whose names are attacks on a page, or would break its layout."""
    with open_store(str(tmp_path_factory.mktemp("hard") / "hard.kgl")) as store:
        yield filled(store, HARD_NAMES, HARD_TITLE, year=2024)


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the demo corpus."""
    with open_store(str(tmp_path_factory.mktemp("demo") / "demo.kgl")) as store:
        loaders.load([corpus()], store)
        yield store


@pytest.fixture(scope="session")
def many_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store in which a hundred methods beat LoRA."""
    with open_store(str(tmp_path_factory.mktemp("many") / "many.kgl")) as store:
        yield filled(store, [f"Net{chr(65 + at // 10)}{chr(65 + at % 10)}x" for at in range(100)], "A hundred rivals")


@pytest.fixture(scope="session")
def pages(
    demo_store: Store, hard_store: Store, many_store: Store, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Files of pages by what they show."""
    question = "Which methods compete with LoRA?"
    (paper,) = (row["id"] for row in hard_store.ask("MATCH (p:Paper) RETURN p.id AS id", {}))
    made: dict[str, Callable[[], str]] = {
        "demo answers": lambda: answers_of(demo_store, question),
        "demo thing": lambda: thing_of(demo_store, "method/lora"),
        "demo paper": lambda: thing_of(demo_store, "paper/arxiv-2404.02948"),
        "hard answers": lambda: answers_of(hard_store, question),
        "hard thing": lambda: thing_of(hard_store, "method/lora"),
        "hard paper": lambda: thing_of(hard_store, paper),
        "many answers": lambda: answers_of(many_store, question),
        "no answers": lambda: answers_of(demo_store, "What is BART compared with?"),
    }
    folder = tmp_path_factory.mktemp("pages")
    paths = {name: folder / f"{name.replace(' ', '-')}.html" for name in made}
    for name, path in paths.items():
        path.write_text(made[name](), encoding="utf-8")
    return paths


@pytest.fixture(scope="session")
def with_and_without_texts(demo_store: Store) -> tuple[tuple[str, str], ...]:
    """Pages of the demo corpus, each with the texts around the sentences and without."""
    return tuple(
        (make(texts=True), make(texts=False))
        for make in (
            partial(answers_of, demo_store, "Which methods compete with LoRA?"),
            partial(thing_of, demo_store, "method/lora"),
            partial(thing_of, demo_store, "paper/arxiv-2404.02948"),
        )
    )
