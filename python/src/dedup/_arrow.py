"""Arrow in and out, through the Arrow PyCapsule interface: no library of Arrow is needed."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from ._native import ColumnTypeError, DedupError, Result, address, call, library

if TYPE_CHECKING:
    import numpy
    import pandas
    import polars
    import pyarrow

_STREAM = b"arrow_array_stream"


@runtime_checkable
class ArrowStream(Protocol):
    """Whatever hands out an Arrow stream: a frame of Polars, a table of PyArrow, a relation of DuckDB."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


@runtime_checkable
class ArrowArray(Protocol):
    """Whatever hands out an Arrow array: a record batch."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...


class _Schema(ctypes.Structure):
    pass


_SchemaRelease = ctypes.CFUNCTYPE(None, ctypes.POINTER(_Schema))
_Schema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_void_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.POINTER(ctypes.POINTER(_Schema))),
    ("dictionary", ctypes.c_void_p),
    ("release", _SchemaRelease),
    ("private_data", ctypes.c_void_p),
]


class _Array(ctypes.Structure):
    pass


_ArrayRelease = ctypes.CFUNCTYPE(None, ctypes.POINTER(_Array))
_Array._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(_Array))),
    ("dictionary", ctypes.c_void_p),
    ("release", _ArrayRelease),
    ("private_data", ctypes.c_void_p),
]


class _Stream(ctypes.Structure):
    pass


_Stream._fields_ = [
    ("get_schema", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Schema))),
    ("get_next", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Array))),
    ("get_last_error", ctypes.c_void_p),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(_Stream))),
    ("private_data", ctypes.c_void_p),
]

_calloc = ctypes.CDLL(None).calloc
_calloc.restype, _calloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t, ctypes.c_size_t]
_new_capsule = ctypes.pythonapi.PyCapsule_New
_new_capsule.restype, _new_capsule.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
_capsule_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_capsule_pointer.restype, _capsule_pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
# It stays where it is as long as a capsule names it.
_END = address("dedup_python_end_stream")


class Stream:
    """A stream for one call, which takes it over: what is not taken is released with this."""

    def __init__(self, capsule: object, keeps: object = None) -> None:
        self._capsule = capsule
        self.keeps = keeps
        self.pointer: int = _capsule_pointer(capsule, _STREAM)


def _empty_capsule() -> tuple[int, object]:
    """A stream to be filled, and the capsule that owns it."""
    pointer = _calloc(1, ctypes.sizeof(_Stream))
    if not pointer:
        raise MemoryError
    return pointer, _new_capsule(pointer, _STREAM, _END)


def stream_of(data: ArrowStream | ArrowArray) -> Stream:
    """What an Arrow object hands out."""
    if isinstance(data, ArrowStream):
        return Stream(data.__arrow_c_stream__(), data)
    schema, values = data.__arrow_c_array__()
    pointer, capsule = _empty_capsule()
    library.dedup_stream_of_array(
        _capsule_pointer(schema, b"arrow_schema"), _capsule_pointer(values, b"arrow_array"), pointer)  # fmt: skip
    return Stream(capsule, data)


def stream_of_columns(columns: Mapping[str, Sequence[Any]]) -> Stream:
    """Lists of strings, integers, dates and None as columns; all of one length."""
    memory: list[Any] = []

    def keep(value: Any) -> Any:
        memory.append(value)
        return value

    fields = [_column(name, values, keep) for name, values in columns.items()]
    schemas = keep((ctypes.POINTER(_Schema) * len(fields))(*(ctypes.pointer(schema) for schema, _ in fields)))
    arrays = keep((ctypes.POINTER(_Array) * len(fields))(*(ctypes.pointer(values) for _, values in fields)))
    rows = len(next(iter(columns.values())))
    schema = _schema(b"+s", b"", keep)
    schema.n_children, schema.children = len(fields), schemas
    values = _array(rows, [None], keep)
    values.n_children, values.children = len(fields), arrays
    pointer, capsule = _empty_capsule()
    library.dedup_stream_of_array(ctypes.addressof(schema), ctypes.addressof(values), pointer)
    return Stream(capsule, memory)


def _schema(format: bytes, name: bytes, keep: Any) -> _Schema:
    schema: _Schema = keep(_Schema())
    schema.format, schema.name = keep(format), keep(name)
    schema.flags = 2
    schema.release = _SchemaRelease(address("dedup_borrowed_schema"))
    return schema


def _array(rows: int, buffers: Sequence[Any], keep: Any) -> _Array:
    values: _Array = keep(_Array())
    values.length, values.null_count, values.n_buffers = rows, 0, len(buffers)
    places = [None if buffer is None else _start(keep(buffer)) for buffer in buffers]
    values.buffers = keep((ctypes.c_void_p * len(buffers))(*places))
    values.release = _ArrayRelease(address("dedup_borrowed_array"))
    return values


def _start(buffer: Any) -> int | None:
    if isinstance(buffer, bytes):
        return ctypes.cast(ctypes.c_char_p(buffer), ctypes.c_void_p).value
    return int(buffer.buffer_info()[0])


def _column(name: str, values: Sequence[Any], keep: Any) -> tuple[_Schema, _Array]:
    valid = [value is not None for value in values]
    nulls = None if all(valid) else _bits(valid)
    if any(valid) and all(value is None or type(value) is int for value in values):
        try:
            numbers = array("q", (0 if value is None else value for value in values))
        except OverflowError:
            return _column(name, [None if value is None else str(value) for value in values], keep)
        column = _array(len(values), [nulls, numbers], keep)
        column.null_count = valid.count(False)
        return _schema(b"l", name.encode(), keep), column
    encoded = [b"" if value is None else _bytes(name, row, value) for row, value in enumerate(values)]
    ends = array("q", accumulate(map(len, encoded), initial=0))
    column = _array(len(values), [nulls, ends, b"".join(encoded)], keep)
    column.null_count = valid.count(False)
    return _schema(b"U", name.encode(), keep), column


def _bits(valid: list[bool]) -> bytes:
    number = sum(1 << place for place, is_valid in enumerate(valid) if is_valid) if len(valid) < 64 else 0
    if len(valid) < 64:
        return number.to_bytes(8, "little")
    bits = bytearray((len(valid) + 7) // 8)
    for place, is_valid in enumerate(valid):
        if is_valid:
            bits[place >> 3] |= 1 << (place & 7)
    return bytes(bits)


def _bytes(name: str, row: int, value: Any) -> bytes:
    if isinstance(value, str):
        # Half a surrogate pair is no text; it is read as what is lost.
        return value.encode(errors="replace") if not value.isascii() else value.encode()
    # Of a date or a moment.
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).encode()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value).encode()
    failure = ColumnTypeError(f'row {row}: "{name}" is {type(value).__name__}, not a string, number, date or None')
    failure.subject, failure.row = name, row
    raise failure


class Memory:
    """Numbers in memory that somebody owns, as NumPy sees them: `numpy.asarray(memory)` copies nothing."""

    def __init__(self, owner: object, start: int, shape: tuple[int, ...], typestr: str) -> None:
        self._owner = owner
        self.__array_interface__ = {
            "data": (start, True), "shape": shape, "typestr": typestr, "version": 3,
        }  # fmt: skip


class _Batch:
    """A schema and an array that were handed out, released together."""

    def __init__(self, stream: _Stream) -> None:
        self.schema, self.array = _Schema(), _Array()
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

    def __init__(self, batch: _Batch, schema: _Schema, values: _Array) -> None:
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
        pointer, capsule = _empty_capsule()
        call("result_table", self._result.handle, self._name.encode(), pointer)
        return capsule

    def _columns(self) -> dict[str, Column]:
        if self._batch is None:
            stream = Stream(self.__arrow_c_stream__())
            self._batch = _Batch(_Stream.from_address(stream.pointer))
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
