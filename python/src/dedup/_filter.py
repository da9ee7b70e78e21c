"""One of each group of duplicates."""

from __future__ import annotations

from typing import Any, TypeVar

from . import _kinds
from ._table import Table, as_rows
from ._cluster import Keep, Level, start
from ._native import Progress

Frame = TypeVar("Frame")


def _kept(
    data: Any, level: Level, keep: Keep, threshold: float, against: Any, progress: Progress | None,
    names: dict[str, str | None], more: dict[str, Any],
) -> tuple[_kinds.Data, bytearray]:  # fmt: skip
    names = {role: None for role in _kinds.ROLES} | {"text": "text"} | names
    values = {"level": level, "keep": keep, "threshold": threshold} | more
    read = _kinds.read(data, names)
    known = None if against is None else _kinds.read(against, names)
    removed = Table(start("filter", [read, known], names, values, progress), "removals")
    return read, as_rows(removed["row"], read.rows)


def removed_rows(table: Any, names: dict[str, str | None], level: Level, keep: Keep, options: dict[str, Any]) -> Table:
    """Which rows go: row, of_row, of_against, relation, score."""
    read = _kinds.read(table, names)
    return Table(start("filter", [read, None], names, {"level": level, "keep": keep} | options, None), "removals")


def keep(
    data: Any,
    *,
    level: Level = "near",
    keep: Keep = "earliest",
    threshold: float = 0.7,
    against: Any = None,
    progress: Progress | None = None,
    text: str | None = "text",
    id: str | None = None,
    date: str | None = None,
    source: str | None = None,
    title: str | None = None,
    language: str | None = None,
    url: str | None = None,
    **options: Any,
) -> Any:
    """Whether each document is one to keep: of each group of duplicates one is, and each that goes duplicates a kept one.

    Args:
        data: as for `dedup.cluster`.
        level: how alike documents are of which one is kept.
        keep: which one: the earliest (then the longest, then the first), the newest, the longest, the first.
        threshold: least Jaccard similarity of near copies, 0 to 1.
        against: other documents, such as a test set: what duplicates one of them goes, whichever is earlier.
        options: as for `dedup.cluster`: event_threshold, event_window, date_order, threads, memory, temporary_folder.

    Returns:
        A mask of the kind that came in: a Series of pandas with the frame's index, a Series of Polars, a boolean array of
        PyArrow, a list.
    """
    names = {
        "text": text, "id": id, "date": date, "source": source, "title": title, "language": language, "url": url,
    }  # fmt: skip
    read, mask = _kept(data, level, keep, threshold, against, progress, names, options)
    return read.mask(mask)


def drop_duplicates(
    data: Frame,
    *,
    level: Level = "near",
    keep: Keep = "earliest",
    threshold: float = 0.7,
    against: Any = None,
    progress: Progress | None = None,
    text: str | None = "text",
    id: str | None = None,
    date: str | None = None,
    source: str | None = None,
    title: str | None = None,
    language: str | None = None,
    url: str | None = None,
    **options: Any,
) -> Frame:
    """The documents that `dedup.keep` keeps, in their order, all columns as they were, in the kind that came in.

    Arguments are those of `dedup.keep`.
    """
    names = {
        "text": text, "id": id, "date": date, "source": source, "title": title, "language": language, "url": url,
    }  # fmt: skip
    read, mask = _kept(data, level, keep, threshold, against, progress, names, options)
    kept: Frame = read.keep(mask)
    return kept
