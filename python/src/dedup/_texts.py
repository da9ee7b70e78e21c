"""Shingles, signatures and bands, for who builds something else of them."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

from . import _kinds
from ._table import Table
from ._native import Result, Watch, call, run

if TYPE_CHECKING:
    import numpy

#: Values of a signature.
SLOTS = 128


def _texts(function: str, texts: Any, width: int, threads: int) -> Table:
    stream = _kinds.read(texts, {"text": "text"}).stream()
    result = Result(stream.keeps)
    run(Watch(), None, function, ctypes.c_void_p(stream.pointer), width, threads, ctypes.byref(result.handle))
    return Table(result, function)


def shingles(text: str, *, width: int = 5) -> numpy.ndarray[Any, numpy.dtype[numpy.uint64]]:
    """The distinct shingles of a text: hashes of `width` words in a row, ascending.

    Returns:
        (n,) uint64; a text of fewer words is one shingle, one of none has none.
    """
    import numpy

    return numpy.asarray(_texts("shingles", [text], width, 1).column("shingles").item().memory())


def signatures(texts: Any, *, width: int = 5, threads: int = 0) -> numpy.ndarray[Any, numpy.dtype[numpy.uint32]]:
    """The MinHash signature of each text: two agree in a slot with the probability that is the Jaccard similarity of their
    shingles, give or take √(J(1−J)/128).

    Args:
        texts: a list of strings, a Series, an array, a table with a column `text`.

    Returns:
        (n, 128) uint32; zeros for None and for texts of no words.
    """
    import numpy

    column = _texts("signatures", texts, width, threads).column("signature")
    return numpy.asarray(column.item().memory((len(column), SLOTS)))


def banding(threshold: float) -> tuple[int, int]:
    """Bands and rows that find a pair at the threshold 98 times in 100: .7 gives (25, 5)."""
    bands, rows = ctypes.c_int32(), ctypes.c_int32()
    call("banding", threshold, ctypes.byref(bands), ctypes.byref(rows))
    return bands.value, rows.value


def bands(
    signatures: numpy.ndarray[Any, Any], *, threshold: float = 0.7, shape: tuple[int, int] | None = None
) -> numpy.ndarray[Any, numpy.dtype[numpy.uint32]]:
    """The key of each band of each signature: texts that share one are worth comparing.

    Args:
        signatures: (n, 128) uint32.
        shape: bands and rows; None: those of the threshold.

    Returns:
        (n, bands) uint32.
    """
    import numpy

    count, rows = shape or banding(threshold)
    values = numpy.ascontiguousarray(signatures, dtype=numpy.uint32)
    if values.ndim != 2 or values.shape[1] != SLOTS:
        raise ValueError(f"signatures of shape {values.shape}, not (n, {SLOTS})")
    keys = numpy.empty((len(values), max(count, 1)), dtype=numpy.uint32)
    call("bands", values.ctypes.data, len(values), count, rows, keys.ctypes.data)
    return keys


def jaccard(a: str, b: str, *, width: int = 5) -> float:
    """Exact Jaccard similarity of two texts' shingles, 0 to 1; 0 where neither has a word."""
    found = ctypes.c_double()
    one, other = a.encode(errors="replace"), b.encode(errors="replace")
    call("jaccard", one, len(one), other, len(other), width, ctypes.byref(found))
    return found.value
