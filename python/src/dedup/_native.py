"""The C door: its structs, its errors, and calls that Ctrl-C ends. Knows ctypes; nothing else in the package does
but `_arrow`."""

from __future__ import annotations

import _thread
import ctypes
import os
from collections.abc import Callable
from typing import Any

Progress = Callable[[str, int, "int | None"], None]


class DedupError(Exception):
    """What went wrong in a call.

    Attributes:
        subject: the option, column or table that it is about; empty where that is nothing in particular.
        row: the row, counted from 0; None where it is about no row.
    """

    subject: str = ""
    row: int | None = None


class OptionError(DedupError, ValueError):
    """An option out of its range."""


class ArrowError(DedupError, ValueError):
    """An Arrow stream that failed, or an array that is not what its schema says."""


class ColumnError(DedupError, LookupError):
    """A column that is not there."""


class ColumnTypeError(DedupError, TypeError):
    """A column of a type that cannot be read as what it is to be."""


class SizeError(DedupError, ValueError):
    """More than can be counted: a text of 1 GB, four billion rows."""


class TableError(DedupError, LookupError):
    """A table that a result does not have."""


class RoomError(DedupError, OSError):
    """Temporary files could not be written."""


CANCELLED = 1
_ERRORS: dict[int, type[DedupError]] = {
    2: OptionError, 3: ArrowError, 4: ColumnError, 5: ColumnTypeError, 6: SizeError, 7: TableError, 8: RoomError,
}  # fmt: skip
_PHASES = ["", "reading", "comparing", "events", "writing"]


class _Error(ctypes.Structure):
    _fields_ = [
        ("code", ctypes.c_int32),
        ("row", ctypes.c_int64),
        ("subject", ctypes.c_char * 256),
        ("message", ctypes.c_char * 1024),
    ]


class Watch(ctypes.Structure):
    _fields_ = [
        ("cancel", ctypes.c_int32),
        ("phase", ctypes.c_int32),
        ("done", ctypes.c_int64),
        ("total", ctypes.c_int64),
    ]


_STRINGS = ["text", "id", "title", "date", "source", "language", "url", "level"]


class Options(ctypes.Structure):
    _fields_ = [
        ("size", ctypes.c_size_t),
        *((name, ctypes.c_char_p) for name in _STRINGS),
        ("threshold", ctypes.c_double),
        ("event_threshold", ctypes.c_double),
        ("event_window", ctypes.c_double),
        ("linkage", ctypes.c_char_p),
        ("keep", ctypes.c_char_p),
        ("date_order", ctypes.c_char_p),
        ("threads", ctypes.c_int32),
        ("memory", ctypes.c_int64),
        ("temporary_folder", ctypes.c_char_p),
        ("pairs", ctypes.c_bool),
        ("explain", ctypes.c_bool),
        ("progress", ctypes.c_void_p),
        ("context", ctypes.c_void_p),
    ]


class Scores(ctypes.Structure):
    _fields_ = [
        ("documents", ctypes.c_int64),
        ("predicted_clusters", ctypes.c_int64),
        ("gold_clusters", ctypes.c_int64),
        ("bcubed_precision", ctypes.c_double),
        ("bcubed_recall", ctypes.c_double),
        ("pairwise_precision", ctypes.c_double),
        ("pairwise_recall", ctypes.c_double),
        ("adjusted_rand", ctypes.c_double),
    ]


