"""`--html FILE` of `kg ask` and `kg show`: what was found as a page for a browser, in one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kg.query import Result
    from kg.query.describe import Description
    from kg.store import Store


@dataclass(frozen=True)
class Page:
    """A page that is asked for: its file, None for stdout, and whether it shows the texts around the sentences."""

    path: Path | None
    texts: bool


def page_option(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command `--html` and `--no-text`, together as the argument `page`, which is None without `--html`."""

    @wraps(command)
    def run(*, html: str | None, no_text: bool, **arguments: Any) -> None:
        if html and arguments.get("as_json"):
            raise click.UsageError("--html writes a page, --json prints JSON: give one of them")
        if no_text and not html:
            raise click.UsageError("--no-text goes with --html")
        page = Page(None if html == "-" else Path(html), texts=not no_text) if html else None
        command(page=page, **arguments)

    html = click.option(
        "--html",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="Write a page for a browser, in one file, and print nothing; - is stdout.",
    )
    no_text = click.option("--no-text", is_flag=True, help="Leave nothing but the sentences of a text on the page.")
    return html(no_text(run))


def write_answers(store: Store, result: Result, words: str, page: Page) -> None:
    """Writes the page of a question's answers."""
    from kg.query.places import read_backing
    from kg.web import answers_page, sources_of

    said = [(source.paper_id, source.statement) for answer in result.answers for source in sources_of(answer)]
    _write(page, answers_page(result, words, read_backing(store, said), texts=page.texts))


def write_thing(store: Store, found: Description, page: Page, *, limit: int | None) -> None:
    """Writes the page of a thing, with so many edges of each kind."""
    from kg.query.places import read_backing, read_mentions
    from kg.web import SHOWN, shown, statements, thing_page

    most = limit or SHOWN
    backing = read_backing(store, statements(shown(found, most)))
    mentioned = read_mentions(store, backing.texts.values()) if found.kind == "Paper" and page.texts else ()
    _write(page, thing_page(found, backing, mentioned, limit=most, texts=page.texts))


def _write(page: Page, html: str) -> None:
    """Writes a page whole or not at all."""
    from kg.export.files import write_whole

    write_whole(page.path, lambda stream: stream.write(html.encode()))
