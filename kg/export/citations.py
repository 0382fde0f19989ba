"""Papers as entries of a bibliography: BibTeX, and the CSL-JSON of citation processors.

BibTeX: its own documentation (btxdoc), and for arXiv's fields https://info.arxiv.org/help/hypertex/bibstyles; CSL-JSON:
https://docs.citationstyles.org, whose schema is csl-data.json.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import IO, Any

from kg.export.content import Content
from kg.export.selection import Selection, read_part
from kg.model import Edge, EdgeKind, Element, Kind, Node, NodeKind
from kg.rdf.literals import clean
from kg.store import Store

CITED: frozenset[Kind] = frozenset({NodeKind.PAPER, NodeKind.AUTHOR, EdgeKind.WRITTEN_BY})
"""The kinds of nodes and edges of which entries are made."""

_JOURNAL = re.compile(
    r"\b(?:journal|transactions|letters|magazine|review|annals|nature|science)\b|^(?:TACL|TMLR|JMLR)\b", re.I
)
_FIELDS = ("title", "year", "venue", "doi", "arxiv", "url")
_LATEX = {
    **{sign: f"\\{sign}" for sign in "&%$#_"},
    "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
}  # fmt: skip
"""What is no text in LaTeX. Braces get names, for BibTeX counts them even behind a backslash."""
_MARKS = re.compile("[&%$#_\\\\{}~^]")
_NO_KEY = re.compile(r"[^A-Za-z0-9.:/-]")
_NO_ADDRESS = re.compile(r"[\s{}\\]")
_PARTICLE = re.compile(r"((?:[^\W\d_]\S* )*?)((?:[a-zß-ÿ'’]\S* )*)(\S+)")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Entry:
    """A paper with its authors in their order, and what is known of it, as plain text."""

    id: str
    authors: tuple[str, ...]
    known: Mapping[str, str]

    @property
    def kind(self) -> str:
        """Where it appeared: `article` in a journal, `inproceedings` elsewhere, `misc` where that is unknown."""
        venue = self.known.get("venue")
        return "misc" if not venue else "article" if _JOURNAL.search(venue) else "inproceedings"


def papers_behind(elements: Iterable[Element]) -> frozenset[str]:
    """The ids of the papers among elements, and of those that state what they say."""
    found: set[str] = set()
    for element in elements:
        if isinstance(element, Node) and element.kind is NodeKind.PAPER:
            found.add(element.id)
        elif "paper" in element.properties:
            found.add(str(element.properties["paper"]))
    return frozenset(found)


def read_cited(store: Store, papers: Iterable[str]) -> Content:
    """The content of which the entries of papers are made."""
    around = frozenset(papers)
    return Content(read_part(store, Selection(around, kinds=CITED, texts=False)) if around else (), whole=False)


def cited_of(store: Store, selection: Selection) -> Content:
    """The content of which the entries of the papers behind a part of the graph are made, or behind all of it."""
    part = replace(selection, texts=False)
    if part == replace(Selection(), texts=False, depth=part.depth):
        return Content(read_part(store, replace(part, kinds=CITED)), whole=False)
    return read_cited(store, papers_behind(read_part(store, part)))


def entries(elements: Iterable[Element]) -> list[Entry]:
    """An entry for each paper among elements, by id."""
    papers, names = [], {}
    written: defaultdict[str, list[tuple[Any, str]]] = defaultdict(list)
    for element in elements:
        if isinstance(element, Edge):
            if element.kind is EdgeKind.WRITTEN_BY:
                written[element.head].append((element.properties["position"], element.tail))
        elif element.kind is NodeKind.PAPER:
            papers.append((element.id, {k: _plain(str(v)) for k, v in element.properties.items() if k in _FIELDS}))
        elif element.kind is NodeKind.AUTHOR:
            names[element.id] = _plain(str(element.properties.get("name", element.id)))
    return [
        Entry(id, tuple(names[author] for _, author in sorted(written[id]) if author in names), known)
        for id, known in papers
    ]


def _plain(text: str) -> str:
    return _SPACES.sub(" ", clean(text)).strip()


def write_bibtex(content: Content, stream: IO[bytes]) -> int:
    """Writes an entry for each paper, its id for a key; returns how many."""
    found = entries(content.elements)
    stream.write("\n".join(map(_bibtex, found)).encode())
    return len(found)


def _bibtex(entry: Entry) -> str:
    known = entry.known
    fields = {
        "title": f"{{{_latex(known.get('title', ''))}}}",
        "author": " and ".join(map(_author, entry.authors)),
        "year": known.get("year", ""),
        "journal" if entry.kind == "article" else "booktitle": _latex(known.get("venue", "")),
        "doi": _address(known.get("doi", "")),
        "eprint": _address(known.get("arxiv", "")),
        "archiveprefix": "arXiv" if "arxiv" in known else "",
        "url": _address(known.get("url", "")),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{entry.kind}{{{_key(entry.id)},\n{lines}}}\n"


def _key(id: str) -> str:
    """A paper's id as a key, in which some signs end a key.

    >>> _key("paper/arxiv-2106.09685"), _key("paper/doi-10.1002/a(b);c_d")
    ('arxiv-2106.09685', 'doi-10.1002/a_28b_29_3bc_5fd')
    """
    return _NO_KEY.sub(lambda found: f"_{ord(found[0]):02x}", id.removeprefix("paper/"))


def _latex(text: str) -> str:
    """A text in which nothing is a command.

    >>> _latex("100% of {A_1} \\\\ B")
    '100\\\\% of \\\\textbraceleft{}A\\\\_1\\\\textbraceright{} \\\\textbackslash{} B'
    """
    return _MARKS.sub(lambda found: _LATEX[found[0]], text)


def _author(name: str) -> str:
    """A name; one that holds the word between names stands in braces."""
    written = _latex(name)
    return f"{{{written}}}" if _is_whole(name) else written


def _is_whole(name: str) -> bool:
    """Whether a name has no parts: it is of several, or of an organisation."""
    return bool(re.search(r"\band\b", name, re.I)) or name.count(",") > 1


def _address(text: str) -> str:
    """A DOI, eprint or address, which styles print as it stands."""
    return _NO_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", text)


_CSL_TYPES = {"article": "article-journal", "inproceedings": "paper-conference", "misc": "article"}


def write_csl(content: Content, stream: IO[bytes]) -> int:
    """Writes a list with an item for each paper, its id for the item's; returns how many."""
    items = [dict(_csl(entry)) for entry in entries(content.elements)]
    stream.write(json.dumps(items, ensure_ascii=False, indent=1).encode() + b"\n")
    return len(items)


