"""The catalogue: every query is whole, and a broken file is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.errors import NotFoundError, OntologyError
from kg.query import FOLDS, catalogue, get_query
from kg.query.catalogue import read_catalogue
from kg.query.forms import YEAR
from kg.resources import data_folder

HEADER = """// title = "T"
// docs = "D"
// questions = ["what of {thing}?"]
// columns = ["answer_id"]
// order = ["answer_id"]
// [parameters.thing]
// families = ["method"]
// help = "a thing"
// [reasons]
// is = "is {about}"

MATCH (n) RETURN n.id AS answer_id
"""


def test_every_query_has_a_partner_and_nothing_lies_about() -> None:
    """The folder holds pairs of files and nothing else."""
    names = {path.stem for path in data_folder("queries").iterdir()}

    assert {path.name for path in data_folder("queries").iterdir()} == {
        f"{n}{s}" for n in names for s in (".cypher", ".rq")
    }
    assert [query.name for query in catalogue()] == sorted(names)


def test_every_query_is_whole() -> None:
    """Title, docs, several question forms, reasons in tiers, placeholders that are parameters."""
    for query in catalogue():
        assert query.title, query.name
        assert query.docs.endswith("."), query.name
        assert len(query.forms) >= 5, query.name
        assert [reason for tier in query.tiers for reason in tier] == list(query.reasons)
        assert set(query.order) < set(query.columns)
        assert query.shape in FOLDS
        for form in query.forms:
            named = re.findall(r"\{(\w+)\}", form.words)
            slots = [p.binds for name in named for p in query.parameters if p.name == name]
            assert len(set(slots)) == len(slots) == len(set(named) - {YEAR}), form.words
            assert {slot for slot in query.slots if query.needs(slot)} <= set(slots), form.words
            assert all(query.reasons_of(name) for name in form.reason.split(",")) if form.reason else True


def test_a_tier_has_a_heading_and_its_name_means_its_reasons() -> None:
    """Headings belong to tiers in their order; the last stands for all tiers that follow."""
    query = get_query("competitors")

    assert [query.heading(tier) for tier in range(3)] == ["", *["not named together with {about}, but alike"] * 2]
    assert query.reasons_of("named") == ("improves-on", "improved-by", "compared-with")
    assert query.reasons_of("alike") == ("same-rivals", "same-task", "same-data")
    assert query.reasons_of("same-data") == ("same-data",)
    assert query.reasons_of("") == get_query("introduced-by").reasons_of("named") == ()
    assert get_query("introduced-by").heading(0) == ""


def test_both_languages_project_the_columns_of_the_header() -> None:
    """Each column is aliased in Cypher and projected in SPARQL."""
    for query in catalogue():
        assert [c for c in query.columns if c not in query.cypher] == []
        assert [c for c in query.columns if f"?{c}" not in query.sparql] == []
        for slot in query.slots:
            assert re.search(
                rf"VALUES \([^)]*\?{slot}\b[^)]*\?min_confidence \?year\) {{ \$parameters }}", query.sparql
            )
            assert f"${slot}" in query.cypher


def test_the_header_is_no_part_of_the_query() -> None:
    """What is sent to a store begins after the header."""
    assert all("questions =" not in query.cypher for query in catalogue())


def test_an_unknown_query_gets_the_list() -> None:
    """A name that is no query's is answered with all names."""
    with pytest.raises(NotFoundError, match=r"no query 'beats'; there are: .*competitors, "):
        get_query("beats")


def test_a_whole_folder_is_read(tmp_path: Path) -> None:
    """A query with one parameter needs it."""
    (tmp_path / "one.cypher").write_text(HEADER)
    (tmp_path / "one.rq").write_text("SELECT ?answer_id {}")

    [query] = read_catalogue(tmp_path)

    assert (query.name, query.questions, query.parameters[0].required) == ("one", ("what of {thing}?",), True)
    assert query.cypher == "MATCH (n) RETURN n.id AS answer_id\n"


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (HEADER.replace('= "T"', "= T"), "the header is not TOML"),
        (HEADER.replace('// title = "T"\n', ""), "header title: Field required"),
        (HEADER.replace("// docs", "// dox"), "header docs: Field required"),
        (HEADER.replace('["method"]', "[]"), "header parameters.0.families"),
    ],
)
def test_a_broken_header_costs_the_build(tmp_path: Path, header: str, message: str) -> None:
    """A header that is not whole is an error that names the file."""
    (tmp_path / "one.cypher").write_text(header)
    (tmp_path / "one.rq").write_text("")

    with pytest.raises(OntologyError, match=message) as raised:
        read_catalogue(tmp_path)

    assert "one.cypher" in str(raised.value)


def test_a_query_without_its_partner_costs_the_build(tmp_path: Path) -> None:
    """One language alone is an error, and so is an empty folder."""
    with pytest.raises(OntologyError, match="no queries in"):
        read_catalogue(tmp_path)
    (tmp_path / "one.cypher").write_text(HEADER)

    with pytest.raises(OntologyError, match="cannot read both languages of query 'one'"):
        read_catalogue(tmp_path)
