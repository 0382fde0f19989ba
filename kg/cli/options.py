"""What the commands have in common: where the store is, how words come in, who is asking."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import NotFoundError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from kg.store import Store

Function = TypeVar("Function", bound=Callable[..., Any])
STORE_HELP = "A file, or a server (bolt://…, neo4j://…). Default: KG_STORE, then a file in your data folder."
_SURROGATE = re.compile("[\ud800-\udfff]")


class Words(click.types.StringParamType):
    """Words of a person's own: text, in which bytes that were no UTF-8 have become U+FFFD."""

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> str:
        """The words, so that every store and every stream can take them."""
        return _SURROGATE.sub("\ufffd", str(value))


class Blank(Words):
    """Words that must say something."""

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> str:
        """The words without spaces around them."""
        words = super().convert(value, parameter, context).strip()
        if not words:
            self.fail("this says nothing", parameter, context)
        return words


class OneOf(Words):
    """A word of a list that is only read when it is needed, in any case of letters."""

    def __init__(self, name: str, words: Callable[[], Sequence[str]]) -> None:
        self.name = name
        self._words = words

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> str:
        """The word as the list has it."""
        known = {word.casefold(): word for word in self._words()}
        if str(value).casefold() not in known:
            self.fail(f"no {self.name} {value!r}; there are: {', '.join(known.values())}", parameter, context)
        return known[str(value).casefold()]

    def shell_complete(
        self, context: click.Context, parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """The words that begin so."""
        from click.shell_completion import CompletionItem

        begun = incomplete.casefold()
        return [CompletionItem(word) for word in self._words() if word.casefold().startswith(begun)]


def data_folder() -> Path:
    """The folder in which this platform keeps a user's data, following the XDG specification where it is set."""
    chosen = os.environ.get("XDG_DATA_HOME")
    if chosen and Path(chosen).is_absolute():
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    return Path.home() / ("Library/Application Support" if sys.platform == "darwin" else ".local/share")


def default_address() -> str:
    """The store of a person who named none."""
    return str(data_folder() / "paperkg" / "graph.kgl")


def _address(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    """The store named after the command, else before it or in KG_STORE, else the default."""
    asked: click.Context | None = context
    while not value and asked:
        value = asked.params.get("address")
        asked = asked.parent
    return value or default_address()


def store_option(command: Function) -> Function:
    """Gives a command `--store`, as the argument `address`."""
    return _store(command, expose_value=True)


def no_store_option(command: Function) -> Function:
    """Lets a command that needs no store take `--store` all the same, so that one habit fits all."""
    return _store(command, expose_value=False)


def _store(command: Function, *, expose_value: bool) -> Function:
    return click.option(
        "--store",
        "address",
        type=Words(),
        metavar="ADDRESS",
        callback=_address,
        expose_value=expose_value,
        hidden=not expose_value,
        help=STORE_HELP,
    )(command)


def json_option(command: Function) -> Function:
    """Gives a command `--json`, as the argument `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")(command)


def opened(address: str, *, write: bool = False, adopt: bool = False, create: bool = False) -> Store:
    """The store at an address, for reading unless `write` is asked for.

    Only `create` makes one that is not there: it reads as an empty graph, of which the person is told, and raises
    NotFoundError where it is to be written.
    """
    from kg.cli.output import say
    from kg.store import is_there, open_store

    if create or is_there(address):
        return open_store(address, write=write, adopt=adopt)
    missing = f"there is no store at {address}: kg load makes one"
    if write:
        raise NotFoundError(missing)
    say(f"{missing}; it reads as an empty graph")
    return open_store(address, write=False)


def joined(words: Sequence[str]) -> str:
    """Words given as one argument or as several, as one text; raises click's usage error for none."""
    text = " ".join(words).strip()
    if not text:
        raise click.UsageError("say a name or a question")
    return text


def print_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    """Prints the version and ends."""
    if value and not context.resilient_parsing:
        from kg import version

        click.echo(f"kg {version()}")
        context.exit()