def _csl(entry: Entry) -> Iterator[tuple[str, Any]]:
    known = entry.known
    yield "id", entry.id
    yield "type", _CSL_TYPES[entry.kind]
    yield "title", known.get("title", "")
    if entry.authors:
        yield "author", [_csl_name(name) for name in entry.authors]
    if "year" in known:
        yield "issued", {"date-parts": [[int(known["year"])]]}
    for name, variable in (("venue", "container-title"), ("doi", "DOI"), ("url", "URL")):
        if name in known:
            yield variable, known[name]
    if "arxiv" in known:
        yield "archive", "arXiv"
        yield "number", f"arXiv:{known['arxiv']}"


def _csl_name(name: str) -> dict[str, str]:
    """A name in its parts, as BibTeX takes it apart: the family is the last word, with the small words before it.

    >>> _csl_name("Laurens van der Maaten"), _csl_name("Hu, Edward J."), _csl_name("OpenAI")
    ({'family': 'van der Maaten', 'given': 'Laurens'}, {'family': 'Hu', 'given': 'Edward J.'}, {'literal': 'OpenAI'})
    """
    if name.count(",") == 1 and all(name.split(", ")):
        family, given = name.split(",")
        return {"family": family.strip(), "given": given.strip()}
    found = _PARTICLE.fullmatch(name)
    if not found or not found[1] or _is_whole(name):
        return {"literal": name}
    return {"family": f"{found[2]}{found[3]}", "given": found[1].strip()}
