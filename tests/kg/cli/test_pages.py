"""`kg ask … --html FILE` and `kg show … --html FILE`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Kg = Callable[..., Result]
ROOT = Path(__file__).parents[3]
QUESTION = "Which methods compete with LoRA?"
SENTENCE = '<mark data-sentence="1">DoRA beats LoRA on GLUE.</mark>'
AROUND = "DoRA learns size and direction apart. "
ASKED = (["ask", QUESTION], ["show", "LoRA"], ["show", "2402.09353"])


@pytest.mark.parametrize("asked", ASKED)
def test_a_page_is_written_to_a_file(kg: Kg, graph_anywhere: str, tmp_path: Path, asked: list[str]) -> None:
    """The file holds the page, with the sentence in its abstract, from either store; nothing is printed."""
    result = kg(*asked, "--html", str(tmp_path / "page.html"))

    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert SENTENCE in page
    assert AROUND in page
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".html"] == ["page.html"]


@pytest.mark.parametrize("asked", ASKED)
def test_the_same_graph_is_the_same_page(kg: Kg, graph_anywhere: str, graph: str, asked: list[str]) -> None:
    """Asked twice, and of either store, a page has the same bytes; `-` is stdout."""
    pages = {kg("--store", address, *asked, "--html", "-").stdout for address in (graph_anywhere, graph, graph)}

    assert len(pages) == 1
    assert pages.pop().startswith("<!DOCTYPE html>\n")


@pytest.mark.parametrize("asked", [*ASKED, ["ask", "How are DoRA and C++ connected?"]])
def test_a_page_does_not_depend_on_the_process(graph: str, asked: list[str]) -> None:
    """Nothing follows the order of a set, which every process has anew."""
    command = [sys.executable, "-m", "kg", *asked, "--html", "-"]
    seeds = [{**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed} for seed in ("1", "2", "3")]

    pages = {subprocess.run(command, env=seed, capture_output=True, check=True).stdout for seed in seeds}

    assert len(pages) == 1


def test_options_hold_for_the_page(kg: Kg, graph: str) -> None:
    """What narrows the answers narrows the page, and the page says so."""
    page = kg("ask", QUESTION, "--year", "2024", "--min-confidence", "0.5", "--limit", "1", "--html", "-").stdout

    assert page.count('class="item"') == 1
    assert "in papers of 2024 with a confidence of 0.50 or more" in page


def test_limit_bounds_the_edges_of_each_kind(kg: Kg, graph: str) -> None:
    """`kg show --limit` holds for the page, which says how many it leaves out."""
    page = kg("show", "LoRA", "--limit", "2", "--html", "-").stdout

    assert page.count('class="item"') == 4
    assert "6 more are not shown" in page


@pytest.mark.parametrize("asked", ASKED)
def test_no_text_leaves_only_sentences(kg: Kg, graph: str, asked: list[str]) -> None:
    """With `--no-text` the words around the sentence are not on the page."""
    page = kg(*asked, "--html", "-", "--no-text").stdout

    assert SENTENCE in page
    assert AROUND not in page


@pytest.mark.parametrize("words", [["--html", "-", "--json"], ["--no-text"]])
@pytest.mark.parametrize("asked", ASKED)
def test_options_that_contradict_are_wrong_usage(kg: Kg, graph: str, asked: list[str], words: list[str]) -> None:
    """A page is no JSON, and without a page there is no text to leave out."""
    result = kg(*asked, *words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "--html" in result.stderr


def test_a_page_that_cannot_be_written_is_an_error_of_one_line(kg: Kg, graph: str, tmp_path: Path) -> None:
    """A folder that is not there is exit 1, and names the file."""
    result = kg("show", "LoRA", "--html", str(tmp_path / "none" / "page.html"))

    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (1, "", 1)
    assert "page.html cannot be written" in result.stderr


def test_what_is_unknown_leaves_no_page(kg: Kg, graph: str, tmp_path: Path) -> None:
    """An unknown name is exit 3, and no file is made."""
    path = tmp_path / "page.html"

    assert kg("ask", "Which methods compete with LoRAA?", "--html", str(path)).exit_code == 3
    assert not path.exists()


def test_no_answer_is_a_page_that_says_so(kg: Kg, graph: str) -> None:
    """A question without answers has a page all the same."""
    result = kg("ask", QUESTION, "--min-confidence", "1", "--html", "-")

    assert result.exit_code == 0
    assert "The graph holds no answer to this question." in result.stdout


def test_odd_names_are_text_on_a_page(kg: Kg, graph_anywhere: str, odd_names: tuple[str, ...]) -> None:
    """A page about any name is made, from either store."""
    for name in odd_names:
        result = kg("show", "--html", "-", "--", name)

        assert result.exit_code == 0
        assert "<h1" in result.stdout
