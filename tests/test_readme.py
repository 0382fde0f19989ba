"""What README shows, run as it stands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.query import catalogue

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def commands(block: str) -> str:
    """The commands of a console block as one script that stops at the first failure."""
    return "set -e\n" + "\n".join(line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ "))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that looks like the checkout to the commands, and takes what they write."""
    (tmp_path / "bin").mkdir()
    kg = tmp_path / "bin" / "kg"
    kg.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n')
    kg.chmod(0o755)
    (tmp_path / "kg" / "demo").mkdir(parents=True)
    (tmp_path / "kg" / "demo" / "papers.jsonl").symlink_to(ROOT / "kg" / "demo" / "papers.jsonl")
    return tmp_path


def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONSAFEPATH": "1",
    }
    return subprocess.run(
        ["sh", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_session_runs_as_shown(folder: Path) -> None:
    """Every command of the session succeeds, in the order in which it is shown."""
    done = run(commands(blocks("console")[0]), folder)

    assert done.returncode == 0, done.stderr
    assert "every law holds" in done.stderr
    assert (folder / "papers.ttl").stat().st_size > 100_000


def test_the_server_commands_run_as_shown(folder: Path, neo4j_address: str) -> None:
    """The same commands work on a server."""
    done = run(commands(blocks("console")[1]).replace("bolt://localhost:7687", neo4j_address), folder)

    assert done.returncode == 0, done.stderr
    assert "PiSSA" in done.stdout


def test_the_python_example_runs_as_shown(folder: Path) -> None:
    """The lines of the Python section print papers and answers with sentences."""
    done = subprocess.run([sys.executable, "-c", blocks("python")[0]], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}, capture_output=True, text=True, check=False)  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "paper/arxiv-" in done.stdout


def test_every_query_has_a_line() -> None:
    """The table of queries and the catalogue name the same."""
    shown = set(re.findall(r"^\| `([a-z-]+)` \|", README, re.MULTILINE))

    assert {query.name for query in catalogue()} <= shown
