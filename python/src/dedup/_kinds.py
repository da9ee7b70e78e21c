"""What goes in comes back in its kind: how each kind of data is read as Arrow, how it gives up rows, and how a column
of it is made. Libraries are recognised by the names of their types, and imported only where their data came in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from ._arrow import ArrowArray, ArrowStream, Stream, stream_of, stream_of_columns
from ._native import ColumnError

ROLES = ("text", "id", "title", "date", "source", "language", "url")
#: The names that news data uses, as the command looks for them.
USUAL = {
    "text": ["text", "maintext", "body", "content", "article"],
    "id": ["id", "doc_id", "uri", "url"],
    "title": ["title", "headline"],
    "date": [
        "published_at", "date_publish", "publishedAt", "publish_date", "pubDate", "date_published", "date",
        "dateTime", "created_at", "timestamp",
    ],
    "source": ["source", "source_domain", "domain", "publication"],
    "language": ["language", "lang"],
    "url": ["url", "link"],
}  # fmt: skip

Names = Mapping[str, "str | None"]


class Data(NamedTuple):
    """Data that came in, and its ways out."""

    #: For one call.
    stream: Callable[[], Stream]
    rows: int
    #: The rows whose byte is 1.
    keep: Callable[[bytearray], Any]
    #: Whether each row is kept, from bytes of 0 and 1.
    mask: Callable[[bytearray], Any]
    #: A column beside the rows.
    column: Callable[[list[Any]], Any]


def read(data: Any, names: Names) -> Data:
    """Recognises what came in.

    Args:
        names: of each role the column that was asked for; None for the usual ones.
    """
    library, kind = type(data).__module__.split(".")[0], type(data).__name__
    if library == "pandas":
        return _pandas(data, names)
    if library == "polars":
        if kind == "LazyFrame":
            raise TypeError("a LazyFrame has no rows yet: give frame.collect()")
        return _polars(data)
    if library in ("duckdb", "_duckdb"):
        return _duckdb(data)
    if library == "datasets":
        return _dataset(data)
    if library == "numpy":
        return _numpy(data)
    if isinstance(data, ArrowStream | ArrowArray):
        return _arrow(data)
    if isinstance(data, Mapping):
        return _mapping(data, names)
    if isinstance(data, str | bytes):
        raise TypeError("one string is no collection of documents: give a list of strings")
    if isinstance(data, Sequence):
        return _sequence(data, names)
    raise TypeError(
        f"{library}.{kind} is no collection of documents that is known: give a frame, a table, any object with "
        "__arrow_c_stream__, or a list of strings or dicts"
    )


def wanted(names: Names, columns: Sequence[Any]) -> list[str]:
    """Those of the columns that documents are read from: of libraries whose other columns may hold what Arrow cannot."""
    for role in ROLES:
        asked = names.get(role)
        usual = USUAL["text"] if role == "text" and asked is None else [asked] if asked else []
        if usual and not any(name in columns for name in usual) and len(columns):
            shown = ", ".join(map(str, columns[:20])) + (", …" if len(columns) > 20 else "")
            failure = ColumnError(f"no column {', '.join(usual)}; there is {shown}")
            failure.subject = usual[0]
            raise failure
    read = {name for role in ROLES for name in ([names[role]] if names.get(role) is not None else USUAL[role])}
    return [name for name in columns if name in read]


def _pandas(data: Any, names: Names) -> Data:
    import pandas

    is_series = isinstance(data, pandas.Series)

    def stream() -> Stream:
        try:
            import pyarrow
        except ImportError:
            columns = {"text": data} if is_series else {name: data[name] for name in wanted(names, list(data.columns))}
            return stream_of_columns(
                {name: values.astype(object).where(values.notna(), None).tolist() for name, values in columns.items()}
            )
        if is_series:
            return stream_of(pyarrow.table({"text": pyarrow.Array.from_pandas(data)}))
        if data.columns.has_duplicates:
            twice = data.columns[data.columns.duplicated()][0]
            raise ValueError(f'several columns are called "{twice}": rename all but one')
        # Only what is read: other columns may hold what Arrow has no type for.
        chosen = data[wanted(names, list(data.columns))]
        return stream_of(pyarrow.Table.from_pandas(chosen, preserve_index=False))

    return Data(
        stream,
        len(data),
        lambda mask: data[_numpy_mask(mask)],
        lambda mask: pandas.Series(_numpy_mask(mask), index=data.index, name="keep"),
        lambda values: pandas.Series(values, index=data.index),
    )


def _polars(data: Any) -> Data:
    import polars

    def mask(rows: bytearray) -> Any:
        return polars.Series("keep", _numpy_mask(rows)) if _has("numpy") else polars.Series("keep", map(bool, rows))

    frame = data.to_frame("text") if isinstance(data, polars.Series) else data
    return Data(lambda: stream_of(frame), len(data), lambda rows: data.filter(mask(rows)), mask, polars.Series)


def _duckdb(data: Any) -> Data:
    import duckdb

    table = data.to_arrow_table() if hasattr(data, "to_arrow_table") else data.arrow()
    arrow = _arrow(table)
    return arrow._replace(keep=lambda rows: duckdb.from_arrow(arrow.keep(rows)))


def _dataset(data: Any) -> Data:
    table = data.data.table if data._indices is None else data.with_format("arrow")[:]
    return _arrow(table)._replace(keep=lambda rows: data.select([row for row, kept in enumerate(rows) if kept]))


def _arrow(data: Any) -> Data:
    """Whatever speaks Arrow. What can be read only once is read into a table first."""
    import pyarrow

    if isinstance(data, pyarrow.Array | pyarrow.ChunkedArray) and not isinstance(data, pyarrow.StructArray):
        source: Any = pyarrow.table({"text": data})
    elif isinstance(data, pyarrow.Table | pyarrow.RecordBatch):
        source = data
    elif isinstance(data, pyarrow.StructArray) or not isinstance(data, ArrowStream):
        source, data = data, pyarrow.array(data)
    else:
        source = data = pyarrow.table(data)

    def mask(rows: bytearray) -> Any:
        return pyarrow.array(map(bool, rows), pyarrow.bool_())

    return Data(lambda: stream_of(source), len(data), lambda rows: data.filter(mask(rows)), mask, pyarrow.array)


def _numpy(data: Any) -> Data:
    texts = data.tolist()
    return Data(
        lambda: stream_of_columns({"text": texts}),
        len(texts),
        lambda rows: data[_numpy_mask(rows)],
        _numpy_mask,
        lambda values: sys.modules["numpy"].array(values),
    )


def _mapping(data: Mapping[str, Any], names: Names) -> Data:
    lengths = {len(values) for values in data.values()}
    if len(lengths) > 1:
        raise ValueError(f"columns of different lengths: {', '.join(f'{k}: {len(v)}' for k, v in data.items())}")

    def keep(rows: bytearray) -> dict[str, list[Any]]:
        return {name: _chosen(values, rows) for name, values in data.items()}

    chosen = wanted(names, list(data))
    return Data(
        lambda: stream_of_columns({name: list(data[name]) for name in chosen} or {"text": []}),
        lengths.pop() if lengths else 0, keep, lambda rows: [bool(row) for row in rows], list,
    )  # fmt: skip


def _sequence(data: Sequence[Any], names: Names) -> Data:
    if data and all(isinstance(row, Mapping) for row in data):
        columns = dict.fromkeys(name for row in data for name in row)
        chosen = wanted(names, list(columns))
        made = {name: [row.get(name) for row in data] for name in chosen}
    else:
        made = {"text": list(data)}
    return Data(
        lambda: stream_of_columns(made),
        len(data),
        lambda rows: _chosen(data, rows),
        lambda rows: [bool(row) for row in rows],
        list,
    )


def _chosen(values: Sequence[Any], rows: bytearray) -> list[Any]:
    return [value for value, kept in zip(values, rows, strict=True) if kept]


def _has(library: str) -> bool:
    try:
        __import__(library)
    except ImportError:
        return False
    return True


def _numpy_mask(rows: bytearray) -> Any:
    import numpy

    return numpy.frombuffer(rows, dtype=bool)
