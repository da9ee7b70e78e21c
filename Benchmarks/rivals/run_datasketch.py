"""datasketch: MinHash.update_batch over ready-made 32-bit shingle hashes (its SHA-1 default is far
slower), MinHashLSH with the bands it chooses itself for the threshold, one query per document."""

import numpy as np
from common import SLOTS, THRESHOLD, arguments, batches, components, shingle_hashes, write_clusters
from datasketch import MinHash, MinHashLSH


def identity(value: int) -> int:
    return value


source, target = arguments()
ids: list[str] = []
index = MinHashLSH(threshold=THRESHOLD, num_perm=SLOTS)
edges: list[tuple[int, int]] = []
empty = MinHash(num_perm=SLOTS, hashfunc=identity)
for names, texts in batches(source):
    hashes, offsets = shingle_hashes(texts)
    narrow = (hashes >> np.uint64(32)).astype(np.uint32)
    for row, (start, end) in enumerate(zip(offsets[:-1], offsets[1:]), len(ids)):
        sketch = empty.copy()
        sketch.update_batch(narrow[start:end])
        edges += [(row, mate) for mate in index.query(sketch)]
        index.insert(row, sketch, check_duplication=False)
    ids += names
pairs = np.array(edges, np.int64).reshape(-1, 2)
write_clusters(target, ids, components(len(ids), [(pairs[:, 0], pairs[:, 1])]))
