"""Clusters of documents."""

from __future__ import annotations

import ctypes
import os
from typing import TYPE_CHECKING, Any, Literal

from . import _kinds
from ._table import Table
from ._native import Progress, Result, Watch, make_options, run

if TYPE_CHECKING:
    from pathlib import Path

    import pandas
    import polars
    import pyarrow

Level = Literal["exact", "near", "copy", "event"]
Keep = Literal["earliest", "newest", "longest", "first"]
Linkage = Literal["star", "single"]
DateOrder = Literal["dmy", "mdy"]

LEVELS: tuple[Level, ...] = ("exact", "near", "copy", "event")


class Clusters:
    """Which documents are the same, at each level asked for: a row for each document, in their order.

    An Arrow object: `polars.DataFrame(clusters)`, `pyarrow.table(clusters)` and `duckdb.sql("FROM clusters")` read it. Of
    the columns that a level has not made there is none.

    ================== ======= ==========================================================================
    column             type    what
    ================== ======= ==========================================================================
    id                 id      of the document: its own, or its row
    exact … event      id      of the document that represents its cluster at this level
    exact_number …     int64   the cluster's number, from 0 in the order of first documents
    representative     int64   row of the document that represents its cluster at the outermost level
    is_representative  bool    whether it is that itself
    jaccard            float64 similarity of its words with its near representative, 0 to 1; null where it is that
                               itself or the two were not compared
    relation           string  what it is to its copy representative: abridged, embedded, reprint; or null
    share              float64 share of its words that stand there, 0 to 1; or null
    score              float64 the larger of that and the reverse; or null
    event_score        float64 average score against the other reports of its event, 0 to 1; or null
    too_short          bool    whether it has too few words to resemble another
    chapter            int64   of the chapters of its event its own, from 1; or null
    ================== ======= ==========================================================================
    """

    def __init__(self, result: Result, data: _kinds.Data, level: Level) -> None:
        self._result, self._data, self.level = result, data, level
        self.documents = Table(result, "documents")

    @property
    def levels(self) -> list[Level]:
        """Those that were asked for, from the innermost."""
        return list(LEVELS[: LEVELS.index(self.level) + 1])

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.documents.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return self._data.rows

    def __getitem__(self, name: str) -> Any:
        """A column, of the kind that came in: a pandas Series with the frame's index for a pandas frame."""
        return self._data.column(self.documents[name])

    def to_arrow(self) -> pyarrow.Table:
        """As a table of PyArrow, without a copy."""
        return self.documents.to_arrow()

    def to_polars(self) -> polars.DataFrame:
        """As a frame of Polars, without a copy."""
        return self.documents.to_polars()

    def to_pandas(self) -> pandas.DataFrame:
        """As a frame of pandas."""
        return self.documents.to_pandas()

    def clusters(self, level: Level | None = None) -> Table:
        """The clusters of two documents or more at a level, largest first: representative, representative_row, size,
        rows, first and last (UTC), sources, score (of events), headline; of events also doubt and chapters."""
        return Table(self._result, f"{level or self.level}_clusters")

    @property
    def events(self) -> Table:
        """`clusters("event")`. doubt lists why one may be none: undated, one_source, weak, chapters,
        recurring, form, series."""
        return self.clusters("event")

    @property
    def pairs(self) -> Table:
        """The verified pairs, where `pairs=True` asked for them: a, b, a_row, b_row, level, jaccard, containment_a,
        containment_b, share_a, share_b, longest_run (words)."""
        return Table(self._result, "pairs")

    @property
    def passages(self) -> Table:
        """The passages of the pairs, in half-open ranges of UTF-8 bytes: a, b, a_row, b_row, a_start, a_end, b_start,
        b_end, tokens, boilerplate."""
        return Table(self._result, "passages")

    @property
    def grounds(self) -> Table:
        """What decided on each event of two versions or more, where `explain=True` asked for it: representative,
        representative_row, decided_by (texts, days, company), texts, days, company, reach, documents."""
        return Table(self._result, "grounds")

    @property
    def near_misses(self) -> Table:
        """Pairs of events that almost are one: a, b, a_row, b_row, score."""
        return Table(self._result, "near_misses")

    @property
    def boilerplate(self) -> Table:
        """Text that recurs across unrelated stories and counts for nothing at the copy level: text, documents, example,
        example_row."""
        return Table(self._result, "boilerplate")

    @property
    def facts(self) -> Table:
        """What the reports of each event share, where `explain=True` asked for it: representative, representative_row,
        kind, text, weight, documents."""
        return Table(self._result, "facts")

    @property
    def problems(self) -> Table:
        """What could not be read as it stands: row (null where it is about none), message."""
        return Table(self._result, "problems")

    @property
    def columns(self) -> dict[str, list[str]]:
        """Which columns the documents were read from, by role."""
        found: dict[str, list[str]] = {}
        for row in Table(self._result, "columns").to_pylist():
            found.setdefault(row["role"], []).append(row["column"])
        return found

    @property
    def counts(self) -> dict[str, int]:
        """Documents, clusters at each level, and what is to be known of the input: too_short, without_text, illegible,
        duplicate_ids, unread_dates."""
        return {row["what"]: row["count"] for row in Table(self._result, "summary").to_pylist()}

    def report(self, path: str | os.PathLike[str]) -> Path:
        """Draws the result as one HTML file for people, which appears complete or not at all.

        Returns:
            The path.
        """
        import tempfile
        from pathlib import Path

        page, path = Table(self._result, "page")["html"][0], Path(path)
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with open(handle, "w", encoding="utf-8") as file:
                file.write(page)
            os.chmod(part, 0o666 & ~_umask())
            os.replace(part, path)
        except BaseException:
            os.unlink(part)
            raise
        return path

    def __repr__(self) -> str:
        counts = self.counts
        return f"<Clusters of {len(self)} documents: " + ", ".join(f"{counts[l]} {l}" for l in self.levels) + ">"

    def _repr_html_(self) -> str:
        """Counts, and the largest clusters of the outermost level."""
        import html

        counts = self.counts
        cells = "".join(f"<td>{counts[level]:,} {level}</td>" for level in self.levels)
        rows = "".join(
            f"<tr><td>{row['size']:,}</td><td style='text-align:left'>{html.escape(row['headline'][:120])}</td>"
            f"<td>{'' if row['first'] is None else row['first'].date()}</td></tr>"
            for row in self.clusters().to_pylist()[:10]
        )
        return (
            f"<table><tr><td>{len(self):,} documents</td>{cells}</tr></table>"
            f"<table><tr><th>{self.level}</th><th>largest</th><th>first</th></tr>{rows}</table>"
        )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def cluster(
    data: Any,
    *,
    text: str | None = "text",
    id: str | None = None,
    date: str | None = None,
    source: str | None = None,
    title: str | None = None,
    language: str | None = None,
    url: str | None = None,
    level: Level = "event",
    threshold: float = 0.7,
    event_threshold: float = 0.5,
    event_window: float = 30,
    linkage: Linkage = "star",
    keep: Keep = "earliest",
    date_order: DateOrder | None = None,
    pairs: bool = False,
    explain: bool = False,
    threads: int = 0,
    memory: int = 0,
    temporary_folder: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> Clusters:
    """Which documents are the same: word for word (exact), nearly so (near), taken from one another (copy), or reports of
    one event (event), each level inside the next.

    The same documents give the same clusters as the command does, on any number of threads. Texts are not copied: the
    result holds on to what it was given, since passages and pages read it again. Ctrl-C ends a call and leaves nothing.

    Args:
        data: documents, one a row: any Arrow object (frames of Polars and pandas, tables of PyArrow, relations of DuckDB,
            datasets of Hugging Face), a dict of columns, a list of strings or of dicts. A row without a text is like no
            other.
        text, id, date, source, title, language, url: names of columns. None: of the usual names (`dedup.USUAL`) those that
            are there, of which in each row the first with a value counts; "": none. Ids are strings or integers; dates are
            timestamps, dates, integers (seconds since 1970) or strings. `Clusters.columns` says what was read.
        level: the outermost level wanted; those inside it come with it.
        threshold: least Jaccard similarity of near copies over shingles of five words, 0 to 1.
        event_threshold: least average score of reports of one event, 0 to 1.
        event_window: most days between two reports of one event.
        linkage: "star": around representatives; "single": chains of pairs, as other tools do.
        keep: which document represents a cluster.
        date_order: how 03/04/2024 is read where no other date of the column tells; None: with the day first.
        pairs: whether `Clusters.pairs` and `.passages` are wanted; costs more where much is alike.
        explain: whether `Clusters.facts` and `Clusters.grounds` are wanted.
        threads: 0: one a core.
        memory: bytes of the process beyond which columns go to temporary files; 0: three quarters of what is free.
        temporary_folder: None: $TMPDIR, or /tmp.
        progress: called now and then on this thread with a phase, how much is done, and of how much, if that is known.

    Raises:
        dedup.OptionError, dedup.ColumnError, dedup.ColumnTypeError, dedup.ArrowError, dedup.SizeError, dedup.RoomError
        KeyboardInterrupt: within a tenth of a second of Ctrl-C.

    Near-linear in the bytes of the texts; some 450 bytes a document beside them.
    """
    names = {
        "text": text, "id": id, "date": date, "source": source, "title": title, "language": language, "url": url,
    }  # fmt: skip
    values = dict(
        level=level, threshold=threshold, event_threshold=event_threshold, event_window=event_window, linkage=linkage,
        keep=keep, date_order=date_order, pairs=pairs, explain=explain, threads=threads, memory=memory,
        temporary_folder=temporary_folder,
    )  # fmt: skip
    read = _kinds.read(data, names)
    return Clusters(start("cluster", [read], names, values, progress), read, level)


def start(
    function: str, data: list[_kinds.Data | None], names: _kinds.Names, values: dict[str, Any], progress: Progress | None
) -> Result:
    """Calls a function of streams, of which some may be missing, options and a result."""
    watch = Watch()
    options = make_options(watch, **names, **values)
    streams = [one and one.stream() for one in data]
    result = Result([stream.keeps for stream in streams if stream])
    pointers = [stream and ctypes.c_void_p(stream.pointer) for stream in streams]
    run(watch, progress, function, *pointers, ctypes.byref(options), ctypes.byref(result.handle))
    return result
