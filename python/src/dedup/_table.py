"""Arrow out: tables of a result, for whoever reads Arrow, and for who does not."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ._arrow import ArrayStruct, SchemaStruct, Stream, StreamStruct, empty_capsule
from ._native import DedupError, Result, call

if TYPE_CHECKING:
    import numpy
    import pandas
    import polars
    import pyarrow


class Memory:
    """Numbers in memory that somebody owns, as NumPy sees them: `numpy.asarray(memory)` copies nothing."""

    def __init__(self, owner: object, start: int, shape: tuple[int, ...], typestr: str) -> None:
        self._owner = owner
        self.__array_interface__ = {
            "data": (start, True), "shape": shape, "typestr": typestr, "version": 3,
        }  # fmt: skip


class _Batch:
    """A schema and an array that were handed out, released together."""

    def __init__(self, stream: StreamStruct) -> None:
        self.schema, self.array = SchemaStruct(), ArrayStruct()
        if stream.get_schema(stream, self.schema) or stream.get_next(stream, self.array):
            raise DedupError("a result that cannot be read")

    def __del__(self) -> None:
        for part in (self.schema, self.array):
            if part.release:
                part.release(part)


_WIDTHS = {b"l": "<i8", b"L": "<u8", b"i": "<i4", b"I": "<u4", b"g": "<f8", b"tss:UTC": "<i8"}
_CODES = {"<i8": "q", "<u8": "Q", "<i4": "i", "<u4": "I", "<f8": "d"}


class Column:
    """A column of a table that was handed out."""

    def __init__(self, batch: _Batch, schema: SchemaStruct, values: ArrayStruct) -> None:
        self._batch, self._schema, self._array = batch, schema, values

    def __len__(self) -> int:
        return int(self._array.length)

    def _view(self, buffer: int, code: Any, count: int) -> Any:
        """Values of a buffer by the code that `array` and `memoryview` have for their type."""
        size = count * array(code).itemsize
        start = self._array.buffers[buffer]
        return memoryview((ctypes.c_char * size).from_address(start) if size else b"").cast("B").cast(code)

    def _nulls(self) -> list[bool]:
        if not self._array.null_count:
            return []
        bits = self._view(0, "B", (len(self) + 7) // 8)
        return [not bits[row >> 3] >> (row & 7) & 1 for row in range(len(self))]

    def item(self) -> Column:
        """Of a column of lists, what they hold, one behind the other."""
        return Column(self._batch, self._schema.children[0].contents, self._array.children[0].contents)

    def memory(self, shape: tuple[int, ...] | None = None) -> Memory:
        """Of a column of numbers; nulls are zeros."""
        return Memory(self._batch, self._array.buffers[1] or 0, shape or (len(self),), _WIDTHS[self._schema.format])

    def to_pylist(self) -> list[Any]:
        """Its values as Python has them; None for null."""
        values = self._values()
        for row, is_null in enumerate(self._nulls()):
            if is_null:
                values[row] = None
        return values

    def _values(self) -> list[Any]:
        kind = bytes(self._schema.format)
        count = len(self)
        if kind == b"U":
            ends = self._view(1, "q", count + 1)
            text = self._view(2, "B", ends[count])
            return [str(text[ends[row] : ends[row + 1]], "utf-8", "replace") for row in range(count)]
        if kind == b"b":
            bits = self._view(1, "B", (count + 7) // 8)
            return [bool(bits[row >> 3] >> (row & 7) & 1) for row in range(count)]
        if kind == b"+L":
            ends, items = self._view(1, "q", count + 1), self.item().to_pylist()
            return [items[ends[row] : ends[row + 1]] for row in range(count)]
        if kind.startswith(b"+w:"):
            size, items = int(kind[3:]), self.item().to_pylist()
            return [items[row * size : (row + 1) * size] for row in range(count)]
        values: list[Any] = self._view(1, _CODES[_WIDTHS[kind]], count).tolist()
        if kind == b"tss:UTC":
            import datetime

            zero = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
            return [zero + datetime.timedelta(seconds=value) for value in values]
        return values


class Table:
    """A table of a result: an Arrow object for whoever reads Arrow, and plain Python for who does not."""

    def __init__(self, result: Result, name: str) -> None:
        self._result, self._name = result, name
        self._batch: _Batch | None = None

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        pointer, capsule = empty_capsule()
        call("result_table", self._result.handle, self._name.encode(), pointer)
        return capsule

    def _columns(self) -> dict[str, Column]:
        if self._batch is None:
            stream = Stream(self.__arrow_c_stream__())
            self._batch = _Batch(StreamStruct.from_address(stream.pointer))
        batch = self._batch
        return {
            batch.schema.children[at].contents.name.decode(): Column(
                batch, batch.schema.children[at].contents, batch.array.children[at].contents)
            for at in range(batch.schema.n_children)
        }  # fmt: skip

    @property
    def column_names(self) -> list[str]:
        return list(self._columns())

    def __len__(self) -> int:
        return len(next(iter(self._columns().values())))

    def column(self, name: str) -> Column:
        """A column by its name."""
        columns = self._columns()
        if name not in columns:
            raise KeyError(f"no column {name}; there is {', '.join(columns)}")
        return columns[name]

    def __getitem__(self, name: str) -> list[Any]:
        """The values of a column, None for null."""
        return self.column(name).to_pylist()

    def to_pydict(self) -> dict[str, list[Any]]:
        """Its columns as lists, None for null."""
        return {name: column.to_pylist() for name, column in self._columns().items()}

    def to_pylist(self) -> list[dict[str, Any]]:
        """Its rows as dicts, None for null."""
        columns = self.to_pydict()
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]

    def to_arrow(self) -> pyarrow.Table:
        """The same as a table of PyArrow, without a copy."""
        import pyarrow

        return pyarrow.table(self)

    def to_polars(self) -> polars.DataFrame:
        """The same as a frame of Polars, without a copy."""
        import polars

        return polars.DataFrame(self)

    def to_pandas(self) -> pandas.DataFrame:
        """The same as a frame of pandas; through PyArrow where that is there."""
        try:
            return self.to_arrow().to_pandas()
        except ImportError:
            import pandas

            return pandas.DataFrame(self.to_pydict())

    def to_numpy(self, name: str) -> numpy.ndarray[Any, Any]:
        """A column of numbers as NumPy has it, without a copy; nulls are zeros."""
        import numpy

        return numpy.asarray(self.column(name).memory())

    def __repr__(self) -> str:
        return f"<dedup table {self._name}: {len(self)} × {', '.join(self.column_names)}>"


def as_rows(rows: Iterable[int], count: int) -> bytearray:
    """A byte a row: 1 but for the rows that are named."""
    mask = bytearray(b"\1") * count
    for row in rows:
        mask[row] = 0
    return mask
