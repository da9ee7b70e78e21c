"""Tables of rows."""

from __future__ import annotations

from collections.abc import Iterable

MEGABYTE = 1e6
Row = dict


def table(head: str, rows: Iterable[Iterable[str]]) -> list[str]:
    titles = head.split(" | ")
    return [f"| {head} |", "|" + "---|" * len(titles), *("| " + " | ".join(row) + " |" for row in rows), ""]
