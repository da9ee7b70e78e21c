"""The reference for similarity: exact Jaccard and containment over 5-word shingle sets, written for
clarity. Tokens are `\\w+` of the lower-cased text; scripts without spaces are cut by character."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from scipy import sparse

SHINGLE = 5
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.lower())


def shingles(text: str) -> set[tuple[str, ...]]:
    words = tokens(text)
    return {tuple(words[i:i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))}


def jaccard(a: set, b: set) -> float:
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared)


def shingle_hashes(word_ids: np.ndarray) -> np.ndarray:
    """Sorted distinct 64-bit hashes of the shingles of a document of SHINGLE words or more.
    A collision among ten million shingles has a chance of about 3e-6."""
    ids = word_ids.astype(np.uint64) + np.uint64(1)
    mixed = ids[:len(ids) - SHINGLE + 1].copy()
    for k in range(1, SHINGLE):
        mixed = (mixed * _MULTIPLIER) ^ (mixed >> np.uint64(29))
        mixed += ids[k:len(ids) - SHINGLE + 1 + k]
    return np.unique(mixed)


@dataclass(frozen=True)
class ScoredPairs:
    a: np.ndarray
    b: np.ndarray
    jaccard: np.ndarray
    containment: np.ndarray   # share of the smaller set


def score_all(sets: list[np.ndarray]) -> ScoredPairs:
    """Every pair of a small group of hashed shingle sets, by one incidence product."""
    sizes = np.array([len(s) for s in sets])
    _, column = np.unique(np.concatenate(sets), return_inverse=True)
    incidence = np.zeros((len(sets), column.max() + 1), np.float32)
    incidence[np.repeat(np.arange(len(sets)), sizes), column] = 1
    shared = (incidence @ incidence.T).astype(np.int64)
    a, b = np.triu_indices(len(sets), 1)
    common = shared[a, b]
    return ScoredPairs(a, b, common / (sizes[a] + sizes[b] - common),
                       common / np.minimum(sizes[a], sizes[b]))


def all_pairs(texts: list[str], floor: float) -> list[tuple[int, int, float]]:
    """Brute-force truth of a real corpus: every pair of documents of SHINGLE words or more with
    Jaccard >= floor, by a sparse incidence product. For some ten thousand documents."""
    vocabulary: dict[str, int] = {}
    sets = []
    for text in texts:
        ids = np.array([vocabulary.setdefault(word, len(vocabulary)) for word in tokens(text)], np.uint64)
        sets.append(shingle_hashes(ids) if len(ids) >= SHINGLE else np.array([], np.uint64))
    sizes = np.array([len(s) for s in sets])
    distinct, column = np.unique(np.concatenate(sets), return_inverse=True)
    incidence = sparse.csr_matrix((np.ones(len(column), np.int32), column, np.append(0, np.cumsum(sizes))),
                                  shape=(len(texts), len(distinct)))
    inverted, found = incidence.T.tocsr(), []
    for start in range(0, len(texts), 256):
        block = (incidence[start:start + 256] @ inverted).tocoo()
        a, b, common = block.row + start, block.col, block.data
        score = common / (sizes[a] + sizes[b] - common)
        keep = (a < b) & (score >= floor)
        found += zip(a[keep].tolist(), b[keep].tolist(), score[keep].tolist())
    return found
