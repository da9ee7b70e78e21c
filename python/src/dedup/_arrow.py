"""Arrow in, through the Arrow PyCapsule interface: no library of Arrow is needed."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, Protocol, runtime_checkable

from ._native import ColumnTypeError, address, library

_STREAM = b"arrow_array_stream"


@runtime_checkable
class ArrowStream(Protocol):
    """Whatever hands out an Arrow stream: a frame of Polars, a table of PyArrow, a relation of DuckDB."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


@runtime_checkable
class ArrowArray(Protocol):
    """Whatever hands out an Arrow array: a record batch."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...


class SchemaStruct(ctypes.Structure):
    pass


_SchemaRelease = ctypes.CFUNCTYPE(None, ctypes.POINTER(SchemaStruct))
SchemaStruct._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_void_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.POINTER(ctypes.POINTER(SchemaStruct))),
    ("dictionary", ctypes.c_void_p),
    ("release", _SchemaRelease),
    ("private_data", ctypes.c_void_p),
]


class ArrayStruct(ctypes.Structure):
    pass


_ArrayRelease = ctypes.CFUNCTYPE(None, ctypes.POINTER(ArrayStruct))
ArrayStruct._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(ArrayStruct))),
    ("dictionary", ctypes.c_void_p),
    ("release", _ArrayRelease),
    ("private_data", ctypes.c_void_p),
]


class StreamStruct(ctypes.Structure):
    pass


StreamStruct._fields_ = [
    ("get_schema", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(StreamStruct), ctypes.POINTER(SchemaStruct))),
    ("get_next", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(StreamStruct), ctypes.POINTER(ArrayStruct))),
    ("get_last_error", ctypes.c_void_p),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(StreamStruct))),
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


def empty_capsule() -> tuple[int, object]:
    """A stream to be filled, and the capsule that owns it."""
    pointer = _calloc(1, ctypes.sizeof(StreamStruct))
    if not pointer:
        raise MemoryError
    return pointer, _new_capsule(pointer, _STREAM, _END)


def stream_of(data: ArrowStream | ArrowArray) -> Stream:
    """What an Arrow object hands out."""
    if isinstance(data, ArrowStream):
        return Stream(data.__arrow_c_stream__(), data)
    schema, values = data.__arrow_c_array__()
    pointer, capsule = empty_capsule()
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
    schemas = keep((ctypes.POINTER(SchemaStruct) * len(fields))(*(ctypes.pointer(schema) for schema, _ in fields)))
    arrays = keep((ctypes.POINTER(ArrayStruct) * len(fields))(*(ctypes.pointer(values) for _, values in fields)))
    rows = len(next(iter(columns.values())))
    schema = _schema(b"+s", b"", keep)
    schema.n_children, schema.children = len(fields), schemas
    values = _array(rows, [None], keep)
    values.n_children, values.children = len(fields), arrays
    pointer, capsule = empty_capsule()
    library.dedup_stream_of_array(ctypes.addressof(schema), ctypes.addressof(values), pointer)
    return Stream(capsule, memory)


def _schema(format: bytes, name: bytes, keep: Any) -> SchemaStruct:
    schema: SchemaStruct = keep(SchemaStruct())
    schema.format, schema.name = keep(format), keep(name)
    schema.flags = 2
    schema.release = _SchemaRelease(address("dedup_borrowed_schema"))
    return schema


def _array(rows: int, buffers: Sequence[Any], keep: Any) -> ArrayStruct:
    values: ArrayStruct = keep(ArrayStruct())
    values.length, values.null_count, values.n_buffers = rows, 0, len(buffers)
    places = [None if buffer is None else _start(keep(buffer)) for buffer in buffers]
    values.buffers = keep((ctypes.c_void_p * len(buffers))(*places))
    values.release = _ArrayRelease(address("dedup_borrowed_array"))
    return values


def _start(buffer: Any) -> int | None:
    if isinstance(buffer, bytes):
        return ctypes.cast(ctypes.c_char_p(buffer), ctypes.c_void_p).value
    return int(buffer.buffer_info()[0])


def _column(name: str, values: Sequence[Any], keep: Any) -> tuple[SchemaStruct, ArrayStruct]:
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
