"""The command `kg`: options, composition and exit codes, nothing else.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 nothing of that name, 130 interrupted, 141 the reader of our output left,
143 terminated.
Each command lives in the module that `COMMANDS` names and is imported when it is called, so that `kg --help` is quick.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module

import click

from kg.cli.options import STORE_HELP, Words, print_version
from kg.cli.output import one_line, say
from kg.errors import KgError, NotFoundError, UsageError

COMMANDS = {
    "load": "kg.cli.load",
    "ask": "kg.cli.ask",
    "queries": "kg.cli.ask",
    "search": "kg.cli.search",
    "show": "kg.cli.show",
    "stats": "kg.cli.show",
    "cypher": "kg.cli.graph",
    "sparql": "kg.cli.graph",
    "check": "kg.cli.graph",
    "decide": "kg.cli.decide",
    "identity": "kg.cli.identity",
    "remove": "kg.cli.load",
    "export": "kg.cli.backup",
    "restore": "kg.cli.backup",
    "diff": "kg.cli.diff",
    "extract": "kg.cli.extract",
    "completion": "kg.cli.completion",
}
"""Every command and the module that holds a click command of that name."""

_READER_LEFT = 141
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_ENDINGS = {signal.SIGINT: "interrupted", signal.SIGTERM: "terminated"}
"""The signals that ask a process to end, and what the person reads then; the exit code is 128 and their number."""


class _EndingError(BaseException):
    """Ends what is being done where it is, so that a store is closed and a half-written file deleted."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def exit_code(error: KgError) -> int:
    """What a shell is told of an error."""
    if isinstance(error, NotFoundError):
        return 3
    return 2 if isinstance(error, UsageError) else 1


def _leave_quietly(code: int) -> None:
    """Points stdout at nothing, so that what is still buffered is not written at exit to where it cannot go."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


class Commands(click.Group):
    """A group whose commands are looked up in `COMMANDS` and imported when they are needed."""

    def list_commands(self, context: click.Context) -> list[str]:
        """The names in the order of the table, which is the order of use."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of a name."""
        if name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[name]), name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments begin with; the nearest names for one that is unknown."""
        name = arguments[0]
        if name not in COMMANDS and not name.startswith("-") and not context.resilient_parsing:
            near = get_close_matches(name, COMMANDS) or list(COMMANDS)
            context.fail(f"no command {one_line(name)!r}; there are: {', '.join(near)}")
        return super().resolve_command(context, arguments)

    def invoke(self, context: click.Context) -> object:
        """Runs the command; what the operator must mend becomes one line and an exit code."""
        try:
            result = super().invoke(context)
            sys.stdout.flush()
        except KgError as error:
            say(f"kg: {error}")
            raise click.exceptions.Exit(exit_code(error)) from error
        except BrokenPipeError:
            _leave_quietly(_READER_LEFT)
        return result


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--store", "address", type=Words(), envvar="KG_STORE", metavar="ADDRESS", help=STORE_HELP)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=print_version, help="Show the version."
)
def cli(address: str | None) -> None:
    """A knowledge graph of machine-learning papers in which every edge shows the sentence that states it.

    Begin with `kg load FILES`, then `kg ask "Which methods compete with LoRA?"`.
    """


def _end(number: int, frame: object) -> None:
    """Ends the command; whoever asks a second time does not wait for the store to be saved."""
    signal.signal(number, signal.SIG_DFL)
    raise _EndingError(number)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs `kg` with the arguments of the process and exits."""
    for number in _ENDINGS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)
    try:
        cli.main(arguments, prog_name="kg")
    except _EndingError as ending:
        say(f"kg: {_ENDINGS[signal.Signals(ending.number)]}")
        sys.exit(128 + ending.number)
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        say(f"kg: what was to be written does not fit: {error.strerror}")
        _leave_quietly(1)


__all__ = ["COMMANDS", "cli", "exit_code", "main"]
