"""`kg ask` and `kg queries`: questions of the catalogue, in words or by name, and their answers with reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import Words, joined, json_option, no_store_option, opened, store_option
from kg.cli.output import counted, on_terminal, print_json, print_lines, print_rows, say

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from kg.query import Answer, Paper, Query, Result

_COLUMNS = ("name", "id", "kind", "score", "papers", "line")
_EVIDENCE_COLUMNS = (
    "name", "id", "kind", "score", "reason", "paper", "title", "year", "confidence", "sentence", "statement", "by",
)  # fmt: skip
_QUERY_COLUMNS = ("name", "title", "parameters", "questions")


def _names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """The queries whose name begins so, for a shell that completes."""
    from click.shell_completion import CompletionItem

    from kg.query import catalogue

    return [CompletionItem(q.name, help=q.title) for q in catalogue() if q.name.startswith(incomplete)]


class Question(click.Command):
    """A command with an option for each parameter that a query of the catalogue has."""

    def get_params(self, context: click.Context) -> list[click.Parameter]:
        """The catalogue's parameters, then the command's own; a name that the command uses itself stays its own."""
        own = super().get_params(context)
        taken = {parameter.name for parameter in own}
        return [*(option for option in parameter_options() if option.name not in taken), *own]


def parameter_options() -> list[click.Option]:
    """An option for each name of a parameter in the catalogue; its help says which queries take it."""
    from kg.query import catalogue

    uses: dict[str, dict[str, list[str]]] = {}
    for query in catalogue():
        for parameter in query.parameters:
            uses.setdefault(parameter.name, {}).setdefault(parameter.help, []).append(query.name)
    return [
        click.Option(
            [f"--{name.replace('_', '-')}", name],
            type=Words(),
            metavar="NAME",
            help="; ".join(f"{', '.join(queries)}: {text}" for text, queries in helps.items()),
        )
        for name, helps in uses.items()
    ]


@click.command(cls=Question)
@click.argument("words", nargs=-1, required=True, type=Words(), shell_complete=_names, metavar="QUESTION|QUERY")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Count only what is at least so sure.")
@click.option("--year", type=int, help="Count only papers of this year.")
@click.option("--limit", type=click.IntRange(1), help="Print this many answers at most.")
@click.option("--evidence", is_flag=True, help="Print the sentences that say so.")
@json_option
@store_option
def ask(
    words: tuple[str, ...],
    min_confidence: float,
    year: int | None,
    limit: int | None,
    evidence: bool,
    as_json: bool,
    address: str,
    **parameters: str | None,
) -> None:
    """Answer a question, with reasons.

    Ask in words: kg ask "Which methods compete with LoRA?" Or name the query and what it is about: kg ask competitors
    --method LoRA. `kg queries` lists what can be asked.
    """
    from kg import query

    given = {name: value for name, value in parameters.items() if value is not None}
    with opened(address) as store:
        result = query.ask(store, joined(words), given, min_confidence=min_confidence, year=year, limit=limit)
    _print(result, evidence=evidence, as_json=as_json)


def _print(result: Result, *, evidence: bool, as_json: bool) -> None:
    if as_json:
        print_json([_object(answer) for answer in result.answers])
    elif on_terminal():
        print_lines(line for number, a in enumerate(result.answers, 1) for line in _prose(number, a, evidence))
    elif evidence:
        print_rows(_EVIDENCE_COLUMNS, [row for answer in result.answers for row in _evidence_rows(answer)])
    else:
        print_rows(_COLUMNS, [(a.name, a.id, a.kind, a.score, _papers(a), a.line) for a in result.answers])


def _papers(answer: Answer) -> int:
    return len({paper.paper_id for reason in answer.reasons for paper in reason.papers})


def _evidence_rows(answer: Answer) -> Iterator[tuple[Any, ...]]:
    for reason in answer.reasons:
        for p in reason.papers:
            yield (
                answer.name, answer.id, answer.kind, answer.score, reason.text,
                p.paper_id, p.title, p.year, p.confidence, p.sentence, p.statement, p.by,
            )  # fmt: skip


def _object(answer: Answer) -> dict[str, Any]:
    """An answer for programs: always with its evidence, under the names of the columns."""
    return {
        "name": answer.name,
        "id": answer.id,
        "kind": answer.kind,
        "score": answer.score,
        "line": answer.line,
        "reasons": [{"reason": r.text, "papers": [_paper_object(p) for p in r.papers]} for r in answer.reasons],
    }


def _paper_object(p: Paper) -> dict[str, Any]:
    return {
        "paper": p.paper_id,
        "title": p.title,
        "year": p.year,
        "confidence": p.confidence,
        "sentence": p.sentence,
        "statement": p.statement,
        "by": p.by,
    }


def _prose(number: int, answer: Answer, evidence: bool) -> Iterator[tuple[int, str, str]]:
    """An answer as a paragraph for a person."""
    yield 0, "bold", f"{number}. {answer.name}"
    yield 3, "", answer.line


@click.command()
@json_option
@no_store_option
def queries(as_json: bool) -> None:
    """List what can be asked, and in which words."""
    from kg.query import catalogue

    if on_terminal() and not as_json:
        print_lines(line for query in catalogue() for line in _query_prose(query))
    else:
        rows = [(q.name, q.title, [p.name for p in q.parameters], q.questions) for q in catalogue()]
        print_rows(_QUERY_COLUMNS, rows, as_json=as_json)


def _query_prose(query: Query) -> Iterator[tuple[int, str, str]]:
    """A query as a paragraph for a person: its name, what it says, and how it may be asked."""
    yield 0, "bold", query.name
    yield 2, "", query.title
    yield 2, "dim", f"kg ask {query.name} {' | '.join(f'--{p.name} NAME' for p in query.parameters)}"
    for question in query.questions:
        yield 4, "", question
