"""Random Arrow: types, lengths, chunks, slices, encodings of null. Read as what it says, whatever it looks like."""

from __future__ import annotations

import gc
import os
import threading
from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dedup

EXAMPLES = int(os.environ.get("DEDUP_EXAMPLES", "200"))
settings.register_profile("dedup", max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("dedup")

STRINGS = [pa.string(), pa.large_string(), pa.string_view()]
KEYS = [pa.int8(), pa.uint8(), pa.int16(), pa.uint16(), pa.int32(), pa.uint32(), pa.int64(), pa.uint64()]
INTEGERS = KEYS

texts = st.one_of(
    st.none(), st.text(max_size=12), st.text(alphabet="abc é\u4e2d😀\0", max_size=90),
    st.sampled_from(["the same words in the same order", "THE SAME, words – in the same order!"]),
)  # fmt: skip


string_kinds = st.one_of(
    st.sampled_from(STRINGS),
    st.builds(pa.dictionary, st.sampled_from(KEYS), st.sampled_from(STRINGS[:2])),
    st.just("a dictionary that holds null"),
)  # fmt: skip


@st.composite
def cut_out(draw: Any, values: list[Any], kind: Any) -> pa.Array:
    """The values as an array of a kind, cut out of something longer."""
    others = texts if kind in STRINGS or isinstance(kind, str) or pa.types.is_dictionary(kind) else st.none()
    before, after = draw(st.lists(others, max_size=9)), draw(st.lists(others, max_size=9))
    whole = [*before, *values, *after]
    if isinstance(kind, str):
        # Its indices are all there.
        array = pa.DictionaryArray.from_arrays(pa.array(range(len(whole)), pa.int32()), pa.array(whole, pa.string()))
    elif pa.types.is_dictionary(kind):
        array = pa.array(whole, kind.value_type).dictionary_encode().cast(kind)
    else:
        array = pa.array(whole, kind)
    return array.slice(len(before), len(values))


@st.composite
def tables(draw: Any) -> tuple[pa.Table, dict[str, list[Any]]]:
    count = draw(st.integers(0, 20))
    cuts = sorted(draw(st.lists(st.integers(0, count), max_size=4)))
    bounds = list(zip([0, *cuts], [*cuts, count], strict=True))
    kinds = {"text": draw(string_kinds)}
    for name in draw(st.sets(st.sampled_from(["title", "source", "language", "id"]))):
        kinds[name] = draw(string_kinds)
    values = {name: draw(st.lists(texts, min_size=count, max_size=count)) for name in kinds}
    if "id" not in kinds and draw(st.booleans()):
        kinds["id"] = draw(st.sampled_from(INTEGERS))
        low, high = (-128, 127) if pa.types.is_signed_integer(kinds["id"]) else (0, 255)
        values["id"] = draw(st.lists(st.none() | st.integers(low, high), min_size=count, max_size=count))
    columns = {}
    for name, kind in kinds.items():
        columns[name] = pa.chunked_array([draw(cut_out(values[name][first:last], kind)) for first, last in bounds])
    return pa.table(columns), values


@given(tables())
def test_same_as_plain_python(drawn: tuple[pa.Table, dict[str, list[Any]]]) -> None:
    table, values = drawn
    assert dedup.cluster(table).documents.to_pydict() == dedup.cluster(values).documents.to_pydict()


@given(st.lists(texts, max_size=20), st.data())
def test_texts_alone(values: list[str | None], data: Any) -> None:
    array = data.draw(cut_out(values, data.draw(string_kinds)))
    found = dedup.signatures(array)
    assert found.shape == (len(values), 128)
    assert (found == dedup.signatures(values)).all()
    assert dedup.cluster(array).documents["exact"] == dedup.cluster(values).documents["exact"]


@given(tables())
def test_results_hold_together(drawn: tuple[pa.Table, dict[str, list[Any]]]) -> None:
    """Levels are nested, representatives are members of their own clusters, tables read as PyArrow reads them."""
    table, _ = drawn
    clusters = dedup.cluster(table, pairs=True, explain=True)
    whole = clusters.to_arrow()
    whole.validate(full=True)
    assert whole.to_pydict() == clusters.documents.to_pydict()
    rows = clusters.documents
    for inner, outer in zip(dedup.LEVELS, dedup.LEVELS[1:], strict=False):
        pairs = set(zip(rows[f"{inner}_number"], rows[f"{outer}_number"], strict=True))
        assert len(pairs) == len(set(rows[f"{inner}_number"]))
    for row, representative in enumerate(rows["representative"]):
        assert rows["is_representative"][row] == (row == representative)
        assert rows["representative"][representative] == representative
    for name in ("pairs", "passages", "facts", "grounds", "near_misses", "boilerplate", "problems", "events"):
        table_of = getattr(clusters, name)
        table_of.to_arrow().validate(full=True)
        assert table_of.to_arrow().to_pylist() == table_of.to_pylist()


def test_whole_batches_that_are_cut_out() -> None:
    """A struct with an offset of its own, over children that have theirs."""
    inner = pa.array(["x", "y", "one text of some words", "one text of some words", "z"]).slice(1)
    structs = pa.StructArray.from_arrays([inner], names=["text"]).slice(1, 2)
    assert dedup.cluster(structs).documents["exact"] == [0, 0]

    class Batch:
        def __arrow_c_array__(self, requested_schema: object = None) -> Any:
            return structs.__arrow_c_array__(requested_schema)

    assert dedup.cluster(Batch()).documents["exact"] == [0, 0]


def test_memory_goes_back_once_and_from_any_thread() -> None:
    def allocated() -> int:
        gc.collect()
        return pa.total_allocated_bytes()

    before = allocated()
    table = pa.table({"text": pa.array([f"text {n} of some words and more" for n in range(5000)])})
    clusters = dedup.cluster(table, level="near")
    columns = clusters.to_arrow()
    size = table.nbytes
    del table
    assert allocated() >= before + size * 0.9, "texts are held, not copied"
    del clusters
    assert allocated() < before + size * 0.5, "texts are let go with the result"
    column = columns["near"].chunk(0)
    holders = [columns, column]
    del columns, column
    thread = threading.Thread(target=holders.clear)
    thread.start()
    thread.join()


def test_part_of_a_result_outlives_it() -> None:
    clusters = dedup.cluster(["a few words that are here twice"] * 3)
    column = clusters.to_arrow()["near"]
    signatures = dedup.signatures(["a few words"])
    first = signatures[0, 0]
    del clusters
    gc.collect()
    assert column.to_pylist() == [0, 0, 0] and signatures[0, 0] == first
