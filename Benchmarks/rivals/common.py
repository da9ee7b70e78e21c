"""Glue that every rival needs around its sketches: reading, shingle hashes, banding, clusters.
The libraries bring their own sketch; what they lack is done here in the fastest plain numpy way."""

from __future__ import annotations

import string
import sys
from collections.abc import Iterator
from itertools import islice

import numpy as np
import orjson
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

SLOTS = 128
BANDS = 16                 # of 8 rows: the S-curve (1/16)^(1/8) sits at .707
SHINGLE = 5
THRESHOLD = .7
BATCH = 2000
PAIRWISE_BUCKET = 64       # larger buckets are linked to their first document only

_PUNCTUATION = string.punctuation.encode()
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def arguments() -> tuple[str, str]:
    """INPUT.jsonl OUTPUT.tsv"""
    if len(sys.argv) != 3:
        raise SystemExit(f"usage: {sys.argv[0]} INPUT.jsonl OUTPUT.tsv")
    return sys.argv[1], sys.argv[2]


def batches(path: str) -> Iterator[tuple[list[str], list[str]]]:
    """(ids, texts) of BATCH documents at a time."""
    with open(path, "rb") as lines:
        while rows := [orjson.loads(line) for line in islice(lines, BATCH)]:
            yield [row["id"] for row in rows], [row.get("text") or "" for row in rows]


def shingle_hashes(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """64-bit shingle hashes of all texts end to end, and the offset where each text begins.
    Python hashes the tokens, numpy rolls them into shingles for the whole batch at once; joining
    five tokens to a string in Python, as most examples do, costs five times as much."""
    words = [text.lower().encode().translate(None, _PUNCTUATION).split() or [b""] for text in texts]
    lengths = np.array([len(w) for w in words])
    flat = np.concatenate([np.fromiter(map(hash, w), np.int64, len(w)) for w in words]).view(np.uint64)
    flat = np.concatenate([flat, np.zeros(SHINGLE - 1, np.uint64)])
    hashes = flat[:len(flat) - SHINGLE + 1].copy()
    for k in range(1, SHINGLE):
        hashes *= _MULTIPLIER
        hashes += flat[k:len(flat) - SHINGLE + 1 + k]
    hashes ^= hashes >> np.uint64(31)
    counts = np.maximum(lengths - SHINGLE + 1, 1)
    ends = np.cumsum(lengths)
    inside = np.ones(len(hashes), bool)     # windows that run over the end of their text go
    for back in range(1, SHINGLE):
        inside[(ends - back)[lengths > back]] = False
    return hashes[inside], np.concatenate([[0], np.cumsum(counts)])


def band_edges(signatures: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Per band, every document linked to the first of its bucket."""
    for order, starts in _bands(signatures):
        first = np.repeat(order[starts], np.diff(np.append(starts, len(order))))
        linked = first != order
        yield order[linked], first[linked]


def bucket_pairs(signatures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All distinct pairs that share a bucket (very large buckets: with their first document)."""
    documents, keys = len(signatures), []
    for order, starts in _bands(signatures):
        sizes = np.diff(np.append(starts, len(order)))
        for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist()):
            members = order[start:start + size]
            a, b = (np.triu_indices(size, 1) if size <= PAIRWISE_BUCKET
                    else (np.zeros(size - 1, np.intp), np.arange(1, size)))
            keys.append(members[a] * documents + members[b])
    distinct = np.unique(np.concatenate(keys)) if keys else np.array([], np.int64)
    return np.divmod(distinct, documents)


def _bands(signatures: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Per band, the documents ordered by their bucket and where each bucket starts."""
    wide = np.ascontiguousarray(signatures).view(np.uint64)     # two 32-bit slots at a time
    width = wide.shape[1] // BANDS
    for band in range(BANDS):
        key = np.zeros(len(wide), np.uint64)
        for column in range(band * width, (band + 1) * width):
            key = (key ^ wide[:, column]) * _MULTIPLIER
            key ^= key >> np.uint64(32)
        order = np.argsort(key, kind="stable")
        key = key[order]
        yield order, np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))


def components(documents: int, edges: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    a = np.concatenate([edge[0] for edge in edges])
    b = np.concatenate([edge[1] for edge in edges])
    graph = coo_matrix((np.ones(len(a), np.int8), (a, b)), shape=(documents, documents))
    return connected_components(graph, directed=False)[1]


def write_clusters(path: str, ids: list[str], labels: np.ndarray) -> None:
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(f"{name}\t{label}\n" for name, label in zip(ids, labels.tolist(), strict=True))
