"""Connected components of more edges than one machine should hold: large stars and small stars in turn.

R. Kiveris and others: Connected components in MapReduce and beyond, SoCC 2014.
"""

from __future__ import annotations

from collections.abc import Callable

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

#: Cuts the lineage of a frame and computes it.
Settle = Callable[[DataFrame], DataFrame]


def alternating_stars(edges: DataFrame, settle: Settle) -> DataFrame:
    """Of each node of the edges (u, v: long) that is not the least of its component: node, component.

    Rounds grow with the logarithm of the nodes. Nothing depends on the order of rows.
    """
    edges = settle(edges.select(F.greatest("u", "v").alias("u"), F.least("u", "v").alias("v")).where("u != v").distinct())
    before = None
    while True:
        edges = settle(_small_star(_large_star(edges)))
        found = edges.agg(F.count("*"), F.sum(F.xxhash64("u", "v").cast("decimal(38,0)"))).first()
        if found == before:
            return edges.select(F.col("u").alias("node"), F.col("v").alias("component"))
        before = found


def _large_star(edges: DataFrame) -> DataFrame:
    """Each larger neighbour of a node hangs on the least of the node and its neighbours."""
    both = edges.union(edges.select(F.col("v").alias("u"), F.col("u").alias("v")))
    least = both.groupBy("u").agg(F.min("v").alias("least")).select("u", F.least("u", "least").alias("least"))
    return both.join(least, "u").where("v > u").select(F.col("v").alias("u"), F.col("least").alias("v")).distinct()


def _small_star(edges: DataFrame) -> DataFrame:
    """A node and its smaller neighbours hang on the least of these."""
    least = edges.groupBy("u").agg(F.min("v").alias("least"))
    others = edges.join(least, "u").select(F.col("v").alias("u"), F.col("least").alias("v"))
    return others.union(least.select("u", F.col("least").alias("v"))).where("u != v").distinct()
