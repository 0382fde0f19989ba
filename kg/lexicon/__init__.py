"""Curated names: what is known of methods, models, datasets, devices, tasks and metrics before any paper is read.

Every fact lies in a TSV file of this folder; a new file needs no code. The six tables of entities share the columns
name, aliases ("|" between them), case, source; an alias means the same thing as its name in every paper, which is
why acronyms with several meanings stand in `ambiguous.tsv` and in no entity's row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import OntologyError
from kg.model import EntityKind
from kg.names import family, normal_form, title_form

FOLDER = Path(__file__).parent
ENTITY_TABLES = {
    "methods": EntityKind.METHOD,
    "models": EntityKind.MODEL,
    "datasets": EntityKind.DATASET,
    "hardware": EntityKind.HARDWARE,
    "tasks": EntityKind.TASK,
    "metrics": EntityKind.METRIC,
}
_SHORT = 6

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing with its names; `direction` and `unit` belong to metrics, `maker` to hardware.

    `exact`: the names mean this thing only as they are written here (Lion, SAM 2, Gemini).
    `source` is where the thing is introduced (URL, DOI, arXiv id), or "usage": papers call it so.
    """

    kind: EntityKind
    name: str
    aliases: tuple[str, ...]
    exact: bool
    direction: str | None = None
    unit: str | None = None
    maker: str | None = None
    source: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)

    def is_exact(self, form: str) -> bool:
        """Whether a text names this thing by `form` only with these very capitals: exact rows and short acronyms."""
        return self.exact or (len(form) <= _SHORT and form[1:] != form[1:].lower())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables; `version` is 12 hex digits that change with any of them."""

    entries: tuple[Entry, ...]
    version: str
    contents: Mapping[str, bytes]
    by_form: Mapping[tuple[str, str], Entry]
    ambiguous: frozenset[str]
    generic_titles: frozenset[str]

    def find(self, name: str, family: str) -> Entry | None:
        """The entry of a family that has this name or alias in any spelling of equal normal form."""
        return self.by_form.get((family, normal_form(name, family)))

    def is_ambiguous(self, normal: str) -> bool:
        """Whether this normal form, of family method, is an acronym that means different things across papers."""
        return normal in self.ambiguous

    def is_generic_title(self, title: str) -> bool:
        """Whether a title says nothing about which paper it is; an empty one does not."""
        return title_form(title) in self.generic_titles

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a file, by its name without suffix.

        Raises OntologyError for a table that is not there, or broken.
        """
        if table not in self.contents:
            raise OntologyError(f"no lexicon table {table!r}; there are: {', '.join(sorted(self.contents))}")
        return parse_table(f"{table}.tsv", self.contents[table])


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Reads the lexicon that ships with the package, once."""
    return read_lexicon(FOLDER)


def read_lexicon(folder: Path) -> Lexicon:
    """Reads all TSV files of a folder; those that are no entities' are parsed when their rows are asked for.

    Raises OntologyError with file and line for a broken table, and for a name that two rows claim.
    """
    contents = {path.stem: path.read_bytes() for path in sorted(folder.glob("*.tsv"))}

    def rows(stem: str) -> tuple[Row, ...]:
        return parse_table(f"{stem}.tsv", contents.get(stem, b""))

    entries = [
        (f"{stem}.tsv:{line}", _entry(kind, row, f"{stem}.tsv:{line}"))
        for stem, kind in ENTITY_TABLES.items()
        for line, row in enumerate(rows(stem), start=2)
    ]
    return Lexicon(
        entries=tuple(entry for _, entry in entries),
        version=_version(contents),
        contents=contents,
        by_form=_index(entries),
        ambiguous=frozenset(normal_form(row["acronym"], "method") for row in rows("ambiguous")),
        generic_titles=frozenset(title_form(row["title"]) for row in rows("generic_titles")) | {""},
    )


@lru_cache(maxsize=256)
def parse_table(file: str, content: bytes) -> tuple[Row, ...]:
    """The rows of a TSV file as mappings from column to cell.

    Raises OntologyError with file and line where a row has more or fewer cells than the header.
    """
    try:
        lines = content.decode("utf-8").removesuffix("\n").split("\n")
    except UnicodeDecodeError as error:
        raise OntologyError(f"{file}: not UTF-8 at byte {error.start}") from error
    header, *rows = [line.split("\t") for line in lines]
    for number, cells in enumerate(rows, start=2):
        if len(cells) != len(header) or not cells[0]:
            raise OntologyError(f"{file}:{number}: {len(cells)} cells, not the {len(header)} of {', '.join(header)}")
    return tuple(dict(zip(header, cells, strict=True)) for cells in rows)


def sorted_table(content: str) -> str:
    """The same table with its rows in order: first cell without case, then code points; no blank ends or lines."""
    header, *rows = [line.rstrip(" \r") for line in content.split("\n")]
    kept = sorted({row for row in rows if row}, key=lambda row: (row.split("\t")[0].casefold(), row))
    return "\n".join([header, *kept, ""])


def _version(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for stem, content in sorted(contents.items()):
        digest.update(b"\0".join([stem.encode(), content, b""]))
    return digest.hexdigest()[:12]


def _entry(kind: EntityKind, row: Row, place: str) -> Entry:
    try:
        return Entry(
            kind=kind,
            name=row["name"],
            aliases=tuple(row["aliases"].split("|")) if row["aliases"] else (),
            exact=row["case"] == "exact",
            direction=row.get("direction") or None,
            unit=row.get("unit") or None,
            maker=row.get("maker") or None,
            source=row["source"],
        )
    except KeyError as missing:
        raise OntologyError(f"{place}: no column {missing}") from missing


def _index(entries: Iterable[tuple[str, Entry]]) -> dict[tuple[str, str], Entry]:
    index: dict[tuple[str, str], Entry] = {}
    for place, entry in entries:
        of = family(entry.kind)
        for form in entry.forms:
            other = index.setdefault((of, normal_form(form, of)), entry)
            if other is not entry:
                raise OntologyError(f"{place}: {form!r} of {entry.name!r} is also a name of {other.name!r}")
    return index
