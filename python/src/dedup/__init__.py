"""Clusters news dumps: exact, near, copies, events. Arrow tables in, Arrow tables out.

    import dedup

    frame["event"] = dedup.cluster(frame)["event"]
    clean = dedup.drop_duplicates(frame, level="near")
"""

from ._table import Table
from ._cluster import LEVELS, Clusters, cluster
from ._compare import Fact, Overlap, Passage, Piece, Span, compare
from ._evaluate import Scores, evaluate
from ._filter import drop_duplicates, keep
from ._kinds import USUAL
from ._native import (
    ArrowError,
    ColumnError,
    ColumnTypeError,
    DedupError,
    OptionError,
    RoomError,
    SizeError,
    TableError,
)
from ._native import version as __version__
from ._texts import banding, bands, jaccard, shingles, signatures

__all__ = [
    "LEVELS",
    "USUAL",
    "ArrowError",
    "Clusters",
    "ColumnError",
    "ColumnTypeError",
    "DedupError",
    "Fact",
    "OptionError",
    "Overlap",
    "Passage",
    "Piece",
    "RoomError",
    "Scores",
    "SizeError",
    "Span",
    "Table",
    "TableError",
    "__version__",
    "banding",
    "bands",
    "cluster",
    "compare",
    "drop_duplicates",
    "evaluate",
    "jaccard",
    "keep",
    "shingles",
    "signatures",
]
