"""Parquet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

from kg.export import Content, write_file
from kg.model import Edge, EdgeKind, Element, Node, NodeKind


def _rows(parquet: ModuleType, path: Path) -> list[dict[str, object]]:
    """The rows of a file, without what they lack."""
    read = parquet.read_table(path).to_pylist()
    return [{name: value for name, value in row.items() if value is not None} for row in read]


def _plain(element: Element) -> dict[str, object]:
    keys = (
        {"id": element.id, "node": element.kind.value}
        if isinstance(element, Node)
        else {"head": element.head, "edge": element.kind.value, "tail": element.tail}
    )
    return {**keys, **{name: list(v) if isinstance(v, tuple) else v for name, v in element.properties.items()}}


def test_the_files_read_back_as_the_graph(
    parquet: ModuleType, small_elements: tuple[Element, ...], tmp_path: Path
) -> None:
    """Every node and edge is a row with its values and their types, in the order of the graph."""
    count = write_file(tmp_path / "graph.parquet", "parquet", Content(small_elements))

    assert count == len(small_elements)
    assert _rows(parquet, tmp_path / "graph-nodes.parquet") == [
        _plain(e) for e in small_elements if isinstance(e, Node)
    ]
    assert _rows(parquet, tmp_path / "graph-edges.parquet") == [
        _plain(e) for e in small_elements if isinstance(e, Edge)
    ]


def test_a_large_file_is_written_in_groups(parquet: ModuleType, tmp_path: Path) -> None:
    """Five thousand rows at a time; half characters are made whole."""
    nodes = [Node(NodeKind.METHOD, f"method/{at:05}", {"name": f"\ud83d{at}"}) for at in range(10_001)]
    edges = [Edge(EdgeKind.CITES, "paper/acl-P19-1001", "paper/acl-P19-1002")]

    write_file(tmp_path / "g", "parquet", Content([*nodes, *edges]))

    found = parquet.ParquetFile(tmp_path / "g-nodes.parquet")
    assert [found.metadata.row_group(at).num_rows for at in range(found.num_row_groups)] == [5000, 5000, 1]
    assert found.read(["name"]).to_pylist()[-1] == {"name": "\ufffd10000"}


def test_without_pyarrow_it_is_one_line(tmp_path: Path) -> None:
    """Who has not installed the extra is told how, and gets no file."""
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from kg.cli import main; main(['export', '--format', 'parquet', '--output', 'g.parquet', '--store', 'no.kgl'])"
    )

    done = subprocess.run([sys.executable, "-c", f"import sys; sys.path = {sys.path!r}\n{code}"], cwd=tmp_path, capture_output=True, text=True, check=False)  # fmt: skip

    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "kg: Parquet needs pyarrow: pip install 'paperkg[parquet]'"
    assert list(tmp_path.iterdir()) == []
