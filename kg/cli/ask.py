"""`kg ask` and `kg queries`: questions of the catalogue, in words or by name, and their answers with reasons."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from kg.cli.names import say_others
from kg.cli.options import Words, joined, json_option, no_store_option, opened, store_option
from kg.cli.output import Prose, on_terminal, print_json, print_lines, print_rows, quotes, say
from kg.cli.pages import Page, page_option, write_answers

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from kg.query import Answer, Query, Result
    from kg.store import Store

_COLUMNS = ("name", "id", "kind", "score", "direct", "line")
_EVIDENCE_COLUMNS = ("name", "id", "kind", "score", "direct", "reason", "text",
                     "paper_id", "title", "year", "sentence", "confidence", "statement", "by")  # fmt: skip
_REASON = "reason"
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
    """An option for each name by which a query takes a parameter; its help says which queries do."""
    from kg.query import catalogue, parameter_names

    helps: dict[str, list[str]] = {name: [] for name in parameter_names()}
    for query in catalogue():
        for parameter in query.parameters:
            helps[parameter.name].append(f"{query.name}: {parameter.help}")
    reasons = sorted({reason for query in catalogue() for reason in (*query.headings, *query.reasons)})
    return [
        click.Option(
            [f"--{name.replace('_', '-')}", name],
            type=Words(),
            metavar="REASON" if name == _REASON else "NAME",
            help=f"One of these, or several with commas: {', '.join(reasons)}."
            if name == _REASON
            else f"{'; '.join(texts) or f'what is asked about, if it is a {name}'}.",
        )
        for name, texts in helps.items()
    ]


@click.command(cls=Question)
@click.argument("words", nargs=-1, required=True, type=Words(), shell_complete=_names, metavar="QUESTION|QUERY")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Count only what is at least so sure.")
@click.option("--year", type=click.IntRange(0, 9999), help="Count only papers of this year.")
@click.option("--limit", type=click.IntRange(1), help="Print this many answers at most.")
@click.option("--evidence", is_flag=True, help="Print the sentences that say so.")
@click.option("--cite", type=click.Choice(["bibtex", "csl-json"]), help="Print the papers behind the answers for a bibliography.")  # fmt: skip
@page_option
@json_option
@store_option
def ask(
    words: tuple[str, ...],
    min_confidence: float,
    year: int | None,
    limit: int | None,
    evidence: bool,
    page: Page | None,
    as_json: bool,
    address: str,
    **parameters: str | None,
) -> None:
    """Answer a question, with reasons.

    Ask in words: kg ask "Which methods compete with LoRA?" Or name the query and what it is about: kg ask competitors
    --method LoRA. `kg queries` lists what can be asked.
    """
    from kg import query

    cite = parameters.pop("cite")
    if cite and (page or as_json):
        raise click.UsageError("--cite prints a bibliography, --html a page, --json JSON: give one of them")
    given = {name: value for name, value in parameters.items() if value is not None}
    question = joined(words)
    with opened(address) as store:
        result = query.ask(store, question, parameters=given, min_confidence=min_confidence, year=year, limit=limit)
        if page:
            write_answers(store, result, question, page)
        if cite:
            _cite(store, result, cite)
    if result.guessed:
        say(f"read as: {result.guessed}")
    for thing in result.things.values():
        say_others(thing.match, thing.others)
    if not result.answers:
        say("no answers: nothing was found in the texts of the graph")
    if not page and not cite:
        _print(result, evidence=evidence or result.query.quoted, as_json=as_json)


def _cite(store: Store, result: Result, format: str) -> None:
    """Prints the papers among the answers, and those that give reasons for them, for a bibliography."""
    from kg.export import read_cited, write_file

    papers = {source.paper_id for answer in result.answers for reason in answer.reasons for source in reason.papers}
    papers |= {answer.id for answer in result.answers if answer.id.startswith("paper/")}
    write_file(None, format, read_cited(store, papers))


def _print(result: Result, *, evidence: bool, as_json: bool) -> None:
    if as_json:
        print_json([answer.to_json() for answer in result.answers])
    elif on_terminal():
        print_lines(_page(result, evidence))
    elif evidence:
        columns = (*_EVIDENCE_COLUMNS, *result.query.details)
        print_rows(columns, [row for answer in result.answers for row in _evidence(answer)])
    else:
        columns = (*_COLUMNS, *result.query.details)
        print_rows(
            columns, [(a.name, a.id, a.kind, a.score, a.direct, a.line, *a.details.values()) for a in result.answers]
        )


def _evidence(answer: Answer) -> Iterator[tuple[Any, ...]]:
    """An answer as a row for each reason and sentence."""
    a = answer
    for r in a.reasons:
        for s in r.papers:
            said = (s.paper_id, s.title, s.year, s.sentence, s.confidence, s.statement, s.by)
            yield a.name, a.id, a.kind, a.score, a.direct, r.kind, r.text, *said, *a.details.values()


def _page(result: Result, evidence: bool) -> Iterator[Prose]:
    """All answers for a person, numbered anew under each heading."""
    for heading, answers in groupby(result.answers, key=lambda answer: answer.heading):
        if heading:
            yield 0, "dim", f"{heading}:"
        for number, answer in enumerate(answers, start=1):
            yield from _prose(number, answer, evidence)


def _prose(number: int, answer: Answer, evidence: bool) -> Iterator[Prose]:
    """An answer as a paragraph for a person; the sentences only if they were asked for."""
    margin = len(f"{number}. ")
    yield 0, "bold", f"{number}. {answer.name}"
    yield margin, "", answer.line
    for reason in answer.reasons if evidence else ():
        if len(answer.reasons) > 1:
            yield margin, "underline", reason.text
        yield from quotes(reason.papers, margin + 2)


@click.command()
@json_option
@no_store_option
def queries(as_json: bool) -> None:
    """List what can be asked, and in which words.

    Where a question says {method} or the like, any name, alias or id may stand.
    """
    from kg.query import catalogue

    if on_terminal() and not as_json:
        print_lines(line for query in catalogue() for line in _query_prose(query))
    else:
        rows = [(q.name, q.title, [p.name for p in q.parameters], q.questions) for q in catalogue()]
        print_rows(_QUERY_COLUMNS, rows, as_json=as_json)


def _options(query: Query, slot: str) -> str:
    """The options that fill a slot, one of which may be given, in brackets where none must."""
    options = " | ".join(f"--{p.name} NAME" for p in query.parameters if p.binds == slot)
    return options if query.needs(slot) else f"[{options}]"


def _query_prose(query: Query) -> Iterator[Prose]:
    """A query as a paragraph for a person: its name, what it says, and how it may be asked."""
    yield 0, "bold", query.name
    yield 2, "", query.title
    yield 2, "dim", " ".join(["kg ask", query.name, *(_options(query, slot) for slot in query.slots)])
    for question in query.questions:
        yield 4, "", question
