"""rensa: R-MinHash over ready-made shingle hashes, written to one matrix per batch (its fastest
full-set route). Its LSH reports duplicate flags for a matrix, not clusters, so banding is numpy's."""

import numpy as np
from common import SLOTS, arguments, band_edges, batches, components, shingle_hashes, write_clusters
from rensa import RMinHash

source, target = arguments()
ids: list[str] = []
sketches: list[np.ndarray] = []
for names, texts in batches(source):
    hashes, offsets = shingle_hashes(texts)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(hashes, offsets.astype(np.uint64), SLOTS, 42)
    sketches.append(np.array(matrix.to_rows(), np.uint32))
    ids += names
signatures = np.concatenate(sketches)
labels = components(len(ids), list(band_edges(signatures)))
write_clusters(target, ids, labels)
