"""What importing costs, and that the import contracts in pyproject.toml name everything they are to hold apart."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parents[1]
HEAVY = {"jinja2", "kglite", "neo4j", "networkx", "pydantic", "pyoxigraph", "rapidfuzz", "rdflib", "rich"}
VOCABULARY = {"errors", "hardware", "lexicon", "model", "names", "ontology", "resources"}


def _imported_by(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter has after it ran some code."""
    report = f"{code}\nimport sys\nprint('\\n' + ' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True, cwd=ROOT)
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


@pytest.mark.parametrize(
    "code",
    ["import kg", "from kg.cli import cli; cli(['--help'], standalone_mode=False)"],
)
def test_importing_brings_no_library(code: str) -> None:
    """The package and its help come up without any of the libraries that take their time."""
    assert _imported_by(code) & HEAVY == set()


def test_the_contract_of_loaders_names_every_room() -> None:
    """Each part of kg is either open to loaders or forbidden to it."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    forbidden = next(
        contract["forbidden_modules"] for contract in contracts if contract.get("source_modules") == ["loaders"]
    )
    parts = {module.name for module in pkgutil.iter_modules(kg.__path__)}

    assert {name.removeprefix("kg.") for name in forbidden} == parts - VOCABULARY - {"demo"}
