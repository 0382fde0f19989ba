"""Budgets of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULE_LINES = 350
FUNCTION_LINES = 40
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:root|home|Users|work|tmp/venv)/\w")


def _modules() -> list[Path]:
    return [path for room in ("kg", "loaders") for path in sorted((ROOT / room).rglob("*.py"))]


def _lines(path: Path) -> int:
    return sum(not line.isspace() for line in path.read_text().splitlines(keepends=True))


def _long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef) and node.end_lineno:
            lines = node.end_lineno - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {lines} lines"


def test_functions_and_modules_are_short_enough_to_be_read_at_once() -> None:
    """No module is longer than 350 lines that are not blank, no function than 40 lines."""
    lengths = {str(path.relative_to(ROOT)): _lines(path) for path in _modules()}
    long_modules = {name: lines for name, lines in lengths.items() if lines > MODULE_LINES}
    long_functions = [line for path in _modules() for line in _long_functions(path)]

    assert (long_modules, long_functions) == ({}, [])


def test_nothing_names_a_place_on_somebodys_machine() -> None:
    """No tracked file holds an absolute path of the machine on which it was written."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    tracked = [ROOT / name for name in listed.stdout.split("\0") if name]

    texts = {path: path.read_bytes().decode(errors="replace") for path in tracked if path.is_file()}

    assert [str(path.relative_to(ROOT)) for path, text in texts.items() if MACHINE_PATH.search(text)] == []
