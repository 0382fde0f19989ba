"""Looking names up, and what a broken table says."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import OntologyError
from kg.lexicon import Entry, lexicon, parse_table, read_lexicon, sorted_table
from kg.lexicon.__main__ import sort
from kg.model import EntityKind

HEADER = "name\taliases\tcase\tsource\n"


def folder_with(folder: Path, **tables: str) -> Path:
    for stem, content in tables.items():
        (folder / f"{stem}.tsv").write_text(content, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "family", "expected"),
    [
        ("low-rank adaptation", "method", "LoRA"),
        ("LoRA", "method", "LoRA"),
        ("LORA models", "method", "LoRA"),
        ("ResNet50", "method", "ResNet-50"),
        ("GRPO algorithm", "method", "GRPO"),
        ("MS-COCO dataset", "dataset", "COCO"),
        ("Tesla A100", "hardware", "NVIDIA A100"),
        ("NER", "task", "named entity recognition"),
        ("word error rate", "metric", "WER"),
    ],
)
def test_a_name_is_found_in_any_spelling(name: str, family: str, expected: str) -> None:
    """A name or alias is found by its normal form within its family."""
    entry = lexicon().find(name, family)

    assert entry is not None
    assert entry.name == expected


@pytest.mark.parametrize(("name", "family"), [("LoRA", "task"), ("nothing of this name", "method"), ("", "method")])
def test_an_unknown_name_is_not_found(name: str, family: str) -> None:
    """A name of another family, an unknown and an empty one are None."""
    assert lexicon().find(name, family) is None


def test_an_entry_carries_what_its_row_says() -> None:
    """A metric has direction and unit, a device its maker, and each its source."""
    metric = lexicon().find("fid", "metric")
    device = lexicon().find("jetson nano", "hardware")

    assert metric == Entry(
        kind=EntityKind.METRIC,
        name="FID",
        aliases=(
            "Fréchet Inception Distance",
            "Frechet Inception Distance",
            "FID score",
        ),
        exact=False,
        direction="lower",
        source="arXiv:1706.08500",
    )
    assert device == Entry(
        kind=EntityKind.HARDWARE,
        name="NVIDIA Jetson Nano",
        aliases=("Jetson Nano",),
        exact=False,
        maker="NVIDIA",
        source="usage",
    )


def test_case_counts_where_a_name_is_also_a_word() -> None:
    """Exact rows and short acronyms are matched as written, long names in any case."""
    lion, lora, imagenet = (
        lexicon().find(name, family)
        for name, family in [("Lion", "method"), ("LoRA", "method"), ("ImageNet", "dataset")]
    )

    assert lion is not None
    assert lora is not None
    assert imagenet is not None
    assert [
        lion.is_exact("Lion"),
        lora.is_exact("LoRA"),
        lora.is_exact("Low-Rank Adaptation"),
        imagenet.is_exact("ImageNet"),
    ] == [True, True, False, False]


@pytest.mark.parametrize(("normal", "expected"), [("mlm", True), ("sar", True), ("lora", False), ("", False)])
def test_an_acronym_of_several_meanings_is_ambiguous(normal: str, expected: bool) -> None:
    """What the table of ambiguous acronyms lists is ambiguous, by normal form."""
    assert lexicon().is_ambiguous(normal) is expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Introduction", True), ("TECHNICAL REPORT.", True), ("", True), ("—", True), ("Introduction to Adapters", False)],
)
def test_a_title_that_fits_any_paper_is_generic(title: str, expected: bool) -> None:
    """Listed titles in any print, and those without a letter, say nothing about a paper."""
    assert lexicon().is_generic_title(title) is expected


def test_an_unknown_table_names_those_that_exist() -> None:
    """Asking for a table that is not there is an error with the nearest help."""
    with pytest.raises(OntologyError, match=r"no lexicon table 'none'; there are: .*methods.*tasks"):
        lexicon().rows("none")


def test_a_new_table_needs_no_code(tmp_path: Path) -> None:
    """Any TSV of the folder is there under its name, and counts for the version."""
    before = read_lexicon(tmp_path)
    after = read_lexicon(folder_with(tmp_path, words="word\tweight\nfast\t1\n"))

    assert after.rows("words") == ({"word": "fast", "weight": "1"},)
    assert len(after.version) == 12
    assert before.version != after.version


def test_a_short_row_is_named_with_file_and_line(tmp_path: Path) -> None:
    """A row with too few cells says where it stands."""
    folder = folder_with(tmp_path, methods=HEADER + "Adam\t\texact\tusage\nLoRA\tusage\n")

    with pytest.raises(OntologyError, match=r"^methods.tsv:3: 2 cells, not the 4 of name, aliases, case, source$"):
        read_lexicon(folder)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    """A table of entities without a column it needs says which."""
    folder = folder_with(tmp_path, tasks="name\taliases\tsource\nparsing\t\tusage\n")

    with pytest.raises(OntologyError, match=r"^tasks.tsv:2: no column 'case'$"):
        read_lexicon(folder)


def test_two_rows_of_one_name_are_refused(tmp_path: Path) -> None:
    """Methods and models share a family, so a name in both tables is an error."""
    folder = folder_with(tmp_path, methods=HEADER + "LoRA\t\t\tusage\n", models=HEADER + "Lora\t\t\tusage\n")

    with pytest.raises(OntologyError, match=r"^models.tsv:2: 'Lora' of 'Lora' is also a name of 'LoRA'$"):
        read_lexicon(folder)


def test_bytes_that_are_no_text_are_refused() -> None:
    """A table that is not UTF-8 says at which byte."""
    with pytest.raises(OntologyError, match=r"^words.tsv: not UTF-8 at byte 5$"):
        parse_table("words.tsv", b"word\n\xff\n")


def test_sorting_repairs_a_table(tmp_path: Path) -> None:
    """The command sorts without regard to case, drops blank ends, empty lines and repeated rows, and tells what changed."""
    folder = folder_with(tmp_path, words="word\nbeta \nAlpha\n\nalpha\nbeta\n", good="word\na\n")

    changed = sort(folder)

    assert changed == ["words.tsv"]
    assert (folder / "words.tsv").read_text(encoding="utf-8") == "word\nAlpha\nalpha\nbeta\n"
    assert sort(folder) == []


@given(st.lists(st.text(alphabet="aAbB\t |", max_size=5), max_size=6))
def test_sorting_is_idempotent(rows: list[str]) -> None:
    """A sorted table is left as it is."""
    once = sorted_table("\n".join(["name", *rows, ""]))

    assert sorted_table(once) == once


def test_the_command_explains_itself() -> None:
    """Without the word sort the module says how it is called, and fails."""
    done = subprocess.run([sys.executable, "-m", "kg.lexicon"], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (1, "usage: python -m kg.lexicon sort\n")
