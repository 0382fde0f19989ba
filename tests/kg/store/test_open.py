"""What a person reads when a store cannot be opened: one line, and nothing half-written."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from kg.errors import StoreError, UsageError
from kg.store import open_store


def test_an_unknown_scheme_names_those_there_are() -> None:
    """An address is a path or a server's."""
    with pytest.raises(UsageError, match="an address is a file path or begins with bolt://"):
        open_store("http://localhost:7687")


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    """The message says what a store looks like."""
    with pytest.raises(StoreError, match="is a folder: a store is a file"):
        open_store(str(tmp_path))


@pytest.mark.parametrize("content", [b"", b"hello", b"RGF\x03" + b"\0" * 100])
@pytest.mark.parametrize("write", [True, False])
def test_a_file_that_is_no_store_is_refused_and_kept(tmp_path: Path, content: bytes, write: bool) -> None:
    """Somebody's file under this name is not overwritten."""
    path = tmp_path / "graph.kgl"
    path.write_bytes(content)

    with pytest.raises(StoreError) as caught:
        open_store(str(path), write=write)

    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


def test_reading_an_absent_store_creates_nothing(tmp_path: Path) -> None:
    """A reader leaves no trace."""
    with open_store(str(tmp_path / "none" / "graph.kgl"), write=False) as store:
        assert list(store.elements()) == []

    assert list(tmp_path.iterdir()) == [tmp_path / "data-home"] or not list(tmp_path.iterdir())


def test_a_server_that_is_not_there_is_said_in_one_line() -> None:
    """The address stands in the message."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with pytest.raises(StoreError, match=f"no Neo4j server answers at bolt://127.0.0.1:{port}"):
        open_store(f"bolt://127.0.0.1:{port}")


def test_a_wrong_password_is_said_in_one_line(neo4j_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the variables to set."""
    monkeypatch.setenv("NEO4J_PASSWORD", "wrong-password")

    with pytest.raises(StoreError, match="set NEO4J_USERNAME and NEO4J_PASSWORD"):
        open_store(neo4j_address)


def test_an_unknown_database_is_said_in_one_line(neo4j_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the variable to set."""
    monkeypatch.setenv("NEO4J_DATABASE", "nowhere")

    with pytest.raises(StoreError, match="set NEO4J_DATABASE"):
        open_store(neo4j_address)
