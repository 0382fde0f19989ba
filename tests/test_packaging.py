"""What a person gets who installs the package: from its wheel, and from a checkout with `--editable`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOMES = {"kg": "kg", "loaders": "loaders", "ontology": "kg/data/ontology", "queries": "kg/data/queries"}
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--no-input")
OFFLINE = ("--no-deps", "--no-index", "--no-build-isolation")
PAPER = {
    "id": "2401.00001",
    "title": "FooTune: thrifty adapters",
    "abstract": "We present FooTune, an adapter for large language models. FooTune outperforms LoRA on GLUE.",
    "arxiv": "2401.00001",
}


def _run(command: Sequence[str | Path], folder: Path, **environment: str) -> str:
    """What a program prints when it runs in a folder with nothing of this checkout on its path."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "KG_"))}
    done = subprocess.run(command, cwd=folder, env={**kept, **environment}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _environment(folder: Path, *wanted: str | Path) -> Path:
    """The programs of a fresh environment with the package installed, which shares only the dependencies of this one."""
    venv.create(folder, symlinks=True, with_pip=False)
    variables = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", "venv", variables))
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    programs = Path(sysconfig.get_path("scripts", "venv", variables))
    _run([*PIP, "--python", programs / "python", "install", *OFFLINE, "--ignore-installed", *wanted], folder)
    return programs


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run([*PIP, "wheel", *OFFLINE, "--wheel-dir", folder, ROOT], folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module", params=["wheel", "editable"])
def programs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that has the package from its wheel, or as an editable checkout."""
    wanted = (request.getfixturevalue("wheel"),) if request.param == "wheel" else ("--editable", ROOT)
    return _environment(tmp_path_factory.mktemp(request.param), *wanted)


def _files(folder: Path) -> set[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {name for name in found if "__pycache__" not in name}


def test_the_wheel_holds_the_two_packages_with_their_data_and_nothing_else(wheel: Path) -> None:
    """What lies in kg, loaders, ontology and queries is in the wheel; tests and tools are not."""
    expected = {f"{home}/{name}" for folder, home in HOMES.items() for name in _files(ROOT / folder)}

    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert held == expected


@pytest.mark.parametrize(
    "name",
    ["kg/py.typed", "loaders/py.typed", "kg/data/ontology/kg.ttl", "kg/data/queries/competitors.cypher",
     "kg/data/queries/competitors.rq", "kg/lexicon/hardware.tsv", "kg/demo/papers.jsonl", "kg/web/templates/base.html",
     "kg/web/templates/style.css", "kg/web/templates/page.js"],
)  # fmt: skip
def test_the_wheel_holds_what_the_package_reads(wheel: Path, name: str) -> None:
    """The data without which a command would fail is in the wheel by the name it is looked for."""
    with zipfile.ZipFile(wheel) as archive:
        assert archive.getinfo(name)


def test_the_licence_travels_with_the_wheel(wheel: Path) -> None:
    """The licence's text is in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/licenses/LICENSE"))

        assert archive.read(name) == (ROOT / "LICENSE").read_bytes()


def test_an_installed_package_is_itself(programs: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The wheel's code runs from where it was installed, the editable one from the checkout; data lies beside either."""
    code = "import kg.resources, loaders; print(kg.__file__); print(loaders.__file__); print(kg.resources.data_folder('queries'))"
    editable = request.node.callspec.params["programs"] == "editable"
    home = ROOT if editable else programs.parent

    places = [Path(line) for line in _run([programs / "python", "-c", code], tmp_path).splitlines()]

    assert [place.is_relative_to(home) for place in places] == [True, True, True]
    assert [place.exists() for place in places] == [True, True, True]


def test_an_installed_package_answers(programs: Path, tmp_path: Path) -> None:
    """The command, installed either way, loads a paper and finds in it what competes with LoRA."""
    (tmp_path / "paper.jsonl").write_text(json.dumps(PAPER) + "\n")
    kg = programs / "kg"

    help_text = _run([kg, "--help"], tmp_path)
    _run([kg, "load", "paper.jsonl", "--store", "graph.kgl"], tmp_path)
    question = [kg, "ask", "Which methods compete with LoRA?", "--store", "graph.kgl"]
    answers, page = _run([*question, "--json"], tmp_path), _run([*question, "--html", "-"], tmp_path)

    assert help_text.startswith("Usage: kg ")
    assert "FooTune" in answers
    assert "FooTune outperforms LoRA on GLUE.</mark>" in page
