"""The quality of extraction on annotated papers does not fall below floors a little under what was measured."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.model import Document
from loaders.extract import extract, gold_form

GOLD = Path(__file__).parents[4] / "shared" / "gold"
FLOORS = {
    "entity.strict": 0.58,
    "entity.introduced": 0.56,
    "relation.typed": 0.43,
    "relation.improves-on": 0.35,
    "claim.found": 0.53,
}
PARTS = (("texts/dev8.json", "dev/dev8.json"), ("more_texts/more15.json", "more/more15.json"))


def scorer() -> ModuleType:
    """The scorer that comes with the annotated papers."""
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predicted(text: dict[str, Any]) -> dict[str, Any]:
    """The annotation form of what is found in a text."""
    make = {"format": "jsonl", "key": text["id"], "source": "gold", "title": text["title"]}
    document = Document.make(**make, abstract=text["abstract"])
    return gold_form(text["id"], document, extract(document))


@pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated papers in ../shared/gold are not here")
def test_extraction_reaches_its_floors() -> None:
    """F1 on two files of annotated papers is not below the floors."""
    texts = [text for name, _ in PARTS for text in json.loads((GOLD / name).read_text(encoding="utf-8"))]
    gold = [paper for _, name in PARTS for paper in json.loads((GOLD / name).read_text(encoding="utf-8"))]

    rows = scorer().score(gold, {text["id"]: predicted(text) for text in texts})

    assert {name: rows[name]["F1"] for name, floor in FLOORS.items() if rows[name]["F1"] < floor} == {}
