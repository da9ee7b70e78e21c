"""Comparisons, scores and the parts for who builds something else of them."""

from __future__ import annotations

import random

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import story

import dedup

A = "Überall: the port of Marrowick reopened on Monday, after a strike of nine days & 700 dockers <b>."
B = "Ministers said that the port of Marrowick reopened on Monday after a strike of ten days. 700 dockers!"


def test_passages_as_characters_and_bytes() -> None:
    overlap = dedup.compare(A, B)
    passage = overlap.passages[0]
    assert A[passage.a.start : passage.a.end] == passage.a.text
    assert A.encode()[passage.a.byte_start : passage.a.byte_end].decode() == passage.a.text
    assert passage.a.byte_start == passage.a.start + 1
    assert passage.a.text.startswith("the port of Marrowick reopened on Monday, after a strike")
    assert [piece.kind for piece in passage.pieces][:2] == ["equal", "replaced"]
    assert passage.pieces[1].a.text == "nine" and passage.pieces[1].b.text == "ten"
    assert any(fact.kind == "number" and fact.text == "700" for fact in overlap.facts)
    assert overlap.longest_run == 11
    page = overlap._repr_html_()
    assert "<mark>" in page and "&lt;b&gt;" in page and "<b>" not in page


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_texts(a: str, b: str) -> None:
    overlap = dedup.compare(a, b)
    for passage in overlap.passages:
        assert a[passage.a.start : passage.a.end] == passage.a.text
        assert b[passage.b.start : passage.b.end] == passage.b.text
    assert dedup.compare(a, a).jaccard in (0, 1)
    assert overlap.jaccard == pytest.approx(dedup.jaccard(a, b))


@given(st.text(alphabet=st.characters(categories=["Cs", "Ll"]), max_size=30))
def test_half_surrogates(text: str) -> None:
    """Python has strings that are no text."""
    overlap = dedup.compare(text, "a")
    assert overlap.a == text
    dedup.cluster([text, text])
    dedup.signatures([text])


def test_signatures_estimate_what_is_counted() -> None:
    r = random.Random(3)
    for _ in range(50):
        a = story(r) + " " + story(r)
        words = a.split()
        b = " ".join(words[: r.randrange(len(words) + 1)]) + " " + story(r)
        exact = dedup.jaccard(a, b)
        one, other = dedup.signatures([a, b])
        assert abs((one == other).mean() - exact) < 0.2
        sets = [set(dedup.shingles(text).tolist()) for text in (a, b)]
        assert exact == pytest.approx(len(sets[0] & sets[1]) / len(sets[0] | sets[1]))


def test_shapes() -> None:
    texts = ["one two three", None, "", "one two three"]
    found = dedup.signatures(pl.Series(texts))
    assert found.shape == (4, 128) and found.dtype == np.uint32
    assert not found[1].any() and not found[2].any() and (found[0] == found[3]).all()
    assert dedup.banding(0.7) == (25, 5)
    keys = dedup.bands(found)
    assert keys.shape == (4, 25) and keys.dtype == np.uint32 and (keys[0] == keys[3]).all()
    assert dedup.bands(found, shape=(2, 64)).shape == (4, 2)
    assert dedup.shingles("a b c d e f").shape == (2,) and dedup.shingles("").shape == (0,)
    assert dedup.shingles("a b c", width=1).shape == (3,)
    assert dedup.signatures([]).shape == (0, 128)
    for call in (
        lambda: dedup.bands(found[:, :64]), lambda: dedup.bands(found, shape=(3, 64)), lambda: dedup.banding(2),
        lambda: dedup.shingles("a", width=0), lambda: dedup.jaccard("a", "b", width=0), lambda: dedup.bands(found, shape=(0, 5)),
    ):  # fmt: skip
        with pytest.raises(ValueError):
            call()


def test_signatures_are_not_copied() -> None:
    found = dedup.signatures(["one two three"])
    assert found.base is not None and not found.flags.owndata


def test_evaluate() -> None:
    clusters = dedup.cluster({"id": ["a", "b", "c", "d"], "text": [A, A, B, "something else"]}, level="exact")
    by_row = dedup.evaluate(clusters, ["x", "x", "y", "y"])
    assert by_row == dedup.evaluate(clusters, {"a": "x", "b": "x", "c": "y", "d": "y"})
    assert by_row == dedup.evaluate([0, 0, 1, 2], "xxyy")
    assert (by_row.bcubed_precision, by_row.bcubed_recall) == (1, 0.75)
    assert (by_row.pairwise_precision, by_row.pairwise_recall, by_row.documents) == (1, 0.5, 4)
    assert by_row.bcubed_f1 == pytest.approx(6 / 7) and by_row.pairwise_f1 == pytest.approx(2 / 3)
    assert dedup.evaluate(clusters, ["x", None, float("nan"), "y"]).documents == 2
    assert dedup.evaluate(clusters, {"a": "x"}, level="exact").documents == 1
    for wrong in (lambda: dedup.evaluate(clusters, ["x"]), lambda: dedup.evaluate(clusters, {"z": 1}),
                  lambda: dedup.evaluate([1], {"z": 1})):  # fmt: skip
        with pytest.raises(ValueError):
            wrong()


def test_report(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "page.html"
    assert dedup.cluster([A, A, B]).report(path) == path
    page = path.read_text()
    assert page.startswith("<!") and "Marrowick" in page
    assert [file.name for file in path.parent.iterdir()] == ["page.html"]


def test_shown_in_a_notebook() -> None:
    clusters = dedup.cluster(["<script>alert(1)</script> and some words", "<script>alert(1)</script> and some words"])
    page = clusters._repr_html_()
    assert "2 documents" in page and "<script>" not in page
    assert repr(clusters) == "<Clusters of 2 documents: 1 exact, 1 near, 1 copy, 1 event>"
