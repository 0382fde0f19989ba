"""Papers as entries of a bibliography."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator

import pytest

from kg.export import Content, Selection
from kg.export.citations import cited_of, read_cited, write_bibtex, write_csl
from kg.model import Edge, EdgeKind, Element, Node, NodeKind
from kg.store import Store

ODD = (
    "Braces {that do not match: }} {",
    "100% & more_than $5 #1 ~ ^ \\textbf{x} \\",
    "Quotes \"of\" all 'kinds' and @article{x,",
    "🦙 ガ ε-greedy é",
    "Lines\nand\ttabs",
    "",
)
AUTHORS = ("Ada Byte", "Ludwig van der Bo", "Sand and Sons", "Node, Bo", "Öz Ünal", "王伟", "A, B, and C")
_UNESCAPED = {"\\textbackslash{}": "\\", "\\textbraceleft{}": "{", "\\textbraceright{}": "}",
              "\\textasciitilde{}": "~", "\\textasciicircum{}": "^"}  # fmt: skip


def _graph(title: str = "A title") -> tuple[Element, ...]:
    paper = "paper/doi-10.1002/a(b);c_d"
    authors = tuple(Node(NodeKind.AUTHOR, f"author/{at}", {"name": name}) for at, name in enumerate(AUTHORS))
    known = {
        "title": title,
        "venue": "Proceedings of R&D",
        "doi": "10.1002/a(b);c_d{e}",
        "arxiv": "2401.00001",
        "year": 2024,
    }
    written = tuple(
        Edge(EdgeKind.WRITTEN_BY, paper, author.id, {"position": len(AUTHORS) - at})
        for at, author in enumerate(authors)
    )
    return (*authors, Node(NodeKind.PAPER, paper, known), *written)


def _bibtex(elements: tuple[Element, ...]) -> str:
    stream = io.BytesIO()
    write_bibtex(Content(elements), stream)
    return stream.getvalue().decode()


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """The fields of the one entry of a file, as BibTeX finds them: it counts braces, whatever stands before them."""
    at, depth = text.index("\n") + 1, 0
    while text[at] != "}":
        name, start = text[at:].split("=", 1)[0].strip(), text.index("{", at)
        at, depth = start, 0
        while True:
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            at += 1
            if depth == 0:
                break
        yield name, text[start + 1 : at - 1]
        assert text[at : at + 2] == ",\n"
        at += 2
    assert text[at:] == "}\n"


def _plain(latex: str) -> str:
    """The text that LaTeX prints."""
    return re.sub(r"\\text[a-z]+\{\}|\\([&%$#_])", lambda found: found[1] or _UNESCAPED[found[0]], latex)


@pytest.mark.parametrize("title", ODD)
def test_bibtex_says_the_title_whatever_it_holds(title: str) -> None:
    """Every field ends where it should, and LaTeX prints the title, in its own capitals, on one line."""
    fields = dict(_fields(_bibtex(_graph(title))))

    assert _plain(fields["title"][1:-1]) == " ".join(title.split())
    assert not re.search(r"(?<!\\)[&%$#_~^]", fields["title"])


def test_bibtex_knows_all_that_the_graph_knows() -> None:
    """Key, kind, authors in their order, year, place and addresses, none of which can end its field."""
    text = _bibtex(_graph())

    assert text.splitlines()[0] == "@inproceedings{doi-10.1002/a_28b_29_3bc_5fd,"
    assert dict(_fields(text)) == {
        "title": "{A title}",
        "author": "{A, B, and C} and 王伟 and Öz Ünal and Node, Bo and {Sand and Sons} and Ludwig van der Bo and Ada Byte",
        "year": "2024",
        "booktitle": "Proceedings of R\\&D",
        "doi": "10.1002/a(b);c_d%7Be%7D",
        "eprint": "2401.00001",
        "archiveprefix": "arXiv",
    }


def test_csl_json_is_what_citation_processors_take() -> None:
    """Each item has an id and a type, a date as lists of numbers, and names in their parts."""
    stream = io.BytesIO()
    write_csl(Content(_graph(ODD[1])), stream)

    assert json.loads(stream.getvalue()) == [
        {
            "id": "paper/doi-10.1002/a(b);c_d",
            "type": "paper-conference",
            "title": ODD[1],
            "author": [
                {"literal": "A, B, and C"},
                {"literal": "王伟"},
                {"family": "Ünal", "given": "Öz"},
                {"family": "Node", "given": "Bo"},
                {"literal": "Sand and Sons"},
                {"family": "van der Bo", "given": "Ludwig"},
                {"family": "Byte", "given": "Ada"},
            ],
            "issued": {"date-parts": [[2024]]},
            "container-title": "Proceedings of R&D",
            "DOI": "10.1002/a(b);c_d{e}",
            "archive": "arXiv",
            "number": "arXiv:2401.00001",
        }
    ]


@pytest.mark.parametrize(
    ("venue", "kind", "type"),
    [
        (None, "misc", "article"),
        ("ACL 2024", "inproceedings", "paper-conference"),
        ("Journal of Machine Learning Research", "article", "article-journal"),
        ("TACL", "article", "article-journal"),
    ],
)
def test_where_a_paper_appeared_decides_its_kind(venue: str | None, kind: str, type: str) -> None:
    """A preprint, a paper of a conference, or one of a journal."""
    paper = Node(NodeKind.PAPER, "paper/acl-P19-1001", {"title": "T"} | ({"venue": venue} if venue else {}))
    stream = io.BytesIO()

    write_csl(Content([paper]), stream)

    assert _bibtex((paper,)).startswith(f"@{kind}{{acl-P19-1001,\n")
    assert [item["type"] for item in json.loads(stream.getvalue())] == [type]


def test_papers_come_with_their_authors(store: Store, small_elements: tuple[Element, ...]) -> None:
    """Around a thing these are the papers that speak of it; of a whole graph all; of no papers nothing."""
    store.restore(small_elements)
    small, cited = "paper/arxiv-2401.00001", "paper/arxiv-2106.09685"

    near, every = cited_of(store, Selection(frozenset({"method/lora"}))), cited_of(store, Selection())
    stating = cited_of(store, Selection(kinds=frozenset({EdgeKind.RUNS_ON})))

    assert _ids(near) == _ids(stating) == [small, "author/ada-example"][::-1]
    assert _ids(every) == ["author/ada-example", cited, small]
    assert list(read_cited(store, []).elements) == []


def _ids(content: Content) -> list[str]:
    return [element.id for element in content.elements if isinstance(element, Node)]
