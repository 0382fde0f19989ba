"""The catalogue: query files read once into `Query` values.

`queries/NAME.cypher` begins with comment lines that are TOML: title, docs, questions in words, columns, order, shape,
parameters and the closed list of reasons with their words. `queries/NAME.rq` asks the same in SPARQL. In either, a
comment line `let NAME = TEXT` lets `$NAME` stand for a text that is needed often.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from kg.errors import NotFoundError, OntologyError
from kg.model import Value
from kg.resources import data_folder

_COMMENT = "//"
_LET = re.compile(r"^(?://|#) let (\w+) = (.+)\n", re.MULTILINE)


SLOTS = ("id", "other")
"""What a query may be asked about: one thing, and a second one where it is about two."""


class Parameter(Value):
    """An entity that a query is asked about: any name, alias or id of one of the families.

    `binds` is the slot that it fills; parameters of one slot are alternatives. A slot is left empty only if none of its
    parameters is required.
    """

    name: str
    families: tuple[str, ...] = Field(min_length=1)
    binds: Literal["id", "other"] = "id"
    required: bool = True
    help: str


class Form(Value):
    """A question in words, with `{parameter}` where the name stands; `reason` where it asks for some reasons only."""

    words: str
    reason: str | None = None


class Query(Value):
    """One question of the catalogue in both languages.

    A query is about at most two things, bound to `$id` and `$other`. `shape` names the function of `kg.query.folds` that
    makes answers of rows. `reasons` are the words for each reason, with `{about}` and `{other}`; `tiers` says which
    come first, `headings` what is said above each tier's answers, by the tier's name (the last one's stands for those
    that follow too), `unnamed` how to call a paper's contribution without a name, with `{title}`. `details` are shown
    beside each answer: columns, or what the shape makes of them; `quoted` answers are never shown without their sentences.
    """

    name: str
    title: str
    docs: str
    forms: tuple[Form, ...] = Field(min_length=1)
    parameters: tuple[Parameter, ...] = Field(min_length=1)
    columns: tuple[str, ...]
    order: tuple[str, ...]
    shape: str = "reasons"
    details: tuple[str, ...] = ()
    quoted: bool = False
    unnamed: str = "{title}"
    headings: Mapping[str, str] = {}
    tiers: tuple[tuple[str, ...], ...]
    reasons: Mapping[str, str]
    cypher: str
    sparql: str

    @property
    def questions(self) -> tuple[str, ...]:
        """The question forms as a person reads them."""
        return tuple(form.words for form in self.forms)

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots that the query has."""
        return tuple(slot for slot in SLOTS if any(p.binds == slot for p in self.parameters))

    def heading(self, tier: int) -> str:
        """What is said above the answers of a tier; nothing where there are no headings."""
        return self._heading(tier)[1]

    def reasons_of(self, name: str) -> tuple[str, ...]:
        """The reasons that a name stands for: a reason's own, or that of a tier; none for another."""
        if name in self.reasons:
            return (name,)
        tiers = [tier for at, tier in enumerate(self.tiers) if name in self.headings and self._heading(at)[0] == name]
        return tuple(reason for tier in tiers for reason in tier)

    def _heading(self, tier: int) -> tuple[str, str]:
        known = list(self.headings.items()) or [("", "")]
        return known[min(tier, len(known) - 1)]

    def needs(self, slot: str) -> bool:
        """Whether a slot must be filled."""
        return any(p.required for p in self.parameters if p.binds == slot)


@cache
def catalogue() -> tuple[Query, ...]:
    """All queries, by name; raises OntologyError for a broken file."""
    return read_catalogue(data_folder("queries"))


def read_catalogue(folder: Path) -> tuple[Query, ...]:
    """The queries of a folder, by name; raises OntologyError for a broken file or one without its partner."""
    names = sorted({path.stem for path in folder.glob("*.cypher")} | {path.stem for path in folder.glob("*.rq")})
    if not names:
        raise OntologyError(f"no queries in {folder}: install paperkg again")
    return tuple(_read(folder, name) for name in names)


def get_query(name: str) -> Query:
    """The query of a name; raises NotFoundError that lists all."""
    for query in catalogue():
        if query.name == name:
            return query
    raise NotFoundError(f"no query {name!r}; there are: {', '.join(query.name for query in catalogue())}")


def _read(folder: Path, name: str) -> Query:
    cypher, sparql = folder / f"{name}.cypher", folder / f"{name}.rq"
    try:
        head, body = _split(cypher.read_text(encoding="utf-8"))
        return _query(name, tomllib.loads(head), _expanded(body), _expanded(sparql.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"cannot read both languages of query {name!r}: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise OntologyError(f"{cypher}: the header is not TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise OntologyError(f"{cypher}: header {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def _split(text: str) -> tuple[str, str]:
    """The header without its comment signs, and the query: the header ends at the first line that is no comment."""
    lines = text.splitlines(keepends=True)
    size = next((at for at, line in enumerate(lines) if not line.startswith(_COMMENT)), len(lines))
    head = [line.removeprefix(_COMMENT).removeprefix(" ") for line in lines[:size]]
    return "".join(head), "".join(lines[size:]).lstrip("\n")


def _expanded(text: str) -> str:
    """A query in which nothing is abbreviated any more; a later `let` may use an earlier one."""
    lets = _LET.findall(text)
    text = _LET.sub("", text)
    for name, meaning in reversed(lets):
        text = re.sub(rf"\${name}\b", meaning.replace("\\", r"\\"), text)
    return text


def _query(name: str, head: Mapping[str, Any], cypher: str, sparql: str) -> Query:
    given = dict(head)
    parameters = given.pop("parameters", {})
    forms = [form if isinstance(form, dict) else {"words": form} for form in given.pop("questions", ())]
    return Query.model_validate({
        "tiers": [list(head.get("reasons", {}))], **given, "name": name, "forms": forms, "cypher": cypher, "sparql": sparql,
        "parameters": [{"name": key, **own} for key, own in parameters.items()],
    })  # fmt: skip
