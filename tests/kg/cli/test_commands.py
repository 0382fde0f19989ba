"""What holds for every command: help, exit codes, the store's address, quiet ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

from kg.cli import COMMANDS, cli, exit_code
from kg.errors import FormatError, KgError, NotFoundError, StoreError, UsageError

Kg = Callable[..., Result]
ROOT = Path(__file__).parents[3]
HEAVY = ("kglite", "neo4j", "networkx", "pydantic", "pyoxigraph", "rapidfuzz", "rdflib", "rich")


def _commands(command: click.Command = cli, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that lead to it."""
    found = [(path, command)]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below
            found += _commands(below, (*path, name))
    return found


EVERY = _commands()


def _run(*arguments: str | bytes, script: str = "") -> subprocess.CompletedProcess[bytes]:
    """`kg` with arguments, or a script, in a process of its own."""
    command = [sys.executable, *(["-c", script] if script else ["-m", "kg"]), *arguments]
    return subprocess.run(command, capture_output=True, cwd=ROOT, timeout=60, check=False)


@pytest.mark.parametrize("path", [path for path, _ in EVERY], ids=" ".join)
def test_every_command_has_help(kg: Kg, path: tuple[str, ...]) -> None:
    """`--help` of every command says what it does and how it is used, and ends well."""
    result = kg(*path, "--help")

    assert result.exit_code == 0
    assert result.stdout.startswith(" ".join(["Usage: kg", *path, "["]))


@pytest.mark.parametrize(("path", "command"), EVERY, ids=[" ".join(path) for path, _ in EVERY])
def test_every_option_has_help(path: tuple[str, ...], command: click.Command) -> None:
    """Every option says what it is for."""
    options = [p for p in command.get_params(click.Context(command)) if isinstance(p, click.Option)]

    assert [p.name for p in options if not p.help] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_help_fits_the_list_of_commands(name: str) -> None:
    """The first sentence of a command's help stands whole in `kg --help`."""
    command = cli.get_command(click.Context(cli), name)

    assert command
    assert not command.get_short_help_str(limit=60).endswith("...")


def test_every_command_takes_a_store() -> None:
    """`--store` is accepted after every command."""
    lacking = [
        " ".join(path)
        for path, command in EVERY
        if not any("--store" in p.opts for p in command.get_params(click.Context(command)))
    ]

    assert lacking == []


def test_the_nearest_store_wins(kg: Kg, graph: str, tmp_path: Path) -> None:
    """`--store` after the command goes before `--store` before it, and that before KG_STORE."""
    other, third = str(tmp_path / "other.kgl"), str(tmp_path / "third.kgl")

    stores = [
        kg("stats").stdout.splitlines()[1],
        kg("--store", other, "stats").stdout.splitlines()[1],
        kg("--store", other, "stats", "--store", third).stdout.splitlines()[1],
    ]

    assert stores == [f"store\t{graph}", f"store\t{other}", f"store\t{third}"]


def test_the_default_store_lies_in_the_data_folder(kg: Kg, tmp_path: Path) -> None:
    """Without an address the store is a file in the user's data folder, and reading does not create it."""
    result = kg("stats")

    assert result.stdout.splitlines()[1] == f"store\t{tmp_path / 'data-home' / 'paperkg' / 'graph.kgl'}"
    assert not (tmp_path / "data-home").exists()


