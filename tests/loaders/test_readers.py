"""Every row of READERS has a sample and a golden file; `python tests/golden/write.py` writes the latter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.model import Document
from loaders import READERS, Reader, read


def slug(reader: Reader) -> str:
    return reader.name.lower().replace(" ", "_")


@pytest.mark.parametrize("reader", READERS, ids=slug)
def test_every_reader_has_one_sample_and_one_golden(reader: Reader, tests_folder: Path) -> None:
    """A format without an example that shows what comes of it is no format."""
    samples = list((tests_folder / "samples").glob(f"{slug(reader)}.*"))
    golden = tests_folder / "golden" / "readers" / f"{slug(reader)}.json"

    assert len(samples) == 1, f"write tests/samples/{slug(reader)}.EXTENSION"
    assert golden.is_file(), f"run python tests/golden/write.py, look at {golden.name}, and add it"


@pytest.mark.parametrize("reader", READERS, ids=slug)
def test_the_first_reader_that_recognises_a_sample_is_its_own(reader: Reader, tests_folder: Path) -> None:
    """Rows stand in an order in which none takes another's files."""
    (sample,) = (tests_folder / "samples").glob(f"{slug(reader)}.*")
    head = sample.read_text(encoding="utf-8")

    found = next(row for row in READERS if row.recognises(head))

    assert found is reader


@pytest.mark.parametrize("reader", READERS, ids=slug)
def test_a_sample_reads_as_its_golden_says(reader: Reader, tests_folder: Path) -> None:
    """Reading changes only knowingly: `python tests/golden/write.py`, then look at the difference."""
    (sample,) = (tests_folder / "samples").glob(f"{slug(reader)}.*")
    golden = json.loads((tests_folder / "golden" / "readers" / f"{slug(reader)}.json").read_text(encoding="utf-8"))

    found = [item.model_dump(mode="json", exclude_defaults=True) for item in read([sample])]

    assert found == golden


@pytest.mark.parametrize("reader", READERS, ids=slug)
def test_offsets_cut_title_and_abstract_out_of_the_text(reader: Reader, tests_folder: Path) -> None:
    """A document's text begins with its title, a line end and its abstract."""
    (sample,) = (tests_folder / "samples").glob(f"{slug(reader)}.*")

    documents = [item for item in read([sample]) if isinstance(item, Document)]

    assert documents
    assert all(item.text.startswith(f"{item.title}\n{item.abstract}") for item in documents)
