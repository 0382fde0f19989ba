"""`kg completion` and what shells get from it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

ROOT = Path(__file__).parents[3]


def _completed(words: str, at: int) -> set[str]:
    """The completions that bash would be offered."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "_KG_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(at),
    }
    done = subprocess.run(
        [sys.executable, "-c", "import kg.cli; kg.cli.main()"],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    return {line.partition(",")[2] for line in done.stdout.splitlines()}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(kg: Callable[..., Result], shell: str) -> None:
    """The script sets the variable by which the command knows that it is asked to complete."""
    result = kg("completion", shell)

    assert result.exit_code == 0
    assert "_KG_COMPLETE" in result.stdout


def test_commands_complete() -> None:
    """The beginning of a command is completed."""
    assert _completed("kg ex", 1) == {"export", "extract"}


def test_names_of_queries_complete() -> None:
    """The beginning of a query's name is completed after `kg ask`."""
    assert "competitors" in _completed("kg ask comp", 2)


def test_parameters_of_queries_complete() -> None:
    """The options of `kg ask` include the catalogue's parameters."""
    assert "--method" in _completed("kg ask competitors --me", 3)


def test_kinds_complete() -> None:
    """The beginning of a kind is completed, whatever its case."""
    assert _completed("kg search lora --kind m", 4) == {"Method", "Model", "Metric"}


def test_kinds_of_edges_complete() -> None:
    """`kg diff` compares nodes and edges."""
    assert _completed("kg diff a.jsonl --kind me", 4) == {"Method", "Metric", "measured-by", "mentions"}