@pytest.mark.parametrize(
    ("error", "code"),
    [(KgError, 1), (FormatError, 1), (StoreError, 1), (UsageError, 2), (NotFoundError, 3)],
)
def test_exit_codes(error: type[KgError], code: int) -> None:
    """What the operator must mend exits 1, wrong usage 2, an unknown name 3."""
    assert exit_code(error("x")) == code


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["show", "LoRA"], 3),
        (["nonsense"], 2),
        (["show"], 2),
        (["show", " "], 2),
        (["stats", "--store", "ftp://here"], 2),
        (["stats", "--nonsense"], 2),
        (["load", "no-such-file"], 2),
        (["remove", "no such paper"], 3),
        (["decide", "undo", "decision/reject-000000000000"], 3),
        (["decide", "reject", "ffff", "--reason", "wrong"], 3),
        (["cypher", "MATCH (n) DETACH DELETE n"], 2),
        (["cypher", "this is no Cypher"], 2),
        (["stats", "--store", "/"], 1),
        (["stats", "--store", "bolt://127.0.0.1:1"], 1),
    ],
)
def test_what_cannot_be_done_says_so_in_one_line(kg: Kg, arguments: list[str], code: int) -> None:
    """A command that cannot do its work prints nothing on stdout, and one line of its own on stderr."""
    also = ("Usage:", "Try ", "there is no store at ")

    result = kg(*arguments)

    assert result.exit_code == code
    assert result.stdout == ""
    assert len([line for line in result.stderr.splitlines() if not line.startswith(also) and line]) == 1


def test_a_bug_shows_its_traceback(tmp_path: Path) -> None:
    """What is not the operator's to mend is shown whole."""
    script = "import kg.cli\nkg.cli.COMMANDS['stats'] = 'kg.cli.nowhere'\nkg.cli.main(['stats'])"

    done = _run(script=script)

    assert done.returncode == 1
    assert b"Traceback" in done.stderr


@pytest.mark.parametrize(
    "arguments", [["stats"], ["decide", "list"], ["check"], ["cypher", "MATCH (n:Paper) RETURN n.id AS id"]]
)
def test_an_empty_store_is_no_error(kg: Kg, arguments: list[str]) -> None:
    """Whatever only reads works before anything was loaded."""
    assert kg(*arguments).exit_code == 0


@pytest.mark.parametrize("arguments", [["decide", "list"], ["check"], ["cypher", "MATCH (n:Paper) RETURN n.id AS id"]])
def test_nothing_found_prints_nothing(kg: Kg, arguments: list[str]) -> None:
    """A query that runs and finds nothing prints nothing, and `[]` as JSON."""
    assert kg(*arguments).stdout == ""
    assert kg(*arguments, "--json").stdout == "[]\n"


def test_a_reader_who_leaves_is_no_error(graph: str) -> None:
    """When the reader of a pipe leaves, the command ends without a word."""
    command = f"{sys.executable} -m kg cypher 'UNWIND range(1, 20000) AS n RETURN n' --limit 20000"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    done = subprocess.run(
        ["bash", "-c", f"{command} | head -1"], capture_output=True, env=environment, timeout=60, check=False
    )

    assert (done.stdout, done.stderr) == (b"n\n", b"")


def test_an_interrupt_is_one_line(tmp_path: Path) -> None:
    """Ctrl-C ends with one line and exit 130."""
    script = "import signal, kg.cli.show as s\ns.stats.callback = lambda **_: signal.raise_signal(signal.SIGINT)\nimport kg.cli\nkg.cli.main(['stats'])"

    done = _run(script=script)

    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"kg: interrupted\n")


def test_help_starts_quickly() -> None:
    """`kg --help` imports nothing heavy, so that it is there at once."""
    script = f"import sys, kg.cli\ntry:\n    kg.cli.main(['--help'])\nfinally:\n    print(sorted(set(sys.modules) & set({HEAVY})), file=sys.stderr)"

    done = _run(script=script)

    assert done.stderr.decode() == "[]\n"


def test_importing_kg_is_lazy() -> None:
    """`import kg` loads none of what it offers."""
    script = f"import sys, kg\nprint(sorted(set(sys.modules) & set({HEAVY})))"

    done = _run(script=script)

    assert done.stdout.decode() == "[]\n"


def test_python_m_kg_is_kg() -> None:
    """`python -m kg` is the command."""
    done = _run("--version")

    assert done.returncode == 0
    assert done.stdout.startswith(b"kg ")


def test_arguments_that_are_no_utf_8_are_taken(tmp_path: Path) -> None:
    """Bytes that are no text become a name that is not there, not a traceback."""
    done = _run("show", b"\xff\xfe", "--store", str(tmp_path / "x.kgl"))

    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
