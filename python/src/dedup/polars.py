"""Expressions for Polars: `pl.col("text").dedup.cluster()`, once this is imported."""

from __future__ import annotations

from typing import Any

import polars

from ._cluster import Level, cluster
from ._filter import keep


@polars.api.register_expr_namespace("dedup")
class Dedup:
    """Of a column of texts as a whole; dates and titles are columns of their own, which `dedup.cluster(frame)` reads."""

    def __init__(self, expression: polars.Expr) -> None:
        self._expression = expression

    def cluster(self, level: Level = "near", **options: Any) -> polars.Expr:
        """The number of each text's cluster: Int64."""
        return self._expression.map_batches(
            lambda texts: polars.Series(cluster(texts, level=level, **options).documents[f"{level}_number"]),
            return_dtype=polars.Int64,
        )

    def keep(self, level: Level = "near", **options: Any) -> polars.Expr:
        """Whether each text is one to keep: Boolean."""
        return self._expression.map_batches(
            lambda texts: keep(texts, level=level, **options), return_dtype=polars.Boolean
        )
