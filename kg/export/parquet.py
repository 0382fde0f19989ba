"""Parquet: a file of nodes and one of edges, for pandas, DuckDB, Spark and the like; needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.export.columns import REAL, TEXT, TRUTH, WHOLE, Column, edge_columns, node_columns, value
from kg.export.content import Content
from kg.export.files import encodable
from kg.model import Element, Node

if TYPE_CHECKING:
    import pyarrow

_ROWS = 5000
"""Rows of a group, which are held in memory at a time."""


def write_parquet(content: Content, nodes: IO[bytes], edges: IO[bytes]) -> int:
    """Writes the two files in the order of the elements; returns how many these are.

    A node has its `id` and `node`, its kind; an edge `head`, `edge`, its kind, and `tail`. Raises UsageError where
    pyarrow is not installed.
    """
    with _Table(nodes, ("id", "node"), node_columns()) as one, _Table(edges, ("head", "edge", "tail"), edge_columns()) as other:  # fmt: skip
        count = 0
        for element in content.elements:
            if isinstance(element, Node):
                one.add((element.id, element.kind.value), element)
            else:
                other.add((element.head, element.kind.value, element.tail), element)
            count += 1
    return count


class _Table:
    """A file of rows, written group by group."""

    def __init__(self, stream: IO[bytes], keys: tuple[str, ...], columns: tuple[Column, ...]) -> None:
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError as error:
            raise UsageError("Parquet needs pyarrow: pip install 'paperkg[parquet]'") from error
        self._keys, self._columns = keys, columns
        self._schema = pyarrow.schema([*((key, pyarrow.string()) for key in keys), *map(_field, columns)])
        self._writer = parquet.ParquetWriter(stream, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def __enter__(self) -> _Table:
        return self

    def __exit__(self, *error: object) -> None:
        if error[0] is None:
            self._flush()
        self._writer.close()

    def add(self, keys: Iterable[str], element: Element) -> None:
        """Adds a row."""
        own = {column.name: _plain(value(element, column)) for column in self._columns}
        self._rows.append({**dict(zip(self._keys, keys, strict=True)), **own})
        if len(self._rows) == _ROWS:
            self._flush()

    def _flush(self) -> None:
        import pyarrow

        self._writer.write_table(pyarrow.Table.from_pylist(self._rows, schema=self._schema))
        self._rows.clear()


def _field(column: Column) -> tuple[str, pyarrow.DataType]:
    import pyarrow

    types = {TEXT: pyarrow.string(), WHOLE: pyarrow.int64(), REAL: pyarrow.float64(), TRUTH: pyarrow.bool_()}
    return column.name, pyarrow.list_(types[column.type]) if column.many else types[column.type]


def _plain(value: Any) -> Any:
    """A value as pyarrow takes it: half characters become whole ones."""
    if isinstance(value, tuple):
        return [encodable(one) for one in value]
    return encodable(value) if isinstance(value, str) else value
