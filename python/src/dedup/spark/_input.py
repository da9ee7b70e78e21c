"""What is read of a frame, checked before anything runs."""

from __future__ import annotations

from typing import Any

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import (
    ByteType,
    DataType,
    DateType,
    IntegerType,
    LongType,
    ShortType,
    StringType,
    TimestampNTZType,
    TimestampType,
)

from .._kinds import USUAL, wanted
from .._native import ColumnError, ColumnTypeError, OptionError
from .._parts.sketch import ID, PLACE, Spec

_INTEGERS = (ByteType, ShortType, IntegerType, LongType)
_WHY = {
    "copy": "what counts as boilerplate is counted over all documents, and who is compared with whom follows from the lists "
    "of all that share a rare shingle: no part of a dump gives the answer of the whole",
    "event": "its clusters are made by average linkage over similarities that weigh words by all documents: no part of a dump "
    "gives the answer of the whole",
}


def check_level(level: str) -> None:
    """Levels that Spark gives exactly as one machine does."""
    if level in _WHY:
        raise OptionError(
            f'level "{level}" is not clustered on Spark, since {_WHY[level]}. Give level="near" here, keep the '
            f'representatives (dedup.spark.filter), and run dedup.cluster(…, level="{level}") on them on one machine: a '
            "million documents take about a quarter of a minute of one core"
        )
    if level not in ("exact", "near"):
        raise OptionError(f'level is "{level}", not one of "exact", "near"')


class Input:
    """A frame as documents: an id, a place, and the columns of text and date."""

    def __init__(self, frame: DataFrame, names: dict[str, str | None], order: str | None, **more: Any) -> None:
        columns = frame.columns
        wanted(names, columns)
        self.frame = frame
        self.id = _id(frame, names["id"])
        text = _columns("text", names["text"], columns)
        date = _columns("date", names["date"], columns)
        self.spec = Spec(text, date, **more)
        for column in text:
            if not isinstance(_type(frame, column), StringType):
                raise _type_error(column, "text is read from strings", frame)
        self.place = F.lit(0).cast("long")
        if order is not None:
            if not isinstance(_type(frame, order), (*_INTEGERS, StringType, DateType, TimestampType, TimestampNTZType)):
                raise _type_error(order, "order is read from integers, strings, dates or timestamps", frame)
            self.place = _named(order)

    def select(self) -> DataFrame:
        """The columns that a task reads."""
        return self.frame.select(
            self.id.alias(ID), self.place.alias(PLACE), *(_named(name) for name in self.spec.columns)
        )

    def texts(self) -> DataFrame:
        """Ids and texts: of each row the first column with a text."""
        return self.frame.select(self.id.alias(ID), F.coalesce(*map(_named, self.spec.text)).alias("text"))


def _named(name: str) -> Column:
    # A name with a dot in it is a name, not a path.
    return F.col("`" + name.replace("`", "``") + "`")


def _columns(role: str, asked: str | None, columns: list[str]) -> list[str]:
    if asked is None:
        return [name for name in USUAL[role] if name in columns]
    return [asked] if asked else []


def _id(frame: DataFrame, asked: str | None) -> Column:
    """As one machine reads it: of the usual columns the first with a value."""
    names = _columns("id", asked, frame.columns)
    if not names:
        error = ColumnError(
            f"no column {', '.join(USUAL['id'])}: rows of a Spark frame have no places, so that documents need ids of "
            "their own; name a column of them: id=…"
        )
        error.subject = "id"
        raise error
    kinds = [_type(frame, name) for name in names]
    for name, kind in zip(names, kinds, strict=True):
        if not isinstance(kind, (*_INTEGERS, StringType)):
            raise _type_error(name, "id is read from strings or integers", frame)
    if len(names) == 1 and not isinstance(kinds[0], StringType):
        return _named(names[0])
    values = [_named(name).cast("string") for name in names]
    return F.coalesce(*(F.when(value != "", value) for value in values))


def _type(frame: DataFrame, name: str) -> DataType:
    if name not in frame.columns:
        error = ColumnError(f"no column {name}; there is {', '.join(frame.columns[:20])}")
        error.subject = name
        raise error
    return frame.schema[name].dataType


def _type_error(name: str, wanted: str, frame: DataFrame) -> ColumnTypeError:
    error = ColumnTypeError(f'column "{name}" is {_type(frame, name).simpleString()}, and {wanted}: cast it')
    error.subject = name
    return error