def _load() -> ctypes.CDLL:
    path = os.environ.get("DEDUP_LIBRARY") or os.path.join(os.path.dirname(__file__), "lib", "libdedup.so")
    library = ctypes.CDLL(path)
    pointer, text, size, integer = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int32
    for name, result, arguments in [
        ("options_init", None, [pointer]),
        ("result_free", None, [pointer]),
        ("result_table", ctypes.c_int, [pointer, text, pointer, pointer]),
        ("cluster", ctypes.c_int, [pointer] * 4),
        ("filter", ctypes.c_int, [pointer] * 5),
        ("compare", ctypes.c_int, [text, size, text, size, text, pointer, pointer]),
        ("evaluate", None, [pointer, pointer, size, pointer]),
        ("shingles", ctypes.c_int, [pointer, integer, integer, pointer, pointer]),
        ("signatures", ctypes.c_int, [pointer, integer, integer, pointer, pointer]),
        ("banding", ctypes.c_int, [ctypes.c_double, pointer, pointer, pointer]),
        ("bands", ctypes.c_int, [pointer, size, integer, integer, pointer, pointer]),
        ("jaccard", ctypes.c_int, [text, size, text, size, integer, pointer, pointer]),
        ("sketches", ctypes.c_int, [pointer, pointer, ctypes.c_bool, pointer, pointer]),
        ("components", ctypes.c_int, [pointer, pointer, size, ctypes.c_uint32, pointer, pointer]),
        ("stream_of_array", None, [pointer] * 3),
        ("version", text, []),
    ]:  # fmt: skip
        function = getattr(library, f"dedup_{name}")
        function.restype, function.argtypes = result, arguments
    return library


library = _load()


def address(function: str) -> int:
    """Where a function of the library is."""
    found = ctypes.cast(getattr(library, function), ctypes.c_void_p).value
    assert found
    return found


def call(function: str, *arguments: Any) -> None:
    """Calls a function that returns a code, and raises what it says.

    Ctypes lets other threads run meanwhile.
    """
    error = _Error()
    code = getattr(library, f"dedup_{function}")(*arguments, ctypes.byref(error))
    if code == CANCELLED:
        raise KeyboardInterrupt
    if code:
        failure = _ERRORS.get(code, DedupError)(error.message.decode(errors="replace"))
        failure.subject = error.subject.decode(errors="replace")
        failure.row = None if error.row < 0 else error.row
        raise failure


def make_options(watch: Watch, **values: Any) -> Options:
    """Options for a call that `run` makes; None is the default."""
    options = Options()
    library.dedup_options_init(ctypes.byref(options))
    for name, value in values.items():
        if value is not None:
            setattr(options, name, os.fsencode(value) if isinstance(value, str | os.PathLike) else value)
    options.progress = address("dedup_watch_progress")
    options.context = ctypes.addressof(watch)
    return options


def run(watch: Watch, progress: Progress | None, function: str, *arguments: Any) -> None:
    """Calls a function on a thread of its own, so that this one hears of Ctrl-C and ends it.

    That thread has done its work when this returns, whatever comes of it: what the arguments point to may go then. The
    calling thread sleeps meanwhile: it is woken by the end of the call or by a signal, and where somebody wants to see
    progress ten times a second.
    """
    outcome: list[BaseException] = []
    running = _thread.allocate_lock()
    running.acquire()

    def work() -> None:
        try:
            call(function, *arguments)
        except BaseException as error:  # noqa: BLE001 - it is raised where it belongs
            outcome.append(error)
        finally:
            running.release()

    # Not a Thread of `threading`: an interrupt in its start would leave it running unseen.
    try:
        try:
            _thread.start_new_thread(work, ())
        except RuntimeError:
            running.release()
            raise
        while not running.acquire(timeout=0.1):
            if progress and watch.phase:
                progress(_PHASES[watch.phase], watch.done, watch.total if watch.total >= 0 else None)
    except BaseException:
        watch.cancel = 1
        _wait(running)
        raise
    if outcome:
        raise outcome[0]


def _wait(lock: _thread.LockType) -> None:
    """Through any further Ctrl-C: the first is on its way."""
    while True:
        try:
            lock.acquire()
            return
        except KeyboardInterrupt:
            continue


class Result:
    """What a `dedup_result` is: freed once, when nobody has it any more.

    Attributes:
        keeps: what must live as long as it does: memory that it borrows.
    """

    def __init__(self, keeps: Any = None) -> None:
        self.handle = ctypes.c_void_p()
        self.keeps = keeps

    def __del__(self) -> None:
        if self.handle:
            library.dedup_result_free(self.handle)
            self.handle = ctypes.c_void_p()


version: str = library.dedup_version().decode()
