"""From documents to their texts, and from what was found of texts back to documents."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .._parts.sketch import ORDER

#: The fingerprint, equal where the words are.
TEXT = ["high", "low"]
#: Equal texts from which on their rows are not brought together.
HOT = 100_000


def distinct(documents: DataFrame) -> DataFrame:
    """A row for each distinct text of some words: high, low, first (the preferred document that has it), count."""
    order = F.struct(*ORDER)
    return documents.where("length > 0").groupBy(*TEXT).agg(F.min(order).alias("first"), F.count("*").alias("count"))


def joined(documents: DataFrame, of_text: DataFrame) -> DataFrame:
    """Each document with what was found of its text."""
    hot = of_text.where(F.col("count") > HOT)
    if hot.isEmpty():
        return _named(documents.join(of_text, TEXT, "left"))
    # A page that is there a million times would come to one task.
    others = documents.join(F.broadcast(hot), TEXT, "left_anti").join(of_text, TEXT, "left")
    return _named(documents.join(F.broadcast(hot), TEXT).select(*others.columns).union(others))


def _named(joined: DataFrame) -> DataFrame:
    """A text of no words is like no other."""
    has_words = F.col("length") > 0
    labelled = joined.withColumn("exact", F.when(has_words, F.coalesce("exact", "id")).otherwise(F.col("id")))
    near = F.when(has_words, F.coalesce("near", "exact")).otherwise(F.col("id"))
    is_known = F.coalesce("near_is_known", "is_known", F.lit(False))
    jaccard = F.when(F.col("exact") == F.col("id"), F.col("jaccard"))
    return labelled.select(
        "is_new", "id", "exact", near.alias("near"), is_known.alias("is_known"), jaccard.alias("jaccard"), "too_short")  # fmt: skip
