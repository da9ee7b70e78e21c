"""datasketch's two ways of looking for copies, at any threshold: MinHashLSH (Jaccard) or, with --containment,
MinHashLSHEnsemble, which finds sets that hold a share of the queried one whatever their own size. Every document is
queried; connected components."""

import argparse

import numpy as np
from common import SLOTS, batches, components, shingle_hashes, write_clusters
from datasketch import MinHash, MinHashLSH, MinHashLSHEnsemble

PARTS = 16      # size classes of the ensemble; its documentation advises some


def identity(value: int) -> int:
    return value


parser = argparse.ArgumentParser()
parser.add_argument("source")
parser.add_argument("target")
parser.add_argument("threshold", type=float)
parser.add_argument("--containment", action="store_true")
options = parser.parse_args()
ids: list[str] = []
sketches: list[MinHash] = []
sizes: list[int] = []
empty = MinHash(num_perm=SLOTS, hashfunc=identity)
for names, texts in batches(options.source):
    hashes, offsets = shingle_hashes(texts)
    narrow = (hashes >> np.uint64(32)).astype(np.uint32)
    for start, end in zip(offsets[:-1], offsets[1:]):
        sketch = empty.copy()
        sketch.update_batch(narrow[start:end])
        sketches.append(sketch)
        sizes.append(len(np.unique(narrow[start:end])))
    ids += names
edges: list[tuple[int, int]] = []
if options.containment:
    ensemble = MinHashLSHEnsemble(threshold=options.threshold, num_perm=SLOTS, num_part=PARTS)
    ensemble.index(zip(range(len(ids)), sketches, sizes))
    for row, (sketch, size) in enumerate(zip(sketches, sizes)):
        edges += [(row, mate) for mate in ensemble.query(sketch, size) if mate != row]
else:
    index = MinHashLSH(threshold=options.threshold, num_perm=SLOTS)
    for row, sketch in enumerate(sketches):
        edges += [(row, mate) for mate in index.query(sketch)]
        index.insert(row, sketch, check_duplication=False)
pairs = np.array(edges, np.int64).reshape(-1, 2)
write_clusters(options.target, ids, components(len(ids), [(pairs[:, 0], pairs[:, 1])]))
