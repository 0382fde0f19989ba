"""The laws of the TSV files of the lexicon."""

from pathlib import Path

import pytest

import kg.lexicon
from kg.lexicon import ENTITY_TABLES, FOLDER, Row, lexicon, parse_table, sorted_table
from kg.model import EntityKind
from kg.names import family, normal_form, title_form

FILES = sorted(FOLDER.glob("*.tsv"))
COLUMNS = ("name", "aliases", "case", "source")


def rows(table: str) -> tuple[Row, ...]:
    return lexicon().rows(table)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_rows_stand_in_order(path: Path) -> None:
    """Each table is sorted by its first column, without blank ends, without repeated rows."""
    content = path.read_text(encoding="utf-8")

    assert content == sorted_table(content), "run: python -m kg.lexicon sort"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_rows_have_the_cells_of_the_header(path: Path) -> None:
    """Each table is UTF-8 and no row is longer or shorter than its header."""
    table = parse_table(path.name, path.read_bytes())

    assert table


@pytest.mark.parametrize(("stem", "kind"), ENTITY_TABLES.items())
def test_entity_rows_are_whole(stem: str, kind: EntityKind) -> None:
    """A row has name, known case, source, and aliases that are neither empty nor repeated nor the name."""
    wrong = []
    for row in rows(stem):
        forms = [row["name"], *(row["aliases"].split("|") if row["aliases"] else [])]
        good = all(form == form.strip() and form for form in forms) and len(set(forms)) == len(forms)
        if not (good and row["case"] in ("", "exact") and row["source"]):
            wrong.append(row["name"])

    assert set(COLUMNS) <= set(rows(stem)[0])
    assert wrong == []
    assert kind in {entry.kind for entry in lexicon().entries}


def test_a_source_is_an_identifier_or_says_usage() -> None:
    """A source is an arXiv id, a DOI, a URL or the word usage, so that nobody takes a guess for a reference."""
    starts = ("arXiv:", "https://", "http://", "10.")

    wrong = [
        entry.name for entry in lexicon().entries if entry.source != "usage" and not entry.source.startswith(starts)
    ]

    assert wrong == []


def test_a_name_belongs_to_one_row() -> None:
    """No family has two rows with one normal form, be it of a name or an alias: reading the tables would refuse it."""
    owners: dict[tuple[str, str], set[str]] = {}
    for entry in lexicon().entries:
        for form in entry.forms:
            of = family(entry.kind)
            owners.setdefault((of, normal_form(form, of)), set()).add(entry.name)

    assert {form: names for form, names in owners.items() if len(names) > 1} == {}


def test_an_ambiguous_acronym_names_no_method_or_model() -> None:
    """An acronym of several meanings joins nothing across papers, so no row of the family claims it."""
    claimed = {row["acronym"] for row in rows("ambiguous") if lexicon().find(row["acronym"], "method")}

    assert claimed == set()


def test_an_ambiguous_acronym_has_several_meanings() -> None:
    """Each ambiguous acronym lists two meanings at least, all different."""
    wrong = [row["acronym"] for row in rows("ambiguous") if len(set(row["meanings"].split("|"))) < 2]

    assert wrong == []


def test_metrics_say_which_way_is_better() -> None:
    """The direction of a metric is higher, lower or none."""
    wrong = [row["name"] for row in rows("metrics") if row["direction"] not in ("higher", "lower", "none")]

    assert wrong == []


def test_generic_terms_are_no_entities() -> None:
    """A class that the guidelines exclude is not also a method or a model of the lexicon."""
    both = [row["term"] for row in rows("generic_terms") if lexicon().find(row["term"], "method")]

    assert both == []


def test_literal_comparators_name_one_thing() -> None:
    """A phrase stands for one literal comparator only."""
    forms = [form for row in rows("literal_comparators") for form in (row["comparator"], *row["variants"].split("|"))]

    assert sorted(form for form in forms if forms.count(form) > 1) == []


def test_generic_titles_differ() -> None:
    """No two generic titles have one form."""
    forms = [title_form(row["title"]) for row in rows("generic_titles")]

    assert sorted(form for form in forms if forms.count(form) > 1) == []


def test_the_lexicon_is_large_enough_to_be_of_use() -> None:
    """All six tables are filled."""
    counts = {stem: len(rows(stem)) for stem in ENTITY_TABLES}

    assert all(count >= 200 for count in counts.values()), counts
    assert Path(kg.lexicon.__file__).parent == FOLDER
