"""What tests of the readers share: files made on the spot, the samples, and the real pages where they are at hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.model import Document, Problem
from loaders import read

TESTS = Path(__file__).parents[1]
SHARED = TESTS.parents[1] / "shared"


@pytest.fixture(scope="session")
def tests_folder() -> Path:
    """The folder of all tests, which holds `samples` and `golden`."""
    return TESTS


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real pages and texts, which stay out of the repository."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip("the real pages in ../shared are not here")
    return SHARED


@pytest.fixture
def read_bytes(tmp_path: Path) -> Callable[..., list[Document | Problem]]:
    """A function that reads a file of the given content, `page.txt` unless named otherwise."""

    def read_content(content: bytes | str, name: str = "page.txt") -> list[Document | Problem]:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read([file]))

    return read_content
